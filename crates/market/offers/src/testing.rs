//! What the tests of this crate share.

use std::collections::BTreeMap;

use entries::{EntryKind, Look, Owner};
use forms::{Context, Draft, Form, Record};
use kernel::{Region, Regions};

/// A whole entry, from the examples of its form.
pub(crate) fn example(form: &'static Form) -> Draft {
    form.fields()
        .filter_map(|f| Some((f.key.to_owned(), (*f.examples.first()?).to_owned())))
        .collect()
}

/// What a draft reads as when it is handed in, with the kind's own checks on 14 June 2023.
pub(crate) fn checked(kind: &dyn EntryKind, draft: &Draft) -> Record {
    checked_for(kind, draft, Some(Owner::University), Some("320106"))
}

/// The same for an organisation of another kind or place.
pub(crate) fn checked_for(kind: &dyn EntryKind, draft: &Draft, owner: Option<Owner>, region: Option<&str>) -> Record {
    let hints = BTreeMap::new();
    let ctx = Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft: false,
    };
    let mut record = forms::read(kind.form(), draft, &ctx);
    let text = rulebook::SHIPPED
        .iter()
        .find(|(key, _)| *key == "jiangsu-2023")
        .unwrap()
        .1;
    let programme = rulebook::parse(text, Regions::builtin()).unwrap();
    let today = kernel::PartialDate::new(2023, Some(6), Some(14)).unwrap().first_day();
    let region = region.and_then(Region::new);
    kind.check(
        &Look {
            programme: &programme,
            waived: &[],
            regions: Regions::builtin(),
            today,
            owner,
            region,
        },
        &mut record,
    );
    record
}

/// The codes of all issues above notes.
pub(crate) fn codes(record: &Record) -> Vec<&'static str> {
    let grave = record
        .all_issues()
        .filter(|(_, issue)| issue.level != kernel::Level::Note);
    grave.map(|(_, issue)| issue.code).collect()
}

/// A draft with some fields changed.
pub(crate) fn with(mut draft: Draft, changes: &[(&str, &str)]) -> Draft {
    for (key, text) in changes {
        draft.insert((*key).to_owned(), (*text).to_owned());
    }
    draft
}

/// The rows of a file of the demo, as the intake reads them.
pub(crate) fn demo(form: &'static forms::Form, name: &str) -> Vec<(usize, Draft)> {
    let path = format!("{}/../../../demo/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap();
    let grids = sheets::read(name, &bytes, &sheets::Limits::default()).unwrap();
    let spec = |f: &forms::Field| sheets::ColumnSpec {
        key: f.key.to_owned(),
        heads: f.heads.iter().map(|h| (*h).to_owned()).collect(),
        required: f.must == forms::Must::Yes,
    };
    let specs: Vec<_> = form.fields().map(spec).collect();
    let mapping = sheets::map_columns(&grids[0], &specs).unwrap();
    assert!(mapping.unknown.is_empty() && mapping.missing.is_empty(), "{mapping:?}");
    sheets::rows(&grids[0], &mapping)
        .into_iter()
        .map(|row| (row.number, row.values))
        .collect()
}
