//! The entries of the store that say nearly the same as something: found by marks, compared in full.

use std::collections::{HashMap, HashSet};

use db::Conn;
use jcore::{Actor, App, Result, Subject};
use kernel::{OrgId, Region};
use uuid::Uuid;

use crate::actions::{SEE, WRITE};
use crate::alike::{ALIKE_PERCENT, Pieces, Seed};
use crate::kind::EntryKind;
use crate::model::read_values;
use crate::rules::State;
use crate::store;
use crate::store::alike::Compared;

/// Entries that one thing is compared with, those with the most marks in common first.
const COMPARED_MAX: usize = 8;

/// What is asked of the store.
pub(crate) struct Asked<'a> {
    /// Its marks.
    pub marks: &'a [i64],
    /// The one among them that title and owner make.
    pub title_mark: Option<i64>,
    /// Its pieces.
    pub pieces: &'a Pieces,
    /// Its organisation; none for one that is not known yet.
    pub org: Option<OrgId>,
    /// What it is itself, in the store.
    pub itself: Option<Uuid>,
}

/// An entry that says nearly the same.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub id: Uuid,
    pub state: State,
    /// Its title, for who may see it.
    pub title: Option<String>,
    pub percent: u8,
    /// Whether title and owner are the same.
    pub same_title: bool,
    /// Whether it belongs to the same organisation, takes sheets, and the actor may write it.
    pub merges: bool,
    pub public: bool,
}

/// For each of these things the entries that say nearly the same, the nearest first. The store is asked twice for all.
pub(crate) async fn near(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    kind: &dyn EntryKind,
    asked: &[Asked<'_>],
) -> Result<Vec<Vec<Near>>> {
    let marks: HashSet<i64> = asked.iter().flat_map(|one| one.marks.iter().copied()).collect();
    let marks: Vec<i64> = marks.into_iter().collect();
    let found = store::alike::find(conn, &marks).await?;
    if found.is_empty() {
        return Ok(asked.iter().map(|_| Vec::new()).collect());
    }
    let candidates: Vec<Vec<(Uuid, bool)>> = asked.iter().map(|one| candidates(one, &found)).collect();
    let ids: HashSet<Uuid> = candidates.iter().flatten().map(|(id, _)| *id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let entries = store::alike::compared(conn, kind.key(), &ids).await?;
    let mut comparing = Comparing {
        app,
        actor,
        kind,
        seed: Seed::new(&app.keys, kind),
        pieces: HashMap::new(),
    };
    let mut out = Vec::with_capacity(asked.len());
    for (one, candidates) in asked.iter().zip(&candidates) {
        let mut near = Vec::new();
        for (id, same_title) in candidates {
            if let Some(entry) = entries.get(id) {
                near.extend(comparing.compare(one, entry, *same_title)?);
            }
        }
        near.sort_by_key(|n: &Near| (std::cmp::Reverse(n.percent), n.id));
        out.push(near);
    }
    Ok(out)
}

/// The entries that have marks in common with a thing, and whether title and owner are among them.
fn candidates(one: &Asked<'_>, found: &HashMap<i64, Vec<Uuid>>) -> Vec<(Uuid, bool)> {
    let mut counts: HashMap<Uuid, (usize, bool)> = HashMap::new();
    for mark in one.marks {
        for id in found.get(mark).into_iter().flatten() {
            let (count, same_title) = counts.entry(*id).or_default();
            *count += 1;
            *same_title |= Some(*mark) == one.title_mark;
        }
    }
    let mut out: Vec<(Uuid, (usize, bool))> = counts.into_iter().filter(|(id, _)| Some(*id) != one.itself).collect();
    out.sort_by_key(|(id, (count, same_title))| (!same_title, std::cmp::Reverse(*count), *id));
    out.truncate(COMPARED_MAX);
    out.into_iter().map(|(id, (_, same_title))| (id, same_title)).collect()
}

/// Compares, and remembers the pieces of what was compared.
struct Comparing<'a> {
    app: &'a App,
    actor: &'a Actor,
    kind: &'a dyn EntryKind,
    seed: Seed,
    pieces: HashMap<Uuid, Pieces>,
}

impl Comparing<'_> {
    fn compare(&mut self, one: &Asked<'_>, entry: &Compared, same_title: bool) -> Result<Option<Near>> {
        let (app, actor) = (self.app, self.actor);
        let state = State::from_code(&entry.state).unwrap_or(State::Draft);
        let own = one.org.is_some_and(|org| org.uuid() == entry.org_id);
        // A draft of somebody else's binds nobody, and nobody learns of it.
        if !own && state == State::Draft {
            return Ok(None);
        }
        if !self.pieces.contains_key(&entry.id) {
            let open = read_values(&entry.open, entry.id)?;
            self.pieces.insert(entry.id, Pieces::of(self.kind, self.seed, &open));
        }
        let percent = self
            .pieces
            .get(&entry.id)
            .map_or(0, |pieces| pieces.percent(one.pieces));
        if percent < ALIKE_PERCENT && !same_title {
            return Ok(None);
        }
        let subject = Subject {
            org: Some(entry.org_id.into()),
            region: Region::new(&entry.region),
            user: Some(entry.author_id).filter(|id| !id.is_nil()).map(Into::into),
        };
        let now = app.now().micros();
        let public = state == State::Published && entry.expires_at.is_none_or(|until| until > now);
        let sees = public || app.may(actor, SEE, &subject);
        Ok(Some(Near {
            id: entry.id,
            state,
            title: sees.then(|| entry.title.clone()),
            percent,
            same_title,
            merges: own && state.takes_sheets() && app.may(actor, WRITE, &subject),
            public,
        }))
    }
}
