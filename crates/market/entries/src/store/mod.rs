//! The SQL of this crate, and only here.

use kernel::{DivisionLevel, Region};

pub(crate) mod alike;
pub(crate) mod events;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod work;
pub(crate) mod write;

/// Escapes a text for `LIKE … ESCAPE '\'`, to be found anywhere.
pub(crate) fn like(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

/// A pattern for `LIKE` that all codes within a division fit: `32%` of a province, `3205%` of a city, a county's own code.
pub(crate) fn within_region(region: Region) -> String {
    let code = region.to_string();
    let digits = match region.level() {
        DivisionLevel::Province => 2,
        DivisionLevel::City => 4,
        DivisionLevel::County => 6,
    };
    format!("{}%", &code[..digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_are_prefixes() {
        let within = |code| within_region(Region::new(code).unwrap());
        assert_eq!(
            (within("320000"), within("321000"), within("320581")),
            ("32%".into(), "3210%".into(), "320581%".into())
        );
    }

    #[test]
    fn signs_are_themselves() {
        assert_eq!(super::like("98%_\\"), "%98\\%\\_\\\\%");
    }
}
