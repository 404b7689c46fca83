//! Credit codes that pass on their licence: kept by the centre, followed by every node (domain §3.9).

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Conn, Select, on};
use intake::Passes;
use jcore::{App, Cx, Fault, Form, Result, Shell, Subject, act};
use kernel::{Issue, Uscc};
use serde::Deserialize;
use serde_json::json;

use crate::rules::PASS;

/// Longest licence number and reason, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// A code that passes.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PassRow {
    pub(crate) code: String,
    pub(crate) licence: String,
    pub(crate) reason: String,
    pub(crate) said_at: i64,
}

async fn all(conn: &mut Conn) -> Result<Vec<PassRow>> {
    let mut select = Select::new("SELECT code, licence, reason, said_at FROM uscc_pass");
    select.end("ORDER BY said_at DESC, code", &[]);
    Ok(select.all(conn).await?)
}

/// Reads the codes into memory: another node may have let one pass.
///
/// # Errors
/// The store's.
pub(crate) async fn follow(app: &App) -> Result<usize> {
    let rows = all(&mut app.read().await?).await?;
    let codes: BTreeSet<String> = rows.into_iter().map(|row| row.code).collect();
    let count = codes.len();
    if let Some(passes) = app.extra::<Passes>() {
        passes.set(codes);
    }
    Ok(count)
}

#[derive(Template)]
#[template(path = "filing_codes.html")]
struct CodesPage {
    s: Shell,
    rows: Vec<PassRow>,
    error: Option<String>,
    typed: PassForm,
}

/// What lets a code pass.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct PassForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    reason: String,
}

/// `GET /filing/codes`
pub(crate) async fn show(cx: Cx) -> Result<Response> {
    page(&cx, PassForm::default(), None, StatusCode::OK).await
}

async fn page(cx: &Cx, typed: PassForm, error: Option<String>, status: StatusCode) -> Result<Response> {
    let rows = all(&mut cx.app.read().await?).await?;
    let answer = CodesPage {
        s: cx.shell(),
        rows,
        error,
        typed,
    };
    cx.page_with(status, &answer)
}

/// `POST /filing/codes`
pub(crate) async fn let_pass(cx: Cx, Form(form): Form<PassForm>) -> Result<Response> {
    match keep(&cx.app, &cx.actor, &form).await {
        Ok(()) => {
            follow(&cx.app).await?;
            Ok(cx.redirect_saying("/filing/codes", &cx.t("filing-said-passed")))
        }
        Err(fault) if !fault.fields.is_empty() => {
            let error = fault
                .fields
                .first()
                .map(|field| cx.app.words.issue(cx.lang, &field.issue));
            page(&cx, form, error, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(fault) => Err(fault),
    }
}

async fn keep(app: &App, actor: &jcore::Actor, form: &PassForm) -> Result<()> {
    let permit = app.permit(actor, PASS, &Subject::NONE)?;
    let text: String = kernel::text::normalise(&form.code)
        .to_uppercase()
        .split_whitespace()
        .collect();
    let shaped = Uscc::on_licence(&text);
    let wrong = || {
        Fault::issue(
            Some("code"),
            Issue::error("filing-code").with("found", form.code.trim()),
        )
    };
    let code = shaped.filter(|code| !code.checks()).ok_or_else(wrong)?;
    let cut = |text: &str| text.trim().chars().take(TEXT_CHARS_MAX).collect::<String>();
    let (licence, reason) = (cut(&form.licence), cut(&form.reason));
    if licence.is_empty() || reason.is_empty() {
        return Err(Fault::issue(Some("reason"), Issue::error("filing-empty")));
    }
    act!(app, permit, |act| {
        let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
        on!(&mut act.conn, c => sqlx::query(
            "INSERT INTO uscc_pass (code, licence, reason, said_at, said_by) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (code) DO UPDATE SET licence = excluded.licence, reason = excluded.reason, said_at = excluded.said_at")
            .bind(code.as_str()).bind(&licence).bind(&reason).bind(now).bind(user).execute(c).await.map(|_| ()))?;
        act.note(
            "filing.code-passed",
            "uscc",
            None,
            json!({ "code": code.as_str(), "licence": licence, "reason": reason }),
        );
        Ok(())
    })
}
