//! The inbox: what the platform told a person.

use axum::response::Response;
use jcore::{Cx, Result, Shell, notices};

use super::Pairs;
use crate::deeds::own;

/// Notices a page shows: those of some months.
const NOTICES_MAX: i64 = 200;

struct Row {
    at: i64,
    text: String,
    link: Option<String>,
    unread: bool,
}

#[derive(askama::Template)]
#[template(path = "accounts_inbox.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
    any_unread: bool,
}

/// A notice in the reader's words: stored as a key with arguments.
pub(crate) fn words(cx: &Cx, key: &str, args: &str) -> String {
    let args: Vec<(String, String)> = serde_json::from_str::<serde_json::Value>(args)
        .map(pairs)
        .unwrap_or_default();
    let args: Vec<(&str, String)> = args.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    cx.ta(&format!("notice-{key}"), &args)
}

/// Name and text of each member of an object, or of a list of pairs.
pub(super) fn pairs(value: serde_json::Value) -> Vec<(String, String)> {
    let text = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    match value {
        serde_json::Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), text(v))).collect(),
        serde_json::Value::Array(list) => list
            .iter()
            .filter_map(|p| Some((p.get(0)?.as_str()?.to_owned(), text(p.get(1)?))))
            .collect(),
        _ => Vec::new(),
    }
}

pub(super) async fn page(cx: Cx) -> Result<Response> {
    let me = own::me(&cx)?;
    let mut conn = cx.app.read().await?;
    let rows = notices::inbox(&mut conn, me, NOTICES_MAX).await?;
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|r| Row {
            at: r.at,
            text: words(&cx, &r.key, &r.args),
            link: r.link.map(|l| cx.href(&l)),
            unread: r.read_at.is_none(),
        })
        .collect();
    let any_unread = rows.iter().any(|r| r.unread);
    cx.page(&Page {
        s: cx.shell(),
        rows,
        any_unread,
    })
}

pub(super) async fn read(cx: Cx, _form: Pairs) -> Result<Response> {
    own::read_inbox(&cx).await?;
    Ok(cx.redirect("/inbox"))
}
