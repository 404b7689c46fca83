//! A lot's page, at every point of its life: what is sold, by which rules, who may do what now.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use bidding::{Mode, Phase, Priority, Profile, Rules};
use jcore::{Cx, Fault, Result, Shell};
use kernel::UserId;
use uuid::Uuid;

use super::{Amount, bidder_chip, duration, phase_chip};
use crate::auctions;
use crate::deeds::{after, following};
use crate::model::{Bidder, Lot, LotState, Terms, user_key};
use crate::rules::{ADMIT, ANNOUNCE, ANSWER, APPROVE, AWARD, LEDGER, MAKE, SCORE};
use crate::store;
use crate::store::talk::QuestionRow;

/// What this reader may do with the lot, as it stands.
#[derive(Default)]
struct Powers {
    edit: bool,
    drop: bool,
    approve: bool,
    announce: bool,
    withdraw: bool,
    confirm: bool,
    default: bool,
    relist: bool,
    score: bool,
    answer: bool,
    admit: bool,
    ledger: bool,
    register: bool,
    sees_paper: bool,
}

/// An offer that the lot sells.
struct Item {
    title: String,
    kind: String,
    href: Option<String>,
}

/// The reader's own part in the lot.
struct Mine {
    paddle: i64,
    state: String,
    chip: &'static str,
    reason: String,
    stage: String,
    code: String,
    may_pledge: bool,
    may_enter: bool,
    won: bool,
}

#[derive(Template)]
#[template(path = "lot.html")]
struct LotPage {
    s: Shell,
    lot: Lot,
    seller: String,
    items: Vec<Item>,
    phase: String,
    chip: &'static str,
    live: bool,
    mode: String,
    deal: String,
    price: Option<Amount>,
    award: String,
    price_label: String,
    start: Amount,
    deposit: Amount,
    fee: Amount,
    rules: Vec<(String, String)>,
    terms: Terms,
    notice: String,
    key: String,
    head: String,
    approvals: Vec<(String, i64)>,
    powers: Powers,
    mine: Option<Mine>,
    signed_in: bool,
    watches: bool,
    questions: Vec<QuestionRow>,
    origin: Option<Lot>,
    followers: Vec<Lot>,
    ended_why: String,
    errors: Vec<(String, String)>,
}

/// `GET /lots/{lot}`
pub(crate) async fn show(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    page(&cx, lot, Vec::new()).await
}

/// A lot's page, with what stands against a form on it.
pub(crate) async fn page(cx: &Cx, id: Uuid, errors: Vec<(String, String)>) -> Result<Response> {
    let lot = visible(cx, id).await?;
    let mut conn = cx.app.read().await?;
    let item_ids = store::lots::items(&mut conn, id).await?;
    let notice = lot.notice(&item_ids)?.hash().to_string();
    let items = items(cx, &mut conn, &item_ids).await?;
    let seller = accounts::org(&mut conn, lot.org()).await?.name;
    let mine = match cx.actor.user {
        Some(user) => store::bidders::mine(&mut conn, id, &user_key(&cx.app, user)).await?,
        None => None,
    };
    let powers = powers(cx, &lot, mine.as_ref());
    let approvals = if powers.edit || powers.approve || powers.announce {
        approvals(&mut conn, id).await?
    } else {
        Vec::new()
    };
    let questions = store::talk::questions(&mut conn, id, powers.answer).await?;
    let watches = match cx.actor.user {
        Some(user) => store::talk::watches(&mut conn, id, user.uuid()).await?,
        None => false,
    };
    let origin = match lot.origin_id {
        Some(origin) => Some(store::lots::get(&mut conn, origin).await?).filter(Lot::is_public),
        None => None,
    };
    let mut followers = store::lots::followers(&mut conn, id).await?;
    followers.retain(Lot::is_public);
    drop(conn);
    let logs = auctions(&cx.app)?;
    let head = match lot.is_public() {
        true => logs.state(id).await?.map(|update| update.head.to_string()),
        false => None,
    };
    let (rules, terms) = (lot.rules()?, lot.terms()?);
    let code = if lot.is_public() {
        lot.phase.clone()
    } else {
        lot.state().code().to_owned()
    };
    let (price, label) = price(&lot);
    let answer = LotPage {
        s: cx.shell().phases(),
        seller,
        items,
        phase: cx.t(&format!("lot-phase-{code}")),
        chip: phase_chip(&code),
        live: lot.phase().is_live(),
        mode: cx.t(&format!("lot-mode-{}", lot.mode)),
        deal: cx.t(&format!("lot-deal-{}", terms.deal)),
        price: price.map(Amount::of),
        award: price.map(|fen| Amount::of(fen).exact).unwrap_or_default(),
        price_label: cx.t(label),
        start: Amount::of(lot.start_fen),
        deposit: Amount::of(rules.deposit.get()),
        fee: Amount::of(terms.fee(lot.start()).get()),
        rules: rule_facts(cx, &rules, &terms),
        mine: mine.map(|bidder| mine_view(cx, &lot, &bidder)),
        signed_in: cx.actor.user.is_some(),
        ended_why: ended_why(cx, &lot.ended_why),
        terms,
        notice,
        key: logs.public_key(),
        head: head.unwrap_or_default(),
        approvals,
        powers,
        watches,
        questions,
        origin,
        followers,
        lot,
        errors,
    };
    let status = if answer.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    cx.page_with(status, &answer)
}

/// A lot that this reader may see, its mirror fresh.
pub(crate) async fn visible(cx: &Cx, id: Uuid) -> Result<Lot> {
    let lot = store::lots::get(&mut cx.app.read().await?, id).await?;
    if !lot.is_public() {
        let subject = lot.subject();
        if !cx.may(MAKE, &subject) && !cx.may(APPROVE, &subject) {
            return Err(Fault::not_found());
        }
        return Ok(lot);
    }
    if !lot.phase().is_over() {
        if let Err(fault) = following::follow_lot(&cx.app, id).await {
            // The page shows what the mirror knows; the job follows again.
            tracing::warn!(lot = %lot.number, %fault, "a lot was not followed for its page");
        }
        return store::lots::get(&mut cx.app.read().await?, id).await;
    }
    Ok(lot)
}

async fn items(cx: &Cx, conn: &mut db::Conn, ids: &[Uuid]) -> Result<Vec<Item>> {
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let entry = entries::entry(conn, (*id).into()).await?;
        let public = entry.is_public(cx.now.micros());
        out.push(Item {
            title: entry.title,
            kind: cx.t(&format!("entries-kind-{}", entry.kind)),
            href: public.then(|| format!("/offers/{id}")),
        });
    }
    Ok(out)
}

async fn approvals(conn: &mut db::Conn, lot: Uuid) -> Result<Vec<(String, i64)>> {
    let rows = store::lots::approvals(conn, lot).await?;
    let ids: Vec<UserId> = rows.iter().map(|row| row.user_id.into()).collect();
    let names = accounts::user_names(conn, &ids).await?;
    let name = |id: Uuid| names.get(&UserId::from(id)).cloned().unwrap_or_default();
    Ok(rows.iter().map(|row| (name(row.user_id), row.at)).collect())
}

fn powers(cx: &Cx, lot: &Lot, mine: Option<&Bidder>) -> Powers {
    let subject = lot.subject();
    let may = |action| cx.may(action, &subject);
    let (state, phase) = (lot.state(), lot.phase());
    let before = matches!(state, LotState::Draft | LotState::Reviewed);
    let logged = state == LotState::Logged;
    let now = cx.now.micros();
    let taking = phase == Phase::Announced && lot.registers_until.is_none_or(|until| now < until);
    let shown = lot.published_until.is_some_and(|until| now >= until);
    let won = mine.is_some_and(|bidder| lot.award_paddle == Some(bidder.paddle));
    Powers {
        edit: before && may(MAKE),
        drop: before && may(MAKE),
        approve: before && may(APPROVE),
        announce: state == LotState::Reviewed && may(ANNOUNCE),
        withdraw: logged && matches!(phase, Phase::Announced | Phase::Ready) && may(ANNOUNCE),
        confirm: logged && phase == Phase::Publicity && shown && may(AWARD),
        default: logged && matches!(phase, Phase::Provisional | Phase::Publicity) && may(AWARD),
        relist: logged && may(MAKE) && after::may_relist(lot, now),
        score: lot.mode == "scoring" && matches!(phase, Phase::Offers | Phase::Unsealing) && may(SCORE),
        answer: logged && may(ANSWER),
        admit: logged && may(ADMIT),
        ledger: logged && may(LEDGER),
        register: logged && taking,
        sees_paper: logged && phase == Phase::Confirmed && (may(AWARD) || may(MAKE) || won),
    }
}

fn mine_view(cx: &Cx, lot: &Lot, bidder: &Bidder) -> Mine {
    let admitted = bidder.state == "admitted";
    let waits = matches!(lot.phase(), Phase::Announced | Phase::Ready);
    Mine {
        paddle: bidder.paddle,
        state: cx.t(&format!("lot-bidder-{}", bidder.state)),
        chip: bidder_chip(&bidder.state),
        reason: bidder.reason.clone(),
        stage: cx.t(&format!("lot-stage-{}", bidder.stage)),
        code: bidder.pay_code.clone(),
        may_pledge: admitted && waits && bidder.stage == "none",
        may_enter: admitted && (lot.phase().is_live() || lot.phase() == Phase::Ready),
        won: lot.award_paddle == Some(bidder.paddle),
    }
}

fn price(lot: &Lot) -> (Option<i64>, &'static str) {
    match (lot.award_fen, lot.price_fen) {
        (Some(award), _) => (Some(award), "lot-price-award"),
        (None, Some(price)) => (Some(price), "lot-price-now"),
        (None, None) => (None, "lot-start"),
    }
}

/// Why a lot ended, where the log says so by a code; reasons of officers stand as they wrote them.
pub(crate) fn ended_why(cx: &Cx, why: &str) -> String {
    let id = format!("bidding-why-{why}");
    if why == "not resumed in time" {
        return cx.t("lot-not-resumed");
    }
    if cx.app.words.has(cx.lang, &id) {
        cx.t(&id)
    } else {
        why.to_owned()
    }
}

/// The rules in words, a fact each.
pub(crate) fn rule_facts(cx: &Cx, rules: &Rules, terms: &Terms) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    // A form's label names the unit in which it is typed; here the value does.
    let label = |key: &str| {
        let text = cx.t(key);
        let plain = text.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
        if plain.is_empty() { text } else { plain }
    };
    let mut say = |key: &str, text: String| out.push((label(key), text));
    let profile = match rules.profile {
        Profile::Default => "default",
        Profile::Judicial => "judicial",
        Profile::StateOwned => "state-owned",
    };
    say("lot-f-profile", cx.t(&format!("lot-profile-{profile}")));
    mode_facts(cx, rules, terms, &mut say);
    if matches!(rules.mode, Mode::English { .. } | Mode::Listed { .. }) {
        let tiers = rules.tiers.iter().map(|tier| {
            if rules.tiers.len() == 1 {
                return tier.step.to_string();
            }
            let args = [("from", tier.from.to_string()), ("step", tier.step.to_string())];
            cx.ta("lot-tier", &args)
        });
        say("lot-f-step", tiers.collect::<Vec<_>>().join("\n"));
        say(
            "lot-f-steps",
            cx.ta("lot-steps-most", &[("n", rules.steps_max.to_string())]),
        );
    }
    say("lot-f-bidders_min", rules.bidders_min.to_string());
    let reserve = if rules.reserve.is_some() {
        "lot-reserve-secret"
    } else {
        "lot-reserve-none"
    };
    say("lot-f-reserve", cx.t(reserve));
    if let Some(hash) = rules.reserve {
        say("lot-reserve-hash", hash.to_string());
    }
    let priority = match rules.priority {
        Priority::None => cx.t("lot-priority-none"),
        Priority::Hall => cx.t("lot-priority-hall"),
        Priority::Ask { secs } => cx.ta("lot-priority-asks", &[("time", duration(cx, secs))]),
    };
    say("lot-f-priority", priority);
    let hammer = if rules.hammer { "officer" } else { "none" };
    say("lot-f-hammer", cx.t(&format!("lot-hammer-{hammer}")));
    let days = if rules.publicity.working {
        "lot-publicity-working"
    } else {
        "lot-publicity-plain"
    };
    say(
        "lot-f-publicity",
        cx.ta(days, &[("n", rules.publicity.days.to_string())]),
    );
    say(
        "lot-pause",
        cx.ta("lot-pause-says", &[("time", duration(cx, rules.pause_secs_max))]),
    );
    out
}

fn mode_facts(cx: &Cx, rules: &Rules, terms: &Terms, say: &mut dyn FnMut(&str, String)) {
    match &rules.mode {
        Mode::English {
            free_secs,
            window_secs,
            cap_secs,
        } => {
            say("lot-f-free", duration(cx, *free_secs));
            say(
                "lot-f-window",
                cx.ta("lot-window-says", &[("time", duration(cx, *window_secs))]),
            );
            if let Some(secs) = cap_secs {
                say("lot-f-cap", cx.ta("lot-cap-says", &[("time", duration(cx, *secs))]));
            }
        }
        Mode::Sealed { open_secs, runoff_secs } => {
            say("lot-f-open", duration(cx, *open_secs));
            say("lot-f-runoff", duration(cx, *runoff_secs));
        }
        Mode::Scoring {
            open_secs,
            price_weight,
            criteria,
        } => {
            say("lot-f-open", duration(cx, *open_secs));
            say("lot-f-price_weight", format!("{price_weight}%"));
            let line = |criterion: &bidding::Criterion| {
                let name = terms.criteria.iter().find(|(key, _)| *key == criterion.key);
                format!("{} {}%", name.map_or("", |(_, name)| name), criterion.weight)
            };
            say(
                "lot-f-criteria",
                criteria.iter().map(line).collect::<Vec<_>>().join("\n"),
            );
        }
        Mode::Dutch {
            step,
            dwell_secs,
            floor,
        } => {
            say("lot-f-dutch_step", step.to_string());
            say("lot-f-dwell", duration(cx, *dwell_secs));
            say("lot-f-floor", floor.to_string());
        }
        Mode::Listed {
            open_secs,
            then,
            round_secs,
        } => {
            say("lot-f-open", duration(cx, *open_secs));
            let then = if *then == bidding::Then::Sealed {
                "sealed"
            } else {
                "english"
            };
            say("lot-f-then", cx.t(&format!("lot-mode-{then}")));
            say("lot-f-round", duration(cx, *round_secs));
        }
    }
}

/// An instant by its stored form, for templates.
pub(crate) fn at(s: &Shell, micros: &Option<i64>) -> String {
    micros.as_ref().map(|at| s.time(at)).unwrap_or_default()
}
