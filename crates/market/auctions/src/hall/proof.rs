//! Evidence for everyone: a lot's package and its check, one's own receipts, and the heads of the logs, day by day.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use bidding::evidence::{self, Receipt, Verified};
use bidding::{Paddle, Step};
use jcore::{Act, Actor, App, Cx, Fault, Multipart, Result, Shell, Subject, act};
use kernel::{Issue, Stamp};
use uuid::Uuid;

use super::floor::Floor;
use super::outcome::receipt_name;
use super::place::{self, Place};
use super::view;
use super::{halls, store};
use crate::machine::auctions;
use crate::model::phase_code;
use crate::rules::FOLLOW;

/// One's own steps that are listed, newest first.
const OWN_MAX: usize = 50;
/// Steps that are looked through for them.
const OWN_STEPS: u64 = 5000;
/// Digests that the page shows: some months of a busy hall.
const DIGESTS_MAX: i64 = 500;

/// One of the reader's own bids.
struct Own {
    seq: u64,
    time: String,
    text: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "hall/proof.html")]
struct ProofPage {
    s: Shell,
    base: String,
    title: String,
    mock: bool,
    head: String,
    seq: u64,
    rules_hash: String,
    key: String,
    file: String,
    own: Vec<Own>,
    bids: bool,
}

/// `GET /lots/{lot}/proof`
pub(crate) async fn real(cx: Cx, Path(lot): Path<String>) -> Result<Response> {
    page(&cx, &place::real(&cx, &lot).await?).await
}

/// `GET /training/{room}/proof`
pub(crate) async fn mock(cx: Cx, Path(room): Path<String>) -> Result<Response> {
    page(&cx, &place::mock(&cx, &room)?).await
}

async fn page(cx: &Cx, place: &Place) -> Result<Response> {
    let frame = halls(&cx.app)?.feeds().frame(&cx.app, &place.floor).await?;
    let state = &frame.stand.state;
    let own = match place.me {
        Some(me) => own(cx, place, me, state.seq).await?,
        None => Vec::new(),
    };
    cx.page(&ProofPage {
        s: cx.shell(),
        base: place.base.clone(),
        title: place.card.title.clone(),
        mock: place.is_mock(),
        head: frame.stand.head.to_string(),
        seq: state.seq,
        rules_hash: state.rules.hash().to_string(),
        key: key(cx, place)?,
        file: package_name(place),
        own,
        bids: place.me.is_some(),
    })
}

fn key(cx: &Cx, place: &Place) -> Result<String> {
    Ok(match &place.floor {
        Floor::Real(..) => auctions(&cx.app)?.public_key(),
        Floor::Mock(mock) => mock.public_key(),
    })
}

async fn own(cx: &Cx, place: &Place, me: Paddle, seq: u64) -> Result<Vec<Own>> {
    let from = seq.saturating_sub(OWN_STEPS);
    let steps = place
        .floor
        .steps(from, usize::try_from(OWN_STEPS).unwrap_or(usize::MAX))
        .await?;
    let mine = steps.iter().rev().filter(|step| is_of(step, me)).take(OWN_MAX);
    Ok(mine
        .map(|step| {
            let line = super::wire::lines(step)
                .first()
                .map(|line| view::line(cx, line, Some(me)));
            let (text, class) = match (step.refused(), line) {
                (Some(why), _) => (super::outcome::why_words(cx, *why), "wait"),
                (None, Some(line)) => (format!("{} {}", line.text, line.amount), "ok"),
                (None, None) => (String::new(), ""),
            };
            Own {
                seq: step.seq,
                time: view::instant(cx, step.at.0),
                text,
                class,
            }
        })
        .collect())
}

fn is_of(step: &Step, paddle: Paddle) -> bool {
    let answered = matches!(step.command, bidding::Command::Answer { bidder, .. } if bidder == paddle);
    answered || step.command.key().is_some_and(|(bidder, _)| bidder == paddle)
}

fn package_name(place: &Place) -> String {
    format!("lot-{}.txt", place.floor.key())
}

/// `GET /lots/{lot}/package`
pub(crate) async fn real_package(cx: Cx, Path(lot): Path<String>) -> Result<Response> {
    package(&cx, &place::real(&cx, &lot).await?).await
}

/// `POST /lots/{lot}/package`: the full package, with who the bidders are; that it was made is noted.
pub(crate) async fn full_package(cx: Cx, Path(lot): Path<String>, _: jcore::Form<Nothing>) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    let row = place.lot.clone().ok_or_else(Fault::not_found)?;
    let people = crate::export::people(&cx.app, &cx.actor, row.id).await?;
    let text = auctions(&cx.app)?.package(row.id, &people).await?;
    let name = package_name(&place).replacen(".txt", "-full.txt", 1);
    Ok(cx.download(&name, "text/plain; charset=utf-8", text.into_bytes()))
}

/// A form that says nothing but that it is sent.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Nothing {}

/// `GET /training/{room}/package`
pub(crate) async fn mock_package(cx: Cx, Path(room): Path<String>) -> Result<Response> {
    package(&cx, &place::mock(&cx, &room)?).await
}

async fn package(cx: &Cx, place: &Place) -> Result<Response> {
    let text = place.floor.package().await?;
    Ok(cx.download(&package_name(place), "text/plain; charset=utf-8", text.into_bytes()))
}

/// `GET /lots/{lot}/receipts/{seq}`
pub(crate) async fn real_receipt(cx: Cx, Path((lot, seq)): Path<(String, u64)>) -> Result<Response> {
    receipt(&cx, &place::real(&cx, &lot).await?, seq).await
}

/// `GET /training/{room}/receipts/{seq}`
pub(crate) async fn mock_receipt(cx: Cx, Path((room, seq)): Path<(String, u64)>) -> Result<Response> {
    receipt(&cx, &place::mock(&cx, &room)?, seq).await
}

/// A bidder's own receipt: found again in the log, so that it can be had at any time.
async fn receipt(cx: &Cx, place: &Place, seq: u64) -> Result<Response> {
    let me = place.me.ok_or_else(Fault::not_found)?;
    let before = seq.checked_sub(1).ok_or_else(Fault::not_found)?;
    let steps = place.floor.steps(before, 1).await?;
    if !steps.iter().any(|step| step.seq == seq && is_of(step, me)) {
        return Err(Fault::not_found());
    }
    let receipt = place.floor.receipt(seq).await?;
    let json = serde_json::to_vec_pretty(&receipt).map_err(|e| Fault::internal(e.to_string()))?;
    let name = receipt_name(&place.card.number, me.0, seq);
    Ok(cx.download(&name, "application/json", json))
}

/// What a check came to, in words.
struct Checked {
    class: &'static str,
    title: String,
    rows: Vec<(String, String)>,
    note: String,
}

#[derive(Template)]
#[template(path = "hall/verify.html")]
struct VerifyPage {
    s: Shell,
    checked: Option<Checked>,
    error: Option<String>,
    key: String,
}

/// `GET /hall/verify`
pub(crate) async fn verify_form(cx: Cx) -> Result<Response> {
    verify_page(&cx, StatusCode::OK, None, None)
}

fn verify_page(cx: &Cx, status: StatusCode, checked: Option<Checked>, error: Option<String>) -> Result<Response> {
    let key = auctions(&cx.app)?.public_key();
    let page = VerifyPage {
        s: cx.shell(),
        checked,
        error,
        key,
    };
    cx.page_with(status, &page)
}

/// `POST /hall/verify`: nothing of what is sent is kept.
pub(crate) async fn verify(cx: Cx, form: Multipart) -> Result<Response> {
    let Some(file) = form.files.first() else {
        let text = cx.app.words.issue(cx.lang, &Issue::error("hall-no-file"));
        return verify_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, None, Some(text));
    };
    let content = file.content.clone();
    let ours = auctions(&cx.app)?.public_key();
    let mocks = super::mock::public_key_of(&cx.app);
    // A long log takes seconds of computing; other requests go on meanwhile.
    let known = vec![ours, mocks];
    let found = tokio::task::spawn_blocking(move || check(&content, &known))
        .await
        .map_err(|e| Fault::internal(e.to_string()))?;
    let checked = in_words(&cx, found);
    verify_page(&cx, StatusCode::OK, Some(checked), None)
}

/// What was found of a file.
enum Found {
    /// A package that holds.
    Package(Box<Verified>),
    /// A package that does not.
    Broken(evidence::Broken),
    /// A receipt, and whether it holds by one of our keys.
    Receipt(Box<Receipt>, bool),
    /// Neither.
    Unknown,
}

fn check(content: &[u8], keys: &[String]) -> Found {
    let Ok(text) = std::str::from_utf8(content) else {
        return Found::Unknown;
    };
    if text.trim_start().starts_with('{') {
        return match serde_json::from_str::<Receipt>(text) {
            Ok(receipt) => {
                let holds = keys.iter().any(|key| receipt.holds(key));
                Found::Receipt(Box::new(receipt), holds)
            }
            Err(_) => Found::Unknown,
        };
    }
    match evidence::verify(text) {
        Ok(verified) => Found::Package(Box::new(verified)),
        Err(broken) => Found::Broken(broken),
    }
}

fn in_words(cx: &Cx, found: Found) -> Checked {
    let bad = |title: String, note: String| Checked {
        class: "bad",
        title,
        rows: Vec::new(),
        note,
    };
    match found {
        Found::Unknown => bad(cx.t("hall-check-unknown"), cx.t("hall-check-unknown-text")),
        Found::Broken(broken) => bad(
            cx.ta("hall-check-broken", &[("n", broken.line.to_string())]),
            cx.t(&format!("lot-broken-{}", broken.fault.code())),
        ),
        Found::Receipt(receipt, holds) => {
            let rows = vec![
                (cx.t("hall-check-lot"), receipt.lot.clone()),
                (cx.t("hall-check-seq"), receipt.seq.to_string()),
                (cx.t("hall-check-line"), receipt.line.clone()),
            ];
            let (class, id) = if holds {
                ("", "hall-check-receipt")
            } else {
                ("bad", "hall-check-receipt-bad")
            };
            Checked {
                class,
                title: cx.t(id),
                rows,
                note: String::new(),
            }
        }
        Found::Package(verified) => package_words(cx, &verified),
    }
}

fn package_words(cx: &Cx, found: &Verified) -> Checked {
    let ours = auctions(&cx.app).is_ok_and(|log| log.public_key() == found.key);
    let mocks = super::mock::public_key_of(&cx.app) == found.key;
    let award = match found.award {
        Some((paddle, price)) => format!("{} · {price}", view::who(cx, paddle.0, None)),
        None => cx.t("word-none"),
    };
    let row = |id: &str, text: String| (cx.t(id), text);
    let rows = vec![
        row("hall-check-lot", found.lot.clone()),
        row(
            "hall-check-phase",
            cx.t(&format!("lot-phase-{}", phase_code(found.phase))),
        ),
        row("hall-check-steps", found.steps.to_string()),
        row("hall-check-bids", format!("{} / {}", found.bids, found.refused)),
        row("hall-check-award", award),
        row(
            "hall-check-winner",
            found.winner.clone().unwrap_or_else(|| cx.t("hall-check-hidden")),
        ),
        row("hall-check-last", view::instant(cx, found.last.0)),
        row("hall-check-rules", found.rules.to_string()),
        row("hall-head", found.head.to_string()),
    ];
    let (class, note) = match (ours, mocks) {
        (true, _) => ("", "hall-check-ours"),
        (_, true) => ("warn", "hall-check-mock"),
        _ => ("warn", "hall-check-foreign"),
    };
    Checked {
        class,
        title: cx.t("hall-check-holds"),
        rows,
        note: cx.t(note),
    }
}

/// A day of digests.
struct DigestDay {
    day: String,
    rows: Vec<store::Digest>,
}

#[derive(Template)]
#[template(path = "hall/digest.html")]
struct DigestPage {
    s: Shell,
    key: String,
    days: Vec<DigestDay>,
}

/// `GET /hall/digest`
pub(crate) async fn digest(cx: Cx) -> Result<Response> {
    let rows = store::digests(&mut cx.app.read().await?, DIGESTS_MAX).await?;
    let mut days: Vec<DigestDay> = Vec::new();
    for row in rows {
        match days.last_mut().filter(|day| day.day == row.day) {
            Some(day) => day.rows.push(row),
            None => days.push(DigestDay {
                day: row.day.clone(),
                rows: vec![row],
            }),
        }
    }
    cx.page(&DigestPage {
        s: cx.shell(),
        key: auctions(&cx.app)?.public_key(),
        days,
    })
}

/// Writes the heads of yesterday's logs, once.
///
/// # Errors
/// The store's.
pub(crate) async fn keep_digests(app: &App) -> Result<usize> {
    let today = app.now().date_in_cn();
    let Ok(day) = today.yesterday() else { return Ok(0) };
    let (day, ends) = (day.to_string(), Stamp::start_of(today));
    let lots: Vec<Uuid> = store::undigested(&mut app.read().await?, &day, ends.micros()).await?;
    if lots.is_empty() {
        return Ok(0);
    }
    let permit = app.permit(&Actor::system(), FOLLOW, &Subject::NONE)?;
    let log = auctions(app)?;
    let mut done = 0;
    for lot in lots {
        let Some(update) = log.state(lot).await? else { continue };
        let (seq, head) = (update.state.seq, update.head.to_string());
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let new = act!(app, permit, |act| { keep(&mut act, &day, lot, seq, &head).await })?;
        done += usize::from(new);
    }
    Ok(done)
}

async fn keep(act: &mut Act, day: &str, lot: Uuid, seq: i64, head: &str) -> Result<bool> {
    let new = store::keep_digest(act, day, lot, seq, head).await?;
    act.note(
        "hall.digest",
        "lot",
        lot,
        serde_json::json!({ "day": day, "seq": seq, "head": head }),
    );
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::mock::Mock;
    use crate::hall::testing::{NOW, english};
    use bidding::sequencer::Reply;
    use bidding::{Command, Key};
    use kernel::{Fen, ManualClock};
    use std::sync::Arc;

    #[tokio::test]
    async fn a_receipt_is_found_again_and_holds() {
        let clock = Arc::new(ManualClock::new(Stamp::from_micros(NOW.0)));
        let mock = Mock::begin("mock-1".into(), english(600_000), 3, &[9; 32], clock);
        for (n, bidder) in [(0_i64, 1), (1, 2), (1, 3), (2, 3)] {
            let bid = Command::Bid {
                bidder: Paddle(bidder),
                amount: Fen::new(60_000_000 + n * 600_000),
                key: Key(u64::from(bidder) * 10 + u64::try_from(n).unwrap()),
                auto: false,
                confirmed: false,
            };
            let Ok(Reply::Answered {
                answer,
                slip: Some(slip),
            }) = mock.send(bid).await
            else {
                panic!("a receipt")
            };
            let again = mock.receipt(answer.seq).expect("found");
            assert_eq!(Some(&again), slip.receipt().as_ref(), "also of a refusal");
            assert!(again.holds(&mock.public_key()));
        }
        let text = mock.package();
        assert!(mock.receipt(0).is_none() && mock.receipt(9999).is_none());
        let key = [mock.public_key()];
        assert!(matches!(check(text.as_bytes(), &key), Found::Package(_)));
        let changed = text.replacen("\"do\":\"bid\"", "\"do\":\"bie\"", 1);
        assert!(matches!(check(changed.as_bytes(), &key), Found::Broken(_)));
        assert!(matches!(check(b"\xff", &key), Found::Unknown));
        assert!(matches!(check(b"{}", &key), Found::Unknown));
    }
}
