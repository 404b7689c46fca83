//! Counts the hits by kind, field, region, maturity and mode while they are found.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::words::COLUMNS;

/// How many hits have each value of each column.
pub(super) type Counts = [BTreeMap<String, u64>; COLUMNS.len()];

/// The collector.
pub(super) struct Tally;

/// Counting in one segment: by the values' numbers, which become names at the end.
pub(super) struct SegmentTally {
    columns: Vec<Option<(StrColumn, Vec<u64>)>>,
}

impl Collector for Tally {
    type Fruit = Counts;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let mut columns = Vec::with_capacity(COLUMNS.len());
        for name in COLUMNS {
            columns.push(segment.fast_fields().str(name)?.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }));
        }
        Ok(SegmentTally { columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut out = Counts::default();
        for segment in segments {
            for (sums, counts) in out.iter_mut().zip(segment) {
                for (value, count) in counts {
                    *sums.entry(value).or_default() += count;
                }
            }
        }
        Ok(out)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (column, counts) in self.columns.iter_mut().flatten() {
            for value in column.ords().values_for_doc(doc) {
                if let Some(count) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Counts {
        let mut out = Counts::default();
        for (names, column) in out.iter_mut().zip(self.columns) {
            let Some((column, counts)) = column else { continue };
            for (value, count) in (0_u64..).zip(counts).filter(|(_, count)| *count > 0) {
                let mut name = String::new();
                if column.ord_to_str(value, &mut name).unwrap_or(false) {
                    names.insert(name, count);
                }
            }
        }
        out
    }
}
