//! A lot with a clock, for tests.

use bidding::*;
use kernel::Fen;

pub(crate) const WAN: i64 = 1_000_000;
pub(crate) const START: i64 = 100 * WAN;

pub(crate) fn fen(n: i64) -> Fen {
    Fen::new(n)
}

/// A lot at an instant.
#[derive(Clone)]
pub(crate) struct Lot {
    pub(crate) desk: Desk,
    pub(crate) now: At,
    pub(crate) log: Vec<Step>,
    key: u64,
}

impl Lot {
    pub(crate) fn new(rules: Rules) -> Self {
        assert_eq!(rules.check(), [], "the rules of the test hold");
        Self {
            desk: Desk::new("lot-1", rules),
            now: At(1_681_000_000_000_000),
            log: Vec::new(),
            key: 0,
        }
    }

    /// Announced, `n` bidders with deposits, paddles from 1, none with priority; live.
    pub(crate) fn live(rules: Rules, n: u32) -> Self {
        Self::live_with(rules, &vec![None; usize::try_from(n).unwrap()])
    }

    /// The same with a rank of priority for each.
    pub(crate) fn live_with(rules: Rules, ranks: &[Option<u8>]) -> Self {
        let mut lot = Self::announced(rules);
        for (at, rank) in ranks.iter().enumerate() {
            lot.joins(u32::try_from(at + 1).unwrap(), *rank);
        }
        lot.begins()
    }

    pub(crate) fn announced(rules: Rules) -> Self {
        let notice = rules.notice_days;
        let mut lot = Self::new(rules);
        lot.good(Command::Approve { by: Officer(1) });
        lot.good(Command::Approve { by: Officer(2) });
        let starts = lot.now.plus_secs(notice * 86_400);
        lot.good(Command::Announce {
            by: Officer(1),
            registers_until: starts.plus_secs(-3600),
            starts,
        });
        lot
    }

    pub(crate) fn joins(&mut self, paddle: u32, rank: Option<u8>) {
        let bidder = Paddle(paddle);
        self.good(Command::Register {
            bidder,
            who: Hash::NONE,
            relation: if rank.is_some() {
                Relation::Holder
            } else {
                Relation::None
            },
            rank,
        });
        let amount = self.state().rules.deposit;
        for movement in [Movement::Pledge, Movement::BankSees, Movement::Confirm] {
            self.good(Command::Deposit {
                bidder,
                movement,
                amount,
            });
        }
    }

    pub(crate) fn begins(mut self) -> Self {
        self.now = self.state().starts;
        self.tick();
        assert!(self.state().phase.is_live(), "{:?}", self.state().phase);
        self
    }

    pub(crate) fn state(&self) -> &State {
        self.desk.state()
    }

    pub(crate) fn give(&mut self, command: Command) -> Vec<Step> {
        let steps = self.desk.handle(command, self.now).steps;
        self.log.extend(steps.clone());
        steps
    }

    /// Gives a command that must not be refused.
    #[track_caller]
    pub(crate) fn good(&mut self, command: Command) {
        let steps = self.give(command.clone());
        let last = steps.last().unwrap();
        assert_eq!(last.refused(), None, "{command:?}");
    }

    /// Gives a command that must be refused; why.
    #[track_caller]
    pub(crate) fn bad(&mut self, command: Command) -> Why {
        let steps = self.give(command.clone());
        let last = steps.last().unwrap();
        *last
            .refused()
            .unwrap_or_else(|| panic!("{command:?} was taken: {:?}", last.events))
    }

    pub(crate) fn key(&mut self) -> Key {
        self.key += 1;
        Key(self.key)
    }

    pub(crate) fn bid(&mut self, paddle: u32, amount: i64) -> Command {
        Command::Bid {
            bidder: Paddle(paddle),
            amount: fen(amount),
            key: self.key(),
            auto: false,
            confirmed: false,
        }
    }

    #[track_caller]
    pub(crate) fn bids(&mut self, paddle: u32, amount: i64) {
        let command = self.bid(paddle, amount);
        self.good(command);
    }

    #[track_caller]
    pub(crate) fn bids_badly(&mut self, paddle: u32, amount: i64) -> Why {
        let command = self.bid(paddle, amount);
        self.bad(command)
    }

    pub(crate) fn wait(&mut self, secs: i64) {
        self.now = self.now.plus_secs(secs);
    }

    pub(crate) fn tick(&mut self) {
        let steps = self.desk.tick(self.now);
        self.log.extend(steps);
    }

    /// Waits until whatever is due next, and writes it.
    pub(crate) fn next(&mut self) {
        if let Some(at) = self.state().next_due() {
            self.now = self.now.max(at);
        }
        self.tick();
    }

    /// Sealed offers of an amount with the paddle as nonce.
    pub(crate) fn seals(&mut self, paddle: u32, amount: i64) {
        let nonce = paddle.to_be_bytes();
        let command = Command::Seal {
            bidder: Paddle(paddle),
            offer: commit_offer("lot-1", paddle, fen(amount), &nonce),
            key: self.key(),
        };
        self.good(command);
    }

    pub(crate) fn opening(paddle: u32, amount: i64) -> Command {
        Command::Open {
            bidder: Paddle(paddle),
            amount: fen(amount),
            nonce: format!("{paddle:08x}"),
        }
    }

    pub(crate) fn price(&self) -> i64 {
        self.state().price().map_or(0, Fen::get)
    }

    pub(crate) fn leader(&self) -> u32 {
        self.state().lead.map_or(0, |lead| lead.bidder.0)
    }

    /// From a provisional award to a confirmed one.
    pub(crate) fn confirms(&mut self) {
        let until = self.now.plus_secs(self.state().rules.publicity.days * 86_400);
        self.good(Command::Publish { until });
        assert_eq!(self.bad(Command::Confirm { by: Officer(1) }), Why::NotNow);
        self.now = until;
        self.good(Command::Confirm { by: Officer(1) });
    }
}

pub(crate) fn english() -> Rules {
    Rules::english(fen(START))
}

pub(crate) fn with(mode: Mode) -> Rules {
    Rules::of(fen(START), mode)
}
