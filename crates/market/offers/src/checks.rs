//! Checks that patents and achievements share.

use entries::Look;
use forms::Record;
use kernel::{Fen, Issue, MoneyKind};

/// An issue with the field to show it at.
pub(crate) type Found = Option<(Option<&'static str>, Issue)>;

/// The most that an open licence may ask as a fixed fee, in yuan (domain §3.10).
const OPEN_FEE_YUAN: i64 = 20_000_000;
/// The most that an open licence may ask of net sales, and of profit, in percent.
const OPEN_SALES_PERCENT: f64 = 20.0;
/// The same of profit.
const OPEN_PROFIT_PERCENT: f64 = 40.0;

/// Suppliers (R017), prices from outside (R095), and open licences (R114).
pub(crate) fn shared(look: &Look<'_>, record: &mut Record) {
    let found = [
        supplier(look),
        outside(look, record),
        open_unpriced(record),
        open_dear(record),
    ];
    record.issues.extend(found.into_iter().flatten());
}

fn supplier(look: &Look<'_>) -> Found {
    look.programme
        .check_supplier(look.owner?)
        .map(|issue| (Some("unit"), issue))
}

fn outside(look: &Look<'_>, record: &Record) -> Found {
    let price = record
        .money("price")
        .filter(|m| m.currency == "CNY")
        .and_then(|m| m.max_fen.map(Fen::new).or(m.lead_fen()));
    look.programme
        .check_outside_price(look.region?, look.regions, price)
        .map(|issue| (Some("price"), issue))
}

fn offers_open_licence(record: &Record) -> bool {
    record.codes("modes").iter().any(|mode| mode == "open")
}

/// An open licence is a standing offer: whoever pays the stated fee has it, so a fee must be stated.
fn open_unpriced(record: &Record) -> Found {
    let kind = record.money("price")?.kind;
    let unpriced = offers_open_licence(record) && matches!(kind, MoneyKind::Negotiable | MoneyKind::Unknown);
    unpriced.then(|| (Some("price"), Issue::warning("offers-open-unpriced")))
}

fn open_dear(record: &Record) -> Found {
    let money = record.money("price")?;
    if !offers_open_licence(record) {
        return None;
    }
    let fee_over = Fen::from_yuan(OPEN_FEE_YUAN).is_some_and(|most| money.lead_fen().is_some_and(|fee| fee > most));
    let rate: Option<f64> = money.rate_percent.as_deref().and_then(|r| r.parse().ok());
    let of_profit = money.rate_base.as_deref().is_some_and(|base| base.contains("利润"));
    let most = if of_profit {
        OPEN_PROFIT_PERCENT
    } else {
        OPEN_SALES_PERCENT
    };
    let dear = fee_over || rate.is_some_and(|r| r > most);
    dear.then(|| (Some("price"), Issue::warning("offers-open-dear")))
}
