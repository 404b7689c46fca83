//! `Act`: every write in the project goes through one.
//!
//! An act begins with a [`Permit`], holds the transaction, and at its commit appends the audit notes and the changes in
//! that same transaction. An act that wrote without leaving a note does not commit. The body given to [`act!`](crate::act!) may be run
//! again when the store asks for it, so it does nothing but use the store and its own values.

use kernel::Stamp;
use uuid::Uuid;

use crate::notices::Notice;
use crate::{App, Fault, Permit, Result, audit};

/// How long a write may hold its transaction before it is said in the log: longer ones make others wait.
pub const ACT_MS_MAX: u128 = 50;
/// How often the body is run again when the store asks for it.
pub const ACT_TRIES_MAX: u8 = 4;

/// What is written to the audit trail, beside who and when.
#[derive(Debug, Clone)]
pub struct Note {
    /// A namespaced key such as `entry.submitted`; words under `audit-` with `-` for `.`.
    pub key: &'static str,
    /// The kind of thing it was done to.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: Option<Uuid>,
    /// What else is to be kept. Never a withheld value: only keys, states, counts and ids.
    pub detail: serde_json::Value,
}

/// A write under way.
#[derive(Debug)]
pub struct Act {
    /// The transaction.
    pub conn: db::Conn,
    /// When it happens: one instant for all it writes.
    pub now: Stamp,
    app: App,
    permit: Permit,
    notes: Vec<Note>,
    changes: Vec<(&'static str, Uuid)>,
    notices: Vec<Notice>,
    began: Stamp,
}

impl Act {
    /// Begins a write. Use [`act!`](crate::act!), which also runs it again when the store asks for it.
    ///
    /// # Errors
    /// The store's.
    pub async fn begin(app: &App, permit: &Permit) -> Result<Self> {
        let conn = app.db.write().await?;
        let now = app.now();
        Ok(Self {
            conn,
            now,
            app: app.clone(),
            permit: permit.clone(),
            notes: Vec::new(),
            changes: Vec::new(),
            notices: Vec::new(),
            began: now,
        })
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Who acts and on which permit.
    #[must_use]
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// A new id, of the time of this act.
    #[must_use]
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.app.ids.uuid())
    }

    /// Leaves a note in the audit trail.
    pub fn note(
        &mut self,
        key: &'static str,
        subject_kind: &'static str,
        subject_id: impl Into<Option<Uuid>>,
        detail: serde_json::Value,
    ) {
        self.notes.push(Note {
            key,
            subject_kind,
            subject_id: subject_id.into(),
            detail,
        });
    }

    /// Says in the change log that something changed, for those who follow it.
    pub fn changed(&mut self, kind: &'static str, id: impl Into<Uuid>) {
        self.changes.push((kind, id.into()));
    }

    /// Tells a person, in the inbox and, where the notice says so, by mail.
    pub fn tell(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Commits: audit notes, changes and notices go in the same transaction.
    ///
    /// # Errors
    /// The store's; an internal fault when the act wrote without leaving a note.
    pub async fn commit(mut self) -> Result<()> {
        if self.notes.is_empty() {
            return Err(Fault::internal(format!(
                "{} wrote without an audit note",
                self.permit.action
            )));
        }
        audit::append(&mut self.conn, &self.app, self.now, &self.permit, &self.notes).await?;
        db::append_changes(&mut self.conn, self.now.micros(), &self.changes).await?;
        crate::notices::append(&mut self.conn, &self.app, self.now, &self.notices).await?;
        self.conn.commit().await?;
        if let Some(callers) = self.app.extra::<crate::Callers>() {
            callers.heard(self.notes.iter().map(|note| note.subject_kind));
        }
        let took_ms = (self.app.now().micros() - self.began.micros()) / 1000;
        if i128::from(took_ms) > i128::try_from(ACT_MS_MAX).unwrap_or(i128::MAX) {
            tracing::info!(action = %self.permit.action, took_ms, "a write held its transaction for long");
        }
        Ok(())
    }
}

/// Tells the compiler what an act's body gives back. Not for use outside [`act!`](crate::act!).
#[doc(hidden)]
pub fn typed<T, F: Future<Output = Result<T>>>(future: F) -> F {
    future
}

/// Runs a write: `act!(app, permit, |act| { store::insert(&mut act, …).await?; act.note(…); Ok(id) })`.
///
/// The value is a `Result`. The body is run again when the store asks for it (deadlock, busy), so it has no other effects.
#[macro_export]
macro_rules! act {
    ($app:expr, $permit:expr, |$act:ident| $body:block) => {{
        let app: $crate::App = $app.clone();
        let permit: $crate::Permit = $permit.clone();
        let mut tries: u8 = 0;
        loop {
            tries += 1;
            let mut $act = match $crate::Act::begin(&app, &permit).await {
                Ok(act) => act,
                Err(fault) if fault.is_retry() && tries < $crate::ACT_TRIES_MAX => continue,
                Err(fault) => break Err(fault),
            };
            match $crate::typed(async { $body }).await {
                Ok(value) => match $act.commit().await {
                    Ok(()) => break Ok(value),
                    Err(fault) if fault.is_retry() && tries < $crate::ACT_TRIES_MAX => {}
                    Err(fault) => break Err(fault),
                },
                Err(fault) if fault.is_retry() && tries < $crate::ACT_TRIES_MAX => {}
                Err(fault) => break Err(fault),
            }
        }
    }};
}
