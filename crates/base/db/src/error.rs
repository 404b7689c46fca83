//! What can go wrong at the store, sorted by what the caller can do about it.

/// A store error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique index refused the row: somebody else was first. Carries the engine's text.
    #[error("the row exists already: {0}")]
    Duplicate(String),
    /// The row was changed since it was read (the version did not match).
    #[error("the row was changed meanwhile")]
    Stale,
    /// The engine asks to run the transaction again (deadlock, serialization, busy).
    #[error("the store asks to try again: {0}")]
    Retry(String),
    /// No such row.
    #[error("no such row")]
    Missing,
    /// The address of the database cannot be used.
    #[error("database address {0}: expected sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// The migrations could not be applied.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Anything else.
    #[error("store: {0}")]
    Other(sqlx::Error),
}

/// The result of a store call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether running the same transaction again may succeed.
    #[must_use]
    pub fn is_retry(&self) -> bool {
        matches!(self, Self::Retry(_))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => return Self::Missing,
            sqlx::Error::Database(inner) => {
                if inner.is_unique_violation() {
                    return Self::Duplicate(inner.message().to_owned());
                }
                // PostgreSQL: serialization failure, deadlock; SQLite: busy, locked.
                if matches!(
                    inner.code().as_deref(),
                    Some("40001" | "40P01" | "5" | "6" | "261" | "517")
                ) {
                    return Self::Retry(inner.message().to_owned());
                }
            }
            _ => {}
        }
        Self::Other(error)
    }
}
