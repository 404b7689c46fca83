//! A batch is taken back while nobody has judged what it made; else it is said which rows are bound, and by what.

use std::collections::BTreeMap;

use jcore::{Actor, App, Fault, FaultKind, Lang, Result, act};
use kernel::{BatchId, Issue};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::{self, Opened};
use crate::kind::{Kinds, PutIn};
use crate::store::{self, NewRow, RowRow, Which};
use crate::stored::{BatchState, Body, RowState};

/// Rows that one act takes back.
const REVERT_ROWS: i64 = 200;
/// Bound rows that are told; more say nothing more.
const BOUND_MAX: usize = 200;

/// What taking a batch back came to, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reverted {
    /// Things that were removed.
    pub removed: usize,
    /// Things that are again as they were.
    pub restored: usize,
    /// Rows that had changed nothing.
    pub same: usize,
    /// Rows that can't be taken back: then nothing was.
    pub bound: Vec<BoundRow>,
}

/// A row that can't be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoundRow {
    /// The row in the file.
    pub row: usize,
    /// Why, in the reader's language.
    pub message: String,
}

/// What taking a batch back would come to; nothing is written.
///
/// # Errors
/// Not found; the store's.
pub async fn revertible(app: &App, actor: &Actor, batch: BatchId, lang: Lang) -> Result<Reverted> {
    let opened = access::open(app, actor, batch).await?;
    Job::new(app, actor, &opened)?.look(lang).await
}

/// Takes a batch back (R139): what its rows made is removed, what they changed is as it was, and they are ready again. If
/// one of them was reviewed, published, matched by a person's verdict, put in a lot or a deal, nothing happens and those
/// are told. Broken off, it can be run again.
///
/// # Errors
/// Not found; denied; a conflict for a batch that is being read or was thrown away; the store's.
pub async fn revert(app: &App, actor: &Actor, batch: BatchId, lang: Lang) -> Result<Reverted> {
    let opened = access::open(app, actor, batch).await?;
    let state = opened.row.state.as_str();
    if ![BatchState::Open.code(), BatchState::Done.code()].contains(&state) {
        return Err(Fault::new(FaultKind::Conflict, "intake-not-open"));
    }
    let job = Job::new(app, actor, &opened)?;
    let told = job.look(lang).await?;
    if told.bound.is_empty() {
        job.take_back().await?;
    }
    Ok(told)
}

struct Job<'a> {
    app: &'a App,
    actor: &'a Actor,
    opened: &'a Opened,
    kind: std::sync::Arc<dyn crate::Kind>,
}

/// A row that is in, opened.
struct Row {
    id: Uuid,
    number: usize,
    subject: Uuid,
    outcome: String,
    body: Body,
}

impl Row {
    fn put_in(&self) -> PutIn<'_> {
        PutIn {
            number: self.number,
            id: self.subject,
            before: self.body.before.as_ref(),
            draft: &self.body.draft,
        }
    }

    /// Whether it wrote something.
    fn wrote(&self) -> bool {
        self.outcome != "same"
    }
}

impl<'a> Job<'a> {
    fn new(app: &'a App, actor: &'a Actor, opened: &'a Opened) -> Result<Self> {
        let kind = access::kind(app, &opened.row.kind)?.clone();
        Ok(Self {
            app,
            actor,
            opened,
            kind,
        })
    }

    fn open(&self, row: &RowRow) -> Result<Option<Row>> {
        let Some(subject) = row.subject_id else { return Ok(None) };
        Ok(Some(Row {
            id: row.id,
            number: row.number(),
            subject,
            outcome: row.outcome.clone(),
            body: row.body(&self.app.keys, &self.opened.sight)?,
        }))
    }

    async fn rows(&self, after: i64) -> Result<(Vec<Row>, Option<i64>)> {
        let is_in = Which::In(RowState::In);
        let batch = self.opened.row.batch();
        let rows = store::rows(&mut self.app.read().await?, batch, is_in, after, REVERT_ROWS).await?;
        let last = rows.last().map(|row| row.number);
        let opened: Vec<Option<Row>> = rows.iter().map(|row| self.open(row)).collect::<Result<_>>()?;
        Ok((opened.into_iter().flatten().collect(), last))
    }

    async fn look(&self, lang: Lang) -> Result<Reverted> {
        let mut told = Reverted::default();
        let mut after = 0;
        loop {
            let (rows, last) = self.rows(after).await?;
            let Some(last) = last else { break };
            after = last;
            let count = |code: &str| rows.iter().filter(|row| row.outcome == code).count();
            told.removed += count("new");
            told.restored += count("changed");
            told.same += count("same");
            for (row, issue) in self.bound(&mut self.app.read().await?, &rows).await? {
                if told.bound.len() < BOUND_MAX {
                    let message = self.app.words.issue(lang, &issue);
                    told.bound.push(BoundRow { row, message });
                }
            }
        }
        Ok(told)
    }

    /// What binds these rows: their kind, and what later capabilities made of them.
    async fn bound(&self, conn: &mut db::Conn, rows: &[Row]) -> Result<Vec<(usize, Issue)>> {
        let wrote: Vec<PutIn<'_>> = rows.iter().filter(|row| row.wrote()).map(Row::put_in).collect();
        if wrote.is_empty() {
            return Ok(Vec::new());
        }
        let mut out = self.kind.bound(self.app, conn, &wrote).await?;
        let ids: Vec<Uuid> = wrote.iter().map(|row| row.id).collect();
        let numbers: BTreeMap<Uuid, usize> = wrote.iter().map(|row| (row.id, row.number)).collect();
        let holds = self
            .app
            .extra::<Kinds>()
            .map(|kinds| kinds.holds().to_vec())
            .unwrap_or_default();
        for hold in holds {
            let held = hold.holds(conn, &ids).await?;
            out.extend(
                held.into_iter()
                    .filter_map(|(id, issue)| Some((*numbers.get(&id)?, issue))),
            );
        }
        out.sort_by_key(|(row, _)| *row);
        Ok(out)
    }

    async fn take_back(&self) -> Result<()> {
        let permit = self.app.permit(self.actor, self.kind.action(), &self.opened.subject)?;
        let batch = self.opened.row.id;
        loop {
            // Rows that were taken back are not in any more, so the first ones are always the next.
            let (rows, last) = self.rows(0).await?;
            if last.is_none() {
                break;
            }
            let ready: Vec<NewRow> = rows.iter().map(|row| self.again(row)).collect::<Result<_>>()?;
            act!(self.app, permit, |act| {
                if !self.bound(&mut act.conn, &rows).await?.is_empty() {
                    return Err(Fault::new(FaultKind::Conflict, "intake-bound"));
                }
                let wrote: Vec<PutIn<'_>> = rows.iter().filter(|row| row.wrote()).map(Row::put_in).collect();
                self.kind.revert(&mut act, self.actor, &wrote).await?;
                store::untake_rows(&mut act.conn, &ready).await?;
                let now = act.now;
                store::set_state(&mut act.conn, batch, BatchState::Open, now).await?;
                let things: Vec<Uuid> = wrote.iter().map(|row| row.id).collect();
                act.note(
                    "intake.reverted",
                    "intake",
                    batch,
                    json!({ "rows": rows.len(), "things": things }),
                );
                act.changed("intake", batch);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The row as it waits again.
    fn again(&self, row: &Row) -> Result<NewRow> {
        let mut body = row.body.clone();
        body.before = None;
        NewRow::seal(&self.app.keys, row.id, row.number, &body)
    }
}
