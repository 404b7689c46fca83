//! A lot that is live, with bidders whose deposits are good: for tests of the hall that are not about the way there.

use auctions::Auctions;
use bidding::{Command, Hash, Mode, Movement, Officer, Paddle, Phase, Relation, Rules, State};
use kernel::{Fen, UserId};
use uuid::Uuid;

use crate::{Client, TestApp};

/// Seconds of a day.
const DAY_SECS: i64 = 86_400;
/// The first bidder's number.
pub const FIRST_PADDLE: u32 = 101;

/// A lot of the store with its log.
#[derive(Debug)]
pub struct LiveLot {
    /// Its id.
    pub id: Uuid,
    /// Its log.
    pub log: Auctions,
    /// Its rules.
    pub rules: Rules,
}

impl LiveLot {
    /// An address of its pages.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("/lots/{}/{rest}", self.id)
    }

    /// Gives a command to its log.
    ///
    /// # Panics
    /// When the log refuses it.
    pub async fn order(&self, command: Command) -> u64 {
        self.log.order(self.id, command).await.expect("the log takes it")
    }

    /// Where it stands; what is due is written first.
    ///
    /// # Panics
    /// When the log fails.
    pub async fn state(&self) -> std::sync::Arc<State> {
        self.log.send(self.id, Command::Tick).await.expect("the log");
        self.log.state(self.id).await.expect("the log").expect("a log").state
    }

    /// The point in its life.
    pub async fn phase(&self) -> Phase {
        self.state().await.phase
    }
}

impl TestApp {
    /// Announces a lot from 60 万元, registers bidders with good deposits, and lets a day go by until it is live. Bidders
    /// have the paddles from [`FIRST_PADDLE`] on, and are signed in.
    ///
    /// # Panics
    /// When the store or the log fails.
    pub async fn live_lot(&self, mode: Mode, bidders: u32) -> (LiveLot, Vec<Client>) {
        let rules = Rules {
            notice_days: 1,
            ..Rules::of(Fen::new(60_000_000), mode)
        };
        let lot = self.announce(rules).await;
        let mut users = Vec::new();
        for n in 0..bidders {
            users.push(self.join(&lot, FIRST_PADDLE + n).await);
        }
        self.clock.advance_secs(DAY_SECS);
        lot.state().await;
        let mut clients = Vec::new();
        for user in users {
            clients.push(self.sign_in(user).await);
        }
        (lot, clients)
    }

    async fn announce(&self, rules: Rules) -> LiveLot {
        let org = self
            .organisation("出让方大学", "university", "12320000MA0000007X", "320102")
            .await;
        let id = auctions::doors::bare_lot(&self.app, org, "一种测试用的阀门", &rules)
            .await
            .expect("a lot");
        let log = self.app.extra::<Auctions>().expect("a log").clone();
        let lot = LiveLot { id, log, rules };
        for by in [Officer(901), Officer(902)] {
            lot.order(Command::Approve { by }).await;
        }
        let starts = bidding::At(self.app.now().plus_secs(DAY_SECS).micros());
        let by = Officer(901);
        lot.order(Command::Announce {
            by,
            registers_until: starts,
            starts,
        })
        .await;
        lot
    }

    /// A bidder with a good deposit.
    async fn join(&self, lot: &LiveLot, paddle: u32) -> UserId {
        let user = self.person(&format!("竞买人{paddle}"), &[]).await;
        let bidder = Paddle(paddle);
        auctions::doors::seat(&self.app, lot.id, &[(bidder, user)])
            .await
            .expect("a bidder");
        lot.order(Command::Register {
            bidder,
            who: Hash::NONE,
            relation: Relation::None,
            rank: None,
        })
        .await;
        for movement in [Movement::BankSees, Movement::Confirm] {
            let amount = lot.rules.deposit;
            lot.order(Command::Deposit {
                bidder,
                movement,
                amount,
            })
            .await;
        }
        user
    }
}
