//! Others of the same thing: said to its writer and its reviewer, with a link only to who may see the other.

use db::Conn;
use jcore::{Actor, App, Result};
use kernel::EntryId;

use crate::actions::SEE;
use crate::model::Entry;
use crate::rules::State;
use crate::store;

/// Another entry of the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Where it stands.
    pub state: State,
    /// Its id and title, for who may see it.
    pub seen: Option<(EntryId, String)>,
    /// Whether it is public.
    pub public: bool,
}

/// The live entries of the same thing as this one.
///
/// # Errors
/// The store's.
pub async fn twins(conn: &mut Conn, app: &App, actor: &Actor, entry: &Entry) -> Result<Vec<Twin>> {
    let now = app.now().micros();
    let others = store::read::same(conn, &entry.kind, &entry.dup_key, Some(entry.id()), &State::LIVE).await?;
    let twin = |other: Entry| {
        let public = other.is_public(now);
        let may = public || app.may(actor, SEE, &other.subject());
        Twin {
            state: other.state(),
            seen: may.then(|| (other.id(), other.title)),
            public,
        }
    };
    Ok(others.into_iter().map(twin).collect())
}
