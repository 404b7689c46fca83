//! Telling people: the inbox on the platform, and messages through the outbox.
//!
//! A notice is a key with arguments; its words (`notice-KEY`, with `.body` for the mail) are put in the reader's language
//! when it is written. Messages wait sealed in the outbox, one row each, with a lease, retries with back-off, and a state
//! that the platform's desk shows. Mail is the outbox's own way out; capabilities bring further ones ([`Courier`]).

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use db::{Conn, on};
use futures_util::future::BoxFuture;
use kernel::{Stamp, UserId};
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{App, Fault, Lang, Result};

/// Tries before a message is given up and shown as dead.
pub const MAIL_TRIES_MAX: i64 = 8;
/// The first wait after a failure; it doubles with each.
const BACK_OFF_SECS: i64 = 30;
/// How long a worker may hold a message before another takes it: above the longest that a courier may take.
const LEASE_SECS: i64 = 120;
/// Messages a tick takes.
const MAILS_A_TICK: i64 = 50;
/// Characters of an error that are kept: enough for an operator, whatever a server sends.
const ERROR_CHARS: usize = 300;

/// The channel of mails.
pub const MAIL: &str = "mail";

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
    /// Further headers, name and value in ASCII: those of RFC 8058 for mails that one can unsubscribe from, say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
}

impl Mail {
    /// A mail without further headers.
    #[must_use]
    pub fn plain(to: impl Into<String>, subject: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            to: to.into(),
            subject: subject.into(),
            body: body.into(),
            headers: Vec::new(),
        }
    }
}

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// In words for the operator, without anything secret: it is kept and shown.
    pub what: String,
    /// Whether it was refused for good, as by an address that does not exist: then it is not tried again.
    pub for_good: bool,
}

impl NotSent {
    /// A failure that may pass.
    #[must_use]
    pub fn for_now(what: impl ToString) -> Self {
        Self {
            what: what.to_string(),
            for_good: false,
        }
    }

    /// A refusal that will stay.
    #[must_use]
    pub fn for_good(what: impl ToString) -> Self {
        Self {
            what: what.to_string(),
            for_good: true,
        }
    }
}

/// A way out for messages beside mail, kept in `app.extras` as [`Couriers`].
pub trait Courier: Send + Sync + 'static {
    /// The channel whose messages it takes.
    fn channel(&self) -> &'static str;

    /// Sends one message. May be asked again for the same id when an answer was lost: the id goes along, so that the other
    /// side can tell.
    fn send<'a>(&'a self, app: &'a App, id: Uuid, payload: &'a serde_json::Value)
    -> BoxFuture<'a, Result<(), NotSent>>;
}

/// All couriers.
#[derive(Clone, Default)]
pub struct Couriers(Arc<Vec<Arc<dyn Courier>>>);

impl std::fmt::Debug for Couriers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Couriers({})", self.0.len())
    }
}

impl Couriers {
    /// From the capabilities' couriers.
    #[must_use]
    pub fn new(couriers: Vec<Arc<dyn Courier>>) -> Self {
        Self(Arc::new(couriers))
    }

    fn get(&self, channel: &str) -> Option<&dyn Courier> {
        self.0.iter().find(|c| c.channel() == channel).map(AsRef::as_ref)
    }
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
    pub async fn send(&self, id: Uuid, mail: &Mail) -> Result<(), NotSent> {
        match self {
            Self::Memory(list) => {
                // The same checks as on the way out: a mail that no server would take fails in tests too.
                let from: Mailbox = "jiebang <noreply@localhost>".parse().map_err(NotSent::for_good)?;
                message(&from, id, mail)?;
                if let Ok(mut list) = list.lock() {
                    list.push(mail.clone());
                }
                Ok(())
            }
            Self::Folder(folder) => {
                let from: Mailbox = "jiebang <noreply@localhost>".parse().map_err(NotSent::for_good)?;
                let bytes = message(&from, id, mail)?.formatted();
                tokio::fs::create_dir_all(folder).await.map_err(NotSent::for_now)?;
                tokio::fs::write(folder.join(format!("{id}.eml")), bytes)
                    .await
                    .map_err(NotSent::for_now)
            }
            Self::Smtp { transport, from } => {
                let sent = transport.send(message(from, id, mail)?).await;
                sent.map(|_| ()).map_err(|e| NotSent {
                    // A server's 5xx: no such address, not taken from us.
                    for_good: e.is_permanent(),
                    what: e.to_string(),
                })
            }
        }
    }
}

/// A mail as it goes out. Its id is the outbox's, the same at each try, so that a mail server can drop what came twice.
fn message(from: &Mailbox, id: Uuid, mail: &Mail) -> Result<Message, NotSent> {
    let to = mail
        .to
        .parse()
        .map_err(|e| NotSent::for_good(format!("address: {e}")))?;
    let mut message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(ContentType::TEXT_PLAIN);
    for (name, value) in &mail.headers {
        let name = HeaderName::new_from_ascii(name.clone()).map_err(NotSent::for_good)?;
        message = message.raw_header(HeaderValue::new(name, value.clone()));
    }
    message.body(mail.body.clone()).map_err(NotSent::for_good)
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
    queue_mail(conn, app, now, &Mail::plain(to, subject, body))
        .await
        .map(|_| ())
}

/// Puts a mail into the outbox, in the caller's transaction. Returns its id there.
///
/// # Errors
/// The store's.
pub async fn queue_mail(conn: &mut Conn, app: &App, now: Stamp, mail: &Mail) -> Result<Uuid> {
    queue(conn, app, now, MAIL, mail).await
}

/// Puts a message of a channel into the outbox, in the caller's transaction. Returns its id there. Its courier gets the
/// payload as JSON.
///
/// # Errors
/// The store's.
pub async fn queue<T: Serialize>(
    conn: &mut Conn,
    app: &App,
    now: Stamp,
    channel: &'static str,
    payload: &T,
) -> Result<Uuid> {
    let id = app.ids.uuid();
    let payload = app.keys.seal_json(&place(id), payload)?;
    on!(conn, c => sqlx::query("INSERT INTO outbox (id, channel, payload, created_at, due_at, state) VALUES ($1, $2, $3, $4, $4, 'waiting')")
        .bind(id).bind(channel).bind(&payload).bind(now.micros()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok(id)
}

/// Takes a dead message out of the outbox, in the caller's transaction: another takes its place. False when it is not dead.
///
/// # Errors
/// The store's.
pub async fn discard(conn: &mut Conn, id: Uuid) -> Result<bool> {
    let done = on!(conn, c => sqlx::query("DELETE FROM outbox WHERE id = $1 AND state = 'dead'")
        .bind(id).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?;
    Ok(done == 1)
}

fn place(id: Uuid) -> String {
    format!("outbox.payload/{id}")
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: Uuid,
    channel: String,
    payload: Vec<u8>,
    attempts: i64,
}

/// Seconds to wait after so many failures: doubled with each, and a quarter more or less by `jitter` (0–255), so that what
/// failed together does not come again together.
#[must_use]
pub fn back_off_secs(attempts: i64, jitter: u8) -> i64 {
    let wait = BACK_OFF_SECS << attempts.clamp(0, MAIL_TRIES_MAX);
    wait - wait / 4 + wait / 2 * i64::from(jitter) / 255
}

/// Sends what is due. Returns how many messages left.
///
/// # Errors
/// The store's; a message that does not leave is no error but waits for its next try.
pub async fn deliver(app: &App) -> Result<usize> {
    let now = app.now();
    let mut conn = app.read().await?;
    let due: Vec<Waiting> = on!(&mut conn, c => sqlx::query_as(
        "SELECT id, channel, payload, attempts FROM outbox WHERE state = 'waiting' AND due_at <= $1 AND lease_until <= $1 ORDER BY due_at LIMIT $2")
        .bind(now.micros()).bind(MAILS_A_TICK).fetch_all(c).await)
    .map_err(db::Error::from)?;
    drop(conn);
    let mut sent = 0;
    for row in due {
        // By the time now, not by when the list was read: a slow server may have held the one before for long.
        if !lease(app, row.id, app.now()).await? {
            continue;
        }
        let outcome = hand_over(app, &row).await?;
        sent += usize::from(outcome.is_ok());
        settle(app, &row, outcome).await?;
    }
    Ok(sent)
}

/// Gives a message to who carries it.
async fn hand_over(app: &App, row: &Waiting) -> Result<Result<(), NotSent>> {
    // Sending to the address its owner gave is the message's purpose, no showing.
    if row.channel == MAIL {
        let mail = app.keys.open_json::<Mail>(&place(row.id), &row.payload)?;
        return Ok(app.mailer.send(row.id, mail.unshown()).await);
    }
    let Some(courier) = app.extra::<Couriers>().and_then(|all| all.get(&row.channel)) else {
        return Ok(Err(NotSent::for_now(format!("nobody carries {}", row.channel))));
    };
    let payload = app.keys.open_json(&place(row.id), &row.payload)?;
    Ok(courier.send(app, row.id, payload.unshown()).await)
}

async fn lease(app: &App, id: Uuid, now: Stamp) -> Result<bool> {
    let mut conn = app.db.write().await?;
    let taken = on!(&mut conn, c => sqlx::query("UPDATE outbox SET lease_until = $2 WHERE id = $1 AND state = 'waiting' AND lease_until <= $3")
        .bind(id).bind(now.plus_secs(LEASE_SECS).micros()).bind(now.micros()).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(taken == 1)
}

async fn settle(app: &App, row: &Waiting, outcome: Result<(), NotSent>) -> Result<()> {
    let attempts = row.attempts + 1;
    let (state, error) = match &outcome {
        Ok(()) => ("sent", None),
        Err(e) if e.for_good || attempts >= MAIL_TRIES_MAX => ("dead", Some(&e.what)),
        Err(e) => ("waiting", Some(&e.what)),
    };
    let refused = outcome.as_ref().err().is_some_and(|e| e.for_good);
    let error = error.map(|what| what.chars().take(ERROR_CHARS).collect::<String>());
    let [jitter] = app.ids.bytes::<1>();
    let due = app.now().plus_secs(back_off_secs(attempts, jitter));
    if let Some(error) = &error {
        tracing::warn!(message = %row.id, channel = row.channel, attempts, error, "a message did not leave");
    }
    // What left is kept as a fact without its content.
    let payload = if state == "sent" {
        Vec::new()
    } else {
        row.payload.clone()
    };
    let mut conn = app.db.write().await?;
    on!(&mut conn, c => sqlx::query(
        "UPDATE outbox SET state = $2, attempts = $3, due_at = $4, lease_until = 0, last_error = $5, payload = $6, refused = $7 WHERE id = $1")
        .bind(row.id).bind(state).bind(attempts).bind(due.micros()).bind(&error).bind(&payload).bind(refused)
        .execute(c).await.map(|_| ()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_differ() {
        for attempts in 1..=MAIL_TRIES_MAX {
            let (low, high) = (back_off_secs(attempts, 0), back_off_secs(attempts, 255));
            let middle = BACK_OFF_SECS << attempts;
            assert!(
                low >= middle * 3 / 4 && high <= middle * 5 / 4 && low < high,
                "{attempts}: {low}–{high}"
            );
        }
        assert_eq!(back_off_secs(i64::MAX, 0), back_off_secs(MAIL_TRIES_MAX, 0));
    }

    #[test]
    fn a_mail_carries_its_id_and_its_headers() {
        let from: Mailbox = "p <p@example.cn>".parse().unwrap();
        let mut mail = Mail::plain("a@example.cn", "题", "文");
        mail.headers = vec![("List-Unsubscribe-Post".into(), "List-Unsubscribe=One-Click".into())];
        let id = Uuid::from_u128(7);
        let text = String::from_utf8(message(&from, id, &mail).unwrap().formatted()).unwrap();
        assert!(
            text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            "{text}"
        );
        assert!(text.contains(&format!("Message-ID: <{id}@example.cn>\r\n")), "{text}");
        let wrong = Mail::plain("no address", "题", "文");
        assert!(message(&from, id, &wrong).unwrap_err().for_good);
    }
}
