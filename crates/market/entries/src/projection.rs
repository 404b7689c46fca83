//! What a reader sees of an entry: the only place that opens sealed values (R143, R145).
//!
//! Without a [`Sight`] a field is either shown from the open values or said to be withheld. With one, the sealed values
//! are opened and marked, so that a page can tell its reader what the public does not see.

use db::Conn;
use forms::{Draft, Field, Value, Values};
use jcore::{Actor, App, Keys, Result, Role, Sealed, Sight, Withheld};
use kernel::EntryId;

use accounts::OrgKind;

use crate::actions::{SEE, SEE_UNIVERSITY};
use crate::kind::EntryKind;
use crate::model::{Entry, Event};
use crate::rules::Reason;

/// One field as a reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldShown {
    /// Its value.
    Shown(Value),
    /// There is a value, and it is not for this reader.
    Withheld,
}

/// A field with what its reader sees. A field that is blank does not occur.
#[derive(Debug, Clone)]
pub struct ShownField {
    /// The field.
    pub field: &'static Field,
    /// What is seen of it.
    pub shown: FieldShown,
    /// Whether the public does not see it.
    pub private: bool,
}

/// An entry as a reader sees it, in the order of the form.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The fields that are filled in.
    pub fields: Vec<ShownField>,
}

impl Shown {
    /// The field of this key, if it is filled in.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&ShownField> {
        self.fields.iter().find(|f| f.field.key == key)
    }

    /// The value of a field, if this reader sees it.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        match &self.get(key)?.shown {
            FieldShown::Shown(value) => Some(value),
            FieldShown::Withheld => None,
        }
    }

    /// Whether a field is filled in and not for this reader.
    #[must_use]
    pub fn is_withheld(&self, key: &str) -> bool {
        self.get(key).is_some_and(|f| f.shown == FieldShown::Withheld)
    }

    /// The keys of the fields that this reader does not see.
    pub fn withheld(&self) -> impl Iterator<Item = &'static str> {
        self.fields
            .iter()
            .filter(|f| f.shown == FieldShown::Withheld)
            .map(|f| f.field.key)
    }
}

/// The right of an actor to look into an entry's withheld data: the own organisation, the centre, the bureau and branch
/// of the region; the university centre for universities and institutes.
///
/// # Errors
/// The store's.
pub async fn sight(conn: &mut Conn, app: &App, actor: &Actor, entry: &Entry) -> Result<Option<Sight>> {
    let subject = entry.subject();
    if let Some(sight) = app.sight(actor, SEE, &subject) {
        return Ok(Some(sight));
    }
    if !actor.has(Role::UniversityCentre) {
        return Ok(None);
    }
    let org = accounts::org(conn, entry.org()).await?;
    let academic = matches!(org.kind, OrgKind::University | OrgKind::Institute | OrgKind::NewRd);
    Ok(if academic {
        app.sight(actor, SEE_UNIVERSITY, &subject)
    } else {
        None
    })
}

/// An entry as its reader sees it.
///
/// # Errors
/// When the store holds something else than this crate wrote.
pub fn project(app: &App, kind: &dyn EntryKind, entry: &Entry, sight: Option<&Sight>) -> Result<Shown> {
    let open = entry.open_values()?;
    let Some(sight) = sight else {
        return Ok(project_open(kind, &open, &entry.withheld));
    };
    let sealed = values(&app.keys, entry)?.into_revealed(sight);
    let fields = kind.form().fields().filter_map(|field| {
        let private = !open.contains_key(field.key);
        let value = open.get(field.key).or_else(|| sealed.get(field.key))?;
        Some(ShownField {
            field,
            shown: FieldShown::Shown(value.clone()),
            private,
        })
    });
    Ok(Shown {
        fields: fields.collect(),
    })
}

/// The public's view, from open values alone.
#[must_use]
pub fn project_open(kind: &dyn EntryKind, open: &Values, withheld: &str) -> Shown {
    let is_withheld = |key: &str| withheld.split(',').any(|k| k == key);
    let fields = kind.form().fields().filter_map(|field| {
        let (shown, private) = match open.get(field.key) {
            Some(value) => (FieldShown::Shown(value.clone()), false),
            None if is_withheld(field.key) => (FieldShown::Withheld, true),
            None => return None,
        };
        Some(ShownField { field, shown, private })
    });
    Shown {
        fields: fields.collect(),
    }
}

/// What was typed, for who may see it all: the edit page and the review.
///
/// # Errors
/// When it does not open.
pub fn raw(app: &App, entry: &Entry, sight: &Sight) -> Result<Draft> {
    Ok(raw_sealed(&app.keys, entry)?.into_revealed(sight))
}

/// The reasons of an event with their notes, for who may see them.
///
/// # Errors
/// When they do not open.
pub fn reasons(app: &App, event: &Event, sight: &Sight) -> Result<Vec<Reason>> {
    let Some(note) = &event.note else { return Ok(Vec::new()) };
    Ok(app
        .keys
        .open_json::<Vec<Reason>>(&note_place(event.id), note)?
        .into_revealed(sight))
}

/// All values, without showing them: to be compared with what a sheet brings, and checked when they are handed in.
pub(crate) fn all_values(app: &App, entry: &Entry) -> Result<Withheld<Values>> {
    let mut all = entry.open_values()?;
    // Joined to be wrapped again at once.
    all.extend(values(&app.keys, entry)?.unshown().clone());
    Ok(Withheld::new(all))
}

fn values(keys: &Keys, entry: &Entry) -> Result<Withheld<Values>> {
    keys.open_json(&sealed_place(entry.id()), &entry.sealed)
}

/// What was typed, still wrapped: for checking it again.
pub(crate) fn raw_sealed(keys: &Keys, entry: &Entry) -> Result<Withheld<Draft>> {
    keys.open_json(&raw_place(entry.id()), &entry.raw)
}

/// Seals the withheld values of an entry.
pub(crate) fn seal_values(keys: &Keys, id: EntryId, sealed: &Values) -> Result<Sealed> {
    keys.seal_json(&sealed_place(id), sealed)
}

/// Seals what was typed.
pub(crate) fn seal_raw(keys: &Keys, id: EntryId, raw: &Draft) -> Result<Sealed> {
    keys.seal_json(&raw_place(id), raw)
}

/// Seals the reasons of an event with their notes.
pub(crate) fn seal_reasons(keys: &Keys, event: uuid::Uuid, reasons: &[Reason]) -> Result<Sealed> {
    keys.seal_json(&note_place(event), &reasons)
}

fn sealed_place(id: EntryId) -> String {
    format!("entry.sealed/{id}")
}

fn raw_place(id: EntryId) -> String {
    format!("entry.raw/{id}")
}

fn note_place(id: uuid::Uuid) -> String {
    format!("entry_event.note/{id}")
}
