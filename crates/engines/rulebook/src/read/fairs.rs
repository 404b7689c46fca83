//! Reading kinds of fair and their KPIs.

use super::table::{Item, Table};
use super::{Context, Keys, checks, entries};
use crate::codes::{METRICS, Metric, SeasonKey, Unit, metric};
use crate::mistake::nearest;
use crate::model::{Cap, Count, FairKind, Focus, Hosts, KpiRule, Pilot, When};

/// No fair counts more than this of anything; a longer number is a slip.
const VALUE_MAX: i64 = 1_000_000;
/// A year has no more days than this for fairs of one kind.
const FAIRS_MAX: i64 = 366;
/// A fair has no more hosts than this.
const OFFICES_MAX: i64 = 100;

pub(super) fn kinds(root: &Table<'_>, context: &Context<'_>, caps: &[Cap]) -> Vec<FairKind> {
    let mut keys = Keys::new();
    let common = rules(root, "common_kpis", context, caps, true, &mut keys);
    let kinds = entries(
        root,
        "fair_kinds",
        |kind: &FairKind| kind.key.clone(),
        |entry| kind(entry, context, caps, &common, &mut keys),
    );
    if !common.is_empty() {
        // Rules for all kinds of fair in a year without any would never be counted.
        root.must("fair_kinds");
    }
    kinds
}

fn kind(
    entry: &Table<'_>,
    context: &Context<'_>,
    caps: &[Cap],
    common: &[KpiRule],
    keys: &mut Keys,
) -> Option<FairKind> {
    let key = entry.slug("key");
    let name = entry.name("name");
    let seasons = entry.must("seasons").and_then(|item| seasons(&item, context));
    let count = count(entry);
    let hard = entry.flag("hard");
    let source = entry.source();
    let hosts = entry.get("hosts").and_then(|item| hosts(&item.table()?));
    let pilot = entry.get("pilot").and_then(|item| pilot(&item.table()?, context));
    let focus = entry.get("focus").and_then(|item| focus(&item.table()?, context));
    let own = rules(entry, "kpis", context, caps, false, keys);
    let kpis: Vec<KpiRule> = common.iter().cloned().chain(own).collect();
    checks::rules_stand_once(entry, &kpis);
    Some(FairKind {
        key: key?,
        name: name?,
        seasons: seasons?,
        count,
        hard: hard?,
        source: source?,
        hosts,
        pilot,
        focus,
        kpis,
    })
}

fn seasons(item: &Item<'_>, context: &Context<'_>) -> Option<Vec<SeasonKey>> {
    let seasons = item.codes::<SeasonKey>()?;
    let all = seasons.iter().all(|season| context.declared(item, *season));
    all.then_some(seasons)
}

/// `count = { min = 10, max = 12 }`; left out, the plan names no number.
fn count(entry: &Table<'_>) -> Count {
    let Some(item) = entry.get("count") else {
        return Count::default();
    };
    let Some(table) = item.table() else {
        return Count::default();
    };
    let bound = |key| table.get(key).and_then(|item| item.int(0, FAIRS_MAX));
    let count = Count {
        min: bound("min"),
        max: bound("max"),
    };
    if table.get("min").is_none() && table.get("max").is_none() {
        item.report("empty-table", Vec::new());
    }
    if let (Some(min), Some(max)) = (count.min, count.max)
        && max < min
    {
        item.report(
            "count-backwards",
            vec![("min", min.to_string()), ("max", max.to_string())],
        );
    }
    table.finish();
    count
}

fn hosts(table: &Table<'_>) -> Option<Hosts> {
    let offices_min = table.must("offices_min").and_then(|item| item.int(1, OFFICES_MAX));
    let talent_office = table.flag("talent_office");
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(Hosts {
        offices_min: offices_min?,
        talent_office: talent_office?,
        hard: hard?,
        source: source?,
    })
}

fn pilot(table: &Table<'_>, context: &Context<'_>) -> Option<Pilot> {
    let regions = table.must("regions").and_then(|item| context.regions_within(&item));
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(Pilot {
        regions: regions?,
        hard: hard?,
        source: source?,
    })
}

fn focus(table: &Table<'_>, context: &Context<'_>) -> Option<Focus> {
    let mut tags: Vec<String> = Vec::new();
    for item in table.must("tags").and_then(|item| item.list()).unwrap_or_default() {
        let Some(tag) = item.slug() else { continue };
        if tags.contains(&tag) {
            item.report("duplicate-entry", vec![("value", tag)]);
        } else if item.refers(&tag, &context.tags) {
            tags.push(tag);
        }
    }
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(Focus {
        tags,
        hard: hard?,
        source: source?,
    })
}

/// The KPI rules of a list. Codes are unique in the whole programme, since results and waivers are kept by them.
fn rules(
    table: &Table<'_>,
    key: &'static str,
    context: &Context<'_>,
    caps: &[Cap],
    common: bool,
    keys: &mut Keys,
) -> Vec<KpiRule> {
    let mut found = Vec::new();
    for entry in table.get(key).map(|item| item.tables()).unwrap_or_default() {
        let rule = rule(&entry, context, caps, common);
        entry.finish();
        keys.note(rule.as_ref().map(|rule| rule.code.as_str()), &entry);
        found.extend(rule);
    }
    found
}

fn rule(entry: &Table<'_>, context: &Context<'_>, caps: &[Cap], common: bool) -> Option<KpiRule> {
    let code = entry.slug("code");
    let metric = entry.must("metric").and_then(|item| figure(&item));
    let unit = unit(entry, metric);
    let per = entry.get("per").and_then(|item| item.code());
    let when = entry
        .get("when")
        .and_then(|item| when(&item.table()?, context))
        .unwrap_or_default();
    // A rule that is also a cap stands once, with the caps; the KPI takes its number and force from there.
    if let Some(item) = entry.get("cap") {
        let key = item.slug()?;
        item.refers(&key, &context.caps);
        let cap = caps.iter().find(|cap| cap.key == key)?;
        let (op, value, hard, source) = (cap.op, cap.count, cap.hard, cap.source.clone());
        return Some(KpiRule {
            code: code?,
            metric: metric?.code,
            op,
            value,
            unit: unit?,
            per,
            when,
            common,
            hard,
            source,
        });
    }
    let op = entry.must("op").and_then(|item| item.code());
    let value_max = if unit == Some(Unit::Percent) { 100 } else { VALUE_MAX };
    let value = entry.must("value").and_then(|item| item.int(0, value_max));
    let hard = entry.flag("hard");
    let source = entry.source();
    Some(KpiRule {
        code: code?,
        metric: metric?.code,
        op: op?,
        value: value?,
        unit: unit?,
        per,
        when,
        common,
        hard: hard?,
        source: source?,
    })
}

fn figure(item: &Item<'_>) -> Option<&'static Metric> {
    let code = item.text()?;
    let found = metric(code);
    if found.is_none() {
        let meant = nearest(code, METRICS.iter().map(|metric| metric.code)).unwrap_or("none");
        item.report(
            "unknown-metric",
            vec![("value", code.to_owned()), ("nearest", meant.to_owned())],
        );
    }
    found
}

/// The unit, which must be the figure's own.
fn unit(entry: &Table<'_>, metric: Option<&Metric>) -> Option<Unit> {
    use crate::codes::Coded;
    let item = entry.must("unit")?;
    let unit = item.code::<Unit>()?;
    if let Some(metric) = metric
        && metric.unit != unit
    {
        let args = vec![
            ("metric", metric.code.to_owned()),
            ("expected", metric.unit.code().to_owned()),
            ("found", unit.code().to_owned()),
        ];
        item.report("unit-mismatch", args);
    }
    Some(unit)
}

fn when(table: &Table<'_>, context: &Context<'_>) -> Option<When> {
    let season = context.season(table);
    let torch_express = table
        .get("torch_express")
        .and_then(|item| item.flag())
        .unwrap_or_default();
    if table.get("season").is_none() && table.get("torch_express").is_none() {
        table.report("empty-table", vec![("key", "when".to_owned())]);
    }
    table.finish();
    Some(When { season, torch_express })
}
