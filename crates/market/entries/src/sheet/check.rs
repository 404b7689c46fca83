//! Rows against the store and the programme, before they are shown.

use std::collections::HashMap;
use std::sync::Arc;

use db::Conn;
use intake::{BoxFuture, CheckCx, Checked, Checker};
use jcore::Result;
use kernel::{Issue, OrgId};
use rulebook::{CapState, CapWhat, CapWho, Op, Programme};

use super::{Owner, may_write, owner};
use crate::compose::{check as check_record, dup_key, look};
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
    seen: HashMap<String, (usize, forms::Values)>,
    caps: Caps,
}

impl<'a> Check<'a> {
    pub(super) fn new(kind: &'a dyn EntryKind, cx: CheckCx<'a>) -> Self {
        let programme = programme::now(cx.app);
        Self {
            kind,
            cx,
            caps: Caps::new(kind, &programme),
            programme,
            seen: HashMap::new(),
        }
    }

    /// Adds to a row what is wrong with it: the kind's own checks, whose it is, whether the same is there already, caps.
    async fn row(&mut self, conn: &mut Conn, row: &mut Checked) -> Result<()> {
        let (app, kind, now) = (self.cx.app, self.kind, self.cx.app.now());
        let whose = owner(conn, app, kind, &row.record).await?;
        let org = whose.as_ref().map(|o| o.org(now.micros()));
        let look = look(app, &self.programme, org.as_ref(), now.date_in_cn());
        check_record(kind, &look, &mut row.record, org.as_ref());
        let Some(whose) = whose else { return Ok(()) };
        if !may_write(app, self.cx.actor, &whose) {
            let code = uscc(kind, &row.record).map_or_else(String::new, ToString::to_string);
            let issue = Issue::error("entries-not-yours").with("code", code);
            row.record.issues.push((Some(kind.keys().uscc), issue));
            return Ok(());
        }
        if matches!(whose, Owner::New(_)) {
            let issue = Issue::note("entries-org-new");
            row.record.issues.push((Some(kind.keys().uscc), issue));
        }
        let key = dup_key(app, kind, &row.record);
        let mut is_new = true;
        if !key.is_empty() {
            if let Some(issue) = twice(&mut self.seen, &key, row) {
                row.record.issues.push((None, issue));
                return Ok(());
            }
            let known = known(conn, kind, &key, &whose).await?;
            is_new = matches!(known, Known::None);
            if let Some(issue) = about(app, &known, &row.record)? {
                row.record.issues.push((None, issue));
            }
        }
        if is_new
            && let Owner::Known(org) = &whose
            && let Some(issue) = self.caps.add(conn, &self.programme, org.id).await?
        {
            row.record.issues.push((None, issue));
        }
        Ok(())
    }
}

impl Checker for Check<'_> {
    fn check<'b>(&'b mut self, rows: &'b mut [Checked]) -> BoxFuture<'b, Result<()>> {
        Box::pin(async move {
            let mut conn = self.cx.app.read().await?;
            for row in rows {
                self.row(&mut conn, row).await?;
            }
            Ok(())
        })
    }
}

/// Whether an earlier row of the sheet is the same thing: harmless when it says the same, else one of them is wrong.
fn twice(seen: &mut HashMap<String, (usize, forms::Values)>, key: &str, row: &Checked) -> Option<Issue> {
    let values = row.record.values();
    let Some((number, earlier)) = seen.get(key) else {
        seen.insert(key.to_owned(), (row.number, values));
        return None;
    };
    let issue = if *earlier == values {
        Issue::warning("entries-row-repeated")
    } else {
        Issue::error("entries-row-twice")
    };
    Some(issue.with("row", number.to_string()))
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
        return Ok(Known::Own(Box::new(entry)));
    }
    // A draft of somebody else's binds nobody.
    let taken = others.iter().any(|e| e.state() != State::Draft);
    Ok(if taken { Known::Other } else { Known::None })
}

/// What there is to say of it before the row goes in.
fn about(app: &jcore::App, known: &Known, record: &Record) -> Result<Option<Issue>> {
    Ok(match known {
        Known::None => None,
        Known::Other => Some(Issue::error("entries-duplicate")),
        Known::Own(entry) if is_same(app, entry, record)? => Some(Issue::note("entries-row-same")),
        Known::Own(entry) if entry.state().takes_sheets() => Some(Issue::note("entries-row-changes")),
        Known::Own(entry) => Some(differs(entry)),
    })
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
