//! The names that must not stand in a text: what an organisation is recognised by, and people.

use kernel::Regions;
use kernel::text::fold;

/// Legal forms at the end of a company's name. A longer one stands before one that it ends with.
const FORMS: &[&str] = &[
    "集团股份有限公司",
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
];
/// Fewest characters of a name that is looked for: shorter ones occur in ordinary words.
const NAME_CHARS_MIN: usize = 4;
/// Fewest and most characters of a person's name in Chinese; one alone is a surname, and in every text.
const PERSON_CHARS: std::ops::RangeInclusive<usize> = 2..=5;
/// What a part of an entry for people ends with when it names their office and not them.
const OFFICES: [char; 9] = ['局', '院', '所', '部', '处', '委', '校', '司', '心'];

/// What must not be named in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// What the hidden owner is recognised by, folded; empty where the owner is shown.
    owner: Vec<String>,
    /// People, as they write themselves without spaces.
    people: Vec<String>,
}

impl Names {
    /// The owner's full name where it stays hidden, and what was written in fields for people that are not shown.
    #[must_use]
    pub fn new<'a>(owner: Option<&str>, people: impl IntoIterator<Item = &'a str>, regions: &Regions) -> Self {
        let split = |text: &'a str| text.split(|c: char| c.is_whitespace() || "、，；,;/（）()".contains(c));
        let mut names: Vec<String> = Vec::new();
        for part in people.into_iter().flat_map(split) {
            let is_office = part.chars().last().is_some_and(|c| OFFICES.contains(&c));
            if PERSON_CHARS.contains(&part.chars().count()) && part.chars().all(is_han) && !is_office {
                names.push(part.to_owned());
            }
        }
        Self {
            owner: owner.map_or_else(Vec::new, |full| names_of(full, regions)),
            people: names,
        }
    }

    /// Whether there is an owner who stays hidden.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        !self.owner.is_empty()
    }

    /// The name by which a text tells its hidden owner.
    pub(super) fn owner_in(&self, text: &str) -> Option<String> {
        let folded = fold(text);
        self.owner.iter().find(|name| folded.contains(name.as_str())).cloned()
    }

    /// The first person that a text names.
    pub(super) fn person_in(&self, text: &str) -> Option<String> {
        self.people.iter().find(|name| text.contains(name.as_str())).cloned()
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '·')
}

/// What a name is recognised by, folded: the whole, the name without its legal form, and that without the place in front.
fn names_of(full: &str, regions: &Regions) -> Vec<String> {
    let whole = fold(full);
    let core = FORMS
        .iter()
        .find_map(|form| whole.strip_suffix(form))
        .unwrap_or(&whole)
        .to_owned();
    let bare = without_place(&core, regions).to_owned();
    let mut out = Vec::new();
    for name in [whole, core, bare] {
        if name.chars().count() >= NAME_CHARS_MIN && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// The name without the place that it begins with: 江苏, 南京市, 启东 …
fn without_place<'a>(name: &'a str, regions: &Regions) -> &'a str {
    let mut rest = name;
    // Province, city, county: three at most.
    for _ in 0..3 {
        let cut = (2..=4).rev().find_map(|n| {
            let (at, _) = rest.char_indices().nth(n)?;
            let (head, tail) = rest.split_at(at);
            (!regions.by_name(head).is_empty()).then_some(tail)
        });
        match cut {
            Some(tail) => rest = tail,
            None => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_without_place_and_legal_form() {
        let regions = Regions::builtin();
        assert_eq!(
            names_of("南京朴砺微电子有限公司", regions),
            ["南京朴砺微电子有限公司", "南京朴砺微电子", "朴砺微电子"]
        );
        assert_eq!(
            names_of("江苏省启东蒿枝港海洋工程装备有限公司", regions)
                .last()
                .unwrap(),
            "蒿枝港海洋工程装备"
        );
        // Three characters are left: too few to tell from ordinary words.
        assert_eq!(names_of("苏州齿轮厂", regions), ["苏州齿轮厂"]);
    }

    #[test]
    fn people_are_told_from_their_offices() {
        let names = Names::new(
            None,
            ["区科技局 李明", "王", "Wang Li", "褚遥岑、欧阳修远"],
            Regions::builtin(),
        );
        assert_eq!(names.people, ["李明", "褚遥岑", "欧阳修远"]);
        assert_eq!(names.person_in("请联系李明。").as_deref(), Some("李明"));
        assert_eq!(names.person_in("李氏明胶"), None);
        assert!(!names.is_hidden());
    }
}
