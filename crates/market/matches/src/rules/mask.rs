//! Masking: what a scan found in a text is struck out where it stands, however it is spaced there.

/// What stands in the place of something masked.
const MASK: char = '＊';
/// Marks that people put between the parts of a number or a name, and that a scan leaves out.
const BETWEEN: &str = " -·.()（）";

/// The text with every place masked in which one of the findings stands, whatever its case and width there. What a finding
/// leaves out between its characters (the spaces of a telephone number) is masked with it.
#[must_use]
pub fn masked<'a>(text: &str, findings: impl IntoIterator<Item = &'a str>) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for found in findings {
        let wanted: Vec<char> = found.chars().filter(|c| counts(*c)).map(plain).collect();
        if wanted.is_empty() {
            continue;
        }
        let mut at = 0;
        while at < chars.len() {
            match stands_at(&chars, at, &wanted) {
                Some(end) => {
                    chars.iter_mut().take(end).skip(at).for_each(|c| *c = MASK);
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    chars.into_iter().collect()
}

/// A character as it is compared: of half width, in lower case.
fn plain(c: char) -> char {
    const WIDE: u32 = 0xFEE0;
    let narrow = match c {
        '！'..='～' => u32::from(c).checked_sub(WIDE).and_then(char::from_u32).unwrap_or(c),
        c => c,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

fn counts(c: char) -> bool {
    !BETWEEN.contains(c) && !c.is_whitespace()
}

/// Where the wanted characters end that begin at a place; none where others stand there.
fn stands_at(chars: &[char], at: usize, wanted: &[char]) -> Option<usize> {
    if !chars.get(at).copied().is_some_and(counts) {
        return None;
    }
    let mut left = wanted.iter();
    let mut next = left.next();
    for (n, c) in chars.iter().enumerate().skip(at) {
        let Some(want) = next else { return Some(n) };
        if plain(*c) == *want {
            next = left.next();
        } else if counts(*c) {
            return None;
        }
    }
    next.is_none().then_some(chars.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_struck_out_where_it_stands() {
        let stars = |n: usize| "＊".repeat(n);
        assert_eq!(
            masked("请致电 138 1396 0527。", ["13813960527"]),
            format!("请致电 {}。", stars(13))
        );
        assert_eq!(
            masked("联系褚遥岑，褚遥岑在", ["褚遥岑"]),
            format!("联系{0}，{0}在", stars(3))
        );
        assert_eq!(masked("www.Gear.cn", ["www.gear.cn"]), stars(11));
        assert_eq!(
            masked("ｗｗｗ.gear.cn\n好", ["www.gear.cn"]),
            format!("{}\n好", stars(11))
        );
        assert_eq!(
            masked("(0512) 56781234 转", ["0512)56781234"]),
            format!("({} 转", stars(14))
        );
    }

    #[test]
    fn other_texts_stay() {
        for text in ["", "齿向变形 0.05 mm", "1381396"] {
            assert_eq!(masked(text, ["13813960527", "", "褚遥岑"]), text);
        }
        assert_eq!(masked("褚遥", ["褚遥岑"]), "褚遥");
    }
}
