//! A segment: up to 65,536 documents, never changed once built.

use std::cmp::Ordering;

use tantivy::TantivyDocument;
use uuid::Uuid;

use super::file::{Damage, In, Out};
use super::postings::Rows;
use super::{Alive, Key, Known, Postings};
use crate::Document;
use crate::scan::DIMS;

/// Documents of one segment at most: as many as 16 bits tell apart.
pub(crate) const SEGMENT_MAX: usize = 1 << 16;
/// What a segment's file begins with.
const FILE: [u8; 4] = *b"JBMS";

/// A document as the index takes it in: its text read, its vector made.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// The terms of its title and body with their counts, sorted by key.
    pub(crate) terms: Vec<(Key, u32)>,
    /// The document as the index of words takes it, but for its number.
    pub(crate) entry: TantivyDocument,
    /// Its vector.
    pub(crate) vector: [i8; DIMS],
}

/// Documents of a segment.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Segment {
    ids: Vec<Uuid>,
    /// The documents' numbers in the order of their ids.
    order: Vec<u16>,
    /// When each was put in: by this number the index of words knows it, too.
    rows: Vec<u64>,
    /// Inverted lists of titles and bodies, as one text.
    pub(crate) terms: Postings,
    /// Vectors, one after the other.
    pub(crate) vectors: Vec<i8>,
    /// Facts.
    pub(crate) known: Known,
    /// The sum of all vectors; made anew when a file is read.
    sums: Vec<i64>,
}

/// A segment in the making.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    ids: Vec<Uuid>,
    rows: Vec<u64>,
    terms: Rows,
    vectors: Vec<i8>,
    known: Known,
}

impl Builder {
    /// How many documents it has.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no more go in.
    pub(crate) fn is_full(&self) -> bool {
        self.len() >= SEGMENT_MAX
    }

    /// Takes in a document; gives its number. Asked only while not full.
    pub(crate) fn push(&mut self, prepared: &Prepared<'_>, row: u64) -> u16 {
        let local = u16::try_from(self.ids.len()).unwrap_or(u16::MAX);
        self.ids.push(prepared.document.id);
        self.rows.push(row);
        self.terms.push(&prepared.terms);
        self.vectors.extend_from_slice(&prepared.vector);
        self.known.push(prepared.document);
        local
    }

    /// The segment.
    pub(crate) fn build(self) -> Segment {
        let mut out = Segment {
            order: Vec::new(),
            sums: Vec::new(),
            terms: self.terms.build(),
            ids: self.ids,
            rows: self.rows,
            vectors: self.vectors,
            known: self.known,
        };
        out.vectors.shrink_to_fit();
        out.ids.shrink_to_fit();
        out.derive();
        out
    }
}

impl Segment {
    /// Makes what follows from the rest: the order of ids, the sum of vectors.
    fn derive(&mut self) {
        self.sums = vec![0; DIMS];
        for vector in self.vectors.as_chunks::<DIMS>().0 {
            for (sum, x) in self.sums.iter_mut().zip(vector) {
                *sum += i64::from(*x);
            }
        }
        self.order = (0..self.ids.len())
            .filter_map(|local| u16::try_from(local).ok())
            .collect();
        let ids = &self.ids;
        self.order
            .sort_unstable_by_key(|local| (ids[usize::from(*local)], *local));
    }

    /// How many documents, gone ones too.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The id of one.
    pub(crate) fn id(&self, local: usize) -> Uuid {
        self.ids[local]
    }

    /// The sum of all vectors, gone ones too.
    pub(crate) fn sums(&self) -> &[i64] {
        &self.sums
    }

    /// When each was put in, by number.
    pub(crate) fn rows(&self) -> &[u64] {
        &self.rows
    }

    /// The vector of one.
    pub(crate) fn vector(&self, local: usize) -> &[i8] {
        &self.vectors[local * DIMS..(local + 1) * DIMS]
    }

    /// The numbers that an id has here: an id that was put in twice before a commit has two, of which at most one is alive.
    pub(crate) fn find(&self, id: Uuid) -> &[u16] {
        // Ids are made in the order of time: most segments are passed by at a glance.
        let at = |local: &u16| self.ids[usize::from(*local)];
        let (Some(first), Some(last)) = (self.order.first().map(at), self.order.last().map(at)) else {
            return &[];
        };
        if id < first || id > last {
            return &[];
        }
        let from = self.order.partition_point(|local| at(local).cmp(&id) == Ordering::Less);
        let len = self.order[from..].iter().take_while(|local| at(local) == id).count();
        &self.order[from..from + len]
    }

    /// Several as one, without what is gone. Together no more than [`SEGMENT_MAX`] are alive.
    pub(crate) fn merge(parts: &[(&Self, &Alive)]) -> Self {
        let mut out = Self::default();
        let mut numbers = Vec::with_capacity(parts.len());
        for (part, alive) in parts {
            let mut renumbered = vec![0_u16; part.len()];
            for (local, number) in renumbered.iter_mut().enumerate().filter(|(local, _)| alive.has(*local)) {
                *number = u16::try_from(out.ids.len()).unwrap_or(u16::MAX);
                out.ids.push(part.ids[local]);
                out.rows.push(part.rows[local]);
                out.vectors.extend_from_slice(part.vector(local));
            }
            numbers.push(renumbered);
        }
        let lists: Vec<_> = parts.iter().map(|(part, alive)| (&part.terms, *alive)).collect();
        out.terms = Postings::merge(&lists, &numbers);
        let facts: Vec<_> = parts.iter().map(|(part, alive)| (&part.known, *alive)).collect();
        out.known = Known::merge(&facts);
        out.derive();
        out
    }

    /// Its file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out::new(FILE);
        out.u64s(
            &self
                .ids
                .iter()
                .flat_map(|id| <[u64; 2]>::from(id.as_u64_pair()))
                .collect::<Vec<_>>(),
        );
        out.u64s(&self.rows);
        out.i8s(&self.vectors);
        self.known.write(&mut out);
        self.terms.write(&mut out);
        out.end()
    }

    /// Reads its file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut file = In::new(FILE, bytes)?;
        let halves = file.u64s()?;
        let (pairs, rest) = halves.as_chunks::<2>();
        let ids: Vec<Uuid> = pairs
            .iter()
            .map(|[high, low]| Uuid::from_u64_pair(*high, *low))
            .collect();
        let len = ids.len();
        let rows = file.u64s()?;
        let vectors = file.i8s()?;
        let known = Known::read(&mut file)?;
        if !rest.is_empty()
            || len > SEGMENT_MAX
            || rows.len() != len
            || vectors.len() != len * DIMS
            || known.len() != len
        {
            return Err(Damage::Inconsistent("documents"));
        }
        let mut out = Self {
            ids,
            order: Vec::new(),
            sums: Vec::new(),
            rows,
            vectors,
            known,
            terms: Postings::read(&mut file, len)?,
        };
        file.end()?;
        out.derive();
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Facts, Family};

    fn document(id: u128, word: &str) -> Document {
        let facts = Facts {
            fields: vec!["NE".into()],
            region: Some("320500".into()),
            ..Facts::default()
        };
        Document {
            id: Uuid::from_u128(id),
            family: Family::Offer,
            kind: "patent".into(),
            title: word.into(),
            body: String::new(),
            facts,
        }
    }

    fn prepared(document: &Document) -> Prepared<'_> {
        Prepared {
            document,
            terms: vec![(Key::of(&document.title), 1)],
            entry: TantivyDocument::new(),
            vector: [i8::try_from(document.id.as_u128()).unwrap(); DIMS],
        }
    }

    fn segment(docs: &[(u128, &str)]) -> Segment {
        let mut builder = Builder::default();
        for (id, word) in docs {
            builder.push(&prepared(&document(*id, word)), u64::try_from(*id).unwrap());
        }
        builder.build()
    }

    #[test]
    fn finds_an_id_wherever_it_stands() {
        let segment = segment(&[(5, "电池"), (3, "正极"), (9, "回收"), (3, "负极")]);
        assert_eq!(segment.find(Uuid::from_u128(3)), [1, 3]);
        assert_eq!(segment.find(Uuid::from_u128(9)), [2]);
        assert!(segment.find(Uuid::from_u128(4)).is_empty());
        assert!(segment.find(Uuid::from_u128(1)).is_empty());
    }

    #[test]
    fn a_merged_segment_has_what_is_left() {
        let (one, other) = (segment(&[(1, "电池"), (2, "正极")]), segment(&[(3, "电池")]));
        let mut left = Alive::all(2);
        left.kill(0);
        let merged = Segment::merge(&[(&one, &left), (&other, &Alive::all(1))]);
        assert_eq!(merged, segment(&[(2, "正极"), (3, "电池")]));
    }

    #[test]
    fn a_segment_comes_back_from_its_file() {
        let whole = segment(&[(5, "电池"), (3, "正极"), (9, "回收")]);
        assert_eq!(Segment::from_bytes(&whole.to_bytes()).unwrap(), whole);
        assert_eq!(Segment::from_bytes(b""), Err(Damage::Other));
        let empty = Segment::default();
        let empty = Segment::merge(&[(&empty, &Alive::all(0))]);
        assert_eq!(Segment::from_bytes(&empty.to_bytes()).unwrap().len(), 0);
    }
}
