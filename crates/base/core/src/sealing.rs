//! Withheld data: sealed at rest with a key outside the database, and shown only to who has the right to look.

use std::fmt;
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use kernel::Ids;

use crate::{Fault, Sight};

/// Bytes of the key, as XChaCha20-Poly1305 and HMAC-SHA-256 take it.
pub const KEY_BYTES: usize = 32;
/// Bytes of a nonce: 24 random bytes never meet twice, so no counter has to be kept between nodes.
const NONCE_BYTES: usize = 24;
/// The first byte of everything sealed: which form it has.
const FORM: u8 = 1;

/// The platform's secret keys. They live outside the database: in a file of mode 0600, or in the environment.
pub struct Keys {
    cipher: XChaCha20Poly1305,
    mac: [u8; KEY_BYTES],
    other: [u8; KEY_BYTES],
    ids: Ids,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

/// Sealed bytes, as stored.
pub type Sealed = Vec<u8>;

impl Keys {
    /// From a master key; the cipher's and the index's keys are derived from it.
    #[must_use]
    pub fn new(master: &[u8; KEY_BYTES], ids: Ids) -> Self {
        let derive = |label: &[u8]| hmac_sha256(master, &[label]);
        let cipher = XChaCha20Poly1305::new(&derive(b"jiebang seal v1").into());
        Self {
            cipher,
            mac: derive(b"jiebang mac v1"),
            other: derive(b"jiebang other v1"),
            ids,
        }
    }

    /// A secret of its own for another purpose, the signing of bids say, by a label that is used for nothing else.
    #[must_use]
    pub fn derived(&self, label: &[u8]) -> [u8; KEY_BYTES] {
        hmac_sha256(&self.other, &[label])
    }

    /// Reads the key file of a data folder, or makes it at the first start (readable by its owner only).
    ///
    /// # Errors
    /// The file's, or a key of another length.
    pub fn load_or_make(path: &Path, ids: Ids) -> std::io::Result<Self> {
        let master: [u8; KEY_BYTES] = match std::fs::read(path) {
            Ok(bytes) => bytes.try_into().map_err(|_| {
                std::io::Error::other(format!(
                    "{}: a key has {KEY_BYTES} bytes; restore it from a backup",
                    path.display()
                ))
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let master = ids.bytes::<KEY_BYTES>();
                write_private(path, &master)?;
                master
            }
            Err(e) => return Err(e),
        };
        Ok(Self::new(&master, ids))
    }

    /// Seals bytes. `place` names table, column and row, so that a value moved elsewhere no longer opens.
    #[must_use]
    pub fn seal(&self, place: &str, plain: &[u8]) -> Sealed {
        let nonce = self.ids.bytes::<NONCE_BYTES>();
        let sealed = self
            .cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: place.as_bytes(),
                },
            )
            // The cipher refuses only texts beyond 256 GiB; every text here is capped far below.
            .unwrap_or_default();
        let mut out = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        out.push(FORM);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens sealed bytes.
    ///
    /// # Errors
    /// [`Fault`] when they were changed, moved, or sealed with another key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let broken = || {
            Fault::internal(format!(
                "sealed data at {place} do not open: changed, moved, or another key"
            ))
        };
        if sealed.first() != Some(&FORM) || sealed.len() < 1 + NONCE_BYTES {
            return Err(broken());
        }
        let nonce: [u8; NONCE_BYTES] = sealed[1..=NONCE_BYTES].try_into().map_err(|_| broken())?;
        self.cipher
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &sealed[1 + NONCE_BYTES..],
                    aad: place.as_bytes(),
                },
            )
            .map_err(|_| broken())
    }

    /// Seals a value as JSON.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn seal_json<T: Serialize>(&self, place: &str, value: &T) -> Result<Sealed, Fault> {
        let plain = serde_json::to_vec(value).map_err(|e| Fault::internal(format!("{place}: {e}")))?;
        Ok(self.seal(place, &plain))
    }

    /// Opens a value into [`Withheld`].
    ///
    /// # Errors
    /// As [`Keys::open`].
    pub fn open_json<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<Withheld<T>, Fault> {
        let plain = self.open(place, sealed)?;
        serde_json::from_slice(&plain)
            .map(Withheld)
            .map_err(|e| Fault::internal(format!("{place}: {e}")))
    }

    /// A keyed fingerprint, for looking a sealed value up without opening it, and for tokens that the server can check.
    #[must_use]
    pub fn fingerprint(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac_sha256(&self.mac, parts)
    }
}

fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length, so this cannot fail; the fallback keeps the function total.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A value that must not leave the server unless its reader has the right to see it: it has no `Serialize` and no
/// `Display`, its `Debug` tells nothing, and it opens only to a [`Sight`].
pub struct Withheld<T>(T);

impl<T> Withheld<T> {
    /// Wraps a value that was just read or typed.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Shows the value to who has the right.
    pub fn reveal(&self, _sight: &Sight) -> &T {
        &self.0
    }

    /// Gives the value to who has the right.
    pub fn into_revealed(self, _sight: &Sight) -> T {
        self.0
    }

    /// For code that moves the value without showing it: sealing it again, comparing it, sending it where its owner asked.
    /// Each use says why it is no showing.
    pub fn unshown(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Withheld<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[withheld]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn keys() -> Keys {
        let ids = Ids::new(
            Arc::new(kernel::ManualClock::new(kernel::Stamp::from_micros(0))),
            Some(7),
        );
        Keys::new(&[9; KEY_BYTES], ids)
    }

    #[test]
    fn opens_what_it_sealed_and_only_there() {
        let keys = keys();
        let sealed = keys.seal("entry.sealed/1", "南京某公司".as_bytes());
        assert_eq!(keys.open("entry.sealed/1", &sealed).unwrap(), "南京某公司".as_bytes());
        assert!(keys.open("entry.sealed/2", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(keys.open("entry.sealed/1", &changed).is_err(), "byte {i}");
        }
        assert!(keys.open("entry.sealed/1", &[]).is_err());
    }

    #[test]
    fn withheld_values_print_nothing() {
        assert_eq!(format!("{:?}", Withheld::new("138 0000 0000")), "[withheld]");
    }

    #[test]
    fn fingerprints_depend_on_where_parts_end() {
        let keys = keys();
        assert_ne!(keys.fingerprint(&[b"ab", b"c"]), keys.fingerprint(&[b"a", b"bc"]));
    }
}
