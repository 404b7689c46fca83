//! Telling the kinds of fair and what they must reach.

use super::{Arg, Told};
use crate::codes::Coded;
use crate::model::{FairKind, KpiRule, Programme};

pub(super) fn kinds(programme: &Programme, told: &mut Vec<Told>) {
    for kind in &programme.fair_kinds {
        told.push(count(kind));
        conditions(programme, kind, told);
    }
}

fn count(kind: &FairKind) -> Told {
    let bounds = (kind.count.min, kind.count.max);
    let id = match bounds {
        (Some(min), Some(max)) if min == max => "rule-fair-count-exact",
        (Some(_), Some(_)) => "rule-fair-count-range",
        (Some(_), None) => "rule-fair-count-min",
        (None, Some(_)) => "rule-fair-count-max",
        (None, None) => "rule-fair-count-free",
    };
    let mut one = Told::new("fairs", id).with("fair", &kind.name);
    for (name, bound) in [("min", bounds.0), ("max", bounds.1)] {
        if let Some(bound) = bound {
            one = one.with(name, bound);
        }
    }
    one.force(kind.hard).source(&kind.source)
}

fn conditions(programme: &Programme, kind: &FairKind, told: &mut Vec<Told>) {
    let section = "fairs";
    if let Some(rule) = &kind.hosts {
        let talent = if rule.talent_office { "yes" } else { "no" };
        told.push(
            Told::new(section, "rule-fair-hosts")
                .with("fair", &kind.name)
                .with("count", rule.offices_min)
                .with("talent", talent)
                .force(rule.hard)
                .source(&rule.source),
        );
    }
    if let Some(rule) = &kind.pilot {
        let regions = Arg::list(&rule.regions, |region| Arg::Region(*region));
        told.push(
            Told::new(section, "rule-fair-pilot")
                .with("fair", &kind.name)
                .with("regions", regions)
                .force(rule.hard)
                .source(&rule.source),
        );
    }
    if let Some(rule) = &kind.focus {
        let names = rule
            .tags
            .iter()
            .filter_map(|tag| programme.region_tag(tag))
            .map(|tag| Arg::from(&tag.name));
        told.push(
            Told::new(section, "rule-fair-focus")
                .with("fair", &kind.name)
                .with("tags", Arg::List(names.collect()))
                .force(rule.hard)
                .source(&rule.source),
        );
    }
}

/// The rules for all kinds once, then each kind's own.
pub(super) fn kpis(programme: &Programme, told: &mut Vec<Told>) {
    let common = programme
        .fair_kinds
        .first()
        .map(|kind| kind.kpis.as_slice())
        .unwrap_or_default();
    for rule in common.iter().filter(|rule| rule.common) {
        told.push(kpi(programme, Arg::Word("rule-fairs-all".to_owned()), rule));
    }
    for kind in &programme.fair_kinds {
        for rule in kind.kpis.iter().filter(|rule| !rule.common) {
            told.push(kpi(programme, Arg::from(&kind.name), rule));
        }
    }
}

fn kpi(programme: &Programme, fair: Arg, rule: &KpiRule) -> Told {
    let season = rule.when.season.and_then(|key| programme.season(key));
    let mut one = Told::new(
        "kpis",
        if season.is_some() {
            "rule-kpi-season"
        } else {
            "rule-kpi"
        },
    )
    .with("fair", fair)
    .with("torch", if rule.when.torch_express { "yes" } else { "no" })
    .with("per", rule.per.map_or("fair", Coded::code))
    .with("metric", Arg::Word(format!("metric-{}", rule.metric)))
    .with("op", Arg::coded(rule.op))
    .with("value", rule.value)
    .with("unit", Arg::coded(rule.unit));
    if let Some(season) = season {
        one = one.with("season", &season.name);
    }
    one.force(rule.hard).source(&rule.source)
}
