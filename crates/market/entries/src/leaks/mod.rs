//! Looks through open texts for what does not belong there (R143): the name of an owner who stays hidden and what leads to
//! it (marks, patent numbers, codes), people who are not named elsewhere, telephone numbers, mail and web addresses.

mod beside;
mod names;
mod scan;

use forms::{Lookup, Record, Secrecy, Value};
use kernel::{Issue, Regions};

use crate::kind::EntryKind;
pub use beside::leaks_beside;
pub use names::Names;

/// The fields in which people are named, in every form that has them.
const PEOPLE: [&str; 4] = ["contact", "source_person", "inventors", "people"];
/// Characters of a finding that a message repeats.
const FOUND_CHARS: usize = 40;

/// What kind of thing a text tells that it should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeakKind {
    /// The name of an owner who stays hidden.
    Owner,
    /// A trademark or a brand, by which a hidden owner is known.
    Mark,
    /// A patent's number, by which a hidden owner can be looked up.
    Patent,
    /// A 统一社会信用代码, the same.
    Uscc,
    /// A person whose name is not shown.
    Person,
    /// A telephone number.
    Phone,
    /// A mail address.
    Mail,
    /// A web address, or an account of a messenger.
    Web,
}

impl LeakKind {
    /// The issue that tells of it: an error only where the owner said that the name is to stay hidden.
    fn issue(self) -> Issue {
        match self {
            Self::Owner => Issue::error("entries-names-owner"),
            Self::Mark => Issue::warning("entries-text-mark"),
            Self::Patent => Issue::warning("entries-text-patent"),
            Self::Uscc => Issue::warning("entries-text-uscc"),
            Self::Person => Issue::warning("entries-text-person"),
            Self::Phone => Issue::warning("entries-text-phone"),
            Self::Mail => Issue::warning("entries-text-mail"),
            Self::Web => Issue::warning("entries-text-web"),
        }
    }

    /// Whether an issue is about something that an open text tells.
    pub(crate) fn is_told_by(code: &str) -> bool {
        code == "entries-names-owner" || code.starts_with("entries-text-")
    }
}

/// Something that a text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// What kind of thing.
    pub kind: LeakKind,
    /// How it stands there, cut to what a message repeats.
    pub found: String,
}

/// What a text tells that it should not, the first of each kind.
#[must_use]
pub fn leaks_in(text: &str, names: &Names) -> Vec<Leak> {
    let text = kernel::text::normalise(text);
    let mut found: Vec<(LeakKind, Option<String>)> = vec![
        (LeakKind::Person, names.person_in(&text)),
        (LeakKind::Phone, scan::phone(&text)),
        (LeakKind::Mail, scan::mail(&text)),
        (LeakKind::Web, scan::web(&text)),
    ];
    if names.is_hidden() {
        found.push((LeakKind::Owner, names.owner_in(&text)));
        found.push((LeakKind::Mark, scan::mark(&text)));
        found.push((LeakKind::Patent, scan::patent(&text)));
        found.push((LeakKind::Uscc, scan::uscc(&text)));
    }
    let leak = |(kind, found): (LeakKind, Option<String>)| {
        let found = found?.chars().take(FOUND_CHARS).collect();
        Some(Leak { kind, found })
    };
    found.into_iter().filter_map(leak).collect()
}

/// Adds an issue at each open text that tells what is withheld.
pub(crate) fn check(kind: &dyn EntryKind, record: &mut Record, org_name: &str, regions: &Regions) {
    let names = names_of(kind, record, org_name, regions);
    let mut found = Vec::new();
    for key in std::iter::once(&"title").chain(kind.keys().texts) {
        let Some(field) = kind.form().field(key) else { continue };
        let leaks = match record.value(key) {
            Some(Value::Text(text)) => leaks_in(text, &names),
            Some(value) => leaks_in(&forms::write(value, field), &names),
            None => continue,
        };
        found.extend(
            leaks
                .into_iter()
                .map(|leak| (Some(field.key), leak.kind.issue().with("found", leak.found))),
        );
    }
    record.issues.extend(found);
}

/// What a record's open texts must not name.
fn names_of(kind: &dyn EntryKind, record: &Record, org_name: &str, regions: &Regions) -> Names {
    let keys = kind.keys();
    let name_hidden = keys.shows_name.is_some_and(|key| !record.yes(key));
    let owner = name_hidden.then(|| record.text(keys.name).unwrap_or(org_name));
    let mut people: Vec<&str> = Vec::new();
    for key in PEOPLE {
        let Some(field) = kind.form().field(key) else { continue };
        let is_shown = match field.secrecy {
            Secrecy::Open => true,
            Secrecy::Choice(choice) => record.yes(choice),
            Secrecy::Always => false,
        };
        if !is_shown {
            people.extend(record.text(key));
            people.extend(Lookup::names(record, key).iter().map(String::as_str));
        }
    }
    Names::new(owner, people, regions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str, names: &Names) -> Vec<LeakKind> {
        leaks_in(text, names).into_iter().map(|leak| leak.kind).collect()
    }

    #[test]
    fn what_leads_to_a_hidden_owner_counts_only_there() {
        let regions = Regions::builtin();
        let text = "采用“澹台”牌轴承（Tantai®），已有专利ZL 2020 1 0123456.2，详见 www.tantai.com。";
        let hidden = Names::new(Some("昆山澹台精密齿轮有限公司"), ["褚遥岑"], regions);
        assert_eq!(kinds(text, &hidden), [LeakKind::Web, LeakKind::Mark, LeakKind::Patent]);
        let shown = Names::new(None, ["褚遥岑"], regions);
        assert_eq!(kinds(text, &shown), [LeakKind::Web]);
        assert_eq!(
            kinds("澹台精密齿轮的重载齿轮，联系褚遥岑", &hidden),
            [LeakKind::Person, LeakKind::Owner]
        );
        assert!(kinds("重载齿轮渗碳淬火后齿向变形 0.05–0.06 mm，磨齿余量不够。", &hidden).is_empty());
    }

    #[test]
    fn issues_of_leaks_are_known_by_their_codes() {
        for kind in [
            LeakKind::Owner,
            LeakKind::Mark,
            LeakKind::Patent,
            LeakKind::Uscc,
            LeakKind::Person,
            LeakKind::Web,
        ] {
            assert!(LeakKind::is_told_by(kind.issue().code));
        }
        assert!(!LeakKind::is_told_by("entries-alike"));
    }
}
