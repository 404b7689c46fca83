//! From a list or a search to following it: the address at which a subscription begins with what was looked for (R127).

use jcore::Cx;

/// Where a subscription begins.
const BEGIN: &str = "/my/subscriptions/new";
/// Characters of a text that are taken along: an address must fit into what proxies take, some 8 KB, and a character is up
/// to 9 bytes there.
const WORDS_CHARS_MAX: usize = 500;

/// What is to be followed; empty is the same as any.
#[derive(Debug, Clone, Default)]
pub struct Followed<'a> {
    /// Words, or a text.
    pub words: &'a str,
    /// Kinds of entries.
    pub kinds: Vec<&'a str>,
    /// A field of industry, by its code.
    pub sector: &'a str,
    /// Six-digit code of a division.
    pub region: &'a str,
}

impl Followed<'_> {
    /// The address, in the reader's language. Who is not signed in is asked to be first.
    #[must_use]
    pub fn href(&self, cx: &Cx) -> String {
        cx.href(&self.path())
    }

    fn path(&self) -> String {
        let words: String = self.words.trim().chars().take(WORDS_CHARS_MAX).collect();
        let pairs = [("q", words.as_str()), ("sector", self.sector), ("region", self.region)];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        query.extend_pairs(self.kinds.iter().map(|kind| ("kind", kind)));
        match query.finish() {
            query if query.is_empty() => BEGIN.to_owned(),
            query => format!("{BEGIN}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_is_taken_along() {
        assert_eq!(Followed::default().path(), "/my/subscriptions/new");
        let all = Followed {
            words: " 齿轮 a ",
            kinds: vec!["patent", "achievement"],
            sector: "EQ",
            region: "320500",
        };
        assert_eq!(
            all.path(),
            "/my/subscriptions/new?q=%E9%BD%BF%E8%BD%AE+a&sector=EQ&region=320500&kind=patent&kind=achievement"
        );
        let long = "齿".repeat(2_000);
        let followed = Followed {
            words: &long,
            ..Followed::default()
        };
        assert!(followed.path().len() < 8_000);
    }
}
