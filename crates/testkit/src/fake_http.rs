//! A web server of another party: keeps what it was asked, and answers as a test says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use http::{HeaderMap, Response};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Seen {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or_default().to_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// What the server answers: status, `Location` where there is one, body.
pub type Reply = (u16, Option<String>, String);

/// The server; gone when dropped.
pub struct FakeHttp {
    /// Its address, as in `http://127.0.0.1:12345`.
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for FakeHttp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FakeHttp {
    /// Starts one that answers by a function of the request and of how many came before it.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start(answer: impl Fn(&Seen, usize) -> Reply + Clone + Send + Sync + 'static) -> Self {
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let kept = seen.clone();
        let router = Router::new().fallback(move |request: Request| {
            let (kept, answer) = (kept.clone(), answer.clone());
            async move {
                let (parts, body) = request.into_parts();
                let bytes = to_bytes(body, 1 << 20).await.expect("a body");
                let seen = Seen {
                    method: parts.method.to_string(),
                    path: parts.uri.to_string(),
                    headers: parts.headers,
                    body: String::from_utf8_lossy(&bytes).into_owned(),
                };
                let before = {
                    let mut all = kept.lock().expect("a lock");
                    all.push(seen.clone());
                    all.len() - 1
                };
                let (status, location, body) = answer(&seen, before);
                let mut response = Response::builder().status(status);
                if let Some(location) = location {
                    response = response.header("location", location);
                }
                response.body(Body::from(body)).expect("an answer")
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self { url, seen, task }
    }

    /// What it was asked so far.
    ///
    /// # Panics
    /// When a test that held it has failed.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("a lock").clone()
    }
}
