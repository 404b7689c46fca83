//! Settings, from the weakest to the strongest: what is built in, `jiebang.toml` in the data folder, the environment
//! (`JIEBANG_*`), the command's flags.

use std::path::{Path, PathBuf};

use figment::providers::{Format, Serialized, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::{Deserialize, Serialize};

use crate::fail::{Done, Failure};
use crate::voice::Voice;

/// The data folder where none is named.
pub(crate) const DATA_DEFAULT: &str = "jiebang-data";
/// The settings' file in the data folder.
pub(crate) const FILE: &str = "jiebang.toml";
/// What begins the name of an environment variable.
const PREFIX: &str = "JIEBANG_";

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// Settings. It has no `Debug`: it may hold the password of the mail account.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// The data folder; not settable in the file, which lies in it.
    #[serde(skip)]
    pub(crate) data: PathBuf,
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`; by default SQLite in the data folder.
    pub(crate) database: Option<String>,
    /// Where to listen.
    pub(crate) listen: String,
    /// The address that people use; by default the listener's.
    pub(crate) base_url: Option<String>,
    /// The platform's Chinese name.
    pub(crate) site_name_zh: String,
    /// The platform's English name.
    pub(crate) site_name_en: String,
    /// Cookies only over HTTPS; by default when the address begins so.
    pub(crate) secure_cookies: Option<bool>,
    /// Whether a proxy of ours stands before the server.
    pub(crate) trust_proxy: bool,
    /// The file of the key to withheld data; by default `keys/withheld.key` in the data folder.
    pub(crate) key_file: Option<PathBuf>,
    /// `smtp://HOST:PORT` or `smtps://HOST`; without it mails are written into a folder.
    pub(crate) smtp_url: Option<String>,
    /// The sender of mails.
    pub(crate) smtp_from: Option<String>,
    /// The mail account's name.
    pub(crate) smtp_user: Option<String>,
    /// The mail account's password.
    pub(crate) smtp_password: Option<String>,
    /// The folder of mails where there is no SMTP; by default `mail` in the data folder.
    pub(crate) mail_folder: Option<PathBuf>,
    /// The AppID of the WeChat official account whose template messages are sent.
    pub(crate) wechat_appid: Option<String>,
    /// Its AppSecret.
    pub(crate) wechat_secret: Option<String>,
    /// The id of the template.
    pub(crate) wechat_template: Option<String>,
    /// Whether webhooks may be `http`.
    pub(crate) webhooks_plain: bool,
    /// Whether webhooks may lead into private networks.
    pub(crate) webhooks_inside: bool,
    /// The virus scanner: `clamd:tcp:HOST:PORT`, `clamd:unix:PATH`, or `none`.
    pub(crate) scanner: Option<String>,
    /// Which log lines are written, in the notation of `tracing`'s filters.
    pub(crate) log: String,
    /// How they are written.
    pub(crate) log_format: LogFormat,
}

/// What may be set by the environment: every field, in the same name after `JIEBANG_`.
const KEYS: [&str; 21] = [
    "database",
    "listen",
    "base_url",
    "site_name_zh",
    "site_name_en",
    "secure_cookies",
    "trust_proxy",
    "key_file",
    "smtp_url",
    "smtp_from",
    "smtp_user",
    "smtp_password",
    "mail_folder",
    "wechat_appid",
    "wechat_secret",
    "wechat_template",
    "webhooks_plain",
    "webhooks_inside",
    "scanner",
    "log",
    "log_format",
];

/// Those of them that are yes or no.
const SWITCHES: [&str; 4] = ["secure_cookies", "trust_proxy", "webhooks_plain", "webhooks_inside"];

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: DATA_DEFAULT.into(),
            database: None,
            // Only this machine: who opens the platform to others does so knowingly.
            listen: "127.0.0.1:8080".to_owned(),
            base_url: None,
            site_name_zh: "技术产权交易平台".to_owned(),
            site_name_en: "Technology Exchange".to_owned(),
            secure_cookies: None,
            trust_proxy: false,
            key_file: None,
            smtp_url: None,
            smtp_from: None,
            smtp_user: None,
            smtp_password: None,
            mail_folder: None,
            wechat_appid: None,
            wechat_secret: None,
            wechat_template: None,
            webhooks_plain: false,
            webhooks_inside: false,
            scanner: None,
            // What sqlx says of a slow statement is for its own developers; the platform times its acts itself.
            log: "info,sqlx=warn".to_owned(),
            log_format: LogFormat::Text,
        }
    }
}

/// What the command's flags say.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Flags {
    /// `--data`.
    #[serde(skip)]
    pub(crate) data: Option<PathBuf>,
    /// `--database`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<String>,
    /// `--listen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<String>,
    /// `--base-url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) base_url: Option<String>,
    /// `--log-format`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log_format: Option<LogFormat>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// A value that cannot be read, with the place where it stands.
    pub(crate) fn load(voice: &Voice, flags: &Flags, data_default: &str) -> Done<Self> {
        let data = flags
            .data
            .clone()
            .or_else(|| std::env::var_os("JIEBANG_DATA").map(PathBuf::from))
            .unwrap_or_else(|| data_default.into());
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        let file = data.join(FILE);
        // Exactly this file: figment would otherwise look for one in the folders above, too.
        if file.exists() {
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = figment.merge(Environment).merge(Serialized::defaults(flags));
        let mut settings: Self = figment.extract().map_err(|e| Failure::Refused(mistakes(voice, e)))?;
        settings.data = data;
        Ok(settings)
    }

    /// The file of SQLite in the data folder.
    pub(crate) fn lite_path(&self) -> PathBuf {
        self.data.join("jiebang.db")
    }

    /// The address of the database.
    pub(crate) fn database_url(&self) -> String {
        self.database
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.lite_path().display()))
    }

    /// The file of SQLite, where that is the database.
    pub(crate) fn lite_file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        url.strip_prefix("sqlite:")
            .map(|path| PathBuf::from(path.trim_start_matches("//")))
    }

    /// The file of the key to withheld data.
    pub(crate) fn key_path(&self) -> PathBuf {
        self.key_file
            .clone()
            .unwrap_or_else(|| self.data.join("keys").join("withheld.key"))
    }

    /// The folder of mails where there is no SMTP.
    pub(crate) fn mail_path(&self) -> PathBuf {
        self.mail_folder.clone().unwrap_or_else(|| self.data.join("mail"))
    }

    /// The folder of sealed files.
    pub(crate) fn files_path(&self) -> PathBuf {
        self.data.join("files")
    }
}

/// The environment as settings. Figment's own provider would take a password of digits for a number.
struct Environment;

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("environment")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut dict = Dict::new();
        for key in KEYS {
            let Ok(text) = std::env::var(format!("{PREFIX}{}", key.to_uppercase())) else {
                continue;
            };
            let value = match (key, text.as_str()) {
                (key, "true" | "1" | "yes") if SWITCHES.contains(&key) => Value::from(true),
                (key, "false" | "0" | "no") if SWITCHES.contains(&key) => Value::from(false),
                _ => Value::from(text),
            };
            dict.insert(key.to_owned(), value);
        }
        Ok(Map::from([(Profile::Default, dict)]))
    }
}

/// What is wrong with the settings, a line each.
fn mistakes(voice: &Voice, error: figment::Error) -> String {
    let lines: Vec<String> = error
        .into_iter()
        .map(|e| {
            let place = e.metadata.as_ref().map_or_else(String::new, |m| place(m, &e.path));
            voice.say(
                "cli-settings-bad",
                &[
                    ("key", e.path.join(".")),
                    ("place", place),
                    ("what", e.kind.to_string()),
                ],
            )
        })
        .collect();
    lines.join("\n")
}

/// Where a setting came from: the file, or the variable's name.
fn place(metadata: &Metadata, path: &[String]) -> String {
    match metadata.source.as_ref().and_then(|s| s.file_path()) {
        Some(file) => file.display().to_string(),
        None if metadata.name.contains("environment") => {
            format!(
                "{PREFIX}{}",
                path.first().map_or_else(String::new, |k| k.to_uppercase())
            )
        }
        None => metadata.name.to_string(),
    }
}

/// Whether a folder is there and holds nothing, or isn't there.
pub(crate) fn is_empty(folder: &Path) -> std::io::Result<bool> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;

    #[test]
    fn every_setting_has_its_variable() {
        let value = serde_json::to_value(Settings::default()).unwrap();
        let mut fields: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut keys = KEYS.to_vec();
        fields.sort_unstable();
        keys.sort_unstable();
        assert_eq!(fields, keys);
    }

    #[test]
    fn flags_are_stronger_than_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join(FILE),
            "listen = \"0.0.0.0:80\"\nsite_name_en = \"Here\"\n",
        )
        .unwrap();
        let voice = Voice::new(Lang::En).unwrap();
        let flags = Flags {
            data: Some(folder.path().to_owned()),
            listen: Some("[::1]:1".into()),
            ..Flags::default()
        };
        let settings = Settings::load(&voice, &flags, DATA_DEFAULT).ok().unwrap();
        assert_eq!(
            (settings.listen.as_str(), settings.site_name_en.as_str()),
            ("[::1]:1", "Here")
        );
        assert_eq!(settings.key_path(), folder.path().join("keys/withheld.key"));
        assert_eq!(settings.lite_file(), Some(folder.path().join("jiebang.db")));
    }

    #[test]
    fn a_mistake_names_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let voice = Voice::new(Lang::En).unwrap();
        let flags = Flags {
            data: Some(folder.path().to_owned()),
            ..Flags::default()
        };
        for (text, word) in [
            ("lisen = \"x\"\n", "lisen"),
            ("trust_proxy = \"perhaps\"\n", "trust_proxy"),
            ("x = = 1", "TOML"),
        ] {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            let failure = Settings::load(&voice, &flags, DATA_DEFAULT).err().unwrap();
            let said = failure.text(&voice).unwrap();
            assert!(said.contains(word) && said.contains(FILE), "{said}");
        }
    }
}
