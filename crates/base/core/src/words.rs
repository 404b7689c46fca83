//! Words in Chinese and English, by Fluent.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::Issue;

/// A reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// As stored: `zh`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// For the page's `lang` attribute.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other one, for the switch in the page's head.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

impl FromStr for Lang {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("zh") => Ok(Self::Zh),
            Some("en") => Ok(Self::En),
            _ => Err(()),
        }
    }
}

/// A text file of words that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// Fluent cannot read it.
    #[error("words ({lang}) cannot be read: {what}")]
    Syntax {
        /// Which language.
        lang: &'static str,
        /// What Fluent says.
        what: String,
    },
    /// Two files have the same id.
    #[error("words ({lang}) hold {id} twice")]
    Twice {
        /// Which language.
        lang: &'static str,
        /// Which id.
        id: String,
    },
}

/// The words of all capabilities in both languages.
pub struct Words {
    zh: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
    ids: BTreeMap<Lang, Vec<String>>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Words {
    /// Reads (Chinese, English) files.
    ///
    /// # Errors
    /// [`WordsError`]; a test builds all words, so a shipped binary never sees it.
    pub fn new<'a>(files: impl IntoIterator<Item = &'a (&'static str, &'static str)>) -> Result<Self, WordsError> {
        let mut zh = FluentBundle::new_concurrent(vec![unic_langid::langid!("zh-CN")]);
        let mut en = FluentBundle::new_concurrent(vec![unic_langid::langid!("en")]);
        zh.set_use_isolating(false);
        en.set_use_isolating(false);
        let mut ids = BTreeMap::new();
        for (zh_text, en_text) in files {
            add(&mut zh, zh_text, Lang::Zh, &mut ids)?;
            add(&mut en, en_text, Lang::En, &mut ids)?;
        }
        Ok(Self { zh, en, ids })
    }

    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// All ids of a language, attributes as `id.attribute`.
    #[must_use]
    pub fn ids(&self, lang: Lang) -> &[String] {
        self.ids.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// Whether there are words for an id (or `id.attribute`).
    #[must_use]
    pub fn has(&self, lang: Lang, id: &str) -> bool {
        let (id, attribute) = id.split_once('.').map_or((id, None), |(a, b)| (a, Some(b)));
        self.bundle(lang).get_message(id).is_some_and(|m| match attribute {
            Some(a) => m.get_attribute(a).is_some(),
            None => m.value().is_some(),
        })
    }

    /// Words with arguments. An unknown id is shown as it is (and said in the log): a page must not fail for a word.
    #[must_use]
    pub fn get(&self, lang: Lang, id: &str, args: &[(&str, String)]) -> String {
        let bundle = self.bundle(lang);
        let (name, attribute) = id.split_once('.').map_or((id, None), |(a, b)| (a, Some(b)));
        let pattern = bundle.get_message(name).and_then(|m| match attribute {
            Some(a) => m.get_attribute(a).map(|a| a.value()),
            None => m.value(),
        });
        let Some(pattern) = pattern else {
            tracing::warn!(id, lang = lang.code(), "no words for this id");
            return id.to_owned();
        };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            // Numbers as numbers, so that plural forms work; everything else as it is.
            match value.parse::<i64>() {
                Ok(n) if n.to_string() == *value => fluent.set(*name, FluentValue::from(n)),
                _ => fluent.set(*name, FluentValue::from(value.as_str())),
            }
        }
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, (!args.is_empty()).then_some(&fluent), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::warn!(
                id,
                lang = lang.code(),
                ?errors,
                "words ask for an argument that was not given"
            );
        }
        text
    }

    /// An issue in words.
    #[must_use]
    pub fn issue(&self, lang: Lang, issue: &Issue) -> String {
        let args: Vec<(&str, String)> = issue.args.iter().map(|(k, v)| (*k, v.clone())).collect();
        self.get(lang, &format!("issue-{}", issue.code), &args)
    }
}

fn add(
    bundle: &mut FluentBundle<FluentResource>,
    text: &'static str,
    lang: Lang,
    ids: &mut BTreeMap<Lang, Vec<String>>,
) -> Result<(), WordsError> {
    let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| WordsError::Syntax {
        lang: lang.code(),
        what: format!("{errors:?}"),
    })?;
    let list = ids.entry(lang).or_default();
    for entry in resource.entries() {
        if let fluent_syntax::ast::Entry::Message(message) = entry {
            if message.value.is_some() {
                list.push(message.id.name.to_owned());
            }
            list.extend(
                message
                    .attributes
                    .iter()
                    .map(|a| format!("{}.{}", message.id.name, a.id.name)),
            );
        }
    }
    bundle.add_resource(resource).map_err(|errors| WordsError::Twice {
        lang: lang.code(),
        id: format!("{errors:?}"),
    })
}
