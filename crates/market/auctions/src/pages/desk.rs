//! The centre's queue of lots, and the bidders of one.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Shell};
use kernel::FileId;
use serde::Deserialize;
use uuid::Uuid;

use super::bidder_chip;
use super::list::{Row, rows};
use crate::deeds::registering;
use crate::model::{COMING, Identity, LIVE, Lot, UNSOLD};
use crate::rules::{ADMIT, DESK, LEDGER};
use crate::store;
use crate::store::lots::Filter;

/// Lots of one part of the queue: what waits is to be short, not paged.
const PART_MAX: i64 = 100;

/// A part of the queue.
struct Part {
    title: String,
    hint: String,
    rows: Vec<(Row, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "lot_desk.html")]
struct DeskPage {
    s: Shell,
    parts: Vec<Part>,
    ledger: bool,
}

/// `GET /centre/lots`
pub(crate) async fn queue(cx: Cx) -> Result<Response> {
    cx.permit(DESK, &jcore::Subject::NONE)?;
    let mut conn = cx.app.read().await?;
    let asked: BTreeMap<Uuid, i64> = store::bidders::waiting(&mut conn).await?.into_iter().collect();
    let questions: BTreeMap<Uuid, i64> = store::talk::waiting(&mut conn).await?.into_iter().collect();
    drop(conn);
    let parts: [(&str, &'static str, &[&'static str]); 6] = [
        ("draft", "draft", &[]),
        ("reviewed", "reviewed", &[]),
        ("running", "logged", &COMING),
        ("live", "logged", &LIVE),
        ("award", "logged", &["provisional", "publicity"]),
        ("unsold", "logged", &UNSOLD),
    ];
    let mut out = Vec::new();
    for (key, state, phases) in parts {
        let filter = Filter {
            states: vec![state],
            phases: phases.to_vec(),
            newest: key == "unsold",
            ..Filter::default()
        };
        let (lots, _) = store::lots::list(&mut cx.app.read().await?, &filter, PART_MAX, 0).await?;
        let shown = rows(&cx, &lots).await?;
        let with: Vec<(Row, Vec<String>)> = shown
            .into_iter()
            .zip(&lots)
            .map(|(row, lot)| (row, marks(&cx, lot, &asked, &questions)))
            .collect();
        out.push(Part {
            title: cx.t(&format!("lot-desk-{key}")),
            hint: cx.t(&format!("lot-desk-{key}-hint")),
            rows: with,
        });
    }
    cx.page(&DeskPage {
        s: cx.shell(),
        parts: out,
        ledger: cx.may(LEDGER, &jcore::Subject::NONE),
    })
}

/// What waits in a lot.
fn marks(cx: &Cx, lot: &Lot, asked: &BTreeMap<Uuid, i64>, questions: &BTreeMap<Uuid, i64>) -> Vec<String> {
    let mut out = Vec::new();
    let mut say = |key: &str, n: Option<&i64>| {
        if let Some(n) = n {
            out.push(cx.ta(key, &[("n", n.to_string())]));
        }
    };
    say("lot-mark-asked", asked.get(&lot.id));
    say("lot-mark-questions", questions.get(&lot.id));
    if lot.published_until.is_some_and(|until| cx.now.micros() >= until) && lot.phase == "publicity" {
        out.push(cx.t("lot-mark-confirm"));
    }
    out
}

/// A bidder, for who admits them.
struct BidderView {
    id: Uuid,
    paddle: i64,
    who: Identity,
    name: String,
    relation: String,
    state: String,
    chip: &'static str,
    waits: bool,
    entitled: bool,
    stage: String,
    code: String,
    has_file: bool,
    reason: String,
    asked_at: i64,
}

#[derive(Template)]
#[template(path = "lot_bidders.html")]
struct BiddersPage {
    s: Shell,
    lot: Lot,
    bidders: Vec<BidderView>,
    seen: usize,
    open: bool,
}

/// `GET /centre/lots/{lot}/bidders`
pub(crate) async fn bidders(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    let lot = store::lots::get(&mut cx.app.read().await?, lot).await?;
    let sight = cx.sight(ADMIT, &lot.subject()).ok_or_else(Fault::not_found)?;
    let found = store::bidders::of_lot(&mut cx.app.read().await?, lot.id).await?;
    let mut views = Vec::with_capacity(found.len());
    for bidder in found {
        let who = bidder.identity(&cx.app)?.into_revealed(&sight);
        views.push(BidderView {
            id: bidder.id,
            paddle: bidder.paddle,
            name: who.name().to_owned(),
            who,
            relation: cx.t(&format!("lot-relation-{}", bidder.relation)),
            state: cx.t(&format!("lot-bidder-{}", bidder.state)),
            chip: bidder_chip(&bidder.state),
            waits: bidder.state == "asked",
            entitled: bidder.relation == "inventor" || bidder.relation == "holder",
            stage: cx.t(&format!("lot-stage-{}", bidder.stage)),
            code: bidder.pay_code,
            has_file: bidder.file_id.is_some(),
            reason: bidder.reason,
            asked_at: bidder.asked_at,
        });
    }
    let open = lot.registers_until.is_some_and(|until| cx.now.micros() < until);
    let bank = cx.t("lot-stage-bank-seen");
    cx.page(&BiddersPage {
        s: cx.shell(),
        seen: views.iter().filter(|view| view.stage == bank).count(),
        bidders: views,
        lot,
        open,
    })
}

/// `GET /centre/bidders/{bidder}/mandate`: the scan.
pub(crate) async fn mandate(cx: Cx, Path(bidder): Path<Uuid>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let bidder = store::bidders::get(&mut conn, bidder).await?;
    let lot = store::lots::get(&mut conn, bidder.lot_id).await?;
    let sight = cx.sight(ADMIT, &lot.subject()).ok_or_else(Fault::not_found)?;
    let file = FileId::from(bidder.file_id.ok_or_else(Fault::not_found)?);
    let row = cx.app.files.row(&mut conn, file).await?;
    let name = cx.app.files.name(&cx.app, &row, &sight)?;
    let content = cx.app.files.content(&cx.app, file, &sight).await?;
    Ok(cx.download(&name, &row.media, content))
}

/// A decision on a bidder.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Decision {
    #[serde(default)]
    rank: String,
    #[serde(default)]
    reason: String,
}

async fn back(cx: &Cx, bidder: Uuid, words: &str) -> Result<Response> {
    let bidder = store::bidders::get(&mut cx.app.read().await?, bidder).await?;
    let path = format!("/centre/lots/{}/bidders", bidder.lot_id);
    Ok(cx.redirect_saying(&path, &cx.t(words)))
}

/// `POST /centre/bidders/{bidder}/admit`
pub(crate) async fn admit(cx: Cx, Path(bidder): Path<Uuid>, Form(form): Form<Decision>) -> Result<Response> {
    registering::admit(&cx.app, &cx.actor, bidder, form.rank.trim().parse().ok()).await?;
    back(&cx, bidder, "lot-said-admitted").await
}

/// `POST /centre/bidders/{bidder}/refuse`
pub(crate) async fn refuse(cx: Cx, Path(bidder): Path<Uuid>, Form(form): Form<Decision>) -> Result<Response> {
    registering::refuse(&cx.app, &cx.actor, bidder, &form.reason).await?;
    back(&cx, bidder, "lot-said-refused").await
}
