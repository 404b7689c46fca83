//! Sealed offers: taken unread, opened together, compared in whole numbers.

use std::cmp::Reverse;

use kernel::Fen;

use super::Decided;
use crate::hash::{Hash, commit_offer, commit_scores};
use crate::log::{At, Event, Paddle};
use crate::rules::Mode;
use crate::state::{Phase, State};
use crate::why::Why;

/// The highest score, in hundredths of a point.
const SCORE_MAX: i64 = 10_000;

/// A valid offer, opened.
#[derive(Clone, Copy)]
struct Valid {
    bidder: Paddle,
    amount: Fen,
    seq: u64,
    rank: Option<u8>,
}

impl State {
    pub(super) fn seal(&self, bidder: Paddle, offer: Hash, now: At) -> Decided {
        self.may_bid(bidder, &[Phase::Offers], now)?;
        Ok(vec![Event::Sealed { bidder, offer }])
    }

    pub(super) fn open(&self, bidder: Paddle, amount: Fen, nonce: &str) -> Decided {
        let offer = self.sealed_offer(bidder)?;
        let nonce = from_hex(nonce).ok_or(Why::BadOpening)?;
        if matches!(self.rules.mode, Mode::Scoring { .. }) && self.scores.is_none() {
            return Err(Why::ScoresFirst);
        }
        if commit_offer(&self.lot, bidder.0, amount, &nonce) == offer {
            Ok(vec![Event::Opened { bidder, amount }])
        } else {
            Err(Why::BadOpening)
        }
    }

    pub(super) fn spoil(&self, bidder: Paddle) -> Decided {
        self.sealed_offer(bidder)?;
        Ok(vec![Event::Spoiled { bidder }])
    }

    fn sealed_offer(&self, bidder: Paddle) -> Result<Hash, Why> {
        if self.paused.is_some() {
            return Err(Why::Paused);
        }
        if self.phase != Phase::Unsealing {
            return Err(Why::NotNow);
        }
        let offer = self.offers.get(&bidder).ok_or(Why::NotSealed)?;
        if offer.amount.is_some() || offer.spoiled {
            return Err(Why::NotSealed);
        }
        Ok(offer.hash)
    }

    /// The scores are sealed while offers still come, so that nobody gives them knowing a price.
    pub(super) fn seal_scores(&self, scores: Hash) -> Decided {
        if !matches!(self.rules.mode, Mode::Scoring { .. }) {
            return Err(Why::NotInMode);
        }
        let prices_known = self.offers.values().any(|offer| offer.amount.is_some());
        if prices_known || !matches!(self.phase, Phase::Offers | Phase::Unsealing) || self.scores.is_some() {
            return Err(Why::NotNow);
        }
        Ok(vec![Event::ScoresSealed { scores }])
    }

    pub(super) fn open_scores(&self, scores: &[(Paddle, Vec<i64>)], salt: &str) -> Decided {
        let Mode::Scoring { criteria, .. } = &self.rules.mode else {
            return Err(Why::NotInMode);
        };
        if self.phase != Phase::Unsealing || self.sums.is_some() {
            return Err(Why::NotNow);
        }
        let sealed = self.scores.ok_or(Why::NotSealed)?;
        let salt = from_hex(salt).ok_or(Why::BadOpening)?;
        if commit_scores(&scores, &salt) != sealed {
            return Err(Why::BadOpening);
        }
        let mut sums = Vec::with_capacity(scores.len());
        for (bidder, figures) in scores {
            let in_range = figures.iter().all(|figure| (0..=SCORE_MAX).contains(figure));
            if figures.len() != criteria.len() || !in_range {
                return Err(Why::BadOpening);
            }
            let sum = figures.iter().zip(criteria).map(|(figure, c)| figure * c.weight).sum();
            sums.push((*bidder, sum));
        }
        // Whoever offered has scores: none is left out by the score sheet.
        if self
            .offers
            .keys()
            .any(|bidder| !sums.iter().any(|(scored, _)| scored == bidder))
        {
            return Err(Why::BadOpening);
        }
        Ok(vec![Event::ScoresOpened { sums }])
    }

    /// What opened offers come to: a leader, a run-off among equals, or nothing.
    pub(super) fn unsealed(&self, now: At) -> Vec<Event> {
        let valid = self.valid_offers();
        if valid.is_empty() {
            // In the round that a cap brought, the price before it stands.
            return match self.lead {
                Some(_) => vec![Event::Closing],
                None => self.failed(Why::NoBids),
            };
        }
        let best = self.best(&valid);
        match best.as_slice() {
            [one] => self.won(one),
            equals => self.among_equals(equals, now),
        }
    }

    fn valid_offers(&self) -> Vec<Valid> {
        let valid = self.offers.iter().filter_map(|(bidder, offer)| {
            let amount = offer.amount.filter(|amount| *amount >= self.round.least)?;
            Some(Valid {
                bidder: *bidder,
                amount,
                seq: offer.seq,
                rank: self.bidders.get(bidder).and_then(|bidder| bidder.rank),
            })
        });
        valid.collect()
    }

    /// Those that nothing is better than: by price, or by score with the price as what decides between equals.
    fn best(&self, valid: &[Valid]) -> Vec<Valid> {
        let highest = valid.iter().map(|one| one.amount).max().unwrap_or_default();
        let worth = |one: &Valid| (self.score(one, highest), one.amount);
        let most = valid.iter().map(worth).max();
        valid.iter().copied().filter(|one| Some(worth(one)) == most).collect()
    }

    /// A score times the highest price, so that it is a whole number: `w_p · P/P_max · 100 + Σ w_i · s_i`, in hundredths of
    /// a point times percent. Without scoring, zero.
    fn score(&self, one: &Valid, highest: Fen) -> i128 {
        let Mode::Scoring { price_weight, .. } = &self.rules.mode else {
            return 0;
        };
        let sum = self
            .sums
            .as_ref()
            .and_then(|sums| sums.get(&one.bidder))
            .copied()
            .unwrap_or(0);
        let price = i128::from(*price_weight) * i128::from(one.amount.get()) * i128::from(SCORE_MAX);
        price + i128::from(sum) * i128::from(highest.get())
    }

    /// Equals: the higher rank of priority; else, once, a sealed run-off; else who sealed first.
    fn among_equals(&self, equals: &[Valid], now: At) -> Vec<Event> {
        let ranked = equals.iter().filter(|one| one.rank.is_some());
        if let Some(one) = ranked.min_by_key(|one| (one.rank, one.seq)) {
            return self.won(one);
        }
        if let (Mode::Sealed { runoff_secs, .. }, false) = (&self.rules.mode, self.round.is_runoff)
            && let Some(first) = equals.first()
        {
            return vec![Event::Round {
                among: equals.iter().map(|one| one.bidder).collect(),
                above: first.amount,
                end: now.plus_secs(*runoff_secs),
            }];
        }
        match equals.iter().min_by_key(|one| (one.seq, Reverse(one.amount))) {
            Some(one) => self.won(one),
            None => self.failed(Why::NoBids),
        }
    }

    fn won(&self, one: &Valid) -> Vec<Event> {
        let led = Event::Led {
            bidder: one.bidder,
            price: one.amount,
            end: self.end,
            matched: false,
        };
        vec![led, Event::Closing]
    }
}

/// Bytes from hexadecimal digits, at most 64 of them.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    const BYTES_MAX: usize = 64;
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > BYTES_MAX * 2 {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(byte).collect()
}
