//! How one is reached: quiet hours, mails, webhook, WeChat.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jcore::{Cx, Fault, FaultKind, Form, Query, Result};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::issues;
use super::subs::list_page;
use crate::config::outside;
use crate::reach;

/// The page that all of these come back to.
const HOME: &str = "/my/subscriptions";

/// Quiet hours and mails, as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReachForm {
    quiet_from: String,
    quiet_until: String,
    rhythm: String,
    mails: String,
}

async fn again(cx: &Cx, fault: Fault) -> Result<Response> {
    if fault.fields.is_empty() {
        return Err(fault);
    }
    list_page(cx, StatusCode::UNPROCESSABLE_ENTITY, None, issues(cx, &fault)).await
}

/// `POST /my/reach`
pub(crate) async fn save(cx: Cx, Form(form): Form<ReachForm>) -> Result<Response> {
    let mails = form.mails == "yes";
    let kept = reach::save(
        &cx.app,
        &cx.actor,
        &form.quiet_from,
        &form.quiet_until,
        &form.rhythm,
        mails,
    )
    .await;
    match kept {
        Ok(()) => Ok(cx.redirect_saying(HOME, &cx.t("push-said-reach"))),
        Err(fault) => again(&cx, fault).await,
    }
}

/// A webhook's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HookForm {
    url: String,
}

/// `POST /my/reach/hook`: the new secret is on the page that answers, and never again.
pub(crate) async fn hook(cx: Cx, Form(form): Form<HookForm>) -> Result<Response> {
    match reach::set_hook(&cx.app, &cx.actor, &form.url).await {
        Ok(None) => Ok(cx.redirect_saying(HOME, &cx.t("push-said-hook-gone"))),
        Ok(secret) => list_page(&cx, StatusCode::OK, secret, Vec::new()).await,
        Err(fault) => again(&cx, fault).await,
    }
}

/// Whether to tie or to untie.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WechatForm {
    deed: String,
}

/// `POST /my/reach/wechat`: to WeChat, which sends the reader back with a code; or untied.
pub(crate) async fn wechat(cx: Cx, Form(form): Form<WechatForm>) -> Result<Response> {
    if form.deed == "untie" {
        reach::set_openid(&cx.app, &cx.actor, None).await?;
        return Ok(cx.redirect_saying(HOME, &cx.t("push-said-untied")));
    }
    let wechat = outside(&cx.app).and_then(|o| o.wechat()).ok_or_else(Fault::not_found)?;
    let back = format!("{}/my/reach/wechat", cx.app.settings.base_url);
    // The session's own token as the state: nobody else's code can be brought back into this session.
    let to = wechat.tie_address(&back, &cx.csrf);
    let to = HeaderValue::from_str(&to).map_err(|e| Fault::internal(e.to_string()))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// What WeChat sends a reader back with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BackQuery {
    code: String,
    state: String,
}

/// `GET /my/reach/wechat`: back from WeChat. It writes, so it asks for the session's token as a form does.
pub(crate) async fn wechat_back(cx: Cx, Query(query): Query<BackQuery>) -> Result<Response> {
    let wechat = outside(&cx.app).and_then(|o| o.wechat()).ok_or_else(Fault::not_found)?;
    if !bool::from(query.state.as_bytes().ct_eq(cx.csrf.as_bytes())) {
        // As for a code that is missing: a page of this kind is not found by accident.
        return Err(Fault::not_found());
    }
    let openid = wechat.openid(&query.code).await.map_err(|e| {
        tracing::warn!(error = e.what, "WeChat did not tell who came back");
        Fault::new(FaultKind::Busy, "busy")
    })?;
    reach::set_openid(&cx.app, &cx.actor, Some(&openid)).await?;
    Ok(cx.redirect_saying(HOME, &cx.t("push-said-tied")))
}
