//! What the tests of this crate share.

use std::collections::BTreeMap;

use entries::Look;
use forms::{Context, Draft, Record};
use kernel::Regions;

use crate::form::FORM;

/// A whole need, from the examples of the form.
pub(crate) fn example() -> Draft {
    FORM.fields()
        .filter_map(|f| Some((f.key.to_owned(), (*f.examples.first()?).to_owned())))
        .collect()
}

/// What a draft reads as when it is handed in.
pub(crate) fn read(draft: &Draft) -> Record {
    let hints = BTreeMap::new();
    forms::read(
        &FORM,
        draft,
        &Context {
            regions: Regions::builtin(),
            unit_hints: &hints,
            draft: false,
        },
    )
}

/// A look at the programme of 2023 on 14 June.
pub(crate) fn look<T>(run: impl FnOnce(&Look<'_>) -> T) -> T {
    let text = rulebook::SHIPPED
        .iter()
        .find(|(key, _)| *key == "jiangsu-2023")
        .unwrap()
        .1;
    let programme = rulebook::parse(text, Regions::builtin()).unwrap();
    let today = kernel::PartialDate::new(2023, Some(6), Some(14)).unwrap().first_day();
    run(&Look {
        programme: &programme,
        waived: &[],
        regions: Regions::builtin(),
        today,
        owner: None,
        region: None,
    })
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
