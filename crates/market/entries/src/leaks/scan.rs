//! Finds numbers, addresses and marks in a normalised text.

use kernel::{PatentNo, Uscc};

/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;
/// Fewest digits of a number with its area code, or of a service line.
const PHONE_DIGITS_MIN: usize = 10;
/// Digits of a fixed number without its area code.
const FIXED_DIGITS: std::ops::RangeInclusive<usize> = 7..=8;
/// Fewest and most digits of a patent number without its check digit's dot.
const PATENT_DIGITS: [usize; 2] = [9, 13];
/// Endings of web addresses that are met here. Country codes that are also words or units are left out.
const TOPS: [&str; 18] = [
    "com", "cn", "net", "org", "edu", "gov", "top", "tech", "ltd", "info", "xin", "shop", "site", "vip", "cc", "club",
    "online", "cloud",
];
/// What stands before an account of a messenger.
const ACCOUNTS: [&str; 7] = ["公众号", "微信号", "微信", "QQ号", "QQ", "QQ群", "小程序"];
/// Characters before 牌 that make an ordinary word of it.
const PLAIN_PLATES: &str =
    "金银铜招铭标车号吊名品路告王大工门示令挂摘授揭老贴杂盾奖站克腰桌骨纸打洗发底摊出子电灯水木竹胸坐座警吊屏";
/// Characters that end what stands before a brand.
const BEFORE_BRAND: &str = "的为用与和产名购是将以由或及";
/// Fewest and most characters of a brand before 牌.
const BRAND_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// A telephone number: mobile, or fixed with its area code, or of a service line.
pub(super) fn phone(text: &str) -> Option<String> {
    // The shortest that is told, a fixed number, has an area code of three.
    if text.bytes().filter(u8::is_ascii_digit).count() < PHONE_DIGITS_MIN {
        return None;
    }
    mobile(text).or_else(|| fixed(text))
}

fn mobile(text: &str) -> Option<String> {
    digit_runs(text).into_iter().find(|run| {
        let run = run
            .strip_prefix("86")
            .filter(|rest| rest.len() == MOBILE_DIGITS)
            .unwrap_or(run);
        let mut digits = run.bytes();
        run.len() == MOBILE_DIGITS
            && digits.next() == Some(b'1')
            && digits.next().is_some_and(|d| (b'3'..=b'9').contains(&d))
    })
}

/// Runs of digits in a text, spaces and hyphens between digits left out.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for c in text.chars() {
        match c {
            '0'..='9' => {
                if let Some(run) = runs.last_mut() {
                    run.push(c);
                }
            }
            ' ' | '-' => {}
            _ if runs.last().is_some_and(|run| !run.is_empty()) => runs.push(String::new()),
            _ => {}
        }
    }
    runs
}

/// `025-84312345`, `(0512)56781234`, `400-820-1234`.
fn fixed(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let joined = |at: usize| {
        at.checked_sub(1)
            .is_some_and(|before| digit(before) || chars.get(before) == Some(&'.'))
    };
    (0..chars.len()).filter(|at| digit(*at) && !joined(*at)).find_map(|at| {
        let rest = chars.get(at..)?;
        let area = area_code(rest)?;
        let gap = rest
            .iter()
            .skip(area)
            .take_while(|c| matches!(c, ')' | '-' | ' '))
            .count();
        let number: Vec<char> = rest
            .iter()
            .skip(area + gap)
            .copied()
            .take_while(|c| c.is_ascii_digit() || *c == '-')
            .collect();
        let digits = number.iter().filter(|c| c.is_ascii_digit()).count();
        let first = number.first()?;
        let fits = if rest.first() == Some(&'0') {
            // An area code stands apart from its number or makes ten to twelve digits with it.
            FIXED_DIGITS.contains(&digits) && ('2'..='8').contains(first)
        } else {
            digits == 7 && (gap > 0 || number.contains(&'-'))
        };
        let after = rest.get(area + gap + number.len());
        let ends = after.is_none_or(|c| !c.is_ascii_alphanumeric() && *c != '.' && *c != '%');
        (fits && ends).then(|| rest.iter().take(area + gap + number.len()).collect())
    })
}

/// The length of an area code or of a service line's head that a text begins with.
fn area_code(rest: &[char]) -> Option<usize> {
    match rest {
        ['0', '1', '0', ..] | ['0', '2', '0'..='9', ..] | ['4' | '8', '0', '0', ..] => Some(3),
        ['0', '3'..='9', '0'..='9', '0'..='9', ..] => Some(4),
        _ => None,
    }
}

/// A mail address.
pub(super) fn mail(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || "._%+-@".contains(c);
    text.split(|c: char| !word(c))
        .map(|w| w.trim_matches('.'))
        .find_map(|w| {
            let (name, host) = w.split_once('@')?;
            let top = host.rsplit_once('.')?.1;
            (!name.is_empty() && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic())).then(|| w.to_owned())
        })
}

/// A web address, or an account of a messenger.
pub(super) fn web(text: &str) -> Option<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || "._-/:@?=&%#".contains(c);
    // Most texts have no dot, which is soon seen.
    if !text.contains('.') {
        return account(text);
    }
    let address = text
        .split(|c: char| !word(c))
        .map(|w| w.trim_matches(|c: char| ".:/-".contains(c)))
        .find(|w| is_address(w));
    address.map(str::to_owned).or_else(|| account(text))
}

fn is_address(word: &str) -> bool {
    if !word.contains('.') {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    if lower.starts_with("http:") || lower.starts_with("https:") || lower.starts_with("www.") {
        return lower.contains('.');
    }
    // A mail address is found as such.
    if lower.contains('@') {
        return false;
    }
    let host = lower.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let names: Vec<&str> = labels.collect();
    let is_label = |label: &&str| {
        let has_letter = label.bytes().any(|b| b.is_ascii_alphabetic());
        label.len() >= 2 && has_letter && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    TOPS.contains(&top) && !names.is_empty() && names.iter().all(is_label)
}

/// `公众号：某某`, `微信号 abc_123`: a messenger's word is common in texts on software, so a sign and a name must follow.
fn account(text: &str) -> Option<String> {
    ACCOUNTS.iter().find_map(|word| {
        text.match_indices(word).find_map(|(at, _)| {
            let rest = text.get(at + word.len()..)?;
            let body = rest.trim_start();
            let named = body
                .strip_prefix(':')
                .map(str::trim_start)
                .is_some_and(|name| !name.is_empty());
            let quoted = body.starts_with(['“', '「', '《', '"']) && word.ends_with('号');
            let mut id = body
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c));
            let spelt = id.by_ref().count() >= 5 && body.chars().take(5).any(|c| c.is_ascii_digit() || c == '_');
            let end = |c: char| "，。；,;、)）".contains(c);
            let body: String = body.chars().take_while(|c| !end(*c)).collect();
            (named || quoted || spelt).then(|| format!("{word}{body}"))
        })
    })
}

/// A right patent number, with `ZL` or `CN` in front or thirteen digits long: nine digits alone are often something else.
pub(super) fn patent(text: &str) -> Option<String> {
    let plain: String = text.to_uppercase().chars().filter(|c| *c != ' ').collect();
    let bytes = plain.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        if !is_digit(at) || at.checked_sub(1).is_some_and(is_digit) {
            at += 1;
            continue;
        }
        let rest = plain.get(at..).unwrap_or_default();
        let length = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'X'))
            .count();
        let digits: String = rest.chars().take(length).filter(|c| *c != '.').collect();
        let marked = plain
            .get(..at)
            .is_some_and(|head| head.ends_with("ZL") || head.ends_with("CN"));
        if PATENT_DIGITS.contains(&digits.len())
            && (marked || digits.len() == PATENT_DIGITS[1])
            && let Some(number) = PatentNo::new(&digits)
        {
            return Some(number.to_string());
        }
        at += length.max(1);
    }
    None
}

/// A right 统一社会信用代码.
pub(super) fn uscc(text: &str) -> Option<String> {
    const CHARS: usize = 18;
    let codes = text.split(|c: char| !c.is_ascii_alphanumeric());
    codes
        .filter(|word| word.len() == CHARS)
        .find_map(|word| Uscc::new(&word.to_uppercase()).map(|c| c.to_string()))
}

/// A trademark or a brand: `某某®`, `“某某”牌`, `采用长城牌润滑脂`.
pub(super) fn mark(text: &str) -> Option<String> {
    registered(text).or_else(|| quoted(text)).or_else(|| plain(text))
}

fn registered(text: &str) -> Option<String> {
    let at = text.find(['®', '™'])?;
    let (head, tail) = text.split_at(at);
    let word: String = last_word(head.trim_end());
    tail.chars().next().map(|sign| format!("{word}{sign}"))
}

/// The letters that a text ends with.
fn last_word(text: &str) -> String {
    let word: Vec<char> = text
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    word.into_iter().rev().collect()
}

fn quoted(text: &str) -> Option<String> {
    text.match_indices('牌').find_map(|(at, _)| {
        let head = text.get(..at)?;
        let head = head.strip_suffix('品').unwrap_or(head);
        let open = match head.chars().last()? {
            '”' => '“',
            '」' => '「',
            '"' => '"',
            _ => return None,
        };
        let inner = head.get(..head.char_indices().last()?.0)?;
        let name = inner.get(inner.rfind(open)? + open.len_utf8()..)?;
        (!name.is_empty()).then(|| format!("“{name}”牌"))
    })
}

/// A brand without quotes: a word of its own before 牌 that no ordinary word ends so.
fn plain(text: &str) -> Option<String> {
    text.match_indices('牌').find_map(|(at, _)| {
        let head: Vec<char> = text.get(..at)?.chars().rev().collect();
        if PLAIN_PLATES.contains(*head.first()?) {
            return None;
        }
        let is_inner = |c: &&char| matches!(**c, '\u{4E00}'..='\u{9FFF}') && !BEFORE_BRAND.contains(**c);
        let name: Vec<char> = head.iter().take_while(is_inner).copied().collect();
        BRAND_CHARS
            .contains(&name.len())
            .then(|| name.iter().rev().collect::<String>() + "牌")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::text::normalise;

    #[test]
    fn telephone_numbers_are_seen() {
        let phone = |text: &str| phone(&normalise(text));
        assert_eq!(phone("请致电 138 1396 0527 联系").as_deref(), Some("13813960527"));
        assert_eq!(phone("（＋86）138-1396-0527").as_deref(), Some("13813960527"));
        assert_eq!(phone("＋86 138-1396-0527").as_deref(), Some("8613813960527"));
        assert_eq!(phone("电话025-84312345转8012").as_deref(), Some("025-84312345"));
        assert_eq!(phone("（0512）56781234").as_deref(), Some("0512)56781234"));
        assert_eq!(phone("热线：400-820-1234。").as_deref(), Some("400-820-1234"));
        for text in [
            "寿命 13813960527123 次",
            "转速 12000 r/min",
            "齿向变形 0.05–0.06 mm，磨齿余量0.0512345 mm",
            "年产 4008201234 件",
            "GB/T 0312-2345 号",
            "编号 BK20181406、61974381",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_seen() {
        let web = |text: &str| web(&normalise(text));
        assert_eq!(mail("写信至 huoqm@example.com。").as_deref(), Some("huoqm@example.com"));
        assert_eq!(mail("精度@25℃"), None);
        assert_eq!(
            web("见 https://gear.example.com/a?b=1 。").as_deref(),
            Some("https://gear.example.com/a?b=1")
        );
        assert_eq!(web("官网www.gear-china.cn").as_deref(), Some("www.gear-china.cn"));
        assert_eq!(web("详见gear.com.cn。").as_deref(), Some("gear.com.cn"));
        assert_eq!(web("关注公众号：齿轮之家，").as_deref(), Some("公众号:齿轮之家"));
        assert_eq!(web("加微信号 gear_2023 咨询").as_deref(), Some("微信号gear_2023 咨询"));
        for text in [
            "基于微信公众号的预约系统",
            "采用 Node.js 与 Vue.js",
            "写信至 huoqm@example.com",
            "压力 1.2.cn3、3.com",
            "微信小程序端与后台",
        ] {
            assert_eq!(web(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_that_lead_to_an_owner_are_seen() {
        assert_eq!(
            patent("已有专利ZL 2020 1 0123456.2 一件").as_deref(),
            Some("ZL202010123456.2")
        );
        assert_eq!(patent("编号202010123456.7"), None);
        assert_eq!(patent("年产 954432187 件"), None);
        assert_eq!(uscc("代码12320000MA0000007X。").as_deref(), Some("12320000MA0000007X"));
        assert_eq!(uscc("批号12320000MA0000007A"), None);
    }

    #[test]
    fn marks_are_told_from_plates() {
        assert_eq!(mark("选用 Tantai® 轴承").as_deref(), Some("Tantai®"));
        assert_eq!(mark("“澹台”牌齿轮箱").as_deref(), Some("“澹台”牌"));
        assert_eq!(mark("自有“澹台”品牌").as_deref(), Some("“澹台”牌"));
        assert_eq!(mark("现采用长城牌润滑脂").as_deref(), Some("长城牌"));
        for text in [
            "车牌识别、铭牌与标牌",
            "打造自主品牌",
            "获得金牌",
            "新三板挂牌企业",
            "广告牌亮度",
            "扑克牌",
        ] {
            assert_eq!(mark(text), None, "{text}");
        }
    }
}
