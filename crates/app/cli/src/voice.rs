//! In which language the command speaks, and its words.

use std::cell::OnceCell;
use std::ffi::OsString;

use jcore::{Lang, Words};

/// The command's own words.
pub(crate) const WORDS: (&str, &str) = (include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"));

/// A language with its words.
pub(crate) struct Voice {
    /// The language.
    pub(crate) lang: Lang,
    own: Words,
    // Reading the words of the whole house takes longer than most commands, and few need them.
    all: OnceCell<Option<Words>>,
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Voice")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl Voice {
    /// The words in a language.
    pub(crate) fn new(lang: Lang) -> Result<Self, String> {
        let own = Words::new([&WORDS]).map_err(|e| e.to_string())?;
        Ok(Self {
            lang,
            own,
            all: OnceCell::new(),
        })
    }

    /// Words with arguments.
    pub(crate) fn say(&self, id: &str, args: &[(&str, String)]) -> String {
        self.own.get(self.lang, id, args)
    }

    /// Words without arguments.
    pub(crate) fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// Words without arguments, where there are some.
    pub(crate) fn word_if(&self, id: &str) -> Option<String> {
        self.own.has(self.lang, id).then(|| self.word(id))
    }

    /// The words of the whole house: faults, issues, roles, rules.
    pub(crate) fn all(&self) -> Option<&Words> {
        self.all.get_or_init(|| Words::new(&web::all_words()).ok()).as_ref()
    }

    /// A word of the house, without arguments.
    pub(crate) fn of_house(&self, id: &str) -> String {
        self.all()
            .map_or_else(|| id.to_owned(), |words| words.get(self.lang, id, &[]))
    }
}

/// The language: `--lang`, else `JIEBANG_LANG`, else the machine's; Chinese where none of them says English.
///
/// It is looked for before the arguments are read, since their reader's own messages are in it too.
pub(crate) fn choose(args: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let mut args = args.iter().skip(1).map(|a| a.to_string_lossy());
    while let Some(arg) = args.next() {
        if arg == "--" {
            break;
        }
        let named = if arg == "--lang" {
            args.next()
        } else {
            arg.strip_prefix("--lang=").map(|v| v.to_owned().into())
        };
        if let Some(lang) = named.and_then(|v| v.parse().ok()) {
            return lang;
        }
    }
    ["JIEBANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(env)
        .find(|v| !v.is_empty())
        .and_then(|v| v.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(args: &[&str], env: &[(&str, &str)]) -> Lang {
        let args: Vec<OsString> = std::iter::once("jiebang")
            .chain(args.iter().copied())
            .map(OsString::from)
            .collect();
        choose(&args, |name| {
            env.iter().find(|(k, _)| *k == name).map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn the_flag_counts_before_the_environment() {
        assert_eq!(chosen(&["serve", "--lang", "en"], &[("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(chosen(&["--lang=zh"], &[("LANG", "en_GB.UTF-8")]), Lang::Zh);
        assert_eq!(chosen(&[], &[("LANG", "en_US.UTF-8")]), Lang::En);
        assert_eq!(chosen(&[], &[("JIEBANG_LANG", "zh"), ("LANG", "en_US")]), Lang::Zh);
        assert_eq!(chosen(&[], &[("LANG", "C.UTF-8")]), Lang::Zh);
        assert_eq!(chosen(&["import", "--", "--lang", "en"], &[]), Lang::Zh);
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let words = Words::new([&WORDS]).unwrap();
        let ids = |lang| {
            let mut ids = words.ids(lang).to_vec();
            ids.sort();
            ids
        };
        assert_eq!(ids(Lang::Zh), ids(Lang::En));
        // No id of the house is taken, since the two are never read together but people search for them.
        let house = Words::new(&web::all_words()).unwrap();
        assert!(words.ids(Lang::Zh).iter().all(|id| !house.has(Lang::Zh, id)));
    }
}
