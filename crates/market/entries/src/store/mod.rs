//! The SQL of this crate, and only here.

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

#[cfg(test)]
mod tests {
    #[test]
    fn signs_are_themselves() {
        assert_eq!(super::like("98%_\\"), "%98\\%\\_\\\\%");
    }
}
