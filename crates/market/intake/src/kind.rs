//! What can be taken in: a [`Kind`] of sheet and form, and what passes between it and the intake.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use db::Conn;
use forms::{Draft, Form, Record};
use jcore::{Act, Action, Actor, App, Permit, Result};
use kernel::{BatchId, Issue, OrgId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A future that a trait object gives back.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A kind of sheet and form that can be taken in (R115, R139). Each capability registers its own.
pub trait Kind: Send + Sync + 'static {
    /// Its name in addresses and on the command line, as in `patents` and `/templates/patents`. Its words are
    /// `intake-kind-KEY`.
    fn key(&self) -> &'static str;

    /// What a row has to say.
    fn form(&self) -> &'static Form;

    /// Who may import it: asked with the sender's organisation as subject, at the upload and again at the commit.
    fn action(&self) -> Action;

    /// The season whose help the template belongs to: `auction`, `challenge`, or empty for both.
    fn season(&self) -> &'static str;

    /// The page of a thing that a row became, as a path without the language.
    fn href(&self, _id: Uuid) -> Option<String> {
        None
    }

    /// Begins to look at the rows of one batch against the store and the programme, before they are shown.
    fn checker<'a>(&'a self, cx: CheckCx<'a>) -> Box<dyn Checker + 'a>;

    /// Writes one good row inside the act. The act may be run again, and others of its rows stand in the same
    /// transaction. A row that gives [`Outcome::Held`], or a fault of kind refused, conflict or denied, undoes what it
    /// wrote: the act is run again without it. Whatever the check found may have changed since, so what must hold is
    /// asked again here. An audit note of the kind's own is welcome; the intake leaves one for each chunk.
    ///
    /// # Errors
    /// A fault of kind refused, conflict or denied holds this row and no other; any other fault ends the import after
    /// the chunks that are in.
    fn commit<'a>(&'a self, act: &'a mut Act, row: CommitRow<'a>) -> BoxFuture<'a, Result<Outcome>>;

    /// Writes good rows inside the act, in their order: one by one, unless a kind can do it in fewer statements. Ends
    /// with the first that is held: it may have written before, so the act is undone and run again without it.
    ///
    /// # Errors
    /// As [`Kind::commit`], but for faults of a row, which are outcomes.
    fn commit_all<'a>(&'a self, act: &'a mut Act, rows: &'a [CommitRow<'a>]) -> BoxFuture<'a, Result<Vec<Outcome>>> {
        Box::pin(one_by_one(self, act, rows))
    }

    /// Works out of good rows what it can before the act that writes them, so that others wait less: one value a row, none
    /// where there is nothing. What may change until then is asked again in the act.
    ///
    /// # Errors
    /// The store's.
    fn prepare<'a>(&'a self, _app: &'a App, rows: &'a [CommitRow<'a>]) -> BoxFuture<'a, Result<Vec<Option<Prepared>>>> {
        let none = rows.iter().map(|_| None).collect();
        Box::pin(async move { Ok(none) })
    }

    /// Finishes what the writing of many rows left for later, such as indexes that are cheaper to write by the thousand.
    /// Called again and again during a long commit and at its end; a job does it after a break.
    ///
    /// # Errors
    /// The store's.
    fn settle<'a>(&'a self, _app: &'a App, _permit: &'a Permit) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// Which of these rows can't be taken back, and why: their things were reviewed, published or changed since. What
    /// other capabilities made of them ([`Hold`]) the intake asks by itself.
    ///
    /// # Errors
    /// The store's.
    fn bound<'a>(
        &'a self,
        app: &'a App,
        conn: &'a mut Conn,
        rows: &'a [PutIn<'a>],
    ) -> BoxFuture<'a, Result<Vec<(usize, Issue)>>>;

    /// Takes rows back inside the act: what they made is removed, what they changed is as it was. The caller has asked
    /// [`Kind::bound`] in the same act.
    ///
    /// # Errors
    /// The store's; a conflict when something changed meanwhile.
    fn revert<'a>(&'a self, act: &'a mut Act, actor: &'a Actor, rows: &'a [PutIn<'a>]) -> BoxFuture<'a, Result<()>>;

    /// A thing that a row is [alike](Alike), as texts by field, for who may look into it; none for others.
    ///
    /// # Errors
    /// The store's.
    fn beside<'a>(&'a self, _cx: CheckCx<'a>, _id: Uuid) -> BoxFuture<'a, Result<Option<Draft>>> {
        Box::pin(async { Ok(None) })
    }
}

/// Writes good rows inside the act one by one, as [`Kind::commit_all`] says.
///
/// # Errors
/// As [`Kind::commit_all`].
pub async fn one_by_one<K: Kind + ?Sized>(kind: &K, act: &mut Act, rows: &[CommitRow<'_>]) -> Result<Vec<Outcome>> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let outcome = match kind.commit(act, *row).await {
            Err(fault) if crate::commit::is_of_the_row(&fault) => {
                Outcome::Held(crate::commit::issues_of(kind.form(), act.app(), &fault))
            }
            other => other?,
        };
        let stop = matches!(outcome, Outcome::Held(_));
        out.push(outcome);
        if stop {
            break;
        }
    }
    Ok(out)
}

/// Looks at the rows of one batch. What it remembers from row to row (which number stood in which row, how many a unit
/// has) is its own; it keeps no rows.
pub trait Checker: Send {
    /// Looks at the next rows, in the order of the file, and adds to `record.issues` and `found`: duplicates, caps,
    /// eligibility. After a row was mended it sees all rows that are not in yet, from the first; of a batch of more than
    /// [`crate::RECHECK_ROWS_MAX`] rows the mended ones alone.
    ///
    /// # Errors
    /// The store's. What is wrong with a row is an issue of its record, never an error.
    fn check<'a>(&'a mut self, rows: &'a mut [Checked]) -> BoxFuture<'a, Result<()>>;
}

/// What binds a thing that a row made: a verdict on a match, a lot, a deal. Later capabilities register theirs with
/// [`Kinds::with_holds`].
pub trait Hold: Send + Sync + 'static {
    /// Which of these things are bound, and by what.
    ///
    /// # Errors
    /// The store's.
    fn holds<'a>(&'a self, conn: &'a mut Conn, ids: &'a [Uuid]) -> BoxFuture<'a, Result<Vec<(Uuid, Issue)>>>;
}

/// For whom rows are checked.
#[derive(Clone, Copy, Debug)]
pub struct CheckCx<'a> {
    /// The application.
    pub app: &'a App,
    /// Who sends the sheet.
    pub actor: &'a Actor,
    /// The sender's organisation; none when the centre or the platform's owner imports for many.
    pub org: Option<OrgId>,
}

/// A row that was read, on its way to being shown.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its row in the file, counted from 1.
    pub number: usize,
    /// What was written. Units of column heads (`万元`) are written behind the figures already, and Excel's day
    /// numbers are days, so that it reads the same without the sheet around it.
    pub draft: Draft,
    /// What it was read as; a check adds to `record.issues`.
    pub record: Record,
    /// What its sender settled about it.
    pub settled: Settled,
    /// What the check found there already.
    pub found: Found,
}

/// What a sender settled about a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// It is the same thing as this one, which it changes ([`Alike::merges`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge: Option<Uuid>,
    /// Why it goes in although something is doubtful: for warnings, and for a thing that is alike another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a check found of a row's thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Whether the same is there already.
    #[serde(default)]
    pub again: Again,
    /// Things that say nearly the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<Alike>,
}

/// Whether a row's thing is there already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Again {
    /// It is not.
    #[default]
    New,
    /// It is, and says the same.
    Same(Uuid),
    /// It is, and says otherwise.
    Changes {
        /// The thing.
        id: Uuid,
        /// The cells that differ: the field, and what it says now.
        cells: Vec<(String, String)>,
    },
}

impl Again {
    /// As stored and reported: `new`, `changed`, `same`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same(_) => "same",
            Self::Changes { .. } => "changed",
        }
    }
}

/// A thing that says nearly the same as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// A thing that is there; none for another row of the batch.
    pub id: Option<Uuid>,
    /// The row of the batch.
    pub row: Option<usize>,
    /// Its title, where the sender may know it.
    pub title: String,
    /// How alike, in percent.
    pub percent: u8,
    /// Whether the row may go in as a change of it.
    pub merges: bool,
}

/// What a thing was before a row changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// What was written there.
    pub draft: Draft,
    /// Where it stood, in the kind's own code.
    #[serde(default)]
    pub state: String,
}

/// A row that went in, to be taken back.
#[derive(Clone, Copy, Debug)]
pub struct PutIn<'a> {
    /// The row in the file.
    pub number: usize,
    /// The thing.
    pub id: Uuid,
    /// What the thing was before, where the row changed one; none where the row made it.
    pub before: Option<&'a Before>,
    /// What the row made of it.
    pub draft: &'a Draft,
}

/// A good row, to be written.
#[derive(Clone, Copy, Debug)]
pub struct CommitRow<'a> {
    /// Who imports.
    pub actor: &'a Actor,
    /// The sender's organisation.
    pub org: Option<OrgId>,
    /// The batch, for the record's own note of where it comes from.
    pub batch: BatchId,
    /// The row in the file, counted from 1.
    pub number: usize,
    /// What was written.
    pub draft: &'a Draft,
    /// What it was read as: without errors.
    pub record: &'a Record,
    /// What its sender settled about it.
    pub settled: &'a Settled,
    /// Hand it in at once; otherwise it stays a draft.
    pub submit: bool,
    /// What its kind worked out of it before the act ([`Kind::prepare`]).
    pub prepared: Option<&'a Prepared>,
}

/// What a kind works out of a row ahead of its writing, for itself.
pub type Prepared = Box<dyn std::any::Any + Send + Sync>;

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A new thing.
    New(Uuid),
    /// A known thing was changed; with what was written there before, so that it can be taken back.
    Changed(Uuid, Before),
    /// The same was there already; nothing was written.
    Same(Uuid),
    /// It can't be written: the field to show each issue at, and the issue.
    Held(Vec<(Option<&'static str>, Issue)>),
}

impl Outcome {
    /// As stored and reported: `new`, `changed`, `same`; empty for a row that is held.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Changed(..) => "changed",
            Self::Same(_) => "same",
            Self::Held(_) => "",
        }
    }

    /// The thing it became.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::New(id) | Self::Changed(id, _) | Self::Same(id) => Some(*id),
            Self::Held(_) => None,
        }
    }
}

/// All kinds that can be taken in, kept in `app.extras` by who puts the capabilities together.
#[derive(Clone, Default)]
pub struct Kinds {
    kinds: Arc<Vec<Arc<dyn Kind>>>,
    holds: Arc<Vec<Arc<dyn Hold>>>,
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.kinds.iter().map(|kind| kind.key()))
            .finish()
    }
}

impl Kinds {
    /// From the capabilities' kinds, in the order in which the upload page offers them.
    #[must_use]
    pub fn new(kinds: Vec<Arc<dyn Kind>>) -> Self {
        Self {
            kinds: Arc::new(kinds),
            holds: Arc::default(),
        }
    }

    /// With what binds the things that rows make.
    #[must_use]
    pub fn with_holds(mut self, holds: Vec<Arc<dyn Hold>>) -> Self {
        self.holds = Arc::new(holds);
        self
    }

    /// What binds the things that rows make.
    #[must_use]
    pub fn holds(&self) -> &[Arc<dyn Hold>] {
        &self.holds
    }

    /// The kind of this name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arc<dyn Kind>> {
        self.kinds.iter().find(|kind| kind.key() == key)
    }

    /// All, in order.
    #[must_use]
    pub fn all(&self) -> &[Arc<dyn Kind>] {
        &self.kinds
    }
}
