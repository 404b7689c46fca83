//! Recognises choices of a list in what people write: the code, any name, `1.转让` from a numbered drop-down, `☑转让 □许可` from a printed
//! form, `转让、许可均可`.

use crate::issues::code;
use crate::{Choice, List, Value, clean};
use kernel::text::{fold, folds_to};
use kernel::{Issue, Reading};

/// How many choices a message lists; with more it would be longer than the page's own list.
const SHOWN_MAX: usize = 12;
/// Longest text that is looked at, in characters: all names of a list of two hundred.
const TEXT_MAX: usize = 2000;

/// What people put behind a choice without changing it.
const TAILS: &[&str] = &[
    "均可以",
    "都可以",
    "均可",
    "皆可",
    "都可",
    "也可",
    "即可",
    "可以",
    "可",
    "等方式",
    "方式",
    "等",
    "都行",
    "均行",
];
/// What people put before a choice without changing it.
const FRONTS: &[&str] = &["可以", "可", "拟", "接受", "同意", "包括", "含"];
/// Words between choices.
const WORDS: &[&str] = &["以及", "或者", "及", "和", "或", "与", "兼", " and ", " or ", " "];
/// Boxes of printed forms.
const TICKED: &[char] = &['☑', '☒', '■', '√', '✓', '✔', '●', '◉', '🗹'];
const UNTICKED: &[char] = &['□', '☐', '○', '▢', '◯', '×'];

/// The choice that a text names, by code or any name, compared after folding (case, width, spaces and punctuation don't count).
pub fn find(list: &'static List, text: &str) -> Option<&'static Choice> {
    let text = text.trim();
    // Most cells come from a drop-down and are exact.
    let exact = list
        .codes
        .iter()
        .find(|choice| choice.code == text || choice.names.contains(&text));
    exact.or_else(|| {
        let wanted = fold(text);
        let same = |name: &str| folds_to(name, &wanted);
        (!wanted.is_empty())
            .then(|| {
                list.codes
                    .iter()
                    .find(|choice| same(choice.code) || choice.names.iter().any(|name| same(name)))
            })
            .flatten()
    })
}

/// The Chinese name of a code, as sheets show it; a code that the list has no more stays as it is.
pub fn name_of(list: &'static List, code: &str) -> String {
    list.choice(code)
        .map_or_else(|| code.to_owned(), |choice| choice.name_zh().to_owned())
}

/// Reads one choice.
pub(crate) fn read_one(list: &'static List, text: &str) -> Reading<Value> {
    let chosen = match choose(list, text) {
        Ok(chosen) => chosen,
        Err(issue) => return Reading::fail(issue),
    };
    if let [only] = chosen.codes.as_slice() {
        return Reading {
            value: Some(Value::Code((*only).to_owned())),
            issues: chosen.notes,
        };
    }
    let names: Vec<_> = chosen.codes.iter().filter_map(|code| list.choice(code)).collect();
    let join = |name: fn(&Choice) -> &'static str| names.iter().map(|c| name(c)).collect::<Vec<_>>().join("、");
    let issue = Issue::error(code::CODE_SEVERAL).with("found", clean::found(text));
    Reading::fail(
        issue
            .with("choices", join(Choice::name_zh))
            .with("choices_en", join(Choice::name_en)),
    )
}

/// Reads any number of choices; they come in the order of the list, each once.
pub(crate) fn read_many(list: &'static List, text: &str) -> Reading<Value> {
    match choose(list, text) {
        Ok(chosen) => {
            let codes = list
                .codes
                .iter()
                .map(|choice| choice.code)
                .filter(|code| chosen.codes.contains(code));
            Reading {
                value: Some(Value::Codes(codes.map(str::to_owned).collect())),
                issues: chosen.notes,
            }
        }
        Err(issue) => Reading::fail(issue),
    }
}

/// What a text chooses: at least one code.
#[derive(Default)]
struct Chosen {
    codes: Vec<&'static str>,
    notes: Vec<Issue>,
}

fn choose(list: &'static List, text: &str) -> Result<Chosen, Issue> {
    let text = clean::line(text);
    if text.chars().count() > TEXT_MAX {
        return Err(unknown(list, &text));
    }
    let text = match ticked(&text) {
        Some(chosen) if chosen.is_empty() => {
            return Err(Issue::error(code::CODE_NONE_TICKED).with("found", clean::found(&text)));
        }
        Some(chosen) => chosen,
        None => text,
    };
    let mut chosen = Chosen::default();
    divide(list, &unnumbered(&text), 0, &mut chosen).map_err(|found| unknown(list, &found))?;
    let mut seen = Vec::new();
    for code in std::mem::take(&mut chosen.codes) {
        if !seen.contains(&code) {
            seen.push(code);
        }
    }
    chosen.codes = seen;
    if chosen.codes.is_empty() {
        Err(unknown(list, &text))
    } else {
        Ok(chosen)
    }
}

/// Where a text has empty boxes: what stands behind the ticked ones, divided by `；`. A lone √ is no form with boxes.
fn ticked(text: &str) -> Option<String> {
    if !text.contains(UNTICKED) {
        return text.strip_prefix(TICKED).map(|rest| rest.replace(TICKED, "；"));
    }
    let mut out = Vec::new();
    let mut on = false;
    let mut part = String::new();
    for c in text.chars().chain(['□']) {
        let (tick, off) = (TICKED.contains(&c), UNTICKED.contains(&c));
        if !(tick || off) {
            part.push(c);
            continue;
        }
        let done = std::mem::take(&mut part);
        if on && !done.trim().is_empty() {
            out.push(done.trim().to_owned());
        }
        on = tick;
    }
    Some(out.join("；"))
}

/// `1、转让 2、许可`: numbered items become divided items, before their 、 is taken for a separator.
fn unnumbered(text: &str) -> String {
    let item = |word: &str| -> Option<String> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (_, rest) = word.split_at_checked(digits).filter(|_| (1..=2).contains(&digits))?;
        Some(format!("；{}", rest.strip_prefix(['、', '.', '．', ')', '）'])?))
    };
    text.split(' ')
        .map(|word| item(word).unwrap_or_else(|| word.to_owned()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Separators from the surest to the least sure: a choice's own name may contain the later ones.
const LEVELS: &[&[char]] = &[
    &['；', ';', '|', '\n'],
    &['，', ',', '、'],
    &['/', '／', '&', '+', '＋'],
];

/// Adds the choices of a part, cutting it finer where it is no choice as it stands. The error is the part that is none.
fn divide(list: &'static List, part: &str, level: usize, chosen: &mut Chosen) -> Result<(), String> {
    let part = part.trim();
    if part.is_empty() {
        return Ok(());
    }
    if let Some((code, dropped)) = recognise(list, part) {
        if let Some(dropped) = dropped {
            let told = Issue::warning(code::CODE_PART_UNREAD).with("found", clean::found(dropped));
            chosen.notes.push(told.with("read", name_of(list, code)));
        }
        chosen.codes.push(code);
        return Ok(());
    }
    if let Some(separators) = LEVELS.get(level) {
        return part
            .split(*separators)
            .try_for_each(|finer| divide(list, finer, level + 1, chosen));
    }
    // From here on only the whole counts: the pieces of a word that is no choice would make a puzzling message.
    let codes = worded(list, part)
        .or_else(|| run_together(list, part))
        .ok_or_else(|| part.to_owned())?;
    chosen.codes.extend(codes);
    Ok(())
}

/// Choices with words or spaces between.
fn worded(list: &'static List, part: &str) -> Option<Vec<&'static str>> {
    let parted = WORDS
        .iter()
        .fold(part.to_owned(), |text, word| text.replace(word, "；"));
    let pieces: Vec<&str> = parted.split('；').filter(|piece| !piece.trim().is_empty()).collect();
    let codes: Option<Vec<_>> = pieces
        .iter()
        .map(|piece| recognise(list, piece).map(|(code, _)| code))
        .collect();
    codes.filter(|codes| !codes.is_empty())
}

/// Names written without anything between, `转让许可`: only when nothing is left over.
fn run_together(list: &'static List, part: &str) -> Option<Vec<&'static str>> {
    let names = list
        .codes
        .iter()
        .flat_map(|choice| choice.names.iter().map(|name| (fold(name), choice.code)));
    let mut names: Vec<(String, &str)> = names.filter(|(name, _)| name.chars().count() >= 2).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    variants(part).into_iter().find_map(|part| {
        let folded = fold(part);
        let (mut rest, mut codes) = (folded.as_str(), Vec::new());
        while !rest.is_empty() {
            let (after, code) = names
                .iter()
                .find_map(|(name, code)| Some((rest.strip_prefix(name.as_str())?, *code)))?;
            codes.push(code);
            rest = after;
        }
        (!codes.is_empty()).then_some(codes)
    })
}

/// One choice, as it stands or without number, polite words or a remark in brackets. The remark is given, too.
fn recognise<'a>(list: &'static List, part: &'a str) -> Option<(&'static str, Option<&'a str>)> {
    let part = part.trim();
    let plain = without_number(part);
    let mut whole = variants(part).into_iter().chain(variants(plain));
    if let Some(choice) = whole.find_map(|text| find(list, text)) {
        return Some((choice.code, None));
    }
    let open = plain.find(['(', '（', ':', '：'])?;
    let (name, remark) = plain.split_at_checked(open)?;
    let closes = |at: usize, c: char| matches!(c, ')' | '）') && at + c.len_utf8() == remark.len();
    // The remark has to be all of the rest: behind `许可（独占）、转让` follows another choice.
    let whole = match remark.find([')', '）']) {
        Some(at) => remark
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| closes(at, c)),
        None => remark.starts_with([':', '：']) && !remark.contains(LEVELS.concat().as_slice()),
    };
    if !whole {
        return None;
    }
    let choice = variants(name).into_iter().find_map(|text| find(list, text))?;
    Some((choice.code, Some(remark)))
}

/// The text, and the text without words that change nothing in front, behind, and on both sides: 许可 ends with such a word itself.
fn variants(part: &str) -> [&str; 4] {
    let front = |text| {
        FRONTS
            .iter()
            .find_map(|word| str::strip_prefix(text, word))
            .unwrap_or(text)
            .trim_start()
    };
    let tail = |text| {
        TAILS
            .iter()
            .find_map(|word| str::strip_suffix(text, word))
            .unwrap_or(text)
            .trim_end()
    };
    let part = part.trim().trim_end_matches(['。', '.', '！', '!']).trim_end();
    [part, front(part), tail(part), front(tail(part))]
}

/// Without the number of a drop-down: `1.转让`, `(2)许可`, `③作价入股`, `A、转让`, `01 转让`.
fn without_number(part: &str) -> &str {
    if let Some(rest) = part.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return rest.trim_start_matches(['.', '．', '、', ' ']);
    }
    let open = part.strip_prefix(['(', '（']).unwrap_or(part);
    let digits = open.chars().take_while(char::is_ascii_digit).count();
    let Some(rest) = open
        .split_at_checked(digits)
        .map(|(_, rest)| rest)
        .filter(|_| digits <= 2)
    else {
        return part;
    };
    if digits > 0 {
        return rest.trim_start_matches([')', '）', '.', '．', '、', ':', '：', '-', ' ']);
    }
    let Some(rest) = rest.strip_prefix(|c: char| c.is_ascii_alphabetic() || "一二三四五六七八九十".contains(c))
    else {
        return part;
    };
    rest.strip_prefix([')', '）', '.', '．', '、', ':', '：'])
        .map_or(part, str::trim_start)
}

/// What was found, and what could have been: the most similar choices first where there are too many to list.
fn unknown(list: &'static List, found: &str) -> Issue {
    let mut choices: Vec<&Choice> = list.codes.iter().collect();
    let more = choices.len() > SHOWN_MAX;
    if more {
        let shared = |choice: &&Choice| choice.name_zh().chars().filter(|&c| found.contains(c)).count();
        choices.sort_by_key(|choice| std::cmp::Reverse(shared(choice)));
        choices.truncate(SHOWN_MAX);
    }
    let join = |name: fn(&Choice) -> &'static str, comma: &str| {
        let names = choices
            .iter()
            .map(|choice| name(choice))
            .collect::<Vec<_>>()
            .join(comma);
        if more { names + comma.trim_end() + "…" } else { names }
    };
    Issue::error(code::CODE_UNKNOWN)
        .with("found", clean::found(found))
        .with("choices", join(Choice::name_zh, "、"))
        .with("choices_en", join(Choice::name_en, ", "))
}

#[cfg(test)]
mod tests;
