//! The one source of ids and secrets: UUIDs of version 7 whose time comes from the [`Clock`], random bytes and tokens.
//! With a seed the sequence repeats, so that tests and demo data come out the same.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use uuid::{Builder, Uuid};

use crate::time::{Clock, Stamp};

/// Microseconds in a millisecond: a version 7 UUID counts milliseconds.
const MICROS_PER_MILLI: i64 = 1000;
/// Random bytes in a token: 256 bits, beyond guessing.
const TOKEN_BYTES: usize = 32;
/// The low 62 bits of a version 7 UUID, which hold nothing but randomness.
const RANDOM_BITS: u128 = (1 << 62) - 1;
/// The 64 characters of a token, six bits each, none of which needs escaping in an address.
const TOKEN_CHARS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The generator and the last UUID it gave.
struct State {
    rng: StdRng,
    last: u128,
}

/// Makes ids and secrets. Share one in an `Arc`; it may be used from any thread.
pub struct Ids {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The state of the generator is a secret: whoever knows it knows the next token.
        f.debug_struct("Ids").finish_non_exhaustive()
    }
}

impl Ids {
    /// A generator on this clock. Without a seed it is seeded by the operating system; a seed is for tests and demo
    /// data only, since tokens from a known seed can be foretold.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, seed: Option<u64>) -> Self {
        let rng = seed.map_or_else(StdRng::from_os_rng, StdRng::seed_from_u64);
        Self {
            clock,
            state: Mutex::new(State { rng, last: 0 }),
        }
    }

    /// What time the clock of this generator shows.
    #[must_use]
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// A new UUID of version 7. Within one millisecond each is greater than the one before.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().micros().div_euclid(MICROS_PER_MILLI)).unwrap_or(0);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut random = [0; 10];
        state.rng.fill_bytes(&mut random);
        let fresh = Builder::from_unix_timestamp_millis(millis, &random)
            .into_uuid()
            .as_u128();
        let same_milli = fresh >> 80 == state.last >> 80;
        let room_left = state.last & RANDOM_BITS < RANDOM_BITS;
        let value = if same_milli && fresh <= state.last && room_left {
            state.last + 1
        } else {
            fresh
        };
        state.last = value;
        Uuid::from_u128(value)
    }

    /// `N` random bytes: a salt, a nonce, a key.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .rng
            .fill_bytes(&mut bytes);
        bytes
    }

    /// A secret of 256 bits in 43 characters that need no escaping in an address.
    #[must_use]
    pub fn token(&self) -> String {
        url_safe(&self.bytes::<TOKEN_BYTES>())
    }
}

/// Writes bytes six bits a character, most significant first (as base64 for addresses does, without padding).
fn url_safe(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = 0_u32;
        for at in 0..3 {
            group = group << 8 | u32::from(chunk.get(at).copied().unwrap_or(0));
        }
        for at in 0..=chunk.len() {
            let six = (group >> (18 - 6 * at)) & 63;
            text.push(char::from(TOKEN_CHARS[six as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::ManualClock;

    fn ids(seed: Option<u64>) -> Ids {
        Ids::new(
            Arc::new(ManualClock::new(Stamp::from_micros(1_686_722_760_000_000))),
            seed,
        )
    }

    #[test]
    fn uuids_carry_the_clocks_time_and_rise() {
        let ids = ids(Some(7));
        let mut last = Uuid::nil();
        for _ in 0..10_000 {
            let uuid = ids.uuid();
            assert_eq!(uuid.get_version_num(), 7);
            assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
            assert_eq!(uuid.get_timestamp().unwrap().to_unix().0, 1_686_722_760);
            assert!(uuid > last);
            last = uuid;
        }
    }

    #[test]
    fn a_seed_repeats_and_none_does_not() {
        assert_eq!(ids(Some(1)).token(), ids(Some(1)).token());
        assert_ne!(ids(Some(1)).token(), ids(Some(2)).token());
        assert_ne!(ids(None).bytes::<16>(), ids(None).bytes::<16>());
    }

    #[test]
    fn tokens_have_43_safe_characters() {
        let token = ids(None).token();
        assert_eq!(token.len(), 43);
        assert!(token.bytes().all(|byte| TOKEN_CHARS.contains(&byte)));
        assert_eq!(url_safe(&[0xfb, 0xff]), "-_8");
        assert_eq!(url_safe(b"Man"), "TWFu");
    }
}
