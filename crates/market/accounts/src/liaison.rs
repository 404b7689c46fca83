//! The liaison of an organisation (R020, R021): exactly one in office; who it is, is sealed.

use jcore::{App, Result, Withheld};
use kernel::text::fold;
use kernel::{OrgId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A liaison as a person: personal data, sealed at rest and never public.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Department.
    #[serde(default)]
    pub department: String,
    /// Position.
    #[serde(default)]
    pub position: String,
    /// Mobile number, as [`kernel::Phone`] writes it.
    #[serde(default)]
    pub mobile: String,
    /// Office phone.
    #[serde(default)]
    pub phone: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// 微信.
    #[serde(default)]
    pub wechat: String,
}

impl Person {
    /// A keyed fingerprint of mobile number and name, by which the same person is known again without opening the seal.
    /// Without a mobile number another way to reach them takes its place.
    #[must_use]
    pub fn key(&self, app: &App) -> Vec<u8> {
        let reach = [&self.mobile, &self.email, &self.phone]
            .into_iter()
            .find(|t| !t.is_empty())
            .map_or("", String::as_str);
        app.keys
            .fingerprint(&[b"liaison", reach.as_bytes(), fold(&self.name).as_bytes()])
            .to_vec()
    }
}

/// A liaison, in office or former.
#[derive(Debug, Clone)]
pub struct Liaison {
    /// Its id.
    pub id: Uuid,
    /// The organisation.
    pub org: OrgId,
    /// The person's account, where there is one.
    pub user: Option<UserId>,
    /// The sealed person.
    pub(crate) person: Vec<u8>,
    /// Their fingerprint, see [`Person::key`].
    pub person_key: Vec<u8>,
    /// In office since, UTC microseconds.
    pub from_at: i64,
    /// Until; none while in office.
    pub until_at: Option<i64>,
    /// Why the office ended.
    pub ended_reason: String,
}

impl Liaison {
    /// Where the person is sealed.
    pub(crate) fn place(id: Uuid) -> String {
        format!("liaison.person/{id}")
    }

    /// The person, to be opened with a sight of `liaison.view`.
    ///
    /// # Errors
    /// When the seal does not open.
    pub fn person(&self, app: &App) -> Result<Withheld<Person>> {
        app.keys.open_json(&Self::place(self.id), &self.person)
    }
}
