//! Amounts as bidders type them, and as pages show them: in figures and in 万元 (R060).

use jcore::{Cx, Lang};
use kernel::{Fen, Level, MoneyKind};

use crate::pages::Amount;

/// Reads one exact amount in yuan: `870,000`, `87万`, `８７００００元`. None for anything that could be meant otherwise; a bid
/// is not guessed at.
#[must_use]
pub(crate) fn read(text: &str) -> Option<Fen> {
    // 1e9 is what a spreadsheet writes, and nobody's bid.
    if text.contains(['e', 'E']) {
        return None;
    }
    let reading = kernel::read::money(text, Some("元"));
    let doubted = reading.issues.iter().any(|issue| issue.level == Level::Error);
    let money = reading.value?;
    let plain = money.kind == MoneyKind::Exact && money.currency == "CNY" && money.per.is_none();
    let fen = money.min_fen.filter(|fen| *fen > 0)?;
    (plain && !doubted).then(|| Fen::new(fen))
}

/// Without the sign, and without 分 where there are none: `870,000`, for buttons and fields.
#[must_use]
pub(crate) fn bare(fen: Fen) -> String {
    let text = fen.to_string().replace('¥', "");
    match text.strip_suffix(".00") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// In 万元 beside the figures, where people speak in them; in English the figures say it.
#[must_use]
pub(crate) fn beside(cx: &Cx, fen: Fen) -> String {
    let wan = Amount::of(fen.get()).wan;
    if cx.lang == Lang::Zh && !wan.is_empty() {
        format!("{wan} {}", cx.t("word-wan"))
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them_and_never_guessed() {
        for (text, fen) in [
            ("870000", 87_000_000),
            ("870,000", 87_000_000),
            ("８７００００", 87_000_000),
            ("87万", 87_000_000),
            ("87.5 万元", 87_500_000),
            ("870000元", 87_000_000),
            ("¥870,000.00", 87_000_000),
            ("870000.50", 87_000_050),
        ] {
            assert_eq!(read(text), Some(Fen::new(fen)), "{text}");
        }
        for text in [
            "",
            "87-90万",
            "约87万",
            "面议",
            "-5",
            "0",
            "十几万",
            "1e9",
            "87万美元",
            "abc",
            "870000 860000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn buttons_show_no_needless_fen() {
        assert_eq!(bare(Fen::new(87_000_000)), "870,000");
        assert_eq!(bare(Fen::new(87_000_050)), "870,000.50");
    }
}
