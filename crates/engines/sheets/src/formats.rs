//! Number formats, as far as they change what a number means to a reader: dates, percents, a unit written behind the
//! number, zeros before it. Decoration (colours, thousands marks, decimals) is left alone.

use calamine::NumberFormat;

use crate::cell::{Cell, is_date_serial, plain};

/// Days between the epochs of the 1900 and the 1904 date systems.
const DAYS_1904: f64 = 1462.0;
/// A unit behind a number is a word; what is longer is decoration.
const SUFFIX_CHARS_MAX: usize = 12;
/// No code is longer than this when padded with zeros.
const PADDED_DIGITS_MAX: usize = 30;
/// Elapsed times above this many days (about 30 years) are no times.
const ELAPSED_DAYS_MAX: f64 = 10_000.0;

/// What a number format makes of a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// Just the number.
    General,
    /// A date, a time of day, or both.
    Date,
    /// Hours that may pass 24.
    Elapsed,
    /// A hundredfold with a percent sign.
    Percent,
    /// A code with zeros before it, of this many digits: `000000`.
    Padded(usize),
    /// A number with this unit behind it: `0.00"万元"`.
    Suffixed(String),
}

impl Look {
    /// The look of a format code as it stands in a file; only its first section (positive numbers) counts.
    pub(crate) fn of_code(code: &str) -> Look {
        Scan::of(code).look()
    }

    /// The look of a built-in format, by number. Those that vary by country (27–36, 50–58) are dates in Chinese,
    /// Japanese and Korean editions and unused in others.
    pub(crate) fn of_builtin(id: u16) -> Look {
        match id {
            9 | 10 => Look::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Look::Date,
            46 => Look::Elapsed,
            _ => Look::General,
        }
    }

    /// The look of calamine's number format; dates among them come from calamine as dates already.
    pub(crate) fn of_format(format: Option<&NumberFormat>) -> Look {
        format.map_or(Look::General, |format| Look::of_code(&format.format_code))
    }

    /// The cell that shows `value` under this look.
    pub(crate) fn show(&self, value: f64, date1904: bool) -> Cell {
        if !value.is_finite() {
            return Cell::Error("#NUM!".to_owned());
        }
        match self {
            Look::General => Cell::Number(value),
            Look::Date => {
                let serial = if date1904 { value + DAYS_1904 } else { value };
                if is_date_serial(serial) {
                    Cell::Date(serial)
                } else {
                    Cell::Number(value)
                }
            }
            Look::Elapsed => elapsed(value),
            Look::Percent => Cell::Percent(value),
            Look::Padded(digits) => padded(value, *digits),
            Look::Suffixed(unit) => Cell::Text(format!("{}{unit}", plain(value))),
        }
    }
}

fn elapsed(days: f64) -> Cell {
    if !(0.0..ELAPSED_DAYS_MAX).contains(&days) {
        return Cell::Number(days);
    }
    let minutes = (days * 1440.0).round() as u64;
    Cell::Text(format!("{}:{:02}", minutes / 60, minutes % 60))
}

fn padded(value: f64, digits: usize) -> Cell {
    // 15 digits are all that Excel keeps; above, zeros before the number are not the question.
    let is_code = value.fract() == 0.0 && (0.0..1e15).contains(&value);
    if !is_code {
        return Cell::Number(value);
    }
    Cell::Text(format!("{:0digits$}", value as u64))
}

/// What the first section of a format code consists of.
#[derive(Default)]
struct Scan {
    is_date: bool,
    is_elapsed: bool,
    is_percent: bool,
    /// Something that the other fields don't cover: fractions, exponents, text.
    is_other: bool,
    /// Only `0`, so many of them.
    zeros: Option<usize>,
    has_digits: bool,
    /// The literal text since the last digit placeholder.
    suffix: String,
    /// A comma stands after the last digit: what is seen is a thousandth of the value.
    ends_in_comma: bool,
    /// A literal stands between two digits: `0!.0,` shows ten-thousandths, a code shows dashes.
    is_split: bool,
}

impl Scan {
    fn of(code: &str) -> Scan {
        let mut scan = Scan::default();
        let trimmed = code.trim();
        scan.zeros = (trimmed.len() >= 2 && trimmed.bytes().all(|b| b == b'0')).then_some(trimmed.len());
        let is_general = trimmed
            .get(..7)
            .is_some_and(|head| head.eq_ignore_ascii_case("general"));
        let rest = if is_general {
            trimmed.get(7..).unwrap_or("")
        } else {
            trimmed
        };
        scan.has_digits = is_general;
        let mut chars = rest.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => chars
                    .by_ref()
                    .take_while(|c| *c != '"')
                    .for_each(|c| scan.suffix.push(c)),
                // These take the next character as it is: shown, or (for `_` and `*`) as a width only.
                '\\' | '!' => scan.suffix.extend(chars.next()),
                '_' | '*' => drop(chars.next()),
                '[' => scan.bracket(&chars.by_ref().take_while(|c| *c != ']').collect::<String>()),
                _ => scan.token(c),
            }
        }
        scan
    }

    /// `[Red]`, `[>=100]` and `[$¥-804]` are decoration; `[h]` counts hours past 24.
    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        let same = |c: char| !lower.is_empty() && lower.chars().all(|x| x == c);
        self.is_elapsed |= same('h') || same('m') || same('s');
    }

    fn token(&mut self, c: char) {
        match c {
            '0' | '#' | '?' => {
                self.is_split |= self.has_digits && !self.suffix.is_empty();
                self.has_digits = true;
                self.ends_in_comma = false;
                self.suffix.clear();
            }
            ',' => self.ends_in_comma = self.has_digits,
            '.' | ' ' | '+' | '-' | '(' | ')' => {}
            '%' => self.is_percent = true,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => self.is_date = true,
            'E' | 'e' | '/' | '@' | 'G' => self.is_other = true,
            other => self.suffix.push(other),
        }
    }

    fn look(self) -> Look {
        if self.is_elapsed {
            return Look::Elapsed;
        }
        if self.is_date {
            return Look::Date;
        }
        if self.is_percent {
            return Look::Percent;
        }
        if let Some(digits) = self.zeros.filter(|digits| *digits <= PADDED_DIGITS_MAX) {
            return Look::Padded(digits);
        }
        let unit = self.suffix.trim();
        let is_word = unit.chars().any(char::is_alphabetic) && unit.chars().count() <= SUFFIX_CHARS_MAX;
        let shows_whole = !self.ends_in_comma && !self.is_split && !self.is_other;
        if self.has_digits && is_word && shows_whole {
            return Look::Suffixed(unit.to_owned());
        }
        Look::General
    }
}

#[cfg(test)]
mod tests {
    use super::Look;
    use crate::cell::Cell;

    #[test]
    fn codes_are_told_apart() {
        let unit = |unit: &str| Look::Suffixed(unit.to_owned());
        let cases = [
            ("General", Look::General),
            ("#,##0.00", Look::General),
            ("0.00E+00", Look::General),
            ("# ??/??", Look::General),
            ("@", Look::General),
            ("_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ", Look::General),
            ("0%", Look::Percent),
            ("0.00%;[Red]-0.00%", Look::Percent),
            ("yyyy\"年\"m\"月\"d\"日\"", Look::Date),
            ("[$-804]yyyy/m/d;@", Look::Date),
            ("h:mm", Look::Date),
            ("[h]:mm", Look::Elapsed),
            ("[Red]0", Look::General),
            ("000000", Look::Padded(6)),
            ("0", Look::General),
            ("0.00\"万元\"", unit("万元")),
            ("#,##0\\元", unit("元")),
            ("General\"人\"", unit("人")),
            ("0.0 万", unit("万")),
            ("0!.0,\"万元\"", Look::General),
            ("0!.0000\"万元\"", Look::General),
            ("#,##0,\"千元\"", Look::General),
            ("\"No.\"0", Look::General),
            ("", Look::General),
            ("\"never closed", Look::General),
            ("[never closed", Look::General),
            ("\\", Look::General),
        ];
        for (code, look) in cases {
            assert_eq!(Look::of_code(code), look, "{code}");
        }
    }

    #[test]
    fn values_show_under_their_look() {
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(Look::Padded(6).show(32_000.0, false), text("032000"));
        assert_eq!(Look::Padded(6).show(0.5, false), Cell::Number(0.5));
        assert_eq!(Look::Suffixed("万元".to_owned()).show(120.0, false), text("120万元"));
        assert_eq!(Look::Elapsed.show(1.5, false), text("36:00"));
        assert_eq!(Look::Elapsed.show(-1.5, false), Cell::Number(-1.5));
        assert_eq!(Look::Date.show(42_369.0, true), Cell::Date(43_831.0));
        assert_eq!(Look::Date.show(-3.0, false), Cell::Number(-3.0));
        assert_eq!(
            Look::General.show(f64::INFINITY, false),
            Cell::Error("#NUM!".to_owned())
        );
    }
}
