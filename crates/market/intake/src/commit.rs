//! The good rows go in, chunk by chunk; what can't is held with why.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use forms::Form;
use jcore::{Act, Actor, App, Fault, FaultKind, Lang, Permit, Result, act};
use kernel::{BatchId, Issue, OrgId};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::access::Opened;
use crate::read::RowReader;
use crate::report::Report;
use crate::rows::READ_ROWS;
use crate::store::{self, NewRow, RowRow, Which};
use crate::stored::{BatchState, Body, RowState, StoredIssue};
use crate::{Checked, CommitRow, Kind, Outcome, Prepared, access};

/// Rows that one act puts in. An act is to end within 50 ms ([`jcore::ACT_MS_MAX`]), since others wait for it: a row of
/// an entry takes some 0.15 ms. A power of two, so that each of its statements is one ([`db::by_powers`]).
pub const COMMIT_ROWS: usize = 256;
/// Longest reason for what is doubtful, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// Rows after which a kind finishes what it left for later ([`Kind::settle`]).
const SETTLE_ROWS: usize = 5_000;
/// Chunks that are read ahead.
const AHEAD: usize = 2;

/// How rows go in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitOptions {
    /// Hand them in at once; otherwise they are drafts.
    pub submit: bool,
    /// Why rows go in of which a person should look at something; without it they wait, unless they have a reason of
    /// their own.
    pub reason: Option<String>,
}

impl CommitOptions {
    /// Hands rows in, or keeps them as drafts, with a reason for what is doubtful.
    #[must_use]
    pub fn because(submit: bool, reason: impl Into<String>) -> Self {
        Self {
            submit,
            reason: Some(reason.into()),
        }
    }

    fn said(&self) -> Option<String> {
        let said = self
            .reason
            .as_deref()
            .map(str::trim)
            .filter(|reason| !reason.is_empty())?;
        Some(said.chars().take(REASON_CHARS_MAX).collect())
    }
}

impl From<bool> for CommitOptions {
    fn from(submit: bool) -> Self {
        Self { submit, reason: None }
    }
}

/// Puts the good rows of a batch in, at most [`COMMIT_ROWS`] an act, in the order of the file. Rows with errors stay
/// held, and so do rows that their kind refuses now; rows with warnings wait for a reason. `progress` hears (rows done,
/// rows in all) after each chunk. Calling it again goes on where it was broken off.
///
/// # Errors
/// Not found; denied; a conflict when the batch is not open; the store's. Chunks before the error are in.
pub async fn commit(
    app: &App,
    actor: &Actor,
    batch: BatchId,
    options: impl Into<CommitOptions>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report> {
    let options = options.into();
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
        submit: options.submit,
        reason: options.said(),
    };
    let ready = Which::In(RowState::Ready);
    let (_, total) = store::rows_page(&mut app.read().await?, batch, ready, 0, 0).await?;
    let total = usize::try_from(total).unwrap_or(0);
    let mut rows = job.read_ahead(opened);
    let (mut done, mut settled) = (0, 0);
    let mut settling = None;
    while let Some(chunk) = rows.recv().await {
        let chunk = chunk?;
        for part in chunk.chunks(COMMIT_ROWS) {
            job.chunk(part).await?;
            done += part.len();
            progress(done.min(total), total);
        }
        // Letting go of some hundred thousand texts takes a while, and nobody has to wait for it.
        drop(tokio::task::spawn_blocking(move || drop(chunk)));
        if done - settled >= SETTLE_ROWS {
            settled = done;
            finish(settling.take()).await?;
            settling = Some(tokio::spawn(settle(job.kind.clone(), app.clone(), job.permit.clone())));
        }
    }
    finish(settling).await?;
    settle(job.kind.clone(), app.clone(), job.permit.clone()).await?;
    job.close().await?;
    crate::report(app, actor, batch).await
}

/// Has a kind finish what it left for later, while the next rows go in.
async fn settle(kind: Arc<dyn Kind>, app: App, permit: Permit) -> Result<()> {
    kind.settle(&app, &permit).await
}

/// Waits for a kind that is finishing.
async fn finish(settling: Option<JoinHandle<Result<()>>>) -> Result<()> {
    match settling {
        Some(task) => task
            .await
            .map_err(|e| Fault::internal(format!("finishing rows: {e}")))?,
        None => Ok(()),
    }
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
    reason: Option<String>,
}

/// A row on its way in.
struct Ready {
    id: Uuid,
    checked: Checked,
    body: Body,
    /// Whether its body says more than the stored one: the reason that was given for all.
    is_new: bool,
    /// What its kind worked out ahead.
    prepared: Option<Prepared>,
}

impl Ready {
    /// As its kind is given it.
    fn going<'a>(&'a self, actor: &'a Actor, org: Option<OrgId>, batch: BatchId, submit: bool) -> CommitRow<'a> {
        CommitRow {
            actor,
            org,
            batch,
            number: self.checked.number,
            draft: &self.checked.draft,
            record: &self.checked.record,
            settled: &self.checked.settled,
            submit,
            prepared: self.prepared.as_ref(),
        }
    }
}

/// Reads and opens rows, a chunk at a time, while those before go in.
struct Ahead {
    app: App,
    actor: Actor,
    opened: Opened,
    kind: Arc<dyn Kind>,
    reader: Mutex<RowReader>,
    reason: Option<String>,
    submit: bool,
}

impl Ahead {
    async fn run(self, send: mpsc::Sender<Result<Vec<Ready>>>) {
        let this = Arc::new(self);
        let mut after = 0;
        loop {
            let rows = match this.rows(after).await {
                Ok(rows) => rows,
                Err(fault) => {
                    let _ = send.send(Err(fault)).await;
                    return;
                }
            };
            let Some(last) = rows.last() else { return };
            after = last.number;
            let that = this.clone();
            let opened = tokio::task::spawn_blocking(move || that.open(&rows)).await;
            let opened = opened.map_err(|e| Fault::internal(format!("reading rows: {e}")));
            let ready = match opened.and_then(|opened| opened) {
                Ok(ready) => this.prepare(ready).await,
                Err(fault) => Err(fault),
            };
            let is_last = ready.is_err();
            // Who receives has given up, or will.
            if send.send(ready).await.is_err() || is_last {
                return;
            }
        }
    }

    async fn rows(&self, after: i64) -> Result<Vec<RowRow>> {
        let limit = i64::try_from(READ_ROWS).unwrap_or(i64::MAX);
        let ready = Which::In(RowState::Ready);
        store::rows(
            &mut self.app.read().await?,
            self.opened.row.batch(),
            ready,
            after,
            limit,
        )
        .await
    }

    /// Has the kind work out what it can before the act.
    async fn prepare(&self, mut ready: Vec<Ready>) -> Result<Vec<Ready>> {
        let (batch, org) = (self.opened.row.batch(), self.opened.row.org());
        let rows: Vec<CommitRow<'_>> = ready
            .iter()
            .map(|row| row.going(&self.actor, org, batch, self.submit))
            .collect();
        let prepared = self.kind.prepare(&self.app, &rows).await?;
        drop(rows);
        for (row, prepared) in ready.iter_mut().zip(prepared) {
            row.prepared = prepared;
        }
        Ok(ready)
    }

    /// The rows that may go in: without a warning, or with a reason.
    fn open(&self, rows: &[RowRow]) -> Result<Vec<Ready>> {
        let mut out = Vec::with_capacity(rows.len());
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            let mut body = row.body(&self.app.keys, &self.opened.sight)?;
            let wants = body.wants_reason();
            if wants {
                let Some(reason) = &self.reason else { continue };
                body.settled.reason = Some(reason.clone());
            }
            let mut checked = reader.checked(self.kind.form(), row.number(), body.draft.clone(), &self.app);
            checked.settled.clone_from(&body.settled);
            checked.found.clone_from(&body.found);
            out.push(Ready {
                id: row.id,
                checked,
                body,
                is_new: wants,
                prepared: None,
            });
        }
        Ok(out)
    }
}

/// Why a row is not in: issues, each with the field to show it at.
pub(crate) type Issues = Vec<(Option<&'static str>, Issue)>;

/// Rows that are refused, each with why.
type Refused = Vec<(Uuid, Issues)>;

/// Why an act was undone.
enum Stop {
    /// These rows are refused.
    Rows(Refused),
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

impl Counts {
    fn of(outcomes: &[Outcome]) -> Self {
        let count = |code: &str| outcomes.iter().filter(|outcome| outcome.code() == code).count();
        Self {
            new: count("new"),
            changed: count("changed"),
            same: count("same"),
            held: 0,
        }
    }
}

impl Job<'_> {
    fn read_ahead(&self, opened: Opened) -> mpsc::Receiver<Result<Vec<Ready>>> {
        let (send, receive) = mpsc::channel(AHEAD);
        let ahead = Ahead {
            app: self.app.clone(),
            actor: self.actor.clone(),
            opened,
            kind: self.kind.clone(),
            reader: Mutex::default(),
            reason: self.reason.clone(),
            submit: self.submit,
        };
        tokio::spawn(ahead.run(send));
        receive
    }

    /// All rows in one act. One that is refused undoes the act, since it may have written before; then it is held, and
    /// the others go in without it.
    async fn chunk(&self, rows: &[Ready]) -> Result<()> {
        let mut going: Vec<&Ready> = rows.iter().collect();
        let mut held = Vec::new();
        while !going.is_empty() {
            match self.put(&going).await {
                Ok(()) => break,
                // Many rows in one statement ran into something: one by one it is seen which.
                Err(Stop::Fault(fault)) if going.len() > 1 && is_of_the_row(&fault) => {
                    for row in &going {
                        match self.put(&[*row]).await {
                            Ok(()) => {}
                            Err(Stop::Fault(fault)) if is_of_the_row(&fault) => {
                                held.push(self.held(row, &issues_of(self.kind.form(), self.app, &fault))?);
                            }
                            Err(Stop::Fault(fault)) => return Err(fault),
                            Err(Stop::Rows(refused)) => {
                                for (_, issues) in &refused {
                                    held.push(self.held(row, issues)?);
                                }
                            }
                        }
                    }
                    break;
                }
                Err(Stop::Fault(fault)) => return Err(fault),
                Err(Stop::Rows(refused)) => {
                    for (id, issues) in &refused {
                        for row in going.iter().filter(|row| row.id == *id) {
                            held.push(self.held(row, issues)?);
                        }
                    }
                    going.retain(|row| !refused.iter().any(|(id, _)| *id == row.id));
                }
            }
        }
        self.hold(&held).await
    }

    async fn put(&self, rows: &[&Ready]) -> Result<(), Stop> {
        // The act gives back a fault only; which rows it was, and why, is left here.
        let refused: Mutex<Refused> = Mutex::new(Vec::new());
        let done = act!(self.app, self.permit, |act| {
            let issues = self.rows(&mut act, rows).await?;
            if issues.is_empty() {
                return Ok(());
            }
            if let Ok(mut refused) = refused.lock() {
                *refused = issues;
            }
            Err(Fault::new(FaultKind::Refused, "intake-row-in"))
        });
        done.map_err(|fault| match refused.into_inner() {
            Ok(rows) if !rows.is_empty() => Stop::Rows(rows),
            _ => Stop::Fault(fault),
        })
    }

    /// Puts rows in. Gives those that are refused, with why: then the act must not be committed.
    async fn rows(&self, act: &mut Act, rows: &[&Ready]) -> Result<Refused> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let ready: BTreeSet<Uuid> = store::still_ready(&mut act.conn, &ids).await?.into_iter().collect();
        let rows: Vec<&Ready> = rows.iter().copied().filter(|row| ready.contains(&row.id)).collect();
        // The form's rules may be stricter than when a row was checked; what they say is in its record.
        let stricter = rows.iter().filter(|row| row.checked.record.has_errors());
        let refused: Refused = stricter.map(|row| (row.id, Vec::new())).collect();
        if !refused.is_empty() {
            return Ok(refused);
        }
        let going: Vec<CommitRow<'_>> = rows
            .iter()
            .map(|row| row.going(self.actor, self.org, self.batch, self.submit))
            .collect();
        let outcomes = self.kind.commit_all(act, &going).await?;
        let with = rows.iter().zip(&outcomes);
        let held = with.clone().filter_map(|(row, outcome)| match outcome {
            Outcome::Held(issues) => Some((row.id, issues.clone())),
            _ => None,
        });
        let held: Refused = held.collect();
        if !held.is_empty() {
            return Ok(held);
        }
        let settled = with.map(|(row, outcome)| {
            Ok(store::Settled {
                row: row.id,
                outcome: outcome.code(),
                subject: outcome.id(),
                body: self.body(row, outcome)?,
            })
        });
        store::settle_rows(&mut act.conn, &settled.collect::<Result<Vec<_>>>()?).await?;
        let counts = Counts::of(&outcomes);
        act.note("intake.committed", "intake", self.batch.uuid(), self.detail(&counts));
        act.changed("intake", self.batch.uuid());
        Ok(Vec::new())
    }

    /// What a row's body is to say besides, now that it is in: a reason given for all, what it changed.
    fn body(&self, row: &Ready, outcome: &Outcome) -> Result<Option<Vec<u8>>> {
        let before = match outcome {
            Outcome::Changed(_, before) => Some(before.clone()),
            _ => None,
        };
        if before.is_none() && !row.is_new {
            return Ok(None);
        }
        let mut body = row.body.clone();
        body.before = before;
        let sealed = NewRow::seal(&self.app.keys, row.id, row.checked.number, &body)?;
        Ok(Some(sealed.body))
    }

    /// A row's body with why it is held.
    fn held(&self, row: &Ready, issues: &[(Option<&'static str>, Issue)]) -> Result<NewRow> {
        let mut body = row.body.anew(&row.checked);
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

    /// Closes the batch when nothing of it is open.
    async fn close(&self) -> Result<()> {
        let (_, open) = store::rows_page(&mut self.app.read().await?, self.batch, Which::Open, 0, 0).await?;
        if open > 0 {
            return Ok(());
        }
        act!(self.app, self.permit, |act| {
            let (_, open) = store::rows_page(&mut act.conn, self.batch, Which::Open, 0, 0).await?;
            if open == 0 {
                let now = act.now;
                store::set_state(&mut act.conn, self.batch.uuid(), BatchState::Done, now).await?;
            }
            act.note("intake.closed", "intake", self.batch.uuid(), json!({ "open": open }));
            act.changed("intake", self.batch.uuid());
            Ok(())
        })
    }

    fn detail(&self, counts: &Counts) -> serde_json::Value {
        json!({
            "new": counts.new, "changed": counts.changed, "same": counts.same, "held": counts.held, "submit": self.submit,
            "reason": self.reason,
        })
    }
}

/// Whether a fault speaks of the row at hand rather than of the store or the actor.
pub(crate) fn is_of_the_row(fault: &Fault) -> bool {
    !fault.is_retry() && matches!(fault.kind, FaultKind::Refused | FaultKind::Conflict | FaultKind::Denied)
}

/// A fault as issues of a row.
pub(crate) fn issues_of(form: &'static Form, app: &App, fault: &Fault) -> Issues {
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
