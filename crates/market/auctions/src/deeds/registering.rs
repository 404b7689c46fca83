//! Taking part: who they bid for, that they may, that they are not of the seller's group, and that they accept the notice.
//! An officer admits them; then the log knows a paddle and a commitment, and nobody else who it is.

use bidding::{Command, Phase, Priority, Relation};
use jcore::files::{Allowed, FileType};
use jcore::notices::Notice;
use jcore::{Actor, App, Fault, NewFile, Result, Role, Subject, Upload, act};
use kernel::text::hex;
use kernel::{Issue, OrgId, UserId};
use serde_json::json;
use uuid::Uuid;

use super::{announcing, following, not_now, said};
use crate::auctions;
use crate::model::{Bidder, BidderState, Identity, Lot, LotState, party_key, relation_code, user_key};
use crate::rules::{ADMIT, BID, BID_FOR, Conflict, PADDLES, Party, REGISTER, conflict, relation};
use crate::store;

/// Longest line of a registration, in characters.
const LINE_MAX: usize = 120;
/// Characters of a payment code: none that people take for another.
const CODE_CHARS: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";
/// Characters of a payment code: with 31 signs each, one in 27 billion is met by chance.
const CODE_LEN: usize = 7;
/// What begins a payment code, so that it is found within a remark.
pub(crate) const CODE_HEAD: &str = "JB";
/// Types of scan that are taken.
const SCANS: Allowed = Allowed::of(&[FileType::Pdf, FileType::Jpeg, FileType::Png]).with_signed(true);
/// Bytes of a commitment's salt.
const SALT_BYTES: usize = 16;

/// What somebody says who wants to take part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// For whom; none: for themselves.
    pub(crate) org: Option<OrgId>,
    pub(crate) representative: String,
    pub(crate) phone: String,
    pub(crate) qualification: String,
    /// An inventor of the thing sold, or a company of theirs (民法典 847).
    pub(crate) inventor: bool,
    /// A right of priority for another reason.
    pub(crate) holder: bool,
    /// Parent, subsidiary or sister of the seller.
    pub(crate) group: bool,
    pub(crate) declared: String,
    pub(crate) bank: String,
    pub(crate) account_holder: String,
    pub(crate) account: String,
    /// The hash of the notice that they accept.
    pub(crate) accepts: String,
    /// The scan of the mandate (授权委托书).
    pub(crate) mandate: Option<Upload>,
}

fn line(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::issue(Some(field), Issue::error("lot-empty")));
    }
    if text.chars().count() > LINE_MAX {
        let issue = Issue::error("lot-long").with("max", LINE_MAX.to_string());
        return Err(Fault::issue(Some(field), issue));
    }
    Ok(text.to_owned())
}

/// A keyed fingerprint of a legal representative's name: compared, never shown.
pub(crate) fn representative_key(app: &App, name: &str) -> String {
    let name = kernel::text::fold(name);
    if name.is_empty() {
        return String::new();
    }
    hex(&app.keys.fingerprint(&[b"lot.representative", name.as_bytes()]))
}

/// Asks to take part in a lot.
///
/// # Errors
/// Refused with what is wrong, at each field: of the seller's group, the notice not accepted, no mandate; a conflict when
/// registration is over or they did so already; denied; the store's.
pub(crate) async fn register(app: &App, actor: &Actor, lot: Uuid, asked: Asked) -> Result<Bidder> {
    let lot = store::lots::get(&mut app.read().await?, lot).await?;
    let permit = app.permit(actor, REGISTER, &Subject::NONE)?;
    let user = actor.user.ok_or_else(not_now)?;
    let open = lot.state() == LotState::Logged
        && lot.phase() == Phase::Announced
        && lot.registers_until.is_none_or(|until| app.now().micros() < until);
    if !open {
        return Err(not_now());
    }
    let notice = announcing::notice_hash(app, &lot).await?.to_string();
    if asked.accepts != notice {
        return Err(Fault::issue(Some("accepts"), Issue::error("lot-accept")));
    }
    let identity = identity(app, actor, user, &asked).await?;
    if let Some(conflict) = group(app, &lot, &identity, asked.group).await? {
        return refused_group(app, &permit, &lot, conflict).await;
    }
    let mandate = mandate(app, actor, &permit, &lot, &asked).await?;
    let bidder = sealed(app, &lot, user, &asked, &identity, notice)?;
    keep(app, &permit, &lot, bidder, mandate).await
}

/// Who they are, with names from the register where it knows them.
async fn identity(app: &App, actor: &Actor, user: UserId, asked: &Asked) -> Result<Identity> {
    let mut out = Identity {
        user: user.uuid(),
        person: actor.name.clone(),
        representative: asked.representative.trim().chars().take(LINE_MAX).collect(),
        phone: line("phone", &asked.phone)?,
        qualification: said("qualification", &asked.qualification)?,
        declared: asked.declared.trim().chars().take(LINE_MAX).collect(),
        bank: line("bank", &asked.bank)?,
        holder: line("account_holder", &asked.account_holder)?,
        account: line("account", &asked.account)?,
        salt: hex(&app.ids.bytes::<SALT_BYTES>()),
        ..Identity::default()
    };
    let mut conn = app.read().await?;
    out.person = accounts::user(&mut conn, user).await?.name;
    if let Some(org) = asked.org {
        let org = accounts::org(&mut conn, org).await?;
        app.permit(actor, BID_FOR, &org.subject())?;
        line("representative", &asked.representative)?;
        out.org = Some(org.id.uuid());
        out.org_name = org.name;
        out.org_code = org.identity.unwrap_or_default();
    }
    if (asked.inventor || asked.holder) && out.declared.is_empty() {
        return Err(Fault::issue(Some("declared"), Issue::error("lot-empty")));
    }
    Ok(out)
}

/// Whether they are the seller or of its group.
async fn group(app: &App, lot: &Lot, identity: &Identity, declared: bool) -> Result<Option<Conflict>> {
    let mut conn = app.read().await?;
    let seller = accounts::org(&mut conn, lot.org()).await?;
    let seller = Party {
        id: seller.id.to_string(),
        code: seller.identity.unwrap_or_default(),
        representative: lot.terms()?.representative_key,
    };
    let bidder = Party {
        id: identity.org.map(|org| org.to_string()).unwrap_or_default(),
        code: identity.org_code.clone(),
        representative: representative_key(app, &identity.representative),
    };
    Ok(conflict(&seller, &bidder, declared))
}

/// Who is of the seller's group is refused, and that they tried is on record.
async fn refused_group(app: &App, permit: &jcore::Permit, lot: &Lot, conflict: Conflict) -> Result<Bidder> {
    act!(app, permit, |act| {
        act.note("lot.bidder-barred", "lot", lot.id, json!({ "why": conflict.code() }));
        Ok(())
    })?;
    let code = match conflict {
        Conflict::Same => "lot-conflict-same",
        Conflict::Code => "lot-conflict-code",
        Conflict::Representative => "lot-conflict-representative",
        Conflict::Group => "lot-conflict-group",
    };
    Err(Fault::issue(Some("org"), Issue::error(code)))
}

/// The mandate's scan, cleaned; asked of whoever bids for an organisation that they do not run.
async fn mandate(
    app: &App,
    actor: &Actor,
    permit: &jcore::Permit,
    lot: &Lot,
    asked: &Asked,
) -> Result<Option<jcore::files::Cleaned>> {
    let runs = |org: OrgId| {
        actor
            .grants
            .iter()
            .any(|grant| grant.role == Role::Manager && grant.org == Some(org))
    };
    match (&asked.mandate, asked.org) {
        (Some(file), _) => {
            app.files
                .scan_noted(app, permit, "lot", Some(lot.id), &file.content)
                .await?;
            let (cleaned, _) = app.files.clean(&file.name, file.content.clone(), SCANS, 0).await?;
            Ok(Some(cleaned))
        }
        (None, Some(org)) if !runs(org) => Err(Fault::issue(Some("file"), Issue::error("lot-mandate"))),
        (None, _) => Ok(None),
    }
}

fn sealed(app: &App, lot: &Lot, user: UserId, asked: &Asked, identity: &Identity, notice: String) -> Result<Bidder> {
    let id = app.ids.uuid();
    let relation = relation(None, asked.inventor, asked.holder);
    Ok(Bidder {
        id,
        lot_id: lot.id,
        paddle: 0,
        user_key: user_key(app, user),
        org_key: party_key(app, user, asked.org),
        body: app.keys.seal_json(&Bidder::place(id), identity)?,
        commitment: String::new(),
        relation: relation_code(relation).to_owned(),
        rank: None,
        pay_code: pay_code(app),
        rules_hash: notice,
        file_id: None,
        state: BidderState::Asked.code().to_owned(),
        reason: String::new(),
        stage: "none".to_owned(),
        asked_at: app.now().micros(),
        decided_at: None,
    })
}

/// A new payment code.
fn pay_code(app: &App) -> String {
    let bytes: [u8; CODE_LEN] = app.ids.bytes();
    let sign = |byte: u8| char::from(CODE_CHARS[usize::from(byte) % CODE_CHARS.len()]);
    std::iter::once(CODE_HEAD.to_owned())
        .chain(bytes.into_iter().map(|byte| sign(byte).to_string()))
        .collect()
}

/// Writes a registration under a paddle drawn by lot, so that numbers tell nothing of who came first.
async fn keep(
    app: &App,
    permit: &jcore::Permit,
    lot: &Lot,
    bidder: Bidder,
    mandate: Option<jcore::files::Cleaned>,
) -> Result<Bidder> {
    act!(app, permit, |act| {
        let mut bidder = bidder.clone();
        if let Some(mine) = store::bidders::mine(&mut act.conn, lot.id, &bidder.user_key).await?
            && mine.state() != BidderState::Refused
        {
            return Err(Fault::issue(None, Issue::error("lot-registered")));
        }
        let taken = store::bidders::paddles(&mut act.conn, lot.id).await?;
        bidder.paddle = draw(&app.ids.bytes(), &taken)?;
        let person = {
            // Committing to an identity is no showing of it.
            let identity = bidder.identity(app)?;
            identity.unshown().as_person(bidder.paddle())
        };
        bidder.commitment = person.commitment().to_string();
        if let Some(mandate) = &mandate {
            let name = format!("{}.{}", mandate.stem, mandate.extension);
            let file = NewFile {
                org: None,
                name: &name,
                media: &mandate.media,
                content: &mandate.content,
                subject_kind: "lot-bidder",
                subject_id: Some(bidder.id),
            };
            bidder.file_id = Some(app.files.put(&mut act, file).await?.uuid());
        }
        store::bidders::insert(&mut act, &bidder).await?;
        act.note(
            "lot.bidder-asked",
            "lot",
            lot.id,
            json!({ "relation": bidder.relation }),
        );
        act.changed("lot", lot.id);
        Ok(bidder)
    })
}

/// A free paddle, by chance.
fn draw(random: &[u8; 8], taken: &[i64]) -> Result<i64> {
    let free: Vec<i64> = PADDLES
        .map(i64::from)
        .filter(|paddle| !taken.contains(paddle))
        .collect();
    let at = u64::from_le_bytes(*random) % u64::try_from(free.len()).unwrap_or(1).max(1);
    let at = usize::try_from(at).unwrap_or(0);
    free.get(at)
        .copied()
        .ok_or_else(|| Fault::issue(None, Issue::error("lot-full")))
}

/// An officer admits a bidder; the log is told at once. A right of priority has a rank.
///
/// # Errors
/// Refused with why the log does not take it; a conflict when it was decided or registration is over; denied; the store's.
pub(crate) async fn admit(app: &App, actor: &Actor, bidder: Uuid, rank: Option<i64>) -> Result<()> {
    let bidder = store::bidders::get(&mut app.read().await?, bidder).await?;
    let lot = store::lots::get(&mut app.read().await?, bidder.lot_id).await?;
    let permit = app.permit(actor, ADMIT, &lot.subject())?;
    if lot.phase() != Phase::Announced || lot.registers_until.is_some_and(|until| app.now().micros() >= until) {
        return Err(not_now());
    }
    let entitled = matches!(bidder.relation(), Relation::Inventor | Relation::Holder);
    let asked = !matches!(lot.rules()?.priority, Priority::None);
    let rank = (entitled && asked).then(|| rank.unwrap_or(1).clamp(1, i64::from(u8::MAX)));
    act!(app, permit, |act| {
        if !store::bidders::decide(&mut act, bidder.id, "admitted", &bidder.relation, rank, "").await? {
            return Err(not_now());
        }
        act.note(
            "lot.bidder-admitted",
            "lot",
            lot.id,
            json!({ "paddle": bidder.paddle, "rank": rank }),
        );
        tell(&mut act, &bidder, &lot, "lot-admitted", "")?;
        act.changed("lot", lot.id);
        Ok(())
    })?;
    enter(app, &lot, &Bidder { rank, ..bidder }).await?;
    following::follow_lot(app, lot.id).await.map(|_| ())
}

/// Writes an admitted bidder into the log, if they are not there.
pub(crate) async fn enter(app: &App, lot: &Lot, bidder: &Bidder) -> Result<()> {
    let logs = auctions(app)?;
    let there = logs
        .state(lot.id)
        .await?
        .is_some_and(|update| update.state.bidders.contains_key(&bidder.paddle()));
    if there {
        return Ok(());
    }
    let command = Command::Register {
        bidder: bidder.paddle(),
        who: bidder.commitment.parse().map_err(|_| Fault::internal("a commitment"))?,
        relation: bidder.relation(),
        rank: bidder.rank.and_then(|rank| u8::try_from(rank).ok()),
    };
    logs.order(lot.id, command).await.map(|_| ())
}

/// An officer refuses a bidder, with a reason.
///
/// # Errors
/// Refused without a reason; a conflict when it was decided; denied; the store's.
pub(crate) async fn refuse(app: &App, actor: &Actor, bidder: Uuid, reason: &str) -> Result<()> {
    let bidder = store::bidders::get(&mut app.read().await?, bidder).await?;
    let lot = store::lots::get(&mut app.read().await?, bidder.lot_id).await?;
    let permit = app.permit(actor, ADMIT, &lot.subject())?;
    let reason = said("reason", reason)?;
    act!(app, permit, |act| {
        let done = store::bidders::decide(&mut act, bidder.id, "refused", &bidder.relation, None, &reason).await?;
        if !done {
            return Err(not_now());
        }
        act.note("lot.bidder-refused", "lot", lot.id, json!({ "paddle": bidder.paddle }));
        tell(&mut act, &bidder, &lot, "lot-refused", &reason)?;
        act.changed("lot", lot.id);
        Ok(())
    })
}

/// Tells a bidder something of a lot.
pub(crate) fn tell(act: &mut jcore::Act, bidder: &Bidder, lot: &Lot, key: &'static str, reason: &str) -> Result<()> {
    // Only to find whom to tell: the notice goes to the bidder themselves.
    let user = bidder.identity(act.app())?.unshown().user;
    act.tell(Notice {
        user: user.into(),
        key,
        args: vec![
            ("title", lot.title.clone()),
            ("number", lot.number.clone()),
            ("paddle", bidder.paddle.to_string()),
            ("reason", reason.to_owned()),
        ],
        link: Some(format!("/lots/{}", lot.id)),
        mail: true,
    });
    Ok(())
}

/// A person's own registration, and the right to act on it.
///
/// # Errors
/// Not found where they take no part; denied; the store's.
pub(crate) async fn own(app: &App, actor: &Actor, lot: Uuid) -> Result<(Bidder, jcore::Permit)> {
    let user = actor.user.ok_or_else(|| Fault::from(jcore::Denied::SignIn))?;
    let permit = app.permit(actor, BID, &Subject::user(user))?;
    let bidder = store::bidders::mine(&mut app.read().await?, lot, &user_key(app, user)).await?;
    Ok((bidder.ok_or_else(Fault::not_found)?, permit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paddles_are_drawn_among_those_that_are_free() {
        let all: Vec<i64> = PADDLES.map(i64::from).collect();
        let but_one: Vec<i64> = all.iter().copied().filter(|paddle| *paddle != 500).collect();
        assert_eq!(draw(&[9; 8], &but_one).unwrap(), 500);
        assert!(draw(&[9; 8], &all).is_err());
        assert_ne!(draw(&[1; 8], &[]).unwrap(), draw(&[2; 8], &[]).unwrap());
    }
}
