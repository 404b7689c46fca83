//! Telling what concerns the year as a whole.

use super::{Arg, Told};
use crate::codes::{Coded, HolidaySource};
use crate::model::{Deadline, Eligibility, Owners, Programme};

pub(super) fn overview(programme: &Programme, told: &mut Vec<Told>) {
    let section = "overview";
    told.push(
        Told::new(section, "rule-overview")
            .with("name", &programme.name)
            // As text: a year takes no thousands separator.
            .with("year", programme.year.to_string().as_str())
            .with("region", programme.region)
            .with("organiser", &programme.organiser)
            .with("platform", &programme.platform),
    );
    if !programme.guides.is_empty() {
        let guides = Arg::list(&programme.guides, |name| name.into());
        told.push(Told::new(section, "rule-guides").with("guides", guides));
    }
    for season in &programme.seasons {
        let kind = Arg::coded(season.key);
        told.push(
            Told::new(section, "rule-season")
                .with("name", &season.name)
                .with("kind", kind)
                .source(&season.source),
        );
    }
    let sectors = Arg::list(&programme.sectors, |sector| Arg::Word(sector.words()));
    told.push(
        Told::new(section, "rule-sectors")
            .with("sectors", sectors)
            .source(&programme.sectors_source),
    );
    told.push(
        Told::new(section, "rule-renewal")
            .with("days", programme.renewal.days)
            .with("remind", programme.renewal.remind_days),
    );
}

pub(super) fn windows(programme: &Programme, told: &mut Vec<Told>) {
    for window in &programme.windows {
        let id = if window.to.is_some() {
            "rule-window"
        } else {
            "rule-window-open"
        };
        let mut one = Told::new("windows", id)
            .with("name", &window.name)
            .with("from", window.from);
        if let Some(to) = window.to {
            one = one.with("to", to);
        }
        let season = window.season.and_then(|key| programme.season(key));
        one = one.with(
            "scope",
            season.map_or(Arg::Word("rule-scope-all".to_owned()), |season| Arg::from(&season.name)),
        );
        told.push(one.force(window.hard).source(&window.source));
    }
}

pub(super) fn deadlines(programme: &Programme, told: &mut Vec<Told>) {
    for deadline in &programme.deadlines {
        let id = if deadline.inclusive {
            "rule-deadline"
        } else {
            "rule-deadline-before"
        };
        let statement = Told::new("deadlines", id)
            .with("name", &deadline.name)
            .with("day", deadline.day);
        told.push(statement.force(deadline.hard).source(&deadline.source));
        channels(deadline, told);
    }
}

fn channels(deadline: &Deadline, told: &mut Vec<Told>) {
    for channel in &deadline.channels {
        let statement = Told::new("deadlines", "rule-channel")
            .with("name", &deadline.name)
            .with("kind", Arg::coded(channel.kind))
            .with("to", &channel.to);
        told.push(statement.force(deadline.hard).source(&deadline.source));
    }
}

pub(super) fn bidding(programme: &Programme, told: &mut Vec<Told>) {
    let section = "bidding";
    let days = programme.bidding_days();
    let last = programme
        .bidding
        .as_ref()
        .and_then(|rule| programme.window(&rule.window)?.to.map(|to| (rule, to)));
    if let (Some((rule, to)), Some(first)) = (last, days.first()) {
        told.push(
            Told::new(section, "rule-bidding-days")
                .with("weekdays", Arg::list(&rule.weekdays, |day| Arg::coded(*day)))
                .with("first", first.day)
                .with("to", to)
                .with("count", number(days.len()))
                .with(
                    "held",
                    number(days.iter().filter(|day| day.takes_place().is_some()).count()),
                )
                .force(rule.hard)
                .source(&rule.source),
        );
        let holidays: Vec<Arg> = days
            .iter()
            .filter(|day| day.holiday)
            .map(|day| Arg::Day(day.day))
            .collect();
        if !holidays.is_empty() {
            told.push(
                Told::new(section, "rule-bidding-holidays")
                    .with("count", number(holidays.len()))
                    .with("days", Arg::List(holidays))
                    .with("policy", programme.holidays.policy.code()),
            );
        }
    }
    let holidays = &programme.holidays;
    if holidays.source == HolidaySource::Cn {
        told.push(Told::new(section, "rule-holidays-cn"));
    }
    for (id, days) in [
        ("rule-holidays-extra", &holidays.extra),
        ("rule-holidays-worked", &holidays.workdays),
    ] {
        if !days.is_empty() {
            told.push(Told::new(section, id).with("days", Arg::list(days, |day| Arg::Day(*day))));
        }
    }
}

pub(super) fn caps(programme: &Programme, told: &mut Vec<Told>) {
    for cap in &programme.caps {
        let id = if cap.when.is_some() {
            "rule-cap-when"
        } else {
            "rule-cap"
        };
        let mut one = Told::new("caps", id)
            .with("who", Arg::coded(cap.who))
            .with("what", Arg::coded(cap.what))
            .with("op", Arg::coded(cap.op))
            .with("count", cap.count);
        if let Some(when) = cap.when {
            one = one.with("when", Arg::coded(when));
        }
        told.push(one.force(cap.hard).source(&cap.source));
    }
}

pub(super) fn eligibility(programme: &Programme, told: &mut Vec<Told>) {
    let section = "eligibility";
    let Eligibility {
        granted_since,
        in_force,
        achievement_owners,
        suppliers,
        outside_price,
    } = &programme.eligibility;
    let owners = |id: &str, rule: &Owners| {
        let kinds = Arg::list(&rule.kinds, |kind| Arg::coded(*kind));
        Told::new(section, id)
            .with("owners", kinds)
            .force(rule.hard)
            .source(&rule.source)
    };
    if let Some(rule) = suppliers {
        told.push(owners("rule-suppliers", rule));
    }
    if let Some(rule) = granted_since {
        let id = if rule.inclusive {
            "rule-granted-since"
        } else {
            "rule-granted-after"
        };
        told.push(
            Told::new(section, id)
                .with("day", rule.day)
                .force(rule.hard)
                .source(&rule.source),
        );
    }
    if let Some(rule) = in_force {
        told.push(
            Told::new(section, "rule-in-force")
                .force(rule.hard)
                .source(&rule.source),
        );
    }
    if let Some(rule) = achievement_owners {
        told.push(owners("rule-achievement-owners", rule));
    }
    if let Some(rule) = outside_price {
        told.push(
            Told::new(section, "rule-outside-price")
                .with("region", programme.region)
                .with("wan", rule.min.wan().as_str())
                .with("amount", rule.min.to_string().as_str())
                .force(rule.hard)
                .source(&rule.source),
        );
    }
}

pub(super) fn documents(programme: &Programme, told: &mut Vec<Told>) {
    for document in &programme.documents {
        let id = if document.first_time_only {
            "rule-document-first"
        } else {
            "rule-document"
        };
        let statement = Told::new("documents", id)
            .with("name", &document.name)
            .with("subject", Arg::coded(document.subject));
        told.push(statement.force(document.hard).source(&document.source));
    }
}

pub(super) fn duties(programme: &Programme, told: &mut Vec<Told>) {
    for duty in &programme.duties {
        told.push(
            Told::new("duties", duty.key.word())
                .force(duty.hard)
                .source(&duty.source),
        );
    }
    if let Some(rule) = &programme.applications {
        let criteria = Arg::list(&rule.criteria, |criterion| Arg::from(&criterion.name));
        told.push(
            Told::new("duties", "rule-applications")
                .with("criteria", criteria)
                .source(&rule.source),
        );
    }
}

pub(super) fn cooperation(programme: &Programme, told: &mut Vec<Told>) {
    let section = "cooperation";
    for tag in &programme.region_tags {
        let regions = Arg::list(&tag.regions, |region| Arg::Region(*region));
        told.push(
            Told::new(section, "rule-region-tag")
                .with("name", &tag.name)
                .with("regions", regions)
                .source(&tag.source),
        );
    }
    for market in &programme.markets {
        let statement = Told::new(section, "rule-market")
            .with("name", &market.name)
            .with("region", market.region);
        told.push(statement.source(&market.source));
    }
}

/// A count as a number of a sentence; no list of a programme comes near the bound.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
