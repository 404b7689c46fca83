//! Asking to take part.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Multipart, Result, Shell};
use kernel::OrgId;
use uuid::Uuid;

use super::make::FieldView;
use super::{Amount, errors, show};
use crate::deeds::announcing;
use crate::deeds::registering::{self, Asked};
use crate::model::Lot;
use crate::rules::BID_FOR;

/// The fields of a registration: key, input, whether something must be said.
const FIELDS: [(&str, &str, bool); 8] = [
    ("representative", "text", false),
    ("phone", "tel", true),
    ("qualification", "area", true),
    ("declared", "text", false),
    ("bank", "text", true),
    ("account_holder", "text", true),
    ("account", "text", true),
    ("file", "file", false),
];

#[derive(Template)]
#[template(path = "lot_register.html")]
struct RegisterPage {
    s: Shell,
    lot: Lot,
    orgs: Vec<(String, String, bool)>,
    fields: Vec<FieldView>,
    ticks: Vec<(&'static str, String, bool)>,
    notice: String,
    asked: String,
    deposit: Amount,
    fee_bp: i64,
    errors: Vec<(String, String)>,
}

/// `GET /lots/{lot}/register`
pub(crate) async fn form(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    let lot = show::visible(&cx, lot).await?;
    page(&cx, lot, &Multipart::default(), Vec::new(), StatusCode::OK).await
}

async fn page(
    cx: &Cx,
    lot: Lot,
    sent: &Multipart,
    errors: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response> {
    if !lot.is_public() {
        return Err(Fault::not_found());
    }
    let mut orgs = Vec::new();
    let chosen = sent.first("org").unwrap_or_default();
    for org in accounts::orgs_of(&mut cx.app.read().await?, &cx.actor).await? {
        if cx.may(BID_FOR, &org.subject()) {
            let id = org.id.to_string();
            let on = chosen == id;
            orgs.push((id, org.name, on));
        }
    }
    let word = |id: String| {
        if cx.app.words.has(cx.lang, &id) {
            cx.t(&id)
        } else {
            String::new()
        }
    };
    let view = |(key, kind, must): (&'static str, &'static str, bool)| FieldView {
        key,
        label: cx.t(&format!("lot-r-{key}")),
        hint: word(format!("lot-rh-{key}")),
        must,
        kind,
        value: sent.first(key).unwrap_or_default().to_owned(),
        options: Vec::new(),
        error: errors.iter().find(|(at, _)| at == key).map(|(_, text)| text.clone()),
    };
    let tick = |key: &'static str| (key, cx.t(&format!("lot-r-{key}")), sent.first(key).is_some());
    let (rules, terms) = (lot.rules()?, lot.terms()?);
    let answer = RegisterPage {
        s: cx.shell(),
        orgs,
        fields: FIELDS.into_iter().map(view).collect(),
        ticks: ["inventor", "holder", "group"].map(tick).to_vec(),
        notice: announcing::notice_hash(&cx.app, &lot).await?.to_string(),
        asked: terms.qualification,
        deposit: Amount::of(rules.deposit.get()),
        fee_bp: terms.fee_bp,
        lot,
        errors,
    };
    cx.page_with(status, &answer)
}

/// `POST /lots/{lot}/register`
pub(crate) async fn send(cx: Cx, Path(lot): Path<Uuid>, sent: Multipart) -> Result<Response> {
    let text = |key: &str| sent.first(key).unwrap_or_default().to_owned();
    let org = match text("org").trim() {
        "" => None,
        id => Some(id.parse::<OrgId>().map_err(|_| Fault::not_found())?),
    };
    let asked = Asked {
        org,
        representative: text("representative"),
        phone: text("phone"),
        qualification: text("qualification"),
        inventor: sent.first("inventor").is_some(),
        holder: sent.first("holder").is_some(),
        group: sent.first("group").is_some(),
        declared: text("declared"),
        bank: text("bank"),
        account_holder: text("account_holder"),
        account: text("account"),
        accepts: text("accepts"),
        mandate: sent.files.first().cloned(),
    };
    match registering::register(&cx.app, &cx.actor, lot, asked).await {
        Ok(bidder) => {
            let said = cx.ta("lot-said-registered", &[("paddle", bidder.paddle.to_string())]);
            Ok(cx.redirect_saying(&format!("/lots/{lot}"), &said))
        }
        Err(fault) => {
            let errors = errors(&cx, fault)?;
            let lot = show::visible(&cx, lot).await?;
            page(&cx, lot, &sent, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
