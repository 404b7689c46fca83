//! What stands before sign-in: how often an address may try, and how many passwords are hashed at once. Kept in memory,
//! one for each node, in `app.extras`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jcore::{App, Fault, FaultKind, Result};
use kernel::Stamp;
use tokio::sync::Semaphore;

/// Hashes at once: each takes 19 MiB and a core for some 15 ms; more than this only makes the others wait longer.
const HASHES_AT_ONCE: usize = 4;
/// Addresses remembered before those whose time is over are forgotten.
const ADDRESSES_SWEEP: usize = 10_000;
/// Addresses remembered at most: beyond this an attacker has so many that counting them helps nobody.
const ADDRESSES_MAX: usize = 200_000;

/// What is counted by address. A whole office stands behind one address, so the caps are for offices, not for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Giving a password.
    SignIn,
    /// Registering.
    Register,
    /// Asking for a link by mail.
    Forgot,
    /// Asking what fits a pasted text or a file: the dearest thing that anyone may ask for without an account.
    Match,
    /// Searching and suggestions while typing.
    Search,
}

impl Gate {
    /// How many in how many seconds.
    #[must_use]
    pub fn cap(self) -> (u32, i64) {
        match self {
            Self::SignIn => (30, 60),
            Self::Register => (20, 3600),
            Self::Forgot => (10, 900),
            Self::Match => (60, 60),
            Self::Search => (900, 60),
        }
    }
}

/// The guard. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Guard {
    seen: Arc<Mutex<HashMap<(Gate, String), Window>>>,
    hashes: Arc<Semaphore>,
}

#[derive(Clone, Copy)]
struct Window {
    began: Stamp,
    count: u32,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            seen: Arc::default(),
            hashes: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
        }
    }
}

impl Guard {
    /// The application's.
    ///
    /// # Errors
    /// Internal, when whoever put the application together left it out.
    pub fn of(app: &App) -> Result<&Self> {
        app.extra::<Self>()
            .ok_or_else(|| Fault::internal("accounts::Guard is missing from the application's extras"))
    }

    /// Counts one try of an address.
    ///
    /// # Errors
    /// `too-many`, when the cap is reached.
    pub fn pass(&self, gate: Gate, address: &str, now: Stamp) -> Result<()> {
        let (most, secs) = gate.cap();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES_SWEEP {
            seen.retain(|(gate, _), w| now.secs_since(w.began) < gate.cap().1);
        }
        if seen.len() >= ADDRESSES_MAX {
            seen.clear();
        }
        let window = seen
            .entry((gate, address.to_owned()))
            .or_insert(Window { began: now, count: 0 });
        // A clock that was set back begins a new window too.
        if !(0..secs).contains(&now.secs_since(window.began)) {
            *window = Window { began: now, count: 0 };
        }
        window.count = window.count.saturating_add(1);
        if window.count > most {
            Err(Fault::new(FaultKind::TooMany, "too-many"))
        } else {
            Ok(())
        }
    }

    /// Runs hashing work beside the async threads, a few at a time.
    pub(crate) async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self
            .hashes
            .acquire()
            .await
            .map_err(|e| Fault::internal(e.to_string()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| Fault::internal(format!("hashing: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_stopped_and_let_in_again() {
        let guard = Guard::default();
        let start = Stamp::from_micros(1_686_700_000_000_000);
        let (most, secs) = Gate::SignIn.cap();
        for _ in 0..most {
            guard.pass(Gate::SignIn, "10.0.0.1", start).unwrap();
        }
        assert_eq!(
            guard
                .pass(Gate::SignIn, "10.0.0.1", start.plus_secs(secs - 1))
                .unwrap_err()
                .code,
            "too-many"
        );
        guard.pass(Gate::SignIn, "10.0.0.2", start).unwrap();
        guard.pass(Gate::Forgot, "10.0.0.1", start).unwrap();
        guard.pass(Gate::SignIn, "10.0.0.1", start.plus_secs(secs)).unwrap();
    }
}
