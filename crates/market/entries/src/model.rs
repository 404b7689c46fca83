//! Rows of the store, typed.

use forms::Values;
use jcore::{Fault, Result, Subject};
use kernel::{EntryId, OrgId, Region, UserId};
use uuid::Uuid;

use crate::rules::{State, days_left};

/// A need or an offer as stored. What is withheld lies in `sealed` and `raw`, and opens only in [`mod@crate::projection`].
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// Its kind's key: `patent`, `achievement`, `need`.
    pub kind: String,
    /// Whose it is.
    pub org_id: Uuid,
    /// Who wrote it; nil for the platform itself.
    pub author_id: Uuid,
    /// The programme under which it was written.
    pub programme: String,
    /// Its state's code.
    pub state: String,
    /// Counts the changes; a writer must have seen the last.
    pub version: i64,
    /// Its title, which is always open.
    pub title: String,
    /// The head of its main text.
    pub summary: String,
    /// A keyed fingerprint by which two entries of the same thing are found.
    pub dup_key: String,
    /// The open values as JSON.
    pub open: String,
    /// The withheld values, sealed.
    pub(crate) sealed: Vec<u8>,
    /// What was typed, sealed.
    pub(crate) raw: Vec<u8>,
    /// The keys of the withheld fields, by commas.
    pub withheld: String,
    /// 产业领域 codes between semicolons.
    pub sector: String,
    /// The division that it lies in.
    pub region: String,
    /// The organisation's name, none where it is withheld.
    pub org_name: Option<String>,
    /// How complete it is, 0–100.
    pub score: i64,
    /// The upload that it came with.
    pub batch_id: Option<Uuid>,
    /// The row there.
    pub batch_row: Option<i64>,
    /// Days that it stays public.
    pub valid_days: i64,
    /// When it was made, UTC microseconds, as all instants here.
    pub created_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
    /// When it was handed in last.
    pub submitted_at: Option<i64>,
    /// When it was accepted last.
    pub accepted_at: Option<i64>,
    /// When it was published first.
    pub published_at: Option<i64>,
    /// Until when it is public.
    pub expires_at: Option<i64>,
    /// When it expired or was withdrawn.
    pub closed_at: Option<i64>,
}

impl Entry {
    /// Its typed id.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id.into()
    }

    /// Its organisation's typed id.
    #[must_use]
    pub fn org(&self) -> OrgId {
        self.org_id.into()
    }

    /// Who wrote it; none for the platform itself.
    #[must_use]
    pub fn author(&self) -> Option<UserId> {
        (!self.author_id.is_nil()).then(|| self.author_id.into())
    }

    /// Its state. The store holds only codes that this crate writes; what is none of them counts as a draft, which
    /// nobody but its owners sees.
    #[must_use]
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }

    /// The division that it lies in.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        Region::new(&self.region)
    }

    /// What the who-may table is asked about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            org: Some(self.org()),
            region: self.region(),
            user: self.author(),
        }
    }

    /// Whether it is public at this instant.
    #[must_use]
    pub fn is_public(&self, now: i64) -> bool {
        self.state() == State::Published && self.expires_at.is_none_or(|until| until > now)
    }

    /// Days that it stays public, the present one counted; none when it isn't or never ends.
    #[must_use]
    pub fn days_left(&self, now: i64) -> Option<i64> {
        self.expires_at
            .filter(|_| self.state() == State::Published)
            .map(|until| days_left(now, until))
    }

    /// The open values.
    ///
    /// # Errors
    /// When the store holds something else.
    pub fn open_values(&self) -> Result<Values> {
        read_values(&self.open, self.id)
    }

    /// The keys of the withheld fields, in the order of the form.
    pub fn withheld_keys(&self) -> impl Iterator<Item = &str> {
        self.withheld.split(',').filter(|key| !key.is_empty())
    }
}

/// The open values of a row.
pub(crate) fn read_values(json: &str, id: Uuid) -> Result<Values> {
    serde_json::from_str(json).map_err(|e| Fault::internal(format!("open values of entry {id}: {e}")))
}

/// What lists filter, sort and count by: all of it from open values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Its title.
    pub title: String,
    /// The head of its main text.
    pub summary: String,
    /// What a search looks in, folded.
    pub words: String,
    /// 产业领域 codes between semicolons: `;EQ;NM;`.
    pub sector: String,
    /// The division.
    pub region: String,
    /// The kind's own category.
    pub category: String,
    /// Technology readiness 1–9.
    pub trl: Option<i64>,
    /// Ways of dealing, between semicolons.
    pub modes: String,
    /// The level of the plan that paid for it.
    pub plan_level: String,
    /// The lower end of the price, in fen.
    pub price_min: Option<i64>,
    /// The upper end of the price, in fen.
    pub price_max: Option<i64>,
    /// The kind of statement about the price; empty where it is withheld.
    pub price_kind: String,
    /// The organisation's name; none where it is withheld.
    pub org_name: Option<String>,
    /// Recommended for the roadshow (R048).
    pub roadshow: bool,
}

/// A row of a public list: open values only.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListRow {
    /// Its id.
    pub id: Uuid,
    /// Its kind's key.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The head of its main text.
    pub summary: String,
    /// Its open values as JSON.
    pub open: String,
    /// The keys of the withheld fields, by commas.
    pub withheld: String,
    /// 产业领域 codes between semicolons.
    pub sector: String,
    /// The division.
    pub region: String,
    /// The kind's own category.
    pub category: String,
    /// Technology readiness 1–9.
    pub trl: Option<i64>,
    /// Ways of dealing, between semicolons.
    pub modes: String,
    /// The organisation's name; none where it is withheld.
    pub org_name: Option<String>,
    /// When it was published.
    pub published_at: Option<i64>,
    /// Until when it is public.
    pub expires_at: Option<i64>,
}

impl ListRow {
    /// Whether a field of this key is withheld.
    #[must_use]
    pub fn withholds(&self, key: &str) -> bool {
        self.withheld.split(',').any(|k| k == key)
    }

    /// The open values.
    ///
    /// # Errors
    /// When the store holds something else.
    pub fn values(&self) -> Result<Values> {
        read_values(&self.open, self.id)
    }
}

/// A row of a list at work: my entries, the queue. Carries no withheld value.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WorkRow {
    /// Its id.
    pub id: Uuid,
    /// Its kind's key.
    pub kind: String,
    /// Whose it is.
    pub org_id: Uuid,
    /// Its state's code.
    pub state: String,
    /// Counts the changes.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// 产业领域 codes between semicolons.
    pub sector: String,
    /// The division.
    pub region: String,
    /// How complete it is, 0–100.
    pub score: i64,
    /// When it was last changed.
    pub changed_at: i64,
    /// When it was handed in last.
    pub submitted_at: Option<i64>,
    /// Until when it is public.
    pub expires_at: Option<i64>,
}

impl WorkRow {
    /// Its state.
    #[must_use]
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }

    /// What the who-may table is asked about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::org(self.org_id.into(), Region::new(&self.region))
    }
}

/// One step of an entry's life, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Event {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: i64,
    /// Who; none for the platform itself.
    pub actor_id: Option<Uuid>,
    /// From which state.
    pub from_state: String,
    /// To which.
    pub to_state: String,
    /// Reasons without their notes, as JSON.
    pub reasons: String,
    /// The notes, sealed.
    pub(crate) note: Option<Vec<u8>>,
}

/// Codes as lists store them: `;a;b;`, so that `%;a;%` finds one; empty for none.
#[must_use]
pub fn coded<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for code in codes {
        if out.is_empty() {
            out.push(';');
        }
        out.push_str(code);
        out.push(';');
    }
    out
}

/// The codes of a stored list.
pub fn codes_of(stored: &str) -> impl Iterator<Item = &str> {
    stored.split(';').filter(|c| !c.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_lists_lead_back() {
        assert_eq!(coded(["EQ", "NM"]), ";EQ;NM;");
        assert_eq!(coded([]), "");
        assert_eq!(codes_of(";EQ;NM;").collect::<Vec<_>>(), ["EQ", "NM"]);
        assert_eq!(codes_of("").count(), 0);
    }
}
