//! Reads a PDF by going through the file from its beginning to its end, and not by its table of objects: of two objects of
//! one name the later counts, as in a file that was changed by appending. What cannot be read is passed over, as readers
//! do; what the pages need and is missing shows when they are counted.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::super::refusal::Refusal;
use super::Broken;
use super::lex::{Budget, Lexer, is_blank};

/// Bytes that all streams of packed objects may unpack to, together: those of a report of a thousand pages are 10 MB.
const PACKED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// The highest number of an object (ISO 32000, Annex C).
const NUMBER_MAX: u32 = 8_388_607;
/// Bytes at the end of a stream's data that may stand between it and its end mark.
const END_BLANKS_MAX: usize = 2;

/// What the file holds.
#[derive(Default)]
struct Found {
    /// Each object with the place where it stands: a later one takes an earlier one's.
    objects: BTreeMap<ObjectId, (usize, Object)>,
    /// The last trailer that names a catalogue.
    trailer: Dictionary,
    is_encrypted: bool,
    /// The stream just read whose length is a number that was not known yet: where its data begin, and that number.
    guessed: Option<(usize, ObjectId)>,
    /// All such streams: name, place, where the data begin, and the number.
    guesses: Vec<(ObjectId, usize, usize, ObjectId)>,
    /// From here on no stream's end mark stands, so that nobody looks for one again.
    no_end_from: Option<usize>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut budget = Budget::new(bytes.len());
    let mut found = Found::default();
    found.scan(bytes, &mut budget).map_err(broken)?;
    found.settle(bytes);
    if found.is_encrypted {
        return Err(Refusal::Encrypted);
    }
    found.unpack(&mut budget)?;
    Ok(found.document(version(bytes)))
}

fn broken(what: Broken) -> Refusal {
    Refusal::Broken { what }
}

/// The version in the head: two digits with a dot.
fn version(bytes: &[u8]) -> String {
    let head = bytes.get(5..8).and_then(|v| std::str::from_utf8(v).ok());
    let known = head.filter(|v| {
        matches!(
            *v,
            "1.0" | "1.1" | "1.2" | "1.3" | "1.4" | "1.5" | "1.6" | "1.7" | "2.0"
        )
    });
    known.unwrap_or("1.7").to_owned()
}

impl Found {
    /// Goes through the file: objects, trailers, and everything else word by word.
    fn scan(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), Broken> {
        let mut at = 0;
        loop {
            let mut lexer = Lexer::new(bytes, at, budget);
            lexer.blanks()?;
            at = lexer.at;
            if at >= bytes.len() {
                return Ok(());
            }
            if let Some(id) = header(&mut lexer) {
                let start = at;
                match self.indirect(bytes, lexer.at, budget) {
                    Ok((object, end)) => {
                        self.keep(id, start, object);
                        if let Some((data, length)) = self.guessed.take() {
                            self.guesses.push((id, start, data, length));
                        }
                        at = end;
                    }
                    Err(what) if budget.is_spent() => return Err(what),
                    // Nothing that can be read: go on behind its head.
                    Err(_) => at = next_word(bytes, start),
                }
                continue;
            }
            let mut lexer = Lexer::new(bytes, at, budget);
            if lexer.keyword(b"trailer") {
                match lexer.object() {
                    Ok(Object::Dictionary(trailer)) => {
                        at = lexer.at;
                        self.trailer(&trailer);
                        continue;
                    }
                    Err(what) if budget.is_spent() => return Err(what),
                    _ => {}
                }
            }
            at = next_word(bytes, at);
        }
    }

    /// The object behind a head, and where it ends.
    fn indirect(&mut self, bytes: &[u8], at: usize, budget: &mut Budget) -> Result<(Object, usize), Broken> {
        let mut lexer = Lexer::new(bytes, at, budget);
        let object = lexer.object()?;
        lexer.blanks()?;
        let Object::Dictionary(dictionary) = object else {
            lexer.keyword(b"endobj");
            return Ok((object, lexer.at));
        };
        if !lexer.rest().starts_with(b"stream") {
            lexer.keyword(b"endobj");
            return Ok((Object::Dictionary(dictionary), lexer.at));
        }
        let start = lexer.at + b"stream".len();
        let start = start
            + match bytes.get(start..).unwrap_or_default() {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => 0,
            };
        let (content, end) = self.content(bytes, start, &dictionary)?;
        Ok((Object::Stream(Stream::new(dictionary, content.to_vec())), end))
    }

    /// The data of a stream: as long as it says, where its end mark stands there; else up to the next end mark.
    fn content<'a>(
        &mut self,
        bytes: &'a [u8],
        start: usize,
        dictionary: &Dictionary,
    ) -> Result<(&'a [u8], usize), Broken> {
        let stated = match dictionary.get(b"Length") {
            Ok(Object::Integer(length)) => usize::try_from(*length).ok(),
            // Mostly a number that stands behind the stream: then it is not known yet.
            Ok(Object::Reference(id)) => {
                self.guessed = Some((start, *id));
                self.number(*id)
            }
            _ => None,
        };
        let rest = bytes.get(start..).ok_or("pdf-stream")?;
        if let Some((content, end)) = stated.and_then(|length| data(rest, length)) {
            self.guessed = None;
            return Ok((content, start + end));
        }
        if self.no_end_from.is_some_and(|from| from <= start) {
            return Err("pdf-stream");
        }
        let Some(length) = find(rest, END) else {
            self.no_end_from = Some(start);
            return Err("pdf-stream");
        };
        let content = rest.get(..length).unwrap_or_default();
        let content = content
            .strip_suffix(b"\r\n")
            .or_else(|| content.strip_suffix(b"\n"))
            .or_else(|| content.strip_suffix(b"\r"))
            .unwrap_or(content);
        Ok((content, start + length + END.len()))
    }

    /// The whole number that an object is.
    fn number(&self, id: ObjectId) -> Option<usize> {
        match self.objects.get(&id)? {
            (_, Object::Integer(number)) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Gives streams the length that they state, now that all numbers are known.
    fn settle(&mut self, bytes: &[u8]) {
        for (id, at, start, length) in std::mem::take(&mut self.guesses) {
            let rest = bytes.get(start..).unwrap_or_default();
            let Some((content, _)) = self.number(length).and_then(|length| data(rest, length)) else {
                continue;
            };
            if let Some((there, Object::Stream(stream))) = self.objects.get_mut(&id)
                && *there == at
            {
                stream.set_content(content.to_vec());
            }
        }
    }

    fn keep(&mut self, id: ObjectId, at: usize, object: Object) {
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"XRef")
        {
            // Only a table of objects, which is made anew; what it says beside it counts as a trailer.
            let dictionary = stream.dict.clone();
            self.trailer(&dictionary);
            return;
        }
        match self.objects.entry(id) {
            Entry::Occupied(mut there) if there.get().0 <= at => {
                there.insert((at, object));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert((at, object));
            }
        }
    }

    fn trailer(&mut self, trailer: &Dictionary) {
        self.is_encrypted |= trailer.has(b"Encrypt");
        if let Ok(root @ Object::Reference(_)) = trailer.get(b"Root") {
            self.trailer.set("Root", root.clone());
        }
        // Not kept, but told: see `strip`.
        if let Ok(info) = trailer.get(b"Info") {
            self.trailer.set("Info", info.clone());
        }
    }

    /// Opens the streams of packed objects.
    fn unpack(&mut self, budget: &mut Budget) -> Result<(), Refusal> {
        let mut left = PACKED_BYTES_MAX;
        let packed: Vec<(usize, Stream)> = {
            let is_packed = |object: &Object| matches!(object, Object::Stream(s) if s.dict.has_type(b"ObjStm"));
            let ids: Vec<ObjectId> = self
                .objects
                .iter()
                .filter(|(_, (_, o))| is_packed(o))
                .map(|(id, _)| *id)
                .collect();
            let taken = ids.iter().filter_map(|id| self.objects.remove(id));
            taken
                .filter_map(|(at, object)| match object {
                    Object::Stream(stream) => Some((at, stream)),
                    _ => None,
                })
                .collect()
        };
        for (at, stream) in packed {
            let content = stream.get_plain_content_with_limit(left).map_err(|error| match error {
                lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::Unpacks {
                    limit: PACKED_BYTES_MAX as u64,
                },
                _ => broken("pdf-packed"),
            })?;
            left -= content.len().min(left);
            budget.extend(content.len());
            for (number, object) in members(&stream.dict, &content, budget)? {
                self.keep((number, 0), at, object);
            }
        }
        Ok(())
    }

    fn document(mut self, version: String) -> Document {
        if !self.trailer.has(b"Root") {
            // No trailer that can be read: the last catalogue it is.
            let is_root = |object: &Object| matches!(object, Object::Dictionary(d) if d.has_type(b"Catalog"));
            let roots = self.objects.iter().filter(|(_, (_, o))| is_root(o));
            if let Some((id, _)) = roots.max_by_key(|(_, (at, _))| *at) {
                self.trailer.set("Root", Object::Reference(*id));
            }
        }
        let mut document = Document::new();
        document.version = version;
        document.trailer = self.trailer;
        document.objects = self.objects.into_iter().map(|(id, (_, object))| (id, object)).collect();
        document
    }
}

/// What ends a stream's data.
const END: &[u8] = b"endstream";

/// The data of so many bytes, where the end mark stands behind them; and where the mark ends.
fn data(rest: &[u8], length: usize) -> Option<(&[u8], usize)> {
    let (content, after) = rest.split_at_checked(length)?;
    let blanks = after.iter().take(END_BLANKS_MAX).take_while(|b| is_blank(**b)).count();
    let is_end = after.get(blanks..)?.starts_with(END);
    is_end.then_some((content, length + blanks + END.len()))
}

/// The objects in an opened stream.
fn members(dictionary: &Dictionary, content: &[u8], budget: &mut Budget) -> Result<Vec<(u32, Object)>, Refusal> {
    let number = |key: &[u8]| dictionary.get(key).and_then(Object::as_i64).ok();
    let first = number(b"First")
        .and_then(|n| usize::try_from(n).ok())
        .ok_or(broken("pdf-packed"))?;
    let count = number(b"N")
        .and_then(|n| usize::try_from(n).ok())
        .ok_or(broken("pdf-packed"))?;
    let mut out = Vec::new();
    let mut index = 0;
    for _ in 0..count {
        let mut lexer = Lexer::new(content, index, budget);
        let place = (|| {
            lexer.blanks().ok()?;
            let id = lexer.unsigned()?;
            lexer.blanks().ok()?;
            Some((id, usize::try_from(lexer.unsigned()?).ok()?))
        })();
        index = lexer.at;
        let Some((id, offset)) = place.filter(|(id, _)| *id <= NUMBER_MAX) else {
            break;
        };
        // Whatever the index says, each object costs what it is: the budget bounds them all.
        match Lexer::new(content, first.saturating_add(offset), budget).object() {
            Ok(object) => out.push((id, object)),
            Err(what) if budget.is_spent() => return Err(broken(what)),
            Err(_) => {}
        }
    }
    Ok(out)
}

/// The name of an object at the head of it: `12 0 obj`.
fn header(lexer: &mut Lexer<'_, '_>) -> Option<ObjectId> {
    let number = lexer.unsigned().filter(|n| *n <= NUMBER_MAX)?;
    lexer.blanks().ok()?;
    let generation = u16::try_from(lexer.unsigned()?).ok()?;
    lexer.blanks().ok()?;
    if !lexer.rest().starts_with(b"obj") {
        return None;
    }
    lexer.at += b"obj".len();
    Some((number, generation))
}

/// Where the next word begins.
fn next_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let word = rest.iter().position(|b| is_blank(*b)).unwrap_or(rest.len());
    // One byte at least: a word may be a single sign.
    at + word.max(1)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(found) = bytes.get(at..)?.iter().position(|b| *b == first) {
        at += found;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
    None
}
