//! The audit trail in words, and its check.

use std::collections::HashMap;

use axum::response::Response;
use jcore::audit::Entry;
use jcore::{Cx, Query, Result, Shell};
use kernel::{Day, OrgId, Stamp, UserId};
use serde::Deserialize;
use uuid::Uuid;

use super::Pairs;
use super::inbox::pairs;
use crate::store;
use crate::store::desk::{self, AuditFilter};

/// Entries a page shows.
const ENTRIES: i64 = 100;

/// The address's filters.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    before: String,
}

impl Filter {
    fn filter(&self) -> AuditFilter {
        let id = |text: &str| text.trim().parse::<Uuid>().ok();
        let day = |text: &str| text.trim().parse::<Day>().ok().map(Stamp::start_of);
        AuditFilter {
            kind: self.kind.trim().to_owned(),
            subject: id(&self.subject),
            actor: id(&self.actor),
            key: self.key.trim().to_owned(),
            from: day(&self.from).map(Stamp::micros),
            until: day(&self.until).map(|s| s.plus_days(1).micros()),
            before: id(&self.before),
        }
    }

    fn older(&self, last: Uuid) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("actor", &self.actor),
            ("key", &self.key),
            ("from", &self.from),
            ("until", &self.until),
        ];
        pairs.extend_pairs(fields.iter().filter(|(_, v)| !v.is_empty()));
        pairs.append_pair("before", &last.to_string());
        format!("/centre/audit?{}", pairs.finish())
    }
}

struct Row {
    at: i64,
    who: String,
    actor: Option<String>,
    on_behalf: Option<String>,
    what: String,
    key: String,
    kind: String,
    subject: Option<String>,
    /// The name of the person or organisation it was done to.
    subject_name: Option<String>,
    details: Vec<(String, String)>,
    erased: bool,
    batch: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "accounts_audit.html")]
struct Page {
    s: Shell,
    filter: Filter,
    kinds: Vec<String>,
    rows: Vec<Row>,
    older: Option<String>,
}

/// What happened, in words; the bare key where a capability has none.
fn what(cx: &Cx, entry: &Entry, details: &[(String, String)]) -> String {
    let id = format!("audit-{}", entry.key.replace('.', "-"));
    if !cx.app.words.has(cx.lang, &id) {
        return entry.key.clone();
    }
    let args: Vec<(&str, String)> = details.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    cx.ta(&id, &args)
}

/// The names of people and organisations that entries speak of.
struct Names {
    people: HashMap<UserId, String>,
    orgs: HashMap<OrgId, String>,
}

async fn names(conn: &mut db::Conn, entries: &[Entry]) -> Result<Names> {
    let of = |kind: &'static str| {
        entries
            .iter()
            .filter(move |e| e.subject_kind == kind)
            .filter_map(|e| e.subject_id)
    };
    let acting = entries.iter().flat_map(|e| [e.actor, e.on_behalf]).flatten();
    let mut people: Vec<UserId> = acting.chain(of("user")).map(UserId::from).collect();
    people.sort_unstable();
    people.dedup();
    let mut orgs: Vec<OrgId> = of("org").map(OrgId::from).collect();
    orgs.sort_unstable();
    orgs.dedup();
    Ok(Names {
        people: store::people::names(conn, &people).await?,
        orgs: store::orgs::names(conn, &orgs).await?,
    })
}

fn row(cx: &Cx, entry: Entry, names: &Names) -> Row {
    let subject_name = entry.subject_id.and_then(|id| match entry.subject_kind.as_str() {
        "user" => names.people.get(&UserId::from(id)).cloned(),
        "org" => names.orgs.get(&OrgId::from(id)).cloned(),
        _ => None,
    });
    let name = |id: Uuid| {
        names
            .people
            .get(&UserId::from(id))
            .cloned()
            .unwrap_or_else(|| id.to_string())
    };
    let details = entry
        .detail
        .as_deref()
        .and_then(|d| serde_json::from_str(d).ok())
        .map(pairs)
        .unwrap_or_default();
    Row {
        at: entry.at,
        who: entry.actor.map_or_else(|| cx.t("accounts-audit-nobody"), name),
        actor: entry.actor.map(|id| id.to_string()),
        on_behalf: entry.on_behalf.map(name),
        what: what(cx, &entry, &details),
        subject: entry.subject_id.map(|id| id.to_string()),
        subject_name,
        erased: entry.detail.is_none(),
        batch: entry.batch,
        details,
        key: entry.key,
        kind: entry.subject_kind,
    }
}

pub(super) async fn list(cx: Cx, Query(filter): Query<Filter>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let entries = desk::audit(&mut conn, &filter.filter(), ENTRIES).await?;
    let full = i64::try_from(entries.len()) == Ok(ENTRIES);
    let older = entries.last().filter(|_| full).map(|e| filter.older(e.id));
    let names = names(&mut conn, &entries).await?;
    let kinds = desk::audit_kinds(&mut conn).await?;
    drop(conn);
    let rows = entries.into_iter().map(|e| row(&cx, e, &names)).collect();
    cx.page(&Page {
        s: cx.shell(),
        filter,
        kinds,
        rows,
        older,
    })
}

/// Recomputes the whole chain and says what it found.
pub(super) async fn verify(cx: Cx, _form: Pairs) -> Result<Response> {
    let verdict = jcore::audit::verify(&cx.app).await?;
    let args = [
        ("batches", verdict.batches.to_string()),
        ("entries", verdict.entries.to_string()),
    ];
    let text = match verdict.broken {
        None => cx.ta("accounts-audit-whole", &args),
        Some(broken) => cx.ta("accounts-audit-broken", &[("what", broken)]),
    };
    Ok(cx.redirect_saying("/centre/audit", &text))
}
