//! The other shapes in which people write a name: its characters in pairs, its sounds, its initials, its numbers.
//!
//! Each is a token of the index, marked by its first letter. Neighbours stand together in one token, so that a run of
//! characters or sounds is a conjunction of tokens and needs no positions.

use std::collections::HashSet;

use pinyin::ToPinyinMulti as _;

/// Readings of one character that count: rarer ones are names and classics.
const READINGS_MAX: usize = 3;
/// Initials that stand together in one token, at most.
pub(super) const INITIALS_MAX: usize = 4;
/// Fewest characters of a number by which it is found from its beginning.
pub(super) const NUMBER_MIN: usize = 4;
/// A number is told apart up to here; the longest in use have 20.
const NUMBER_MAX: usize = 32;

const PAIR: char = 'g';
const SOUND: char = 's';
const INITIALS: char = 'i';
const NUMBER: char = 'n';

/// Whether a character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// The runs of Chinese characters in a text.
pub(super) fn han_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_han(c)).filter(|run| !run.is_empty())
}

/// The sounds of a character, without tones; `ü` as people type it.
pub(super) fn sounds(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        let typed = if plain.contains('ü') {
            vec![plain.replace('ü', "v"), plain.replace('ü', "u")]
        } else {
            vec![plain.to_owned()]
        };
        for sound in typed {
            if !out.contains(&sound) {
                out.push(sound);
            }
        }
        if out.len() >= READINGS_MAX {
            break;
        }
    }
    out
}

pub(super) fn pair(run: &str) -> String {
    format!("{PAIR}{run}")
}

pub(super) fn sound(syllables: &str) -> String {
    format!("{SOUND}{syllables}")
}

pub(super) fn initials(letters: &str) -> String {
    format!("{INITIALS}{letters}")
}

pub(super) fn number(digits: &str) -> String {
    format!("{NUMBER}{digits}")
}

/// All forms of a name, each once.
pub(super) fn of_name(name: &str, out: &mut HashSet<String>) {
    for run in han_runs(name) {
        let chars: Vec<char> = run.chars().collect();
        let read: Vec<Vec<String>> = chars.iter().map(|c| sounds(*c)).collect();
        for at in 0..chars.len() {
            out.insert(pair(&chars[at].to_string()));
            out.extend(read[at].iter().map(|one| sound(one)));
            if let [one, other] = read[at..].get(..2).unwrap_or_default() {
                out.insert(pair(&chars[at..at + 2].iter().collect::<String>()));
                out.extend(
                    one.iter()
                        .flat_map(|a| other.iter().map(move |b| sound(&format!("{a} {b}")))),
                );
            }
            for len in 2..=INITIALS_MAX.min(chars.len() - at) {
                of_initials(&read[at..at + len], out);
            }
        }
    }
}

fn of_initials(read: &[Vec<String>], out: &mut HashSet<String>) {
    let mut all = vec![String::new()];
    for sounds in read {
        let mut firsts: Vec<char> = sounds.iter().filter_map(|sound| sound.chars().next()).collect();
        firsts.dedup();
        all = all
            .iter()
            .flat_map(|head| firsts.iter().map(move |first| format!("{head}{first}")))
            .collect();
    }
    out.extend(
        all.iter()
            .filter(|letters| letters.len() == read.len())
            .map(|letters| initials(letters)),
    );
}

/// The ways in which a number is written: without spaces, dots and dashes; without `ZL` or `CN`; without its check digit;
/// without the letter of its publication.
pub(super) fn number_keys(text: &str) -> Vec<String> {
    let whole: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(NUMBER_MAX)
        .collect();
    let mut out = vec![whole.clone()];
    let mut bare = whole.as_str();
    while let Some(rest) = bare.strip_prefix("ZL").or_else(|| bare.strip_prefix("CN")) {
        bare = rest;
    }
    out.push(bare.to_owned());
    let (digits, tail) = bare.split_at(bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len()));
    let is_checked = matches!((digits.len(), tail), (13 | 9, "") | (12 | 8, "X"));
    if is_checked {
        out.push(bare[..bare.len() - 1].to_owned());
    } else if tail.starts_with(|c: char| c.is_ascii_alphabetic() && c != 'X') && tail.len() <= 2 {
        out.push(digits.to_owned());
    }
    out.retain(|key| key.len() >= 2);
    out.sort_unstable();
    out.dedup();
    out
}

/// All forms of a number: its ways of writing, and their beginnings as one types them.
pub(super) fn of_number(text: &str, out: &mut HashSet<String>) {
    for key in number_keys(text) {
        for len in NUMBER_MIN..key.len() {
            out.insert(number(&key[..len]));
        }
        out.insert(number(&key));
    }
}

/// The syllables there are.
#[derive(Debug)]
pub(super) struct Syllables(HashSet<String>);

/// Letters of the longest syllable (`zhuang`).
const SYLLABLE_MAX: usize = 6;
/// Ways to cut one word into syllables that are tried (`xian`: 先, 西安).
const CUTS_MAX: usize = 4;

impl Syllables {
    /// Gathered from the readings of all common characters.
    pub(super) fn new() -> Self {
        Self(('\u{4E00}'..='\u{9FFF}').flat_map(sounds).collect())
    }

    /// The ways to read letters as syllables, the longest syllables first.
    pub(super) fn cuts(&self, letters: &str) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        if letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.cut(letters, &mut Vec::new(), &mut out, &mut 0);
        }
        out
    }

    fn cut(&self, rest: &str, so_far: &mut Vec<String>, out: &mut Vec<Vec<String>>, tried: &mut usize) {
        /// Steps at most: a long word of many readings is not worth more.
        const STEPS_MAX: usize = 500;
        *tried += 1;
        if out.len() >= CUTS_MAX || *tried > STEPS_MAX {
            return;
        }
        if rest.is_empty() {
            if !so_far.is_empty() {
                out.push(so_far.clone());
            }
            return;
        }
        for len in (1..=SYLLABLE_MAX.min(rest.len())).rev() {
            let (head, tail) = rest.split_at(len);
            if self.0.contains(head) {
                so_far.push(head.to_owned());
                self.cut(tail, so_far, out, tried);
                so_far.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> HashSet<String> {
        let mut out = HashSet::new();
        of_name(text, &mut out);
        out
    }

    #[test]
    fn a_name_has_its_pairs_sounds_and_initials() {
        let forms = name("锂电池A隔膜");
        for form in ["g锂", "g电池", "sdian chi", "sli", "ildc", "idc", "igm"] {
            assert!(forms.contains(form), "{form} of {forms:?}");
        }
        assert!(!forms.contains("g池隔") && !forms.contains("icg"));
    }

    #[test]
    fn characters_with_several_readings_have_all_of_them() {
        let forms = name("银行");
        assert!(forms.contains("syin hang") && forms.contains("syin xing"));
        assert!(forms.contains("iyh") && forms.contains("iyx"));
        assert!(sounds('绿').contains(&"lv".to_owned()) && sounds('绿').contains(&"lu".to_owned()));
    }

    #[test]
    fn a_patent_is_found_however_its_number_is_written() {
        let keys = number_keys("ZL 2020 1 0123456.2");
        assert_eq!(keys, ["202010123456", "2020101234562", "ZL2020101234562"]);
        assert!(number_keys("2020101234562").contains(&"202010123456".to_owned()));
        assert!(number_keys("CN112345678A").contains(&"112345678".to_owned()));
        assert!(number_keys("20201012345X").len() == 1);
        assert!(number_keys("202010123456X").contains(&"202010123456".to_owned()));
        assert!(number_keys("，。").is_empty());
        let mut out = HashSet::new();
        of_number("CN112345678A", &mut out);
        assert!(out.contains("n1123") && out.contains("nCN112345678A"));
    }

    #[test]
    fn letters_are_read_as_syllables() {
        let syllables = Syllables::new();
        assert_eq!(syllables.cuts("dianchi").first().unwrap(), &["dian", "chi"]);
        let xian = syllables.cuts("xian");
        assert!(xian.contains(&vec!["xian".to_owned()]) && xian.contains(&vec!["xi".to_owned(), "an".to_owned()]));
        assert!(syllables.cuts("battery").is_empty());
        assert!(syllables.cuts("").is_empty());
        assert!(syllables.cuts(&"an".repeat(300)).len() <= CUTS_MAX);
    }
}
