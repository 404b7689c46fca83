//! Typed ids: a UUID that says what it is the id of, so that a user's id can't be handed where an entry's is wanted.

/// Makes a newtype over [`uuid::Uuid`] with the traits that a key needs.
macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// The bare UUID, for the store.
            #[must_use]
            pub fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }
        impl From<uuid::Uuid> for $name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }
        }
        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// An organisation: a company, a university, an institute, a bureau.
    OrgId,
    /// A person with a login.
    UserId,
    /// One entry of a form: a patent, an achievement, a need.
    EntryId,
    /// One import of a sheet.
    BatchId,
    /// A stored file.
    FileId,
    /// A login session.
    SessionId,
    /// An API token.
    TokenId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_json_are_the_uuid() {
        let text = "01890a5d-ac96-774b-bcce-b302099a8057";
        let id: OrgId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<OrgId>(&format!("\"{text}\"")).unwrap(), id);
        assert_eq!(OrgId::from(id.uuid()), id);
        assert!("nothing".parse::<UserId>().is_err());
    }
}
