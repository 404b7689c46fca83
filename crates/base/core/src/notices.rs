//! Telling people: the inbox on the platform, and mail through the outbox.
//!
//! A notice is a key with arguments; its words (`notice-KEY`, with `.body` for the mail) are put in the reader's language
//! when it is written. Mails wait sealed in the outbox, one row each, with a lease, retries with back-off, and a state that
//! the platform's desk shows.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use db::{Conn, on};
use kernel::{Stamp, UserId};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{App, Fault, Lang, Result};

/// Tries before a mail is given up and shown as dead.
pub const MAIL_TRIES_MAX: i64 = 8;
/// The first wait after a failure; it doubles with each.
const BACK_OFF_SECS: i64 = 30;
/// How long a worker may hold a mail before another takes it.
const LEASE_SECS: i64 = 120;
/// Mails a tick takes.
const MAILS_A_TICK: i64 = 50;

/// A notice to one person.
#[derive(Debug, Clone)]
pub struct Notice {
    /// To whom.
    pub user: UserId,
    /// Words under `notice-KEY` and `notice-KEY.body`.
    pub key: &'static str,
    /// Arguments. Names and titles that the reader may see; never a withheld value of somebody else.
    pub args: Vec<(&'static str, String)>,
    /// Where it leads, as a path.
    pub link: Option<String>,
    /// Whether it also goes by mail.
    pub mail: bool,
}

/// A mail as it waits in the outbox.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// How mails leave.
#[derive(Clone)]
pub enum Mailer {
    /// Written as `.eml` files into a folder: demo and trials.
    Folder(PathBuf),
    /// By SMTP.
    Smtp {
        /// The connection.
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        /// The sender.
        from: Mailbox,
    },
    /// Kept in memory: tests.
    Memory(Arc<Mutex<Vec<Mail>>>),
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Folder(_) => "Mailer::Folder",
            Self::Smtp { .. } => "Mailer::Smtp",
            Self::Memory(_) => "Mailer::Memory",
        })
    }
}

impl Mailer {
    /// SMTP with STARTTLS or implicit TLS by the address (`smtp://` or `smtps://user:password@host:port`).
    ///
    /// # Errors
    /// When the address or the sender cannot be read.
    pub fn smtp(url: &str, from: &str, credentials: Option<(String, String)>) -> Result<Self> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| Fault::internal(format!("smtp address: {e}")))?;
        if let Some((user, password)) = credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        let from = from
            .parse()
            .map_err(|e| Fault::internal(format!("sender {from}: {e}")))?;
        Ok(Self::Smtp {
            transport: Box::new(builder.build()),
            from,
        })
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// In words for the operator; the outbox keeps them and tries again.
    pub async fn send(&self, id: Uuid, mail: &Mail) -> Result<(), String> {
        match self {
            Self::Memory(list) => {
                if let Ok(mut list) = list.lock() {
                    list.push(mail.clone());
                }
                Ok(())
            }
            Self::Folder(folder) => {
                let from: Mailbox = "jiebang <noreply@localhost>".parse().map_err(|e| format!("{e}"))?;
                let bytes = message(&from, mail)?.formatted();
                tokio::fs::create_dir_all(folder).await.map_err(|e| e.to_string())?;
                tokio::fs::write(folder.join(format!("{id}.eml")), bytes)
                    .await
                    .map_err(|e| e.to_string())
            }
            Self::Smtp { transport, from } => transport
                .send(message(from, mail)?)
                .await
                .map(|_| ())
                .map_err(|e| e.to_string()),
        }
    }
}

fn message(from: &Mailbox, mail: &Mail) -> Result<Message, String> {
    let to = mail.to.parse().map_err(|e| format!("address: {e}"))?;
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .map_err(|e| e.to_string())
}

/// An inbox row.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct InboxRow {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: i64,
    /// Words key.
    pub key: String,
    /// Arguments as JSON.
    pub args: String,
    /// Where it leads.
    pub link: Option<String>,
    /// When it was read.
    pub read_at: Option<i64>,
}

impl InboxRow {
    /// The notice in words.
    #[must_use]
    pub fn text(&self, app: &App, lang: Lang) -> String {
        let args: Vec<(String, String)> = serde_json::from_str(&self.args).unwrap_or_default();
        let args: Vec<(&str, String)> = args.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
        app.words.get(lang, &format!("notice-{}", self.key), &args)
    }
}

pub(crate) async fn append(conn: &mut Conn, app: &App, now: Stamp, notices: &[Notice]) -> Result<()> {
    for notice in notices {
        let args = serde_json::to_string(&notice.args).map_err(|e| Fault::internal(e.to_string()))?;
        on!(conn, c => sqlx::query("INSERT INTO inbox (id, user_id, at, key, args, link) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(app.ids.uuid()).bind(notice.user.uuid()).bind(now.micros()).bind(notice.key).bind(&args).bind(&notice.link)
            .execute(c).await.map(|_| ()))
        .map_err(db::Error::from)?;
        if notice.mail {
            mail_for(conn, app, now, notice).await?;
        }
    }
    Ok(())
}

async fn mail_for(conn: &mut Conn, app: &App, now: Stamp, notice: &Notice) -> Result<()> {
    let person: Option<(String, String)> =
        on!(conn, c => sqlx::query_as("SELECT email, lang FROM user_account WHERE id = $1 AND state <> 'closed'")
        .bind(notice.user.uuid()).fetch_optional(c).await)
        .map_err(db::Error::from)?;
    let Some((to, lang)) = person else { return Ok(()) };
    let lang = lang.parse().unwrap_or_default();
    let mut args: Vec<(&str, String)> = notice.args.iter().map(|(k, v)| (*k, v.clone())).collect();
    let link = notice
        .link
        .as_deref()
        .map_or_else(String::new, |l| format!("{}{l}", app.settings.base_url));
    args.push(("link", link));
    let subject = app.words.get(lang, &format!("notice-{}", notice.key), &args);
    let body = app.words.get(lang, &format!("notice-{}.body", notice.key), &args);
    queue_mail(conn, app, now, &Mail { to, subject, body }).await
}

/// Puts a mail into the outbox, in the caller's transaction.
///
/// # Errors
/// The store's.
pub async fn queue_mail(conn: &mut Conn, app: &App, now: Stamp, mail: &Mail) -> Result<()> {
    let id = app.ids.uuid();
    let payload = app.keys.seal_json(&place(id), mail)?;
    on!(conn, c => sqlx::query("INSERT INTO outbox (id, channel, payload, created_at, due_at, state) VALUES ($1, 'mail', $2, $3, $3, 'waiting')")
        .bind(id).bind(&payload).bind(now.micros()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok(())
}

fn place(id: Uuid) -> String {
    format!("outbox.payload/{id}")
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: Uuid,
    payload: Vec<u8>,
    attempts: i64,
}

/// Sends what is due. Returns how many mails left.
///
/// # Errors
/// The store's; a mail that does not leave is no error but waits for its next try.
pub async fn deliver(app: &App) -> Result<usize> {
    let now = app.now();
    let mut conn = app.read().await?;
    let due: Vec<Waiting> = on!(&mut conn, c => sqlx::query_as(
        "SELECT id, payload, attempts FROM outbox WHERE state = 'waiting' AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at LIMIT $2")
        .bind(now.micros()).bind(MAILS_A_TICK).fetch_all(c).await)
    .map_err(db::Error::from)?;
    drop(conn);
    let mut sent = 0;
    for row in due {
        if !lease(app, row.id, now).await? {
            continue;
        }
        let mail = app.keys.open_json::<Mail>(&place(row.id), &row.payload)?;
        // Sending to the address its owner gave is the mail's purpose, no showing.
        let outcome = app.mailer.send(row.id, mail.unshown()).await;
        sent += usize::from(outcome.is_ok());
        settle(app, &row, outcome).await?;
    }
    Ok(sent)
}

async fn lease(app: &App, id: Uuid, now: Stamp) -> Result<bool> {
    let mut conn = app.db.write().await?;
    let taken = on!(&mut conn, c => sqlx::query("UPDATE outbox SET lease_until = $2 WHERE id = $1 AND state = 'waiting' AND lease_until <= $3")
        .bind(id).bind(now.plus_secs(LEASE_SECS).micros()).bind(now.micros()).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(taken == 1)
}

async fn settle(app: &App, row: &Waiting, outcome: Result<(), String>) -> Result<()> {
    let attempts = row.attempts + 1;
    let (state, error) = match &outcome {
        Ok(()) => ("sent", None),
        Err(e) if attempts >= MAIL_TRIES_MAX => ("dead", Some(e.clone())),
        Err(e) => ("waiting", Some(e.clone())),
    };
    let wait = BACK_OFF_SECS << attempts.clamp(0, MAIL_TRIES_MAX);
    let due = app.now().plus_secs(wait);
    if let Err(error) = &outcome {
        tracing::warn!(mail = %row.id, attempts, error, "a mail did not leave");
    }
    // What left is kept as a fact without its content.
    let payload = if state == "sent" {
        Vec::new()
    } else {
        row.payload.clone()
    };
    let mut conn = app.db.write().await?;
    on!(&mut conn, c => sqlx::query("UPDATE outbox SET state = $2, attempts = $3, due_at = $4, lease_until = 0, last_error = $5, payload = $6 WHERE id = $1")
        .bind(row.id).bind(state).bind(attempts).bind(due.micros()).bind(&error).bind(&payload).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(())
}

/// How many notices a person has not read.
///
/// # Errors
/// The store's.
pub async fn unread(conn: &mut Conn, user: UserId) -> Result<i64> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM inbox WHERE user_id = $1 AND read_at IS NULL")
        .bind(user.uuid()).fetch_one(c).await)
        .map_err(db::Error::from)?,
    )
}

/// A person's newest notices.
///
/// # Errors
/// The store's.
pub async fn inbox(conn: &mut Conn, user: UserId, limit: i64) -> Result<Vec<InboxRow>> {
    Ok(on!(conn, c => sqlx::query_as("SELECT id, at, key, args, link, read_at FROM inbox WHERE user_id = $1 ORDER BY at DESC, id DESC LIMIT $2")
        .bind(user.uuid()).bind(limit).fetch_all(c).await)
    .map_err(db::Error::from)?)
}

/// Marks all of a person's notices as read.
///
/// # Errors
/// The store's.
pub async fn mark_read(conn: &mut Conn, user: UserId, now: Stamp) -> Result<()> {
    on!(conn, c => sqlx::query("UPDATE inbox SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL")
        .bind(user.uuid()).bind(now.micros()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok(())
}
