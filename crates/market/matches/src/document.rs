//! A public entry as the engine keeps it: made from open values alone, so nothing withheld can get into the index (R143).

use entries::{EntryKind, ListRow, codes_of};
use forms::{Lookup, Value, Values};
use jcore::Result;
use kernel::{Fen, MAX_FEN, MoneyKind, Stamp};
use matching::{Document, Facts, Family};

use crate::deeds::opening::NEED;

/// The document of a public row.
///
/// # Errors
/// When the store holds something else than entries wrote.
pub(crate) fn of_row(kind: &dyn EntryKind, row: &ListRow) -> Result<Document> {
    let values = row.values()?;
    Ok(Document {
        id: row.id,
        family: family(&row.kind),
        kind: row.kind.clone(),
        title: row.title.clone(),
        body: body(kind, &values),
        facts: facts(kind, row, &values),
    })
}

/// How the engine treats a kind.
pub(crate) fn family(kind: &str) -> Family {
    if kind == NEED { Family::Need } else { Family::Offer }
}

/// All open texts, a line each.
fn body(kind: &dyn EntryKind, values: &Values) -> String {
    let keys = kind.keys();
    let line = |key: &&str| {
        let field = kind.form().field(key)?;
        Some(forms::write(values.get(*key)?, field))
    };
    let wanted = keys
        .summary
        .iter()
        .chain(keys.texts)
        .chain(&["indicators"])
        .chain(keys.words);
    let mut seen: Vec<&str> = vec!["title"];
    let mut lines = Vec::new();
    for key in wanted {
        if !seen.contains(key) {
            seen.push(key);
            lines.extend(line(key).filter(|text| !text.is_empty()));
        }
    }
    lines.join("\n")
}

fn facts(kind: &dyn EntryKind, row: &ListRow, values: &Values) -> Facts {
    let keys = kind.keys();
    let (price_min, price_max) = price(values, keys.price);
    let mut ipc = Vec::new();
    let mut numbers = Vec::new();
    for value in values.values() {
        match value {
            Value::Patent(number) => numbers.push(number.to_string()),
            Value::Ipc(class) => ipc.push(class.to_string().chars().take(IPC_SUBCLASS).collect()),
            _ => {}
        }
    }
    let until = row.expires_at.map(|at| Stamp::from_micros(at).date_in_cn());
    Facts {
        fields: codes_of(&row.sector).map(str::to_owned).collect(),
        region: Some(row.region.clone()).filter(|region| !region.is_empty()),
        maturity: row.trl.and_then(|trl| u8::try_from(trl).ok()),
        modes: codes_of(&row.modes).map(str::to_owned).collect(),
        price_min,
        price_max,
        until,
        ipc,
        numbers,
        owner: row.org_name.clone(),
    }
}

/// Characters of a subclass: `H01M`.
const IPC_SUBCLASS: usize = 4;

/// Both ends of a price or a budget; none where it is withheld, negotiable or in another currency. “At most” has no least,
/// “at least” no most.
fn price(values: &Values, key: &str) -> (Option<Fen>, Option<Fen>) {
    let Some(money) = values.money(key).filter(|money| money.currency == "CNY") else {
        return (None, None);
    };
    let Some(lead) = money.lead_fen() else {
        return (None, None);
    };
    match money.kind {
        MoneyKind::Negotiable | MoneyKind::Unknown | MoneyKind::Royalty => (None, None),
        MoneyKind::Max => (None, Some(lead)),
        MoneyKind::Min => (Some(lead), None),
        MoneyKind::Exact | MoneyKind::Range | MoneyKind::Approx => {
            let top = money.max_fen.filter(|top| *top < MAX_FEN).map_or(lead, Fen::new);
            (Some(lead), Some(top))
        }
    }
}
