//! My desk: what waits for me, by my roles.

use axum::response::Response;
use db::Conn;
use jcore::{Cx, Result, Shell};

use super::mine::mine;
use super::queue::scope;
use super::rows::{WorkView, own_path, views};
use crate::actions::{PUBLISH, QUEUE, WRITE};
use crate::kind::kinds;
use crate::projection;
use crate::rules::State;
use crate::show::{ReasonText, reason_texts};
use crate::store;
use crate::store::work::{Mine, Queue};

/// Rows that each part of the desk shows.
const ROWS: i64 = 6;

/// A returned entry with why.
struct ReturnedRow {
    row: WorkView,
    reasons: Vec<ReasonText>,
}

/// A count that leads on.
struct Count {
    text: String,
    number: i64,
    href: String,
}

#[derive(askama::Template)]
#[template(path = "entries_desk.html")]
struct DeskPage {
    s: Shell,
    roles: Vec<String>,
    orgs: Vec<String>,
    counts: Vec<Count>,
    returned: Vec<ReturnedRow>,
    drafts: Vec<WorkView>,
    ending: Vec<WorkView>,
    writes: bool,
    reviews: bool,
    waiting: Vec<WorkView>,
    oldest: Option<i64>,
    new: Vec<(String, String)>,
}

pub(crate) async fn show(cx: Cx) -> Result<Response> {
    let writes = cx.app.rules.reaches(&cx.actor, WRITE).is_ok();
    let reviews = cx.app.rules.reaches(&cx.actor, QUEUE).is_ok();
    let mut conn = cx.app.read().await?;
    let all = mine(&cx, kinds(&cx.app).all().iter().map(|k| k.key()).collect());
    let mut counts = Vec::new();
    let (mut returned, mut drafts, mut ending) = (Vec::new(), Vec::new(), Vec::new());
    if writes {
        counts.extend(own_counts(&cx, &mut conn, &all).await?);
        returned = returned_rows(&cx, &mut conn, &all).await?;
        let filter = Mine {
            state: Some(State::Draft),
            ..all.clone()
        };
        let (rows, _) = store::work::my_page(&mut conn, &filter, ROWS, 0).await?;
        drafts = views(&cx, &mut conn, rows, |r| own_path(&cx, r)).await?;
        let until = cx.now.plus_days(programme::now(&cx.app).renewal.remind_days).micros();
        let rows = store::work::my_expiring(&mut conn, &all, until, ROWS).await?;
        ending = views(&cx, &mut conn, rows, |r| own_path(&cx, r)).await?;
    }
    let (mut waiting, mut oldest) = (Vec::new(), None);
    if reviews {
        let queue = Queue {
            state: Some(State::Submitted),
            ..scope(&cx)
        };
        counts.extend(queue_counts(&cx, &mut conn).await?);
        let (rows, _) = store::work::queue_page(&mut conn, &queue, ROWS, 0).await?;
        waiting = views(&cx, &mut conn, rows, |r| format!("/centre/queue/{}", r.id)).await?;
        oldest = store::work::oldest(&mut conn, &scope(&cx)).await?;
    }
    let orgs = accounts::orgs_of(&mut conn, &cx.actor)
        .await?
        .into_iter()
        .map(|o| o.name)
        .collect();
    drop(conn);
    let shell = cx.shell();
    if shell.unread() > 0 {
        counts.push(Count {
            text: cx.t("entries-desk-unread"),
            number: shell.unread(),
            href: cx.href("/inbox"),
        });
    }
    cx.page(&DeskPage {
        roles: roles(&cx),
        orgs,
        counts,
        returned,
        drafts,
        ending,
        writes,
        reviews,
        waiting,
        oldest,
        new: new_links(&cx, writes),
        s: shell,
    })
}

/// The reader's roles, each once, in words.
fn roles(cx: &Cx) -> Vec<String> {
    let mut out = Vec::new();
    for grant in &cx.actor.grants {
        let name = cx.t(&format!("role-{}", grant.role.code()));
        let text = match grant.region {
            Some(region) => format!("{name} · {}", cx.app.regions.full_name(region)),
            None => name,
        };
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn new_links(cx: &Cx, writes: bool) -> Vec<(String, String)> {
    if !writes {
        return Vec::new();
    }
    let link = |k: &std::sync::Arc<dyn crate::EntryKind>| {
        (
            cx.t(&format!("entries-new-{}", k.key())),
            cx.href(&format!("/entries/new/{}", k.key())),
        )
    };
    kinds(&cx.app).all().iter().map(link).collect()
}

/// What is mine by state, of those states that ask for something.
async fn own_counts(cx: &Cx, conn: &mut Conn, all: &Mine) -> Result<Vec<Count>> {
    let mut out = Vec::new();
    for (home, path) in [("/needs", "/my/needs"), ("/offers", "/my/offers")] {
        let of = kinds(&cx.app)
            .all()
            .iter()
            .filter(|k| k.home() == home)
            .map(|k| k.key())
            .collect();
        let counts = store::work::my_counts(
            conn,
            &Mine {
                kinds: of,
                ..all.clone()
            },
        )
        .await?;
        for state in [State::Returned, State::Draft, State::Submitted, State::Published] {
            let number = counts
                .iter()
                .find(|(code, _)| code == state.code())
                .map_or(0, |(_, n)| *n);
            if number > 0 {
                let text = cx.t(&format!(
                    "entries-desk-{}-{}",
                    path.trim_start_matches("/my/"),
                    state.code()
                ));
                out.push(Count {
                    text,
                    number,
                    href: cx.href(&format!("{path}?state={}", state.code())),
                });
            }
        }
    }
    Ok(out)
}

async fn queue_counts(cx: &Cx, conn: &mut Conn) -> Result<Vec<Count>> {
    let counts = store::work::queue_counts(conn, &scope(cx)).await?;
    let of = |state: State| {
        counts
            .iter()
            .filter(|(s, _, _)| s == state.code())
            .map(|(_, _, n)| n)
            .sum::<i64>()
    };
    let mut out = vec![Count {
        text: cx.t("entries-desk-to-review"),
        number: of(State::Submitted),
        href: cx.href("/centre/queue?state=submitted"),
    }];
    if cx.app.rules.reaches(&cx.actor, PUBLISH).is_ok() {
        out.push(Count {
            text: cx.t("entries-desk-to-publish"),
            number: of(State::Accepted),
            href: cx.href("/centre/queue?state=accepted"),
        });
    }
    Ok(out)
}

/// What came back, with the reasons.
async fn returned_rows(cx: &Cx, conn: &mut Conn, all: &Mine) -> Result<Vec<ReturnedRow>> {
    let rows = store::work::returned(conn, all, ROWS).await?;
    let mut reasons = Vec::with_capacity(rows.len());
    for row in &rows {
        reasons.push(reasons_of(cx, conn, row).await?);
    }
    let views = views(cx, conn, rows, |r| own_path(cx, r)).await?;
    Ok(views
        .into_iter()
        .zip(reasons)
        .map(|(row, reasons)| ReturnedRow { row, reasons })
        .collect())
}

async fn reasons_of(cx: &Cx, conn: &mut Conn, row: &crate::WorkRow) -> Result<Vec<ReasonText>> {
    let Some(event) = store::work::last_return(conn, row.id).await? else {
        return Ok(Vec::new());
    };
    let Some(sight) = cx.sight(crate::actions::SEE, &row.subject()) else {
        return Ok(Vec::new());
    };
    let reasons = projection::reasons(&cx.app, &event, &sight)?;
    let kinds = kinds(&cx.app);
    Ok(kinds
        .get(&row.kind)
        .map_or_else(Vec::new, |kind| reason_texts(cx, kind.as_ref(), &reasons)))
}
