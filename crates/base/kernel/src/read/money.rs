//! Statements of money as people write them (domain §3.10): amounts, ranges, bounds, royalties, in figures and in
//! capital numerals, with units, currencies and periods.

use super::common::{bounded, shown};
use crate::issue::{Issue, Reading};
use crate::money::{Fen, MAX_FEN, Money};
use crate::text::is_blank;

mod bounds;
mod lex;
mod number;
mod phrases;
mod royalty;
#[cfg(test)]
mod tests;

use lex::Token;
use number::{Number, SCALE};
use phrases::Sense;

/// From this amount on (10 亿元) a number that took its unit from the column's head is doubted: people write yuan into
/// a column of 万元.
const LARGE_FEN: i64 = 1_000_000_000 * 100;

/// The unit that a column's head or a word apart gives to bare numbers.
#[derive(Clone, Copy, Default)]
struct Hint {
    unit: Option<i128>,
    currency: Option<&'static str>,
    per: Option<&'static str>,
}

/// What the reader gathers on its way.
struct Context {
    hint: Hint,
    issues: Vec<Issue>,
}

/// Reads a statement of money. `unit_hint` is the unit from a column's head (`万元`), for bare numbers; without any unit
/// they are yuan, with a warning. An empty text, `—`, 待定 and 暂无 are unknown, 面议 and 协商 negotiable; neither is zero.
/// A text that says nothing of money is refused (`money-no-amount`), and so are negative amounts, amounts beyond
/// [`MAX_FEN`], and texts with more amounts than one statement has.
#[must_use]
pub fn money(text: &str, unit_hint: Option<&str>) -> Reading<Money> {
    let prepared = match bounded(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    if is_blank(&prepared) {
        return Reading::ok(Money::unknown());
    }
    if is_interval(&prepared) {
        return Reading::fail(Issue::error("money-unclear").with("found", shown(&prepared)));
    }
    let tokens = lex::tokens(&prepared);
    let hint = unit_hint
        .and_then(|hint| bounded(hint).ok())
        .map_or_else(Hint::default, |hint| hint_of(&lex::tokens(&hint)));
    let mut context = Context {
        hint,
        issues: Vec::new(),
    };
    let mut reading = match read_tokens(&tokens, &mut context) {
        Ok(money) => Reading {
            value: Some(money),
            issues: context.issues,
        },
        Err(issue) => Reading::fail(issue),
    };
    let found = shown(&prepared);
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// Whether two numbers stand as an interval or a ratio, whose comma or colon would be lost: `[50,100]万`, `50:50`.
fn is_interval(prepared: &str) -> bool {
    let between_digits = |mark: char| {
        prepared.match_indices(mark).any(|(at, _)| {
            prepared[..at].ends_with(|c: char| c.is_ascii_digit())
                && prepared[at + mark.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
        })
    };
    (prepared.contains(['[', ']']) && between_digits(',')) || between_digits(':')
}

/// The unit, currency and period named by tokens that hold no amount.
fn hint_of(tokens: &[Token]) -> Hint {
    let mut hint = Hint::default();
    for token in tokens {
        match token {
            Token::Unit(unit) => hint.unit = Some(*unit),
            Token::Currency(code) => hint.currency = Some(code),
            Token::Per(code) => hint.per = Some(code),
            _ => {}
        }
    }
    // 美元 alone is a unit as well as a currency.
    hint.unit = hint.unit.or(hint.currency.map(|_| 1));
    hint
}

fn read_tokens(tokens: &[Token], context: &mut Context) -> Result<Money, Issue> {
    let has = |sense: Sense| tokens.contains(&Token::Phrase(sense));
    refuse(tokens)?;
    let amounts = tokens.iter().filter(|token| matches!(token, Token::Amount(_))).count();
    let rates = tokens.iter().filter(|token| matches!(token, Token::Rate(_))).count();
    if amounts == 0 && rates == 0 {
        return without_amount(tokens, context);
    }
    if has(Sense::Free) {
        return Err(Issue::error("money-unclear"));
    }
    let currency = currency(tokens, context.hint.currency)?;
    let per = period(tokens, context.hint.per)?;
    // A unit that stands apart from the numbers (单位：万元) comes before the column's.
    let own_unit = tokens.iter().find_map(|token| {
        if let Token::Unit(unit) = token {
            Some(*unit)
        } else {
            None
        }
    });
    context.hint.unit = own_unit.or(context.hint.unit);
    let mut money = if rates > 0 {
        royalty::read(tokens, context)?
    } else {
        Money {
            per: per.map(str::to_owned),
            ..bounds::read(tokens, context)?
        }
    };
    money.currency = currency.to_owned();
    if has(Sense::Negotiable) {
        context.issues.push(Issue::note("money-also-negotiable"));
    }
    if has(Sense::Unknown) {
        context.issues.push(Issue::warning("money-provisional"));
    }
    note_words(tokens, rates > 0 && per.is_some(), context);
    money.check().map_err(|_| Issue::error("money-unclear"))?;
    Ok(money)
}

/// Refuses what can't be a statement of money whatever else it says.
fn refuse(tokens: &[Token]) -> Result<(), Issue> {
    let first_amount = tokens
        .iter()
        .position(|token| matches!(token, Token::Amount(_) | Token::Rate(_)));
    let before = &tokens[..first_amount.unwrap_or(0)];
    let is_minus = |token: &Token| matches!(token, Token::Phrase(Sense::Minus));
    let is_dash = |token: &Token| matches!(token, Token::Phrase(Sense::Dash { minus: true }));
    // A dash behind a word is no minus: 起拍价-50万元 has none among its tokens before the dash but silent ones.
    let only_signs = before
        .iter()
        .all(|token| is_dash(token) || matches!(token, Token::Currency(_)));
    if before.iter().any(is_minus) || (only_signs && before.iter().any(is_dash)) {
        return Err(Issue::error("money-negative"));
    }
    if tokens.contains(&Token::Phrase(Sense::Foreign)) {
        return Err(Issue::error("money-currency-unknown"));
    }
    if tokens.contains(&Token::Phrase(Sense::Vague)) {
        return Err(Issue::error("money-vague"));
    }
    for token in tokens {
        if let Token::Amount(number) = token {
            if number.overflow {
                return Err(too_large());
            }
            if number.vague {
                return Err(Issue::error("money-vague"));
            }
            if number.unclear {
                return Err(Issue::error("money-unclear"));
            }
        }
    }
    Ok(())
}

fn too_large() -> Issue {
    Issue::error("money-too-large").with("most", format!("{}万元", Fen::new(MAX_FEN).wan()))
}

fn without_amount(tokens: &[Token], context: &mut Context) -> Result<Money, Issue> {
    let has = |sense: Sense| tokens.contains(&Token::Phrase(sense));
    let money = if has(Sense::Negotiable) {
        Money::negotiable()
    } else if has(Sense::Unknown) {
        Money::unknown()
    } else if has(Sense::Free) {
        // 首年免费 says nothing of the years behind.
        let for_a_time = |token: &Token| matches!(token, Token::Word(word) if word.contains(['年', '月', '期', '次']));
        if tokens.iter().any(for_a_time) {
            return Err(Issue::error("money-unclear"));
        }
        Money::exact(Fen::new(0))
    } else {
        return Err(Issue::error("money-no-amount"));
    };
    note_words(tokens, false, context);
    Ok(money)
}

/// Warns of words that were not understood.
fn note_words(tokens: &[Token], with_period: bool, context: &mut Context) {
    let has_rate = tokens.iter().any(|token| matches!(token, Token::Rate(_)));
    let mut words: Vec<&str> = Vec::new();
    for token in tokens {
        match token {
            Token::Word(word) => words.push(word),
            // 年销售额5000万 may be no price at all; 合同额50万 is.
            Token::Base(name) if !has_rate && *name != "合同额" => words.push(name),
            _ => {}
        }
    }
    if with_period {
        words.push("/");
    }
    if !words.is_empty() {
        context
            .issues
            .push(Issue::warning("money-words-ignored").with("words", shown(&words.join(" "))));
    }
}

/// The one currency of the statement.
fn currency(tokens: &[Token], hint: Option<&'static str>) -> Result<&'static str, Issue> {
    one_of(tokens, |token| {
        if let Token::Currency(code) = token {
            Some(code)
        } else {
            None
        }
    })
    .map_err(|()| Issue::error("money-two-currencies"))
    .map(|found| found.or(hint).unwrap_or("CNY"))
}

/// The one period of the statement.
fn period(tokens: &[Token], hint: Option<&'static str>) -> Result<Option<&'static str>, Issue> {
    one_of(
        tokens,
        |token| if let Token::Per(code) = token { Some(code) } else { None },
    )
    .map_err(|()| Issue::error("money-unclear"))
    .map(|found| found.or(hint))
}

/// The one value that the tokens have, if any; an error if they have different ones.
fn one_of(tokens: &[Token], pick: impl Fn(&Token) -> Option<&'static str>) -> Result<Option<&'static str>, ()> {
    let mut found = tokens.iter().filter_map(pick);
    let first = found.next();
    if found.any(|other| Some(other) != first) {
        Err(())
    } else {
        Ok(first)
    }
}

/// Whether the amount at this place has its currency's name right behind it, which is its unit then: `100美元`.
fn has_currency_behind(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at + 1), Some(Token::Currency(_)))
}

impl Context {
    /// The amount of a number whose unit is `unit` yuan if it has none of its own; with the notes that belong to it.
    fn fen(&mut self, number: &Number, unit: i128) -> Result<Fen, Issue> {
        let scaled = if number.explicit {
            Some(number.value)
        } else {
            number.value.checked_mul(unit)
        };
        let hundredfold = scaled.and_then(|value| value.checked_mul(100)).ok_or_else(too_large)?;
        let rounded = hundredfold.checked_add(SCALE / 2).ok_or_else(too_large)? / SCALE;
        let fen = i64::try_from(rounded)
            .ok()
            .filter(|fen| *fen <= MAX_FEN)
            .ok_or_else(too_large)?;
        if fen == 0 && number.value > 0 {
            return Err(Issue::error("money-too-small"));
        }
        if number.inexact || hundredfold % SCALE != 0 {
            self.note_once(Issue::note("money-rounded").with("read", Fen::new(fen).to_string()));
        }
        if number.scientific {
            self.note_once(Issue::warning("money-scientific").with("read", Fen::new(fen).to_string()));
        }
        Ok(Fen::new(fen))
    }

    /// The unit of a bare number: from the head or a word apart, else one yuan, with a warning.
    fn bare_unit(&mut self, number: &Number, has_currency: bool) -> i128 {
        match self.hint.unit {
            Some(unit) => unit,
            None => {
                if !has_currency && number.value != 0 {
                    self.note_once(Issue::warning("money-no-unit"));
                }
                1
            }
        }
    }

    /// Doubts an amount that became large by a unit from elsewhere.
    fn doubt_large(&mut self, fen: Fen) {
        if fen.get() > LARGE_FEN {
            self.note_once(Issue::warning("money-large").with("read", fen.to_string()));
        }
    }

    fn note_once(&mut self, issue: Issue) {
        if !self.issues.iter().any(|other| other.code == issue.code) {
            self.issues.push(issue);
        }
    }
}
