//! The same doors that pages and the API go through, for whoever makes a demo: nothing is written that a person could not
//! have done. Beside them [`bare_lot`] and [`seat`], which leave out the way to a lot, for measuring and for tests.

use bidding::{Command, Paddle};
use jcore::{Actor, App, Fault, Result, Subject, act};
use kernel::{EntryId, Fen, OrgId, UserId};
use uuid::Uuid;

use crate::deeds::licences::{Declared, Taking};
use crate::deeds::registering::Asked;
use crate::deeds::{after, announcing, deposits, following, licences, making, registering, scoring};
use crate::{form, store};

/// Published patents that are not on sale, the earliest first.
///
/// # Errors
/// The store's.
pub async fn sellable(app: &App, max: i64) -> Result<Vec<EntryId>> {
    let ids = store::lots::sellable(&mut app.read().await?, max).await?;
    Ok(ids.into_iter().map(EntryId::from).collect())
}

/// Makes a lot of an offer and lets these officers approve it; with two of them it may be announced, with fewer it waits.
/// Fields are those of the form; a title that is not said is the offer's.
///
/// # Errors
/// As the deeds'.
pub async fn draft(
    app: &App,
    maker: &Actor,
    officers: &[&Actor],
    entry: EntryId,
    fields: &[(&str, &str)],
) -> Result<Uuid> {
    let mut typed = form::usual();
    let offer = entries::entry(&mut app.read().await?, entry).await?;
    typed.insert("title".to_owned(), offer.title.chars().take(100).collect());
    typed.extend(fields.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
    let lot = making::make(app, maker, &[entry], &typed).await?;
    let hash = announcing::notice_hash(app, &lot).await?.to_string();
    for officer in officers {
        announcing::approve(app, officer, lot.id, &hash).await?;
    }
    Ok(lot.id)
}

/// Makes a lot of an offer, lets two officers approve it and the first announce it.
///
/// # Errors
/// As the deeds'.
pub async fn put_up(
    app: &App,
    maker: &Actor,
    officers: [&Actor; 2],
    entry: EntryId,
    fields: &[(&str, &str)],
) -> Result<Uuid> {
    let lot = draft(app, maker, &officers, entry, fields).await?;
    announcing::announce(app, officers[0], lot).await?;
    Ok(lot)
}

/// Somebody who takes part.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The number in the hall.
    pub paddle: Paddle,
    /// What the bank's remark must say.
    pub pay_code: String,
}

/// Registers somebody for a lot, for themselves or for an organisation that they run, and lets an officer admit them.
///
/// # Errors
/// As the deeds'.
pub async fn join(app: &App, actor: &Actor, officer: &Actor, lot: Uuid, org: Option<OrgId>) -> Result<Joined> {
    let found = store::lots::get(&mut app.read().await?, lot).await?;
    let asked = Asked {
        org,
        representative: "演示法人".to_owned(),
        phone: "025-00000000".to_owned(),
        qualification: "具备实施该专利的场地、设备和技术人员，拟自行实施".to_owned(),
        bank: "演示银行".to_owned(),
        account_holder: actor.name.clone(),
        account: "0000000000000000".to_owned(),
        accepts: announcing::notice_hash(app, &found).await?.to_string(),
        ..Asked::default()
    };
    let bidder = registering::register(app, actor, lot, asked).await?;
    registering::admit(app, officer, bidder.id, None).await?;
    Ok(Joined {
        paddle: bidder.paddle(),
        pay_code: bidder.pay_code,
    })
}

/// Takes a bank's statement in and confirms what it shows of a lot.
///
/// # Errors
/// As the deeds'.
pub async fn pay(app: &App, officer: &Actor, lot: Uuid, joined: &[Joined], day: &str) -> Result<()> {
    let deposit = store::lots::get(&mut app.read().await?, lot).await?.rules()?.deposit;
    let mut csv = "交易日期,对方户名,贷方发生额,附言,流水号\n".to_owned();
    for one in joined {
        let code = &one.pay_code;
        csv.push_str(&format!("{day},竞买人,{},保证金 {code},D{code}\n", form::yuan(deposit)));
    }
    deposits::import(app, officer, &format!("保证金账户流水-{day}.csv"), csv.as_bytes()).await?;
    deposits::confirm(app, officer, lot).await.map(|_| ())
}

/// Gives a command and follows what it came to; how it was refused is no matter here.
///
/// # Errors
/// The store's.
pub async fn give(app: &App, lot: Uuid, command: Command) -> Result<()> {
    crate::auctions(app)?.send(lot, command).await.map(|_| ())
}

/// Makes a sealed offer as the room's form does.
///
/// # Errors
/// Denied; the store's.
pub async fn offer(app: &App, actor: &Actor, lot: Uuid, paddle: Paddle, amount: Fen) -> Result<()> {
    let subject = actor.user.map_or(Subject::NONE, Subject::user);
    let permit = app.permit(actor, crate::rules::BID, &subject)?;
    let floor = crate::hall::Floor::Real(crate::auctions(app)?.clone(), lot);
    let offer = crate::hall::seal(app, &permit, &floor, paddle, amount).await?;
    let command = Command::Seal {
        bidder: paddle,
        offer,
        key: bidding::Key(1),
    };
    give(app, lot, command).await
}

/// Seals the scores of a scoring lot's bidders: for each the points of its criteria, in order, as people write them.
///
/// # Errors
/// As the deed's.
pub async fn score(app: &App, officer: &Actor, lot: Uuid, scores: &[(Paddle, &[&str])]) -> Result<()> {
    let mut typed = std::collections::BTreeMap::new();
    for (paddle, points) in scores {
        for (n, point) in points.iter().enumerate() {
            typed.insert(format!("s-{}-c{}", paddle.0, n + 1), (*point).to_owned());
        }
    }
    scoring::seal(app, officer, lot, &typed).await
}

/// Follows a lot's log at once.
///
/// # Errors
/// The store's.
pub async fn follow(app: &App, lot: Uuid) -> Result<()> {
    following::follow_lot(app, lot).await.map(|_| ())
}

/// An officer's number in the logs.
///
/// # Errors
/// Denied; the store's.
pub async fn number_of(app: &App, officer: &Actor) -> Result<bidding::Officer> {
    let permit = app.permit(officer, crate::rules::OFFICE, &Subject::NONE)?;
    announcing::acting(app, officer, &permit).await
}

/// Confirms an award.
///
/// # Errors
/// As the deed's.
pub async fn confirm(app: &App, officer: &Actor, lot: Uuid) -> Result<()> {
    after::confirm(app, officer, lot).await
}

/// Orders back what is owed.
///
/// # Errors
/// As the deed's.
pub async fn order_back(app: &App, officer: &Actor) -> Result<()> {
    match deposits::order_back(app, officer).await {
        Ok(_) => Ok(()),
        // Nothing is owed.
        Err(fault) if fault.kind == jcore::FaultKind::Conflict => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Declares an open licence of a patent at a fixed fee, keeps the patent office's announcement, and lets somebody take it.
///
/// # Errors
/// As the deeds'.
pub async fn open_licence(
    app: &App,
    owner: &Actor,
    keeper: &Actor,
    entry: EntryId,
    fee: &str,
    announced: (&str, &str),
) -> Result<Uuid> {
    let declared = Declared {
        base: "fixed".to_owned(),
        fee: fee.to_owned(),
        payment: "自通知之日起 30 日内一次付清".to_owned(),
        until: "2026-12-31".to_owned(),
        more: "普通许可，许可地域为中国大陆".to_owned(),
        confirmed: true,
        ..Declared::default()
    };
    let id = licences::declare(app, owner, entry, declared).await?;
    licences::announce(app, keeper, id, announced.0, announced.1).await?;
    Ok(id)
}

/// Takes an open licence.
///
/// # Errors
/// As the deed's.
pub async fn take_licence(app: &App, actor: &Actor, licence: Uuid, org: Option<OrgId>) -> Result<()> {
    let taking = Taking {
        org,
        phone: "025-00000000".to_owned(),
        use_for: "用于本公司两条产线的在用设备改造，预计年产 3000 套".to_owned(),
    };
    licences::take(app, actor, licence, taking).await
}

/// A lot's phase and its English next price, for simulated bidders.
///
/// # Errors
/// Not found; the store's.
pub async fn stand(app: &App, lot: Uuid) -> Result<std::sync::Arc<bidding::State>> {
    let update = crate::auctions(app)?.state(lot).await?;
    update.map(|update| update.state).ok_or_else(Fault::not_found)
}

/// The paddles of these people in a lot: how a demo finds its simulated bidders again after a restart.
///
/// # Errors
/// The store's.
pub async fn paddles_of(app: &App, lot: Uuid, users: &[Uuid]) -> Result<Vec<Paddle>> {
    let mut out = Vec::new();
    for user in users {
        let key = crate::model::user_key(app, (*user).into());
        if let Some(bidder) = store::bidders::mine(&mut app.read().await?, lot, &key).await? {
            out.push(bidder.paddle());
        }
    }
    Ok(out)
}

/// Announced lots that bidding has not ended in, the first to begin first.
///
/// # Errors
/// The store's.
pub async fn running(app: &App) -> Result<Vec<Uuid>> {
    let lots = store::lots::followed(&mut app.read().await?).await?;
    Ok(lots.into_iter().map(|lot| lot.id).collect())
}

/// A lot that is announced, with an open log and nothing in it, without the way there.
///
/// # Errors
/// The store's.
pub async fn bare_lot(app: &App, org: OrgId, title: &str, rules: &bidding::Rules) -> Result<Uuid> {
    let terms = serde_json::to_string(&crate::Terms::default()).unwrap_or_default();
    let permit = app.permit(&Actor::system(), crate::rules::FOLLOW, &Subject::NONE)?;
    let lot = act!(app, permit, |act| {
        let lot = store::bare::lot(&mut act, org, title, rules, &terms).await?;
        act.note("lot.bare", "lot", lot, serde_json::json!({}));
        Ok(lot)
    })?;
    crate::auctions(app)?.open(lot, rules).await?;
    Ok(lot)
}

/// Admits people to a lot without the way there; the log is not told.
///
/// # Errors
/// The store's.
pub async fn seat(app: &App, lot: Uuid, people: &[(Paddle, UserId)]) -> Result<()> {
    let permit = app.permit(&Actor::system(), crate::rules::FOLLOW, &Subject::NONE)?;
    act!(app, permit, |act| {
        for (paddle, user) in people {
            let key = crate::model::user_key(app, *user);
            store::bare::bidder(&mut act, lot, *paddle, &key).await?;
        }
        act.note("lot.bare", "lot", lot, serde_json::json!({ "bidders": people.len() }));
        Ok(())
    })
}
