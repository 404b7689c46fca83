//! The centre's page on 应推尽推: how much of what should go to whom went, and who is missing for what reason (R128, R129).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Query, Result, Shell};
use kernel::Stamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::coverage::{Standing, standing};
use crate::rules::{SEE, percent};
use crate::store::messages;
use crate::store::targets::{self, Of, Scope, Sums, TargetRow};

/// Lines a page has.
const LINES: i64 = 50;
/// Pairs that a page of one need or one university shows: a province has some 170 universities.
const PAIRS: i64 = 500;
/// Rows of an export.
const EXPORT_MAX: i64 = 50_000;

/// What a coverage is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CoverQuery {
    /// `institute`, else universities.
    pub(crate) group: String,
    /// `all` with needs that are no longer public.
    pub(crate) which: String,
    page: Option<i64>,
}

impl CoverQuery {
    pub(crate) fn scope(&self) -> Scope {
        Scope {
            kind: if self.group == "institute" {
                "institute"
            } else {
                "university"
            },
            with_ended: self.which == "all",
        }
    }

    fn address(&self, path: &str) -> String {
        format!(
            "{path}?group={}&which={}",
            self.scope().kind,
            if self.scope().with_ended { "all" } else { "public" }
        )
    }
}

struct LineView {
    href: String,
    name: String,
    at: Option<i64>,
    should: i64,
    pushed: i64,
    due: i64,
    missing: i64,
    opened: i64,
    answered: i64,
    percent: i64,
}

struct Tab {
    href: String,
    text: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "push_coverage.html")]
struct ListPage {
    s: Shell,
    by_org: bool,
    tabs: Vec<Tab>,
    groups: Vec<Tab>,
    whiches: Vec<Tab>,
    sums: Sums,
    percent: i64,
    lines: Vec<LineView>,
    reasons: Vec<(String, i64)>,
    count: i64,
    page: i64,
    pages: i64,
    prev: String,
    next: String,
    xlsx: String,
    csv: String,
}

fn tabs(cx: &Cx, query: &CoverQuery, current: &str) -> Vec<Tab> {
    let mut all = vec![
        ("push-tab-needs", "/centre/push"),
        ("push-tab-orgs", "/centre/push/orgs"),
    ];
    if cx.app.rules.reaches(&cx.actor, crate::rules::RESEND).is_ok() {
        all.push(("push-tab-letters", "/centre/push/letters"));
    }
    all.into_iter()
        .map(|(words, path)| Tab {
            href: cx.href(&query.address(path)),
            text: cx.t(words),
            on: path == current,
        })
        .collect()
}

async fn list_page(cx: &Cx, query: &CoverQuery, by_org: bool) -> Result<Response> {
    let scope = query.scope();
    let page = query.page.unwrap_or(1).max(1);
    let offset = (page - 1).saturating_mul(LINES);
    let mut conn = cx.app.read().await?;
    let sums = targets::sums(&mut conn, scope).await?;
    let (needs, orgs) = targets::counts(&mut conn, scope).await?;
    let reasons = targets::reasons(&mut conn, scope).await?;
    let lines = if by_org {
        targets::by_org(&mut conn, scope, LINES, offset).await?
    } else {
        targets::by_need(&mut conn, scope, LINES, offset).await?
    };
    drop(conn);
    let (count, path, part) = if by_org {
        (orgs, "/centre/push/orgs", "orgs")
    } else {
        (needs, "/centre/push", "needs")
    };
    let line = |line: targets::Line| LineView {
        href: cx.href(&query.address(&format!("/centre/push/{part}/{}", line.id))),
        name: if line.name.is_empty() {
            cx.t("push-not-public")
        } else {
            line.name
        },
        at: (!by_org).then_some(line.at),
        percent: percent(line.pushed, line.should),
        should: line.should,
        pushed: line.pushed,
        due: line.due,
        missing: line.missing,
        opened: line.opened,
        answered: line.answered,
    };
    let switch = |words: &str, query: CoverQuery| Tab {
        href: cx.href(&query.address(path)),
        text: cx.t(words),
        on: query.scope() == scope,
    };
    let with = |group: &str, which: &str| CoverQuery {
        group: group.to_owned(),
        which: which.to_owned(),
        page: None,
    };
    let (group, which) = (scope.kind, if scope.with_ended { "all" } else { "public" });
    let at_page = |n: i64| cx.href(&format!("{}&page={n}", query.address(path)));
    cx.page(&ListPage {
        s: cx.shell(),
        by_org,
        tabs: tabs(cx, query, path),
        groups: vec![
            switch("push-group-university", with("university", which)),
            switch("push-group-institute", with("institute", which)),
        ],
        whiches: vec![
            switch("push-which-public", with(group, "public")),
            switch("push-which-all", with(group, "all")),
        ],
        percent: percent(sums.pushed, sums.should),
        sums,
        lines: lines.into_iter().map(line).collect(),
        reasons: reasons
            .into_iter()
            .map(|(code, n)| (cx.t(&format!("push-lack-{code}")), n))
            .collect(),
        count,
        page,
        pages: (count.max(1) + LINES - 1) / LINES,
        prev: at_page(page - 1),
        next: at_page(page + 1),
        xlsx: cx.href(&query.address("/centre/push.xlsx")),
        csv: cx.href(&query.address("/centre/push.csv")),
    })
}

/// `GET /centre/push`: by need.
pub(crate) async fn needs(cx: Cx, Query(query): Query<CoverQuery>) -> Result<Response> {
    list_page(&cx, &query, false).await
}

/// `GET /centre/push/orgs`: by university.
pub(crate) async fn orgs(cx: Cx, Query(query): Query<CoverQuery>) -> Result<Response> {
    list_page(&cx, &query, true).await
}

struct PairView {
    href: String,
    name: String,
    state: String,
    class: &'static str,
    why: String,
    pushed_at: Option<i64>,
    channel: String,
    opened_at: Option<i64>,
    answer: String,
    answer_why: String,
}

#[derive(Template)]
#[template(path = "push_pairs.html")]
struct PairsPage {
    s: Shell,
    title: String,
    back: String,
    by_org: bool,
    should: usize,
    pushed: usize,
    percent: i64,
    rows: Vec<PairView>,
}

/// Where a pair stands, in words.
fn said(cx: &Cx, pair: &Standing) -> (String, &'static str, String) {
    let class = match pair.state {
        "pushed" => "ok",
        "due" => "wait",
        _ => "live",
    };
    let why = match (pair.why.as_str(), pair.until) {
        ("", _) => String::new(),
        (why, Some(at)) => cx.ta(
            &format!("push-lack-{why}"),
            &[("at", Stamp::from_micros(at).format_cn())],
        ),
        (why, None) => cx.t(&format!("push-lack-{why}")),
    };
    (cx.t(&format!("push-state-{}", pair.state)), class, why)
}

fn pair_view(cx: &Cx, query: &CoverQuery, by_org: bool, pair: &Standing) -> PairView {
    let (state, class, why) = said(cx, pair);
    let row: &TargetRow = &pair.row;
    let name = match (by_org, row.title.is_empty()) {
        (false, _) => row.org_name.clone(),
        (true, true) => cx.t("push-not-public"),
        (true, false) => row.title.clone(),
    };
    let path = if by_org {
        format!("/centre/push/needs/{}", row.entry_id)
    } else {
        format!("/centre/push/orgs/{}", row.org_id)
    };
    let word = |prefix: &str, code: &str| {
        if code.is_empty() {
            String::new()
        } else {
            cx.t(&format!("{prefix}-{code}"))
        }
    };
    PairView {
        href: cx.href(&query.address(&path)),
        name,
        state,
        class,
        why,
        pushed_at: row.pushed_at,
        channel: word("push-channel", &row.channel),
        opened_at: row.opened_at,
        answer: word("push-answer", &row.answer),
        answer_why: String::new(),
    }
}

async fn pairs_page(cx: &Cx, query: &CoverQuery, of: Of) -> Result<Response> {
    let by_org = matches!(of, Of::Org(_));
    // One need or university is shown whole, whether public or not.
    let scope = Scope {
        with_ended: query.scope().with_ended || !by_org,
        ..query.scope()
    };
    let mut conn = cx.app.read().await?;
    let rows = standing(&mut conn, cx.now, scope, of, PAIRS, 0).await?;
    let answers = messages::answers(&mut conn, of, PAIRS).await?;
    drop(conn);
    let sight = cx.sight(SEE, &jcore::Subject::NONE).ok_or_else(Fault::not_found)?;
    let first = rows.first().ok_or_else(Fault::not_found)?;
    let title = match (by_org, first.row.title.is_empty()) {
        (true, _) => first.row.org_name.clone(),
        (false, true) => cx.t("push-not-public"),
        (false, false) => first.row.title.clone(),
    };
    let pushed = rows.iter().filter(|pair| pair.state == "pushed").count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut views = Vec::with_capacity(rows.len());
    for pair in &rows {
        let mut view = pair_view(cx, query, by_org, pair);
        let of_pair = |a: &&messages::AnswerRow| a.org_id == pair.row.org_id && a.entry_id == pair.row.entry_id;
        // One answer stands beside each way that it was pushed by; the note beside the one that was answered.
        for answer in answers.iter().filter(of_pair) {
            let why = why_answered(cx, answer, &sight)?;
            if why.len() > view.answer_why.len() {
                view.answer_why = why;
            }
        }
        views.push(view);
    }
    cx.page(&PairsPage {
        s: cx.shell(),
        title,
        back: cx.href(&query.address(if by_org { "/centre/push/orgs" } else { "/centre/push" })),
        by_org,
        should: rows.len(),
        pushed,
        percent: percent(count(pushed), count(rows.len())),
        rows: views,
    })
}

/// The reason and the note of an answer, for who may see the coverage.
fn why_answered(cx: &Cx, row: &messages::AnswerRow, sight: &jcore::Sight) -> Result<String> {
    let mut parts = Vec::new();
    if !row.answer_why.is_empty() {
        parts.push(cx.t(&format!("push-why-{}", row.answer_why)));
    }
    if let Some(sealed) = &row.answer_note {
        let note = cx
            .app
            .keys
            .open_json::<String>(&super::link::note_place(row.id), sealed)?;
        parts.push(note.into_revealed(sight));
    }
    Ok(parts.join(" · "))
}

fn id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Fault::not_found())
}

/// `GET /centre/push/needs/{id}`: who got it, who did not, and why.
pub(crate) async fn need(cx: Cx, Path(path): Path<String>, Query(query): Query<CoverQuery>) -> Result<Response> {
    pairs_page(&cx, &query, Of::Need(id(&path)?)).await
}

/// `GET /centre/push/orgs/{id}`: what a university got, what not, and why.
pub(crate) async fn org(cx: Cx, Path(path): Path<String>, Query(query): Query<CoverQuery>) -> Result<Response> {
    pairs_page(&cx, &query, Of::Org(id(&path)?)).await
}

type Table = (Vec<String>, Vec<Vec<String>>);

/// The register as a table: the evidence behind R128 and R129.
async fn table(cx: &Cx, query: &CoverQuery) -> Result<Table> {
    let mut conn = cx.app.read().await?;
    let rows = standing(&mut conn, cx.now, query.scope(), Of::All, EXPORT_MAX, 0).await?;
    drop(conn);
    let heads = [
        "need", "org", "state", "why", "pushed", "channel", "opened", "answer", "address",
    ];
    let heads = heads.map(|head| cx.t(&format!("push-col-{head}"))).to_vec();
    let time = |at: Option<i64>| at.map_or_else(String::new, |at| Stamp::from_micros(at).format_cn());
    let line = |pair: &Standing| {
        let view = pair_view(cx, query, true, pair);
        vec![
            view.name,
            pair.row.org_name.clone(),
            view.state,
            view.why,
            time(view.pushed_at),
            view.channel,
            time(view.opened_at),
            view.answer,
            format!("{}/needs/{}", cx.app.settings.base_url, pair.row.entry_id),
        ]
    };
    Ok((heads, rows.iter().map(line).collect()))
}

/// `GET /centre/push.xlsx`
pub(crate) async fn xlsx(cx: Cx, Query(query): Query<CoverQuery>) -> Result<Response> {
    let (heads, rows) = table(&cx, &query).await?;
    let bytes = sheets::export_xlsx(&cx.t("push-title"), &heads, &rows).map_err(|e| Fault::internal(e.to_string()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(cx.download(&format!("push-{}.xlsx", cx.now.date_in_cn()), media, bytes))
}

/// `GET /centre/push.csv`
pub(crate) async fn csv(cx: Cx, Query(query): Query<CoverQuery>) -> Result<Response> {
    let (heads, rows) = table(&cx, &query).await?;
    let name = format!("push-{}.csv", cx.now.date_in_cn());
    Ok(cx.download(&name, "text/csv; charset=utf-8", sheets::export_csv(&heads, &rows)))
}
