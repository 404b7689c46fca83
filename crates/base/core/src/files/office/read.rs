//! The text in an Office file, in the order in which people read it: for a preview, and for looking it through.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, Part};

/// Parts whose text is read first, in this order; all others follow.
const FIRST: &[&str] = &["word/document.xml", "xl/worksheets/sheet", "ppt/slides/slide"];
/// Texts that cells share: read before the sheets, and not a second time.
const SHARED: &str = "xl/sharedstrings.xml";

/// The text of a file, at most so many characters; nothing of what cannot be read.
pub(in crate::files) fn text(bytes: &[u8], chars_max: usize) -> String {
    let Ok(mut archive) = Archive::open(bytes) else {
        return String::new();
    };
    let mut parts: Vec<Part> = archive
        .parts()
        .iter()
        .filter(|p| p.key.ends_with(".xml") && p.key.contains('/') && p.key != SHARED)
        .cloned()
        .collect();
    parts.sort_by_key(|p| rank(&p.key));
    let mut out = Out {
        text: String::new(),
        chars_left: chars_max,
    };
    let shared = archive.read_named(SHARED).map(|xml| shared(&xml)).unwrap_or_default();
    for part in parts {
        if out.chars_left == 0 {
            break;
        }
        let Ok(content) = archive.read(&part) else { break };
        if let Ok(xml) = std::str::from_utf8(&content) {
            read(xml, &shared, &mut out);
        }
    }
    out.text
}

/// The place of a part: by the list above, then by the number in its name.
fn rank(key: &str) -> (usize, usize, String) {
    let place = FIRST
        .iter()
        .position(|first| key.starts_with(first))
        .unwrap_or(FIRST.len());
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    (place, digits.parse().unwrap_or(0), key.to_owned())
}

/// A text that stops growing.
struct Out {
    text: String,
    chars_left: usize,
}

impl Out {
    fn push(&mut self, text: &str) {
        for c in text.chars().take(self.chars_left) {
            self.text.push(c);
            self.chars_left -= 1;
        }
    }

    /// A line's end, one at most in a row.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push("\n");
        }
    }
}

/// The texts that cells share.
fn shared(xml: &[u8]) -> Vec<String> {
    let Ok(xml) = std::str::from_utf8(xml) else {
        return Vec::new();
    };
    let mut reader = Reader::from_str(xml);
    let (mut out, mut is_text) = (Vec::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "si" => out.push(String::new()),
                "t" => is_text = true,
                _ => {}
            },
            Ok(Event::Empty(tag)) if tag.local_name().as_ref() == "si" => out.push(String::new()),
            Ok(Event::End(_)) => is_text = false,
            Ok(event) if is_text && piece(&event).is_some() => {
                if let (Some(last), Some(piece)) = (out.last_mut(), piece(&event)) {
                    last.push_str(&piece);
                }
            }
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

/// The text of an event within a text.
fn piece(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(name) => {
            let by_number = name.resolve_char_ref().ok().flatten().map(String::from);
            by_number.or_else(|| quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned))
        }
        _ => None,
    }
}

/// How the value of a cell is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Nothing,
    Text,
    Shared,
}

/// The text of one part: runs of text, paragraphs as lines, cells with a tab between them.
fn read(xml: &str, shared: &[String], out: &mut Out) {
    let mut reader = Reader::from_str(xml);
    let (mut mode, mut is_shared, mut value) = (Read::Nothing, false, String::new());
    // A tab is a place in a style and a sign in a run.
    let mut is_run = false;
    while out.chars_left > 0 {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                is_run |= tag.local_name().as_ref() == "r";
                (mode, is_shared) = enter(&tag, is_shared);
                value.clear();
            }
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "tab" if is_run => out.push("\t"),
                "br" | "cr" => out.line(),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                if mode == Read::Shared {
                    let index = value.trim().parse::<usize>().ok();
                    out.push(index.and_then(|n| shared.get(n)).map_or("", String::as_str));
                }
                mode = Read::Nothing;
                match tag.local_name().as_ref() {
                    "r" => is_run = false,
                    "p" | "row" | "comment" | "si" => out.line(),
                    "c" | "tc" => out.push("\t"),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => match (mode, piece(&event)) {
                (Read::Text, Some(piece)) => out.push(&piece),
                (Read::Shared, Some(piece)) => value.push_str(&piece),
                _ => {}
            },
        }
    }
    out.line();
}

/// How the text within a tag is to be read, and whether the cell around it holds the number of a shared text.
fn enter(tag: &BytesStart<'_>, is_shared: bool) -> (Read, bool) {
    match tag.local_name().as_ref() {
        "c" => {
            let kind = tag.try_get_attribute("t").ok().flatten();
            (Read::Nothing, kind.is_some_and(|kind| kind.value.as_ref() == "s"))
        }
        "v" if is_shared => (Read::Shared, is_shared),
        "t" | "v" | "author" => (Read::Text, is_shared),
        _ => (Read::Nothing, is_shared),
    }
}
