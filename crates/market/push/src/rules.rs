//! Who may what, and the pure part: what counts as new, whom an item fits, when a message may go, where a pair of need and
//! university stands.

use jcore::{Action, Role, Rule, When, Who};
use kernel::{Region, Regions, Sector, Stamp};
use serde::{Deserialize, Serialize};

/// Following things: one's own subscriptions, and how one is reached.
pub const FOLLOW: Action = Action("push.follow");
/// Answering and unsubscribing by a signed link, without signing in.
pub const LINK: Action = Action("push.link");
/// Looking at the coverage (R128, R129).
pub const SEE: Action = Action("push.see");
/// Sending dead messages again.
pub const RESEND: Action = Action("push.resend");
/// Declaring the fields in which an organisation's liaison gets needs.
pub const FIELDS: Action = Action("push.fields");
/// Recommending batches to markets elsewhere (R016, R130).
pub const PARTNERS: Action = Action("push.partners");
/// A market elsewhere fetching its batches and saying what became of them.
pub const PARTNER_SIDE: Action = Action("push.partner-side");
/// The platform's own work: following what is published, putting messages together.
pub const WORK: Action = Action("push.work");

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        Rule::new(FOLLOW, Who::SignedIn, When::Own),
        // The link's signature says for whom: see `tokens`.
        Rule::new(LINK, Who::Anyone, When::Always),
        // The partner's token says for whom: see `partners`.
        Rule::new(PARTNER_SIDE, Who::Anyone, When::Always),
        Rule::new(SEE, Who::Role(Role::UniversityCentre), When::Always),
        Rule::new(SEE, Who::Role(Role::Supervisor), When::Always),
    ];
    for role in [Role::Liaison, Role::Manager] {
        rules.push(Rule::new(FIELDS, Who::Role(role), When::OwnOrg));
    }
    // WORK has a row so that the table lists it; nobody but the system and the centre reaches it.
    for action in [SEE, RESEND, FIELDS, PARTNERS, WORK] {
        rules.push(Rule::new(action, Who::Role(Role::Centre), When::Always));
    }
    rules
}

/// The kinds of entry that can be followed, in the order of pages.
pub(crate) const KINDS: [&str; 3] = ["need", "patent", "achievement"];
/// The kind that goes to every university (R128).
pub(crate) const NEED: &str = "need";

/// A code list: as stored, and as forms send it.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident => $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[$doc])* $variant,)* }
        impl $name {
            /// All, in the order of pages.
            #[allow(dead_code, reason = "some lists are not offered")]
            pub(crate) const ALL: &[Self] = &[$(Self::$variant,)*];
            /// As stored.
            #[must_use]
            pub(crate) fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
            /// Reads the stored form.
            #[must_use]
            #[allow(dead_code, reason = "some codes are only written")]
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// How often a person gets what fits.
    Rhythm {
        /// As soon as it is public.
        Now => "now",
        /// Every morning, together.
        Daily => "daily",
        /// Every Monday morning, together.
        Weekly => "weekly",
    }
}

codes! {
    /// A way to a person.
    Channel {
        /// The inbox on the platform.
        Inbox => "inbox",
        /// Mail.
        Mail => "mail",
        /// The WeChat official account.
        Wechat => "wechat",
        /// A machine of theirs.
        Hook => "hook",
    }
}

impl Channel {
    /// Whether it reaches a person outside the platform: only that counts as pushed (R129), since an inbox that nobody
    /// opens has told nobody.
    #[must_use]
    pub(crate) fn reaches_out(self) -> bool {
        self != Self::Inbox
    }

    /// Whether quiet hours hold it back: what rings does, machines and the inbox don't ring.
    #[must_use]
    pub(crate) fn rings(self) -> bool {
        matches!(self, Self::Mail | Self::Wechat)
    }
}

codes! {
    /// What happened to an item.
    Event {
        /// It became public.
        Published => "published",
        /// It came again and differs in substance.
        Changed => "changed",
        /// It was taken out.
        Withdrawn => "withdrawn",
    }
}

codes! {
    /// What a reader says to a push.
    Reply {
        /// 感兴趣.
        Interested => "interested",
        /// 不合适, with a reason.
        NotForUs => "not-for-us",
    }
}

codes! {
    /// Why an item is not for somebody.
    Why {
        /// Another field of work.
        Field => "field",
        /// No team for it now.
        Capacity => "capacity",
        /// The budget is too small.
        Budget => "budget",
        /// The time is too short.
        Time => "time",
        /// It says too little to judge.
        Unclear => "unclear",
        /// Something else.
        Other => "other",
    }
}

/// What decides whether an item fits somebody, and whether it is new to them: taken from the public projection alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Gist {
    /// Its title.
    pub title: String,
    /// Fields of industry, codes in the order of the form.
    pub sectors: Vec<String>,
    /// The division that it lies in.
    pub region: String,
    /// The facts beside the text: category, price, readiness, indicators …, as key and text.
    pub facts: Vec<(String, String)>,
    /// Its texts, folded.
    pub text: String,
}

/// Below this share of common pairs of letters a text counts as another: a mended sentence is none, a new demand is one.
const SAME_TEXT_PERCENT: usize = 80;

/// Whether an item differs from what was pushed of it in substance: another title, field, region or fact, or a text of which
/// more than a fifth is new. Case, width, spaces and punctuation count nowhere.
#[must_use]
pub(crate) fn is_material(before: &Gist, after: &Gist) -> bool {
    use kernel::text::fold;
    let facts = |gist: &Gist| -> Vec<(String, String)> {
        gist.facts.iter().map(|(key, text)| (key.clone(), fold(text))).collect()
    };
    fold(&before.title) != fold(&after.title)
        || sorted(&before.sectors) != sorted(&after.sectors)
        || before.region != after.region
        || facts(before) != facts(after)
        || alike_percent(&before.text, &after.text) < SAME_TEXT_PERCENT
}

fn sorted(list: &[String]) -> Vec<&String> {
    let mut out: Vec<&String> = list.iter().collect();
    out.sort();
    out
}

/// How much two folded texts have in common, in percent: pairs of neighbouring letters, each as often as it occurs.
fn alike_percent(a: &str, b: &str) -> usize {
    fn pairs(text: &str) -> std::collections::HashMap<(char, char), usize> {
        let mut out = std::collections::HashMap::new();
        let letters: Vec<char> = text.chars().collect();
        for pair in letters.windows(2) {
            *out.entry((pair[0], pair[1])).or_default() += 1;
        }
        out
    }
    if a == b {
        return 100;
    }
    let (a, b) = (pairs(a), pairs(b));
    let total = a.values().sum::<usize>() + b.values().sum::<usize>();
    if total == 0 {
        return 0;
    }
    let common: usize = a
        .iter()
        .map(|(pair, n)| (*n).min(b.get(pair).copied().unwrap_or(0)))
        .sum();
    common * 200 / total
}

/// What has become of an item since it was seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing that concerns anybody.
    Nothing,
    /// Public for the first time.
    First,
    /// Public, and differs in substance from what was pushed.
    Anew,
    /// Public again, as it was.
    Back,
    /// No longer public.
    Gone,
}

/// What has become of an item: as it was pushed last and whether it was public then, and as the public sees it now.
#[must_use]
pub(crate) fn step(before: Option<(&Gist, bool)>, now: Option<&Gist>) -> Step {
    match (before, now) {
        (None, None) | (Some((_, false)), None) => Step::Nothing,
        (None, Some(_)) => Step::First,
        (Some((_, true)), None) => Step::Gone,
        (Some((old, was_public)), Some(new)) => {
            if is_material(old, new) {
                Step::Anew
            } else if was_public {
                Step::Nothing
            } else {
                Step::Back
            }
        }
    }
}

/// What a subscription asks for, beside its words. Empty asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Kinds of entry.
    pub kinds: Vec<String>,
    /// Fields of industry; one in common is enough.
    pub sectors: Vec<Sector>,
    /// A division; everything within it counts.
    pub region: Option<Region>,
}

/// Whether an item is what a subscription asks for, its words apart.
#[must_use]
pub(crate) fn fits(asked: &Asked, regions: &Regions, kind: &str, sectors: &[Sector], region: Option<Region>) -> bool {
    let kind_fits = asked.kinds.is_empty() || asked.kinds.iter().any(|k| k == kind);
    let sector_fits = asked.sectors.is_empty() || asked.sectors.iter().any(|s| sectors.contains(s));
    let region_fits = asked
        .region
        .is_none_or(|within| region.is_some_and(|r| regions.is_within(r, within)));
    kind_fits && sector_fits && region_fits
}

/// Whether a need should reach an organisation with these declared fields: one in common; without declared fields always,
/// and a need without a field goes to all, so that nothing is lost for want of a tick (R129).
#[must_use]
pub(crate) fn should_get(declared: &[Sector], sectors: &[Sector]) -> bool {
    declared.is_empty() || sectors.is_empty() || declared.iter().any(|s| sectors.contains(s))
}

/// Minutes of a day.
pub(crate) const DAY_MINUTES: i64 = 24 * 60;

/// Hours in which nothing rings, as minutes of the day in China; the same minute twice means none. May go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quiet {
    /// From this minute.
    pub from: i64,
    /// Until before this one.
    pub until: i64,
}

impl Quiet {
    /// Ten in the evening to seven in the morning: what holds until a person says otherwise.
    pub(crate) const USUAL: Self = Self {
        from: 22 * 60,
        until: 7 * 60,
    };

    /// When a message that is due at an instant may go: then, or when the quiet hours end.
    #[must_use]
    pub(crate) fn after(self, at: Stamp) -> Stamp {
        let time = at.civil_in_cn().time();
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let (from, until) = (self.from.rem_euclid(DAY_MINUTES), self.until.rem_euclid(DAY_MINUTES));
        let inside = if from <= until {
            (from..until).contains(&minute)
        } else {
            minute >= from || minute < until
        };
        if !inside {
            return at;
        }
        let wait = (until - minute).rem_euclid(DAY_MINUTES);
        at.plus_secs(wait * 60 - i64::from(time.second()))
    }
}

/// The minute of the day at which collected messages go: when offices here open.
pub(crate) const DIGEST_MINUTE: i64 = 8 * 60 + 30;

/// When what came at an instant goes by a rhythm.
#[must_use]
pub(crate) fn due(rhythm: Rhythm, at: Stamp) -> Stamp {
    if rhythm == Rhythm::Now {
        return at;
    }
    let today = at.date_in_cn();
    let mut day = today;
    // At most eight steps: a week ahead and today.
    for _ in 0..8 {
        let moment = Stamp::start_of(day).plus_secs(DIGEST_MINUTE * 60);
        let is_day = rhythm == Rhythm::Daily || day.weekday().to_monday_one_offset() == 1;
        if is_day && moment > at {
            return moment;
        }
        day = Stamp::start_of(day).plus_days(1).date_in_cn();
    }
    at
}

codes! {
    /// Why nothing went to a university.
    Lack {
        /// It has no liaison in office (R021).
        NoLiaison => "no-liaison",
        /// Its liaison has no address.
        NoAddress => "no-address",
        /// Its liaison wants no mails.
        Unsubscribed => "unsubscribed",
        /// The address was refused.
        Bounced => "bounced",
        /// The message was tried as often as it is tried, and did not leave.
        Failed => "failed",
    }
}

/// A share in percent, rounded down: only all of it is 100 (R129 asks for 100 %).
#[must_use]
pub(crate) fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        100
    } else {
        part.saturating_mul(100) / whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    fn gist(title: &str, text: &str) -> Gist {
        Gist {
            title: title.into(),
            sectors: vec!["EQ".into()],
            region: "320582".into(),
            facts: vec![("amount".into(), "100 万元".into())],
            text: text.into(),
        }
    }

    #[test]
    fn only_substance_is_new() {
        let text = "渗碳淬火后的齿向变形压到磨齿余量以内批量稳定";
        let old = gist("重载齿轮渗碳淬火变形控制", text);
        assert!(!is_material(&old, &gist("《重载齿轮 渗碳淬火变形控制》", text)));
        assert!(!is_material(
            &old,
            &gist("重载齿轮渗碳淬火变形控制", &text.replace("稳定", "可靠"))
        ));
        assert!(is_material(&old, &gist("重载齿轮感应淬火变形控制", text)));
        assert!(is_material(
            &old,
            &gist("重载齿轮渗碳淬火变形控制", "要求改为现场服务三年并提供全部工艺数据")
        ));
        let mut dearer = old.clone();
        dearer.facts[0].1 = "200 万元".into();
        assert!(is_material(&old, &dearer));
        let mut elsewhere = old.clone();
        elsewhere.sectors.push("NM".into());
        assert!(is_material(&old, &elsewhere));
    }

    #[test]
    fn steps_follow_what_is_public() {
        let (a, b) = (gist("a", "x"), gist("b", "y"));
        assert_eq!(step(None, None), Step::Nothing);
        assert_eq!(step(None, Some(&a)), Step::First);
        assert_eq!(step(Some((&a, true)), Some(&a)), Step::Nothing);
        assert_eq!(step(Some((&a, true)), Some(&b)), Step::Anew);
        assert_eq!(step(Some((&a, true)), None), Step::Gone);
        assert_eq!(step(Some((&a, false)), None), Step::Nothing);
        assert_eq!(step(Some((&a, false)), Some(&a)), Step::Back);
        assert_eq!(step(Some((&a, false)), Some(&b)), Step::Anew);
    }

    #[test]
    fn nothing_asked_fits_all_and_something_narrows() {
        let regions = Regions::builtin();
        let (eq, bio) = (Sector::from_code("EQ").unwrap(), Sector::from_code("BIO").unwrap());
        let kunshan = Region::new("320583");
        let all = Asked::default();
        assert!(fits(&all, regions, "need", &[eq], kunshan) && fits(&all, regions, "patent", &[], None));
        let asked = Asked {
            kinds: vec!["need".into()],
            sectors: vec![eq],
            region: Region::new("320500"),
        };
        assert!(fits(&asked, regions, "need", &[bio, eq], kunshan));
        assert!(!fits(&asked, regions, "patent", &[eq], kunshan));
        assert!(!fits(&asked, regions, "need", &[bio], kunshan));
        assert!(!fits(&asked, regions, "need", &[eq], Region::new("320102")));
        assert!(!fits(&asked, regions, "need", &[eq], None));
        assert!(should_get(&[], &[eq]) && should_get(&[eq], &[]) && should_get(&[eq, bio], &[bio]));
        assert!(!should_get(&[eq], &[bio]));
    }

    fn at(day: i8, hour: i8, minute: i8) -> Stamp {
        Stamp::in_china(Day::constant(2023, 6, day).at(hour, minute, 0, 0))
    }

    #[test]
    fn quiet_hours_end_in_the_morning() {
        let quiet = Quiet::USUAL;
        assert_eq!(quiet.after(at(14, 23, 10)), at(15, 7, 0));
        assert_eq!(quiet.after(at(14, 6, 59)), at(14, 7, 0));
        assert_eq!(quiet.after(at(14, 7, 0)), at(14, 7, 0));
        assert_eq!(quiet.after(at(14, 21, 59)), at(14, 21, 59));
        let noon = Quiet { from: 720, until: 840 };
        assert_eq!(noon.after(at(14, 12, 30)), at(14, 14, 0));
        assert_eq!(Quiet { from: 0, until: 0 }.after(at(14, 0, 0)), at(14, 0, 0));
    }

    #[test]
    fn digests_go_in_the_morning() {
        // 2023-06-14 is a Wednesday.
        assert_eq!(due(Rhythm::Now, at(14, 10, 0)), at(14, 10, 0));
        assert_eq!(due(Rhythm::Daily, at(14, 10, 0)), at(15, 8, 30));
        assert_eq!(due(Rhythm::Daily, at(14, 8, 0)), at(14, 8, 30));
        assert_eq!(due(Rhythm::Daily, at(14, 8, 30)), at(15, 8, 30));
        assert_eq!(due(Rhythm::Weekly, at(14, 10, 0)), at(19, 8, 30));
        assert_eq!(due(Rhythm::Weekly, at(19, 8, 30)), at(26, 8, 30));
    }

    #[test]
    fn only_all_is_a_hundred() {
        assert_eq!((percent(171, 172), percent(172, 172), percent(0, 0)), (99, 100, 100));
    }
}
