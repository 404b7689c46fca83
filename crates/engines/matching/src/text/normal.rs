//! One writing for what is written in several ways.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// The range in which Traditional characters lie, but for rare ones.
const HAN: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9FFF}';
/// How often Simplified is made of Traditional at most until nothing changes: a word made in the first pass may be
/// one that the second knows.
const PASSES_MAX: usize = 4;

/// Makes one writing of several.
pub(super) struct Normaliser {
    simplify: Option<OpenCC>,
    /// The characters that may change, a bit each, from the beginning of [`HAN`].
    traditional: Vec<u64>,
}

impl std::fmt::Debug for Normaliser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Normaliser").finish_non_exhaustive()
    }
}

impl Normaliser {
    pub(super) fn new() -> Self {
        // The tables are compiled in; should they not load, Traditional text stays as it is.
        let simplify = OpenCC::from_config(BuiltinConfig::T2s).ok();
        let mut traditional = vec![0_u64; index(*HAN.end()) / 64 + 1];
        if let Some(simplify) = &simplify {
            for c in HAN {
                let mut buffer = [0; 4];
                let text: &str = c.encode_utf8(&mut buffer);
                if simplify.convert(text) != text {
                    traditional[index(c) / 64] |= 1 << (index(c) % 64);
                }
            }
        }
        Self { simplify, traditional }
    }

    pub(super) fn normalise(&self, text: &str) -> String {
        let plain = kernel::text::normalise(text);
        let mut out = String::with_capacity(plain.len());
        let mut has_traditional = false;
        for c in plain.chars() {
            match c {
                'A'..='Z' => out.push(c.to_ascii_lowercase()),
                '!'..='~' | ' ' => out.push(c),
                c if HAN.contains(&c) => {
                    has_traditional |= self.may_change(c);
                    out.push(c);
                }
                c => push_other(&mut out, c),
            }
        }
        match &self.simplify {
            Some(simplify) if has_traditional => settle(simplify, out),
            _ => out,
        }
    }

    fn may_change(&self, c: char) -> bool {
        self.traditional[index(c) / 64] >> (index(c) % 64) & 1 == 1
    }
}

fn settle(simplify: &OpenCC, mut text: String) -> String {
    for _ in 0..PASSES_MAX {
        let next = simplify.convert(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn index(c: char) -> usize {
    (u32::from(c) - u32::from(*HAN.start())) as usize
}

/// Signs with a plain writing: units in one character, raised and lowered figures, numbers in circles, Roman numerals.
fn push_other(out: &mut String, c: char) {
    let plain = match c {
        'µ' => "μ",
        '℃' => "°c",
        '℉' => "°f",
        'Ω' => "ω",
        '㎜' => "mm",
        '㎝' => "cm",
        '㎞' => "km",
        '㎡' => "m2",
        '㎥' => "m3",
        '㎎' => "mg",
        '㎏' => "kg",
        '㏄' => "cc",
        '㎾' => "kw",
        '㎿' => "mw",
        '㎐' => "hz",
        '㎑' => "khz",
        '㎒' => "mhz",
        '㎓' => "ghz",
        '㎩' => "pa",
        '㎪' => "kpa",
        '㎫' => "mpa",
        '⁰' | '₀' => "0",
        '¹' | '₁' | '①' => "1",
        '²' | '₂' | '②' => "2",
        '³' | '₃' | '③' => "3",
        '⁴' | '₄' | '④' => "4",
        '⁵' | '₅' | '⑤' => "5",
        '⁶' | '₆' | '⑥' => "6",
        '⁷' | '₇' | '⑦' => "7",
        '⁸' | '₈' | '⑧' => "8",
        '⁹' | '₉' | '⑨' => "9",
        'Ⅰ' | 'ⅰ' => "i",
        'Ⅱ' | 'ⅱ' => "ii",
        'Ⅲ' | 'ⅲ' => "iii",
        'Ⅳ' | 'ⅳ' => "iv",
        'Ⅴ' | 'ⅴ' => "v",
        'Ⅵ' | 'ⅵ' => "vi",
        c => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push_str(plain);
}
