//! Who called a moment ago: kept in memory for the few routes that must not look into the store for every request, bids
//! above all. Kept for seconds, and forgotten at once when an act on this node touches people or organisations; another node
//! learns of a sign-out, an ended token or a lost role after those seconds at the latest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Method;
use kernel::Stamp;

use crate::Actor;
use crate::login::token_hash;

/// Seconds that a caller is kept.
pub const KEPT_SECS: i64 = 3;
/// Callers kept at most: beyond it those that are old go, then all.
const CALLERS_MAX: usize = 50_000;
/// The kinds of subject whose acts may change who somebody is or what they may.
const TOUCHES: [&str; 2] = ["user", "org"];

type Kept = HashMap<Vec<u8>, (Arc<Actor>, i64)>;

/// Callers of the routes that are told, in `app.extras`.
#[derive(Clone)]
pub struct Callers {
    swift: fn(&Method, &str) -> bool,
    kept: Arc<Mutex<Kept>>,
}

impl std::fmt::Debug for Callers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callers")
    }
}

impl Callers {
    /// For the routes that `swift` says yes to, by method and path.
    #[must_use]
    pub fn new(swift: fn(&Method, &str) -> bool) -> Self {
        Self {
            swift,
            kept: Arc::default(),
        }
    }

    /// Whether callers of a route are kept.
    #[must_use]
    pub(crate) fn is_swift(&self, method: &Method, path: &str) -> bool {
        (self.swift)(method, path)
    }

    /// Who a token belongs to, if it was looked up within the last seconds.
    #[must_use]
    pub(crate) fn known(&self, token: &str, now: Stamp) -> Option<Arc<Actor>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (actor, at) = kept.get(&token_hash(token))?;
        is_fresh(*at, now).then(|| actor.clone())
    }

    /// Keeps who a token belongs to.
    pub(crate) fn keep(&self, token: &str, actor: &Arc<Actor>, now: Stamp) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= CALLERS_MAX {
            kept.retain(|_, (_, at)| is_fresh(*at, now));
        }
        if kept.len() >= CALLERS_MAX {
            kept.clear();
        }
        kept.insert(token_hash(token), (actor.clone(), now.micros()));
    }

    /// An act was committed: where it touched people or organisations, everybody is looked up again.
    pub(crate) fn heard<'a>(&self, mut subject_kinds: impl Iterator<Item = &'a str>) {
        if subject_kinds.any(|kind| TOUCHES.contains(&kind)) {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

fn is_fresh(at: i64, now: Stamp) -> bool {
    (0..KEPT_SECS * 1_000_000).contains(&now.micros().saturating_sub(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_kept_for_seconds_and_forgotten_when_people_change() {
        let callers = Callers::new(|method, path| method == Method::POST && path == "/swift");
        assert!(callers.is_swift(&Method::POST, "/swift") && !callers.is_swift(&Method::GET, "/swift"));
        let now = Stamp::from_micros(1_000_000);
        let actor = Arc::new(Actor::visitor());
        callers.keep("token", &actor, now);
        assert!(callers.known("token", now).is_some() && callers.known("other", now).is_none());
        assert!(callers.known("token", now.plus_secs(KEPT_SECS)).is_none());
        assert!(
            callers.known("token", now.plus_secs(-1)).is_none(),
            "a clock that went back"
        );
        callers.heard(["lot"].into_iter());
        assert!(callers.known("token", now).is_some());
        callers.heard(["lot", "user"].into_iter());
        assert!(callers.known("token", now).is_none());
    }
}
