//! The redaction: which values the public sees (R143). Whatever isn't declared open stays sealed.

use crate::{Form, Lookup, Secrecy, Values};

/// A record's values, divided by who may see them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// For everybody.
    pub open: Values,
    /// For the owner and those whom a rule lets in; stored encrypted.
    pub sealed: Values,
    /// The keys of the form's sealed fields, in the order of the page: the public is told that something is withheld, and what.
    pub withheld: Vec<String>,
}

/// Divides values. A field by choice is open only if its yes/no field says yes; a key that the form doesn't have is sealed, as
/// nobody has declared it open, and isn't named.
pub fn split(form: &'static Form, values: Values) -> Split {
    let is_open = |key: &str| match form.field(key).map(|field| field.secrecy) {
        Some(Secrecy::Open) => true,
        Some(Secrecy::Choice(by)) => values.yes(by),
        Some(Secrecy::Always) | None => false,
    };
    // Asked of all before any is moved: a choice is a value, too.
    let mut open_ones = values.keys().map(|key| is_open(key)).collect::<Vec<_>>().into_iter();
    let (open, sealed): (Values, Values) = values.into_iter().partition(|_| open_ones.next().unwrap_or(false));
    let withheld = form
        .fields()
        .map(|field| field.key)
        .filter(|key| sealed.contains_key(*key));
    Split {
        withheld: withheld.map(str::to_owned).collect(),
        open,
        sealed,
    }
}
