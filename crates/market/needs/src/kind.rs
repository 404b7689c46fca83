//! The need as a kind of entry.

use entries::{EntryKind, Keys, Look};
use forms::{Form, Lookup, Record};
use kernel::text::fold;
use kernel::{Issue, MoneyKind};

use crate::form::FORM;
use crate::quality::{self, Found};

/// The technical need (技术需求).
#[derive(Debug, Clone, Copy, Default)]
pub struct Need;

static KEYS: Keys = Keys {
    summary: &["problem", "background"],
    words: &[],
    category: "category",
    maturity: None,
    plan_level: None,
    price: "amount",
    roadshow: None,
    region: Some("region"),
    name: "company",
    uscc: "uscc",
    park: Some("park"),
    shows_name: Some("public_name"),
    days: Some("days"),
    texts: &["background", "problem", "indicators", "foundation", "ip"],
    aside: &["amount", "company", "sector", "category", "modes", "due", "contest"],
    quiet: &[
        "public_name",
        "public_amount",
        "public_indicators",
        "public_contact",
        "days",
    ],
};

impl EntryKind for Need {
    fn key(&self) -> &'static str {
        "need"
    }

    fn plural(&self) -> &'static str {
        "needs"
    }

    fn home(&self) -> &'static str {
        "/needs"
    }

    fn season(&self) -> &'static str {
        "challenge"
    }

    fn form(&self) -> &'static Form {
        &FORM
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    /// The same title of the same company.
    fn same(&self, record: &Record) -> Option<Vec<String>> {
        let title = fold(record.text("title")?);
        let uscc = Lookup::uscc(record, "uscc")?.to_string();
        Some(vec![title, uscc])
    }

    fn check(&self, look: &Look<'_>, record: &mut Record) {
        let found = [due(look, record), present(record), budget(record)];
        record.issues.extend(found.into_iter().flatten());
        let more = quality::issues(record);
        record.issues.extend(more);
    }

    fn score(&self, record: &Record) -> u8 {
        quality::score(record, forms::score::completeness(record, &FORM))
    }
}

/// A day that is over can't be met.
fn due(look: &Look<'_>, record: &Record) -> Found {
    let due = record.date("due")?;
    let past = due.last_day() < look.today;
    past.then(|| {
        (
            Some("due"),
            Issue::warning("needs-due-past").with("due", due.to_string()),
        )
    })
}

/// Without the present state nobody can tell how far the way is (R126).
fn present(record: &Record) -> Found {
    let indicators = record.indicators("indicators");
    let lacking = !indicators.is_empty() && indicators.iter().all(|i| i.present.is_none());
    lacking.then(|| (Some("indicators"), Issue::note("needs-no-present")))
}

/// A budget that nobody states draws few answers.
fn budget(record: &Record) -> Found {
    let unknown = record.money("amount")?.kind == MoneyKind::Unknown;
    unknown.then(|| (Some("amount"), Issue::warning("needs-no-budget")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{example, look, read};
    use forms::Draft;

    fn codes(record: &Record) -> Vec<&'static str> {
        record.all_issues().map(|(_, issue)| issue.code).collect()
    }

    fn checked(change: impl FnOnce(&mut Draft)) -> Record {
        let mut draft = example();
        change(&mut draft);
        let mut record = read(&draft);
        look(|look| Need.check(look, &mut record));
        record
    }

    #[test]
    fn the_form_is_sound() {
        assert_eq!(forms::check(&FORM), Vec::<String>::new());
    }

    #[test]
    fn the_example_is_a_good_need() {
        let record = checked(|_| {});
        assert!(!record.has_errors(), "{:?}", record.all_issues().collect::<Vec<_>>());
        assert!(codes(&record).is_empty());
    }

    #[test]
    fn what_is_doubtful_is_said() {
        let past = checked(|d| {
            d.insert("due".into(), "2023-05".into());
        });
        assert_eq!(codes(&past), ["needs-due-past"]);
        let same_month = checked(|d| {
            d.insert("due".into(), "2023-06".into());
        });
        assert!(codes(&same_month).is_empty());
        let bare = checked(|d| {
            d.insert("indicators".into(), "良品率 ≥98 %".into());
        });
        assert_eq!(codes(&bare), ["needs-no-present"]);
        let unknown = checked(|d| {
            d.insert("amount".into(), "待定".into());
        });
        assert!(codes(&unknown).contains(&"needs-no-budget"), "{:?}", codes(&unknown));
    }

    #[test]
    fn the_demos_needs_are_good() {
        let rows = crate::testing::demo(&FORM, "needs.csv");
        assert!(rows.len() > 50);
        let mut bad = Vec::new();
        for (number, draft) in rows {
            let mut record = read(&draft);
            look(|look| Need.check(look, &mut record));
            let errors = record
                .all_issues()
                .filter(|(_, issue)| issue.level == kernel::Level::Error);
            bad.extend(errors.map(|(key, issue)| format!("{number} {key:?} {issue:?}")));
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }

    #[test]
    fn the_same_title_of_the_same_company_is_the_same() {
        let one = checked(|_| {});
        let two = checked(|d| {
            d.insert("title".into(), "《重载齿轮 渗碳淬火变形控制》".into());
            d.insert(
                "problem".into(),
                "另一种说法：把渗碳淬火后的齿向变形压到磨齿余量以内，批量稳定。".into(),
            );
        });
        assert_eq!(Need.same(&one), Need.same(&two));
        assert!(Need.same(&one).is_some());
        let other = checked(|d| {
            d.insert("uscc".into(), "91320000MA0000007Q".into());
        });
        assert_ne!(Need.same(&one), Need.same(&other));
    }
}
