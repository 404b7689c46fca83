//! Finds the mistakes of a form's declaration. A form's crate calls it in a test: a wrong key there would otherwise show as a field
//! that is never required, or never shown.

use crate::{Choice, Context, Field, Form, Kind, List, Must, Secrecy, choice, read_cell, write};
use kernel::Regions;
use kernel::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// All mistakes, in English for developers; none for a good form. Every example has to be readable, and to stay the same when it is
/// written and read again.
pub fn check(form: &'static Form) -> Vec<String> {
    let mut mistakes = Vec::new();
    let (mut keys, mut heads) = (BTreeSet::new(), BTreeMap::new());
    for field in form.fields() {
        let mut say = |what: String| mistakes.push(format!("{}.{}: {what}", form.key, field.key));
        if !is_key(field.key) {
            say("the key is not snake_case".to_owned());
        }
        if !keys.insert(field.key) {
            say("the key occurs twice".to_owned());
        }
        if field.heads.len() < 2 {
            say("a Chinese and an English column head are needed".to_owned());
        }
        for head in field.heads {
            if let Some(other) = heads.insert(fold(head), field.key)
                && other != field.key
            {
                say(format!("the column head {head} is also one of {other}"));
            }
        }
        references(form, field).into_iter().for_each(&mut say);
        limits(field.kind).into_iter().for_each(&mut say);
        examples(field).into_iter().for_each(&mut say);
        field.list().into_iter().flat_map(list).for_each(&mut say);
    }
    mistakes
}

fn is_key(key: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    key.starts_with(|c: char| c.is_ascii_lowercase()) && key.bytes().all(allowed)
}

/// What points to other fields must find them, and of the right kind.
fn references(form: &'static Form, field: &Field) -> Vec<String> {
    let mut out = Vec::new();
    if let Must::When(key, values) = field.must {
        let known = |value: &&str| match form.field(key).map(|other| other.kind) {
            Some(Kind::Code(list) | Kind::Codes(list)) => list.choice(value).is_some(),
            Some(Kind::YesNo) => ["yes", "no"].contains(value),
            _ => false,
        };
        let wrong = values.iter().filter(|value| !known(value));
        out.extend(wrong.map(|value| format!("required when {key} is {value}, which it can't be")));
        if values.is_empty() || key == field.key {
            out.push(format!("required when {key} has no value of another field"));
        }
    }
    if let Secrecy::Choice(key) = field.secrecy
        && form.field(key).is_none_or(|other| other.kind != Kind::YesNo)
    {
        out.push(format!("shown by {key}, which is no yes/no field"));
    }
    out
}

fn limits(kind: Kind) -> Option<String> {
    let wrong = match kind {
        Kind::Line { max } => max == 0,
        Kind::Text { min, max } => min > max || max == 0,
        Kind::Int { min, max } => min > max,
        _ => false,
    };
    wrong.then(|| "nothing fits its limits".to_owned())
}

fn examples(field: &'static Field) -> Vec<String> {
    let hints = BTreeMap::new();
    let ctx = Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft: false,
    };
    let wrong = |example: &&&str| {
        let first = read_cell(field, example, &ctx).value;
        let again = first
            .as_ref()
            .and_then(|value| read_cell(field, &write(value, field), &ctx).value);
        first.is_none() || first != again
    };
    field
        .examples
        .iter()
        .filter(wrong)
        .map(|example| format!("the example {example} can't be read"))
        .collect()
}

fn list(list: &'static List) -> Vec<String> {
    let mut out = Vec::new();
    if list.codes.is_empty() {
        out.push(format!("the list {} is empty", list.key));
    }
    for choice in list.codes {
        let mut say = |what: &str| out.push(format!("the choice {} of the list {} {what}", choice.code, list.key));
        if choice.names.len() < 2 {
            say("needs a Chinese and an English name");
        }
        if choice
            .names
            .iter()
            .chain([&choice.code])
            .any(|name| fold(name).is_empty() || name.contains(['；', ';', '□', '☑']))
        {
            say("has a name that can't be told from punctuation");
        }
        let other = |name: &&str| choice::find(list, name).is_none_or(|found: &Choice| found.code != choice.code);
        if choice.names.iter().chain([&choice.code]).any(other) {
            say("shares a name with another");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Section;

    const YES: Field = Field {
        key: "show",
        kind: Kind::YesNo,
        must: Must::No,
        secrecy: Secrecy::Open,
        heads: &["公开", "Show"],
        examples: &["是"],
    };
    const TWICE: List = List {
        key: "twice",
        codes: &[
            Choice {
                code: "a",
                names: &["甲", "A"],
            },
            Choice {
                code: "b",
                names: &["乙", "甲"],
            },
        ],
    };

    fn mistakes(field: &'static [Field]) -> Vec<String> {
        let sections: &'static [Section] = Box::leak(Box::new([Section {
            key: "s",
            fields: field,
        }]));
        check(Box::leak(Box::new(Form { key: "f", sections })))
    }

    #[test]
    fn good() {
        assert!(
            check(&crate::testform::FORM).is_empty(),
            "{:?}",
            check(&crate::testform::FORM)
        );
        assert!(mistakes(&[YES]).is_empty());
    }

    #[test]
    fn bad() {
        for (field, says) in [
            (Field { key: "No", ..YES }, "snake_case"),
            (YES, "twice"),
            (
                Field {
                    key: "a",
                    heads: &["公开 "],
                    ..YES
                },
                "English column head",
            ),
            (
                Field {
                    key: "a",
                    heads: &["《公开》", "Other"],
                    ..YES
                },
                "also one of show",
            ),
            (
                Field {
                    key: "a",
                    must: Must::When("show", &["maybe"]),
                    ..YES
                },
                "can't be",
            ),
            (
                Field {
                    key: "a",
                    must: Must::When("show", &[]),
                    ..YES
                },
                "no value",
            ),
            (
                Field {
                    key: "a",
                    secrecy: Secrecy::Choice("b"),
                    ..YES
                },
                "no yes/no field",
            ),
            (
                Field {
                    key: "a",
                    kind: Kind::Text { min: 9, max: 3 },
                    ..YES
                },
                "limits",
            ),
            (
                Field {
                    key: "a",
                    kind: Kind::Int { min: 1, max: 9 },
                    examples: &["99"],
                    ..YES
                },
                "can't be read",
            ),
            (
                Field {
                    key: "a",
                    kind: Kind::Code(&TWICE),
                    examples: &[],
                    ..YES
                },
                "shares a name",
            ),
        ] {
            let found = mistakes(Box::leak(Box::new([YES, field])));
            assert!(found.iter().any(|mistake| mistake.contains(says)), "{says}: {found:?}");
        }
    }
}
