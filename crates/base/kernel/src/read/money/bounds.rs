//! Exact amounts, ranges and bounds.

use super::lex::Token;
use super::number::{Number, SCALE};
use super::phrases::{Sense, Side};
use super::{Context, has_currency_behind};
use crate::issue::Issue;
use crate::money::{Fen, Money};

/// 万
const WAN: i128 = 10_000;
/// From this number on the lower end of a range may be in yuan while the upper has a greater unit: 9000-1万.
const MIXED_FROM: i128 = 1000;

/// Which end an amount is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bound {
    Min { open: bool },
    Max { open: bool },
}

/// An amount with what is said of it.
#[derive(Clone, Copy, Debug)]
struct Stated {
    number: Number,
    bound: Option<Bound>,
    approx: bool,
    /// From–to stands between the amount before and this one.
    after_dash: bool,
    has_currency: bool,
    /// The currency's name stands right behind, and is the unit.
    currency_behind: bool,
}

/// Reads a statement that has amounts and no rate.
pub(super) fn read(tokens: &[Token], context: &mut Context) -> Result<Money, Issue> {
    let stated = gather(tokens)?;
    match stated.as_slice() {
        [] => Err(Issue::error("money-no-amount")),
        [one] => {
            let fen = amount(one, context)?;
            Ok(single(one, fen))
        }
        [low, high] if high.after_dash => range(low, high, context),
        several => two_bounds_or_restated(several, context),
    }
}

/// Binds each phrase to the amount that it is about.
fn gather(tokens: &[Token]) -> Result<Vec<Stated>, Issue> {
    let mut out: Vec<Stated> = Vec::new();
    let mut waiting: Option<Bound> = None;
    let mut approx = false;
    let mut dash = false;
    let any_currency = tokens.iter().any(|token| matches!(token, Token::Currency(_)));
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Amount(number) => {
                let has_currency = any_currency;
                let currency_behind = has_currency_behind(tokens, at);
                let or_more = number.or_more.then_some(Bound::Min { open: false });
                let stated = Stated {
                    number: *number,
                    bound: waiting.take().or(or_more),
                    approx: std::mem::take(&mut approx) || number.approx,
                    after_dash: std::mem::take(&mut dash) && !out.is_empty(),
                    has_currency,
                    currency_behind,
                };
                out.push(stated);
            }
            // 200万+ is 200万 or more.
            Token::Phrase(Sense::Plus) if !followed_by_amount(tokens, at) => {
                if let Some(last) = out.last_mut() {
                    set(&mut last.bound, Bound::Min { open: false })?;
                }
            }
            // 至50万元 may be a bound, or the end of a range whose beginning is missing.
            Token::Phrase(Sense::Till) if out.is_empty() => return Err(Issue::error("money-unclear")),
            Token::Phrase(Sense::Dash { .. } | Sense::Till) => dash = true,
            // A wave before the only amount so far says about, between two it says from–to.
            Token::Phrase(Sense::Wave) if out.is_empty() => approx = true,
            Token::Phrase(Sense::Wave) => dash = true,
            Token::Phrase(Sense::Approx) => match out.last_mut() {
                // 30万左右; but 约 before a further amount is that one's.
                Some(last) if !followed_by_amount(tokens, at) => last.approx = true,
                _ => approx |= !is_about_a_word(tokens, at),
            },
            Token::Phrase(sense) => {
                let Some((bound, side)) = bound_of(*sense) else {
                    continue;
                };
                let behind = side == Side::Behind || !followed_by_amount(tokens, at);
                match out.last_mut() {
                    Some(last) if behind => set(&mut last.bound, bound)?,
                    None if side == Side::Behind => return Err(Issue::error("money-unclear")),
                    _ if is_about_a_word(tokens, at) => {}
                    _ => set(&mut waiting, bound)?,
                }
            }
            _ => {}
        }
    }
    // 50万- : the other end is missing.
    if dash && !out.is_empty() {
        Err(Issue::error("money-unclear"))
    } else {
        Ok(out)
    }
}

/// Whether a phrase is about a counted thing behind it, which is no money: 近3年, 不超过2项.
fn is_about_a_word(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at + 1), Some(Token::Word(word)) if word.chars().next().is_some_and(|c| c.is_ascii_digit()))
}

fn bound_of(sense: Sense) -> Option<(Bound, Side)> {
    match sense {
        Sense::Min { open, side } => Some((Bound::Min { open }, side)),
        Sense::Max { open, side } => Some((Bound::Max { open }, side)),
        _ => None,
    }
}

fn followed_by_amount(tokens: &[Token], at: usize) -> bool {
    tokens[at + 1..].iter().any(|token| matches!(token, Token::Amount(_)))
}

/// Gives an amount its bound; two different ones contradict each other.
fn set(place: &mut Option<Bound>, bound: Bound) -> Result<(), Issue> {
    match place.replace(bound) {
        Some(other) if other != bound => Err(Issue::error("money-unclear")),
        _ => Ok(()),
    }
}

/// The amount, with the unit of the head if it has none.
fn amount(stated: &Stated, context: &mut Context) -> Result<Fen, Issue> {
    if stated.number.explicit || stated.currency_behind {
        return context.fen(&stated.number, 1);
    }
    let unit = context.bare_unit(&stated.number, stated.has_currency);
    let fen = context.fen(&stated.number, unit)?;
    if unit > 1 {
        context.doubt_large(fen);
    }
    Ok(fen)
}

fn single(stated: &Stated, fen: Fen) -> Money {
    match stated.bound {
        Some(Bound::Min { open }) => Money::min(fen, open),
        Some(Bound::Max { open }) => Money::max(fen, open),
        None if stated.approx => Money::approx(fen),
        None => Money::exact(fen),
    }
}

/// From one amount to another; a unit at one end is meant for both.
fn range(low: &Stated, high: &Stated, context: &mut Context) -> Result<Money, Issue> {
    if low.bound.is_some() || high.bound.is_some() {
        return Err(Issue::error("money-unclear"));
    }
    if low.approx || high.approx {
        context.issues.push(Issue::note("money-approx-range"));
    }
    let has_unit = |stated: &Stated| stated.number.explicit || stated.currency_behind;
    let (from, to) = match (has_unit(low), has_unit(high)) {
        (false, true) => {
            let to = amount(high, context)?;
            let from = borrowed(low, high, to, context)?;
            doubt_chain(high, &low.number, from, to, context);
            (from, to)
        }
        (true, false) => {
            let unit = unit_for(&high.number, &low.number)?;
            (amount(low, context)?, context.fen(&high.number, unit)?)
        }
        _ => (amount(low, context)?, amount(high, context)?),
    };
    if from > to {
        let issue = Issue::error("money-range-reversed").with("from", from.to_string());
        return Err(issue.with("to", to.to_string()));
    }
    Ok(Money::range(from, to))
}

/// The unit that a bare number takes from the other end: 50-100万, 三至五千元, 3-5百万; but 三百至五千元 is in yuan, and
/// 三百至五千万 in 万. Which unit of 1-2亿5千万 is meant nobody can tell.
fn unit_for(bare: &Number, other: &Number) -> Result<i128, Issue> {
    if other.compound {
        return Err(Issue::error("money-unclear"));
    }
    Ok(match bare.inner_units {
        false => other.chain,
        true if other.trailing < WAN => 1,
        true => other.trailing,
    })
}

/// Doubts 一至二十万, whose lower end may be one or ten 万.
fn doubt_chain(high: &Stated, low: &Number, from: Fen, to: Fen, context: &mut Context) {
    let by_tens = high.number.chain > high.number.trailing && !high.number.arabic && !low.inner_units;
    if by_tens && high.number.chain == 10 * high.number.trailing {
        context.issues.push(
            Issue::warning("money-mixed-units")
                .with("from", from.to_string())
                .with("to", to.to_string()),
        );
    }
}

/// The lower end with the upper's unit; if it came out above, a number of thousands was in yuan: 9000-1万.
fn borrowed(low: &Stated, high: &Stated, to: Fen, context: &mut Context) -> Result<Fen, Issue> {
    let unit = unit_for(&low.number, &high.number)?;
    let from = context.fen(&low.number, unit);
    if low.number.value < MIXED_FROM * SCALE || from.as_ref().is_ok_and(|from| *from <= to) {
        return from;
    }
    let from = context.fen(&low.number, 1)?;
    if from <= to {
        context.issues.push(
            Issue::warning("money-mixed-units")
                .with("from", from.to_string())
                .with("to", to.to_string()),
        );
    }
    Ok(from)
}

/// Amounts that no dash joins: a lower and an upper bound, or the same amount again in another notation.
fn two_bounds_or_restated(several: &[Stated], context: &mut Context) -> Result<Money, Issue> {
    if let [one, other] = several {
        let (low, high) = if matches!(one.bound, Some(Bound::Max { .. })) {
            (other, one)
        } else {
            (one, other)
        };
        if let (Some(Bound::Min { open }), Some(Bound::Max { open: upper_open })) = (low.bound, high.bound) {
            let ends = Stated { bound: None, ..*low };
            let money = range(&ends, &Stated { bound: None, ..*high }, context)?;
            if upper_open {
                context.issues.push(Issue::note("money-open-upper"));
            }
            let is_range = money.min_fen != money.max_fen;
            return Ok(Money {
                open: open && is_range,
                ..money
            });
        }
    }
    let fens = several
        .iter()
        .map(|stated| amount(stated, context))
        .collect::<Result<Vec<Fen>, Issue>>()?;
    let mut bounds = several.iter().filter(|stated| stated.bound.is_some());
    let bounded = bounds
        .next()
        .or(several.iter().find(|stated| stated.approx))
        .or(several.first());
    match (bounded, fens.first()) {
        (Some(stated), Some(first))
            if fens.iter().all(|fen| fen == first) && bounds.next().is_none() && are_restated(several) =>
        {
            Ok(single(stated, *first))
        }
        _ => Err(Issue::error("money-several")),
    }
}

/// Whether equal amounts are one amount in several notations: 50万元（大写：伍拾万元整）. In the same notation they are
/// several amounts that happen to be equal: 财政支持50万，自筹50万.
fn are_restated(several: &[Stated]) -> bool {
    let notation = |stated: &Stated| (stated.number.arabic, stated.number.trailing);
    let mut seen: Vec<(bool, i128)> = Vec::new();
    several.iter().map(notation).all(|notation| {
        let is_new = !seen.contains(&notation);
        seen.push(notation);
        is_new
    })
}
