//! The words that were asked for, marked in a title and in a piece of the text around them.

use std::ops::Range;

/// Characters of a piece of text.
const SNIPPET_CHARS: usize = 90;
/// Characters before the first word in it.
const BEFORE_CHARS: usize = 15;
/// Marks of one text at most.
const MARKS_MAX: usize = 64;
/// Characters of a text that are looked through.
const LOOK_CHARS_MAX: usize = 20_000;

/// A piece of text with the words that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Marked {
    /// The piece.
    pub text: String,
    /// Where the words stand in it: bytes, in order, apart from each other.
    pub marks: Vec<Range<usize>>,
}

fn folded(text: &str) -> Vec<char> {
    text.chars()
        .take(LOOK_CHARS_MAX)
        .map(|c| c.to_lowercase().next().unwrap_or(c))
        .collect()
}

/// Where the needles stand, as characters, in order and apart.
fn places(text: &[char], needles: &[Vec<char>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() && out.len() < MARKS_MAX {
        let found = needles
            .iter()
            .filter(|needle| text[at..].starts_with(needle))
            .map(Vec::len)
            .max();
        match found {
            Some(len) if len > 0 => {
                match out.last_mut() {
                    Some(last) if last.end == at => last.end = at + len,
                    _ => out.push(at..at + len),
                }
                at += len;
            }
            _ => at += 1,
        }
    }
    out
}

fn marked(text: &str, from: usize, len: usize, places: &[Range<usize>]) -> Marked {
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .skip(from)
        .take(len + 1)
        .collect();
    let (Some(start), Some(end)) = (bounds.first(), bounds.last()) else {
        return Marked::default();
    };
    let last = bounds.len() - 1;
    let marks = places
        .iter()
        .filter(|place| place.start >= from && place.start < from + last)
        .map(|place| bounds[place.start - from] - start..bounds[(place.end - from).min(last)] - start)
        .collect();
    Marked {
        text: text[*start..*end].to_owned(),
        marks,
    }
}

/// The needles of a query: its parts and their words, the empty ones left out.
pub(super) fn needles<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Vec<char>> {
    let mut out: Vec<Vec<char>> = words.map(folded).filter(|needle| !needle.is_empty()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A whole title, marked.
pub(super) fn title(text: &str, needles: &[Vec<char>]) -> Marked {
    let chars = folded(text);
    marked(text, 0, text.chars().count(), &places(&chars, needles))
}

/// The piece of a text that has most of the words.
pub(super) fn snippet(text: &str, needles: &[Vec<char>]) -> Marked {
    let chars = folded(text);
    let places = places(&chars, needles);
    let within = |from: usize| {
        let to = from + SNIPPET_CHARS;
        let inside = places.iter().filter(|place| place.start >= from && place.end <= to);
        let mut words: Vec<&[char]> = inside.map(|place| &chars[place.clone()]).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    let from = places
        .iter()
        .map(|place| place.start.saturating_sub(BEFORE_CHARS))
        // Of equal ones the first.
        .min_by_key(|from| (std::cmp::Reverse(within(*from)), *from))
        .unwrap_or(0);
    let mut out = marked(text, from, SNIPPET_CHARS, &places);
    // A line's end is a space here, of the same length in bytes.
    out.text = out.text.replace(['\n', '\r', '\t'], " ");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(marked: &Marked) -> Vec<&str> {
        marked.marks.iter().map(|mark| &marked.text[mark.clone()]).collect()
    }

    #[test]
    fn words_are_marked_whatever_their_case() {
        let needles = needles(["电池", "lifepo4"].into_iter());
        assert_eq!(
            shown(&title("一种LiFePO4电池及电池组", &needles)),
            ["LiFePO4电池", "电池"]
        );
    }

    #[test]
    fn the_piece_is_where_the_words_are() {
        let text = format!("{}电池{}正极与电池\n回收", "无".repeat(200), "无".repeat(200));
        let piece = snippet(&text, &needles(["电池", "正极"].into_iter()));
        assert_eq!(shown(&piece), ["正极", "电池"]);
        assert!(piece.text.ends_with(" 回收"));
        assert_eq!(snippet("只有开头", &[]).text, "只有开头");
        assert_eq!(snippet("", &[]), Marked::default());
    }

    proptest! {
        #[test]
        fn marks_are_whole_characters(text in "\\PC{0,200}", needle in "\\PC{0,3}") {
            let needles = needles([needle.as_str()].into_iter());
            for piece in [title(&text, &needles), snippet(&text, &needles)] {
                prop_assert!(piece.marks.iter().all(|mark| piece.text.get(mark.clone()).is_some()));
                prop_assert!(piece.marks.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }
}
