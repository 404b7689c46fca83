//! Capital numerals (大写), as cheques and contracts have them.

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const WAN: u64 = 10_000;
const YI: u64 = 100_000_000;

/// The amount of fen in capital numerals, for example `叁万玖仟贰佰元整`.
pub(super) fn upper(fen: i64) -> String {
    let mut out = String::new();
    if fen < 0 {
        out.push('负');
    }
    let fen = fen.unsigned_abs();
    let (yuan, jiao, rest) = (fen / 100, (fen / 10 % 10) as usize, (fen % 10) as usize);
    if yuan > 0 || fen == 0 {
        whole(yuan, &mut out);
        out.push('元');
    }
    if jiao > 0 {
        out.push(DIGITS[jiao]);
        out.push('角');
    } else if rest > 0 && yuan > 0 {
        out.push('零');
    }
    if rest > 0 {
        out.push(DIGITS[rest]);
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

/// A whole number, split at 亿 and 万; a gap of zeros within it is one 零.
fn whole(number: u64, out: &mut String) {
    if number >= YI {
        split(number, YI, '亿', out);
    } else if number >= WAN {
        split(number, WAN, '万', out);
    } else if number >= 1000 {
        split(number, 1000, '仟', out);
    } else if number >= 100 {
        split(number, 100, '佰', out);
    } else if number >= 10 {
        split(number, 10, '拾', out);
    } else {
        out.push(DIGITS[number as usize]);
    }
}

/// The part above `unit`, the unit, and the part beneath, with 零 between them if its leading place is empty.
fn split(number: u64, unit: u64, name: char, out: &mut String) {
    whole(number / unit, out);
    out.push(name);
    let rest = number % unit;
    if rest > 0 {
        if rest < unit / 10 {
            out.push('零');
        }
        whole(rest, out);
    }
}

#[cfg(test)]
mod tests {
    use super::upper;

    #[test]
    fn writes_cheque_numerals() {
        for (fen, text) in [
            (123_456_700, "壹佰贰拾叁万肆仟伍佰陆拾柒元整"),
            (3_920_000, "叁万玖仟贰佰元整"),
            (4_000_000, "肆万元整"),
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (10_005, "壹佰元零伍分"),
            (10_050, "壹佰元伍角整"),
            (1_000_500, "壹万零伍元整"),
            (1_000_000_100, "壹仟万零壹元整"),
            (10_010_001_000, "壹亿零壹拾万零壹拾元整"),
            (1_000_000_000_000_000_000, "壹亿亿元整"),
            (-100, "负壹元整"),
        ] {
            assert_eq!(upper(fen), text);
        }
        assert!(upper(i64::MIN).starts_with("负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿"));
    }
}
