//! What stands around a date: weekdays, times of day, words such as 截至 and 前.

/// Words before a date, which say something about it that the form's field says already. Longer ones first.
const BEFORE: &[&str] = &[
    "截止到",
    "截止",
    "截至",
    "预计",
    "计划",
    "大约",
    "约",
    "拟",
    "于",
    "至",
    "公元",
    "不迟于",
    "不晚于",
    "最迟",
    "最晚",
    "~",
    "by ",
    "before ",
];
/// Words behind a date.
const BEHIND: &[&str] = &[
    "申请", "授权", "公告", "签订", "之前", "以前", "之后", "以后", "前后", "左右", "为止", "截止", "完成", "前", "后",
    "起", "止", "内", "至",
];
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const SHORT_WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The text without 星期三, （周三）, Wednesday.
pub(super) fn without_weekday(text: &str) -> String {
    let mut out = text.to_owned();
    for word in ["星期", "周", "礼拜"] {
        if let Some(at) = out.find(word) {
            let end = at + word.len();
            let day = out[end..].chars().next().filter(|c| "一二三四五六日天".contains(*c));
            if let Some(day) = day {
                out.replace_range(at..end + day.len_utf8(), " ");
            }
        }
    }
    for word in WEEKDAYS.iter().chain(SHORT_WEEKDAYS) {
        // As a word of its own, so that the first letters of others stay.
        let is_word = |c: char| !c.is_ascii_alphabetic();
        if out.split(is_word).any(|piece| piece == *word) {
            out = out.replacen(word, " ", 1);
        }
    }
    crate::text::normalise(&out.replace("( )", " ").replace("()", " "))
        .trim_matches([' ', ','])
        .to_owned()
}

/// The part before a time of day, and the time: `2020/1/1 0:00`, `下午2:06`, `14时06分`.
pub(super) fn split_time(text: &str) -> (&str, Option<&str>) {
    let Some(mark) = text.find([':', '时', '点']) else {
        return (text, None);
    };
    let before = &text[..mark];
    let hour_digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let hour_start = mark - hour_digits;
    let before_hour = before[..hour_start].trim_end_matches(' ');
    let half_day = ["上午", "下午", "晚上", "中午", "凌晨"]
        .iter()
        .find(|word| before_hour.ends_with(**word));
    let start = half_day.map_or(hour_start, |word| before_hour.len() - word.len());
    let day_ends = before[..start].ends_with([' ', 't', '日', '号']);
    let is_time =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'a' | 'p' | 'm' | '时' | '点' | '分' | '秒');
    if !day_ends || !(1..=2).contains(&hour_digits) || !text[hour_start..].chars().all(is_time) {
        return (text, None);
    }
    (before[..start].trim_end_matches([' ', 't']), Some(&text[start..]))
}

/// The text without the words around a date, and whether there were any.
pub(super) fn without_words(text: &str) -> (&str, bool) {
    let mut rest = text.trim_matches([' ', '。', '.', ',', ';', '(', ')']);
    let mut any = false;
    loop {
        let shorter = BEFORE.iter().find_map(|word| rest.strip_prefix(word));
        let shorter = shorter.or_else(|| BEHIND.iter().find_map(|word| rest.strip_suffix(word)));
        match shorter {
            Some(shorter) => rest = shorter.trim_matches([' ', '。', '.', ',', ';']),
            None => return (rest, any),
        }
        any = true;
    }
}

/// The text with plain dashes, where long ones part three numbers as in one date: `2020—01—01`.
pub(super) fn with_plain_dashes(text: &str) -> String {
    let parts: Vec<&str> = text.split(['—', '–']).map(str::trim).collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if digits && matches!(widths.as_slice(), [4, 1 | 2, 1 | 2]) {
        parts.join("-")
    } else {
        text.to_owned()
    }
}

/// Whether the text holds two dates, from one to another.
pub(super) fn is_range(text: &str) -> bool {
    let parted = |mark: &str| {
        text.split_once(mark).is_some_and(|(from, to)| {
            from.bytes().any(|byte| byte.is_ascii_digit()) && to.bytes().any(|byte| byte.is_ascii_digit())
        })
    };
    let dash_between = text.split_once('-').is_some_and(|(from, to)| {
        // 2020.1-2022.12 and 2020-2022; but 2020-01 is a month.
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_day = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (from, to) = (from.trim(), to.trim());
        from.contains(['.', '/', '年', '月']) || (is_year(from) && is_year(to)) || (is_day(from) && is_day(to))
    });
    ["至", "~", "～", "—", "–", "到", " to "].into_iter().any(parted) || dash_between || text.matches('年').count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_what_stands_around() {
        assert_eq!(without_weekday("2020年1月1日(星期三)"), "2020年1月1日");
        assert_eq!(without_weekday("wednesday, jan 1 2020"), "jan 1 2020");
        assert_eq!(split_time("2020/1/1 0:00"), ("2020/1/1", Some("0:00")));
        assert_eq!(split_time("2020年1月1日14:30"), ("2020年1月1日", Some("14:30")));
        assert_eq!(split_time("截止日期: 2020"), ("截止日期: 2020", None));
        assert_eq!(without_words("截至2023年底前"), ("2023年底", true));
        assert!(is_range("2020.1-2022.12") && !is_range("2020-01-01") && !is_range("2020-01"));
    }
}
