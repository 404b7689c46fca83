//! The demo's lots: some sold in spring, and a bidding day to watch. Simulated bidders are called so everywhere.

use std::time::Duration;

use auctions::doors::{self, Joined};
use bidding::{Command, Key, Phase};
use jcore::{Action, Actor, App, Role, Subject, act};
use kernel::{Clock as _, Fen, ManualClock, OrgId, Stamp, UserId};
use uuid::Uuid;

use super::cast::{self, COMPANY, PASSWORD};
use super::plans::{Story, WAITING, plans, starts, texts};
use super::timeline::{at, day};
use crate::fail::Done;
use crate::voice::Voice;

/// The second officer of the centre, who approves with the first.
const SECOND: (&str, &str) = ("centre-2@demo.example.cn", "陆晴");
/// Bidders who are programs: their names say so.
const SIMULATED: [(&str, &str); 4] = [
    ("sim-1@demo.example.cn", "模拟竞买人一"),
    ("sim-2@demo.example.cn", "模拟竞买人二"),
    ("sim-3@demo.example.cn", "模拟竞买人三"),
    ("sim-4@demo.example.cn", "模拟竞买人四"),
];
/// Seconds between two looks of the simulated bidders, so that a person can follow.
const PACE_SECS: u64 = 25;
/// Bids that they make in one lot at most: then a person has the last word.
const BIDS_MAX: u64 = 24;

/// What happens with a lot on a day.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    /// It is put up.
    Make(usize),
    /// Bidders come and pay.
    Join(usize),
    /// It runs.
    Run(usize),
    /// Its award is confirmed.
    Confirm(usize),
    /// A draft is made and waits for approval.
    Draft(usize),
    /// An open licence is declared and announced.
    Licence,
}

/// All deeds with their instants.
pub(super) fn deeds() -> Vec<(Stamp, Deed)> {
    let mut out = vec![(at(day(6, 1), 20), Deed::Licence)];
    for n in 0..WAITING.len() {
        let minutes = i64::try_from(n).unwrap_or(0) * 40;
        out.push((at(day(6, 13), 60 + minutes), Deed::Draft(n)));
    }
    for (n, plan) in plans().iter().enumerate() {
        let minutes = i64::try_from(n).unwrap_or(0) * 7;
        out.push((at(plan.made, 30 + minutes), Deed::Make(n)));
        if plan.bidders > 0 {
            let joins = plan.made.tomorrow().unwrap_or(plan.made);
            out.push((at(joins, 90 + minutes), Deed::Join(n)));
        }
        if !matches!(plan.story, Story::Coming) {
            out.push((starts(plan), Deed::Run(n)));
        }
        if let Some(day) = plan.confirmed {
            out.push((at(day, 60), Deed::Confirm(n)));
        }
    }
    out
}

/// The lots as they come to be.
pub(super) struct Lots {
    officers: [Actor; 2],
    ip_centre: Actor,
    manager: Actor,
    company: OrgId,
    bidders: Vec<Actor>,
    made: Vec<Option<Uuid>>,
    joined: Vec<Vec<Joined>>,
}

impl Lots {
    /// Makes the second officer and the simulated bidders.
    pub(super) async fn begin(voice: &Voice, app: &App, company: OrgId) -> Done<Self> {
        let password = accounts::hash_password(app, PASSWORD).await?;
        let mut second = person(app, SECOND.0, SECOND.1, &password).await?;
        let permit = app.permit(&Actor::system(), Action("user.grant"), &Subject::NONE)?;
        let user = second.user.unwrap_or_else(|| UserId::from(Uuid::nil()));
        act!(app, permit, |act| {
            accounts::grant(&mut act, user, Role::Centre, None, None).await
        })?;
        second.grants = vec![jcore::Grant {
            role: Role::Centre,
            org: None,
            region: None,
            on_behalf: None,
        }];
        let mut bidders = Vec::new();
        for (email, name) in SIMULATED {
            bidders.push(person(app, email, name, &password).await?);
        }
        let actor = async |role| crate::people::actor(voice, app, cast::of(role).email).await;
        let count = plans().len();
        Ok(Self {
            officers: [actor(Role::Centre).await?, second],
            ip_centre: actor(Role::IpCentre).await?,
            manager: actor(Role::Manager).await?,
            company,
            bidders,
            made: vec![None; count],
            joined: vec![Vec::new(); count],
        })
    }

    /// Does a deed at the instant that the clock shows.
    pub(super) async fn step(&mut self, app: &App, clock: &ManualClock, deed: Deed) -> Done {
        match deed {
            Deed::Make(n) => self.make(app, n).await,
            Deed::Join(n) => self.join(app, n).await,
            Deed::Run(n) => self.run(app, clock, n).await,
            Deed::Confirm(n) => {
                if let Some(lot) = self.made[n] {
                    doors::confirm(app, &self.officers[0], lot).await?;
                }
                Ok(())
            }
            Deed::Draft(n) => self.draft(app, n).await,
            Deed::Licence => self.licence(app).await,
        }
    }

    async fn make(&mut self, app: &App, n: usize) -> Done {
        let plans = plans();
        let (Some(plan), Some(entry)) = (plans.get(n), doors::sellable(app, 1).await?.first().copied()) else {
            return Ok(());
        };
        let starts = starts(plan);
        let until = match plan.story {
            // Whoever tries the demo may still register for the last one.
            Story::Coming if plan.clock == "10:30" => starts.plus_secs(-15 * 60),
            _ => starts.plus_secs(-60),
        };
        let text = |stamp: Stamp| stamp.format_cn().replace(' ', "T");
        let (until, starts) = (text(until), text(starts));
        let mut fields = texts(n).to_vec();
        fields.extend([("registers_until", until.as_str()), ("starts", starts.as_str())]);
        fields.extend_from_slice(plan.fields);
        let officers = [&self.officers[0], &self.officers[1]];
        let lot = doors::put_up(app, &self.officers[0], officers, entry, &fields).await?;
        self.made[n] = Some(lot);
        Ok(())
    }

    /// A lot that waits for one officer more, or for both.
    async fn draft(&self, app: &App, n: usize) -> Done {
        let (Some((approvals, starts, price)), Some(entry)) =
            (WAITING.get(n).copied(), doors::sellable(app, 1).await?.first().copied())
        else {
            return Ok(());
        };
        let (until, starts) = (
            format!("2023-06-{}T17:00", starts - 1),
            format!("2023-06-{starts}T10:00"),
        );
        let mut fields = texts(n + 1).to_vec();
        fields.extend([
            ("start", price),
            ("registers_until", until.as_str()),
            ("starts", starts.as_str()),
        ]);
        let officers: Vec<&Actor> = self.officers.iter().rev().take(approvals).collect();
        doors::draft(app, &self.officers[1], &officers, entry, &fields).await?;
        Ok(())
    }

    async fn join(&mut self, app: &App, n: usize) -> Done {
        let plans = plans();
        let (Some(plan), Some(lot)) = (plans.get(n), self.made[n]) else {
            return Ok(());
        };
        let mut joined = Vec::new();
        for bidder in self.bidders.iter().take(plan.bidders) {
            joined.push(doors::join(app, bidder, &self.officers[0], lot, None).await?);
        }
        if matches!(plan.story, Story::Coming) {
            // The demo's manager takes part, so that whoever signs in as them can bid at once.
            let company = Some(self.company);
            joined.push(doors::join(app, &self.manager, &self.officers[0], lot, company).await?);
        }
        let today = app.now().date_in_cn().to_string();
        doors::pay(app, &self.officers[1], lot, &joined, &today).await?;
        self.joined[n] = joined;
        Ok(())
    }

    async fn run(&mut self, app: &App, clock: &ManualClock, n: usize) -> Done {
        let plans = plans();
        let (Some(plan), Some(lot)) = (plans.get(n), self.made[n]) else {
            return Ok(());
        };
        let start = clock.now();
        doors::give(app, lot, Command::Tick).await?;
        match plan.story {
            Story::Bids(bids) => {
                for (n, (secs, who, steps)) in (1_u64..).zip(bids) {
                    clock.set(start.plus_secs(*secs));
                    doors::give(app, lot, Command::Tick).await?;
                    let state = doors::stand(app, lot).await?;
                    let base = state.price().unwrap_or(state.rules.start);
                    let up = state.rules.step_at(base).checked_mul(*steps).unwrap_or_default();
                    let amount = base.checked_add(up).unwrap_or(base);
                    if let Some(joined) = self.joined[lot_place(&self.made, lot)].get(*who) {
                        let command = Command::Bid {
                            bidder: joined.paddle,
                            amount,
                            key: Key(n),
                            auto: false,
                            confirmed: true,
                        };
                        doors::give(app, lot, command).await?;
                    }
                }
            }
            Story::Taken(secs) => {
                /// Seconds between two looks at a falling price.
                const LOOK: i64 = 30;
                for turn in 1..=secs / LOOK {
                    clock.set(start.plus_secs(turn * LOOK));
                    doors::give(app, lot, Command::Tick).await?;
                }
                let step = doors::stand(app, lot).await?.fall;
                if let Some(joined) = self.joined[lot_place(&self.made, lot)].first() {
                    let command = Command::Accept {
                        bidder: joined.paddle,
                        step,
                        key: Key(1),
                    };
                    doors::give(app, lot, command).await?;
                }
            }
            Story::Offers(offers, points) => self.offers(app, lot, offers, points).await?,
            Story::Listed(takers) => {
                for who in takers {
                    if let Some(joined) = self.joined[lot_place(&self.made, lot)].get(*who) {
                        let command = Command::Take {
                            bidder: joined.paddle,
                            key: Key(1),
                        };
                        doors::give(app, lot, command).await?;
                    }
                }
            }
            Story::Unsold | Story::Coming => {}
        }
        // Until it is decided; a free period and a window more are enough for any of them.
        for _ in 0..200 {
            if !doors::stand(app, lot).await?.phase.is_live() {
                break;
            }
            clock.set(clock.now().plus_secs(60));
            doors::give(app, lot, Command::Tick).await?;
            if doors::stand(app, lot).await?.phase == Phase::Unsealing {
                doors::follow(app, lot).await?;
            }
        }
        // The reserve first, where there is one; then an officer's word, where the rules want it.
        doors::follow(app, lot).await?;
        if doors::stand(app, lot).await?.awaits_hammer() {
            let by = doors::number_of(app, &self.officers[0]).await?;
            doors::give(app, lot, Command::Hammer { by }).await?;
            doors::give(app, lot, Command::Tick).await?;
        }
        doors::follow(app, lot).await?;
        doors::follow(app, lot).await?;
        Ok(doors::order_back(app, &self.officers[0]).await?)
    }

    async fn offers(
        &self,
        app: &App,
        lot: Uuid,
        offers: &[(usize, i64)],
        points: &[(usize, [&'static str; 2])],
    ) -> Done {
        /// 分 of a 万元.
        const WAN: i64 = 1_000_000;
        let joined = &self.joined[lot_place(&self.made, lot)];
        for (who, wan) in offers {
            if let (Some(joined), Some(actor)) = (joined.get(*who), self.bidders.get(*who)) {
                doors::offer(app, actor, lot, joined.paddle, Fen::new(wan * WAN)).await?;
            }
        }
        let scores: Vec<(bidding::Paddle, &[&str])> = points
            .iter()
            .filter_map(|(who, points)| Some((joined.get(*who)?.paddle, &points[..])))
            .collect();
        if !scores.is_empty() {
            doors::score(app, &self.officers[1], lot, &scores).await?;
        }
        Ok(())
    }

    async fn licence(&self, app: &App) -> Done {
        /// Patents among which one is an invention: a utility model would need its report.
        const AMONG: i64 = 40;
        let announced = ("2023-06-01", "KF2023-0131");
        for entry in doors::sellable(app, AMONG).await? {
            let declared =
                doors::open_licence(app, &self.officers[0], &self.ip_centre, entry, "8万元", announced).await;
            match declared {
                Ok(licence) => return Ok(doors::take_licence(app, &self.manager, licence, Some(self.company)).await?),
                Err(fault) if fault.kind == jcore::FaultKind::Refused => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }
}

fn lot_place(made: &[Option<Uuid>], lot: Uuid) -> usize {
    made.iter().position(|one| *one == Some(lot)).unwrap_or(0)
}

/// An account without a role.
async fn person(app: &App, email: &str, name: &str, password: &accounts::Hashed) -> Done<Actor> {
    let permit = app.permit(&Actor::system(), Action("user.edit"), &Subject::NONE)?;
    let address = kernel::read::email(email).value;
    let address = address.ok_or_else(|| jcore::Fault::internal(email))?;
    let account = accounts::NewUser::ready(address, name, password.clone());
    let user = act!(app, permit, |act| {
        accounts::create_user(&mut act, account.clone()).await
    })?;
    Ok(Actor {
        user: Some(user),
        name: name.to_owned(),
        ..Actor::default()
    })
}

/// The organisation of the demo's manager.
pub(super) async fn company(app: &App) -> Done<OrgId> {
    let kind = accounts::IdentityKind::Uscc;
    let found = accounts::org_by_identity(&mut app.read().await?, kind, "CN", COMPANY.1).await?;
    Ok(found.ok_or_else(jcore::Fault::not_found)?.id)
}

/// Lets the simulated bidders bid while the demo is served, at a pace that people can follow. Ends with the process.
pub(crate) async fn simulate(app: App) {
    let mut turn: u64 = 0;
    loop {
        tokio::time::sleep(Duration::from_secs(PACE_SECS)).await;
        turn = turn.wrapping_add(1);
        if let Err(fault) = simulated_turn(&app, turn).await {
            tracing::warn!(%fault, "the simulated bidders rest");
        }
    }
}

async fn simulated_turn(app: &App, turn: u64) -> jcore::Result<()> {
    let mut users = Vec::new();
    for (email, _) in SIMULATED {
        let found = accounts::user_by_email(&mut app.read().await?, email).await?;
        users.extend(found.map(|user| user.id.uuid()));
    }
    for lot in doors::running(app).await? {
        let state = doors::stand(app, lot).await?;
        let english = matches!(state.phase, Phase::Free | Phase::Timed) && state.paused.is_none();
        let listed = state.phase == Phase::Listed && state.takers.is_empty();
        let paddles = doors::paddles_of(app, lot, &users).await?;
        let count = u64::try_from(paddles.len()).unwrap_or(0);
        if count == 0 {
            continue;
        }
        let Some(paddle) = usize::try_from(turn % count)
            .ok()
            .and_then(|at| paddles.get(at))
            .copied()
        else {
            continue;
        };
        if english && state.bids < BIDS_MAX && state.lead.is_none_or(|lead| lead.bidder != paddle) {
            let Some(amount) = state.next_price() else { continue };
            let command = Command::Bid {
                bidder: paddle,
                amount,
                key: Key(turn),
                auto: false,
                confirmed: true,
            };
            doors::give(app, lot, command).await?;
        } else if listed {
            let command = Command::Take {
                bidder: paddle,
                key: Key(turn),
            };
            doors::give(app, lot, command).await?;
        }
    }
    Ok(())
}
