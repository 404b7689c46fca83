//! People: their accounts, and making one.

use jcore::Lang;
use kernel::{Email, Phone, Region, UserId};
use uuid::Uuid;

use crate::model::UserState;
use crate::password::Hashed;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their mail address, by which they sign in.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The password's hash; none until they set one.
    pub(crate) password: Option<String>,
    /// Where the account stands.
    pub state: UserState,
    /// The language of mails to them.
    pub lang: Lang,
    /// Wrong passwords in a row.
    pub failures: i64,
    /// No sign-in before this instant (UTC microseconds); 0 when not locked.
    pub locked_until: i64,
    /// When the password was last set.
    pub password_at: Option<i64>,
    /// Counts up with each change.
    pub version: i64,
    /// When the account was made.
    pub created_at: i64,
}

impl User {
    /// Whether sign-in is locked at an instant after wrong passwords.
    #[must_use]
    pub fn locked_at(&self, now: i64) -> bool {
        self.locked_until > now
    }
}

/// An account to be made by [`crate::create_user`].
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The mail address, by which they will sign in.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// The password's hash, from [`crate::hash_password`]; none for an invitation.
    pub password: Option<Hashed>,
    /// The language of mails to them.
    pub lang: Lang,
    /// Their phone, kept sealed.
    pub phone: Option<Phone>,
    /// Where the account begins.
    pub state: UserState,
    /// Whether they agreed to the terms and the privacy notice in force (else they are asked at their first sign-in),
    /// and from which address.
    pub consent_from: Option<String>,
}

impl NewUser {
    /// An account that is ready for use, with consent on record: for the first administrator, the demo and tests.
    #[must_use]
    pub fn ready(email: Email, name: impl Into<String>, password: Hashed) -> Self {
        Self {
            email,
            name: name.into(),
            password: Some(password),
            lang: Lang::Zh,
            phone: None,
            state: UserState::Active,
            consent_from: Some(String::new()),
        }
    }

    /// An account without a password, whose owner gets a link by mail.
    #[must_use]
    pub fn invited(email: Email, name: impl Into<String>, lang: Lang) -> Self {
        Self {
            email,
            name: name.into(),
            password: None,
            lang,
            phone: None,
            state: UserState::Invited,
            consent_from: None,
        }
    }
}

/// A role that a person holds, as the desks show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantView {
    /// The grant's id.
    pub id: Uuid,
    /// Who holds it.
    pub user: UserId,
    /// The role's code.
    pub role: String,
    /// The organisation's name, where it is bound to one.
    pub org: Option<(kernel::OrgId, String)>,
    /// The region, where it is bound to one.
    pub region: Option<Region>,
    /// Since when, UTC microseconds.
    pub granted_at: i64,
    /// Until when, where it has an end.
    pub until_at: Option<i64>,
    /// When it was ended.
    pub ended_at: Option<i64>,
}
