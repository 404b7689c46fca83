//! The page around every page: head, navigation, phases, language switch, messages, foot. Templates hold it as `s`.

use kernel::Stamp;

use crate::{Cx, Lang, Phase, PhaseState};

/// A link of the navigation, ready to show.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether the reader is there.
    pub current: bool,
}

/// The shell of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    cx: Cx,
    /// Whether the phases of the season are shown under the head (public pages).
    pub with_phases: bool,
}

impl Shell {
    pub(crate) fn new(cx: Cx) -> Self {
        Self { cx, with_phases: false }
    }

    /// With the season's phases under the head.
    #[must_use]
    pub fn phases(mut self) -> Self {
        self.with_phases = true;
        self
    }

    /// The request.
    #[must_use]
    pub fn cx(&self) -> &Cx {
        &self.cx
    }

    /// Words.
    #[must_use]
    pub fn t(&self, id: impl AsRef<str>) -> String {
        self.cx.t(id.as_ref())
    }

    /// Words with one argument.
    #[must_use]
    pub fn t1(&self, id: impl AsRef<str>, name: &str, value: impl ToString) -> String {
        self.cx.ta(id.as_ref(), &[(name, value.to_string())])
    }

    /// Words with two arguments.
    #[must_use]
    pub fn t2(&self, id: impl AsRef<str>, a: &str, av: impl ToString, b: &str, bv: impl ToString) -> String {
        self.cx.ta(id.as_ref(), &[(a, av.to_string()), (b, bv.to_string())])
    }

    /// A link in the reader's language.
    #[must_use]
    pub fn href(&self, path: impl AsRef<str>) -> String {
        self.cx.href(path.as_ref())
    }

    /// The page's language tag.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.cx.lang.tag()
    }

    /// Whether the reader reads Chinese.
    #[must_use]
    pub fn zh(&self) -> bool {
        self.cx.lang == Lang::Zh
    }

    /// The same page in the other language.
    #[must_use]
    pub fn other_lang_href(&self) -> String {
        let query = if self.cx.query.is_empty() {
            String::new()
        } else {
            format!("?{}", self.cx.query)
        };
        format!("/{}{}{}", self.cx.lang.other().code(), self.cx.path, query)
    }

    /// The other language's tag.
    #[must_use]
    pub fn other_lang(&self) -> &'static str {
        self.cx.lang.other().tag()
    }

    /// The site's name.
    #[must_use]
    pub fn site(&self) -> &str {
        let names = &self.cx.app.settings.site_name;
        if self.zh() { &names.0 } else { &names.1 }
    }

    /// The token that forms carry.
    #[must_use]
    pub fn csrf(&self) -> &str {
        &self.cx.csrf
    }

    /// The signed-in person's name.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.cx.actor.user.map(|_| self.cx.actor.name.as_str())
    }

    /// Notices not yet read.
    #[must_use]
    pub fn unread(&self) -> i64 {
        self.cx.unread
    }

    /// What the last action said.
    #[must_use]
    pub fn flash(&self) -> Option<&str> {
        self.cx.flash.as_deref()
    }

    /// Whether this is the demo.
    #[must_use]
    pub fn demo(&self) -> bool {
        self.cx.app.settings.demo
    }

    fn links(&self, work: bool) -> Vec<Link> {
        let (cx, path) = (&self.cx, self.cx.path.as_ref());
        cx.app
            .nav
            .iter()
            .filter(|n| (n.order >= 100) == work && cx.app.rules.reaches(&cx.actor, n.action).is_ok())
            .map(|n| Link {
                text: cx.t(&format!("nav-{}", n.key)),
                href: cx.href(n.href),
                current: if n.href == "/" {
                    path == "/"
                } else {
                    path == n.href || path.starts_with(&format!("{}/", n.href))
                },
            })
            .collect()
    }

    /// The public links of the head.
    #[must_use]
    pub fn public_links(&self) -> Vec<Link> {
        self.links(false)
    }

    /// The links of who is at work.
    #[must_use]
    pub fn work_links(&self) -> Vec<Link> {
        if self.cx.actor.user.is_some() {
            self.links(true)
        } else {
            Vec::new()
        }
    }

    /// The phases of the season with their CSS class.
    #[must_use]
    pub fn phase_list(&self) -> Vec<(String, &'static str)> {
        if !self.with_phases {
            return Vec::new();
        }
        (self.cx.app.phases)(&self.cx.app, self.cx.now, self.cx.lang)
            .into_iter()
            .map(|Phase { text, state }| {
                let class = match state {
                    PhaseState::Past => "done",
                    PhaseState::Now => "now",
                    PhaseState::Coming => "",
                };
                (text, class)
            })
            .collect()
    }

    /// An instant as people here read it: `2023-06-14 周三 14:06`.
    #[must_use]
    pub fn time(&self, micros: &i64) -> String {
        self.when(Stamp::from_micros(*micros), true)
    }

    /// An instant's day.
    #[must_use]
    pub fn day(&self, micros: &i64) -> String {
        self.when(Stamp::from_micros(*micros), false)
    }

    fn when(&self, stamp: Stamp, with_time: bool) -> String {
        let day = stamp.date_in_cn();
        let weekday = self.t(format!("weekday-{}", day.weekday().to_monday_one_offset()));
        if with_time {
            let text = stamp.format_cn();
            let clock = text.split_once(' ').map_or("", |(_, c)| c);
            format!("{day} {weekday} {clock}")
        } else {
            format!("{day} {weekday}")
        }
    }

    /// The time now, for the foot.
    #[must_use]
    pub fn now(&self) -> String {
        self.when(self.cx.now, true)
    }
}
