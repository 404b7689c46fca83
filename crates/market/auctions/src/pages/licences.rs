//! Open licences: the zone, one licence with who took it, and declaring one.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Multipart, Query, Result, Routes, Shell, Subject};
use kernel::{EntryId, FileId, OrgId};
use serde::Deserialize;
use uuid::Uuid;

use super::{Amount, errors};
use crate::deeds::licences::{self, Declared, Taker, Taking, taker_place};
use crate::licence::{Base, LAWS, LicenceState, LicenceTerms, TakeState};
use crate::model::user_key;
use crate::rules::{BID_FOR, LICENCE_DECLARE, LICENCE_KEEP, LICENCE_SEE, LICENCE_TAKE};
use crate::store;
use crate::store::licences::{Licence, Take};

/// Licences a page.
pub(crate) const A_PAGE: i64 = 20;

/// The routes of open licences.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/licences", LICENCE_SEE, list)
        .get("/licences/new", LICENCE_DECLARE, new)
        .post("/licences/new", LICENCE_DECLARE, declare)
        .get("/licences/{licence}", LICENCE_SEE, show)
        .get("/licences/{licence}/report", LICENCE_SEE, report)
        .post("/licences/{licence}/announce", LICENCE_KEEP, announce)
        .post("/licences/{licence}/withdraw", LICENCE_DECLARE, withdraw)
        .post("/licences/{licence}/take", LICENCE_TAKE, take)
        .post("/licences/takes/{take}/step", LICENCE_DECLARE, step)
}

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default)]
    pub(crate) q: String,
    pub(crate) page: Option<i64>,
}

struct Row {
    id: Uuid,
    title: String,
    number: String,
    owner: String,
    state: String,
    chip: &'static str,
    fee: String,
    until: String,
}

fn chip(state: LicenceState) -> &'static str {
    match state {
        LicenceState::Open => "live",
        LicenceState::Announced => "info",
        LicenceState::Declared => "wait",
        LicenceState::Withdrawn => "",
    }
}

/// A fee in words.
fn fee(cx: &Cx, terms: &LicenceTerms) -> String {
    let share = format!("{}.{:02}", terms.share_bp / 100, terms.share_bp % 100);
    match terms.base {
        Base::Fixed => terms.fee.to_string(),
        base => {
            let share = cx.ta(&format!("licence-share-{}", base.code()), &[("share", share)]);
            if terms.fee.get() > 0 {
                cx.ta("licence-entry-fee", &[("fee", terms.fee.to_string()), ("share", share)])
            } else {
                share
            }
        }
    }
}

async fn owner_names(cx: &Cx, found: &[Licence]) -> Result<std::collections::HashMap<OrgId, String>> {
    let ids: Vec<OrgId> = found.iter().map(|licence| licence.org_id.into()).collect();
    accounts::org_names(&mut cx.app.read().await?, &ids).await
}

#[derive(Template)]
#[template(path = "licence_list.html")]
struct ListPage {
    s: Shell,
    rows: Vec<Row>,
    query: ListQuery,
    count: i64,
    page: i64,
    pages: i64,
    keeps: bool,
}

/// `GET /licences`
async fn list(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let page = query.page.unwrap_or(1).max(1);
    let keeps = cx.may(LICENCE_KEEP, &Subject::NONE);
    let offset = (page - 1).saturating_mul(A_PAGE);
    let (found, count) =
        store::licences::list(&mut cx.app.read().await?, keeps, query.q.trim(), A_PAGE, offset).await?;
    let names = owner_names(&cx, &found).await?;
    let today = cx.now.date_in_cn();
    let row = |licence: &Licence| {
        let (terms, state) = (licence.terms()?, licence.state(today));
        Ok(Row {
            id: licence.id,
            title: licence.title.clone(),
            number: licence.patent_no.clone(),
            owner: names.get(&OrgId::from(licence.org_id)).cloned().unwrap_or_default(),
            state: cx.t(&format!("licence-state-{}", state.code())),
            chip: chip(state),
            fee: fee(&cx, &terms),
            until: terms.until.to_string(),
        })
    };
    cx.page(&ListPage {
        s: cx.shell().phases(),
        rows: found.iter().map(row).collect::<Result<_>>()?,
        query,
        count,
        page,
        pages: (count + A_PAGE - 1) / A_PAGE,
        keeps,
    })
}

/// Somebody who takes the licence, as the reader may see them.
pub(crate) struct TakeView {
    pub(crate) id: Uuid,
    pub(crate) who: String,
    pub(crate) phone: String,
    pub(crate) use_for: String,
    /// The state's code.
    pub(crate) code: &'static str,
    pub(crate) state: String,
    pub(crate) chip: &'static str,
    pub(crate) next: Option<&'static str>,
    pub(crate) next_text: String,
    pub(crate) paid: Option<Amount>,
    pub(crate) filing: String,
    pub(crate) at: i64,
}

#[derive(Template)]
#[template(path = "licence.html")]
struct LicencePage {
    s: Shell,
    licence: Licence,
    owner: String,
    state: String,
    chip: &'static str,
    fee: String,
    terms: LicenceTerms,
    kind: String,
    laws: Vec<(String, String, String)>,
    takes: Vec<TakeView>,
    sees_takes: bool,
    open: bool,
    may_keep: bool,
    may_withdraw: bool,
    may_step: bool,
    has_report: bool,
    signed_in: bool,
    orgs: Vec<(String, String)>,
    today: String,
    errors: Vec<(String, String)>,
}

/// `GET /licences/{licence}`
async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    page(&cx, id, Vec::new()).await
}

/// Whether this reader may see a licence that the patent office has not announced.
fn is_inside(cx: &Cx, licence: &Licence) -> bool {
    let subject = licence.subject();
    cx.may(LICENCE_DECLARE, &subject) || cx.may(LICENCE_KEEP, &subject)
}

pub(crate) async fn visible(cx: &Cx, id: Uuid) -> Result<Licence> {
    let licence = store::licences::get(&mut cx.app.read().await?, id).await?;
    if licence.announced_day.is_none() && !is_inside(cx, &licence) {
        return Err(Fault::not_found());
    }
    Ok(licence)
}

async fn page(cx: &Cx, id: Uuid, errors: Vec<(String, String)>) -> Result<Response> {
    let licence = visible(cx, id).await?;
    let subject = licence.subject();
    let today = cx.now.date_in_cn();
    let (state, terms) = (licence.state(today), licence.terms()?);
    let takes = takes(cx, &licence).await?;
    let mut orgs = Vec::new();
    for org in accounts::orgs_of(&mut cx.app.read().await?, &cx.actor).await? {
        if org.id.uuid() != licence.org_id && cx.may(BID_FOR, &org.subject()) {
            orgs.push((org.id.to_string(), org.name));
        }
    }
    let owner = owner_names(cx, std::slice::from_ref(&licence)).await?;
    let law = |law: &crate::licence::Law| {
        let text = cx.t(&format!("licence-law-{}", law.code.trim_start_matches("licence-")));
        (text, law.cites.to_owned(), law.from.to_string())
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let may_declare = cx.may(LICENCE_DECLARE, &subject);
    let answer = LicencePage {
        s: cx.shell(),
        owner: owner.into_values().next().unwrap_or_default(),
        state: cx.t(&format!("licence-state-{}", state.code())),
        chip: chip(state),
        fee: fee(cx, &terms),
        kind: cx.t(&format!("licence-kind-{}", licence.patent_kind)),
        laws: LAWS.iter().map(law).collect(),
        sees_takes: !takes.is_empty(),
        takes,
        open: state == LicenceState::Open,
        may_keep: state == LicenceState::Declared && cx.may(LICENCE_KEEP, &subject),
        may_withdraw: licence.withdrawn_day.is_none() && may_declare,
        may_step: may_declare,
        has_report: licence.report_id.is_some(),
        signed_in: cx.actor.user.is_some(),
        orgs,
        today: today.to_string(),
        terms,
        licence,
        errors,
    };
    cx.page_with(status, &answer)
}

/// Who took it: all for its owner and the centre, their own for everybody else.
pub(crate) async fn takes(cx: &Cx, licence: &Licence) -> Result<Vec<TakeView>> {
    let mut conn = cx.app.read().await?;
    let (rows, sight) = match (cx.sight(LICENCE_DECLARE, &licence.subject()), cx.actor.user) {
        (Some(sight), _) => (store::licences::takes(&mut conn, licence.id).await?, sight),
        (None, Some(user)) => {
            let key = user_key(&cx.app, user);
            let mine = store::licences::my_takes(&mut conn, licence.id, &key).await?;
            match cx.sight(LICENCE_TAKE, &Subject::user(user)) {
                Some(sight) => (mine, sight),
                None => return Ok(Vec::new()),
            }
        }
        (None, None) => return Ok(Vec::new()),
    };
    let view = |row: Take| {
        let taker = cx.app.keys.open_json::<Taker>(&taker_place(row.id), &row.body)?;
        let taker = taker.into_revealed(&sight);
        let state = TakeState::from_code(&row.state);
        let next = state.next().map(TakeState::code);
        Ok(TakeView {
            id: row.id,
            who: if taker.org.is_some() {
                format!("{}（{}）", taker.org_name, taker.person)
            } else {
                taker.person
            },
            phone: taker.phone,
            use_for: taker.use_for,
            code: state.code(),
            state: cx.t(&format!("licence-take-{}", state.code())),
            chip: if next.is_none() { "ok" } else { "wait" },
            next_text: next
                .map(|next| cx.t(&format!("licence-step-{next}")))
                .unwrap_or_default(),
            next,
            paid: row.paid_fen.map(Amount::of),
            filing: row.filing_no,
            at: row
                .filed_at
                .or(row.licensed_at)
                .or(row.paid_at)
                .unwrap_or(row.notified_at),
        })
    };
    rows.into_iter().map(view).collect()
}

/// `GET /licences/{licence}/report`: the evaluation report (专利权评价报告), public with the declaration.
async fn report(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let licence = visible(&cx, id).await?;
    let file = FileId::from(licence.report_id.ok_or_else(Fault::not_found)?);
    let sight = cx.sight(LICENCE_SEE, &licence.subject()).ok_or_else(Fault::not_found)?;
    let row = cx.app.files.row(&mut cx.app.read().await?, file).await?;
    let name = cx.app.files.name(&cx.app, &row, &sight)?;
    let content = cx.app.files.content(&cx.app, file, &sight).await?;
    Ok(cx.download(&name, &row.media, content))
}

/// What a new declaration is about.
#[derive(Debug, Default, Deserialize)]
struct NewQuery {
    #[serde(default)]
    entry: String,
}

#[derive(Template)]
#[template(path = "licence_form.html")]
struct FormPage {
    s: Shell,
    entry: Uuid,
    title: String,
    number: String,
    kind: String,
    needs_report: bool,
    bases: Vec<(&'static str, String, bool)>,
    values: Vec<(&'static str, String, String, &'static str)>,
    ticks: Vec<(&'static str, String, bool)>,
    errors: Vec<(String, String)>,
}

/// `GET /licences/new?entry=…`
async fn new(cx: Cx, Query(query): Query<NewQuery>) -> Result<Response> {
    form_page(&cx, &query.entry, &Multipart::default(), Vec::new(), StatusCode::OK).await
}

async fn form_page(
    cx: &Cx,
    entry: &str,
    sent: &Multipart,
    mut errors: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response> {
    let entry: EntryId = entry.trim().parse().map_err(|_| Fault::not_found())?;
    let (id, title, kind, number) = match licences::patent(&cx.app, &cx.actor, entry).await {
        Ok((entry, kind, number)) => (entry.id, entry.title, kind, number),
        Err(fault) => {
            errors = super::errors(cx, fault)?;
            (entry.uuid(), String::new(), "invention".to_owned(), String::new())
        }
    };
    let text = |key: &str| sent.first(key).unwrap_or_default().to_owned();
    let value = |(key, kind): (&'static str, &'static str)| (key, cx.t(&format!("licence-f-{key}")), text(key), kind);
    let tick = |key: &'static str| (key, cx.t(&format!("licence-f-{key}")), sent.first(key).is_some());
    let base = text("base");
    let answer = FormPage {
        s: cx.shell(),
        entry: id,
        title,
        number,
        needs_report: kind != "invention",
        kind: cx.t(&format!("licence-kind-{kind}")),
        bases: Base::ALL
            .map(|one| {
                (
                    one.code(),
                    cx.t(&format!("licence-base-{}", one.code())),
                    one.code() == base,
                )
            })
            .to_vec(),
        values: [
            ("fee", "text"),
            ("share", "text"),
            ("payment", "area"),
            ("until", "date"),
            ("more", "area"),
        ]
        .map(value)
        .to_vec(),
        ticks: ["exclusive", "suspended", "unpaid", "pledged", "consented"]
            .map(tick)
            .to_vec(),
        errors,
    };
    cx.page_with(status, &answer)
}

/// `POST /licences/new`
async fn declare(cx: Cx, sent: Multipart) -> Result<Response> {
    let text = |key: &str| sent.first(key).unwrap_or_default().to_owned();
    let on = |key: &str| sent.first(key).is_some();
    let declared = Declared {
        base: text("base"),
        fee: text("fee"),
        share: text("share"),
        payment: text("payment"),
        until: text("until"),
        more: text("more"),
        exclusive: on("exclusive"),
        suspended: on("suspended"),
        unpaid: on("unpaid"),
        pledged: on("pledged"),
        consented: on("consented"),
        confirmed: on("confirmed"),
        report: sent.files.first().cloned(),
    };
    let entry: EntryId = text("entry").trim().parse().map_err(|_| Fault::not_found())?;
    match licences::declare(&cx.app, &cx.actor, entry, declared).await {
        Ok(id) => Ok(cx.redirect_saying(&format!("/licences/{id}"), &cx.t("licence-said-declared"))),
        Err(fault) => {
            let errors = errors(&cx, fault)?;
            form_page(&cx, &text("entry"), &sent, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// What a small form says.
#[derive(Debug, Default, Deserialize)]
struct Said {
    #[serde(default)]
    day: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    org: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    use_for: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    paid: String,
}

async fn back(cx: &Cx, id: Uuid, done: Result<()>, words: &str) -> Result<Response> {
    match done {
        Ok(()) => Ok(cx.redirect_saying(&format!("/licences/{id}"), &cx.t(words))),
        Err(fault) => {
            let errors = errors(cx, fault)?;
            page(cx, id, errors).await
        }
    }
}

/// `POST /licences/{licence}/announce`
async fn announce(cx: Cx, Path(id): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = licences::announce(&cx.app, &cx.actor, id, &said.day, &said.number).await;
    back(&cx, id, done, "licence-said-announced").await
}

/// `POST /licences/{licence}/withdraw`
async fn withdraw(cx: Cx, Path(id): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = licences::withdraw(&cx.app, &cx.actor, id).await;
    back(&cx, id, done, "licence-said-withdrawn").await
}

/// `POST /licences/{licence}/take`
async fn take(cx: Cx, Path(id): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let org = match said.org.trim() {
        "" => None,
        id => Some(id.parse::<OrgId>().map_err(|_| Fault::not_found())?),
    };
    let taking = Taking {
        org,
        phone: said.phone,
        use_for: said.use_for,
    };
    let done = licences::take(&cx.app, &cx.actor, id, taking).await;
    back(&cx, id, done, "licence-said-taken").await
}

/// `POST /licences/takes/{take}/step`
async fn step(cx: Cx, Path(take): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let licence = store::licences::take(&mut cx.app.read().await?, take).await?.licence_id;
    let done = licences::step(&cx.app, &cx.actor, take, &said.to, &said.paid, &said.number).await;
    back(&cx, licence, done.map(|_| ()), "licence-said-stepped").await
}
