//! Which field a column of texts can be, by what the texts are: a patent's number, a telephone, a choice of a list tells
//! itself; a name or a title does not (R115, R139).

use crate::{Context, Field, Form, Kind, Value, clean, read_cell};
use kernel::{Level, Money, MoneyKind, Regions};
use std::collections::BTreeMap;

/// Percent of the texts that must tell what they are for the column to tell it.
const TELLS_LEAST: usize = 80;
/// Every so manyth text is looked at first.
const STRIDE: usize = 4;
/// So many texts that are something else, and none that fits, are enough to give up.
const HOPELESS: usize = 8;
/// Longest text, in characters, that can tell what it is: three choices, an address of mail, a range of money.
const CHARS_MAX: usize = 80;
/// Fewest digits of a patent's number, a credit code and a telephone number.
const LONG_NUMBER: usize = 5;
/// Choices that stand in every list and name none of them.
const ANYWHERE: &[&str] = &["其他", "其它", "other", "无", "有"];
/// What shows that a number is money.
const MONEY_MARKS: &[char] = &[
    '元', '万', '亿', '圆', '整', '¥', '￥', '$', '€', '£', '价', '面', '议', '商', '%',
];

/// How a column's texts fit a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fit {
    /// The field's key.
    pub key: &'static str,
    /// Of a hundred texts so many can be read as the field asks, rounded down; less than half is not counted out.
    pub percent: u8,
    /// Whether that says anything: most of the texts look like this kind of value and no plain text does.
    pub distinctive: bool,
}

/// Judges which fields of a form a column can be, by some of its texts and the unit of money that its head states.
/// Fields of plain text are not among the answers: they can be any column. Blank texts don't count; where all are,
/// there is no answer.
pub fn recognise(form: &'static Form, unit: Option<&str>, texts: &[impl AsRef<str>], regions: &Regions) -> Vec<Fit> {
    let unit_hints: BTreeMap<String, String> = form
        .fields()
        .filter_map(|field| Some((field.key.to_owned(), unit?.to_owned())))
        .collect();
    let ctx = Context {
        regions,
        unit_hints: &unit_hints,
        draft: true,
    };
    // Fields of one kind read alike, so each kind is asked once.
    let mut judged: Vec<(Kind, Option<(u8, bool)>)> = Vec::new();
    let mut fits = Vec::new();
    for field in form.fields() {
        let known = judged
            .iter()
            .find(|(kind, _)| *kind == field.kind)
            .map(|(_, answer)| *answer);
        let answer = known.unwrap_or_else(|| {
            let answer = judge(field, texts, &ctx);
            judged.push((field.kind, answer));
            answer
        });
        fits.extend(answer.map(|(percent, distinctive)| Fit {
            key: field.key,
            percent,
            distinctive,
        }));
    }
    fits
}

/// The share of texts that fit, and whether they tell what they are.
fn judge(field: &Field, texts: &[impl AsRef<str>], ctx: &Context<'_>) -> Option<(u8, bool)> {
    if matches!(field.kind, Kind::Line { .. } | Kind::Text { .. } | Kind::Indicators) {
        return None;
    }
    let (mut fitting, mut telling, mut amiss, mut blank) = (0_usize, 0, 0, 0);
    // From all over the column, so that a few gaps at its top don't decide.
    let spread = (0..STRIDE).flat_map(|from| texts.iter().skip(from).step_by(STRIDE));
    for text in spread.map(AsRef::as_ref) {
        match says(field, text, ctx) {
            Says::Nothing => blank += 1,
            Says::Other => amiss += 1,
            Says::MayBe => fitting += 1,
            Says::Itself => (fitting, telling) = (fitting + 1, telling + 1),
        }
        // Most columns are not of most kinds, which is soon seen.
        if amiss * 2 > texts.len() || (fitting == 0 && amiss >= HOPELESS) {
            break;
        }
    }
    let count = texts.len() - blank;
    let percent = u8::try_from((fitting * 100).checked_div(count)?).unwrap_or(100);
    Some((percent, telling * 100 >= count * TELLS_LEAST))
}

/// What one text says about being of a kind.
enum Says {
    /// It is blank.
    Nothing,
    /// It is something else.
    Other,
    /// It can be read so, as much else can.
    MayBe,
    /// It is just this.
    Itself,
}

fn says(field: &Field, text: &str, ctx: &Context<'_>) -> Says {
    if text.chars().nth(CHARS_MAX).is_some() {
        let is_list = matches!(field.kind, Kind::Names | Kind::Orgs | Kind::Codes(_));
        return if is_list { Says::MayBe } else { Says::Other };
    }
    if matches!(field.kind, Kind::Names | Kind::Orgs) {
        // Names are plain text, but a number is no name.
        return if text.contains(char::is_alphabetic) && !text.contains('@') {
            Says::MayBe
        } else {
            Says::Other
        };
    }
    if !may_be(field.kind, text) {
        return Says::Other;
    }
    let cell = read_cell(field, text, ctx);
    if cell.worst() == Some(Level::Error) {
        return Says::Other;
    }
    match &cell.value {
        None => Says::Nothing,
        Some(value) if cell.worst() != Some(Level::Warning) && tells(field.kind, value, text.trim(), ctx) => {
            Says::Itself
        }
        Some(_) => Says::MayBe,
    }
}

/// Whether a text is worth reading as a kind, by its characters alone: a sheet has many texts and a form many kinds.
fn may_be(kind: Kind, text: &str) -> bool {
    if clean::is_blank(text.trim()) || clean::is_none_word(text.trim()) {
        return true;
    }
    let digits = || text.chars().filter(|c| c.is_numeric()).count();
    match kind {
        Kind::Email => text.contains(['@', '＠']),
        Kind::Patent | Kind::Uscc | Kind::Phone => digits() >= LONG_NUMBER,
        Kind::Ipc => digits() >= 2,
        Kind::Code(list) | Kind::Codes(list) => {
            // Choices in Latin letters are compared without case, so only Chinese ones are told by a character.
            let names = list.codes.iter().flat_map(|choice| choice.names);
            let mut begins = names.filter_map(|name| name.chars().next()).filter(|c| !c.is_ascii());
            !text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) || begins.any(|c| text.contains(c))
        }
        _ => true,
    }
}

/// Whether a text that was read so can hardly be anything else.
fn tells(kind: Kind, value: &Value, text: &str, ctx: &Context<'_>) -> bool {
    let is_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '-'));
    match (kind, value) {
        (Kind::Patent | Kind::Uscc | Kind::Email | Kind::Phone | Kind::Region, _) => true,
        (Kind::Ipc, _) => text.chars().nth(3).is_some(),
        (Kind::Code(_) | Kind::Codes(_) | Kind::Sector, _) => {
            let folded = kernel::text::fold(text);
            !is_number && !ANYWHERE.contains(&folded.as_str())
        }
        (Kind::YesNo, _) => !is_number && !ANYWHERE.contains(&text) && !clean::is_blank(text),
        (Kind::Date { .. }, _) => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let has_marks = text.contains(['-', '/', '.', '年', '月']);
            // A bare number of five or six digits may be anything.
            digits >= 8 || (digits >= 5 && has_marks)
        }
        (Kind::Money, Value::Money(money)) => shows_money(money, text, ctx),
        (Kind::Trl, _) => text.to_ascii_lowercase().contains("trl"),
        _ => false,
    }
}

fn shows_money(money: &Money, text: &str, ctx: &Context<'_>) -> bool {
    let has_unit = text.contains(MONEY_MARKS) || !ctx.unit_hints.is_empty();
    has_unit && !matches!(money.kind, MoneyKind::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testform::FORM;

    fn fits(unit: Option<&str>, texts: &[&str]) -> Vec<Fit> {
        recognise(&FORM, unit, texts, Regions::builtin())
    }

    /// The fields that the texts tell.
    fn told(texts: &[&str]) -> Vec<&'static str> {
        let least = |fit: &Fit| fit.distinctive && fit.percent >= 80;
        fits(None, texts).into_iter().filter(least).map(|fit| fit.key).collect()
    }

    fn percent(key: &str, texts: &[&str]) -> u8 {
        let fits = fits(None, texts);
        fits.iter().find(|fit| fit.key == key).map_or(0, |fit| fit.percent)
    }

    #[test]
    fn values_tell_their_fields() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["ZL202010123456.2", "202010123456.2", "一种方法"], &[]),
            (
                &["ZL202010123456.2", "202010123456.2", "", "/", "2020101234562"],
                &["number"],
            ),
            (&["91320000MA0000007Q"], &["owner_code"]),
            (&["13800000000", "138 0000 0001", "025-84791234转802"], &["phone"]),
            (&["a@example.cn", "B@EXAMPLE.CN"], &["email"]),
            (&["G06F17/30", "H01L 21/00"], &["ipc"]),
            (&["320302", "江苏省徐州市鼓楼区", "苏州市"], &["region"]),
            (&["转让", "1.许可", "转让、作价入股", "其他", "转让；许可"], &["modes"]),
            (&["发明", "实用新型", "2、发明", "外观设计", "发明"], &["kind"]),
            (&["是", "否", "√", "Y", "是"], &["show_summary"]),
            (
                &["2020-01-15", "2020年1月15日", "2020/1/5", "20200105"],
                &["agreed", "began"],
            ),
            (&["2020-01", "2020-1", "2020年1月"], &["began"]),
            (&["50万元", "面议", "100-200万", "1.2亿"], &["price"]),
            (&["新材料", "人工智能", "IT", "高端装备制造"], &["sector"]),
            (&["TRL6", "TRL 7"], &["trl"]),
        ];
        for (texts, keys) in cases {
            assert_eq!(told(texts), *keys, "{texts:?}");
        }
    }

    #[test]
    fn plain_texts_and_bare_numbers_tell_nothing() {
        let cases: &[&[&str]] = &[
            &["一种齿轮", "一种方法", "测试系统"],
            &["张三", "李四", "王五"],
            &["徐州甲有限公司", "江苏省农业科学院", "南京大学"],
            &["江苏省南京市鼓楼区汉口路22号", "江苏省徐州市铜山区某路1号"],
            &["50", "100", "12.5"],
            &["1", "0", "1"],
            &["2020", "2021"],
            &["43831", "44000"],
            &["202001", "202112"],
            &["6", "7"],
            &["其他", "其他"],
            &["无", "无", "有"],
            &["", "/", "—"],
            &[],
        ];
        for texts in cases {
            assert_eq!(told(texts), [] as [&str; 0], "{texts:?}");
        }
        let long = "转让".repeat(60);
        assert_eq!(told(&[long.as_str()]), [] as [&str; 0]);
    }

    #[test]
    fn gaps_at_the_top_are_no_more_than_gaps() {
        let mut texts = vec!["待补"; 9];
        texts.resize(50, "ZL202010123456.2");
        assert_eq!(told(&texts), ["number"]);
        texts.reverse();
        assert_eq!(told(&texts), ["number"]);
    }

    #[test]
    fn a_unit_in_the_head_makes_numbers_money() {
        let told = fits(Some("万元"), &["50", "100", "面议"]);
        assert!(
            told.iter()
                .any(|fit| fit.key == "price" && fit.distinctive && fit.percent == 100)
        );
        assert!(!told.iter().any(|fit| fit.key != "price" && fit.distinctive));
    }

    #[test]
    fn shares_are_told_below_the_least_too() {
        assert_eq!(percent("number", &["202010123456.2", "x", "202010123456.2", "y"]), 50);
        assert_eq!(percent("number", &["x", "y", "z", "202010123456.2"]), 0);
        assert_eq!(percent("owners", &["13800000000", "025-84791234"]), 0);
        assert_eq!(percent("owners", &["甲大学", "乙公司"]), 100);
        assert!(
            fits(None, &["甲"])
                .iter()
                .all(|fit| !matches!(fit.key, "title" | "summary" | "indicators"))
        );
    }
}
