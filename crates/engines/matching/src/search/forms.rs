//! The other shapes in which people write a name: its characters in pairs, its sounds, its initials, its numbers.
//!
//! Each is a token of the index, marked by its first letter. Neighbours stand together in one token, so that a run of
//! characters or sounds is a conjunction of tokens and needs no positions.

use std::borrow::Cow;
use std::collections::HashSet;

use pinyin::ToPinyinMulti as _;

use super::words::BETWEEN;
use crate::text::is_han;

/// Readings of one character that count: rarer ones are names and classics.
const READINGS_MAX: usize = 3;
/// Initials that stand together in one token, at most.
pub(super) const INITIALS_MAX: usize = 3;
/// Fewest characters of a number by which it is found from its beginning.
pub(super) const NUMBER_MIN: usize = 4;
/// A number is told apart up to here; the longest in use have 20.
const NUMBER_MAX: usize = 32;

const PAIR: char = 'g';
const SOUND: char = 's';
const INITIALS: char = 'i';
const NUMBER: char = 'n';

/// The runs of Chinese characters in a text.
pub(super) fn han_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_han(c)).filter(|run| !run.is_empty())
}

/// The sounds of a character, without tones; `ü` as people type it.
pub(super) fn sounds(c: char) -> Vec<Cow<'static, str>> {
    let mut out: Vec<Cow<'static, str>> = Vec::with_capacity(READINGS_MAX);
    let mut add = |sound: Cow<'static, str>| {
        if out.len() < READINGS_MAX && !out.contains(&sound) {
            out.push(sound);
        }
    };
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        if plain.contains('ü') {
            add(plain.replace('ü', "v").into());
            add(plain.replace('ü', "u").into());
        } else {
            add(plain.into());
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

/// Writes a token: its mark and its parts.
fn token<'a>(out: &mut String, mark: char, parts: impl IntoIterator<Item = &'a str>) {
    out.push(mark);
    out.extend(parts);
    out.push(BETWEEN);
}

/// The characters of a name in pairs.
pub(super) fn pairs_of(name: &str, out: &mut String) {
    for run in han_runs(name) {
        let mut rest = run;
        loop {
            match rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(2) {
                Some(end) => token(out, PAIR, [&rest[..end]]),
                // A character that stands alone is a pair with nothing.
                None if rest.len() == run.len() => token(out, PAIR, [rest]),
                None => break,
            }
            rest = &rest[rest.chars().next().map_or(rest.len(), char::len_utf8)..];
            if rest.is_empty() {
                break;
            }
        }
    }
}

/// The sounds of a name in pairs, and its initials by two and three.
pub(super) fn sounds_of(name: &str, out: &mut String) {
    for run in han_runs(name) {
        let read: Vec<Vec<Cow<'static, str>>> = run.chars().map(sounds).collect();
        if let [one] = &read[..] {
            one.iter().for_each(|sound| token(out, SOUND, [&**sound]));
        }
        for pair in read.windows(2) {
            for one in &pair[0] {
                pair[1]
                    .iter()
                    .for_each(|other| token(out, SOUND, [&**one, " ", &**other]));
            }
        }
        let firsts: Vec<Vec<&str>> = read.iter().map(|sounds| first_letters(sounds)).collect();
        for pair in firsts.windows(2) {
            for one in &pair[0] {
                pair[1].iter().for_each(|other| token(out, INITIALS, [*one, other]));
            }
        }
        for three in firsts.windows(3) {
            for one in &three[0] {
                for other in &three[1] {
                    three[2]
                        .iter()
                        .for_each(|third| token(out, INITIALS, [*one, other, third]));
                }
            }
        }
    }
}

fn first_letters<'a>(sounds: &'a [Cow<'static, str>]) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::with_capacity(sounds.len());
    for first in sounds.iter().filter_map(|sound| sound.get(..1)) {
        if !out.contains(&first) {
            out.push(first);
        }
    }
    out
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

/// A number in all its ways of writing.
pub(super) fn number_of(text: &str, out: &mut String) {
    number_keys(text)
        .iter()
        .for_each(|key| token(out, NUMBER, [key.as_str()]));
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
        Self(
            ('\u{4E00}'..='\u{9FFF}')
                .flat_map(sounds)
                .map(Cow::into_owned)
                .collect(),
        )
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
        let mut out = String::new();
        pairs_of(text, &mut out);
        sounds_of(text, &mut out);
        out.split_terminator(BETWEEN).map(str::to_owned).collect()
    }

    #[test]
    fn a_name_has_its_pairs_sounds_and_initials() {
        let forms = name("锂电池A隔膜B锂");
        for form in ["g锂电", "g电池", "sdian chi", "sli", "ildc", "idc", "igm", "g锂"] {
            assert!(forms.contains(form), "{form} of {forms:?}");
        }
        assert!(!forms.contains("g池隔") && !forms.contains("icg") && !forms.contains("g池"));
    }

    #[test]
    fn characters_with_several_readings_have_all_of_them() {
        let forms = name("银行");
        assert!(forms.contains("syin hang") && forms.contains("syin xing"));
        assert!(forms.contains("iyh") && forms.contains("iyx"));
        assert!(sounds('绿').contains(&"lv".into()) && sounds('绿').contains(&"lu".into()));
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
        let mut out = String::new();
        number_of("CN112345678A", &mut out);
        assert!(out.split(BETWEEN).any(|form| form == "nCN112345678A"));
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
