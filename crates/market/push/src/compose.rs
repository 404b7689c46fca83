//! What a message says, in its reader's language. All of it comes from [`Public`], which comes from the public projection.

use jcore::notices::Mail;
use jcore::{App, Fault, Lang, Result};
use kernel::{Sector, Stamp};
use serde_json::json;
use uuid::Uuid;

use crate::hook;
use crate::items::Public;
use crate::recipients::Recipient;
use crate::rules::{Channel, Event, Reply};
use crate::store::messages::MessageRow;
use crate::tokens::{For, token};
use crate::wechat;

/// Items that a mail tells in full; of further ones it says how many there are.
const MAIL_ITEMS_MAX: usize = 30;
/// Characters of a subject's title: longer ones are cut by mail programs anyway.
const SUBJECT_CHARS: usize = 40;

/// What a message says of one item.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) message: Uuid,
    pub(crate) event: Event,
    pub(crate) entry: Uuid,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) path: String,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) region: Option<kernel::Region>,
}

impl Piece {
    pub(crate) fn of(row: &MessageRow, event: Event, public: Public) -> Self {
        Self {
            message: row.id,
            event,
            entry: row.entry_id,
            kind: public.item.kind,
            title: public.item.title,
            summary: public.summary,
            path: public.path,
            sectors: public.item.sectors,
            region: public.item.region,
        }
    }

    /// An item that was taken out: its title is nobody's business any more.
    pub(crate) fn withdrawn(row: &MessageRow) -> Self {
        Self {
            message: row.id,
            event: Event::Withdrawn,
            entry: row.entry_id,
            kind: String::new(),
            title: String::new(),
            summary: String::new(),
            path: String::new(),
            sectors: Vec::new(),
            region: None,
        }
    }
}

/// The address of a page in a reader's language.
pub(crate) fn address(app: &App, lang: Lang, path: &str) -> String {
    let lang = if lang == Lang::Zh { "" } else { "/en" };
    format!("{}{lang}{path}", app.settings.base_url)
}

/// The link of a message, for looking and answering.
pub(crate) fn link(app: &App, lang: Lang, message: Uuid) -> String {
    address(app, lang, &format!("/push/item/{}", token(app, For::Message, message)))
}

/// The link by which a recipient unsubscribes. Without a language: mail programs call it, too.
pub(crate) fn off_link(app: &App, to: &Recipient) -> String {
    let what = if to.is_user { For::User } else { For::Liaison };
    format!("{}/push/unsubscribe/{}", app.settings.base_url, token(app, what, to.id))
}

/// Field and place of an item, in words.
fn about(app: &App, lang: Lang, piece: &Piece) -> String {
    let mut parts = vec![app.words.get(lang, &format!("entries-kind-{}", piece.kind), &[])];
    parts.extend(piece.sectors.iter().map(|s| app.words.get(lang, &s.words(), &[])));
    parts.extend(piece.region.map(|r| app.regions.full_name(r)));
    parts.join(" · ")
}

fn cut(text: &str, chars: usize) -> String {
    let mut all = text.chars();
    let head: String = all.by_ref().take(chars).collect();
    if all.next().is_some() { head + "…" } else { head }
}

/// A mail.
pub(crate) fn mail(app: &App, to: &Recipient, pieces: &[&Piece]) -> Mail {
    let lang = to.lang;
    let word = |id: &str, args: &[(&str, String)]| app.words.get(lang, id, args);
    let n = pieces.len().to_string();
    let first = pieces
        .first()
        .map_or_else(String::new, |p| cut(&p.title, SUBJECT_CHARS));
    let subject = match pieces {
        [_] => word("push-mail-one", &[("title", first)]),
        _ => word("push-mail-many", &[("n", n.clone()), ("title", first)]),
    };
    let mut body = word("push-mail-lead", &[("n", n)]);
    body.push_str("\n\n");
    for (number, piece) in pieces.iter().take(MAIL_ITEMS_MAX).enumerate() {
        let at = link(app, lang, piece.message);
        let args = [
            ("number", (number + 1).to_string()),
            ("title", piece.title.clone()),
            ("about", about(app, lang, piece)),
            ("summary", piece.summary.clone()),
            ("link", at.clone()),
            ("yes", format!("{at}?answer={}", Reply::Interested.code())),
            ("no", format!("{at}?answer={}", Reply::NotForUs.code())),
        ];
        let id = if piece.event == Event::Changed {
            "push-mail-changed"
        } else {
            "push-mail-item"
        };
        body.push_str(&word(id, &args));
        body.push_str("\n\n");
    }
    if pieces.len() > MAIL_ITEMS_MAX {
        let more = (pieces.len() - MAIL_ITEMS_MAX).to_string();
        let all = address(app, lang, "/my/pushes");
        let open = address(app, lang, "/needs");
        // Who has no account has no list of theirs: the public one holds all of it.
        let at = if to.is_user { all } else { open };
        body.push_str(&word("push-mail-more", &[("n", more), ("link", at)]));
        body.push_str("\n\n");
    }
    let off = off_link(app, to);
    body.push_str(&word(
        "push-mail-foot",
        &[
            ("link", off.clone()),
            ("settings", address(app, lang, "/my/subscriptions")),
        ],
    ));
    Mail {
        to: to.email.clone(),
        subject,
        body,
        // RFC 8058: a mail program's own button unsubscribes with one request.
        headers: vec![
            ("List-Unsubscribe".to_owned(), format!("<{off}>")),
            (
                "List-Unsubscribe-Post".to_owned(),
                "List-Unsubscribe=One-Click".to_owned(),
            ),
        ],
    }
}

/// A template message of WeChat; none where the reader has not tied theirs.
pub(crate) fn wechat(app: &App, to: &Recipient, pieces: &[&Piece], now: Stamp) -> Option<wechat::Letter> {
    let first = pieces.first()?;
    let lang = to.lang;
    let url = match pieces {
        [one] => link(app, lang, one.message),
        _ => address(app, lang, "/my/pushes"),
    };
    Some(wechat::Letter {
        openid: to.openid.clone()?,
        what: app
            .words
            .get(lang, "push-wechat-what", &[("n", pieces.len().to_string())]),
        title: first.title.clone(),
        time: now.format_cn(),
        url,
    })
}

/// A webhook's message; none where the reader has none.
pub(crate) fn hook(app: &App, to: &Recipient, pieces: &[&Piece], now: Stamp) -> Result<Option<hook::Letter>> {
    let Some(hook) = to.hook.clone() else { return Ok(None) };
    let items: Vec<serde_json::Value> = pieces
        .iter()
        .map(|piece| {
            json!({
                "event": piece.event.code(),
                "kind": piece.kind,
                "id": piece.entry,
                "title": piece.title,
                "summary": piece.summary,
                "sectors": piece.sectors,
                "region": piece.region,
                "url": if piece.path.is_empty() { String::new() } else { address(app, to.lang, &piece.path) },
                "answer_url": link(app, to.lang, piece.message),
            })
        })
        .collect();
    let body = serde_json::to_string(&json!({ "at": now, "channel": Channel::Hook.code(), "items": items }))
        .map_err(|e| Fault::internal(e.to_string()))?;
    Ok(Some(hook::Letter { hook, body }))
}
