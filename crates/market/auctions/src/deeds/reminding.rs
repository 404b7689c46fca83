//! Reminders to who watches a lot or takes part in it: a day and ten minutes before it begins, and of its end.

use jcore::notices::Notice;
use jcore::{Actor, App, Result, act};
use serde_json::json;
use uuid::Uuid;

use crate::model::{BidderState, COMING, Lot, SOLD, UNSOLD};
use crate::rules::FOLLOW;
use crate::store;

/// Reminders before a lot begins: what it is kept as, seconds before, the words.
const BEFORE: [(&str, i64, &str); 2] = [("day", 24 * 3600, "lot-tomorrow"), ("minutes", 600, "lot-soon")];
/// What comes after a lot: the phases, what it is kept as, the words.
const AFTER: [(&[&str], &str, &str); 2] = [
    (&SOLD, "awarded", "lot-watch-sold"),
    (&UNSOLD, "ended", "lot-watch-ended"),
];
/// Days after a lot's end in which a reminder still makes sense.
const LATE_DAYS: i64 = 2;

/// Reminds of what is due. How many lots were spoken of.
pub(crate) async fn remind(app: &App) -> Result<usize> {
    let now = app.now();
    let mut conn = app.read().await?;
    let mut due: Vec<(Lot, &'static str, &'static str)> = Vec::new();
    for (what, secs, key) in BEFORE {
        let filter = store::lots::Filter {
            states: vec!["logged"],
            phases: COMING.to_vec(),
            starts_from: Some(now.micros()),
            starts_before: Some(now.plus_secs(secs).micros()),
            ..store::lots::Filter::default()
        };
        for lot in store::lots::list(&mut conn, &filter, LOTS_MAX, 0).await?.0 {
            due.push((lot, what, key));
        }
    }
    for (phases, what, key) in AFTER {
        let filter = store::lots::Filter {
            states: vec!["logged"],
            phases: phases.to_vec(),
            closed_from: Some(now.plus_days(-LATE_DAYS).micros()),
            ..store::lots::Filter::default()
        };
        for lot in store::lots::list(&mut conn, &filter, LOTS_MAX, 0).await?.0 {
            due.push((lot, what, key));
        }
    }
    drop(conn);
    let mut done = 0;
    for (lot, what, key) in due {
        if !store::talk::was_told(&mut app.read().await?, lot.id, what).await? {
            tell(app, &lot, what, key).await?;
            done += 1;
        }
    }
    Ok(done)
}

/// Lots of one look; a bidding day has some dozens.
const LOTS_MAX: i64 = 500;

/// Tells watchers, and before a lot begins its bidders, once.
async fn tell(app: &App, lot: &Lot, what: &'static str, key: &'static str) -> Result<()> {
    let permit = app.permit(&Actor::system(), FOLLOW, &lot.subject())?;
    let before = BEFORE.iter().any(|(known, _, _)| *known == what);
    let mut people = store::talk::watchers(&mut app.read().await?, lot.id).await?;
    if before {
        people.extend(bidders(app, lot).await?);
    }
    people.sort_unstable();
    people.dedup();
    let starts = lot
        .starts_at
        .map(|at| kernel::Stamp::from_micros(at).format_cn())
        .unwrap_or_default();
    act!(app, permit, |act| {
        if store::talk::told(&mut act, lot.id, what).await? {
            for user in &people {
                act.tell(Notice {
                    user: (*user).into(),
                    key,
                    args: vec![
                        ("title", lot.title.clone()),
                        ("number", lot.number.clone()),
                        ("at", starts.clone()),
                    ],
                    link: Some(format!("/lots/{}", lot.id)),
                    mail: true,
                });
            }
        }
        act.note(
            "lot.reminded",
            "lot",
            lot.id,
            json!({ "what": what, "people": people.len() }),
        );
        Ok(())
    })
}

async fn bidders(app: &App, lot: &Lot) -> Result<Vec<Uuid>> {
    let rows = store::bidders::of_lot(&mut app.read().await?, lot.id).await?;
    let admitted = rows.iter().filter(|bidder| bidder.state() == BidderState::Admitted);
    // Only to find whom to remind: the notice goes to the bidders themselves.
    admitted
        .map(|bidder| Ok(bidder.identity(app)?.unshown().user))
        .collect()
}
