//! A PostgreSQL cluster in a temporary folder. Needs the standard library, `anyhow` and `tempfile` only, so that the build
//! tasks can use the same file.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// What waits for this process to end, however it ends, then stops the cluster and removes its folder: a test that
/// is broken off drops nothing, and neither does one that keeps the cluster for as long as its process lives.
const KEEPER: &str =
    r#"while kill -0 "$1" 2>/dev/null; do sleep 1; done; shift; folder=$1; shift; "$@"; rm -rf "$folder""#;

/// A running cluster that stops when dropped, or when this process ends.
#[derive(Debug)]
pub struct Cluster {
    /// Its address.
    pub url: String,
    folder: tempfile::TempDir,
    bin: PathBuf,
}

fn bin_folder() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|e| Some(e.ok()?.path().join("bin")))
        .filter(|p| p.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn command(program: &Path) -> Command {
    if is_root() {
        let mut c = Command::new("runuser");
        c.args(["-u", "postgres", "--"]).arg(program);
        c
    } else {
        Command::new(program)
    }
}

fn run(mut c: Command) -> Result<()> {
    let out = c.stdin(Stdio::null()).current_dir("/tmp").output()?;
    if !out.status.success() {
        bail!(
            "{c:?}: {}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
    }
    Ok(())
}

impl Cluster {
    /// Makes and starts a cluster in a temporary folder; none when PostgreSQL is not installed.
    ///
    /// # Errors
    /// When it is installed but does not start.
    pub fn start() -> Result<Option<Self>> {
        let Some(bin) = bin_folder() else { return Ok(None) };
        let folder = tempfile::Builder::new().prefix("jiebang-pg-").tempdir_in("/tmp")?;
        if is_root() {
            run({
                let mut c = Command::new("chown");
                c.arg("postgres").arg(folder.path());
                c
            })?;
        }
        let data = folder.path().join("data");
        run({
            let mut c = command(&bin.join("initdb"));
            c.args([
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "jiebang",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-D",
            ])
            .arg(&data);
            c
        })?;
        let mut stop = command(&bin.join("pg_ctl"));
        stop.arg("-D").arg(&data).args(["-m", "immediate", "stop"]);
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper", &std::process::id().to_string()])
            .arg(folder.path())
            .arg(stop.get_program())
            .args(stop.get_args())
            .current_dir("/tmp")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A signal to the tests' group is not for it.
            .process_group(0)
            .spawn();
        drop(keeper.context("starting what stops PostgreSQL")?);
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB",
            folder.path().display()
        );
        run({
            let mut c = command(&bin.join("pg_ctl"));
            c.arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(folder.path().join("log"))
                .args(["-w", "-o", &options, "start"]);
            c
        })
        .context("starting PostgreSQL")?;
        Ok(Some(Self {
            url: format!("postgres://jiebang@127.0.0.1:{port}/postgres"),
            folder,
            bin,
        }))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut c = command(&self.bin.join("pg_ctl"));
        c.arg("-D")
            .arg(self.folder.path().join("data"))
            .args(["-m", "immediate", "stop"]);
        let _ = run(c);
    }
}
