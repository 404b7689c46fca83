//! The index of words: what the search box reads. Tantivy keeps it, on disk or in memory, and the documents themselves.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::indexer::{IndexWriter, IndexWriterOptions, PreparedCommit, UserOperation};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TantivyDocument, TextFieldIndexing, TextOptions,
    Value as _,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{DocId, Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, Term};
use uuid::Uuid;

use super::folder::Folder;
use super::forms;
use crate::{Document, Family};

/// What parts the terms of a text that was cut before.
pub(crate) const BETWEEN: char = '\u{1f}';
/// The columns whose values are counted: kind, field, region, maturity, mode.
pub(super) const COLUMNS: [&str; 5] = ["kind", "field", "region", "maturity", "mode"];
/// The column of the numbers by which the segments know documents, too.
const ROW: &str = "row";
/// Memory of the writer in bytes. What it gathers is one segment; some 40,000 items fit.
const MEMORY_BYTES: usize = 96 << 20;
/// Threads that merge segments: one, so that a merge leaves a core to the readers.
const MERGERS: usize = 1;
/// Blocks of stored documents kept unpacked, of 16 KB each.
const BLOCKS: usize = 256;
/// Digits of a region's code by which it is found: province, city, county.
const REGION_DIGITS: [usize; 3] = [2, 4, 6];

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) document: Field,
    pub(super) title: Field,
    row: Field,
    pub(super) latin: Field,
    pub(super) forms: Field,
    pub(super) codes: Field,
    columns: [Field; COLUMNS.len()],
}

/// The index of words with its writer and reader.
pub(crate) struct Words {
    pub(super) fields: Fields,
    index: Index,
    reader: IndexReader,
}

/// The writer, held by whoever holds the index's.
pub(crate) struct WordsWriter(IndexWriter);

/// What a commit says beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commit {
    /// The number of the manifest.
    pub(crate) manifest: u64,
    /// How far the change log was read.
    pub(crate) cursor: i64,
    /// The number of the next document that is put in.
    pub(crate) row: u64,
}

/// Terms of a text, put together for the index.
fn joined<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for term in terms {
        out.push_str(term);
        out.push(BETWEEN);
    }
    out
}

fn schema() -> (Schema, Fields) {
    let text = |option: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("cut")
            .set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
    };
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_bytes_field("id", INDEXED),
        document: schema.add_bytes_field("document", STORED),
        title: schema.add_text_field("title", text(IndexRecordOption::WithFreqs, true)),
        row: schema.add_u64_field(ROW, FAST),
        // Latin words apart: those with a letter wrong are looked for among these alone.
        latin: schema.add_text_field("latin", text(IndexRecordOption::Basic, false)),
        forms: schema.add_text_field("forms", text(IndexRecordOption::Basic, false)),
        codes: schema.add_text_field("codes", text(IndexRecordOption::Basic, false)),
        columns: COLUMNS.map(|name| schema.add_text_field(name, TextOptions::default().set_fast("raw"))),
    };
    (schema.build(), fields)
}

impl Words {
    /// Opens those in a folder, or makes them; without one, makes them in memory.
    pub(crate) fn open(folder: Option<&Path>) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let directory: Box<dyn Directory> = match folder {
            Some(folder) => {
                std::fs::create_dir_all(folder)?;
                Box::new(Folder::open(folder)?)
            }
            None => Box::new(RamDirectory::create()),
        };
        let settings = IndexSettings {
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = Index::builder()
            .schema(schema)
            .settings(settings)
            .open_or_create(directory)?;
        index.tokenizers().register("cut", TextAnalyzer::from(Cut::default()));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()?;
        Ok(Self { fields, index, reader })
    }

    /// Whether every file in a folder is as it was written. Read through a mapping of its own, which is given up again.
    pub(crate) fn is_whole(folder: &Path) -> bool {
        let index = MmapDirectory::open(folder).map_err(Into::into).and_then(Index::open);
        index
            .and_then(|index| index.validate_checksum())
            .is_ok_and(|damaged| damaged.is_empty())
    }

    /// Its writer. Only one may be at a time, in all processes.
    pub(crate) fn writer(&self) -> tantivy::Result<WordsWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(MERGERS)
            .memory_budget_per_thread(MEMORY_BYTES)
            .build();
        Ok(WordsWriter(self.index.writer_with_options(options)?))
    }

    /// What the last commit said; nothing if there was none.
    pub(crate) fn last_commit(&self) -> tantivy::Result<Option<Commit>> {
        let payload = self.index.load_metas()?.payload;
        Ok(payload.and_then(|payload| serde_json::from_str(&payload).ok()))
    }

    /// Sees the last commit; a searcher of it.
    pub(crate) fn searcher(&self) -> tantivy::Result<Searcher> {
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    /// A document as tantivy takes it, but for its number. `title` has the words of its title and of its owner's name,
    /// `latin` its Latin words.
    pub(crate) fn entry(&self, document: &Document, title: &str, latin: &str) -> TantivyDocument {
        let fields = &self.fields;
        let mut out = TantivyDocument::with_capacity(document.body.len() + 2_048);
        out.add_bytes(fields.id, document.id.as_bytes());
        if let Ok(json) = serde_json::to_vec(document) {
            out.add_bytes(fields.document, &json);
        }
        out.add_text(fields.title, title);
        out.add_text(fields.latin, latin);
        out.add_text(fields.forms, all_forms(document));
        out.add_text(fields.codes, all_codes(document));
        for (field, values) in fields.columns.iter().zip(columns(document)) {
            for value in values {
                out.add_text(*field, value);
            }
        }
        out
    }

    /// The operation that adds a document under its number.
    pub(crate) fn addition(&self, mut entry: TantivyDocument, row: u64) -> UserOperation {
        entry.add_u64(self.fields.row, row);
        UserOperation::Add(entry)
    }

    /// The documents that a searcher sees: number, segment, number within that.
    pub(crate) fn rows(&self, searcher: &Searcher) -> tantivy::Result<Vec<(u64, u32, DocId)>> {
        let mut out = Vec::new();
        for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
            let column = reader.fast_fields().u64(ROW)?;
            let there = (0..reader.max_doc()).filter(|doc| !reader.is_deleted(*doc));
            out.extend(there.filter_map(|doc| Some((column.first(doc)?, segment, doc))));
        }
        Ok(out)
    }

    /// The documents with these ids that a searcher sees, in their order.
    pub(crate) fn documents(&self, searcher: &Searcher, ids: &[Uuid]) -> Vec<Option<Document>> {
        ids.iter().map(|id| self.document(searcher, *id)).collect()
    }

    fn document(&self, searcher: &Searcher, id: Uuid) -> Option<Document> {
        let term = Term::from_field_bytes(self.fields.id, id.as_bytes());
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let index = reader.inverted_index(self.fields.id).ok()?;
            let Ok(Some(mut postings)) = index.read_postings(&term, IndexRecordOption::Basic) else {
                continue;
            };
            use tantivy::DocSet as _;
            while postings.doc() != tantivy::TERMINATED {
                let doc = postings.doc();
                if !reader.is_deleted(doc) {
                    let address = tantivy::DocAddress::new(u32::try_from(segment).ok()?, doc);
                    return self.stored(searcher, address);
                }
                postings.advance();
            }
        }
        None
    }

    /// The document at an address.
    pub(super) fn stored(&self, searcher: &Searcher, address: tantivy::DocAddress) -> Option<Document> {
        let stored: TantivyDocument = searcher.doc(address).ok()?;
        serde_json::from_slice(stored.get_first(self.fields.document)?.as_bytes()?).ok()
    }

    /// A term of the forms.
    pub(super) fn form(&self, form: &str) -> Term {
        Term::from_field_text(self.fields.forms, form)
    }

    /// A term of the codes.
    pub(super) fn code(&self, code: &str) -> Term {
        Term::from_field_text(self.fields.codes, code)
    }

    /// The operation that takes a document away.
    pub(crate) fn removal(&self, id: Uuid) -> UserOperation {
        UserOperation::Delete(Term::from_field_bytes(self.fields.id, id.as_bytes()))
    }
}

impl WordsWriter {
    /// Does these, in their order.
    pub(crate) fn run(&self, operations: Vec<UserOperation>) -> tantivy::Result<()> {
        self.0.run(operations).map(|_| ())
    }

    /// Writes out all operations so far; they are not seen before [`Self::finish`]. Given up, they wait for the next time.
    pub(crate) fn prepare(&mut self) -> tantivy::Result<PreparedCommit<'_>> {
        self.0.prepare_commit()
    }

    /// Makes what is written out last, with what is said beside it.
    pub(crate) fn finish(mut prepared: PreparedCommit<'_>, commit: Commit) -> tantivy::Result<()> {
        prepared.set_payload(&serde_json::to_string(&commit).unwrap_or_default());
        prepared.commit().map(|_| ())
    }
}

fn all_forms(document: &Document) -> String {
    let mut out = String::with_capacity(document.title.len() * 24 + 64);
    forms::pairs_of(&document.title, &mut out);
    forms::sounds_of(&document.title, &mut out);
    if let Some(owner) = &document.facts.owner {
        forms::pairs_of(owner, &mut out);
    }
    for number in &document.facts.numbers {
        forms::number_of(number, &mut out);
    }
    out
}

/// The term of a family in the codes.
pub(super) fn family_code(family: Family) -> &'static str {
    match family {
        Family::Need => "yneed",
        Family::Offer => "yoffer",
        Family::Lot => "ylot",
        Family::Party => "yparty",
        Family::Page => "ypage",
    }
}

fn all_codes(document: &Document) -> String {
    let facts = &document.facts;
    let mut out = vec![family_code(document.family).to_owned(), format!("k{}", document.kind)];
    out.extend(facts.fields.iter().map(|field| format!("f{field}")));
    out.extend(facts.modes.iter().map(|mode| format!("m{mode}")));
    out.extend(facts.maturity.map(|level| format!("t{level}")));
    if let Some(region) = &facts.region {
        out.extend(
            REGION_DIGITS
                .iter()
                .filter_map(|len| region.get(..*len))
                .map(|part| format!("r{part}")),
        );
    }
    joined(out.iter().map(String::as_str))
}

fn columns(document: &Document) -> [Vec<String>; COLUMNS.len()] {
    let facts = &document.facts;
    [
        vec![document.kind.clone()],
        facts.fields.clone(),
        facts.region.iter().cloned().collect(),
        facts.maturity.iter().map(u8::to_string).collect(),
        facts.modes.clone(),
    ]
}

/// Reads terms that were cut before: no work is done twice.
#[derive(Debug, Clone, Default)]
struct Cut(Token);

struct CutStream<'a> {
    token: &'a mut Token,
    rest: &'a str,
}

impl Tokenizer for Cut {
    type TokenStream<'a> = CutStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CutStream<'a> {
        self.0.reset();
        CutStream {
            token: &mut self.0,
            rest: text,
        }
    }
}

impl TokenStream for CutStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = self.rest.split_once(BETWEEN) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
