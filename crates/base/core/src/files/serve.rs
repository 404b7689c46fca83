//! A kept file as an answer: to be taken away, or shown where it stands.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::Cx;
use crate::cx::percent;

/// What a shown file may do: nothing but be seen. Headers of the pages would let it be more. Chromium's and Firefox's own
/// viewers show a PDF under it, in a tab of its own.
pub const CSP_FILE: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// How a file is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To be taken away.
    Download,
    /// Shown where it can be: pictures, PDFs, texts. Everything else is taken away.
    Show,
}

/// The media type to show a file with; none for what no browser shows by itself.
fn shown(media: &str) -> Option<String> {
    match media.split(';').next().unwrap_or_default() {
        "application/pdf" | "image/jpeg" | "image/png" | "image/webp" | "text/plain" => Some(media.to_owned()),
        // A table is shown as the text that it is: browsers would take it away.
        "text/csv" => Some(media.replacen("text/csv", "text/plain", 1)),
        _ => None,
    }
}

/// The header that names a file: plain letters for old readers, all of them for the others (RFC 6266, RFC 5987).
pub(crate) fn disposition(kind: &str, name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", percent(name))
}

impl Cx {
    /// Answers with a kept file. Only the reader's own browser may keep it, and must ask again before it shows it.
    #[must_use]
    pub fn file(&self, how: How, name: &str, media: &str, content: Vec<u8>) -> Response {
        let (kind, media) = match shown(media).filter(|_| how == How::Show) {
            Some(media) => ("inline", media),
            None => ("attachment", media.to_owned()),
        };
        let headers = [
            (header::CONTENT_TYPE, media),
            (header::CONTENT_DISPOSITION, disposition(kind, name)),
            (header::CONTENT_SECURITY_POLICY, CSP_FILE.to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        ];
        (headers, content).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_letters_survive() {
        assert_eq!(
            disposition("inline", "图 \"1\".pdf"),
            "inline; filename=\"___1_.pdf\"; filename*=UTF-8''%E5%9B%BE%20%221%22.pdf"
        );
        assert!(!disposition("attachment", "a\r\nSet-Cookie: x").contains(['\r', '\n']));
    }

    #[test]
    fn only_what_is_harmless_is_shown() {
        assert!(shown("text/html").is_none() && shown("image/svg+xml").is_none());
        assert_eq!(
            shown("text/csv; charset=gb18030").unwrap(),
            "text/plain; charset=gb18030"
        );
        assert!(shown("image/png").is_some() && CSP_FILE.contains("sandbox"));
    }
}
