//! The good rows go in, chunk by chunk; what can't is held with why.

use std::sync::{Arc, Mutex};

use forms::Form;
use jcore::{Act, Actor, App, Fault, FaultKind, Lang, Permit, Result, act};
use kernel::{BatchId, Issue, OrgId};
use serde_json::json;
use uuid::Uuid;

use crate::read::checked;
use crate::report::Report;
use crate::store::{self, NewRow, RowRow, Which};
use crate::stored::{BatchState, Body, RowState, StoredIssue};
use crate::{Checked, CommitRow, Kind, Outcome, access};

/// Rows that one act puts in. A row of an entry takes some eight statements; an act is to end within 50 ms
/// ([`jcore::ACT_MS_MAX`]), since others wait for it. 200 rows of the simplest kind took 60 ms.
pub const COMMIT_ROWS: usize = 50;

/// Puts the good rows of a batch in, at most [`COMMIT_ROWS`] an act, in the order of the file. Rows with errors stay
/// held, and so do rows that their kind refuses now. `submit` hands them in at once, otherwise they are drafts.
/// `progress` hears (rows done, rows in all) after each chunk. Calling it again goes on where it was broken off.
///
/// # Errors
/// Not found; denied; a conflict when the batch is not open; the store's. Chunks before the error are in.
pub async fn commit(
    app: &App,
    actor: &Actor,
    batch: BatchId,
    submit: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let kind = access::kind(app, &opened.row.kind)?.clone();
    let permit = app.permit(actor, kind.action(), &opened.subject)?;
    let job = Job {
        app,
        actor,
        permit,
        kind,
        batch,
        org: opened.row.org(),
        submit,
    };
    let ready = Which::In(RowState::Ready);
    let (_, total) = store::rows_page(&mut app.read().await?, batch, ready, 0, 0).await?;
    let total = usize::try_from(total).unwrap_or(0);
    let (mut done, mut after) = (0, 0);
    loop {
        let limit = i64::try_from(COMMIT_ROWS).unwrap_or(i64::MAX);
        let rows = store::rows(&mut app.read().await?, batch, ready, after, limit).await?;
        let Some(last) = rows.last() else { break };
        after = last.number;
        done += rows.len();
        let rows: Vec<Ready> = rows
            .iter()
            .map(|row| job.read(row, &opened.sight))
            .collect::<Result<_>>()?;
        job.chunk(&rows).await?;
        progress(done.min(total), total);
    }
    crate::report(app, actor, batch).await
}

/// One run of a commit.
struct Job<'a> {
    app: &'a App,
    actor: &'a Actor,
    permit: Permit,
    kind: Arc<dyn Kind>,
    batch: BatchId,
    org: Option<OrgId>,
    submit: bool,
}

/// A row on its way in.
struct Ready {
    id: Uuid,
    checked: Checked,
    body: Body,
}

/// Why a row is not in: issues, each with the field to show it at.
type Issues = Vec<(Option<&'static str>, Issue)>;

/// Why an act was undone.
enum Stop {
    /// This row is refused.
    Row(Uuid, Issues),
    /// The store's or the actor's trouble.
    Fault(Fault),
}

/// What a chunk came to.
#[derive(Default)]
struct Counts {
    new: usize,
    changed: usize,
    same: usize,
    held: usize,
}

impl Job<'_> {
    fn read(&self, row: &RowRow, sight: &jcore::Sight) -> Result<Ready> {
        let body = row.body(&self.app.keys, sight)?;
        let checked = checked(self.kind.form(), row.number(), body.draft.clone(), &self.app.regions);
        Ok(Ready {
            id: row.id,
            checked,
            body,
        })
    }

    /// All rows in one act. One that is refused undoes the act, since it may have written before; then it is held, and
    /// the others go in without it.
    async fn chunk(&self, rows: &[Ready]) -> Result<()> {
        let mut going: Vec<&Ready> = rows.iter().collect();
        let mut held = Vec::new();
        while !going.is_empty() {
            match self.put(&going).await {
                Ok(()) => break,
                Err(Stop::Fault(fault)) => return Err(fault),
                Err(Stop::Row(id, issues)) => {
                    for row in going.iter().filter(|row| row.id == id) {
                        held.push(self.held(row, &issues)?);
                    }
                    going.retain(|row| row.id != id);
                }
            }
        }
        self.hold(&held).await
    }

    async fn put(&self, rows: &[&Ready]) -> Result<(), Stop> {
        // The act gives back a fault only; which row it was, and why, is left here.
        let refused: Mutex<Option<(Uuid, Issues)>> = Mutex::new(None);
        let done = act!(self.app, self.permit, |act| {
            let mut counts = Counts::default();
            for row in rows {
                if let Some(issues) = self.row(&mut act, row, &mut counts).await? {
                    if let Ok(mut refused) = refused.lock() {
                        *refused = Some((row.id, issues));
                    }
                    return Err(Fault::new(FaultKind::Refused, "intake-row-in"));
                }
            }
            self.close_if_done(&mut act).await?;
            act.note("intake.committed", "intake", self.batch.uuid(), self.detail(&counts));
            act.changed("intake", self.batch.uuid());
            Ok(())
        });
        done.map_err(|fault| match refused.into_inner() {
            Ok(Some((id, issues))) => Stop::Row(id, issues),
            _ => Stop::Fault(fault),
        })
    }

    /// Puts one row in. Gives why not, if it is refused: then the act must not be committed.
    async fn row(&self, act: &mut Act, row: &Ready, counts: &mut Counts) -> Result<Option<Issues>> {
        if !store::take_row(&mut act.conn, row.id).await? {
            return Ok(None);
        }
        if row.checked.record.has_errors() {
            // The form's rules are stricter than when the row was checked; what they say is in the record.
            return Ok(Some(Vec::new()));
        }
        let outcome = match self.kind.commit(act, self.commit_row(row)).await {
            Err(fault) if is_of_the_row(&fault) => Outcome::Held(issues_of(self.kind.form(), self.app, &fault)),
            other => other?,
        };
        match &outcome {
            Outcome::New(_) => counts.new += 1,
            Outcome::Changed(_) => counts.changed += 1,
            Outcome::Same(_) => counts.same += 1,
            Outcome::Held(issues) => return Ok(Some(issues.clone())),
        }
        store::settle_row(&mut act.conn, row.id, outcome.code(), outcome.id()).await?;
        Ok(None)
    }

    fn commit_row<'b>(&'b self, row: &'b Ready) -> CommitRow<'b> {
        CommitRow {
            actor: self.actor,
            org: self.org,
            batch: self.batch,
            number: row.checked.number,
            draft: &row.checked.draft,
            record: &row.checked.record,
            submit: self.submit,
        }
    }

    /// A row's body with why it is held.
    fn held(&self, row: &Ready, issues: &[(Option<&'static str>, Issue)]) -> Result<NewRow> {
        let mut body = Body::of(&row.checked.draft, &row.checked.record);
        // What the check against the store had found still stands, where reading alone does not find it.
        for issue in &row.body.issues {
            if !body.issues.contains(issue) {
                body.issues.push(issue.clone());
            }
        }
        body.issues
            .extend(issues.iter().map(|(field, issue)| StoredIssue::of(*field, issue)));
        NewRow::seal(&self.app.keys, row.id, row.checked.number, &body)
    }

    async fn hold(&self, held: &[NewRow]) -> Result<()> {
        if held.is_empty() {
            return Ok(());
        }
        act!(self.app, self.permit, |act| {
            for row in held {
                store::hold_row(&mut act.conn, row).await?;
            }
            let counts = Counts {
                held: held.len(),
                ..Counts::default()
            };
            act.note("intake.committed", "intake", self.batch.uuid(), self.detail(&counts));
            act.changed("intake", self.batch.uuid());
            Ok(())
        })
    }

    async fn close_if_done(&self, act: &mut Act) -> Result<()> {
        let (_, open) = store::rows_page(&mut act.conn, self.batch, Which::Open, 0, 0).await?;
        if open == 0 {
            let now = act.now;
            store::set_state(&mut act.conn, self.batch.uuid(), BatchState::Done, now).await?;
        }
        Ok(())
    }

    fn detail(&self, counts: &Counts) -> serde_json::Value {
        json!({
            "new": counts.new, "changed": counts.changed, "same": counts.same, "held": counts.held, "submit": self.submit,
        })
    }
}

/// Whether a fault speaks of the row at hand rather than of the store or the actor.
fn is_of_the_row(fault: &Fault) -> bool {
    !fault.is_retry() && matches!(fault.kind, FaultKind::Refused | FaultKind::Conflict | FaultKind::Denied)
}

/// A fault as issues of a row.
fn issues_of(form: &'static Form, app: &App, fault: &Fault) -> Issues {
    let key = |field: &Option<String>| field.as_deref().and_then(|key| form.field(key)).map(|field| field.key);
    let mut issues: Vec<_> = fault
        .fields
        .iter()
        .map(|of| (key(&of.field), of.issue.clone()))
        .collect();
    if issues.is_empty() {
        let why = |lang| fault.title(&app.words, lang);
        let issue = Issue::error("intake-row-refused")
            .with("why", why(Lang::Zh))
            .with("why_en", why(Lang::En));
        issues.push((None, issue));
    }
    issues
}
