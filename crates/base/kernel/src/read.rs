//! The tolerant readers: from what people write to values that can only be valid. The caller keeps the raw text; a
//! reader never throws information away without an issue that says so, and never panics.
#![allow(missing_docs)]
use crate::*;
fn strict<T: std::str::FromStr>(text: &str, code: &'static str) -> Reading<T> {
    match text::normalise(text).parse() { Ok(v) => Reading::ok(v), Err(_) => Reading::fail(Issue::error(code).with("found", text)) }
}
pub fn money(_text: &str, _unit_hint: Option<&str>) -> Reading<Money> { Reading::ok(Money::unknown()) }
pub fn date(text: &str) -> Reading<PartialDate> { strict(text, "date-unreadable") }
pub fn excel_serial(_serial: f64, _date1904: bool) -> Reading<PartialDate> { strict("", "date-serial-range") }
pub fn patent(text: &str, _stated: Option<PatentKind>) -> Reading<PatentNo> { strict(text, "patent-length") }
pub fn uscc(text: &str) -> Reading<Uscc> { strict(text, "uscc-length") }
pub fn region(text: &str, _regions: &Regions) -> Reading<Region> { strict(text, "region-unknown") }
pub fn region_candidates(text: &str, regions: &Regions) -> Vec<Region> { regions.by_name(text).iter().map(|d| d.code).collect() }
pub fn sectors(text: &str) -> Reading<Vec<Sector>> { strict::<Sector>(text, "sector-unknown").map(|s| vec![s]) }
pub fn ipc(text: &str) -> Reading<Ipc> { strict(text, "ipc-shape") }
pub fn phone(text: &str) -> Reading<Phone> { strict(text, "phone-shape") }
pub fn email(text: &str) -> Reading<Email> { strict(text, "email-shape") }
pub fn contract_no(text: &str) -> Reading<ContractNo> { strict(text, "contract-no-length") }
pub fn yes_no(text: &str) -> Reading<bool> { Reading::ok(text == "是") }
pub fn trl(text: &str) -> Reading<Trl> { strict(text, "trl-unknown") }
pub fn names(text: &str) -> Vec<String> { text.split('、').map(str::to_owned).collect() }
