//! Royalties: a share of what the buyer earns, with or without an entry fee.

use super::lex::Token;
use super::number::SCALE;
use super::phrases::Sense;
use super::{Context, has_currency_behind};
use crate::issue::Issue;
use crate::money::{Fen, Money, MoneyKind, is_rate};

/// A rate is kept to this part of a percent.
const RATE_STEP: i128 = SCALE / 10_000;

/// All of it, in percent.
const WHOLE: &str = "100";

/// Reads a statement that has a rate: `入门费10万+销售额3%`, `净销售额的3%`.
pub(super) fn read(tokens: &[Token], context: &mut Context) -> Result<Money, Issue> {
    let mut rates = tokens.iter().filter_map(|token| {
        if let Token::Rate(rate) = token {
            Some(*rate)
        } else {
            None
        }
    });
    let rate = rates
        .next()
        .and_then(rate_text)
        .ok_or_else(|| Issue::error("money-rate-range"))?;
    let has = |sense: Sense| tokens.contains(&Token::Phrase(sense));
    let mut bases = tokens.iter().filter_map(|token| {
        if let Token::Base(name) = token {
            Some(*name)
        } else {
            None
        }
    });
    let base = bases.next();
    let is_bound = |token: &Token| {
        matches!(
            token,
            Token::Phrase(Sense::Min { .. } | Sense::Max { .. } | Sense::Dash { .. } | Sense::Till)
        )
    };
    if rates.next().is_some() || bases.any(|other| Some(other) != base) || tokens.iter().any(is_bound) {
        return Err(Issue::error("money-rate-unclear"));
    }
    if has(Sense::Equity) {
        return Err(Issue::error("money-rate-unclear"));
    }
    let entry = entry_fee(tokens, context)?;
    // 50万元，30%首付: a rate that nothing makes a royalty is a share of the amount itself.
    let is_royalty = base.is_some() || has(Sense::Share) || has(Sense::Plus);
    if entry.is_some() && !is_royalty {
        return Err(Issue::error("money-rate-unclear"));
    }
    // 100%转让 is no price.
    if !is_royalty && rate == WHOLE {
        return Err(Issue::error("money-rate-unclear"));
    }
    if !is_royalty {
        context.issues.push(Issue::warning("money-rate-no-base"));
    }
    if has(Sense::Approx) || has(Sense::Wave) {
        context.issues.push(Issue::note("money-approx-range"));
    }
    Ok(Money {
        kind: MoneyKind::Royalty,
        entry_fen: entry.map(Fen::get),
        rate_percent: Some(rate),
        rate_base: base.map(str::to_owned),
        ..Money::unknown()
    })
}

/// The one amount, which is the entry fee.
fn entry_fee(tokens: &[Token], context: &mut Context) -> Result<Option<Fen>, Issue> {
    let has_currency = tokens.iter().any(|token| matches!(token, Token::Currency(_)));
    let mut fee = None;
    for (at, token) in tokens.iter().enumerate() {
        let Token::Amount(number) = token else { continue };
        let unit = if number.explicit || has_currency_behind(tokens, at) {
            1
        } else {
            context.bare_unit(number, has_currency)
        };
        let fen = context.fen(number, unit)?;
        if fee.replace(fen).is_some_and(|other| other != fen) {
            return Err(Issue::error("money-several"));
        }
    }
    Ok(fee)
}

/// The rate as a canonical decimal; none if it is not above 0 and at most 100, or too fine.
fn rate_text(rate: i128) -> Option<String> {
    if rate % RATE_STEP != 0 {
        return None;
    }
    let steps = rate / RATE_STEP;
    let text = format!("{}.{:04}", steps / 10_000, steps % 10_000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    is_rate(text).then(|| text.to_owned())
}
