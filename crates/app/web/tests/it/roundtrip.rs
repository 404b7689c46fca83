//! The four templates: filled in, imported, exported, imported again, which changes nothing (R115–R117, R139).

use jcore::Role;
use sheets::{Cell, Grid, Limits};
use testkit::both;

/// Rows of the demo that fill a template.
const ROWS: usize = 12;

fn demo(kind: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../demo");
    std::fs::read(folder.join(format!("{kind}.csv"))).unwrap()
}

fn cell(text: &str) -> String {
    text.to_owned()
}

fn grid(name: &str, bytes: &[u8]) -> Grid {
    sheets::read(name, bytes, &Limits::default()).unwrap().remove(0)
}

/// The template's own heads over the demo's texts, each under the head that means it.
fn filled(template: &[u8], kind: &dyn intake::Kind) -> Vec<u8> {
    let source = grid("demo.csv", &demo(kind.key()));
    let form = grid("template.xlsx", template);
    let fields: Vec<&forms::Field> = kind.form().fields().collect();
    let spec = |field: &&forms::Field| sheets::ColumnSpec {
        key: field.key.to_owned(),
        heads: field.heads.iter().map(|head| (*head).to_owned()).collect(),
        required: false,
    };
    let specs: Vec<_> = fields.iter().map(spec).collect();
    let (from, to) = (
        sheets::map_columns(&source, &specs).unwrap(),
        sheets::map_columns(&form, &specs).unwrap(),
    );
    let head = |col: usize| form.cell(to.header_row, col).text();
    let heads: Vec<String> = (0..to.columns.len()).map(head).collect();
    let row = |row: sheets::Row| {
        let text = |key: &Option<String>| {
            key.as_ref()
                .and_then(|key| row.values.get(key))
                .map_or(String::new(), |t| cell(t))
        };
        to.columns.iter().map(text).collect::<Vec<String>>()
    };
    let rows: Vec<Vec<String>> = sheets::rows(&source, &from).into_iter().take(ROWS).map(row).collect();
    assert_eq!(rows.len(), ROWS);
    sheets::export_xlsx(kind.key(), &heads, &rows).unwrap()
}

both!(the_four_templates_come_round, |app| {
    let mut centre = app.role(Role::Centre, None, None).await;
    let kinds = app.app.extra::<intake::Kinds>().unwrap().clone();
    for key in ["patents", "achievements", "needs", "liaisons"] {
        let kind = kinds.get(key).unwrap();
        let template = centre.get(&format!("/templates/{key}.xlsx")).await.expect(200).bytes;
        let mut file = filled(&template, kind.as_ref());
        let first = format!("/api/v1/intake/{key}?commit=true&reason=checked");
        for round in 0..3 {
            let taken = centre.upload(&first, &[], "表.xlsx", &file).await.expect(201).json();
            let report = &taken["reports"][0];
            let counts = ["rows", "new", "changed", "same", "held"].map(|name| report[name].as_u64().unwrap());
            let n = ROWS as u64;
            let expected = if round == 0 { [n, n, 0, 0, 0] } else { [n, 0, 0, n, 0] };
            assert_eq!(counts, expected, "{key}, round {round}: {report}");
            let batch = report["batch"].as_str().unwrap().to_owned();
            let lang = if round == 0 { "" } else { "/en" };
            file = centre
                .get(&format!("{lang}/intake/{batch}/export"))
                .await
                .expect(200)
                .bytes;
            let heads = grid("export.xlsx", &file);
            assert!(matches!(heads.cell(0, 0), Cell::Text(_)), "{key}: the export has heads");
        }
    }
});
