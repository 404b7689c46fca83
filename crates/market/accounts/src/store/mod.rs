//! The SQL of this crate, and only here.

pub(crate) mod desk;
pub(crate) mod grants;
pub(crate) mod liaisons;
pub(crate) mod links;
pub(crate) mod lists;
pub(crate) mod members;
pub(crate) mod merge;
pub(crate) mod orgs;
pub(crate) mod own;
pub(crate) mod people;
pub(crate) mod qualifications;

/// Escapes a text for LIKE … ESCAPE '\'.
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
    fn like_matches_signs_as_themselves() {
        assert_eq!(super::like("50%_a\\"), "%50\\%\\_a\\\\%");
    }
}
