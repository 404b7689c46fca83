//! Marks of offers from outside the programme's region, and of those among them that are worth enough (R095).

use jcore::Cx;
use kernel::{Fen, Money, Region};
use rulebook::Programme;

use crate::kind::EntryKind;

/// The season whose offers are marked.
const SEASON: &str = "auction";
/// 100 万元 in yuan, for which there is a word of its own: 百万级.
const MILLION_YUAN: i64 = 1_000_000;

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// From outside the programme's region.
    Outside,
    /// From outside, and priced as the programme would have it.
    Large,
}

impl Mark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Outside, Self::Large];

    /// As in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Large => "large",
        }
    }
}

/// What a list is to show of marked offers: from where they are not, and from which price on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The mark.
    pub mark: Mark,
    /// The programme's region.
    pub home: Region,
    /// The price from which on an offer from outside is marked as large.
    pub min: Fen,
}

impl Marked {
    /// What an address asks for, by the programme in force; none where it has no such rule.
    #[must_use]
    pub fn new(code: &str, programme: &Programme) -> Option<Self> {
        let rule = programme.eligibility.outside_price.as_ref()?;
        let mark = Mark::ALL.into_iter().find(|mark| mark.code() == code)?;
        Some(Self {
            mark,
            home: programme.region,
            min: rule.min,
        })
    }
}

/// Whether entries of a kind are marked under the programme in force.
pub(crate) fn are_marked(programme: &Programme, kind: &dyn EntryKind) -> bool {
    kind.season() == SEASON && programme.eligibility.outside_price.is_some()
}

/// The marks of an entry by its division and the price that its reader sees.
pub(crate) fn marks_of(
    cx: &Cx,
    programme: &Programme,
    kind: &dyn EntryKind,
    region: &str,
    price: Option<&Money>,
) -> Vec<String> {
    let Some(rule) = programme
        .eligibility
        .outside_price
        .as_ref()
        .filter(|_| are_marked(programme, kind))
    else {
        return Vec::new();
    };
    let outside = Region::new(region).is_some_and(|from| !cx.app.regions.is_within(from, programme.region));
    if !outside {
        return Vec::new();
    }
    let lead = price.filter(|money| money.currency == "CNY").and_then(Money::lead_fen);
    let mut out = vec![name(cx, programme, Mark::Outside)];
    if lead.is_some_and(|lead| lead >= rule.min) {
        out.push(name(cx, programme, Mark::Large));
    }
    out
}

/// The name of a mark: 省外 or 市外, and 百万级 or the price.
pub(crate) fn name(cx: &Cx, programme: &Programme, mark: Mark) -> String {
    let min = programme.eligibility.outside_price.as_ref().map(|rule| rule.min);
    match (mark, min) {
        (Mark::Large, Some(min)) if Fen::from_yuan(MILLION_YUAN) == Some(min) => cx.t("entries-mark-million"),
        (Mark::Large, Some(min)) => cx.ta("entries-mark-large", &[("wan", min.wan())]),
        _ => match programme.region.level() {
            kernel::DivisionLevel::Province => cx.t("entries-mark-outside-province"),
            _ => cx.t("entries-mark-outside"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Regions;

    #[test]
    fn addresses_ask_for_marks_by_the_programme() {
        let parse = |key: &str| {
            let text = rulebook::SHIPPED.iter().find(|(name, _)| *name == key).unwrap().1;
            rulebook::parse(text, Regions::builtin()).unwrap()
        };
        let jiangsu = parse("jiangsu-2023");
        let large = Marked::new("large", &jiangsu).unwrap();
        assert_eq!((large.mark, large.home.to_string().as_str()), (Mark::Large, "320000"));
        assert_eq!(Some(large.min), Fen::from_yuan(MILLION_YUAN));
        assert_eq!(Marked::new("other", &jiangsu), None);
        let ningbo = parse("ningbo-2024");
        assert_eq!(
            Marked::new("outside", &ningbo).unwrap().min,
            Fen::from_yuan(300_000).unwrap()
        );
    }
}
