//! Reading phases, deadlines, bidding days and holidays.

use super::checks::CALENDAR_YEARS;
use super::table::{Item, Table};
use super::{Context, entries};
use crate::codes::{HolidaySource, Weekday};
use crate::model::{Bidding, Channel, Day, Deadline, Holidays, Window};

pub(super) fn windows(root: &Table<'_>, context: &Context<'_>) -> Vec<Window> {
    root.must("windows");
    entries(
        root,
        "windows",
        |window: &Window| window.key.clone(),
        |entry| window(entry, context),
    )
}

fn window(entry: &Table<'_>, context: &Context<'_>) -> Option<Window> {
    let key = entry.slug("key");
    let season = context.season(entry);
    let name = entry.name("name");
    let from = entry.must("from").and_then(|item| item.day_within(context.year));
    let end = entry.get("to");
    let to = end.as_ref().and_then(|item| item.day_within(context.year));
    if let (Some(from), Some(to), Some(end)) = (from, to, &end)
        && to < from
    {
        end.report(
            "window-backwards",
            vec![("from", from.to_string()), ("to", to.to_string())],
        );
    }
    let hard = entry.flag("hard");
    let source = entry.source();
    Some(Window {
        key: key?,
        season,
        name: name?,
        from: from?,
        to,
        hard: hard?,
        source: source?,
    })
}

pub(super) fn deadlines(root: &Table<'_>, context: &Context<'_>) -> Vec<Deadline> {
    entries(
        root,
        "deadlines",
        |deadline: &Deadline| deadline.key.clone(),
        |entry| deadline(entry, context),
    )
}

fn deadline(entry: &Table<'_>, context: &Context<'_>) -> Option<Deadline> {
    let key = entry.slug("key");
    let season = context.season(entry);
    let name = entry.name("name");
    let day = entry.must("day").and_then(|item| item.day_within(context.year));
    let inclusive = entry.flag("inclusive");
    let channels = entry.get("channels").map(|item| item.tables()).unwrap_or_default();
    let channels = channels.iter().filter_map(channel).collect();
    let hard = entry.flag("hard");
    let source = entry.source();
    Some(Deadline {
        key: key?,
        season,
        name: name?,
        day: day?,
        inclusive: inclusive?,
        channels,
        hard: hard?,
        source: source?,
    })
}

fn channel(table: &Table<'_>) -> Option<Channel> {
    let kind = table.must("kind").and_then(|item| item.code());
    let to = table.name("to");
    table.finish();
    Some(Channel { kind: kind?, to: to? })
}

/// Bidding days, which need a phase with an end to lie in.
pub(super) fn bidding(root: &Table<'_>, context: &Context<'_>, windows: &[Window]) -> Option<Bidding> {
    let table = root.get("bidding")?.table()?;
    let place = table.must("window");
    let window = place.as_ref().and_then(Item::slug);
    if let (Some(place), Some(key)) = (&place, &window)
        && place.refers(key, &context.windows)
        && windows.iter().any(|one| one.key == *key && one.to.is_none())
    {
        place.report("window-open-ended", vec![("value", key.clone())]);
    }
    let weekdays = table
        .must("weekdays")
        .and_then(|item| item.codes::<Weekday>())
        .map(|mut days| {
            days.sort();
            days
        });
    let hard = table.flag("hard");
    let source = table.source();
    table.finish();
    Some(Bidding {
        window: window?,
        weekdays: weekdays?,
        hard: hard?,
        source: source?,
    })
}

pub(super) fn holidays(root: &Table<'_>, context: &Context<'_>) -> Option<Holidays> {
    let table = root.must("holidays")?.table()?;
    let origin = table.must("source");
    let source = origin.as_ref().and_then(Item::code::<HolidaySource>);
    if let (Some(HolidaySource::Cn), Some(year), Some(origin)) = (source, context.year, &origin)
        && !CALENDAR_YEARS.contains(&year)
    {
        // Without the notice of that year every weekday would pass for a working day.
        let (from, to) = (CALENDAR_YEARS.start().to_string(), CALENDAR_YEARS.end().to_string());
        origin.report(
            "holidays-unknown-year",
            vec![("year", year.to_string()), ("from", from), ("to", to)],
        );
    }
    let extra = days(&table, "extra", context);
    let workdays = days(&table, "workdays", context);
    let policy = table.must("policy").and_then(|item| item.code());
    table.finish();
    Some(Holidays {
        source: source?,
        extra,
        workdays,
        policy: policy?,
    })
}

fn days(table: &Table<'_>, key: &'static str, context: &Context<'_>) -> Vec<Day> {
    let items = table.get(key).and_then(|item| item.list_or_empty()).unwrap_or_default();
    items.iter().filter_map(|item| item.day_within(context.year)).collect()
}
