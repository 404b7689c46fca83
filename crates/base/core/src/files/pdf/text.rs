//! The text on a PDF's pages, in the order in which it is drawn (ISO 32000, 9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::fonts::Font;
use super::lex::{Budget, Lexer, is_blank};

/// Pages whose text is read: what a preview shows and a look-through needs stands before.
const PAGES_MAX: usize = 100;
/// Bytes that all that is drawn may unpack to: a dense page has 100 KB.
const DRAWN_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Operands that an operator takes: the longest list is that of one line's pieces, which is an array.
const OPERANDS_MAX: usize = 64;
/// How deep drawings lie in drawings: letterheads in pages.
const DEPTH_MAX: usize = 4;
/// How deep pages look for what their folders of pages give them.
const PARENTS_MAX: usize = 32;
/// A gap between letters from which on it is a space between words, in thousandths of the letters' height.
const WORD_GAP: f32 = -180.0;

/// Reads the text of the pages.
pub(super) fn read(document: &Document, chars_max: usize) -> String {
    let mut reader = Reader {
        document,
        fonts: BTreeMap::new(),
        out: String::new(),
        chars_left: chars_max,
        bytes_left: DRAWN_BYTES_MAX,
        line: None,
    };
    for page in document.get_pages().into_values().take(PAGES_MAX) {
        if reader.chars_left == 0 {
            break;
        }
        reader.page(page);
        reader.end_line();
    }
    reader.out
}

/// The characters of the 214 radicals, in the order in which Unicode has the radicals from U+2F00 on. Some programs write
/// radicals for the characters that look the same, and a name in them would not be found.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮\
    皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉\
    釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// The same for simplified forms, which Unicode has in another place.
const SIMPLIFIED: [(char, char); 23] = [
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The character that is meant by one that looks the same.
fn meant(c: char) -> char {
    const FIRST: u32 = 0x2f00;
    match u32::from(c) {
        at @ FIRST..=0x2fd5 => usize::try_from(at - FIRST)
            .ok()
            .and_then(|n| RADICALS.chars().nth(n))
            .unwrap_or(c),
        0x2e80..=0x2eff => SIMPLIFIED
            .iter()
            .find(|(radical, _)| *radical == c)
            .map_or(c, |(_, meant)| *meant),
        _ => c,
    }
}

struct Reader<'a> {
    document: &'a Document,
    /// Fonts that were met before.
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    out: String,
    chars_left: usize,
    bytes_left: usize,
    /// The height on the page at which text was drawn last.
    line: Option<f32>,
}

/// Where text stands and in which font.
#[derive(Default)]
struct State {
    font: Option<Rc<Font>>,
    height: f32,
    leading: f32,
}

impl Reader<'_> {
    fn page(&mut self, id: ObjectId) {
        let Ok(page) = self.document.get_dictionary(id) else {
            return;
        };
        let content = match page.get_deref(b"Contents", self.document) {
            Ok(Object::Stream(_)) => page.get(b"Contents").into_iter().cloned().collect(),
            Ok(Object::Array(list)) => list.clone(),
            _ => Vec::new(),
        };
        let mut drawn = Vec::new();
        for part in &content {
            if let Ok((_, Object::Stream(stream))) = self.document.dereference(part)
                && let Ok(bytes) = stream.get_plain_content_with_limit(self.bytes_left)
            {
                self.bytes_left -= bytes.len().min(self.bytes_left);
                drawn.extend(bytes);
                drawn.push(b'\n');
            }
        }
        let resources = self.resources(page);
        self.drawing(&drawn, resources.as_ref(), 0);
    }

    /// What a page draws with: its own, or that of the folders of pages above it.
    fn resources(&self, page: &Dictionary) -> Option<Dictionary> {
        let mut at = page;
        for _ in 0..PARENTS_MAX {
            if let Ok(Object::Dictionary(resources)) = at.get_deref(b"Resources", self.document) {
                return Some(resources.clone());
            }
            at = at.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    /// Goes through what is drawn, operator by operator.
    fn drawing(&mut self, bytes: &[u8], resources: Option<&Dictionary>, depth: usize) {
        let mut budget = Budget::new(bytes.len());
        let mut lexer = Lexer::new(bytes, 0, &mut budget);
        let (mut state, mut operands) = (State::default(), Vec::new());
        while self.chars_left > 0 && lexer.blanks().is_ok() && !lexer.rest().is_empty() {
            if let Ok(object) = lexer.object() {
                if operands.len() < OPERANDS_MAX {
                    operands.push(object);
                }
                continue;
            }
            match lexer.word() {
                b"ID" => pass_image(&mut lexer),
                b"Do" if depth < DEPTH_MAX => self.inner(&operands, resources, depth),
                operator => self.operator(operator, &operands, resources, &mut state),
            }
            operands.clear();
        }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Object], resources: Option<&Dictionary>, state: &mut State) {
        let number = |at: usize| operands.get(at).and_then(|o| o.as_float().ok()).unwrap_or_default();
        match operator {
            b"BT" => state.height = 0.0,
            b"Tf" => {
                state.font = operands
                    .first()
                    .and_then(|name| self.font(name.as_name().ok()?, resources?))
            }
            b"TL" => state.leading = number(0),
            b"Td" => state.height += number(1),
            b"TD" => {
                state.leading = -number(1);
                state.height += number(1);
            }
            b"Tm" => state.height = number(5),
            b"T*" => state.height -= state.leading,
            b"Tj" => self.show(operands.first(), state),
            b"'" => {
                state.height -= state.leading;
                self.show(operands.first(), state);
            }
            b"\"" => {
                state.height -= state.leading;
                self.show(operands.get(2), state);
            }
            b"TJ" => {
                for piece in operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match piece.as_float() {
                        Ok(gap) if gap < WORD_GAP => self.space(),
                        Ok(_) => {}
                        Err(_) => self.show(Some(piece), state),
                    }
                }
            }
            _ => {}
        }
    }

    /// A drawing within this one.
    fn inner(&mut self, operands: &[Object], resources: Option<&Dictionary>, depth: usize) {
        let stream = (|| {
            let name = operands.first()?.as_name().ok()?;
            let all = resources?.get_deref(b"XObject", self.document).ok()?.as_dict().ok()?;
            let stream = all.get_deref(name, self.document).ok()?.as_stream().ok()?;
            matches!(stream.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form")).then_some(stream)
        })();
        let Some(stream) = stream else { return };
        let Ok(bytes) = stream.get_plain_content_with_limit(self.bytes_left) else {
            return;
        };
        // Drawn a thousand times it costs a thousand times.
        self.bytes_left -= (bytes.len() + 1024).min(self.bytes_left);
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict)
            .ok();
        self.drawing(&bytes, own.or(resources), depth + 1);
    }

    fn font(&mut self, name: &[u8], resources: &Dictionary) -> Option<Rc<Font>> {
        let fonts = resources.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
        let id = fonts.get(name).and_then(Object::as_reference).ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(known.clone());
        }
        let dictionary = fonts.get_deref(name, self.document).ok()?.as_dict().ok()?;
        let font = Rc::new(Font::of(self.document, dictionary));
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Some(font)
    }

    fn show(&mut self, text: Option<&Object>, state: &State) {
        let (Some(Object::String(bytes, _)), Some(font)) = (text, &state.font) else {
            return;
        };
        let text = font.text(bytes);
        if text.is_empty() {
            return;
        }
        // Text at another height is on another line; a raised digit is not.
        if self.line.is_some_and(|line| (line - state.height).abs() > 3.0) {
            self.end_line();
        }
        self.line = Some(state.height);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()).take(self.chars_left) {
            match c {
                // Letters that are drawn as one.
                'ﬀ' => self.out.push_str("ff"),
                'ﬁ' => self.out.push_str("fi"),
                'ﬂ' => self.out.push_str("fl"),
                'ﬃ' => self.out.push_str("ffi"),
                'ﬄ' => self.out.push_str("ffl"),
                c => self.out.push(meant(c)),
            }
            self.chars_left -= 1;
        }
    }

    fn space(&mut self) {
        if self.out.ends_with(|c: char| c.is_ascii_graphic()) {
            self.push(" ");
        }
    }

    fn end_line(&mut self) {
        self.line = None;
        if !self.out.is_empty() && !self.out.ends_with('\n') && self.chars_left > 0 {
            self.out.push('\n');
            self.chars_left -= 1;
        }
    }
}

/// Passes over a picture that stands among the operators: its data end with `EI` between blanks.
fn pass_image(lexer: &mut Lexer<'_, '_>) {
    let rest = lexer.rest();
    let end = rest
        .windows(4)
        .position(|w| is_blank(w[0]) && w[1..3] == *b"EI" && is_blank(w[3]));
    lexer.at += end.map_or(rest.len(), |at| at + 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_that_are_meant() {
        assert_eq!(RADICALS.chars().count(), 214);
        for (radical, expected) in [
            ('⼀', '一'),
            ('⽕', '火'),
            ('⾦', '金'),
            ('⿕', '龠'),
            ('⻮', '齿'),
            ('⻚', '页'),
            ('齿', '齿'),
        ] {
            assert_eq!(meant(radical), expected);
        }
        assert!(
            SIMPLIFIED
                .iter()
                .all(|(radical, _)| (0x2e80..0x2f00).contains(&u32::from(*radical)))
        );
    }
}
