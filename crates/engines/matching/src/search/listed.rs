//! Documents that the segments' own lists name, as a query among tantivy's: bodies are in those lists already, and putting
//! their words into a second index would cost more than all the rest of an item.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::index::{Key, Snapshot};

/// Documents of each of tantivy's segments, in order.
#[derive(Debug, Clone)]
pub(super) struct Listed(Arc<HashMap<SegmentId, Arc<[DocId]>>>);

impl Listed {
    /// The documents that have a term in title or body.
    pub(super) fn having(snapshot: &Snapshot, key: Key) -> Self {
        let ids = snapshot
            .searcher
            .segment_readers()
            .iter()
            .map(SegmentReader::segment_id);
        Self(Arc::new(
            ids.zip(snapshot.having(key).into_iter().map(Arc::from)).collect(),
        ))
    }
}

impl Query for Listed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Listed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let documents = self.0.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(ConstScorer::new(Walk { documents, at: 0 }, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let has = self
            .0
            .get(&reader.segment_id())
            .is_some_and(|documents| documents.binary_search(&doc).is_ok());
        if has {
            Ok(Explanation::new("in the text", 1.0))
        } else {
            Err(TantivyError::InvalidArgument("the document does not match".into()))
        }
    }
}

/// A walk along documents in order.
struct Walk {
    documents: Arc<[DocId]>,
    at: usize,
}

impl DocSet for Walk {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.documents.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.documents.len()).unwrap_or(u32::MAX)
    }
}
