//! Reading caps, eligibility, documents, duties, named groups of divisions and renewal.

use kernel::Fen;

use super::table::Table;
use super::{Context, entries};
use crate::codes::Coded;
use crate::model::{
    Applications, Cap, Criterion, Document, Duty, Eligibility, GrantedSince, InForce, Market, OutsidePrice, Owners,
    RegionTag, Renewal,
};

/// No cap of a plan comes near; a longer number is a slip.
const COUNT_MAX: i64 = 1_000_000;
/// 100 亿元: no offer is worth more.
const PRICE_YUAN_MAX: i64 = 10_000_000_000;
/// Ten years: whatever stays open longer isn't looked after.
const RENEWAL_DAYS_MAX: i64 = 3650;

pub(super) fn caps(root: &Table<'_>) -> Vec<Cap> {
    entries(root, "caps", |cap: &Cap| cap.key.clone(), cap)
}

fn cap(entry: &Table<'_>) -> Option<Cap> {
    let key = entry.slug("key");
    let who = entry.must("who").and_then(|item| item.code());
    let what = entry.must("what").and_then(|item| item.code());
    let op = entry.must("op").and_then(|item| item.code());
    let count = entry.must("count").and_then(|item| item.int(0, COUNT_MAX));
    let when = entry.get("when").and_then(|item| item.code());
    let hard = entry.flag("hard");
    let source = entry.source();
    Some(Cap {
        key: key?,
        who: who?,
        what: what?,
        op: op?,
        count: count?,
        when,
        hard: hard?,
        source: source?,
    })
}

/// `[eligibility.…]`: each part may be left out, and then sets no condition.
pub(super) fn eligibility(root: &Table<'_>) -> Eligibility {
    let Some(table) = root.get("eligibility").and_then(|item| item.table()) else {
        return Eligibility::default();
    };
    let part = |key| table.get(key).and_then(|item| item.table());
    let eligibility = Eligibility {
        granted_since: part("granted_since").and_then(|part| granted_since(&part)),
        in_force: part("in_force").and_then(|part| in_force(&part)),
        achievement_owners: part("achievement_owners").and_then(|part| owners(&part)),
        suppliers: part("suppliers").and_then(|part| owners(&part)),
        outside_price: part("outside_price").and_then(|part| outside_price(&part)),
    };
    table.finish();
    eligibility
}

fn granted_since(table: &Table<'_>) -> Option<GrantedSince> {
    // Grants lie before the programme's year, so any year will do.
    let day = table.must("day").and_then(|item| item.day());
    let inclusive = table.flag("inclusive");
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(GrantedSince {
        day: day?,
        inclusive: inclusive?,
        hard: hard?,
        source: source?,
    })
}

fn in_force(table: &Table<'_>) -> Option<InForce> {
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(InForce {
        hard: hard?,
        source: source?,
    })
}

fn owners(table: &Table<'_>) -> Option<Owners> {
    let kinds = table.must("kinds").and_then(|item| item.codes());
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(Owners {
        kinds: kinds?,
        hard: hard?,
        source: source?,
    })
}

fn outside_price(table: &Table<'_>) -> Option<OutsidePrice> {
    let min = table
        .must("min_yuan")
        .and_then(|item| item.int(0, PRICE_YUAN_MAX))
        .and_then(Fen::from_yuan);
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(OutsidePrice {
        min: min?,
        hard: hard?,
        source: source?,
    })
}

pub(super) fn documents(root: &Table<'_>, context: &Context<'_>) -> Vec<Document> {
    entries(
        root,
        "documents",
        |document: &Document| document.key.clone(),
        |entry| document(entry, context),
    )
}

fn document(entry: &Table<'_>, context: &Context<'_>) -> Option<Document> {
    let key = entry.slug("key");
    let name = entry.name("name");
    let subject = entry.must("for").and_then(|item| item.code());
    let season = context.season(entry);
    let first_time_only = entry
        .get("first_time_only")
        .and_then(|item| item.flag())
        .unwrap_or_default();
    let hard = entry.flag("hard");
    let source = entry.source();
    Some(Document {
        key: key?,
        name: name?,
        subject: subject?,
        season,
        first_time_only,
        hard: hard?,
        source: source?,
    })
}

pub(super) fn duties(root: &Table<'_>) -> Vec<Duty> {
    entries(
        root,
        "duties",
        |duty: &Duty| duty.key.code().to_owned(),
        |entry| {
            let key = entry.must("key").and_then(|item| item.code());
            let hard = entry.flag("hard");
            let source = entry.source();
            Some(Duty {
                key: key?,
                hard: hard?,
                source: source?,
            })
        },
    )
}

pub(super) fn applications(root: &Table<'_>) -> Option<Applications> {
    let table = root.get("applications")?.table()?;
    table.must("criteria");
    let criteria = entries(
        &table,
        "criteria",
        |criterion: &Criterion| criterion.key.clone(),
        |entry| {
            let key = entry.slug("key");
            let name = entry.name("name");
            Some(Criterion { key: key?, name: name? })
        },
    );
    let source = table.source();
    table.finish();
    Some(Applications {
        criteria,
        source: source?,
    })
}

pub(super) fn region_tags(root: &Table<'_>, context: &Context<'_>) -> Vec<RegionTag> {
    entries(
        root,
        "region_tags",
        |tag: &RegionTag| tag.key.clone(),
        |entry| {
            let key = entry.slug("key");
            let name = entry.name("name");
            let regions = entry.must("regions").and_then(|item| context.regions_within(&item));
            let source = entry.source();
            Some(RegionTag {
                key: key?,
                name: name?,
                regions: regions?,
                source: source?,
            })
        },
    )
}

pub(super) fn markets(root: &Table<'_>, context: &Context<'_>) -> Vec<Market> {
    entries(
        root,
        "markets",
        |market: &Market| market.key.clone(),
        |entry| {
            let key = entry.slug("key");
            let name = entry.name("name");
            let region = entry.must("region").and_then(|item| context.region(&item));
            let source = entry.source();
            Some(Market {
                key: key?,
                name: name?,
                region: region?,
                source: source?,
            })
        },
    )
}

/// `[renewal]`: 180 days where the plan says nothing.
pub(super) fn renewal(root: &Table<'_>) -> Option<Renewal> {
    let Some(item) = root.get("renewal") else {
        return Some(Renewal::default());
    };
    let table = item.table()?;
    let days = table.must("days").and_then(|item| item.int(1, RENEWAL_DAYS_MAX));
    let remind_days = table
        .must("remind_days")
        .and_then(|item| item.int(0, days.unwrap_or(RENEWAL_DAYS_MAX)));
    table.finish();
    Some(Renewal {
        days: days?,
        remind_days: remind_days?,
    })
}
