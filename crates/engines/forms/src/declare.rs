//! The declaration of a form. Everything is `'static`, so that a form is a constant that the compiler checks and nothing has to be loaded.

use std::collections::BTreeMap;

/// A form: one kind of record that people fill in (the 专利征集表, 成果征集表, 需求征集表 of R115, R116, R139 …).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form {
    /// Name in code and words, e.g. `patent`.
    pub key: &'static str,
    /// The parts of the form, in the order in which a page shows them.
    pub sections: &'static [Section],
}

/// A headed part of a form. Its heading is the Fluent message `section-{form.key}-{section.key}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    /// Name in code and words.
    pub key: &'static str,
    /// The fields, in the order of the page and of the sheet's columns.
    pub fields: &'static [Field],
}

/// One thing to fill in. Its label is the Fluent message `form-{form.key}-{field.key}`, with an attribute `.hint`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Name in code, JSON and words, snake_case, unique in its form.
    pub key: &'static str,
    /// What is asked for, and how the text is read.
    pub kind: Kind,
    /// Whether it has to be filled in.
    pub must: Must,
    /// Who may see it (R143).
    pub secrecy: Secrecy,
    /// Column heads by which a sheet's column is recognised: the first is the template's (Chinese), the second English, others synonyms.
    pub heads: &'static [&'static str],
    /// Good answers, shown in the template and in messages.
    pub examples: &'static [&'static str],
}

/// Whether a field has to be filled in (R140).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Must {
    /// Always.
    Yes,
    /// Never.
    No,
    /// When the field with this key has one of these values: codes, or `yes` and `no` for a yes/no field.
    When(&'static str, &'static [&'static str]),
}

/// Who may see a field's value (R143).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secrecy {
    /// Everybody.
    Open,
    /// The owner decides, by the yes/no field with this key; “no” and no answer withhold it.
    Choice(&'static str),
    /// Never public: telephone, mail, people.
    Always,
}

/// What a field asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One line of text of at most `max` characters; 书名号 or quotes around the whole are dropped.
    Line {
        /// Longest allowed, in characters.
        max: usize,
    },
    /// Text in paragraphs.
    Text {
        /// Shortest allowed, in characters.
        min: usize,
        /// Longest allowed, in characters.
        max: usize,
    },
    /// One choice of a list.
    Code(&'static List),
    /// Any choices of a list.
    Codes(&'static List),
    /// Yes or no.
    YesNo,
    /// A day, or with `month_ok` also a month.
    Date {
        /// A month without a day is enough.
        month_ok: bool,
    },
    /// An amount of money, a range, or 面议 and the like.
    Money,
    /// A Chinese patent's number (专利号).
    Patent,
    /// A 统一社会信用代码.
    Uscc,
    /// An IPC class.
    Ipc,
    /// An administrative division.
    Region,
    /// 产业领域, one or several.
    Sector,
    /// A telephone number.
    Phone,
    /// A mail address.
    Email,
    /// Names of people.
    Names,
    /// Names of organisations.
    Orgs,
    /// Quantified technical demands: `齿向变形 ≤0.03 mm（现状 0.05 mm）`, several divided by `；` or lines.
    Indicators,
    /// A whole number.
    Int {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// Technology readiness level.
    Trl,
}

/// A list of choices. A choice's name for people is the Fluent message `list-{list.key}-{code}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct List {
    /// Name in code and words.
    pub key: &'static str,
    /// The choices, in the order of the drop-down.
    pub codes: &'static [Choice],
}

/// One choice of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What is stored.
    pub code: &'static str,
    /// What people write: the Chinese name first, then the English, then synonyms.
    pub names: &'static [&'static str],
}

impl Form {
    /// All fields, in the order of the page.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.sections.iter().flat_map(|section| section.fields.iter())
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The keys of a draft that the form doesn't have. An API tells its caller of them; a page's hidden inputs are no concern of a form.
    pub fn unknown<'a>(&self, draft: &'a BTreeMap<String, String>) -> Vec<&'a str> {
        draft
            .keys()
            .map(String::as_str)
            .filter(|key| self.field(key).is_none())
            .collect()
    }
}

impl Field {
    /// The Chinese column head, the template's; the key where none is declared.
    pub fn head_zh(&self) -> &'static str {
        self.heads.first().copied().unwrap_or(self.key)
    }

    /// The English column head; the Chinese where none is declared.
    pub fn head_en(&self) -> &'static str {
        self.heads.get(1).copied().unwrap_or_else(|| self.head_zh())
    }

    /// The list of a field of choices.
    pub fn list(&self) -> Option<&'static List> {
        match self.kind {
            Kind::Code(list) | Kind::Codes(list) => Some(list),
            _ => None,
        }
    }
}

impl List {
    /// The choice with exactly this code.
    pub fn choice(&self, code: &str) -> Option<&'static Choice> {
        self.codes.iter().find(|choice| choice.code == code)
    }
}

impl Choice {
    /// The Chinese name; the code where none is declared.
    pub fn name_zh(&self) -> &'static str {
        self.names.first().copied().unwrap_or(self.code)
    }

    /// The English name; the Chinese where none is declared.
    pub fn name_en(&self) -> &'static str {
        self.names.get(1).copied().unwrap_or_else(|| self.name_zh())
    }
}
