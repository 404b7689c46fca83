//! Rows against the store and the programme, before they are shown.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use accounts::Org;
use db::Conn;
use intake::{Again, BoxFuture, CheckCx, Checked, Checker};
use jcore::Result;
use kernel::{Issue, Level, OrgId};
use rulebook::{CapState, CapWhat, CapWho, Op, Programme};

use super::alike::AlikeRows;
use super::{Owner, Owners, may_write};
use crate::compose::{Under, check as check_record, dup_key, look};
use crate::gate;
use crate::kind::{EntryKind, uscc};
use crate::model::Entry;
use crate::projection;
use crate::rules::State;
use crate::store;
use forms::Record;

/// The kinds that count under a cap on offers (R045).
const OFFERS: [&str; 2] = ["patent", "achievement"];

/// A check of one batch: what it has seen, and how many each unit has.
pub(super) struct Check<'a> {
    kind: &'a dyn EntryKind,
    cx: CheckCx<'a>,
    programme: Arc<Programme>,
    /// The programme for rows whose unit is not known.
    plain: Under,
    /// Where a thing stood first, and a hash of what was said of it there: the rows themselves may be many.
    seen: HashMap<String, (usize, u64)>,
    owners: HashMap<String, Unit>,
    caps: Caps,
    alike: AlikeRows,
}

/// An owner with what checks ask of it.
struct Unit {
    whose: Owner,
    org: Org,
    may: bool,
    /// What stands against its handing in. Told as a note: a row may still go in as a draft.
    gates: Vec<Issue>,
    /// The programme, and what of it is waived.
    under: Under,
}

impl<'a> Check<'a> {
    pub(super) fn new(kind: &'a dyn EntryKind, cx: CheckCx<'a>) -> Self {
        let programme = programme::now(cx.app);
        Self {
            kind,
            cx,
            caps: Caps::new(kind, &programme),
            alike: AlikeRows::new(kind, &cx),
            plain: Under::plain(cx.app),
            programme,
            seen: HashMap::new(),
            owners: HashMap::new(),
        }
    }

    /// Finds whose these rows are, those that were not found before by one query.
    async fn find_owners(&mut self, conn: &mut Conn, rows: &[Checked]) -> Result<()> {
        let (app, now) = (self.cx.app, self.cx.app.now().micros());
        let code = |row: &Checked| uscc(self.kind, &row.record).map(ToString::to_string);
        let missing: BTreeSet<String> = rows
            .iter()
            .filter_map(code)
            .filter(|c| !self.owners.contains_key(c))
            .collect();
        let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
        let mut found = Owners::of_codes(conn, app, &missing).await?;
        for row in rows {
            let Some(code) = uscc(self.kind, &row.record) else {
                continue;
            };
            if self.owners.contains_key(code.as_str()) {
                continue;
            }
            let whose = Owner::of(found.orgs.remove(code.as_str()), app, self.kind, &row.record, code);
            let org = whose.org(now);
            let mut gates = match self.cx.actor.user {
                Some(_) => gate::asked(conn, app, &org, self.kind.key()).await?,
                None => Vec::new(),
            };
            for issue in &mut gates {
                issue.level = Level::Note;
            }
            let owner = Unit {
                under: found.under(&org),
                org,
                gates,
                may: may_write(app, self.cx.actor, &whose),
                whose,
            };
            self.owners.insert(code.as_str().to_owned(), owner);
        }
        Ok(())
    }

    /// What each row is wrong with by itself and its owner, and what makes its thing the same as another; empty where
    /// there is nothing more to look at.
    async fn alone(&self, rows: &mut [Checked]) -> Vec<String> {
        let (app, kind) = (self.cx.app, self.kind);
        let today = app.now().date_in_cn();
        let check = |row: &mut Checked| {
            let key = kind.keys().uscc;
            let code = uscc(kind, &row.record).map(ToString::to_string);
            let owner = code.as_ref().and_then(|code| self.owners.get(code));
            let under = owner.map_or(&self.plain, |o| &o.under);
            let look = look(app, under, owner.map(|o| &o.org), today);
            check_record(kind, &look, &mut row.record, owner.map(|o| &o.org));
            let owner = owner?;
            if !owner.may {
                let issue = Issue::error("entries-not-yours").with("code", code.unwrap_or_default());
                row.record.issues.push((Some(key), issue));
                return None;
            }
            row.record
                .issues
                .extend(owner.gates.iter().map(|issue| (None, issue.clone())));
            if matches!(owner.whose, Owner::New(_)) {
                row.record.issues.push((Some(key), Issue::note("entries-org-new")));
            }
            Some(dup_key(app, kind, &row.record))
        };
        // What is not to be looked at further says so by a key that no thing has.
        let mut keys = Vec::with_capacity(rows.len());
        for part in rows.chunks_mut(TURN_ROWS) {
            keys.extend(
                part.iter_mut()
                    .map(|row| check(row).unwrap_or_else(|| NOT_ON.to_owned())),
            );
            tokio::task::yield_now().await;
        }
        keys
    }

    /// What there is to say of a row by what the sheet and the store have.
    async fn beside(&mut self, conn: &mut Conn, row: &mut Checked, key: &str, same: Vec<Entry>) -> Result<()> {
        let (app, kind) = (self.cx.app, self.kind);
        let Some(owner) = uscc(kind, &row.record).and_then(|code| self.owners.get(code.as_str())) else {
            return Ok(());
        };
        let mut is_new = row.settled.merge.is_none();
        if !key.is_empty() {
            if let Some(issue) = twice(&mut self.seen, key, row) {
                row.record.issues.push((None, issue));
                return Ok(());
            }
            let known = known_of(same, &owner.whose);
            is_new &= matches!(known, Known::None);
            about(app, kind, &known, row)?;
        }
        if is_new
            && let Owner::Known(org) = &owner.whose
            && let Some(issue) = self.caps.add(conn, &self.programme, org.id).await?
        {
            row.record.issues.push((None, issue));
        }
        Ok(())
    }
}

/// Rows after which others have their turn: a check takes some 0.1 ms.
const TURN_ROWS: usize = 32;
/// A key that no thing has: it is hexadecimal.
const NOT_ON: &str = "-";

impl Checker for Check<'_> {
    fn check<'b>(&'b mut self, rows: &'b mut [Checked]) -> BoxFuture<'b, Result<()>> {
        Box::pin(async move {
            let mut conn = self.cx.app.read().await?;
            self.find_owners(&mut conn, rows).await?;
            let keys = self.alone(rows).await;
            let asked: BTreeSet<&str> = keys.iter().map(String::as_str).filter(|key| *key != NOT_ON).collect();
            let asked: Vec<&str> = asked.into_iter().collect();
            let same = store::read::same_many(&mut conn, self.kind.key(), &asked, &State::LIVE).await?;
            for (row, key) in rows.iter_mut().zip(&keys) {
                if key != NOT_ON {
                    let same = same.get(key).cloned().unwrap_or_default();
                    self.beside(&mut conn, row, key, same).await?;
                }
            }
            let owner = |(row, key): (&Checked, &String)| {
                let code = uscc(self.kind, &row.record).filter(|_| key != NOT_ON)?;
                self.owners.get(code.as_str()).map(|unit| &unit.whose)
            };
            let owners: Vec<Option<&Owner>> = rows.iter().zip(&keys).map(owner).collect();
            self.alike.look(&mut conn, &self.cx, self.kind, rows, &owners).await
        })
    }
}

/// Whether an earlier row of the sheet is the same thing: harmless when it says the same, else one of them is wrong.
fn twice(seen: &mut HashMap<String, (usize, u64)>, key: &str, row: &Checked) -> Option<Issue> {
    let said = hash(&row.record);
    let Some((number, earlier)) = seen.get(key) else {
        seen.insert(key.to_owned(), (row.number, said));
        return None;
    };
    let issue = if *earlier == said {
        Issue::warning("entries-row-repeated")
    } else {
        Issue::error("entries-row-twice")
    };
    Some(issue.with("row", number.to_string()))
}

/// A hash of what a record says, by its values as they are written: two that differ by chance have the same once in
/// many years.
fn hash(record: &Record) -> u64 {
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    for (key, cell) in &record.cells {
        if let Some(value) = &cell.value {
            key.hash(&mut hasher);
            value.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// What the store has of the same thing.
pub(crate) enum Known {
    /// Nothing.
    None,
    /// This organisation's own.
    Own(Box<Entry>),
    /// Another organisation's.
    Other,
}

/// Looks for the same thing: the own entry that is furthest on, else another organisation's.
pub(crate) async fn known(conn: &mut Conn, kind: &dyn EntryKind, key: &str, whose: &Owner) -> Result<Known> {
    let same = store::read::same(conn, kind.key(), key, None, &State::LIVE).await?;
    Ok(known_of(same, whose))
}

/// The same among entries of the same thing.
pub(super) fn known_of(same: Vec<Entry>, whose: &Owner) -> Known {
    let (own, others): (Vec<Entry>, Vec<Entry>) = match whose {
        Owner::Known(org) => same.into_iter().partition(|e| e.org() == org.id),
        Owner::New(_) => (Vec::new(), same),
    };
    let rank = |entry: &Entry| match entry.state() {
        State::Published => 0,
        State::Accepted => 1,
        State::Submitted => 2,
        State::Returned => 3,
        State::Draft => 4,
        State::Expired | State::Withdrawn => 5,
    };
    if let Some(entry) = own.into_iter().min_by_key(rank) {
        return Known::Own(Box::new(entry));
    }
    // A draft of somebody else's binds nobody.
    if others.iter().any(|e| e.state() != State::Draft) {
        Known::Other
    } else {
        Known::None
    }
}

/// Says of a row what is there already: the same, or what it would change, cell by cell (R139).
fn about(app: &jcore::App, kind: &dyn EntryKind, known: &Known, row: &mut Checked) -> Result<()> {
    match known {
        Known::None => {}
        Known::Other => row.record.issues.push((None, Issue::error("entries-duplicate"))),
        Known::Own(entry) => {
            let cells = differing(app, kind, entry, &row.record)?;
            if cells.is_empty() {
                row.found.again = Again::Same(entry.id);
                row.record.issues.push((None, Issue::note("entries-row-same")));
            } else if entry.state().takes_sheets() {
                row.found.again = Again::Changes { id: entry.id, cells };
                row.record.issues.push((None, Issue::note("entries-row-changes")));
            } else {
                row.record.issues.push((None, differs(entry)));
            }
        }
    }
    Ok(())
}

/// The fields in which an entry says otherwise than a record, each with what it says. Who asks may write the entry.
pub(super) fn differing(
    app: &jcore::App,
    kind: &dyn EntryKind,
    entry: &Entry,
    record: &Record,
) -> Result<Vec<(String, String)>> {
    let there = projection::all_values(app, entry)?;
    let there = there.unshown();
    let differs = |field: &&'static forms::Field| there.get(field.key) != record.value(field.key);
    let said = |field: &'static forms::Field| {
        let before = there.get(field.key).map(|value| forms::write(value, field));
        (field.key.to_owned(), before.unwrap_or_default())
    };
    Ok(kind.form().fields().filter(differs).map(said).collect())
}

/// That the entry is beyond what a sheet may change.
pub(super) fn differs(entry: &Entry) -> Issue {
    match entry.state() {
        State::Expired => Issue::error("entries-differs-expired"),
        _ => Issue::error("entries-differs"),
    }
}

/// Whether an entry says what a record says.
pub(super) fn is_same(app: &jcore::App, entry: &Entry, record: &Record) -> Result<bool> {
    // Compared, not shown: the answer is one bit, to who may write the entry.
    Ok(*projection::all_values(app, entry)?.unshown() == record.values())
}

/// Counts offers towards the programme's cap an organisation, over the rows of a sheet (R045).
struct Caps {
    cap: Option<rulebook::Cap>,
    counts: HashMap<OrgId, Option<i64>>,
}

impl Caps {
    fn new(kind: &dyn EntryKind, programme: &Programme) -> Self {
        let cap = programme.caps.iter().find(|cap| {
            let offers = cap.what == CapWhat::Offers && cap.who == CapWho::Organisation && OFFERS.contains(&kind.key());
            let needs = cap.what == CapWhat::Needs && cap.who == CapWho::Company && kind.key() == "need";
            (offers || needs) && cap.op == Op::Max && cap.when.is_none()
        });
        Self {
            cap: cap.cloned(),
            counts: HashMap::new(),
        }
    }

    /// Counts one more; an issue when that is beyond the cap and no waiver was granted.
    async fn add(&mut self, conn: &mut Conn, programme: &Programme, org: OrgId) -> Result<Option<Issue>> {
        let Some(cap) = &self.cap else { return Ok(None) };
        let count = match self.counts.get(&org) {
            Some(count) => *count,
            None if programme::has_waiver(conn, &programme.key, &cap.key, org).await? => None,
            None => {
                let kinds: &[&str] = if cap.what == CapWhat::Needs { &["need"] } else { &OFFERS };
                Some(store::read::count_of_org(conn, org.uuid(), kinds, &State::LIVE).await?)
            }
        };
        let count = count.map(|n| n + 1);
        self.counts.insert(org, count);
        let Some(count) = count else { return Ok(None) };
        let CapState::Over { .. } = cap.state(count) else {
            return Ok(None);
        };
        let issue = if cap.hard {
            Issue::error("entries-cap-over")
        } else {
            Issue::warning("entries-cap-over")
        };
        Ok(Some(
            issue
                .with("cap", cap.count.to_string())
                .with("count", count.to_string()),
        ))
    }
}
