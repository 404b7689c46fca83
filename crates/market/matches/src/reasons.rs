//! What speaks for and against a match, in the reader's words: shared words, field, maturity, price against budget, place,
//! ways of working together, and how long it still stands. What is not known speaks neither way.

use entries::browse::{place, sector_name};
use jcore::Cx;
use kernel::{Day, Fen, Region};
use matching::{Facts, Reason};

/// Words named at most: more is a list, not a reason.
const WORDS_MAX: usize = 6;
/// Characters of a sentence that is told as a reason.
const SENTENCE_CHARS: usize = 48;
/// From this level on something has left the laboratory and works at its place.
const MATURE_FROM: u8 = 7;
/// Up to this level it is an idea that was shown to be possible.
const EARLY_TO: u8 = 3;
/// Days under which an item is said to end soon.
const ENDING_DAYS: i32 = 14;

/// What speaks for and against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) pros: Vec<String>,
    pub(crate) cons: Vec<String>,
}

/// Something that is known of both, and which way it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    /// Both are of these fields.
    SameField(Vec<String>),
    /// They are of other fields: the item's.
    OtherField(Vec<String>),
    /// Both are in these classes of patents (IPC subclasses).
    SameIpc(Vec<String>),
    /// It is mature.
    Mature(u8),
    /// It is at an early stage.
    Early(u8),
    /// It is less mature than is asked for.
    BelowAsked(u8, u8),
    /// Its price lies within the budget.
    WithinBudget,
    /// Its least price lies above the budget.
    AboveBudget(Fen),
    /// Both are in this city.
    SameCity(String),
    /// Both work in one of these ways.
    SameMode,
    /// It ends in so many days.
    EndsSoon(i32),
}

/// Whose amount is the budget, and whose the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Budget {
    /// A need asks for offers.
    Asked,
    /// An offer asks for needs.
    Items,
    /// Two of a kind are set beside each other.
    Nobodys,
}

/// The codes that both have, in the item's order.
fn shared(asked: &[String], item: &[String]) -> Vec<String> {
    item.iter().filter(|code| asked.contains(code)).cloned().collect()
}

/// What is known of both, the weightier first.
#[must_use]
pub(crate) fn facts(asked: &Facts, item: &Facts, budget: Budget, today: Day) -> Vec<Fact> {
    let mut out = Vec::new();
    let same = shared(&asked.fields, &item.fields);
    if !same.is_empty() {
        out.push(Fact::SameField(same));
    } else if !asked.fields.is_empty() && !item.fields.is_empty() {
        out.push(Fact::OtherField(item.fields.clone()));
    }
    let classes = shared(&asked.ipc, &item.ipc);
    if !classes.is_empty() {
        out.push(Fact::SameIpc(classes));
    }
    match (asked.maturity, item.maturity) {
        (Some(wanted), Some(level)) if level < wanted => out.push(Fact::BelowAsked(level, wanted)),
        (_, Some(level)) if level >= MATURE_FROM => out.push(Fact::Mature(level)),
        (_, Some(level)) if level <= EARLY_TO => out.push(Fact::Early(level)),
        _ => {}
    }
    let sides = match budget {
        Budget::Asked => Some((asked, item)),
        Budget::Items => Some((item, asked)),
        Budget::Nobodys => None,
    };
    let sums = sides.map(|(pays, sells)| (pays.price_max.or(pays.price_min), sells.price_min.or(sells.price_max)));
    if let Some((Some(budget), Some(price))) = sums {
        out.push(if price > budget {
            Fact::AboveBudget(price)
        } else {
            Fact::WithinBudget
        });
    }
    let city = |facts: &Facts| {
        facts
            .region
            .as_deref()
            .and_then(Region::new)
            .map(|region| region.city().to_string())
    };
    if let (Some(one), Some(other)) = (city(asked), city(item))
        && one == other
    {
        out.push(Fact::SameCity(one));
    }
    if item.modes.iter().any(|mode| asked.modes.contains(mode)) {
        out.push(Fact::SameMode);
    }
    let days = item
        .until
        .and_then(|until| today.until(until).ok())
        .map(|span| span.get_days());
    if let Some(days) = days.filter(|days| (0..=ENDING_DAYS).contains(days)) {
        out.push(Fact::EndsSoon(days));
    }
    out
}

/// The reasons of a match in words: the shared words in one line, each fact in a line of its own.
#[must_use]
pub(crate) fn told(cx: &Cx, reasons: &[Reason], facts: &[Fact]) -> Told {
    let mut out = Told::default();
    // A single character counts for the engine and tells the reader nothing.
    let word = |reason: &Reason| {
        let Reason::Word { term, .. } = reason;
        (term.chars().count() > 1).then(|| term.clone())
    };
    let words: Vec<String> = reasons.iter().filter_map(word).take(WORDS_MAX).collect();
    let comma = cx.t("matches-list-comma");
    if !words.is_empty() {
        out.pros
            .push(cx.ta("matches-why-words", &[("words", words.join(&comma))]));
    }
    let names = |codes: &[String]| {
        codes
            .iter()
            .map(|code| sector_name(cx, code))
            .collect::<Vec<_>>()
            .join(&comma)
    };
    for fact in facts {
        let say = |id: &str, args: &[(&str, String)]| cx.ta(&format!("matches-why-{id}"), args);
        match fact {
            Fact::SameField(codes) => out.pros.push(say("field", &[("fields", names(codes))])),
            Fact::OtherField(codes) => out.cons.push(say("other-field", &[("fields", names(codes))])),
            Fact::SameIpc(classes) => out.pros.push(say("ipc", &[("classes", classes.join(&comma))])),
            Fact::Mature(level) => out.pros.push(say("mature", &[("n", level.to_string())])),
            Fact::Early(level) => out.cons.push(say("early", &[("n", level.to_string())])),
            Fact::BelowAsked(level, wanted) => {
                out.cons.push(say(
                    "below",
                    &[("n", level.to_string()), ("wanted", wanted.to_string())],
                ));
            }
            Fact::WithinBudget => out.pros.push(say("budget", &[])),
            Fact::AboveBudget(price) => out.cons.push(say("above-budget", &[("wan", price.wan())])),
            Fact::SameCity(code) => out.pros.push(say("city", &[("place", place(cx, code))])),
            Fact::SameMode => out.pros.push(say("mode", &[])),
            Fact::EndsSoon(days) => out.cons.push(say("ends", &[("n", days.to_string())])),
        }
    }
    out
}

/// Two sentences that say something alike, in one line.
#[must_use]
pub(crate) fn alike(cx: &Cx, mine: &str, theirs: &str) -> String {
    let cut = |text: &str| match text.char_indices().nth(SENTENCE_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    };
    cx.ta("matches-why-alike", &[("mine", cut(mine)), ("theirs", cut(theirs))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Facts {
        Facts {
            fields: vec!["EQ".into(), "NM".into()],
            region: Some("320582".into()),
            maturity: Some(6),
            modes: vec!["equity".into()],
            price_max: Some(Fen::new(200_000_000)),
            ..Facts::default()
        }
    }

    const TODAY: Day = Day::constant(2023, 6, 14);

    #[test]
    fn what_both_have_speaks_for_it() {
        let item = Facts {
            fields: vec!["NM".into()],
            region: Some("320505".into()),
            maturity: Some(8),
            modes: vec!["transfer".into(), "equity".into()],
            price_min: Some(Fen::new(90_000_000)),
            until: Some(Day::constant(2023, 12, 31)),
            ..Facts::default()
        };
        let expected = [
            Fact::SameField(vec!["NM".into()]),
            Fact::Mature(8),
            Fact::WithinBudget,
            Fact::SameCity("320500".into()),
            Fact::SameMode,
        ];
        assert_eq!(facts(&some(), &item, Budget::Asked, TODAY), expected);
    }

    #[test]
    fn what_does_not_meet_speaks_against_it() {
        let item = Facts {
            fields: vec!["AGR".into()],
            region: Some("320115".into()),
            maturity: Some(3),
            price_min: Some(Fen::new(300_000_000)),
            until: Some(Day::constant(2023, 6, 20)),
            ..Facts::default()
        };
        let expected = [
            Fact::OtherField(vec!["AGR".into()]),
            Fact::BelowAsked(3, 6),
            Fact::AboveBudget(Fen::new(300_000_000)),
            Fact::EndsSoon(6),
        ];
        assert_eq!(facts(&some(), &item, Budget::Asked, TODAY), expected);
        let asked = Facts {
            maturity: None,
            ..some()
        };
        assert!(facts(&asked, &item, Budget::Asked, TODAY).contains(&Fact::Early(3)));
    }

    #[test]
    fn what_is_not_known_speaks_neither_way() {
        assert!(facts(&some(), &Facts::default(), Budget::Asked, TODAY).is_empty());
        assert!(facts(&Facts::default(), &some(), Budget::Items, TODAY).is_empty());
    }

    #[test]
    fn an_offers_price_is_held_against_a_needs_budget() {
        let price = |fen| Facts {
            price_min: Some(Fen::new(fen)),
            ..Facts::default()
        };
        let told = |asked: &Facts, item: &Facts, budget| facts(asked, item, budget, TODAY);
        assert_eq!(
            told(&price(5), &price(9), Budget::Asked),
            [Fact::AboveBudget(Fen::new(9))]
        );
        assert_eq!(told(&price(5), &price(9), Budget::Items), [Fact::WithinBudget]);
        assert!(told(&price(5), &price(9), Budget::Nobodys).is_empty());
    }
}
