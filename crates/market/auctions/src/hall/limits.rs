//! Floods are cut before the log, by bidder and by address: each has a bucket of bids that fills again with time. What is
//! cut was not placed and has no step in the log.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Bids a second that one bidder may keep up: faster than anybody clicks.
pub(crate) const BIDDER_A_SECOND: i64 = 5;
/// Bids that a bidder may give at once.
pub(crate) const BIDDER_BURST: i64 = 15;
/// Bids a second from one address: a whole office behind one line.
pub(crate) const ADDRESS_A_SECOND: i64 = 100;
/// Bids at once from one address.
pub(crate) const ADDRESS_BURST: i64 = 300;
/// Buckets from which on full ones are forgotten, which changes nothing; they are full again within seconds.
const BUCKETS_MAX: usize = 20_000;

/// A bid in a bucket is a million parts, so that a microsecond fills a whole number of them.
const PARTS: i64 = 1_000_000;

#[derive(Clone, Copy)]
struct Bucket {
    parts: i64,
    at: i64,
}

struct Map<K> {
    buckets: HashMap<K, Bucket>,
    /// How many there are when full ones are forgotten next: twice what was left, so that looking through stays rare.
    sweep_at: usize,
}

struct Buckets<K> {
    map: Mutex<Map<K>>,
    a_second: i64,
    burst: i64,
}

impl<K: Hash + Eq> Buckets<K> {
    fn new(a_second: i64, burst: i64) -> Self {
        Self {
            map: Mutex::new(Map {
                buckets: HashMap::new(),
                sweep_at: BUCKETS_MAX,
            }),
            a_second,
            burst,
        }
    }

    fn take(&self, key: K, now: i64) -> bool {
        let full = self.burst * PARTS;
        let mut map = self.map.lock().unwrap_or_else(PoisonError::into_inner);
        if map.buckets.len() >= map.sweep_at {
            map.buckets.retain(|_, bucket| self.filled(*bucket, now) < full);
            map.sweep_at = BUCKETS_MAX.max(map.buckets.len() * 2);
        }
        let bucket = map.buckets.entry(key).or_insert(Bucket { parts: full, at: now });
        bucket.parts = self.filled(*bucket, now);
        bucket.at = now;
        let may = bucket.parts >= PARTS;
        if may {
            bucket.parts -= PARTS;
        }
        may
    }

    /// What a bucket holds at an instant, in parts; a clock that went back fills nothing.
    fn filled(&self, bucket: Bucket, now: i64) -> i64 {
        let gained = now.saturating_sub(bucket.at).max(0).saturating_mul(self.a_second);
        bucket.parts.saturating_add(gained).min(self.burst * PARTS)
    }
}

/// The limits of the halls.
pub(crate) struct Limits {
    on: AtomicBool,
    bidders: Buckets<(String, u32)>,
    addresses: Buckets<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: AtomicBool::new(true),
            bidders: Buckets::new(BIDDER_A_SECOND, BIDDER_BURST),
            addresses: Buckets::new(ADDRESS_A_SECOND, ADDRESS_BURST),
        }
    }
}

impl Limits {
    /// Switches them, for measuring.
    pub(crate) fn switch(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }

    /// Whether a bid may go on to the log, at an instant in microseconds.
    pub(crate) fn may(&self, lot: &str, paddle: u32, address: &str, now: i64) -> bool {
        if !self.on.load(Ordering::Relaxed) {
            return true;
        }
        // The address first: a flood from elsewhere must not empty a bidder's bucket.
        (address.is_empty() || self.addresses.take(address.to_owned(), now))
            && self.bidders.take((lot.to_owned(), paddle), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_cut_and_a_second_later_bids_go_on() {
        let limits = Limits::default();
        let given = |now| (0..1000).filter(|_| limits.may("lot", 1, "10.0.0.1", now)).count() as i64;
        assert_eq!(given(0), BIDDER_BURST);
        assert_eq!(given(PARTS), BIDDER_A_SECOND);
        assert!(limits.may("lot", 2, "10.0.0.2", PARTS), "another bidder is not touched");
        assert_eq!(given(0), 0, "a clock that went back fills nothing");
        limits.switch(false);
        assert_eq!(given(0), 1000);
    }

    #[test]
    fn an_address_is_bounded_whoever_bids_from_it() {
        let limits = Limits::default();
        let placed = (0..10_000_u32).filter(|n| limits.may("lot", *n, "10.0.0.1", 0)).count() as i64;
        assert_eq!(placed, ADDRESS_BURST);
        let many = (0..50_000_u32)
            .filter(|n| limits.may("lot", *n, "", i64::from(*n)))
            .count();
        assert_eq!(many, 50_000, "each has a bucket of its own");
    }
}
