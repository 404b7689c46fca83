//! `/my/matches`: what fits one's own needs, recommended (R131).

use askama::Template;
use axum::response::Response;
use jcore::{Cx, Result, Shell, Subject};
use kernel::OrgId;
use uuid::Uuid;

use super::Choice;
use super::desk::{eight, levels};
use crate::own::{Chosen, matches_of};
use crate::rules::{INTRODUCE, MINE};
use crate::store::threads;

/// Matches shown of each need.
const SHOWN: usize = 5;
/// Needs shown: an owner has a few, and each is compared with everything when the page is opened.
const NEEDS_MAX: i64 = 20;

#[derive(Template)]
#[template(path = "matches_mine.html")]
struct MinePage {
    s: Shell,
    needs: Vec<Chosen>,
    reasons: Vec<Choice>,
    levels: Vec<(i64, String)>,
    may_introduce: bool,
    back: &'static str,
}

/// `GET /my/matches`
pub(crate) async fn show(cx: Cx) -> Result<Response> {
    let orgs: Vec<OrgId> = cx.actor.orgs();
    let mine = |org: &&OrgId| cx.may(MINE, &Subject::org(**org, None));
    let orgs: Vec<Uuid> = orgs.iter().filter(mine).map(|org| org.uuid()).collect();
    let ids = threads::public_needs_of(&mut cx.app.read().await?, &orgs, cx.now.micros(), NEEDS_MAX).await?;
    let mut needs = Vec::new();
    for id in ids {
        needs.extend(matches_of(&cx, id, SHOWN, false).await?);
    }
    let may = |org: &Uuid| cx.may(INTRODUCE, &Subject::org((*org).into(), None));
    cx.page(&MinePage {
        s: cx.shell(),
        may_introduce: orgs.iter().any(may),
        needs,
        reasons: eight(&cx),
        levels: levels(&cx),
        back: "/my/matches",
    })
}
