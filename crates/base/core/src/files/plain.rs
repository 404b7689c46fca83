//! Plain text: which encoding it has, and whether it is only text.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::found::Found;

/// Bytes at the beginning that are looked through for what makes a browser or a shell take a text for something else.
const HEAD_BYTES: usize = 4096;

/// What makes a web page, in small letters, at the beginning of a text or after blanks and comments.
const HTML_BEGINNINGS: &[&str] = &[
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<script",
    "<style",
    "<title",
    "<iframe",
    "<table",
    "<div",
    "<font",
    "<img",
    "<meta",
    "<link",
    "<object",
    "<embed",
    "<form",
    "<h1",
    "<p>",
    "<br",
    "<a ",
];
/// What makes one anywhere in the head.
const HTML_SIGNS: &[&str] = &["<script", "<html", "<!doctype html", "<iframe"];

/// A text with its encoding.
#[derive(Debug)]
pub(super) struct Plain<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The name of its encoding, for its media type.
    pub charset: &'static str,
    /// [`Found::Text`], or what it would be taken for.
    pub found: Found,
}

/// Reads bytes as a text; none when they are none: UTF-8, UTF-16 with its mark, or GB18030, without control characters.
pub(super) fn read(bytes: &[u8]) -> Option<Plain<'_>> {
    let (encoding, body) = encoding(bytes)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(body)?;
    if !text.chars().all(is_written) {
        return None;
    }
    let found = found(&text);
    Some(Plain {
        charset: charset(encoding),
        text,
        found,
    })
}

/// The encoding, and the bytes without its mark.
fn encoding(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some((encoding, bytes.get(mark..)?));
    }
    let encoding = if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        GB18030
    };
    Some((encoding, bytes))
}

fn charset(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == UTF_16LE => "utf-16le",
        e if e == UTF_16BE => "utf-16be",
        e if e == GB18030 => "gb18030",
        _ => "utf-8",
    }
}

/// Whether people write this character. Private and unassigned places show that bytes were no text after all.
fn is_written(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{c}' => true,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => false,
        _ => !c.is_control(),
    }
}

/// What a text would be taken for.
fn found(text: &str) -> Found {
    let head: String = text.chars().take(HEAD_BYTES).collect::<String>().to_ascii_lowercase();
    let start = after_comments(head.trim_start());
    if start.starts_with("#!") || head.contains("<?php") {
        return Found::Script;
    }
    if head.contains("<svg") {
        return Found::Svg;
    }
    if HTML_BEGINNINGS.iter().any(|sign| start.starts_with(sign)) || HTML_SIGNS.iter().any(|sign| head.contains(sign)) {
        return Found::Html;
    }
    if start.starts_with("<?xml") {
        return Found::Xml;
    }
    Found::Text
}

/// A web page may begin with comments.
fn after_comments(mut text: &str) -> &str {
    while let Some(rest) = text.strip_prefix("<!--") {
        text = rest.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charset(bytes: &[u8]) -> Option<&'static str> {
        read(bytes).map(|p| p.charset)
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(charset("技术需求".as_bytes()), Some("utf-8"));
        assert_eq!(charset("\u{feff}技术需求".as_bytes()), Some("utf-8"));
        let (gb, _, _) = GB18030.encode("技术需求，齿轮");
        assert_eq!(charset(&gb), Some("gb18030"));
        assert_eq!(read(&gb).unwrap().text, "技术需求，齿轮");
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("齿轮".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(charset(&wide), Some("utf-16le"));
        assert_eq!(read(&wide).unwrap().text, "齿轮");
        for binary in [&b"a\0b"[..], b"\x1b[31m", b"\xff\xd8\xff\xe0", b"\xff"] {
            assert_eq!(charset(binary), None, "{binary:?}");
        }
    }

    #[test]
    fn texts_that_are_more_are_known() {
        let of = |text: &str| read(text.as_bytes()).unwrap().found;
        assert_eq!(of("精度 a<b 且 c>d"), Found::Text);
        assert_eq!(of(""), Found::Text);
        assert_eq!(of("  <!-- x --><TABLE><tr>"), Found::Html);
        assert_eq!(of("看这里 <script>alert(1)</script>"), Found::Html);
        assert_eq!(of("<?xml version='1.0'?><svg xmlns='x'/>"), Found::Svg);
        assert_eq!(of("<?xml version='1.0'?><note/>"), Found::Xml);
        assert_eq!(of("#!/bin/sh\nrm -r x"), Found::Script);
        assert_eq!(of("<?php echo 1;"), Found::Script);
    }
}
