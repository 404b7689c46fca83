//! Rows that say nearly the same as what is there, or as each other (R139): told with the percentage, to be made a
//! change of it or to go in with a reason.

use std::collections::HashMap;

use db::Conn;
use intake::{Again, Alike, CheckCx, Checked};
use jcore::Result;
use kernel::{Issue, OrgId};
use uuid::Uuid;

use super::Owner;
use super::check::differing;
use super::may_write;
use crate::alike::{ALIKE_PERCENT, Pieces, Seed, marks, title_mark};
use crate::kind::EntryKind;
use crate::near::{Asked, Near, near};
use crate::store;

/// Things alike that are told of a row.
const TOLD_MAX: usize = 3;
/// Earlier rows of one mark that a row is compared with, the last ones: rows alike mostly stand near each other.
const ROWS_A_MARK: usize = 4;
/// What was said of a row that makes more words about it idle.
const SETTLED_BY: [&str; 5] = [
    "entries-duplicate",
    "entries-row-repeated",
    "entries-row-twice",
    "entries-differs",
    "entries-differs-expired",
];

/// The rows of a batch, as far as they are compared.
pub(super) struct AlikeRows {
    seed: Seed,
    seen: Vec<Seen>,
    by_mark: HashMap<i64, Vec<u32>>,
}

struct Seen {
    number: usize,
    title_mark: Option<i64>,
    pieces: Pieces,
}

/// A row with what it is found by.
struct Row {
    at: usize,
    org: Option<OrgId>,
    marks: Vec<i64>,
    title_mark: Option<i64>,
    pieces: Pieces,
}

impl AlikeRows {
    pub(super) fn new(kind: &dyn EntryKind, cx: &CheckCx<'_>) -> Self {
        Self {
            seed: Seed::new(&cx.app.keys, kind),
            seen: Vec::new(),
            by_mark: HashMap::new(),
        }
    }

    /// Says of each row what is alike. `owners` has whose each row is, none for a row that is not looked at further.
    pub(super) async fn look(
        &mut self,
        conn: &mut Conn,
        cx: &CheckCx<'_>,
        kind: &dyn EntryKind,
        rows: &mut [Checked],
        owners: &[Option<&Owner>],
    ) -> Result<()> {
        let mut wanted = Vec::new();
        for (at, (row, owner)) in rows.iter_mut().zip(owners).enumerate() {
            let Some(owner) = owner else { continue };
            if row.found.again != Again::New || is_settled(row) {
                continue;
            }
            if let Some(id) = row.settled.merge {
                merged(conn, cx, kind, row, owner, id).await?;
                continue;
            }
            let org = match owner {
                Owner::Known(org) => Some(org.id),
                Owner::New(_) => None,
            };
            wanted.push(Row {
                at,
                org,
                marks: marks(&cx.app.keys, kind, self.seed, &row.record),
                title_mark: title_mark(&cx.app.keys, kind, &row.record),
                pieces: Pieces::of(kind, self.seed, &row.record),
            });
        }
        let asked: Vec<Asked<'_>> = wanted.iter().map(asked).collect();
        let found = near(conn, cx.app, cx.actor, kind, &asked).await?;
        for (one, there) in wanted.into_iter().zip(found) {
            let earlier = self.earlier(&one);
            if let Some(row) = rows.get_mut(one.at) {
                tell(row, there, earlier);
                self.remember(row.number, one);
            }
        }
        Ok(())
    }

    /// The nearest of the earlier rows, with the percentage and whether title and owner are the same.
    fn earlier(&self, one: &Row) -> Option<(usize, u8, bool)> {
        let at = one.marks.iter().filter_map(|mark| self.by_mark.get(mark)).flatten();
        let mut best: Option<(usize, u8, bool)> = None;
        for seen in at.filter_map(|n| self.seen.get(usize::try_from(*n).ok()?)) {
            if best.is_some_and(|(number, ..)| number == seen.number) {
                continue;
            }
            let percent = one.pieces.percent(&seen.pieces);
            let same_title = one.title_mark.is_some() && one.title_mark == seen.title_mark;
            let is_alike = percent >= ALIKE_PERCENT || same_title;
            if is_alike && best.is_none_or(|(_, most, _)| percent > most) {
                best = Some((seen.number, percent, same_title));
            }
        }
        best
    }

    fn remember(&mut self, number: usize, one: Row) {
        let Ok(at) = u32::try_from(self.seen.len()) else { return };
        for mark in one.marks {
            let rows = self.by_mark.entry(mark).or_default();
            if rows.len() == ROWS_A_MARK {
                rows.remove(0);
            }
            rows.push(at);
        }
        self.seen.push(Seen {
            number,
            title_mark: one.title_mark,
            pieces: one.pieces,
        });
    }
}

fn asked(row: &Row) -> Asked<'_> {
    Asked {
        marks: &row.marks,
        title_mark: row.title_mark,
        pieces: &row.pieces,
        org: row.org,
        itself: None,
    }
}

fn is_settled(row: &Checked) -> bool {
    let mut issues = row.record.issues.iter();
    issues.any(|(_, issue)| SETTLED_BY.contains(&issue.code))
}

/// Says what is alike: a warning about the nearest, or a note that repeats the sender's reason.
fn tell(row: &mut Checked, there: Vec<Near>, earlier: Option<(usize, u8, bool)>) {
    let nearest = there.first().map(|near| {
        let issue = match (&near.title, near.same_title) {
            (None, _) => Issue::warning("entries-alike-hidden"),
            (Some(title), true) => Issue::warning("entries-alike-title").with("title", title.clone()),
            (Some(title), false) => Issue::warning("entries-alike").with("title", title.clone()),
        };
        (near.percent, issue)
    });
    let of_row = earlier.map(|(number, percent, same_title)| {
        let code = if same_title {
            "entries-alike-row-title"
        } else {
            "entries-alike-row"
        };
        (percent, Issue::warning(code).with("row", number.to_string()))
    });
    let told = [nearest, of_row].into_iter().flatten();
    for (percent, issue) in told {
        let issue = match &row.settled.reason {
            Some(reason) => Issue::note("entries-alike-kept").with("reason", reason.clone()),
            None => issue,
        };
        row.record
            .issues
            .push((Some("title"), issue.with("percent", percent.to_string())));
    }
    row.found.alike = there
        .into_iter()
        .take(TOLD_MAX)
        .map(|near| Alike {
            id: Some(near.id),
            row: None,
            title: near.title.unwrap_or_default(),
            percent: near.percent,
            merges: near.merges,
        })
        .collect();
    row.found.alike.extend(earlier.map(|(number, percent, _)| Alike {
        id: None,
        row: Some(number),
        title: String::new(),
        percent,
        merges: false,
    }));
}

/// Whether a row may go in as a change of an entry: one of its own organisation's that still takes sheets.
pub(super) fn may_merge(entry: &crate::model::Entry, kind: &dyn EntryKind, whose: &Owner) -> bool {
    let own = matches!(whose, Owner::Known(org) if org.id == entry.org());
    own && entry.kind == kind.key() && entry.state().takes_sheets()
}

/// A row that its sender made a change of an entry: what it would change, or that it can't.
async fn merged(
    conn: &mut Conn,
    cx: &CheckCx<'_>,
    kind: &dyn EntryKind,
    row: &mut Checked,
    owner: &Owner,
    id: Uuid,
) -> Result<()> {
    let entry = store::read::many(conn, &[id]).await?.remove(&id);
    let entry = entry.filter(|entry| may_merge(entry, kind, owner) && may_write(cx.app, cx.actor, owner));
    let Some(entry) = entry else {
        row.record.issues.push((None, Issue::error("entries-merge-not")));
        return Ok(());
    };
    let cells = differing(cx.app, kind, &entry, &row.record)?;
    row.found.again = if cells.is_empty() {
        Again::Same(id)
    } else {
        Again::Changes { id, cells }
    };
    let issue = Issue::note("entries-row-merges").with("title", entry.title.clone());
    row.record.issues.push((None, issue));
    Ok(())
}

/// What an entry says, as texts by field, for who may look into it (the intake shows it beside a row).
pub(super) async fn beside(cx: CheckCx<'_>, kind: &dyn EntryKind, id: Uuid) -> Result<Option<forms::Draft>> {
    let mut conn = cx.app.read().await?;
    let Some(entry) = store::read::many(&mut conn, &[id]).await?.remove(&id) else {
        return Ok(None);
    };
    let sight = crate::projection::sight(&mut conn, cx.app, cx.actor, &entry).await?;
    let seen = sight.is_some() || entry.is_public(cx.app.now().micros());
    if entry.kind != kind.key() || !seen {
        return Ok(None);
    }
    let shown = crate::projection::project(cx.app, kind, &entry, sight.as_ref())?;
    let text = |field: &crate::projection::ShownField| {
        let value = shown.value(field.field.key)?;
        Some((field.field.key.to_owned(), forms::write(value, field.field)))
    };
    Ok(Some(shown.fields.iter().filter_map(text).collect()))
}

/// The entry that a row is to become a change of, as it is in the act; none where it can't be.
pub(super) async fn target(
    conn: &mut Conn,
    kind: &dyn EntryKind,
    whose: &Owner,
    id: Uuid,
) -> Result<Option<crate::model::Entry>> {
    let entry = store::read::many(conn, &[id]).await?.remove(&id);
    Ok(entry.filter(|entry| may_merge(entry, kind, whose)))
}
