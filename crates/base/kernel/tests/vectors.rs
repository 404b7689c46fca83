//! What people write in cells, and what the readers make of it (domain §3.9–3.11): one line of `data/vectors.tsv` each.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as tests do")]

use kernel::parsed::{Beside, Reader};
use kernel::{Level, PatentKind, Regions};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("data/vectors.tsv");
/// Fewer lines than this would mean that the table was cut.
const VECTORS_MIN: usize = 900;

/// One line of the table.
struct Vector<'a> {
    reader: Reader,
    beside: &'a str,
    text: String,
    ok: bool,
    value: Value,
    codes: Vec<&'a str>,
}

fn vectors() -> impl Iterator<Item = Vector<'static>> {
    VECTORS.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [reader, beside, text, ok, value, codes] = columns[..] else {
            panic!("not six columns: {line}");
        };
        Vector {
            reader: Reader::from_key(reader).unwrap(),
            beside,
            text: serde_json::from_str(text).unwrap(),
            ok: ok == "ok",
            value: serde_json::from_str(value).unwrap(),
            codes: codes.split(',').filter(|code| !code.is_empty()).collect(),
        }
    })
}

/// The value without what the table leaves out.
fn bare(mut value: Value) -> Value {
    if let Value::Object(parts) = &mut value {
        parts.retain(|_, part| !part.is_null() && *part != json!(false) && *part != json!("CNY"));
    }
    value
}

#[test]
fn every_text_is_read_as_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for vector in vectors() {
        count += 1;
        let beside = Beside {
            unit: Some(vector.beside).filter(|unit| !unit.is_empty()),
            stated: PatentKind::from_code(vector.beside),
            regions: Regions::builtin(),
        };
        let parsed = vector.reader.read(&vector.text, &beside);
        assert_eq!(parsed.raw, vector.text, "the text is kept as it came");
        let value = bare(serde_json::to_value(&parsed.value).unwrap());
        let codes: Vec<&str> = parsed.issues.iter().map(|issue| issue.code).collect();
        if (parsed.ok, &value, &codes) != (vector.ok, &vector.value, &vector.codes) {
            let (key, text) = (vector.reader.key(), &vector.text);
            wrong.push(format!(
                "{key} {text:?}\n  found    {} {value} {codes:?}\n  expected {} {} {:?}",
                parsed.ok, vector.ok, vector.value, vector.codes
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= VECTORS_MIN, "{count}");
}

/// A reader that gives nothing says why, one that gives something has no error, and nothing is read as zero but what
/// says zero.
#[test]
fn the_table_keeps_the_laws_of_the_readers() {
    for vector in vectors() {
        let beside = Beside {
            unit: None,
            stated: None,
            regions: Regions::builtin(),
        };
        let parsed = vector.reader.read(&vector.text, &beside);
        let text = &vector.text;
        let has_error = parsed.worst() == Some(Level::Error);
        let asks = parsed.issues.iter().any(|issue| issue.code == "sector-ambiguous");
        assert_eq!(parsed.ok, !has_error && !asks, "{text:?}: {:?}", parsed.issues);
        let value = serde_json::to_value(&parsed.value).unwrap();
        let is_zero = value["kind"] == "exact" && value["min_fen"] == 0;
        let says_zero = ["0", "０", "零", "〇", "免", "无偿", "不收", "free"];
        assert!(!is_zero || says_zero.iter().any(|zero| text.contains(zero)), "{text:?}");
    }
}
