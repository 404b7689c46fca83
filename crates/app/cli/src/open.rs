//! Opening a store: its folder, its database, its key, and the application on top.

use std::path::Path;
use std::sync::Arc;

use db::Db;
use jcore::notices::Mailer;
use jcore::{Files, Keys, Settings as SiteSettings};
use kernel::{Clock, Ids, SystemClock};
use web::{Parts, Site};

use crate::fail::{Done, Failure};
use crate::marks;
use crate::settings::Settings;
use crate::voice::Voice;

/// How a store is opened.
pub(crate) struct Start<'a> {
    /// For what goes wrong.
    pub(crate) voice: &'a Voice,
    /// Where everything is.
    pub(crate) settings: &'a Settings,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Whether folder, database and key are made where they are missing, and the database is brought up to date.
    pub(crate) make: bool,
    /// Whether the disk may be written later than answered: for data that can be made again.
    pub(crate) fast: bool,
    /// Whether this is the demo.
    pub(crate) demo: bool,
    /// Other clocks than the machine's for stamping bids: for measuring.
    pub(crate) bid_time: Option<Arc<dyn bidlog::Time>>,
}

impl<'a> Start<'a> {
    /// An existing store, by the machine's clock.
    pub(crate) fn existing(voice: &'a Voice, settings: &'a Settings) -> Self {
        Self {
            voice,
            settings,
            clock: Arc::new(SystemClock),
            make: false,
            fast: false,
            demo: false,
            bid_time: None,
        }
    }

    /// A store that is made where it is missing.
    pub(crate) fn making(voice: &'a Voice, settings: &'a Settings) -> Self {
        Self {
            make: true,
            ..Self::existing(voice, settings)
        }
    }

    /// Opens the database alone.
    pub(crate) async fn database(&self) -> Done<Db> {
        let (voice, settings) = (self.voice, self.settings);
        if self.make {
            make_folder(&settings.data).map_err(|e| Failure::file(voice, &settings.data, &e))?;
        } else if let Some(file) = settings.lite_file().filter(|f| !f.exists()) {
            // SQLite would make an empty one in its place.
            return Err(Failure::Refused(
                voice.say("cli-no-store", &[("path", file.display().to_string())]),
            ));
        }
        let options = db::Options {
            url: settings.database_url(),
            unsafe_fast: self.fast,
        };
        let store = Db::open(&options).await.map_err(|e| self.unreachable(&e))?;
        if self.make {
            store
                .migrate()
                .await
                .map_err(|e| Failure::Refused(voice.say("cli-migrate-failed", &[("what", e.to_string())])))?;
        } else if !store.pending().await.map_err(|e| self.unreachable(&e))?.is_empty() {
            return Err(Failure::Refused(voice.word("cli-not-migrated")));
        }
        Ok(store)
    }

    fn unreachable(&self, error: &db::Error) -> Failure {
        let url = without_password(&self.settings.database_url());
        Failure::Refused(
            self.voice
                .say("cli-db-unreachable", &[("url", url), ("what", error.to_string())]),
        )
    }

    /// Opens the database, the key and the application.
    pub(crate) async fn site(self) -> Done<Site> {
        let store = self.database().await?;
        let keys = self.keys(&store).await?;
        let settings = self.settings;
        let site = web::assemble(Parts {
            db: store,
            ids: Ids::new(self.clock.clone(), None),
            keys,
            // A demo stands in another time: its clock is set by hand.
            logs: match self.bid_time {
                Some(time) => web::Logs {
                    time,
                    unsafe_fast: false,
                },
                None if self.demo => web::Logs::by_hand(self.clock.clone(), self.fast),
                None => web::Logs::durable(),
            },
            clock: self.clock.clone(),
            push: push_config(settings),
            mailer: mailer(settings)?,
            files: files(self.voice, settings)?,
            settings: site_settings(settings, self.demo),
        })
        .await?;
        Ok(site)
    }

    /// The key to withheld data. A new one is made for a new store only: with another key than the one that sealed
    /// them, the data of a store are lost.
    async fn keys(&self, store: &Db) -> Done<Keys> {
        let voice = self.voice;
        let path = self.settings.key_path();
        let known = marks::get(store, marks::KEY_CHECK).await?;
        let shown = path.display().to_string();
        if !path.exists() {
            if known.is_some() || !self.make {
                return Err(Failure::Refused(voice.say("cli-key-lost", &[("path", shown)])));
            }
            if let Some(folder) = path.parent() {
                make_folder(folder).map_err(|e| Failure::file(voice, folder, &e))?;
            }
        }
        let keys = Keys::load_or_make(&path, Ids::new(self.clock.clone(), None)).map_err(|e| {
            Failure::Refused(voice.say("cli-file", &[("path", shown.clone()), ("what", e.to_string())]))
        })?;
        let check = key_check(&keys);
        let known = marks::keep(store, marks::KEY_CHECK, &check).await?;
        if known == check {
            Ok(keys)
        } else {
            Err(Failure::Refused(voice.say("cli-key-other", &[("path", shown)])))
        }
    }
}

/// Bytes of it that are told: enough that two keys never share them.
const KEY_CHECK_BYTES: usize = 16;

/// What tells one key from another without telling the key.
pub(crate) fn key_check(keys: &Keys) -> String {
    let print = keys.fingerprint(&[b"key check"]);
    kernel::text::hex(print.get(..KEY_CHECK_BYTES).unwrap_or(&print))
}

/// The way of mails.
///
/// # Errors
/// Settings of SMTP that cannot be used.
pub(crate) fn mailer(settings: &Settings) -> Done<Mailer> {
    let Some(url) = &settings.smtp_url else {
        return Ok(Mailer::Folder(settings.mail_path()));
    };
    let from = settings.smtp_from.as_deref().unwrap_or("jiebang <noreply@localhost>");
    let account = settings.smtp_user.clone().zip(settings.smtp_password.clone());
    Ok(Mailer::smtp(url, from, account)?)
}

/// The file store, with the virus scanner that is set.
///
/// # Errors
/// A folder that cannot be made, or a scanner's address that cannot be read: nothing is taken unscanned by a slip.
fn files(voice: &Voice, settings: &Settings) -> Done<Files> {
    let scanner = jcore::files::scanner(settings.scanner.as_deref());
    let scanner = scanner.ok_or_else(|| {
        let found = settings.scanner.clone().unwrap_or_default();
        Failure::Refused(voice.say("cli-scanner-bad", &[("found", found)]))
    })?;
    Ok(Files::folder(&settings.files_path())?.with_scanner(scanner))
}

/// Ways to the outside beside mail. A WeChat account needs all three of its settings.
fn push_config(settings: &Settings) -> push::Config {
    let wechat = match (
        &settings.wechat_appid,
        &settings.wechat_secret,
        &settings.wechat_template,
    ) {
        (Some(appid), Some(secret), Some(template)) => Some(push::Account {
            appid: appid.clone(),
            secret: secret.clone(),
            template: template.clone(),
            api: push::WECHAT_API.to_owned(),
        }),
        _ => None,
    };
    push::Config {
        wechat,
        plain_hooks: settings.webhooks_plain,
        inside_hooks: settings.webhooks_inside,
        ..push::Config::default()
    }
}

fn site_settings(settings: &Settings, demo: bool) -> SiteSettings {
    let base_url = settings
        .base_url
        .clone()
        .unwrap_or_else(|| format!("http://{}", settings.listen));
    SiteSettings {
        secure_cookies: settings
            .secure_cookies
            .unwrap_or_else(|| base_url.starts_with("https:")),
        base_url: base_url.trim_end_matches('/').to_owned(),
        site_name: (settings.site_name_zh.clone(), settings.site_name_en.clone()),
        trust_proxy: settings.trust_proxy,
        demo,
        data: settings.data.clone(),
    }
}

/// Makes a folder that only its owner may look into.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// An address for messages, without the password in it.
pub(crate) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((account, host)) => {
            let user = account.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        None => url.to_owned(),
    }
}

/// An application on an empty store of its own, gone when dropped: for commands that need the house but no data.
pub(crate) struct Scratch {
    /// The application.
    pub(crate) site: Site,
    _folder: tempfile::TempDir,
}

impl Scratch {
    /// Opens one.
    pub(crate) async fn open(voice: &Voice) -> Done<Self> {
        let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
        let settings = Settings {
            data: folder.path().to_owned(),
            ..Settings::default()
        };
        let site = Start {
            fast: true,
            ..Start::making(voice, &settings)
        }
        .site()
        .await?;
        Ok(Self { site, _folder: folder })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;

    #[test]
    fn passwords_are_not_printed() {
        assert_eq!(
            without_password("postgres://jb:se@cret@db:5432/x"),
            "postgres://jb@db:5432/x"
        );
        assert_eq!(without_password("postgres://db/x"), "postgres://db/x");
        assert_eq!(without_password("sqlite:/var/a@b.db"), "sqlite:/var/a@b.db");
    }

    fn settings(folder: &Path) -> Settings {
        Settings {
            data: folder.join("data"),
            ..Settings::default()
        }
    }

    #[tokio::test]
    async fn a_store_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let (voice, settings) = (Voice::new(Lang::En).unwrap(), settings(folder.path()));
        let refused = Start::existing(&voice, &settings).site().await.err().unwrap();
        assert_eq!(refused.code(), 1);
        assert!(!settings.data.exists(), "looking makes nothing");
        let site = Start::making(&voice, &settings).site().await.ok().unwrap();
        site.app.db.close().await;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&settings.data).unwrap().permissions().mode() & 0o777,
                0o700
            );
            assert_eq!(
                std::fs::metadata(settings.key_path()).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        assert!(Start::existing(&voice, &settings).site().await.is_ok());
    }

    #[tokio::test]
    async fn a_lost_or_another_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (voice, settings) = (Voice::new(Lang::En).unwrap(), settings(folder.path()));
        let site = Start::making(&voice, &settings).site().await.ok().unwrap();
        site.app.db.close().await;
        std::fs::remove_file(settings.key_path()).unwrap();
        let lost = Start::making(&voice, &settings).site().await.err().unwrap();
        assert!(lost.text(&voice).unwrap().contains("withheld.key"));
        assert!(!settings.key_path().exists(), "no new key over old data");
        std::fs::write(settings.key_path(), [7; jcore::KEY_BYTES]).unwrap();
        let other = Start::making(&voice, &settings).site().await.err().unwrap();
        assert!(other.text(&voice).unwrap().contains("another key"));
    }
}
