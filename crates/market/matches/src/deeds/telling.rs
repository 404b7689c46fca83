//! Who is told of what happens in a thread: both sides and whoever brought them together, except who did it.

use entries::Entry;
use jcore::notices::Notice;
use jcore::{Act, Result};
use kernel::UserId;

use crate::model::Thread;
use crate::rules::Part;

/// Tells the people of some parts of a thread, each once; who acts knows already.
pub(crate) async fn tell(
    act: &mut Act,
    key: &'static str,
    thread: &Thread,
    (need, offer): (&Entry, &Entry),
    parts: &[Part],
) -> Result<()> {
    let mut users: Vec<UserId> = Vec::new();
    for part in parts {
        match part {
            Part::Need => users.extend(entries::people(&mut act.conn, need).await?),
            Part::Offer => users.extend(entries::people(&mut act.conn, offer).await?),
            Part::Broker => users.extend(thread.opened_by.map(UserId::from)),
        }
    }
    let doer = act.permit().user();
    let mut told: Vec<UserId> = doer.into_iter().collect();
    for user in users {
        if told.contains(&user) {
            continue;
        }
        told.push(user);
        act.tell(Notice {
            user,
            key,
            args: vec![
                ("need", thread.need_title.clone()),
                ("offer", thread.offer_title.clone()),
            ],
            link: Some(format!("/threads/{}", thread.id)),
            mail: true,
        });
    }
    Ok(())
}

/// The other parts of a thread.
#[must_use]
pub(crate) fn others(part: Part) -> Vec<Part> {
    let all = [Part::Broker, Part::Need, Part::Offer];
    all.into_iter().filter(|other| *other != part).collect()
}
