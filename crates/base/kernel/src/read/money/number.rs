//! Numbers in statements of money: `1,200,000`, `1.5`, 叁万玖仟贰佰元整, `1亿2000万`, `50余万`, `1.2E+6`.

/// The decimals that a number is kept with, as a power of ten. A fen of an amount stated in 亿元 is the tenth decimal.
pub(super) const SCALE: i128 = 1_000_000_000_000;
/// Decimals kept.
const DECIMALS: usize = 12;
/// Most digits before the point; with the decimals and two units of 亿 they fill 128 bits.
const MAX_WHOLE_DIGITS: usize = 18;
/// Greatest exponent of a number in scientific notation.
const MAX_EXPONENT: u32 = 15;

const WAN: i128 = 10_000;
const YI: i128 = 100_000_000;

/// A number as it stands in the text, with the unit that follows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Number {
    /// The value times [`SCALE`], in yuan if a unit is there.
    pub value: i128,
    /// Whether a unit is there: 万, 亿, 元, or 千 behind Arabic digits.
    pub explicit: bool,
    /// Whether 元 is there.
    pub has_yuan: bool,
    /// The multiplier that stands last before 元 or the end: 10,000 of `100万元`; 1 if there is none.
    pub trailing: i128,
    /// Whether Chinese tens, hundreds or thousands stand within the number.
    pub inner_units: bool,
    /// Whether there are Arabic digits.
    pub arabic: bool,
    /// All multipliers before 元 or the end, if the number is digits and multipliers and no more: 1,000,000 of `5百万`.
    /// Else the same as `trailing`.
    pub chain: i128,
    /// Whether a multiplier is followed by further digits and multipliers: `1亿5千万`.
    pub compound: bool,
    /// 余, 多: something more than the number.
    pub approx: bool,
    /// `200+万`: the number or more.
    pub or_more: bool,
    /// Written as `1.2E+6`.
    pub scientific: bool,
    /// Decimals were cut off.
    pub inexact: bool,
    /// Digits hang behind 万 or 亿 whose unit is not sure: `10万5`.
    pub unclear: bool,
    /// 十几: the number says only about how much.
    pub vague: bool,
    /// Beyond what any amount can be.
    pub overflow: bool,
}

/// The digit that a Chinese character stands for.
fn han_digit(c: char) -> Option<i128> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '參' | '叄' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The multiplier within a group of four digits.
fn small_unit(c: char) -> Option<i128> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// Words that multiply Arabic digits, besides the Chinese units; a longer one before one that it begins with.
const LATIN_UNITS: &[(&str, i128)] = &[
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("thousand", 1000),
    ("mn", 1_000_000),
    ("k", 1000),
    ("w", WAN),
];

/// What was read of a number so far.
#[derive(Default)]
struct State {
    out: Number,
    /// The value above the present group of four digits.
    total: i128,
    /// The value of the present group.
    section: i128,
    /// The digits that no unit follows yet.
    digits: Option<i128>,
    /// Chinese digits read one after the other just now.
    han_run: usize,
    /// Whether a zero stood before the present digits: 一万零五.
    after_zero: bool,
    /// How many runs of digits were read.
    runs: usize,
    /// The multiplier within the present group that stands last.
    small: i128,
    /// Whether a run of digits had decimals.
    decimals: bool,
}

/// The number at the beginning of the text (in lower case), and how many bytes it takes with its unit.
pub(super) fn scan(text: &str) -> Option<(Number, usize)> {
    let mut state = State {
        out: Number {
            trailing: 1,
            chain: 1,
            ..Number::default()
        },
        ..State::default()
    };
    let mut at = 0;
    while let Some(length) = state.step(&text[at..]) {
        at += length;
    }
    if at == 0 || (state.digits.is_none() && !state.out.explicit && !state.out.inner_units && !state.out.overflow) {
        return None;
    }
    // Digits of both scripts side by side: 五0万.
    let behind = text[at..].chars().next();
    state.out.unclear |= behind.is_some_and(|c| c.is_ascii_digit() || (state.out.arabic && han_digit(c).is_some()));
    at += state.money_unit(&text[at..]);
    let whole = state
        .total
        .checked_add(state.section)
        .and_then(|sum| sum.checked_add(state.digits.unwrap_or(0)));
    match whole.and_then(|whole| state.out.value.checked_add(whole)) {
        Some(value) => state.out.value = value,
        None => state.out.overflow = true,
    }
    // 10万5, 一千五: colloquially the last digit counts in the next lower unit.
    let hanging = (state.total > 0 && state.section == 0 || state.small >= 100) && state.digits.is_some();
    state.out.unclear |= hanging && !state.after_zero && !state.out.has_yuan;
    // 3.5万5千: nobody can mean that.
    state.out.unclear |= state.decimals && state.runs > 1;
    if state.runs > 1 {
        state.out.compound |= state.out.trailing >= WAN && state.out.chain > state.out.trailing;
        state.out.chain = state.out.trailing;
    }
    Some((state.out, at))
}

impl State {
    /// Reads one digit, group of digits or multiplier; none at the end of the number.
    fn step(&mut self, text: &str) -> Option<usize> {
        let c = text.chars().next()?;
        if c.is_ascii_digit() {
            return self.arabic(text);
        }
        if let Some(digit) = han_digit(c) {
            return self.han(digit, text);
        }
        let spaces = text.len() - text.trim_start_matches(' ').len();
        let rest = &text[spaces..];
        let started = self.digits.is_some() || self.section > 0;
        let c = rest.chars().next()?;
        if spaces > 0 && !started {
            return None;
        }
        if let Some(length) = self.more_or_less(rest, c) {
            return Some(spaces + length);
        }
        if let Some(unit) = small_unit(c) {
            // 十 alone is ten; 百 and 千 need a digit before them.
            let digits = self.digits.or((unit == 10 && self.section == 0).then_some(SCALE))?;
            if self.out.arabic {
                self.out.explicit = true;
            }
            self.out.inner_units = true;
            self.out.trailing = unit;
            self.out.chain = self.out.chain.saturating_mul(unit);
            self.small = unit;
            self.section = self.bounded(
                digits
                    .checked_mul(unit)
                    .and_then(|value| self.section.checked_add(value)),
            );
            self.digits = None;
            self.end_run();
            return Some(spaces + c.len_utf8());
        }
        // 2个亿
        let counter = match rest.strip_prefix('个') {
            Some(behind) if behind.starts_with(['万', '亿']) => '个'.len_utf8(),
            _ => 0,
        };
        let c = rest[counter..].chars().next()?;
        match c {
            '万' | '萬' if started => self.multiply(WAN),
            '亿' | '億' if started || self.total > 0 => self.multiply(YI),
            _ => return self.latin_unit(rest).map(|length| spaces + length),
        }
        Some(spaces + counter + c.len_utf8())
    }

    /// Takes the group so far times 万, or all so far times 亿.
    fn multiply(&mut self, unit: i128) {
        let group = self.section.saturating_add(self.digits.unwrap_or(0));
        self.total = if unit == WAN {
            self.bounded(group.checked_mul(unit).and_then(|value| self.total.checked_add(value)))
        } else {
            self.bounded(self.total.checked_add(group).and_then(|sum| sum.checked_mul(unit)))
        };
        self.section = 0;
        self.digits = None;
        self.after_zero = false;
        self.small = 0;
        self.end_run();
        self.out.explicit = true;
        self.out.trailing = unit;
        self.out.chain = self.out.chain.saturating_mul(unit);
    }

    /// Ends a run of Chinese digits at a unit. Two of them without a zero are a guess: 两三万.
    fn end_run(&mut self) {
        self.out.vague |= self.han_run == 2;
        self.han_run = 0;
    }

    fn bounded(&mut self, value: Option<i128>) -> i128 {
        self.out.overflow |= value.is_none();
        value.unwrap_or(0)
    }

    /// A Chinese digit, or decimals behind 点.
    fn han(&mut self, digit: i128, text: &str) -> Option<usize> {
        if self.digits.is_some() && self.han_run == 0 {
            return None;
        }
        self.after_zero |= digit == 0 && self.digits.is_none();
        self.runs += usize::from(self.digits.is_none() && digit > 0);
        let before = self.digits.unwrap_or(0);
        let next = before
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit * SCALE));
        self.digits = Some(self.bounded(next));
        // A zero makes the run longer than any guess.
        self.han_run += if digit == 0 { 10 } else { 1 };
        let mut length = text.chars().next()?.len_utf8();
        if let Some(rest) = text[length..].strip_prefix('点') {
            let mut unit = SCALE / 10;
            let mut decimals = 0;
            for (c, digit) in rest.chars().map_while(|c| han_digit(c).map(|digit| (c, digit))) {
                decimals += digit * unit;
                unit /= 10;
                length += c.len_utf8();
            }
            if unit < SCALE / 10 {
                self.decimals = true;
                length += '点'.len_utf8();
                self.digits = self.digits.map(|value| value + decimals);
                self.han_run = 0;
            }
        }
        Some(length)
    }

    /// Arabic digits with separators of thousands, decimals and an exponent.
    fn arabic(&mut self, text: &str) -> Option<usize> {
        if self.digits.is_some() {
            return None;
        }
        let (whole, mut at) = grouped_digits(text);
        let mut decimals = "";
        if let Some(rest) = text[at..].strip_prefix('.') {
            let length = digit_count(rest);
            decimals = &rest[..length];
            at += if length > 0 { length + 1 } else { 0 };
        }
        let whole = whole.trim_start_matches('0');
        self.out.overflow |= whole.len() > MAX_WHOLE_DIGITS;
        let kept = &decimals[..decimals.len().min(DECIMALS)];
        self.out.inexact |= decimals[kept.len()..].bytes().any(|byte| byte != b'0');
        let parsed = if self.out.overflow {
            None
        } else {
            format!("{whole}{kept:0<DECIMALS$}").parse::<i128>().ok()
        };
        let mut value = self.bounded(parsed);
        if let Some((exponent, length)) = exponent(&text[at..]) {
            at += length;
            self.out.scientific = true;
            let power = 10_i128.pow(exponent.unsigned_abs().min(MAX_EXPONENT));
            self.out.overflow |= exponent.unsigned_abs() > MAX_EXPONENT;
            value = if exponent < 0 {
                value / power
            } else {
                self.bounded(value.checked_mul(power))
            };
        }
        self.digits = Some(value);
        self.out.arabic = true;
        self.runs += 1;
        self.decimals |= !decimals.is_empty();
        self.han_run = 0;
        Some(at)
    }

    /// 余, 多 and 几 behind digits: more than they say.
    fn more_or_less(&mut self, rest: &str, c: char) -> Option<usize> {
        let started = self.digits.is_some() || self.section > 0 || self.total > 0;
        let next = rest[c.len_utf8()..].trim_start().chars().next();
        let unit_next = next.is_some_and(|c| matches!(c, '万' | '亿' | '元' | '百' | '千'));
        if !started || !(unit_next || next.is_none()) {
            return None;
        }
        match c {
            '+' if unit_next && self.out.arabic => self.out.or_more = true,
            '余' | '多' | '来' => self.out.approx = true,
            '几' | '数' => self.out.vague = true,
            _ => return None,
        }
        Some(c.len_utf8())
    }

    fn latin_unit(&mut self, rest: &str) -> Option<usize> {
        let digits = self.digits.filter(|_| self.out.arabic)?;
        let (word, unit) = LATIN_UNITS.iter().find(|(word, _)| rest.starts_with(word))?;
        if rest[word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        self.total = self.bounded(
            digits
                .checked_mul(*unit)
                .and_then(|value| self.total.checked_add(value)),
        );
        self.digits = None;
        self.out.explicit = true;
        self.out.trailing = *unit;
        self.out.chain = self.out.chain.saturating_mul(*unit);
        Some(word.len())
    }

    /// 元 with 角, 分 and 整 behind it; or 角 and 分 alone. How many bytes they take.
    fn money_unit(&mut self, text: &str) -> usize {
        let mut rest = text.trim_start_matches(' ');
        let yuan = ["元", "圆", "圓", "块钱", "块", "yuan"]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        if let Some(behind) = yuan {
            rest = behind;
            self.out.has_yuan = true;
            self.out.explicit = true;
            self.end_run();
        } else {
            // 伍角整: the digits read so far are of 角 or 分, not of 元.
            return self.small_coins_alone(text);
        }
        rest = self.coin(rest, &['角', '毛'], SCALE / 10);
        rest = self.coin(rest, &['分'], SCALE / 100);
        rest = rest.strip_prefix(['整', '正']).unwrap_or(rest);
        text.len() - rest.len()
    }

    /// A digit and a coin's name, at the beginning of the text; what stands behind them.
    fn coin<'t>(&mut self, text: &'t str, names: &[char], worth: i128) -> &'t str {
        let digits = text.strip_prefix('零').unwrap_or(text);
        let mut chars = digits.chars();
        let digit = chars
            .next()
            .and_then(|c| han_digit(c).or_else(|| c.to_digit(10).map(i128::from)));
        match (digit, chars.as_str().strip_prefix(names)) {
            (Some(digit), Some(rest)) => {
                self.out.value += digit * worth / SCALE * SCALE + digit * worth % SCALE;
                rest
            }
            _ => text,
        }
    }

    fn small_coins_alone(&mut self, text: &str) -> usize {
        // Of Arabic digits 5角 is money; 85分 are points.
        let coin = self.han_run > 0 || (self.out.arabic && text.starts_with(['角', '毛']));
        let one_digit = self.total == 0 && self.section == 0 && coin;
        let Some(digit) = self.digits.filter(|digit| one_digit && *digit < 10 * SCALE) else {
            return 0;
        };
        let (worth, behind) = match (text.strip_prefix(['角', '毛']), text.strip_prefix('分')) {
            (Some(behind), _) => (10, behind),
            (None, Some(behind)) => (100, behind),
            (None, None) => return 0,
        };
        // 五分之一 is no money; 伍分, 伍角整 and 伍角贰分 are.
        let behind = if worth == 10 {
            self.coin(behind, &['分'], SCALE / 100)
        } else {
            behind
        };
        let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        let behind = behind.strip_prefix(['整', '正']).unwrap_or(behind);
        if !ends(behind) {
            self.out.value = 0;
            return 0;
        }
        self.digits = Some(digit / worth);
        self.out.has_yuan = true;
        self.out.explicit = true;
        text.len() - behind.len()
    }
}

fn digit_count(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// How digits are grouped: the separator, the digits of a group, and the fewest groups that make it sure. One space
/// before three digits may as well part two numbers.
const GROUPINGS: &[(char, usize, usize)] = &[(',', 3, 1), ('\'', 3, 1), (' ', 3, 2), (',', 4, 1)];

/// The digits before the point without the separators of their groups, and how many bytes they take.
fn grouped_digits(text: &str) -> (String, usize) {
    let first = digit_count(text);
    for &(separator, size, fewest) in GROUPINGS {
        let mut at = first;
        let mut digits = text[..first].to_owned();
        let mut groups = 0;
        while let Some(rest) = text[at..].strip_prefix(separator)
            && digit_count(rest) == size
        {
            digits.push_str(&rest[..size]);
            at += separator.len_utf8() + size;
            groups += 1;
        }
        // Digits in another number behind a further separator: these are no groups but a list.
        let goes_on = text[at..]
            .strip_prefix(separator)
            .is_some_and(|rest| digit_count(rest) > 0);
        if first <= size && groups >= fewest && !goes_on {
            return (digits, at);
        }
    }
    (text[..first].to_owned(), first)
}

/// The exponent of scientific notation at the beginning of the text, and its length.
fn exponent(text: &str) -> Option<(i32, usize)> {
    let rest = text.strip_prefix('e')?;
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let length = digit_count(rest);
    let value: i32 = rest[..length].parse().ok()?;
    Some((sign * value, text.len() - rest.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn value(text: &str) -> (i128, &str) {
        let (number, length) = scan(text).unwrap();
        assert!(!number.overflow && !number.unclear, "{text}: {number:?}");
        (number.value / (SCALE / 100), &text[length..])
    }

    #[test]
    fn reads_numbers_of_both_scripts() {
        for (text, fen, rest) in [
            ("1,200,000元", 120_000_000, ""),
            ("120,0000", 120_000_000, ""),
            ("1 200 000", 120_000_000, ""),
            ("1200000", 120_000_000, ""),
            ("50 100", 5_000, " 100"),
            ("12,34", 1_200, ",34"),
            ("0.5亿", 5_000_000_000, ""),
            ("1亿2000万", 12_000_000_000, ""),
            ("12万5千", 12_500_000, ""),
            ("10万500元", 10_050_000, ""),
            ("5千", 500_000, ""),
            ("50w", 50_000_000, ""),
            ("1.5 million", 150_000_000, ""),
            ("叁万玖仟贰佰元整", 3_920_000, ""),
            ("肆万元整", 4_000_000, ""),
            ("贰拾万元整", 20_000_000, ""),
            ("壹亿零壹拾万零壹拾元整", 10_010_001_000, ""),
            ("一万零五", 1_000_500, ""),
            ("壹佰元零伍分", 10_005, ""),
            ("壹佰元伍角整", 10_050, ""),
            ("伍角整", 50, ""),
            ("伍分", 5, ""),
            ("伍角贰分", 52, ""),
            ("十五万", 15_000_000, ""),
            ("三点五万", 3_500_000, ""),
            ("二〇", 2_000, ""),
            ("一二〇万", 120_000_000, ""),
            ("1.2e+6", 120_000_000, ""),
            ("100 万", 100_000_000, ""),
        ] {
            assert_eq!(value(text), (fen, rest), "{text}");
        }
    }

    #[test]
    fn tells_what_is_not_plain() {
        assert!(scan("10万5").unwrap().0.unclear);
        assert!(scan("50余万元").unwrap().0.approx);
        assert!(scan("十几万").unwrap().0.vague);
        assert!(scan("99999999999999999999").unwrap().0.overflow);
        assert!(scan("999999999亿亿亿").unwrap().0.overflow);
        assert!(scan("1e99").unwrap().0.overflow);
        for vague in ["两三万", "二三十万", "三五千元", "七八元"] {
            assert!(scan(vague).unwrap().0.vague, "{vague}");
        }
        assert!(scan("五0万").unwrap().0.unclear && scan("5五万").unwrap().0.unclear);
        for none in ["万元", "百万", "元", "", "abc", ".5"] {
            assert!(scan(none).is_none(), "{none}");
        }
    }
}
