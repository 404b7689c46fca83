//! Who is told of a move: the people of the organisation that must do something or are waiting for it.

use db::Conn;
use jcore::notices::Notice;
use jcore::{Act, Result, Role};
use kernel::UserId;

use crate::model::Entry;
use crate::rules::{Move, days_left};

/// People of an organisation that a notice goes to at most: who writes and who answers for it.
const PEOPLE_MAX: usize = 20;

/// Tells of a move, where somebody waits for it.
pub(super) async fn of_move(act: &mut Act, entry: &Entry, by: Move) -> Result<()> {
    let (key, mail) = match by {
        Move::Return => ("entry-returned", true),
        Move::Accept => ("entry-accepted", false),
        Move::Publish => ("entry-published", true),
        Move::Expire => ("entry-expired", true),
        Move::Submit | Move::Recall | Move::Withdraw | Move::Renew | Move::Reopen => return Ok(()),
    };
    let link = match by {
        Move::Return => format!("/entries/{}/edit", entry.id),
        _ => format!("/entries/{}", entry.id),
    };
    send(act, entry, key, link, mail, &[]).await
}

/// Reminds that an entry ends soon.
pub(super) async fn of_end(act: &mut Act, entry: &Entry) -> Result<()> {
    let days = days_left(act.now.micros(), entry.expires_at.unwrap_or_default()).to_string();
    send(
        act,
        entry,
        "entry-ending",
        format!("/entries/{}", entry.id),
        true,
        &[("days", days)],
    )
    .await
}

async fn send(
    act: &mut Act,
    entry: &Entry,
    key: &'static str,
    link: String,
    mail: bool,
    more: &[(&'static str, String)],
) -> Result<()> {
    let doer = act.permit().user();
    for user in people(&mut act.conn, entry).await? {
        // Who did it knows.
        if Some(user) == doer {
            continue;
        }
        let mut args = vec![("title", entry.title.clone())];
        args.extend_from_slice(more);
        act.tell(Notice {
            user,
            key,
            args,
            link: Some(link.clone()),
            mail,
        });
    }
    Ok(())
}

/// Who is told of what becomes of an entry: who wrote it and who answers for its organisation, each once.
///
/// # Errors
/// The store's.
pub async fn people(conn: &mut Conn, entry: &Entry) -> Result<Vec<UserId>> {
    let mut out: Vec<UserId> = entry.author().into_iter().collect();
    for role in [Role::Liaison, Role::Manager] {
        for user in accounts::people_with_role(conn, role, Some(entry.org())).await? {
            if !out.contains(&user) && out.len() < PEOPLE_MAX {
                out.push(user);
            }
        }
    }
    Ok(out)
}
