//! Passwords: what is accepted, and how they are kept (argon2id, beside the async threads, a few at a time).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jcore::{App, Fault, Result};
use kernel::Issue;

use crate::guard::Guard;

/// The password of the demo's accounts. Everybody may know it: the demo holds nothing but invented data.
pub const DEMO_PASSWORD: &str = "jiebang-demo-2023";
/// The mail domain of the demo's accounts, by which the sign-in page finds them.
pub const DEMO_DOMAIN: &str = "@demo.example.cn";
/// The fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// The most: a sentence is welcome, a book only costs time.
pub const PASSWORD_CHARS_MAX: usize = 200;
/// Bytes of a salt, as recommended for argon2.
const SALT_BYTES: usize = 16;
/// The shortest part of a mail address or name that a password must not be built around.
const OWN_PART_CHARS_MIN: usize = 4;
/// Passwords of enough length that lists of stolen ones are full of.
const COMMON: &[&str] = &[
    "0123456789",
    "1234567890",
    "12345678910",
    "1234567890a",
    "1234512345",
    "1122334455",
    "1111111111",
    "0000000000",
    "8888888888",
    "6666666666",
    "9876543210",
    "0987654321",
    "123456789a",
    "a123456789",
    "qwertyuiop",
    "asdfghjkl123",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "q1w2e3r4t5",
    "qwerty12345",
    "qwerty123456",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "woaini1314",
    "woaini520520",
    "woaini1314520",
    "5201314520",
    "1314520520",
    "iloveyou123",
    "abcd123456",
    "abc1234567",
    "abcdefghij",
    "admin12345",
    "admin123456",
    "administrator",
    "jiangsu123",
    "jiangsu2023",
    "nanjing123",
    "letmein123",
    "changeme123",
    "welcome123",
    "monkey12345",
    "aa123456789",
    "zxcvbnm123",
    "asd123456789",
    "123123123123",
    "123456123456",
    "123321123321",
    "qq123456789",
    "q123456789",
];

/// A hash that no password is known to fit, of the same parameters as real ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Qm9keWxlc3NTYWx0MDAwMA$0DIzi4L1lVZ3lWnA5zYp4WjVgM7jzQmpt1wW4eLqV2c";

/// A password's hash, as the store keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// The stored text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashed")
    }
}

/// What is wrong with a password, if anything; `own` are the person's mail address and names.
#[must_use]
pub fn judge(password: &str, own: &[&str]) -> Option<Issue> {
    let chars = password.chars().count();
    if chars < PASSWORD_CHARS_MIN {
        let issue = Issue::error("accounts-password-short");
        return Some(
            issue
                .with("found", chars.to_string())
                .with("min", PASSWORD_CHARS_MIN.to_string()),
        );
    }
    if chars > PASSWORD_CHARS_MAX {
        return Some(Issue::error("accounts-password-long").with("max", PASSWORD_CHARS_MAX.to_string()));
    }
    let folded = password.to_lowercase();
    if COMMON.contains(&folded.as_str()) || is_monotone(&folded) {
        return Some(Issue::error("accounts-password-common"));
    }
    is_own(&folded, own).then(|| Issue::error("accounts-password-own"))
}

/// One or two characters repeated.
fn is_monotone(password: &str) -> bool {
    let mut kinds: Vec<char> = Vec::new();
    for c in password.chars() {
        if !kinds.contains(&c) {
            kinds.push(c);
        }
    }
    kinds.len() <= 2
}

/// Whether hardly more is left than digits once the person's own mail or name is taken out.
fn is_own(password: &str, own: &[&str]) -> bool {
    own.iter().map(|text| text.to_lowercase()).any(|text| {
        let local = text.split('@').next().unwrap_or_default().to_owned();
        [text, local]
            .iter()
            .filter(|part| part.chars().count() >= OWN_PART_CHARS_MIN)
            .any(|part| {
                let rest = password.replacen(part.as_str(), "", 1);
                rest.len() < password.len() && rest.chars().all(|c| !c.is_alphabetic()) && rest.chars().count() < 6
            })
    })
}

/// Hashes a password. Done before an act begins: it takes far longer than a write may.
///
/// # Errors
/// Internal, when hashing fails.
pub async fn hash_password(app: &App, password: &str) -> Result<Hashed> {
    let salt = app.ids.bytes::<SALT_BYTES>();
    let password = password.to_owned();
    let hash = move || {
        let made: std::result::Result<PasswordHash, _> =
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        made.map(|h| h.to_string()).map_err(|e| e.to_string())
    };
    Guard::of(app)?
        .hashing(hash)
        .await?
        .map(Hashed)
        .map_err(|e| Fault::internal(format!("password hash: {e}")))
}

/// Whether the password fits the stored hash. Without a hash the same work is done in vain, so that the time tells
/// nothing about whether there is such an account.
pub(crate) async fn fits(app: &App, password: &str, stored: Option<&str>) -> Result<bool> {
    let known = stored.is_some();
    let stored = stored.unwrap_or(NOBODY).to_owned();
    let password = password.to_owned();
    let check = move || {
        PasswordHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    };
    Ok(Guard::of(app)?.hashing(check).await? && known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<&'static str> {
        judge(password, &["zhangsan@njust.example.cn", "Zhang Sanfeng"]).map(|i| i.code)
    }

    #[test]
    fn judges_passwords() {
        assert_eq!(code("九个汉字不够长的啊"), Some("accounts-password-short"));
        assert_eq!(code("十个汉字的口令就够了呀"), None);
        assert_eq!(code("Qwertyuiop"), Some("accounts-password-common"));
        assert_eq!(code("abababababab"), Some("accounts-password-common"));
        assert_eq!(code("zhangsan@njust.example.cn"), Some("accounts-password-own"));
        assert_eq!(code("ZhangSan2023"), Some("accounts-password-own"));
        assert_eq!(code("zhangsan-likes-tea"), None);
        assert_eq!(code(&"好".repeat(201)), Some("accounts-password-long"));
        assert_eq!(code("correct horse battery"), None);
    }

    #[test]
    fn every_common_password_is_long_enough_to_matter() {
        for p in COMMON {
            assert!(p.len() >= PASSWORD_CHARS_MIN, "{p}");
            assert_eq!(*p, p.to_lowercase());
        }
    }

    #[test]
    fn the_vain_hash_can_be_read() {
        let salt = [7; SALT_BYTES];
        let made: PasswordHash = Argon2::default()
            .hash_password_with_salt(b"pass phrase here", &salt)
            .unwrap();
        assert!(
            made.to_string().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{made}"
        );
        let made = PasswordHash::new(&made.to_string()).unwrap();
        assert!(Argon2::default().verify_password(b"pass phrase here", &made).is_ok());
        assert!(Argon2::default().verify_password(b"pass phrase there", &made).is_err());
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(nobody.params, made.params);
        assert_eq!(nobody.hash.map(|h| h.len()), made.hash.map(|h| h.len()));
    }
}
