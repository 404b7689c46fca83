//! Signed links: what a mail's reader can do without signing in. A link names a message, a recipient or a batch and carries a
//! keyed fingerprint of it, so that nobody can make one up; it opens nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jcore::{App, Fault, Result};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Bytes of the fingerprint that a link carries: 128 bits, beyond guessing, and the link stays short in a mail.
const MAC_BYTES: usize = 16;
/// Bytes of an id.
const ID_BYTES: usize = 16;
/// How long a link to a message can be used: as long as most items are public.
pub(crate) const LINK_DAYS: i64 = 180;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Looking at a pushed item and answering: names a message.
    Message,
    /// Unsubscribing an account: names it.
    User,
    /// Unsubscribing a liaison without an account: names the liaison.
    Liaison,
    /// A batch for a partner.
    Batch,
}

impl For {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Message => b"push message",
            Self::User => b"push off user",
            Self::Liaison => b"push off liaison",
            Self::Batch => b"push batch",
        }
    }
}

fn mac(app: &App, what: For, id: Uuid) -> [u8; MAC_BYTES] {
    let whole = app.keys.fingerprint(&[b"push link v1", what.label(), id.as_bytes()]);
    let mut out = [0; MAC_BYTES];
    out.copy_from_slice(&whole[..MAC_BYTES]);
    out
}

/// A link's token.
pub(crate) fn token(app: &App, what: For, id: Uuid) -> String {
    let mut bytes = Vec::with_capacity(ID_BYTES + MAC_BYTES);
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(&mac(app, what, id));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a token names.
///
/// # Errors
/// Not found, when it was not made here or for something else.
pub(crate) fn read(app: &App, what: For, token: &str) -> Result<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Fault::not_found())?;
    let (id, given) = bytes.split_at_checked(ID_BYTES).ok_or_else(Fault::not_found)?;
    let id = Uuid::from_slice(id).map_err(|_| Fault::not_found())?;
    if bool::from(mac(app, what, id).ct_eq(given)) {
        Ok(id)
    } else {
        Err(Fault::not_found())
    }
}

/// Whom a link to unsubscribe names, and whether it is an account.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_off(app: &App, token: &str) -> Result<(Uuid, bool)> {
    match read(app, For::User, token) {
        Ok(id) => Ok((id, true)),
        Err(_) => read(app, For::Liaison, token).map(|id| (id, false)),
    }
}
