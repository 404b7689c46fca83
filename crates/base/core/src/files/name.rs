//! Names of files as people and machines can bear them.

/// Characters of a name that are kept, its ending included: what fits on a line of a page and into every file system.
pub const NAME_CHARS_MAX: usize = 120;
/// Characters of an ending: longer ones are part of the name.
const EXTENSION_CHARS_MAX: usize = 8;

/// Signs that no system or header takes in a name.
const FORBIDDEN: &str = "\"*/:<>?\\|";

/// Whether a character says nothing and can mislead: controls, marks that turn the direction of writing (`cod.exe` read as
/// `exe.doc`), and such as take no room.
fn is_misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A name without folders and misleading signs, cut: the stem, and the ending in small letters where there is one.
#[must_use]
pub(super) fn split(name: &str) -> (String, Option<String>) {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bare: String = bare
        .chars()
        .filter(|c| !is_misleading(*c) && !FORBIDDEN.contains(*c))
        .collect();
    let bare = bare.trim().trim_end_matches('.');
    let (stem, extension) = match bare.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => (stem, Some(extension.to_ascii_lowercase())),
        _ => (bare, None),
    };
    let stem = stem.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    (
        stem.chars().take(NAME_CHARS_MAX - EXTENSION_CHARS_MAX - 1).collect(),
        extension,
    )
}

fn is_extension(text: &str) -> bool {
    (1..=EXTENSION_CHARS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A name made whole: `STEM.EXTENSION`, and `file` where there is no stem.
#[must_use]
pub fn clean_name(stem: &str, extension: &str) -> String {
    let (stem, other) = split(&format!("{stem}.{extension}"));
    debug_assert!(other.is_some());
    let stem = if stem.is_empty() { "file" } else { &stem };
    format!("{stem}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_misleads() {
        let of = |name| {
            let (stem, extension) = split(name);
            (stem, extension.unwrap_or_default())
        };
        assert_eq!(of("C:\\用户\\合同.PDF"), ("合同".into(), "pdf".into()));
        assert_eq!(of("../../etc/方案.docx"), ("方案".into(), "docx".into()));
        assert_eq!(of("a\u{202e}fdp.exe"), ("afdp".into(), "exe".into()));
        assert_eq!(of("方案.最终版"), ("方案.最终版".into(), String::new()));
        assert_eq!(of("a.pdf. "), ("a".into(), "pdf".into()));
        assert_eq!(of(".gitignore"), ("gitignore".into(), String::new()));
        assert_eq!(of(""), (String::new(), String::new()));
        assert_eq!(of("a\r\nb\".txt"), ("ab".into(), "txt".into()));
        assert_eq!(split(&"长".repeat(500)).0.chars().count(), 111);
    }

    #[test]
    fn names_are_made_whole() {
        assert_eq!(clean_name("图 1", "png"), "图 1.png");
        assert_eq!(clean_name("", "png"), "file.png");
        assert_eq!(clean_name("a/b", "pdf"), "b.pdf");
        assert_eq!(clean_name("v1.2", "pdf"), "v1.2.pdf");
    }
}
