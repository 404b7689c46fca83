//! The pages of this capability.

mod ask;
mod compare;
pub(crate) mod desk;
mod export;
mod mine;
mod open;
pub(crate) mod panel;
pub(crate) mod search;
pub(crate) mod thread;
pub(crate) mod threads;
mod verdicts;

use jcore::{Cx, Fault, FaultKind, Routes};

use crate::rules::{ASK, DESK, INTRODUCE, JUDGE, MINE, SEARCH, THREAD};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/match", ASK, ask::show)
        .post("/match", ASK, ask::ask)
        .get("/search", SEARCH, search::show)
        .get("/search/suggest", SEARCH, search::suggest)
        .get("/work/matches", DESK, desk::show)
        .get("/my/matches", MINE, mine::show)
        .get("/threads", THREAD, threads::list)
        .get("/threads/new", INTRODUCE, open::show)
        .post("/threads/new", INTRODUCE, open::send)
        .get("/threads/{id}", THREAD, thread::show)
        .post("/threads/{id}/messages", THREAD, thread::say)
        .post("/threads/{id}/agree", THREAD, thread::agree)
        .post("/threads/{id}/decline", THREAD, thread::decline)
        .post("/threads/{id}/close", THREAD, thread::close)
        .post("/matches/verdicts", JUDGE, verdicts::judge)
}

/// What stands against a form, in words; other faults go on.
pub(crate) fn errors(cx: &Cx, fault: Fault) -> Result<Vec<String>, Fault> {
    match fault.kind {
        FaultKind::Refused => {
            let words = &cx.app.words;
            Ok(fault
                .fields
                .iter()
                .map(|field| words.issue(cx.lang, &field.issue))
                .collect())
        }
        FaultKind::Conflict => {
            let words = &cx.app.words;
            Ok(vec![format!(
                "{}{}{}",
                fault.title(words, cx.lang),
                cx.t("matches-colon"),
                fault.text(words, cx.lang)
            )])
        }
        _ => Err(fault),
    }
}

/// Whether what stands against a text is only what its sender may tell all the same.
pub(crate) fn may_insist(fault: &Fault) -> bool {
    !fault.fields.is_empty() && fault.fields.iter().all(|field| field.issue.code == "matches-tells-own")
}

/// Whether what stands against a text can be masked.
pub(crate) fn may_mask(fault: &Fault) -> bool {
    !fault.fields.is_empty()
        && fault
            .fields
            .iter()
            .all(|field| field.issue.code.starts_with("matches-tells-"))
}

/// A choice of a form: what is sent, what is read.
pub(crate) type Choice = (&'static str, String);

/// The reasons for declining, or for an end without result, in words.
pub(crate) fn reasons(cx: &Cx) -> Vec<Choice> {
    let codes = crate::rules::closing_reasons().into_iter();
    codes
        .map(|code| (code, cx.t(&format!("matches-reason-{code}"))))
        .collect()
}
