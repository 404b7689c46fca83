//! Others of the same thing, and others that say nearly the same: said to its writer and its reviewer, with a link only to
//! who may see the other.

use db::Conn;
use jcore::{Actor, App, Fault, Result};
use kernel::EntryId;

use crate::actions::SEE;
use crate::alike::{Pieces, Seed, marks, title_mark};
use crate::kind::kinds;
use crate::model::Entry;
use crate::near::{Asked, near};
use crate::projection;
use crate::rules::State;
use crate::store;

/// Others that say nearly the same of which a page tells.
const NEAR_MAX: usize = 5;

/// Another entry of the same thing, or one that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Where it stands.
    pub state: State,
    /// Its id and title, for who may see it.
    pub seen: Option<(EntryId, String)>,
    /// Whether it is public.
    pub public: bool,
    /// How much it says the same, in percent; none for one of the very same thing.
    pub percent: Option<u8>,
}

impl Twin {
    /// Whether handing in is barred by it: the same thing is handed in already.
    #[must_use]
    pub fn bars(&self) -> bool {
        self.percent.is_none() && self.state.is_handed_in()
    }
}

/// The live entries of the same thing as this one, then those that say nearly the same (R139).
///
/// # Errors
/// The store's.
pub async fn twins(conn: &mut Conn, app: &App, actor: &Actor, entry: &Entry) -> Result<Vec<Twin>> {
    let now = app.now().micros();
    let others = store::read::same(conn, &entry.kind, &entry.dup_key, Some(entry.id()), &State::LIVE).await?;
    let near = nearly(conn, app, actor, entry).await?;
    let near = near
        .into_iter()
        .filter(|near| !others.iter().any(|other| other.id == near.id));
    let near: Vec<Twin> = near
        .take(NEAR_MAX)
        .map(|near| Twin {
            state: near.state,
            seen: near.title.map(|title| (near.id.into(), title)),
            public: near.public,
            percent: Some(near.percent),
        })
        .collect();
    let twin = |other: Entry| {
        let public = other.is_public(now);
        let may = public || app.may(actor, SEE, &other.subject());
        Twin {
            state: other.state(),
            seen: may.then(|| (other.id(), other.title)),
            public,
            percent: None,
        }
    };
    Ok(others.into_iter().map(twin).chain(near).collect())
}

async fn nearly(conn: &mut Conn, app: &App, actor: &Actor, entry: &Entry) -> Result<Vec<crate::near::Near>> {
    let kinds = kinds(app);
    let kind = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.as_ref();
    // Compared, not shown: the owner's code may be withheld.
    let said = projection::all_values(app, entry)?;
    let said = said.unshown();
    let seed = Seed::new(&app.keys, kind);
    let (marks, pieces) = (marks(&app.keys, kind, seed, said), Pieces::of(kind, seed, said));
    let asked = Asked {
        marks: &marks,
        title_mark: title_mark(&app.keys, kind, said),
        pieces: &pieces,
        org: Some(entry.org()),
        itself: Some(entry.id),
    };
    let found = near(conn, app, actor, kind, &[asked]).await?;
    Ok(found.into_iter().next().unwrap_or_default())
}
