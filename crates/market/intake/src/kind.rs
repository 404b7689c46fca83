//! What can be taken in: a [`Kind`] of sheet and form, and what passes between it and the intake.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use forms::{Draft, Form, Record};
use jcore::{Act, Action, Actor, App, Result};
use kernel::{BatchId, Issue, OrgId};
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

    /// Looks at checked rows against the store and the programme before they are shown, and adds issues to their
    /// records: duplicates, caps, eligibility. It gets all rows of a sheet at once, so that it also finds those which
    /// repeat each other; after a row was mended, it gets all that are not in yet, or, of a batch of more than
    /// [`crate::RECHECK_ROWS_MAX`] rows, the mended ones alone.
    ///
    /// # Errors
    /// The store's. What is wrong with a row is an issue of its record, never an error.
    fn check<'a>(&'a self, cx: CheckCx<'a>, rows: &'a mut [Checked]) -> BoxFuture<'a, Result<()>>;

    /// Writes one good row inside the act. The act may be run again, and others of its rows stand in the same
    /// transaction. A row that gives [`Outcome::Held`], or a fault of kind refused, conflict or denied, undoes what it
    /// wrote: the act is run again without it. Whatever the check found may have changed since, so what must hold is
    /// asked again here. An audit note of the kind's own is welcome; the intake leaves one for each chunk.
    ///
    /// # Errors
    /// A fault of kind refused, conflict or denied holds this row and no other; any other fault ends the import after
    /// the chunks that are in.
    fn commit<'a>(&'a self, act: &'a mut Act, row: CommitRow<'a>) -> BoxFuture<'a, Result<Outcome>>;
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
    /// Hand it in at once; otherwise it stays a draft.
    pub submit: bool,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A new thing.
    New(Uuid),
    /// A known thing was changed.
    Changed(Uuid),
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
            Self::Changed(_) => "changed",
            Self::Same(_) => "same",
            Self::Held(_) => "",
        }
    }

    /// The thing it became.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::New(id) | Self::Changed(id) | Self::Same(id) => Some(*id),
            Self::Held(_) => None,
        }
    }
}

/// All kinds that can be taken in, kept in `app.extras` by who puts the capabilities together.
#[derive(Clone, Default)]
pub struct Kinds(Arc<Vec<Arc<dyn Kind>>>);

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|kind| kind.key())).finish()
    }
}

impl Kinds {
    /// From the capabilities' kinds, in the order in which the upload page offers them.
    #[must_use]
    pub fn new(kinds: Vec<Arc<dyn Kind>>) -> Self {
        Self(Arc::new(kinds))
    }

    /// The kind of this name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arc<dyn Kind>> {
        self.0.iter().find(|kind| kind.key() == key)
    }

    /// All, in order.
    #[must_use]
    pub fn all(&self) -> &[Arc<dyn Kind>] {
        &self.0
    }
}
