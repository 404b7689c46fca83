//! The home page and the help page.

use axum::response::Response;
use jcore::{Action, Cx, NavItem, Result, Routes, Rule, Shell, When, Who};

const SEE: Action = Action("site.see");

pub(crate) fn routes() -> Routes {
    Routes::new().get("/", SEE, home).get("/help", SEE, help)
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![Rule::new(SEE, Who::Anyone, When::Always)]
}

pub(crate) fn nav() -> Vec<NavItem> {
    vec![NavItem { key: "home", href: "/", order: 0, action: SEE }, NavItem { key: "help", href: "/help", order: 90, action: SEE }]
}

#[derive(askama::Template)]
#[template(path = "home.html")]
struct HomePage {
    s: Shell,
}

async fn home(cx: Cx) -> Result<Response> {
    cx.page(&HomePage { s: cx.shell().phases() })
}

#[derive(askama::Template)]
#[template(path = "help.html")]
struct HelpPage {
    s: Shell,
}

async fn help(cx: Cx) -> Result<Response> {
    cx.page(&HelpPage { s: cx.shell() })
}
