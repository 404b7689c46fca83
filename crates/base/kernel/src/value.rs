//! What the text-like values share: one error for text that is no such value, and serde as the canonical text.

/// Text that is not the canonical text of the value it was meant to be. The tolerant readers ([`crate::read`]) give
/// finer [`crate::Issue`]s; this one is for stored and transmitted text, which is canonical already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a valid {what}")]
pub struct Invalid {
    /// What the text was meant to be, for example `patent number`.
    pub what: &'static str,
}

/// Serialises a value as its `Display` text, and deserialises it through `FromStr`, which validates.
macro_rules! serde_as_text {
    ($value:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use serde_as_text;
