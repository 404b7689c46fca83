//! Cuts a statement of money into what it is made of.

use super::number::{self, Number};
use super::phrases::{PHRASES, Sense, Side};
use crate::money::{BASES, CURRENCIES, PERS};

/// One part of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// An amount, with or without its unit.
    Amount(Number),
    /// A rate: percent times [`number::SCALE`].
    Rate(i128),
    /// A unit that stands alone, as in `单位：万元`: how many yuan.
    Unit(i128),
    /// A currency's ISO code.
    Currency(&'static str),
    /// What the amount is for; a code of [`PERS`].
    Per(&'static str),
    /// What a royalty is taken of; a name of [`BASES`].
    Base(&'static str),
    /// A phrase that says something about the amounts.
    Phrase(Sense),
    /// Words that say nothing that is understood.
    Word(String),
}

/// What is counted with a number that is no money: 3年, 2项.
const COUNTERS: &[char] = &[
    '年', '月', '日', '天', '个', '项', '件', '次', '台', '套', '吨', '周', '期', '人', '家', '名', '级', '号', '条',
    '页', '亩', '倍', '种', '批', '成', '篇', '位', '折', '克', '瓦', '米', '平', '斤', '公',
];
/// Characters that make a word of the phrase's character behind them: 节约, 合约, 最近.
const BEFORE_NO_PHRASE: &[(char, &str)] = &[('约', "节合契预签特制条公"), ('近', "最附"), ('起', "引发")];

/// The parts of a normalised text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = text.to_lowercase();
    let mut lexer = Lexer {
        text: &text,
        at: 0,
        out: Vec::new(),
        word_goes_on: false,
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.out
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    out: Vec<Token>,
    /// Whether the last character read was part of a word.
    word_goes_on: bool,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return };
        let found = per(rest)
            .or_else(|| phrase(rest).filter(|_| !ends_a_word(&self.text[..self.at], rest)))
            .or_else(|| self.within(rest));
        if let Some((token, length)) = found {
            self.out.push(token);
            self.advance(length, false);
        } else if let Some((token, length)) = self.number(rest) {
            let goes_on = matches!(token, Token::Word(_));
            match token {
                Token::Word(word) => self.push_word(&word),
                token => self.out.push(token),
            }
            self.advance(length, goes_on);
        } else if let Some((token, length)) = named(rest) {
            self.out.push(token);
            self.advance(length, false);
        } else if c.is_alphanumeric() || c == '%' || is_unit_sign(c) {
            self.push_word(&c.to_string());
            self.advance(c.len_utf8(), true);
        } else {
            self.advance(c.len_utf8(), false);
        }
    }

    /// 内 right behind an amount is a bound; elsewhere it is part of a word.
    fn within(&self, rest: &str) -> Option<(Token, usize)> {
        let behind_amount = matches!(self.out.last(), Some(Token::Amount(_) | Token::Currency(_)));
        let bound = Token::Phrase(Sense::Max {
            open: false,
            side: Side::Behind,
        });
        (behind_amount && rest.starts_with('内')).then_some((bound, '内'.len_utf8()))
    }

    fn advance(&mut self, length: usize, word_goes_on: bool) {
        self.at += length;
        self.word_goes_on = word_goes_on;
    }

    fn push_word(&mut self, piece: &str) {
        match self.out.last_mut() {
            Some(Token::Word(word)) if self.word_goes_on => word.push_str(piece),
            _ => self.out.push(Token::Word(piece.to_owned())),
        }
    }

    /// An amount, a rate, or a number that is neither.
    fn number(&self, rest: &str) -> Option<(Token, usize)> {
        for (word, divisor) in [("百分之", 1), ("千分之", 10)] {
            if let Some(behind) = rest.strip_prefix(word) {
                let (number, length) = number::scan(behind)?;
                let plain = !number.overflow && !number.unclear && !number.has_yuan;
                return plain.then(|| (Token::Rate(number.value / divisor), word.len() + length));
            }
        }
        let (number, length) = number::scan(rest)?;
        let behind = rest[length..].trim_start_matches(' ');
        let spaces = rest.len() - length - behind.len();
        for (sign, divisor) in [('%', 1), ('‰', 10)] {
            if behind.starts_with(sign) && !number.explicit && !number.overflow {
                return Some((Token::Rate(number.value / divisor), length + spaces + sign.len_utf8()));
            }
        }
        if number.unclear || self.is_money(&number, rest, length) {
            Some((Token::Amount(number), length))
        } else {
            // A counted thing takes its counter along: 3年.
            let counter = behind.chars().next().filter(|c| *c == '分' || COUNTERS.contains(c));
            let length = length + counter.map_or(0, |c| spaces + c.len_utf8());
            Some((Token::Word(rest[..length].to_owned()), length))
        }
    }

    /// Whether the number can be an amount, by what stands around it.
    fn is_money(&self, number: &Number, rest: &str, length: usize) -> bool {
        let behind = &rest[length..];
        let next = behind.trim_start_matches(' ').chars().next();
        if number.has_yuan {
            return true;
        }
        let touches_latin = |c: char| c.is_ascii_alphabetic();
        let words = behind.trim_start_matches(' ');
        let phrase_behind = phrase(words).is_some() || per(words).is_some() || named(words).is_some();
        // 85分 are points; 50万元分3年付 and 50万分3年付 have their unit already.
        let points = next == Some('分') && !number.explicit;
        if points || (!phrase_behind && next.is_some_and(|c| COUNTERS.contains(&c))) {
            return false;
        }
        if number.arabic {
            let before_latin = self.word_goes_on && self.text[..self.at].ends_with(touches_latin);
            return !before_latin && (phrase_behind || !behind.starts_with(touches_latin));
        }
        // 一 in 统一 or 一流 is no number.
        let in_word = self.word_goes_on || (next.is_some_and(char::is_alphanumeric) && !phrase_behind);
        number.explicit || !in_word
    }
}

/// Signs of measures, as ㎡ and ㎏, and others that change what a number says.
fn is_unit_sign(c: char) -> bool {
    matches!(c, '\u{3300}'..='\u{33FF}' | '‱' | '×' | '÷' | '℃')
}

/// Whether the character at the beginning of the text ends a word that is no phrase.
fn ends_a_word(before: &str, text: &str) -> bool {
    let (Some(last), Some(c)) = (before.chars().next_back(), text.chars().next()) else {
        return false;
    };
    BEFORE_NO_PHRASE
        .iter()
        .any(|(phrase, words)| *phrase == c && words.contains(last))
}

/// The phrase at the beginning of the text: the longest that fits.
fn phrase(text: &str) -> Option<(Token, usize)> {
    let fitting = PHRASES
        .iter()
        .flat_map(|(sense, words)| words.iter().map(move |word| (*sense, *word)));
    let (sense, word) = fitting
        .filter(|(_, word)| begins_with_word(text, word))
        .max_by_key(|(_, word)| word.len())?;
    // A base's name may begin as a phrase does, and is longer: 利润 against 利.
    if let Some((token, length)) = named(text)
        && length > word.len()
    {
        return Some((token, length));
    }
    Some((Token::Phrase(sense), word.len()))
}

/// Whether the text begins with the word; a Latin one must end there.
fn begins_with_word(text: &str, word: &str) -> bool {
    // Nearly every word differs in its first byte, and there are hundreds to ask at each character.
    if text.as_bytes().first() != word.as_bytes().first() {
        return false;
    }
    text.strip_prefix(word).is_some_and(|behind| {
        let is_latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
        !(is_latin && behind.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

/// A currency, a base of royalty, or a unit that stands alone.
fn named(text: &str) -> Option<(Token, usize)> {
    let currencies = CURRENCIES
        .iter()
        .flat_map(|(code, _, words)| words.iter().map(move |word| (*code, *word)));
    let currency = currencies
        .filter(|(_, word)| begins_with_word(text, word))
        .max_by_key(|(_, word)| word.len());
    if let Some((code, word)) = currency {
        return Some((Token::Currency(code), word.len()));
    }
    for (name, words) in BASES {
        if let Some(word) = words.iter().find(|word| begins_with_word(text, word)) {
            return Some((Token::Base(name), word.len()));
        }
    }
    const UNITS: &[(&str, i128)] = &[
        ("百万元", 1_000_000),
        ("千万元", 10_000_000),
        ("万元", 10_000),
        ("亿元", 100_000_000),
        ("千元", 1000),
        ("元", 1),
    ];
    const BARE_UNITS: &[(&str, i128)] = &[
        ("百万", 1_000_000),
        ("千万", 10_000_000),
        ("万", 10_000),
        ("亿", 100_000_000),
    ];
    let (word, unit) = UNITS
        .iter()
        .chain(BARE_UNITS)
        .find(|(word, _)| text.starts_with(word))?;
    Some((Token::Unit(*unit), word.len()))
}

/// Fees whose name says that they are due each year.
const YEARLY: &[&str] = &["年费", "年许可费", "年使用费", "年租金"];

/// `/年`, `每年`, `per year`, `年费`.
fn per(text: &str) -> Option<(Token, usize)> {
    if let Some(word) = YEARLY.iter().find(|word| text.starts_with(**word)) {
        return Some((Token::Per("year"), word.len()));
    }
    let mark = ["/", "每一", "每", "按", "per "]
        .iter()
        .find(|mark| text.starts_with(**mark))?;
    let behind = &text[mark.len()..];
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    let behind = &behind[spaces..];
    let words = PERS
        .iter()
        .flat_map(|(code, _, words)| words.iter().map(move |word| (*code, *word)));
    let (code, word) = words
        .filter(|(_, word)| begins_with_word(behind, word))
        .max_by_key(|(_, word)| word.len())?;
    Some((Token::Per(code), mark.len() + spaces + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_numbers() {
        assert_eq!(tokens("统一"), [Token::Word("统一".into())]);
        assert_eq!(tokens("分3年"), [Token::Word("分3年".into())]);
        assert_eq!(tokens("zl2020"), [Token::Word("zl2020".into())]);
        assert!(matches!(tokens("百分之三")[..], [Token::Rate(rate)] if rate == 3 * number::SCALE));
        assert_eq!(
            tokens("单位：万元"),
            [Token::Phrase(Sense::Silent), Token::Unit(10_000)]
        );
        assert!(matches!(
            tokens("5000元/年")[..],
            [Token::Amount(_), Token::Per("year")]
        ));
        assert!(matches!(
            tokens("10万美元")[..],
            [Token::Amount(_), Token::Currency("USD")]
        ));
        assert!(matches!(
            tokens("净销售额的3%")[..],
            [Token::Base("净销售额"), Token::Phrase(Sense::Silent), Token::Rate(_)]
        ));
    }
}
