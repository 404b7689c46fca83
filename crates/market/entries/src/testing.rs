//! What the tests of this crate share: a small kind of entry, its values, keys.

use std::sync::Arc;

use forms::{Field, Form, Kind, Must, Record, Secrecy, Section, Value, Values};
use jcore::{KEY_BYTES, Keys as Sealing};
use kernel::{Ids, ManualClock, Stamp, Uscc};

use crate::kind::{EntryKind, Keys, Look};

const fn field(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        must: Must::No,
        secrecy: Secrecy::Open,
        heads: &[],
        examples: &[],
    }
}

static FORM: Form = Form {
    key: "thing",
    sections: &[Section {
        key: "all",
        fields: &[
            field("title", Kind::Line { max: 60 }),
            field("summary", Kind::Text { min: 0, max: 1000 }),
            field("unit", Kind::Line { max: 60 }),
            field("uscc", Kind::Uscc),
        ],
    }],
};

static KEYS: Keys = Keys {
    summary: &["summary"],
    words: &[],
    category: "category",
    maturity: None,
    plan_level: None,
    price: "price",
    roadshow: None,
    region: None,
    name: "unit",
    uscc: "uscc",
    park: None,
    shows_name: None,
    days: None,
    texts: &["summary"],
    aside: &[],
    quiet: &[],
};

/// A thing with a title and a text.
pub(crate) struct Thing;

impl EntryKind for Thing {
    fn key(&self) -> &'static str {
        "thing"
    }

    fn plural(&self) -> &'static str {
        "things"
    }

    fn home(&self) -> &'static str {
        "/things"
    }

    fn season(&self) -> &'static str {
        ""
    }

    fn form(&self) -> &'static Form {
        &FORM
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn same(&self, _record: &Record) -> Option<Vec<String>> {
        None
    }

    fn check(&self, _look: &Look<'_>, _record: &mut Record) {}
}

/// The values of a thing.
pub(crate) fn values(title: &str, summary: &str, uscc: &str) -> Values {
    let mut out = Values::new();
    out.insert("title".into(), Value::Text(title.into()));
    out.insert("summary".into(), Value::Text(summary.into()));
    out.insert("uscc".into(), Value::Uscc(Uscc::new(uscc).unwrap()));
    out
}

fn keys_of(master: [u8; KEY_BYTES]) -> Sealing {
    let clock = Arc::new(ManualClock::new(Stamp::from_micros(0)));
    Sealing::new(&master, Ids::new(clock, Some(7)))
}

/// Keys of an installation.
pub(crate) fn keys() -> Sealing {
    keys_of([9; KEY_BYTES])
}

/// Keys of another one.
pub(crate) fn other_keys() -> Sealing {
    keys_of([8; KEY_BYTES])
}
