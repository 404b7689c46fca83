//! For operators and machines: health, metrics, the API's description.

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jcore::{Action, Cx, Fault, Result, Role, Routes, Rule, When, Who};

const HEALTH: Action = Action("ops.health");
const METRICS: Action = Action("ops.metrics");
const DESCRIBE: Action = Action("api.describe");

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/health", HEALTH, health)
        .api(Method::GET, "/metrics", METRICS, metrics)
        .api(Method::GET, "/api/openapi.json", DESCRIBE, describe)
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new(HEALTH, Who::Anyone, When::Always),
        Rule::new(METRICS, Who::Role(Role::Admin), When::Always),
        Rule::new(DESCRIBE, Who::Anyone, When::Always),
    ]
}

/// Says whether the store and the logs of lots answer: for a load balancer.
async fn health(cx: Cx) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let one: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM setting").fetch_one(c).await)?;
    let logs = auctions::auctions(&cx.app)?.is_healthy().await;
    let status = if logs {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = serde_json::json!({
        "ok": logs, "store": cx.app.db.engine(), "settings": one, "now": cx.now, "bid_logs": logs,
    });
    cx.json_with(status, &body)
}

/// Counts for Prometheus, read from the store: what waits, what failed, what is there.
async fn metrics(cx: Cx) -> Result<Response> {
    const COUNTS: [(&str, &str); 5] = [
        (
            "jiebang_outbox_waiting",
            "SELECT count(*) FROM outbox WHERE state = 'waiting'",
        ),
        (
            "jiebang_outbox_dead",
            "SELECT count(*) FROM outbox WHERE state = 'dead'",
        ),
        (
            "jiebang_jobs_failing",
            "SELECT count(*) FROM job WHERE last_error IS NOT NULL",
        ),
        (
            "jiebang_audit_unbatched",
            "SELECT count(*) FROM audit_entry WHERE batch IS NULL",
        ),
        (
            "jiebang_entries_published",
            "SELECT count(*) FROM entry WHERE state = 'published'",
        ),
    ];
    let mut conn = cx.app.read().await?;
    let mut out = String::new();
    for (name, sql) in COUNTS {
        let n: i64 = db::on!(&mut conn, c => sqlx::query_scalar(sql).fetch_one(c).await)?;
        out.push_str(&format!("# TYPE {name} gauge\n{name} {n}\n"));
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], out).into_response())
}

async fn describe(cx: Cx) -> Result<Response> {
    let document = crate::document(&cx.app).ok_or_else(|| Fault::internal("no API description"))?;
    cx.json(&*document)
}
