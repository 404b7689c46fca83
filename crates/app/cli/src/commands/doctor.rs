//! `jiebang doctor`: looks at an installation and says what is well, what is doubtful and what is bad, each with how to
//! mend it. It changes nothing.

use std::path::Path;
use std::time::Duration;

use db::Db;
use jcore::notices::Mailer;
use jcore::{KEY_BYTES, Keys};
use kernel::{Clock, Day, Ids, Stamp, SystemClock};

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::{key_check, mailer, without_password};
use crate::settings::{DATA_DEFAULT, FILE, Settings};
use crate::voice::Voice;
use crate::{marks, out};

/// Free space below which the disk is bad: a write-ahead log and a few uploads fill it.
const FREE_BAD_MB: u64 = 200;
/// Free space below which it is doubtful: a year's sheets and papers take a gigabyte or two.
const FREE_LOW_MB: u64 = 2_048;
/// How far the machine's clock may lie behind the newest deed in the store: nodes differ by less.
const CLOCK_BEHIND_SECS: i64 = 300;
/// How long a mail server may take to take a connection.
const SMTP_WAIT: Duration = Duration::from_secs(3);

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Bad,
}

/// What was found.
#[derive(Debug)]
struct Finding {
    state: State,
    /// What was looked at: words under `cli-doctor-KEY`.
    key: &'static str,
    text: String,
}

/// What is found on the way.
struct Findings<'a> {
    voice: &'a Voice,
    list: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, state: State, key: &'static str, id: &str, args: &[(&str, String)]) {
        let text = self.voice.say(&format!("cli-doctor-{id}"), args);
        self.list.push(Finding { state, key, text });
    }

    /// A line is printed as `ok`, `warn` or `bad`, the same in every language so that scripts can look for it.
    fn print(&self) -> bool {
        for finding in &self.list {
            let state = match finding.state {
                State::Ok => "ok  ",
                State::Warn => "warn",
                State::Bad => "bad ",
            };
            let what = self.voice.word(&format!("cli-doctor-{}", finding.key));
            out::line(&format!("{state}  {what}: {}", finding.text));
        }
        self.list.iter().any(|f| f.state == State::Bad)
    }
}

/// Looks at everything and fails when something is bad.
pub(crate) async fn run(voice: &Voice, global: &Global) -> Done {
    let mut found = Findings {
        voice,
        list: Vec::new(),
    };
    match Settings::load(voice, &global.flags(), DATA_DEFAULT) {
        Err(failure) => {
            let what = failure.text(voice).unwrap_or_default();
            found.add(State::Bad, "settings", "settings-bad", &[("what", what)]);
        }
        Ok(settings) => {
            settings_file(&mut found, &settings);
            folder(&mut found, &settings.data);
            let store = database(&mut found, &settings).await;
            key(&mut found, &settings, store.as_ref()).await;
            clock(&mut found, store.as_ref()).await;
            mail(&mut found, &settings).await;
            scanner(&mut found, &settings).await;
            space(&mut found, &settings.data);
            if let Some(store) = store {
                store.close().await;
            }
        }
    }
    fonts(&mut found);
    if found.print() { Err(Failure::Said) } else { Ok(()) }
}

fn settings_file(found: &mut Findings<'_>, settings: &Settings) {
    let file = settings.data.join(FILE);
    let path = file.display().to_string();
    if !file.exists() {
        found.add(State::Ok, "settings", "settings-none", &[("path", path)]);
    } else if settings.smtp_password.is_some() && readable_by_others(&file) {
        found.add(State::Warn, "settings", "settings-open", &[("path", path)]);
    } else {
        found.add(State::Ok, "settings", "settings-ok", &[("path", path)]);
    }
}

/// Whether others than the owner may read a file or look into a folder. Where the system has no such modes: no.
fn readable_by_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn folder(found: &mut Findings<'_>, data: &Path) {
    let path = data.display().to_string();
    if !data.is_dir() {
        found.add(State::Bad, "folder", "folder-none", &[("path", path)]);
        return;
    }
    // The surest way to know whether one may write is to write: a file that is gone when dropped.
    if let Err(e) = tempfile::NamedTempFile::new_in(data) {
        found.add(
            State::Bad,
            "folder",
            "folder-fixed",
            &[("path", path), ("what", e.to_string())],
        );
    } else if readable_by_others(data) {
        found.add(State::Warn, "folder", "folder-open", &[("path", path)]);
    } else {
        found.add(State::Ok, "folder", "folder-ok", &[("path", path)]);
    }
}

async fn database(found: &mut Findings<'_>, settings: &Settings) -> Option<Db> {
    let url = without_password(&settings.database_url());
    if settings.lite_file().is_some_and(|f| !f.exists()) {
        found.add(State::Bad, "database", "database-none", &[("url", url)]);
        return None;
    }
    let opened = Db::open(&db::Options {
        url: settings.database_url(),
        unsafe_fast: false,
    })
    .await;
    let (store, pending) = match opened {
        Ok(store) => {
            let pending = store.pending().await;
            (store, pending)
        }
        Err(e) => {
            found.add(
                State::Bad,
                "database",
                "database-bad",
                &[("url", url), ("what", e.to_string())],
            );
            return None;
        }
    };
    match pending {
        Ok(list) if list.is_empty() => {
            found.add(
                State::Ok,
                "database",
                "database-ok",
                &[("url", url), ("engine", store.engine().to_owned())],
            );
            Some(store)
        }
        Ok(list) => {
            found.add(
                State::Bad,
                "database",
                "database-old",
                &[("url", url), ("n", list.len().to_string())],
            );
            None
        }
        Err(e) => {
            found.add(
                State::Bad,
                "database",
                "database-bad",
                &[("url", url), ("what", e.to_string())],
            );
            None
        }
    }
}

async fn key(found: &mut Findings<'_>, settings: &Settings, store: Option<&Db>) {
    let path = settings.key_path();
    let args = [("path", path.display().to_string())];
    let Ok(bytes) = std::fs::read(&path) else {
        return found.add(State::Bad, "key", "key-none", &args);
    };
    let Ok(master) = <[u8; KEY_BYTES]>::try_from(bytes) else {
        return found.add(State::Bad, "key", "key-length", &args);
    };
    if readable_by_others(&path) {
        return found.add(State::Bad, "key", "key-open", &args);
    }
    let known = match store {
        Some(store) => marks::get(store, marks::KEY_CHECK).await.ok().flatten(),
        None => None,
    };
    let keys = Keys::new(&master, Ids::new(std::sync::Arc::new(SystemClock), None));
    match known {
        Some(known) if known != key_check(&keys) => found.add(State::Bad, "key", "key-other", &args),
        _ => found.add(State::Ok, "key", "key-ok", &args),
    }
}

async fn clock(found: &mut Findings<'_>, store: Option<&Db>) {
    let now = SystemClock.now();
    let args = [("now", now.format_cn())];
    // Before the year of this release no clock can rightly stand.
    let built = Day::new(2024, 1, 1).map(Stamp::start_of);
    if built.is_ok_and(|built| now < built) {
        return found.add(State::Bad, "clock", "clock-past", &args);
    }
    let newest = match store {
        Some(store) => newest(store).await,
        None => None,
    };
    match newest.map(Stamp::from_micros) {
        Some(newest) if newest.secs_since(now) > CLOCK_BEHIND_SECS => {
            let args = [("now", now.format_cn()), ("newest", newest.format_cn())];
            found.add(State::Bad, "clock", "clock-behind", &args);
        }
        _ => found.add(State::Ok, "clock", "clock-ok", &args),
    }
}

async fn newest(store: &Db) -> Option<i64> {
    let mut conn = store.read().await.ok()?;
    marks::newest_deed(&mut conn).await.ok().flatten()
}

async fn mail(found: &mut Findings<'_>, settings: &Settings) {
    match mailer(settings) {
        Err(failure) => {
            let what = failure.text(found.voice).unwrap_or_default();
            found.add(State::Bad, "mail", "mail-bad", &[("what", what)]);
        }
        Ok(Mailer::Smtp { .. }) => {
            let (host, port) = smtp_server(settings.smtp_url.as_deref().unwrap_or_default());
            let args = [("server", format!("{host}:{port}"))];
            let reached = tokio::time::timeout(SMTP_WAIT, tokio::net::TcpStream::connect((host.as_str(), port))).await;
            match reached {
                Ok(Ok(_)) => found.add(State::Ok, "mail", "mail-ok", &args),
                _ => found.add(State::Bad, "mail", "mail-unreachable", &args),
            }
        }
        Ok(_) => {
            let path = settings.mail_path().display().to_string();
            found.add(State::Warn, "mail", "mail-folder", &[("path", path)]);
        }
    }
}

/// Whether uploads are looked through for viruses.
async fn scanner(found: &mut Findings<'_>, settings: &Settings) {
    let set = settings.scanner.clone().unwrap_or_default();
    let Some(scanner) = jcore::files::scanner(Some(&set)) else {
        return found.add(State::Bad, "scanner", "scanner-bad", &[("found", set)]);
    };
    let Some(place) = scanner.place() else {
        return found.add(State::Warn, "scanner", "scanner-none", &[]);
    };
    match scanner.version().await {
        Ok(version) => found.add(
            State::Ok,
            "scanner",
            "scanner-ok",
            &[("place", place), ("version", version)],
        ),
        Err(trouble) => {
            let args = [("place", place), ("what", trouble.to_string())];
            found.add(State::Bad, "scanner", "scanner-unreachable", &args);
        }
    }
}

/// Host and port of an SMTP address; the port by its scheme where none is named.
fn smtp_server(url: &str) -> (String, u16) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("smtp", url));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let usual = if scheme == "smtps" { 465 } else { 25 };
    match host.rsplit_once(':').and_then(|(h, p)| Some((h, p.parse().ok()?))) {
        Some((host, port)) => (host.trim_matches(['[', ']']).to_owned(), port),
        None => (host.trim_matches(['[', ']']).to_owned(), usual),
    }
}

#[cfg(unix)]
fn free_mb(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024))
}

#[cfg(not(unix))]
fn free_mb(_path: &Path) -> Option<u64> {
    None
}

fn space(found: &mut Findings<'_>, data: &Path) {
    let Some(free) = free_mb(data) else { return };
    let args = [("free", free.to_string()), ("low", FREE_LOW_MB.to_string())];
    match free {
        _ if free < FREE_BAD_MB => found.add(State::Bad, "space", "space-bad", &args),
        _ if free < FREE_LOW_MB => found.add(State::Warn, "space", "space-low", &args),
        _ => found.add(State::Ok, "space", "space-ok", &args),
    }
}

/// Browsers bring their own fonts; only the pictures of pages that are taken on this machine need Chinese ones.
fn fonts(found: &mut Findings<'_>) {
    let listed = std::process::Command::new("fc-list").arg(":lang=zh").output();
    match listed {
        Err(_) => found.add(State::Warn, "fonts", "fonts-unknown", &[]),
        Ok(out) if out.stdout.trim_ascii().is_empty() => found.add(State::Warn, "fonts", "fonts-none", &[]),
        Ok(_) => found.add(State::Ok, "fonts", "fonts-ok", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smtp_addresses() {
        let server = |url: &str| {
            let (host, port) = smtp_server(url);
            format!("{host} {port}")
        };
        assert_eq!(server("smtps://mail.example.cn"), "mail.example.cn 465");
        assert_eq!(
            server("smtp://a:b@mail.example.cn:587?tls=required"),
            "mail.example.cn 587"
        );
        assert_eq!(server("smtp://[::1]:2525"), "::1 2525");
        assert_eq!(server("mail"), "mail 25");
    }

    #[cfg(unix)]
    #[test]
    fn a_disk_has_space() {
        assert!(free_mb(&std::env::temp_dir()).unwrap() > 0);
        assert_eq!(free_mb(Path::new("/no/such/folder")), None);
    }
}
