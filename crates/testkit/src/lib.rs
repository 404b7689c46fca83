//! What tests stand on: the whole application in the process on either store, people who are signed in, a clock that stands
//! still until it is moved, mail that is kept in memory, a PostgreSQL of its own, and a browser.

pub mod browser;
mod client;
mod fake_http;
mod lot;
pub mod pg;
mod pg_cluster;
mod testapp;

pub use client::{Answer, Client};
pub use fake_http::{FakeHttp, Reply, Seen};
pub use lot::{FIRST_PADDLE, LiveLot};
pub use testapp::{TestApp, day};

/// Makes two tests of one body, on SQLite and on PostgreSQL: `both!(name, |app| { … })`. Where no PostgreSQL can be had the
/// second says so and ends.
#[macro_export]
macro_rules! both {
    ($name:ident, |$app:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn body($app: $crate::TestApp) $body

            #[tokio::test]
            async fn sqlite() {
                body($crate::TestApp::lite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(app) = $crate::TestApp::postgres().await {
                    body(app).await;
                }
            }
        }
    };
}
