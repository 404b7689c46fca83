//! Values back to the notation of sheets, exports and edit forms.

use crate::{Field, Value, choice, indicator};

/// The canonical text of a value; reading it again gives the same value. Choices are written by their Chinese names, as in the
/// template's drop-downs; a value of another kind than the field's is written by its own.
pub fn write(value: &Value, field: &Field) -> String {
    let name = |code: &str| {
        field
            .list()
            .map_or_else(|| code.to_owned(), |list| choice::name_of(list, code))
    };
    match value {
        Value::Text(text) => text.clone(),
        Value::Code(code) => name(code),
        Value::Codes(codes) => codes.iter().map(|code| name(code)).collect::<Vec<_>>().join("；"),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Patent(patent) => patent.to_string(),
        Value::Uscc(uscc) => uscc.to_string(),
        Value::Ipc(ipc) => ipc.to_string(),
        Value::Region(region) => region.to_string(),
        Value::Sectors(sectors) => sectors
            .iter()
            .map(|sector| sector.name_zh())
            .collect::<Vec<_>>()
            .join("；"),
        Value::Phone(phone) => phone.to_string(),
        Value::Email(email) => email.to_string(),
        Value::Names(names) => names.join("；"),
        Value::Indicators(indicators) => indicator::write(indicators),
        Value::Int(number) => number.to_string(),
        Value::Trl(trl) => trl.to_string(),
    }
}
