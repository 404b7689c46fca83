//! One XML part, written anew: tags that need no change are copied letter for letter.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::super::clean::What;
use super::super::refusal::Refusal;
use super::TYPES;

/// Elements that are left out with all they hold.
const DROPPED: &[(&str, What)] = &[
    // The folder in which the workbook lay.
    ("absPath", What::Paths),
    ("attachedTemplate", What::Paths),
    ("mailMerge", What::Extras),
    ("docVars", What::Extras),
    ("fileSharing", What::Authors),
];
/// Elements of links that fetch or run something.
const RUNNING: &[&str] = &["ddeLink", "oleLink"];
/// Attributes of a data connection: servers, accounts, files.
const CONNECTION: &[&str] = &["connection", "command", "sourceFile", "odcFile"];
/// Kinds of address that a link may have.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];
/// The target that Office itself writes for what is no longer there.
const NOWHERE: &str = "NULL";

/// Who wrote, as numbers: the same name gets the same number in all parts.
#[derive(Default)]
pub(super) struct Authors(BTreeMap<String, usize>);

impl Authors {
    fn alias(&mut self, name: &str) -> String {
        let next = self.0.len() + 1;
        format!("Author {}", self.0.entry(name.to_owned()).or_insert(next))
    }

    /// A text in which known names became numbers.
    fn hide(&self, text: &str) -> Option<String> {
        let mut out = None;
        for (name, number) in &self.0 {
            let now = out.as_deref().unwrap_or(text);
            if !name.trim().is_empty() && now.contains(name.as_str()) {
                out = Some(now.replace(name.as_str(), &format!("Author {number}")));
            }
        }
        out
    }
}

/// A part written anew, and what went.
pub(super) struct Scrubbed {
    pub xml: Vec<u8>,
    pub stripped: BTreeSet<What>,
}

/// Writes a part anew.
pub(super) fn part(
    key: &str,
    text: &str,
    dropped: &BTreeSet<String>,
    authors: &mut Authors,
) -> Result<Scrubbed, Refusal> {
    let mut scrub = Scrub {
        key,
        dropped,
        authors,
        out: Writer::new(Vec::with_capacity(text.len())),
        stripped: BTreeSet::new(),
        skipped: 0,
        inside: Inside::Elsewhere,
        fields: String::new(),
    };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Eof => break,
            event => scrub.event(event)?,
        }
    }
    if scrub.skipped > 0 {
        return Err(broken());
    }
    if has_dde(&scrub.fields) {
        return Err(Refusal::Macros);
    }
    Ok(Scrubbed {
        xml: scrub.out.into_inner(),
        stripped: scrub.stripped,
    })
}

fn broken() -> Refusal {
    Refusal::Broken { what: "office-xml" }
}

/// Whose text is read just now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Elsewhere,
    /// A name in the list of a workbook's comments.
    Author,
    /// A field's code.
    Field,
}

struct Scrub<'a> {
    key: &'a str,
    dropped: &'a BTreeSet<String>,
    authors: &'a mut Authors,
    out: Writer<Vec<u8>>,
    stripped: BTreeSet<What>,
    /// How deep the reader is in an element that is left out.
    skipped: usize,
    inside: Inside,
    /// Codes of fields, joined: Word splits one over many runs.
    fields: String,
}

/// What becomes of a tag.
enum Tag<'t> {
    Same,
    Gone,
    Changed(BytesStart<'t>),
}

impl Scrub<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        match event {
            // Office writes none; it is how XML bombs are built.
            Event::DocType(_) => return Err(Refusal::Broken { what: "office-doctype" }),
            Event::Comment(_) | Event::PI(_) => return Ok(()),
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(tag) => {
                self.enter(&tag);
                match self.tag(&tag)? {
                    Tag::Gone => self.skipped = 1,
                    Tag::Same => self.write(Event::Start(tag))?,
                    Tag::Changed(new) => self.write(Event::Start(new))?,
                }
            }
            Event::Empty(tag) => match self.tag(&tag)? {
                Tag::Gone => {}
                Tag::Same => self.write(Event::Empty(tag))?,
                Tag::Changed(new) => self.write(Event::Empty(new))?,
            },
            Event::End(tag) => {
                self.inside = Inside::Elsewhere;
                self.write(Event::End(tag))?;
            }
            Event::Text(text) => self.text(text)?,
            other => self.write(other)?,
        }
        Ok(())
    }

    fn write(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        self.out.write_event(event).map_err(|_| broken())
    }

    fn is_sheet_comments(&self) -> bool {
        self.key.starts_with("xl/comments") || self.key.starts_with("xl/threadedcomments/")
    }

    fn enter(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        self.inside = match name.as_ref() {
            "author" if self.is_sheet_comments() => Inside::Author,
            "instrText" => Inside::Field,
            _ => Inside::Elsewhere,
        };
    }

    fn text(&mut self, text: BytesText<'_>) -> Result<(), Refusal> {
        if self.inside == Inside::Field {
            self.fields.push_str(&text.xml10_content());
        }
        let plain = || quick_xml::escape::unescape(&text).map(std::borrow::Cow::into_owned);
        let new = match self.inside {
            Inside::Author => {
                let name = plain().map_err(|_| broken())?;
                (!name.is_empty())
                    .then(|| self.authors.alias(&name))
                    .filter(|alias| *alias != name)
            }
            // A note begins with its author's name, in bold.
            Inside::Elsewhere if self.is_sheet_comments() => {
                let said = plain().map_err(|_| broken())?;
                self.authors.hide(&said).filter(|new| *new != said)
            }
            _ => None,
        };
        match new {
            Some(new) => {
                self.stripped.insert(What::Authors);
                self.write(Event::Text(BytesText::new(&new)))
            }
            None => self.write(Event::Text(text)),
        }
    }

    fn tag<'t>(&mut self, tag: &BytesStart<'t>) -> Result<Tag<'t>, Refusal> {
        let local = tag.local_name();
        let name = local.as_ref();
        if RUNNING.contains(&name) {
            return Err(Refusal::Macros);
        }
        if let Some((_, what)) = DROPPED.iter().find(|(dropped, _)| *dropped == name) {
            self.stripped.insert(*what);
            return Ok(Tag::Gone);
        }
        if self.key.ends_with(".svg") && matches!(name, "script" | "metadata" | "foreignObject") {
            self.stripped.insert(What::Extras);
            return Ok(Tag::Gone);
        }
        if self.key.ends_with(".rels") && name == "Relationship" {
            return self.relationship(tag);
        }
        if self.key == TYPES {
            let part = attribute(tag, "PartName")?.unwrap_or_default().to_ascii_lowercase();
            let is_gone = self.dropped.contains(part.trim_start_matches('/'));
            return Ok(if is_gone { Tag::Gone } else { Tag::Same });
        }
        self.attributes(tag, name)
    }

    /// The tag with attributes that tell nobody's name or folders.
    fn attributes<'t>(&mut self, tag: &BytesStart<'t>, element: &str) -> Result<Tag<'t>, Refusal> {
        let mut kept: Vec<(String, Option<String>)> = Vec::new();
        let mut is_changed = false;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| broken())?;
            let local = attribute.key.local_name();
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| broken())?;
            if local.as_ref() == "instr" {
                self.fields.push_str(&value);
                self.fields.push(' ');
            }
            let new = self.value(element, attribute.key.as_ref(), local.as_ref(), &value);
            is_changed |= new != New::Same;
            match new {
                New::Gone => {}
                New::Same => kept.push((raw(&attribute), None)),
                New::Value(new) => kept.push((attribute.key.as_ref().to_owned(), Some(new))),
            }
        }
        if !is_changed {
            return Ok(Tag::Same);
        }
        let mut content = tag.name().as_ref().to_owned();
        let length = content.len();
        for (key, value) in kept {
            content.push(' ');
            content.push_str(&key);
            if let Some(value) = value {
                content.push_str("=\"");
                content.push_str(&quick_xml::escape::escape(value.as_str()));
                content.push('"');
            }
        }
        Ok(Tag::Changed(BytesStart::from_content(content, length)))
    }

    /// What becomes of one attribute.
    fn value(&mut self, element: &str, key: &str, local: &str, value: &str) -> New {
        let names_somebody = matches!(local, "author" | "userName" | "displayName" | "lastModifiedBy")
            || (local == "name" && matches!(element, "cmAuthor" | "author" | "customWorkbookView"));
        let (what, new) = match local {
            _ if value.is_empty() => return New::Same,
            _ if names_somebody => (What::Authors, self.authors.alias(value)),
            "initials" | "userId" => (What::Authors, String::new()),
            "providerId" => (What::Authors, "None".to_owned()),
            // The printer's settings went; what points to them goes with them.
            "id" if element == "pageSetup" && key.contains(':') => return New::Gone,
            _ if CONNECTION.contains(&local) && self.key == "xl/connections.xml" => (What::Paths, String::new()),
            _ if local.starts_with("on") && self.key.ends_with(".svg") => return New::Gone,
            "formatCode" => return New::Same,
            _ if is_path(value) => (What::Paths, base_name(value).to_owned()),
            _ => return New::Same,
        };
        if new == value {
            return New::Same;
        }
        self.stripped.insert(what);
        New::Value(new)
    }

    /// What points from one part to another, or out of the file.
    fn relationship<'t>(&mut self, tag: &BytesStart<'t>) -> Result<Tag<'t>, Refusal> {
        let target = attribute(tag, "Target")?.unwrap_or_default();
        let kind = attribute(tag, "Type")?.unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let is_external = attribute(tag, "TargetMode")?.is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        if kind == "attachedTemplate" {
            self.stripped.insert(What::Paths);
            return Ok(Tag::Gone);
        }
        if !is_external {
            let is_gone = self.dropped.contains(&resolve(self.key, &target));
            return Ok(if is_gone { Tag::Gone } else { Tag::Same });
        }
        let new = match kind.as_str() {
            "hyperlink" if may_link(&target) => return Ok(Tag::Same),
            "hyperlink" => "#",
            "externalLinkPath" => base_name(&target),
            _ => NOWHERE,
        };
        if new == target {
            return Ok(Tag::Same);
        }
        self.stripped.insert(What::Paths);
        let mut changed = BytesStart::new(tag.name().as_ref().to_owned());
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| broken())?;
            if attribute.key.as_ref() == "Target" {
                changed.push_attribute(("Target", new));
            } else {
                changed.push_attribute(attribute);
            }
        }
        Ok(Tag::Changed(changed))
    }
}

#[derive(PartialEq, Eq)]
enum New {
    Same,
    Gone,
    Value(String),
}

/// An attribute as it was written.
fn raw(attribute: &Attribute<'_>) -> String {
    // The value is still escaped; a quotation mark of the other kind may stand in it.
    let mark = if attribute.value.contains('"') { '\'' } else { '"' };
    format!("{}={mark}{}{mark}", attribute.key.as_ref(), attribute.value)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| broken())?;
        if attribute.key.as_ref() == name {
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| broken())?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// Whether a text is a place on somebody's computer or network.
fn is_path(text: &str) -> bool {
    let drive = matches!(text.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let lower = text.get(..7).unwrap_or(text).to_ascii_lowercase();
    drive
        || text.starts_with("\\\\")
        || lower.starts_with("file:")
        || text.starts_with("/Users/")
        || text.starts_with("/home/")
}

/// The last step of a path.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Whether a link may lead there: to the web, a mail address, a place in the file, a file beside it.
fn may_link(target: &str) -> bool {
    if is_path(target) {
        return false;
    }
    match target.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '#', '?', '\\']) => {
            SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// The key of the part that a relationship file points to: `word/_rels/document.xml.rels` and `../customXml/item1.xml`.
fn resolve(rels: &str, target: &str) -> String {
    let target = target.replace('\\', "/").to_ascii_lowercase();
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = rels.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether codes of fields fetch data from another program, which can be made to start any.
fn has_dde(fields: &str) -> bool {
    let fields = fields.to_ascii_uppercase();
    fields
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "DDE" | "DDEAUTO"))
}

#[cfg(test)]
mod tests;
