//! The demo's folder: known by a note that is written first, finished by a mark in the store that is written last.

use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use crate::marks;
use crate::open::make_folder;
use crate::settings::{Settings, is_empty};
use crate::voice::Voice;

/// The note that makes a folder the demo's own.
const NOTE: &str = "DEMO.txt";
/// What a demo puts into its folder: all that `--fresh` may delete.
const OWN: [&str; 12] = [
    "jiebang.db",
    "jiebang.db-wal",
    "jiebang.db-shm",
    "bids.db",
    "bids.db-wal",
    "bids.db-shm",
    "bids.lock",
    "files",
    "index",
    "keys",
    "mail",
    NOTE,
];

/// What a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Empty or not there.
    Empty,
    /// A demo that was made to its end.
    Made,
    /// A demo that was not.
    Half,
    /// Something else, which is left alone.
    Foreign,
}

/// Looks at the folder.
pub(crate) async fn state(settings: &Settings) -> Result<State> {
    if is_empty(&settings.data)? {
        return Ok(State::Empty);
    }
    if !settings.data.join(NOTE).is_file() {
        return Ok(State::Foreign);
    }
    if !settings.lite_path().is_file() {
        return Ok(State::Half);
    }
    let options = db::Options {
        url: settings.database_url(),
        unsafe_fast: false,
    };
    // A database that cannot be read, or has no such table, was not made to its end either.
    let Ok(store) = db::Db::open(&options).await else {
        return Ok(State::Half);
    };
    let mark = marks::get(&store, marks::DEMO).await;
    store.close().await;
    Ok(if matches!(mark, Ok(Some(_))) {
        State::Made
    } else {
        State::Half
    })
}

/// Makes the folder with its note.
pub(crate) fn prepare(voice: &Voice, data: &Path) -> Result<()> {
    make_folder(data)?;
    std::fs::write(data.join(NOTE), format!("{}\n", voice.word("cli-demo-note")))
}

/// Deletes what a demo put into its folder, and nothing else; a folder without the note is refused.
pub(crate) fn clear(data: &Path) -> Result<()> {
    if is_empty(data)? {
        return Ok(());
    }
    if !data.join(NOTE).is_file() {
        return Err(Error::from(ErrorKind::AlreadyExists));
    }
    for name in OWN {
        let path = data.join(name);
        let gone = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        match gone {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;

    #[tokio::test]
    async fn a_folder_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let voice = Voice::new(Lang::Zh).unwrap();
        let settings = Settings {
            data: folder.path().join("demo"),
            ..Settings::default()
        };
        assert_eq!(state(&settings).await.unwrap(), State::Empty);
        std::fs::create_dir(&settings.data).unwrap();
        std::fs::write(settings.data.join("thesis.docx"), "x").unwrap();
        assert_eq!(state(&settings).await.unwrap(), State::Foreign);
        assert!(clear(&settings.data).is_err(), "what is not ours is not deleted");
        assert!(settings.data.join("thesis.docx").is_file());
        std::fs::remove_file(settings.data.join("thesis.docx")).unwrap();
        prepare(&voice, &settings.data).unwrap();
        assert_eq!(state(&settings).await.unwrap(), State::Half);
        let store = crate::open::Start::making(&voice, &settings)
            .database()
            .await
            .ok()
            .unwrap();
        assert_eq!(state(&settings).await.unwrap(), State::Half);
        marks::put(&store, marks::DEMO, "1").await.ok().unwrap();
        store.close().await;
        assert_eq!(state(&settings).await.unwrap(), State::Made);
        std::fs::write(settings.data.join("notes.txt"), "mine").unwrap();
        clear(&settings.data).unwrap();
        assert!(settings.data.join("notes.txt").is_file() && !settings.lite_path().exists());
    }
}
