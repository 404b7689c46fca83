//! Following what is published: a reader of the change log with a cursor of its own, at least once and idempotent. It keeps
//! the register of needs and universities (R128) and plans a message for everybody whom an item fits (R131).

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, Cursor};
use entries::rules::State;
use jcore::{Act, Actor, App, FaultKind, Permit, Result, Subject, act};
use kernel::{EntryId, Region, Sector, Stamp};
use serde_json::json;
use uuid::Uuid;

use crate::finder::{Item, finders};
use crate::items::{self, Public};
use crate::model::Subscription;
use crate::recipients::{self, Recipient};
use crate::rules::{Channel, Event, Gist, Lack, NEED, Rhythm, Step, WORK, due, fits, should_get, step};
use crate::store::items::{ItemRow, OVER, PUBLIC};
use crate::store::people::OrgRow;
use crate::store::{self, messages, targets};

/// Its name among the readers of the change log.
const CONSUMER: &str = "push";
/// Changes read at once.
const CHANGES: i64 = 200;
/// Parts of the log that a run takes; what is left waits for the next.
const PARTS_MAX: usize = 20;
/// Rows that an act writes: well within the time that a write may hold its transaction.
const ROWS_AN_ACT: usize = 100;
/// Subscriptions read at once.
const SUBSCRIPTIONS: i64 = 500;
/// Needs that an organisation is caught up with: all that a province has public at a time.
const NEEDS_MAX: i64 = 5_000;

/// Follows the change log. Returns how many changes it took.
pub(crate) async fn run(app: &App) -> Result<usize> {
    let mut done = 0;
    for _ in 0..PARTS_MAX {
        let changes = {
            let mut conn = app.read().await?;
            db::read_changes(&mut conn, CONSUMER, CHANGES).await?
        };
        let Some(last) = changes.last() else { break };
        let cursor = Cursor {
            txid: last.txid,
            seq: last.seq,
        };
        done += changes.len();
        let of = |kinds: &[&str]| -> BTreeSet<Uuid> {
            let fitting = changes.iter().filter(|c| kinds.contains(&c.kind.as_str()));
            fitting.map(|c| c.subject_id).collect()
        };
        take(app, &of(&["entry"]), &of(&["org", "organisation"]), &of(&["user"])).await?;
        // After the work: what breaks off in between is done again, and finds most of it done.
        let mut conn = app.db.write().await?;
        db::save_cursor(&mut conn, CONSUMER, cursor).await?;
        conn.commit().await?;
    }
    Ok(done)
}

/// Whether changes wait to be followed, or are being followed just now: their messages may be planned in part.
pub(crate) async fn is_behind(conn: &mut Conn) -> Result<bool> {
    Ok(!db::read_changes(conn, CONSUMER, 1).await?.is_empty())
}

async fn take(app: &App, entries: &BTreeSet<Uuid>, orgs: &BTreeSet<Uuid>, users: &BTreeSet<Uuid>) -> Result<()> {
    let permit = app.permit(&Actor::system(), WORK, &Subject::NONE)?;
    let mut roster = None;
    for id in entries {
        look_at(app, &permit, *id, &mut roster).await?;
    }
    let mut orgs = orgs.clone();
    for user in users {
        let mut conn = app.read().await?;
        orgs.extend(store::people::orgs_of_liaison(&mut conn, *user).await?);
    }
    for org in orgs {
        catch_up(app, &permit, org).await?;
    }
    Ok(())
}

/// An organisation of the group with who is to be told there.
struct Member {
    org: OrgRow,
    declared: Vec<Sector>,
    liaison: Result<Recipient, Lack>,
}

/// The universities and institutes of the programme's region, each with its liaison; read once a run.
struct Roster(Vec<Member>);

async fn roster(app: &App, only: Option<Uuid>) -> Result<Roster> {
    let home = programme::now(app).region;
    let mut conn = app.read().await?;
    let mut fields = store::people::all_fields(&mut conn).await?;
    let mut out = Vec::new();
    for org in store::people::academic(&mut conn, only).await? {
        // One whose place nobody gave must not drop out for that.
        let place = org.region.as_deref().and_then(Region::new);
        if place.is_some_and(|place| !app.regions.is_within(place, home)) {
            continue;
        }
        out.push(Member {
            declared: fields.remove(&org.id).unwrap_or_default(),
            liaison: recipients::liaison(&mut conn, app, org.id).await?,
            org,
        });
    }
    Ok(Roster(out))
}

/// One entry that changed.
async fn look_at(app: &App, permit: &Permit, id: Uuid, roster: &mut Option<Roster>) -> Result<()> {
    let (entry, row) = {
        let mut conn = app.read().await?;
        let entry = match entries::entry(&mut conn, EntryId::from(id)).await {
            Ok(entry) => entry,
            Err(fault) if fault.kind == FaultKind::NotFound => return Ok(()),
            Err(fault) => return Err(fault),
        };
        (entry, store::items::get(&mut conn, id).await?)
    };
    let public = if entry.is_public(app.now().micros()) {
        items::of_entry(app, &entry)?
    } else {
        None
    };
    let before: Option<(Gist, bool)> = row
        .as_ref()
        .map(|row| (serde_json::from_str(&row.gist).unwrap_or_default(), row.state == PUBLIC));
    let what = step(before.as_ref().map(|(g, p)| (g, *p)), public.as_ref().map(|p| &p.gist));
    match (what, public) {
        (Step::Nothing, _) | (_, None) if what != Step::Gone => Ok(()),
        (Step::Gone, _) => gone(app, permit, &entry, row).await,
        (_, Some(public)) => {
            let row = seen(app, permit, &public, row, what, entry.published_at).await?;
            if entry.kind == NEED {
                if roster.is_none() {
                    *roster = Some(self::roster(app, None).await?);
                }
                if let Some(roster) = roster {
                    let need = Need {
                        entry: row.entry_id,
                        edition: row.edition,
                        owner: entry.org_id,
                        sectors: public.item.sectors.clone(),
                    };
                    to_group(app, permit, roster, &need, what == Step::Anew).await?;
                }
            }
            if what == Step::Back {
                return Ok(());
            }
            to_subscribers(app, permit, &row, &public.item, entry.author_id).await
        }
        (_, None) => Ok(()),
    }
}

/// Keeps how an item is seen now.
async fn seen(
    app: &App,
    permit: &Permit,
    public: &Public,
    old: Option<ItemRow>,
    what: Step,
    published: Option<i64>,
) -> Result<ItemRow> {
    let edition = old
        .as_ref()
        .map_or(1, |row| row.edition + i64::from(what == Step::Anew));
    let gist = match (what, old) {
        // What was pushed stays what later changes are held against: many small ones add up to a new one.
        (Step::Back, Some(row)) => row.gist,
        _ => serde_json::to_string(&public.gist).map_err(|e| jcore::Fault::internal(e.to_string()))?,
    };
    let row = ItemRow {
        entry_id: public.item.id,
        kind: public.item.kind.clone(),
        edition,
        state: PUBLIC.to_owned(),
        gist,
        published_at: published.unwrap_or_else(|| app.now().micros()),
        ended_at: None,
    };
    act!(app, permit, |act| {
        store::items::put(&mut act, &row).await?;
        act.note("push.seen", "entry", row.entry_id, json!({ "edition": edition }));
        Ok(())
    })?;
    Ok(row)
}

/// An item is no longer public: what waits is dropped, and who was told of it hears so in the inbox, unless its days were
/// simply over.
async fn gone(app: &App, permit: &Permit, entry: &entries::Entry, row: Option<ItemRow>) -> Result<()> {
    let Some(mut row) = row else { return Ok(()) };
    let told = if entry.state() == State::Expired || entry.state() == State::Published {
        Vec::new()
    } else {
        let mut conn = app.read().await?;
        messages::told_users(&mut conn, entry.id).await?
    };
    row.state = OVER.to_owned();
    act!(app, permit, |act| {
        row.ended_at = Some(act.now.micros());
        store::items::put(&mut act, &row).await?;
        targets::close(&mut act, row.entry_id, None).await?;
        messages::drop_waiting(&mut act, row.entry_id).await?;
        act.note("push.ended", "entry", row.entry_id, json!({ "told": told.len() }));
        Ok(())
    })?;
    let news: Vec<messages::New> = told
        .iter()
        .map(|user| messages::New {
            recipient: *user,
            is_user: true,
            entry: row.entry_id,
            edition: row.edition,
            event: Event::Withdrawn.code(),
            channel: Channel::Inbox.code(),
            org: None,
            subscription: None,
            due_at: app.now().micros(),
            held: "",
        })
        .collect();
    plan(app, permit, &news).await
}

/// Plans messages, some at a time.
async fn plan(app: &App, permit: &Permit, news: &[messages::New]) -> Result<()> {
    for part in news.chunks(ROWS_AN_ACT) {
        act!(app, permit, |act| {
            for new in part {
                messages::add(&mut act, new).await?;
            }
            act.note("push.planned", "push", None, json!({ "messages": part.len() }));
            Ok(())
        })?;
    }
    Ok(())
}

fn event(edition: i64) -> &'static str {
    if edition > 1 {
        Event::Changed.code()
    } else {
        Event::Published.code()
    }
}

/// A public need, as far as it matters to whom it goes.
struct Need {
    entry: Uuid,
    edition: i64,
    owner: Uuid,
    sectors: Vec<Sector>,
}

/// A message to a recipient by each of the ways.
fn to_each(to: &Recipient, ways: &[Channel], rhythm: Rhythm, now: Stamp, base: &messages::New) -> Vec<messages::New> {
    let message = |way: &Channel| {
        // The inbox makes no noise: it need not wait.
        let at = if *way == Channel::Inbox { now } else { due(rhythm, now) };
        messages::New {
            recipient: to.id,
            is_user: to.is_user,
            channel: way.code(),
            due_at: at.micros(),
            held: if at > now { "digest" } else { "" },
            ..base.clone()
        }
    };
    ways.iter().map(message).collect()
}

/// A message about an edition of an entry, to nobody yet.
fn blank(entry: Uuid, edition: i64) -> messages::New {
    messages::New {
        recipient: Uuid::nil(),
        is_user: false,
        entry,
        edition,
        event: event(edition),
        channel: Channel::Inbox.code(),
        org: None,
        subscription: None,
        due_at: 0,
        held: "",
    }
}

/// A need to every university and institute that should get it (R128, R129). One whose own need it is has no use for it.
async fn to_group(app: &App, permit: &Permit, roster: &Roster, need: &Need, anew: bool) -> Result<()> {
    let known: BTreeMap<Uuid, String> = {
        let mut conn = app.read().await?;
        targets::states_of_entry(&mut conn, need.entry)
            .await?
            .into_iter()
            .collect()
    };
    let members: Vec<&Member> = roster
        .0
        .iter()
        .filter(|m| should_get(&m.declared, &need.sectors) && m.org.id != need.owner)
        // Pushed once, and nothing new since: nobody gets it twice.
        .filter(|m| anew || known.get(&m.org.id).is_none_or(|state| state != "pushed"))
        .collect();
    for part in members.chunks(ROWS_AN_ACT / 4) {
        act!(app, permit, |act| {
            for member in part {
                put_down(&mut act, need, member).await?;
            }
            act.note(
                "push.targeted",
                "entry",
                need.entry,
                json!({ "organisations": part.len() }),
            );
            Ok(())
        })?;
    }
    // Fields may have changed since: what has not gone and no longer fits need not go.
    let fitting: BTreeSet<Uuid> = members.iter().map(|m| m.org.id).collect();
    let strays: Vec<Uuid> = roster
        .0
        .iter()
        .map(|m| m.org.id)
        .filter(|org| {
            known.get(org).is_some_and(|state| state == "due" || state == "missing") && !fitting.contains(org)
        })
        .collect();
    if strays.is_empty() {
        return Ok(());
    }
    act!(app, permit, |act| {
        for org in &strays {
            targets::close(&mut act, need.entry, Some(*org)).await?;
        }
        act.note(
            "push.closed",
            "entry",
            need.entry,
            json!({ "organisations": strays.len() }),
        );
        Ok(())
    })
}

/// A pair of need and university: put down, and its messages planned, or what is lacking said.
async fn put_down(act: &mut Act, need: &Need, member: &Member) -> Result<()> {
    let org = member.org.id;
    targets::add(act, need.entry, org).await?;
    let to = match &member.liaison {
        Ok(to) => to,
        Err(lack) => return targets::set(act, need.entry, org, "missing", lack.code(), None).await,
    };
    targets::set(act, need.entry, org, "due", "", Some(to.id)).await?;
    let base = messages::New {
        org: Some(org),
        ..blank(need.entry, need.edition)
    };
    for new in to_each(to, &to.ways(), to.rhythm, act.now, &base) {
        messages::add(act, &new).await?;
    }
    // A way that was closed before may be open now; only those that are, or it would be dropped again without end.
    for way in to.ways() {
        messages::again(act, need.entry, org, to.id, way.code()).await?;
    }
    Ok(())
}

/// An organisation changed: it has a liaison now, or another address, or declares other fields.
pub(crate) async fn catch_up(app: &App, permit: &Permit, org: Uuid) -> Result<()> {
    let roster = roster(app, Some(org)).await?;
    if roster.0.is_empty() {
        return Ok(());
    }
    let (needs, known) = {
        let mut conn = app.read().await?;
        let needs = store::items::public_needs(&mut conn, NEEDS_MAX).await?;
        let known: BTreeMap<Uuid, String> = targets::states_of_org(&mut conn, org).await?.into_iter().collect();
        (needs, known)
    };
    for row in needs {
        // Pushed: nothing to catch up with.
        if known.get(&row.entry_id).is_some_and(|state| state == "pushed") {
            continue;
        }
        let need = Need {
            entry: row.entry_id,
            edition: row.edition,
            owner: row.owner,
            sectors: entries::codes_of(&row.sector).filter_map(Sector::from_code).collect(),
        };
        to_group(app, permit, &roster, &need, false).await?;
    }
    Ok(())
}

/// An item to everybody whose subscription it fits.
async fn to_subscribers(app: &App, permit: &Permit, row: &ItemRow, item: &Item, author: Uuid) -> Result<()> {
    let finders = finders(app);
    let mut after = Uuid::nil();
    loop {
        let subs = {
            let mut conn = app.read().await?;
            store::subs::active_after(&mut conn, after, SUBSCRIPTIONS).await?
        };
        let Some(last) = subs.last() else { return Ok(()) };
        after = last.id;
        let mut news = Vec::new();
        for sub in subs.iter().map(Subscription::from) {
            // Who wrote it knows of it.
            if sub.user.uuid() == author || !fits(&sub.asked, &app.regions, &item.kind, &item.sectors, item.region) {
                continue;
            }
            if !sub.words.is_empty() && finders.get(&sub.finder).fits(app, &sub.words, &[item]).await? != [true] {
                continue;
            }
            let mut conn = app.read().await?;
            let Some(to) = recipients::user(&mut conn, app, sub.user.uuid()).await? else {
                continue;
            };
            let ways: Vec<Channel> = to.ways().into_iter().filter(|way| sub.channels.contains(way)).collect();
            let base = messages::New {
                subscription: Some(sub.id),
                ..blank(row.entry_id, row.edition)
            };
            news.extend(to_each(&to, &ways, sub.rhythm, app.now(), &base));
        }
        plan(app, permit, &news).await?;
    }
}
