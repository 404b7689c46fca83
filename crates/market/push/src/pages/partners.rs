//! The centre's pages on markets and alliances elsewhere.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Query, Result, Shell};
use kernel::Sector;
use serde::Deserialize;
use uuid::Uuid;

use super::{Choice, choices, issues, sectors};
use crate::items;
use crate::partners::{self, BATCH_MAX, Contact, FEEDBACK_DAYS, PartnerKind, Stage, TOLD, Typed, Word};
use crate::rules::PARTNERS;
use crate::store::partners::{self as store, BatchRow, PartnerRow};

/// Needs that the page offers for a batch.
const CANDIDATES_MAX: i64 = 200;

struct Row {
    id: Uuid,
    name: String,
    kind: String,
    place: String,
    ended: bool,
    batches: usize,
    items: i64,
    told: i64,
    signed: i64,
    late: usize,
}

#[derive(Template)]
#[template(path = "push_partners.html")]
struct ListPage {
    s: Shell,
    rows: Vec<Row>,
    kinds: Vec<Choice>,
    provinces: Vec<Choice>,
    form: PartnerForm,
    errors: Vec<String>,
}

/// A partner's form as it comes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PartnerForm {
    name: String,
    kind: String,
    region: String,
    person: String,
    email: String,
    phone: String,
    feedback_days: String,
    deed: String,
    version: i64,
}

impl PartnerForm {
    fn typed(&self) -> Typed {
        Typed {
            name: self.name.clone(),
            kind: self.kind.clone(),
            region: self.region.clone(),
            contact: Contact {
                person: self.person.clone(),
                email: self.email.clone(),
                phone: self.phone.clone(),
            },
            feedback_days: self.feedback_days.clone(),
        }
    }
}

fn provinces(cx: &Cx, on: &str) -> Vec<Choice> {
    let all = cx
        .app
        .regions
        .iter()
        .filter(|d| d.code.level() == kernel::DivisionLevel::Province);
    all.map(|d| Choice {
        value: d.code.to_string(),
        text: d.name.clone(),
        on: d.code.to_string() == on,
    })
    .collect()
}

fn kinds(cx: &Cx, on: &str) -> Vec<Choice> {
    choices(
        cx,
        "push-partner-kind",
        PartnerKind::ALL.iter().map(|k| k.code()),
        &[on],
    )
}

fn place(cx: &Cx, region: &str) -> String {
    kernel::Region::new(region).map_or_else(String::new, |r| cx.app.regions.full_name(r))
}

fn is_late(batch: &BatchRow, now: i64) -> bool {
    batch.closed_at.is_none() && batch.due_at < now
}

async fn list_page(cx: &Cx, status: StatusCode, form: PartnerForm, errors: Vec<String>) -> Result<Response> {
    cx.permit(PARTNERS, &jcore::Subject::NONE)?;
    let mut conn = cx.app.read().await?;
    let mut rows = Vec::new();
    for partner in store::partners(&mut conn).await? {
        let sums = store::sums(&mut conn, partner.id).await?;
        let batches = store::batches(&mut conn, partner.id).await?;
        rows.push(Row {
            id: partner.id,
            kind: cx.t(&format!("push-partner-kind-{}", partner.kind)),
            place: place(cx, &partner.region),
            ended: partner.state != "active",
            name: partner.name,
            batches: batches.len(),
            items: sums.items,
            told: sums.told,
            signed: sums.signed,
            late: batches.iter().filter(|b| is_late(b, cx.now.micros())).count(),
        });
    }
    drop(conn);
    cx.page_with(
        status,
        &ListPage {
            s: cx.shell(),
            rows,
            kinds: kinds(cx, &form.kind),
            provinces: provinces(cx, &form.region),
            form,
            errors,
        },
    )
}

/// `GET /centre/partners`
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    let form = PartnerForm {
        feedback_days: FEEDBACK_DAYS.to_string(),
        ..PartnerForm::default()
    };
    list_page(&cx, StatusCode::OK, form, Vec::new()).await
}

/// `POST /centre/partners`
pub(crate) async fn add(cx: Cx, Form(form): Form<PartnerForm>) -> Result<Response> {
    match partners::add(&cx.app, &cx.actor, &form.typed()).await {
        Ok(id) => Ok(cx.redirect_saying(&format!("/centre/partners/{id}"), &cx.t("push-said-partner"))),
        Err(fault) if !fault.fields.is_empty() => {
            let errors = issues(&cx, &fault);
            list_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, errors).await
        }
        Err(fault) => Err(fault),
    }
}

struct BatchLine {
    id: Uuid,
    number: i64,
    title: String,
    at: i64,
    due_at: i64,
    fetched: bool,
    late: bool,
    closed: bool,
    reminders: i64,
}

struct Candidate {
    id: Uuid,
    title: String,
    about: String,
    path: String,
}

#[derive(Template)]
#[template(path = "push_partner.html")]
struct ShowPage {
    s: Shell,
    id: Uuid,
    version: i64,
    active: bool,
    has_token: bool,
    secret: Option<String>,
    form: PartnerForm,
    kinds: Vec<Choice>,
    provinces: Vec<Choice>,
    batches: Vec<BatchLine>,
    sectors: Vec<Choice>,
    candidates: Vec<Candidate>,
    batch_max: usize,
    errors: Vec<String>,
}

/// Which needs are offered for a batch.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ShowQuery {
    sector: String,
}

fn id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Fault::not_found())
}

async fn partner(cx: &Cx, path: &str) -> Result<PartnerRow> {
    cx.permit(PARTNERS, &jcore::Subject::NONE)?;
    let mut conn = cx.app.read().await?;
    store::partner(&mut conn, id(path)?).await
}

async fn show_page(
    cx: &Cx,
    status: StatusCode,
    partner: &PartnerRow,
    sector: &str,
    secret: Option<String>,
    errors: Vec<String>,
) -> Result<Response> {
    let contact = partners::contact(&cx.app, &cx.actor, partner)?;
    let sector = Sector::from_code(sector);
    let mut conn = cx.app.read().await?;
    let batches = store::batches(&mut conn, partner.id).await?;
    let code = sector.map(Sector::code);
    let found = store::candidates(&mut conn, partner.id, code, cx.now.micros(), CANDIDATES_MAX).await?;
    drop(conn);
    let mut candidates = Vec::with_capacity(found.len());
    for row in &found {
        let Some(public) = items::of_row(&cx.app, row)? else {
            continue;
        };
        let mut about: Vec<String> = public.item.sectors.iter().map(|s| cx.t(&s.words())).collect();
        about.extend(public.item.region.map(|r| cx.app.regions.full_name(r)));
        candidates.push(Candidate {
            id: row.id,
            title: public.item.title,
            about: about.join(" · "),
            path: public.path,
        });
    }
    let line = |batch: &BatchRow| BatchLine {
        id: batch.id,
        number: batch.number,
        title: batch.title.clone(),
        at: batch.created_at,
        due_at: batch.due_at,
        fetched: batch.fetched_at.is_some(),
        late: is_late(batch, cx.now.micros()),
        closed: batch.closed_at.is_some(),
        reminders: batch.reminders,
    };
    cx.page_with(
        status,
        &ShowPage {
            s: cx.shell(),
            id: partner.id,
            version: partner.version,
            active: partner.state == "active",
            has_token: partner.token_hash.is_some(),
            secret,
            kinds: kinds(cx, &partner.kind),
            provinces: provinces(cx, &partner.region),
            form: PartnerForm {
                name: partner.name.clone(),
                person: contact.person,
                email: contact.email,
                phone: contact.phone,
                feedback_days: partner.feedback_days.to_string(),
                ..PartnerForm::default()
            },
            batches: batches.iter().map(line).collect(),
            sectors: sectors(cx, sector.as_slice()),
            candidates,
            batch_max: BATCH_MAX,
            errors,
        },
    )
}

/// `GET /centre/partners/{id}`
pub(crate) async fn show(cx: Cx, Path(path): Path<String>, Query(query): Query<ShowQuery>) -> Result<Response> {
    let partner = partner(&cx, &path).await?;
    show_page(&cx, StatusCode::OK, &partner, &query.sector, None, Vec::new()).await
}

/// `POST /centre/partners/{id}`: changed, ended, taken up again, or a new token.
pub(crate) async fn change(cx: Cx, Path(path): Path<String>, Form(form): Form<PartnerForm>) -> Result<Response> {
    let partner = partner(&cx, &path).await?;
    if form.deed == "token" {
        let secret = partners::renew_token(&cx.app, &cx.actor, &partner).await?;
        let partner = self::partner(&cx, &path).await?;
        return show_page(&cx, StatusCode::OK, &partner, "", Some(secret), Vec::new()).await;
    }
    let active = match form.deed.as_str() {
        "end" => false,
        "resume" => true,
        _ => partner.state == "active",
    };
    match partners::change(&cx.app, &cx.actor, &partner, form.version, active, &form.typed()).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/centre/partners/{}", partner.id), &cx.t("push-said-partner"))),
        Err(fault) if !fault.fields.is_empty() => {
            let errors = issues(&cx, &fault);
            show_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &partner, "", None, errors).await
        }
        Err(fault) => Err(fault),
    }
}

/// A batch's form as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BatchForm {
    title: String,
    entry: Vec<String>,
}

/// `POST /centre/partners/{id}/batches`
pub(crate) async fn recommend(cx: Cx, Path(path): Path<String>, Form(form): Form<BatchForm>) -> Result<Response> {
    let partner = partner(&cx, &path).await?;
    let chosen: Vec<Uuid> = form.entry.iter().map(|text| id(text)).collect::<Result<_>>()?;
    match partners::recommend(&cx.app, &cx.actor, &partner, &form.title, &chosen).await {
        Ok(batch) => {
            let to = format!("/centre/partners/{}/batches/{batch}", partner.id);
            Ok(cx.redirect_saying(&to, &cx.t("push-said-recommended")))
        }
        Err(fault) if !fault.fields.is_empty() => {
            let errors = issues(&cx, &fault);
            show_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &partner, "", None, errors).await
        }
        Err(fault) => Err(fault),
    }
}

struct ItemLine {
    id: Uuid,
    title: String,
    path: String,
    stage: String,
    class: &'static str,
}

struct Said {
    at: i64,
    way: String,
    title: String,
    stage: String,
    note: String,
}

#[derive(Template)]
#[template(path = "push_batch_desk.html")]
struct BatchPage {
    s: Shell,
    partner: Uuid,
    partner_name: String,
    batch: BatchLine,
    items: Vec<ItemLine>,
    said: Vec<Said>,
    stages: Vec<Choice>,
    link: String,
    errors: Vec<String>,
}

/// The class of a stage's chip.
pub(crate) fn stage_class(stage: &str) -> &'static str {
    match Stage::from_code(stage) {
        Some(Stage::Signed) => "ok",
        Some(Stage::Declined) | None => "",
        Some(_) => "wait",
    }
}

async fn batch_page(cx: &Cx, status: StatusCode, path: &(String, String), errors: Vec<String>) -> Result<Response> {
    let partner = partner(cx, &path.0).await?;
    let (batch, feedback) = {
        let mut conn = cx.app.read().await?;
        let batch = store::batch(&mut conn, id(&path.1)?).await?;
        let feedback = store::feedback(&mut conn, batch.id).await?;
        (batch, feedback)
    };
    if batch.partner_id != partner.id {
        return Err(Fault::not_found());
    }
    let items: Vec<ItemLine> = partners::items_of(&cx.app, batch.id)
        .await?
        .into_iter()
        .map(|item| ItemLine {
            id: item.entry,
            title: item
                .public
                .as_ref()
                .map_or_else(|| cx.t("push-not-public"), |p| p.item.title.clone()),
            path: item.public.map_or_else(String::new, |p| p.path),
            class: stage_class(&item.stage),
            stage: cx.t(&format!(
                "push-stage-{}",
                if item.stage.is_empty() {
                    "none"
                } else {
                    item.stage.as_str()
                }
            )),
        })
        .collect();
    let mut said = Vec::with_capacity(feedback.len());
    for row in &feedback {
        let about = row.entry_id.and_then(|id| items.iter().find(|item| item.id == id));
        said.push(Said {
            at: row.at,
            way: cx.t(&format!("push-way-{}", row.way)),
            title: about.map_or_else(|| cx.t("push-whole-batch"), |item| item.title.clone()),
            stage: if row.stage.is_empty() {
                String::new()
            } else {
                cx.t(&format!("push-stage-{}", row.stage))
            },
            note: partners::note(&cx.app, &cx.actor, row)?,
        });
    }
    let link = format!(
        "{}/push/batch/{}",
        cx.app.settings.base_url,
        crate::tokens::token(&cx.app, crate::tokens::For::Batch, batch.id)
    );
    cx.page_with(
        status,
        &BatchPage {
            s: cx.shell(),
            partner: partner.id,
            partner_name: partner.name,
            batch: BatchLine {
                id: batch.id,
                number: batch.number,
                late: is_late(&batch, cx.now.micros()),
                title: batch.title,
                at: batch.created_at,
                due_at: batch.due_at,
                fetched: batch.fetched_at.is_some(),
                closed: batch.closed_at.is_some(),
                reminders: batch.reminders,
            },
            items,
            said,
            stages: choices(cx, "push-stage", Stage::ALL.iter().map(|s| s.code()), &[]),
            link,
            errors,
        },
    )
}

/// `GET /centre/partners/{id}/batches/{batch}`
pub(crate) async fn batch(cx: Cx, Path(path): Path<(String, String)>) -> Result<Response> {
    batch_page(&cx, StatusCode::OK, &path, Vec::new()).await
}

/// A word on a batch as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WordForm {
    deed: String,
    entry: String,
    stage: String,
    note: String,
}

/// `POST /centre/partners/{id}/batches/{batch}`: what a partner said by phone, or that nothing more is asked.
pub(crate) async fn note(cx: Cx, Path(path): Path<(String, String)>, Form(form): Form<WordForm>) -> Result<Response> {
    let partner = partner(&cx, &path.0).await?;
    let batch = {
        let mut conn = cx.app.read().await?;
        store::batch(&mut conn, id(&path.1)?).await?
    };
    if batch.partner_id != partner.id {
        return Err(Fault::not_found());
    }
    let here = format!("/centre/partners/{}/batches/{}", partner.id, batch.id);
    if form.deed == "close" {
        partners::close(&cx.app, &cx.actor, &batch).await?;
        return Ok(cx.redirect_saying(&here, &cx.t("push-said-closed")));
    }
    let permit = cx.permit(PARTNERS, &jcore::Subject::NONE)?;
    let word = Word {
        entry: if form.entry.is_empty() {
            None
        } else {
            Some(id(&form.entry)?)
        },
        stage: form.stage,
        note: form.note,
    };
    match partners::say(&cx.app, &permit, &batch, &[word], TOLD).await {
        Ok(()) => Ok(cx.redirect_saying(&here, &cx.t("push-said-word"))),
        Err(fault) if !fault.fields.is_empty() => {
            batch_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &path, issues(&cx, &fault)).await
        }
        Err(fault) => Err(fault),
    }
}
