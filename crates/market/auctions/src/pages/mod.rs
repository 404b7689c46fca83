//! Pages of lots.

pub(crate) mod deposits;
pub(crate) mod desk;
pub(crate) mod licences;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod mine;
pub(crate) mod moves;
pub(crate) mod panel;
pub(crate) mod paper;
pub(crate) mod register;
pub(crate) mod scores;
pub(crate) mod show;

use jcore::{Cx, Fault, Routes};
use kernel::Fen;

use crate::model::LIVE;
use crate::rules::{ADMIT, ANNOUNCE, ANSWER, APPROVE, ASK, AWARD, BID, DESK, LEDGER, MAKE, MY, REGISTER, SCORE, SEE};

/// The routes of lots' pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/lots", SEE, list::lots)
        .get("/results", SEE, list::results)
        .get("/lots/new", MAKE, make::new)
        .post("/lots/new", MAKE, make::make)
        .get("/lots/{lot}", SEE, show::show)
        .get("/lots/{lot}/edit", MAKE, make::edit)
        .post("/lots/{lot}/edit", MAKE, make::change)
        .post("/lots/{lot}/drop", MAKE, moves::drop)
        .post("/lots/{lot}/relist", MAKE, moves::relist)
        .post("/lots/{lot}/approve", APPROVE, moves::approve)
        .post("/lots/{lot}/send-back", APPROVE, moves::send_back)
        .post("/lots/{lot}/announce", ANNOUNCE, moves::announce)
        .post("/lots/{lot}/withdraw", ANNOUNCE, moves::withdraw)
        .post("/lots/{lot}/replace", ANNOUNCE, moves::replace)
        .post("/lots/{lot}/confirm", AWARD, moves::confirm)
        .post("/lots/{lot}/default", AWARD, moves::default)
        .post("/lots/{lot}/questions", ASK, moves::ask)
        .post("/lots/questions/{question}/answer", ANSWER, moves::answer)
        .post("/lots/{lot}/watch", ASK, moves::watch)
        .get("/lots/{lot}/register", REGISTER, register::form)
        .post("/lots/{lot}/register", REGISTER, register::send)
        .post("/lots/{lot}/pledge", BID, moves::pledge)
        .get("/lots/{lot}/confirmation", MY, paper::page)
        .get("/lots/{lot}/confirmation.docx", MY, paper::word)
        .get("/my/bids", MY, mine::bids)
        .get("/centre/lots", DESK, desk::queue)
        .get("/centre/lots/{lot}/bidders", ADMIT, desk::bidders)
        .get("/centre/lots/{lot}/scores", SCORE, scores::show)
        .post("/centre/lots/{lot}/scores", SCORE, scores::seal)
        .get("/centre/bidders/{bidder}/mandate", ADMIT, desk::mandate)
        .post("/centre/bidders/{bidder}/admit", ADMIT, desk::admit)
        .post("/centre/bidders/{bidder}/refuse", ADMIT, desk::refuse)
        .get("/centre/deposits", LEDGER, deposits::page)
        .post("/centre/deposits/statements", LEDGER, deposits::import)
        .post("/centre/deposits/lines/{line}/assign", LEDGER, deposits::assign)
        .post("/centre/deposits/lines/{line}/aside", LEDGER, deposits::aside)
        .post("/centre/deposits/lots/{lot}/confirm", LEDGER, deposits::confirm)
        .post("/centre/deposits/refunds", LEDGER, deposits::order)
        .get("/centre/deposits/refunds/{batch}", LEDGER, deposits::file)
}

/// An amount for a page: exact, with 万元 beside where people speak so.
#[derive(Clone, Debug)]
pub(crate) struct Amount {
    pub(crate) exact: String,
    pub(crate) wan: String,
}

impl Amount {
    pub(crate) fn of(fen: i64) -> Self {
        /// From ten thousand yuan on people speak in 万.
        const WAN_FEN: i64 = 1_000_000;
        let amount = Fen::new(fen);
        Self {
            exact: amount.to_string(),
            wan: if fen >= WAN_FEN { amount.wan() } else { String::new() },
        }
    }
}

/// What stands against a form, in words with their fields; other faults go on.
pub(crate) fn errors(cx: &Cx, fault: Fault) -> Result<Vec<(String, String)>, Fault> {
    if fault.fields.is_empty() {
        return Err(fault);
    }
    let word = |field: &jcore::FieldFault| {
        let key = field.field.clone().unwrap_or_else(|| "main".to_owned());
        (key, cx.app.words.issue(cx.lang, &field.issue))
    };
    Ok(fault.fields.iter().map(word).collect())
}

/// The class of a phase's chip.
pub(crate) fn phase_chip(phase: &str) -> &'static str {
    match phase {
        live if LIVE.contains(&live) => "live",
        "confirmed" => "ok",
        "provisional" | "publicity" | "ready" => "wait",
        "announced" => "info",
        _ => "",
    }
}

/// The class of the chip of where a bidder stands.
pub(crate) fn bidder_chip(state: &str) -> &'static str {
    match state {
        "admitted" => "ok",
        "refused" => "live",
        _ => "wait",
    }
}

/// A duration in words: days, hours, minutes or seconds, whichever is whole.
pub(crate) fn duration(cx: &Cx, secs: i64) -> String {
    let (key, n) = match secs {
        s if s != 0 && s % 86_400 == 0 => ("lot-days", s / 86_400),
        s if s != 0 && s % 3600 == 0 => ("lot-hours", s / 3600),
        s if s != 0 && s % 60 == 0 => ("lot-minutes", s / 60),
        s => ("lot-seconds", s),
    };
    cx.ta(key, &[("n", n.to_string())])
}
