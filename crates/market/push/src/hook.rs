//! Webhooks: what fits goes to a machine of the subscriber's, signed, so that it can tell who sent it and that nothing was
//! changed; docs/push.md says how to check.

use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use jcore::notices::{Courier, NotSent};
use jcore::{App, BoxFuture};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use crate::config::outside;
use crate::rules::Channel;

/// Where a person's webhook leads, and the secret that both sides know. Kept sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) secret: String,
}

/// A message as it waits in the outbox.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) hook: Hook,
    /// The body, as it is signed.
    pub(crate) body: String,
}

/// The signature of a body at an instant: `v1=` and HMAC-SHA-256 over `TIMESTAMP.BODY` in hexadecimal. The instant is
/// signed along, so that an old message cannot be sent again as a new one.
#[must_use]
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // HMAC takes keys of every length, so this cannot fail; the fallback keeps the function total.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(timestamp.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("v1={}", kernel::text::hex(&mac.finalize().into_bytes()))
}

/// Whether a status says that the address will never take it: gone, or not for us. Everything else may pass.
fn for_good(status: u16) -> bool {
    matches!(status, 404 | 410)
}

/// Carries messages of the outbox to webhooks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HookCourier;

impl Courier for HookCourier {
    fn channel(&self) -> &'static str {
        Channel::Hook.code()
    }

    fn send<'a>(
        &'a self,
        app: &'a App,
        id: Uuid,
        payload: &'a serde_json::Value,
    ) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let letter = Letter::deserialize(payload).map_err(NotSent::for_good)?;
            let Some(outside) = outside(app) else {
                return Err(NotSent::for_now("webhooks are not set up"));
            };
            let timestamp = app.now().micros().div_euclid(1_000_000);
            let headers = [
                ("content-type", "application/json".to_owned()),
                ("x-jiebang-id", id.to_string()),
                ("x-jiebang-timestamp", timestamp.to_string()),
                (
                    "x-jiebang-signature",
                    signature(&letter.hook.secret, timestamp, &letter.body),
                ),
            ];
            let sent = outside
                .hooks()
                .send(Method::POST, &letter.hook.url, &headers, letter.body.into_bytes())
                .await;
            match sent {
                Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
                Ok(answer) => Err(NotSent {
                    what: format!("the webhook answered {}", answer.status),
                    for_good: for_good(answer.status),
                }),
                Err(what) => Err(NotSent::for_now(what)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_hmac_sha256_over_time_and_body() {
        // From: printf '1686722760.{"a":1}' | openssl dgst -sha256 -hmac secret
        let known = signature("secret", 1_686_722_760, "{\"a\":1}");
        assert_eq!(known.len(), 3 + 64);
        assert_eq!(known, EXPECTED);
        assert_ne!(known, signature("secret", 1_686_722_761, "{\"a\":1}"));
        assert_ne!(known, signature("secreu", 1_686_722_760, "{\"a\":1}"));
    }

    const EXPECTED: &str = "v1=605a74dc607c9fb23d2865a5e0c0f286cbe1c4166bc55abfd5b9c6182990ce2e";

    #[test]
    fn only_gone_is_for_good() {
        assert!(for_good(410) && for_good(404));
        assert!(
            [301, 302, 400, 401, 429, 500, 503]
                .iter()
                .all(|status| !for_good(*status))
        );
    }
}
