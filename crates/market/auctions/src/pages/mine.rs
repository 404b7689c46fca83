//! One's own bids: lots in which one takes part, and lots that one watches.

use askama::Template;
use axum::response::Response;
use jcore::{Cx, Result, Shell};
use kernel::UserId;

use super::bidder_chip;
use super::list::{Row, rows};
use crate::deeds::not_now;
use crate::model::{Bidder, Lot, user_key};
use crate::store;

struct MyRow {
    row: Row,
    paddle: i64,
    state: String,
    chip: &'static str,
    stage: String,
    won: bool,
}

#[derive(Template)]
#[template(path = "lot_my.html")]
struct MyPage {
    s: Shell,
    mine: Vec<MyRow>,
    watched: Vec<Row>,
}

/// `GET /my/bids`
pub(crate) async fn bids(cx: Cx) -> Result<Response> {
    let user: UserId = cx.actor.user.ok_or_else(not_now)?;
    let mut conn = cx.app.read().await?;
    let bidders = store::bidders::all_mine(&mut conn, &user_key(&cx.app, user)).await?;
    let ids: Vec<_> = bidders.iter().map(|bidder| bidder.lot_id).collect();
    let lots = store::lots::many(&mut conn, &ids).await?;
    let watched = store::talk::watched(&mut conn, user.uuid()).await?;
    let watched = store::lots::many(&mut conn, &watched).await?;
    drop(conn);
    let mut mine = Vec::new();
    for bidder in &bidders {
        let Some(lot) = lots.iter().find(|lot| lot.id == bidder.lot_id) else {
            continue;
        };
        if let Some(row) = rows(&cx, std::slice::from_ref(lot)).await?.into_iter().next() {
            mine.push(my_row(&cx, lot, bidder, row));
        }
    }
    let watched = rows(&cx, &watched).await?;
    cx.page(&MyPage {
        s: cx.shell(),
        mine,
        watched,
    })
}

fn my_row(cx: &Cx, lot: &Lot, bidder: &Bidder, row: Row) -> MyRow {
    MyRow {
        row,
        paddle: bidder.paddle,
        state: cx.t(&format!("lot-bidder-{}", bidder.state)),
        chip: bidder_chip(&bidder.state),
        stage: cx.t(&format!("lot-stage-{}", bidder.stage)),
        won: lot.award_paddle == Some(bidder.paddle),
    }
}
