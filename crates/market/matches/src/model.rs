//! Rows of the store, typed.

use jcore::Subject;
use kernel::{EntryId, OrgId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rules::{SideState, State};

/// A thread between both sides, with what anyone may know of its two entries.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Thread {
    /// Its id.
    pub id: Uuid,
    /// The need.
    pub need_id: Uuid,
    /// The offer.
    pub offer_id: Uuid,
    /// Who brought them together.
    pub opened_by: Option<Uuid>,
    /// Its state's code.
    pub state: String,
    /// How it ended, by its code; empty while it goes on.
    pub outcome: String,
    /// Why it ended so, by its code.
    pub reason: String,
    /// What was said about its end, sealed.
    pub(crate) note: Option<Vec<u8>>,
    /// When it was opened, UTC microseconds, as all instants here.
    pub opened_at: i64,
    /// When something last happened in it.
    pub moved_at: i64,
    /// When both had agreed.
    pub agreed_at: Option<i64>,
    /// When it ended.
    pub closed_at: Option<i64>,
    /// How often it was reminded of.
    pub reminders: i64,
    /// The need's title, which is always open.
    pub need_title: String,
    /// The offer's.
    pub offer_title: String,
    /// The offer's kind.
    pub offer_kind: String,
    /// Whose the need is.
    pub need_org: Uuid,
    /// Whose the offer is.
    pub offer_org: Uuid,
}

impl Thread {
    /// Its state.
    #[must_use]
    pub fn state(&self) -> State {
        State::from_code(&self.state)
    }

    /// Whether each side sees who the other is: once both agreed, also after the end.
    #[must_use]
    pub fn shows_names(&self) -> bool {
        self.agreed_at.is_some()
    }

    /// The need's typed id.
    #[must_use]
    pub fn need(&self) -> EntryId {
        self.need_id.into()
    }

    /// The offer's typed id.
    #[must_use]
    pub fn offer(&self) -> EntryId {
        self.offer_id.into()
    }

    /// What the who-may table is asked about for the side of an organisation.
    #[must_use]
    pub fn side(org: Uuid) -> Subject {
        Subject::org(OrgId::from(org), None)
    }

    /// What the who-may table is asked about for whoever brought the sides together.
    #[must_use]
    pub fn opener(&self) -> Subject {
        self.opened_by.map_or(Subject::NONE, |user| Subject::user(user.into()))
    }
}

/// What a side of a thread has said.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Side {
    /// `need` or `offer`.
    pub side: String,
    /// Its state's code.
    pub state: String,
    /// Why it declined, by its code.
    pub reason: String,
    /// Who speaks for it, sealed until both have agreed.
    pub(crate) party: Option<Vec<u8>>,
    /// When it decided.
    pub decided_at: Option<i64>,
}

impl Side {
    /// Its state.
    #[must_use]
    pub fn state(&self) -> SideState {
        SideState::from_code(&self.state)
    }
}

/// Who speaks for a side: what the other learns when both have agreed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The person's name.
    pub person: String,
    /// Telephone or mail.
    pub contact: String,
}

/// A message, sealed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// Who it is from: `broker`, `need`, `offer`.
    pub part: String,
    /// The person.
    pub sender_id: Option<Uuid>,
    /// When.
    pub at: i64,
    /// What it says, sealed.
    pub(crate) body: Vec<u8>,
}

/// What somebody said of a match.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Verdict {
    /// The need.
    pub need_id: Uuid,
    /// The offer.
    pub offer_id: Uuid,
    /// Who.
    pub said_by: Uuid,
    /// The level, 1 to 4.
    pub level: i64,
    /// Why it does not fit, by its code; empty where it does.
    pub reason: String,
    /// When.
    pub said_at: i64,
}
