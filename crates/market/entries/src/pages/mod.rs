//! Pages: public lists and entries, my desk and entries, writing, the queue and the review.

mod beside;
mod desk;
mod mine;
pub mod public;
mod queue;
mod review;
mod rows;
mod start;
mod write;

use jcore::Routes;

use crate::actions::{ACCEPT, DESK, PUBLISH, QUEUE, RETURN, SUBMIT, WRITE};

/// The routes of who is at work.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk", DESK, desk::show)
        .get("/my/needs", DESK, mine::needs)
        .get("/my/offers", DESK, mine::offers)
        .get("/entries/new/{kind}", WRITE, start::show)
        .post("/entries/new/{kind}", WRITE, start::begin)
        .get("/entries/{id}", DESK, write::lead)
        .get("/entries/{id}/edit", WRITE, write::edit)
        .post("/entries/{id}/edit", WRITE, write::keep_and_check)
        .post("/entries/{id}/draft", WRITE, write::keep)
        .get("/entries/{id}/beside/{other}", DESK, beside::show)
        .get("/entries/{id}/check", SUBMIT, write::check)
        .post("/entries/{id}/submit", SUBMIT, write::submit)
        .post("/entries/{id}/withdraw", SUBMIT, write::withdraw)
        .post("/entries/{id}/renew", SUBMIT, write::renew)
        .post("/entries/{id}/recall", SUBMIT, write::recall)
        .post("/entries/{id}/reopen", SUBMIT, write::reopen)
        .get("/centre/queue", QUEUE, queue::show)
        .post("/centre/queue/bulk", ACCEPT, queue::bulk)
        .get("/centre/queue/{id}", QUEUE, review::show)
        .post("/centre/queue/{id}/return", RETURN, review::send_back)
        .post("/centre/queue/{id}/accept", ACCEPT, review::accept)
        .post("/centre/queue/{id}/publish", PUBLISH, review::publish)
}
