//! The programme's pages: in words for everyone, managed by the centre.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Routes, Shell, Subject, act};
use kernel::{Issue, OrgId};
use rulebook::Programme;
use serde::Deserialize;
use uuid::Uuid;

use crate::telling::{self, Section};
use crate::{calendar, model, rules, store};

/// Characters of a waiver's reason: a reason, not an essay, and not a single word.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 4..=500;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/programme", rules::SEE, show)
        .get("/programme/calendar.ics", rules::SEE, ics)
        .get("/centre/programme", rules::MANAGE, manage)
        .post("/centre/programme", rules::MANAGE, put)
        .post("/centre/programme/waivers", rules::WAIVE, waive)
        .post("/centre/programme/waivers/{id}/end", rules::WAIVE, end_waiver)
}

/// A month of bidding days, for the page.
struct Month {
    title: String,
    days: Vec<DayMark>,
}

struct DayMark {
    day: i8,
    class: &'static str,
    text: String,
}

#[derive(askama::Template)]
#[template(path = "programme.html")]
struct ProgrammePage {
    s: Shell,
    name: String,
    organiser: String,
    guides: Vec<String>,
    sections: Vec<Section>,
    months: Vec<Month>,
    held: usize,
    planned: usize,
    holidays: usize,
}

async fn show(cx: Cx) -> Result<Response> {
    let programme = crate::now(&cx.app);
    let days = programme.bidding_days();
    let lang = cx.lang.code();
    cx.page(&ProgrammePage {
        name: programme.name.get(lang).to_owned(),
        organiser: programme.organiser.get(lang).to_owned(),
        guides: programme.guides.iter().map(|g| g.get(lang).to_owned()).collect(),
        sections: telling::tell(&cx.app, cx.lang, &programme),
        months: months(&cx, &programme),
        planned: days.len(),
        held: days.iter().filter(|d| d.takes_place().is_some()).count(),
        holidays: days.iter().filter(|d| d.holiday).count(),
        s: cx.shell().phases(),
    })
}

fn months(cx: &Cx, programme: &Programme) -> Vec<Month> {
    let mut out: Vec<(i8, Month)> = Vec::new();
    let today = cx.now.date_in_cn();
    for d in programme.bidding_days() {
        let shown = d.takes_place().unwrap_or(d.day);
        let weekday = cx.t(&format!("weekday-{}", shown.weekday().to_monday_one_offset()));
        let (class, text) = match d.takes_place() {
            None => ("off", cx.t("programme-day-off")),
            Some(day) if day != d.day => ("moved", cx.ta("programme-day-moved", &[("from", d.day.to_string())])),
            Some(day) if day < today => ("past", String::new()),
            Some(day) if day == today => ("today", cx.t("programme-day-today")),
            Some(_) => ("", String::new()),
        };
        let mark = DayMark {
            day: shown.day(),
            class,
            text: format!("{weekday} {text}").trim().to_owned(),
        };
        match out.iter_mut().find(|(m, _)| *m == shown.month()) {
            Some((_, month)) => month.days.push(mark),
            None => {
                let title = cx.ta("programme-month", &[("month", shown.month().to_string())]);
                out.push((
                    shown.month(),
                    Month {
                        title,
                        days: vec![mark],
                    },
                ));
            }
        }
    }
    out.into_iter().map(|(_, m)| m).collect()
}

async fn ics(cx: Cx) -> Result<Response> {
    let programme = crate::now(&cx.app);
    let text = calendar::ics(&cx.app, cx.lang, &programme, cx.now);
    Ok(cx.download(
        &format!("{}.ics", programme.key),
        "text/calendar; charset=utf-8",
        text.into_bytes(),
    ))
}

struct Stored {
    key: String,
    year: i64,
    in_force: bool,
    loaded_at: i64,
}

struct WaiverLine {
    id: Uuid,
    rule: String,
    org: String,
    reason: String,
    granted_at: i64,
    ended_at: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "manage.html")]
struct ManagePage {
    s: Shell,
    programmes: Vec<Stored>,
    shipped: Vec<&'static str>,
    text: String,
    errors: Vec<String>,
    soft_rules: Vec<(String, String)>,
    waivers: Vec<WaiverLine>,
    may_waive: bool,
}

async fn manage(cx: Cx) -> Result<Response> {
    manage_page(&cx, StatusCode::OK, String::new(), Vec::new()).await
}

async fn manage_page(cx: &Cx, status: StatusCode, text: String, errors: Vec<String>) -> Result<Response> {
    let programme = crate::now(&cx.app);
    let mut conn = cx.app.read().await?;
    let programmes = store::all(&mut conn).await?;
    let waivers = store::waivers(&mut conn, &programme.key).await?;
    drop(conn);
    let page = ManagePage {
        s: cx.shell(),
        programmes: programmes
            .into_iter()
            .map(|p| Stored {
                key: p.key,
                year: p.year,
                in_force: p.in_force,
                loaded_at: p.loaded_at,
            })
            .collect(),
        shipped: rulebook::SHIPPED.iter().map(|(k, _)| *k).collect(),
        text,
        errors,
        soft_rules: waivable(&programme),
        waivers: waivers
            .into_iter()
            .map(|w| WaiverLine {
                id: w.id,
                rule: w.rule,
                org: w.org_name,
                reason: w.reason,
                granted_at: w.granted_at,
                ended_at: w.ended_at,
            })
            .collect(),
        may_waive: cx.may(rules::WAIVE, &Subject::NONE),
    };
    cx.page_with(status, &page)
}

#[derive(Debug, Deserialize)]
struct PutForm {
    #[serde(default)]
    shipped: String,
    #[serde(default)]
    text: String,
}

async fn put(cx: Cx, Form(form): Form<PutForm>) -> Result<Response> {
    let shipped = rulebook::SHIPPED
        .iter()
        .find(|(k, _)| *k == form.shipped)
        .map(|(_, t)| *t);
    let text = if form.text.trim().is_empty() {
        shipped.unwrap_or_default().to_owned()
    } else {
        form.text
    };
    match model::put_in_force(&cx.app, &cx.actor, cx.lang, &text).await {
        Ok(programme) => {
            let name = programme.name.get(cx.lang.code()).to_owned();
            Ok(cx.redirect_saying("/centre/programme", &cx.ta("programme-now-in-force", &[("name", name)])))
        }
        Err(fault) if !fault.fields.is_empty() => {
            let errors = fault
                .fields
                .iter()
                .map(|f| cx.app.words.issue(cx.lang, &f.issue))
                .collect();
            manage_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, text, errors).await
        }
        Err(fault) => Err(fault),
    }
}

/// The rules that can be waived for an organisation, with where the plan has them: soft caps, and what may be offered
/// where the plan's word is hard (a soft one only warns anyway). The latter go by the code of their issue.
fn waivable(programme: &Programme) -> Vec<(String, String)> {
    let caps = programme.caps.iter().filter(|cap| !cap.hard);
    let caps = caps.map(|cap| (cap.key.clone(), cap.source.to_string()));
    let e = &programme.eligibility;
    let owners = |of: &Option<rulebook::Owners>| of.as_ref().map(|rule| (rule.hard, rule.source.to_string()));
    let eligible = [
        (
            "patent-granted-early",
            e.granted_since
                .as_ref()
                .map(|rule| (rule.hard, rule.source.to_string())),
        ),
        (
            "patent-not-in-force",
            e.in_force.as_ref().map(|rule| (rule.hard, rule.source.to_string())),
        ),
        ("achievement-owner-unusual", owners(&e.achievement_owners)),
        ("supplier-unusual", owners(&e.suppliers)),
        (
            "outside-price-low",
            e.outside_price
                .as_ref()
                .map(|rule| (rule.hard, rule.source.to_string())),
        ),
    ];
    let hard = |(key, rule): (&str, Option<(bool, String)>)| {
        rule.filter(|(is_hard, _)| *is_hard)
            .map(|(_, source)| (key.to_owned(), source))
    };
    caps.chain(eligible.into_iter().filter_map(hard)).collect()
}

#[derive(Debug, Deserialize)]
struct WaiverForm {
    #[serde(default)]
    rule: String,
    #[serde(default)]
    identity: String,
    #[serde(default)]
    reason: String,
}

async fn waive(cx: Cx, Form(form): Form<WaiverForm>) -> Result<Response> {
    let permit = cx.permit(rules::WAIVE, &Subject::NONE)?;
    let programme = crate::now(&cx.app);
    let mut issues = Vec::new();
    if !waivable(&programme).iter().any(|(key, _)| *key == form.rule) {
        issues.push(Issue::error("programme-rule-not-soft").with("found", form.rule.clone()));
    }
    let mut conn = cx.app.read().await?;
    let identity = form.identity.trim().to_uppercase();
    let org = store::org_by_identity(&mut conn, &identity).await?;
    drop(conn);
    if org.is_none() {
        issues.push(Issue::error("programme-org-unknown").with("found", identity));
    }
    if !REASON_CHARS.contains(&form.reason.trim().chars().count()) {
        issues.push(Issue::error("programme-reason-length"));
    }
    let (Some(org), true) = (org, issues.is_empty()) else {
        let errors = issues.iter().map(|i| cx.app.words.issue(cx.lang, i)).collect();
        return manage_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, String::new(), errors).await;
    };
    let reason = form.reason.trim().to_owned();
    act!(cx.app, permit, |act| {
        let id = store::add_waiver(&mut act, &programme.key, &form.rule, OrgId::from(org), &reason).await?;
        act.note(
            "programme.waived",
            "organisation",
            org,
            serde_json::json!({ "rule": form.rule, "waiver": id, "reason": reason }),
        );
        act.changed("organisation", org);
        Ok(())
    })?;
    Ok(cx.redirect_saying("/centre/programme", &cx.t("programme-waived")))
}

async fn end_waiver(cx: Cx, Path(id): Path<Uuid>, Form(_): Form<Vec<(String, String)>>) -> Result<Response> {
    let permit = cx.permit(rules::WAIVE, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        if !store::end_waiver(&mut act, id).await? {
            return Err(Fault::not_found());
        }
        act.note("programme.waiver-ended", "waiver", id, serde_json::json!({}));
        Ok(())
    })?;
    Ok(cx.redirect_saying("/centre/programme", &cx.t("programme-waiver-ended")))
}
