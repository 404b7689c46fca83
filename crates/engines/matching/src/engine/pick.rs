//! Which documents may be found, and the best of them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use uuid::Uuid;

use super::ask::{Filter, Filters, Want};
use crate::index::{Alive, Known, NEVER, Segment, day_number, family_bit, region_number};

/// Marks with 1 the documents of a segment that are there and wanted.
pub(super) fn mask(segment: &Segment, alive: &Alive, want: &Want, out: &mut [u8]) {
    let families = want.families.iter().fold(0, |bits, family| bits | family_bit(*family));
    let families = if want.families.is_empty() { u8::MAX } else { families };
    for (out, family) in out.iter_mut().zip(segment.known.families()) {
        *out = u8::from(family & families != 0);
    }
    if alive.count() < segment.len() {
        for (local, out) in out.iter_mut().enumerate() {
            *out &= u8::from(alive.has(local));
        }
    }
    if !want.kinds.is_empty() {
        let kinds = segment.known.kinds(&want.kinds);
        for (local, out) in out.iter_mut().enumerate() {
            *out &= u8::from(segment.known.has_any(local, &kinds));
        }
    }
}

/// Filters as one segment knows them.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    filters: &'a Filters,
    fields: Vec<u16>,
    modes: Vec<u16>,
    region: Option<(u32, u32)>,
    day: Option<i64>,
}

impl<'a> Sieve<'a> {
    /// Nothing if there is nothing to filter by.
    pub(super) fn new(known: &Known, filters: &'a Filters) -> Option<Self> {
        (*filters != Filters::default()).then(|| Self {
            fields: known.fields(&filters.fields),
            modes: known.modes(&filters.modes),
            region: filters.region.as_deref().map(region_range),
            day: filters.on.map(day_number),
            filters,
        })
    }

    /// The first filter to which a document falls.
    pub(super) fn refuses(&self, known: &Known, local: usize) -> Option<Filter> {
        let has_region = |(from, to)| (from..=to).contains(&known.region(local));
        let price = known.price_min(local);
        let until = known.until(local);
        let maturity = known.maturity(local);
        let checks = [
            (
                Filter::Field,
                self.filters.fields.is_empty() || known.has_any(local, &self.fields),
            ),
            (Filter::Region, self.region.is_none_or(has_region)),
            (
                Filter::Maturity,
                self.filters
                    .maturity
                    .as_ref()
                    .is_none_or(|levels| maturity > 0 && levels.contains(&maturity)),
            ),
            (
                Filter::Mode,
                self.filters.modes.is_empty() || known.has_any(local, &self.modes),
            ),
            (
                Filter::Price,
                self.filters
                    .price_max
                    .is_none_or(|most| price == NEVER || price <= most.get()),
            ),
            (
                Filter::Validity,
                self.day.is_none_or(|day| until == NEVER || until >= day),
            ),
        ];
        checks
            .into_iter()
            .find_map(|(filter, passes)| (!passes).then_some(filter))
    }
}

/// The regions within one, as numbers: a code that ends with `00` stands for all that begin alike.
fn region_range(region: &str) -> (u32, u32) {
    let from = region_number(region);
    let width = match from {
        from if from % 10_000 == 0 => 9_999,
        from if from % 100 == 0 => 99,
        _ => 0,
    };
    (from, from + width)
}

/// A document that may be among the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Picked {
    pub(super) score: f32,
    pub(super) id: Uuid,
    pub(super) part: usize,
    pub(super) local: usize,
}

impl Eq for Picked {}

impl Ord for Picked {
    /// The better one is less: the higher score, then the lower id, so that a ranking is the same each time.
    fn cmp(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialOrd for Picked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best so many.
#[derive(Debug)]
pub(super) struct Top {
    heap: BinaryHeap<Picked>,
    limit: usize,
}

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            heap: BinaryHeap::with_capacity(limit + 1),
            limit,
        }
    }

    /// Takes one in, if it is good enough.
    pub(super) fn push(&mut self, picked: Picked) {
        if self.heap.len() < self.limit {
            self.heap.push(picked);
        } else if self.heap.peek().is_some_and(|worst| picked < *worst) {
            self.heap.pop();
            self.heap.push(picked);
        }
    }

    /// What a score must reach to be taken in.
    pub(super) fn needed(&self) -> f32 {
        if self.heap.len() < self.limit {
            f32::MIN
        } else {
            self.heap.peek().map_or(f32::INFINITY, |worst| worst.score)
        }
    }

    /// All, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Picked> {
        self.heap.iter()
    }

    /// All, the best first.
    pub(super) fn into_sorted(self) -> Vec<Picked> {
        self.heap.into_sorted_vec()
    }

    /// Takes in all of another.
    pub(super) fn take(&mut self, other: Self) {
        for picked in other.heap {
            self.push(picked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_holds_those_within_it() {
        assert_eq!(region_range("320000"), (320_000, 329_999));
        assert_eq!(region_range("32"), (320_000, 329_999));
        assert_eq!(region_range("320500"), (320_500, 320_599));
        assert_eq!(region_range("320506"), (320_506, 320_506));
    }

    #[test]
    fn the_best_are_kept_in_order() {
        let mut top = Top::new(3);
        for (id, score) in [(1, 0.5), (2, 3.0), (3, 2.0), (4, 2.0), (5, 2.0)] {
            top.push(Picked {
                score,
                id: Uuid::from_u128(id),
                part: 0,
                local: 0,
            });
        }
        assert!((top.needed() - 2.0).abs() < 1e-6);
        let ids: Vec<u128> = top.into_sorted().iter().map(|picked| picked.id.as_u128()).collect();
        assert_eq!(ids, [2, 3, 4]);
        assert!(Top::new(0).needed().is_infinite());
    }
}
