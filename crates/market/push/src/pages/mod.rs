//! Pages.

pub(crate) mod coverage;
pub(crate) mod fields;
pub(crate) mod letters;
pub(crate) mod link;
pub(crate) mod market;
pub(crate) mod partners;
pub(crate) mod subs;
pub(crate) mod ways;

use jcore::{Cx, Fault};
use kernel::Sector;

/// A choice of a form.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) on: bool,
}

/// Choices of a code list with words under `PREFIX-CODE`.
pub(crate) fn choices<'a>(cx: &Cx, prefix: &str, codes: impl IntoIterator<Item = &'a str>, on: &[&str]) -> Vec<Choice> {
    let choice = |code: &'a str| Choice {
        value: code.to_owned(),
        text: cx.t(&format!("{prefix}-{code}")),
        on: on.contains(&code),
    };
    codes.into_iter().map(choice).collect()
}

/// The fields of industry as choices.
pub(crate) fn sectors(cx: &Cx, on: &[Sector]) -> Vec<Choice> {
    let choice = |sector: Sector| Choice {
        value: sector.code().to_owned(),
        text: cx.t(&sector.words()),
        on: on.contains(&sector),
    };
    Sector::ALL.into_iter().map(choice).collect()
}

/// The divisions that can be chosen: those of the programme's region and the provinces.
pub(crate) fn regions(cx: &Cx, on: &str) -> Vec<Choice> {
    let home = programme::now(&cx.app).region;
    let choice = |code: kernel::Region, text: String| Choice {
        value: code.to_string(),
        on: code.to_string() == on,
        text,
    };
    let mut out = vec![choice(home, cx.app.regions.full_name(home))];
    let parts = match home.level() {
        kernel::DivisionLevel::Province => cx.app.regions.cities_of(home),
        _ => cx.app.regions.counties_of(home),
    };
    out.extend(parts.iter().map(|d| choice(d.code, d.name.clone())));
    if let Some(other) = kernel::Region::new(on).filter(|r| !out.iter().any(|c| c.value == r.to_string())) {
        out.push(choice(other, cx.app.regions.full_name(other)));
    }
    out
}

/// The issues of a fault, in words.
pub(crate) fn issues(cx: &Cx, fault: &Fault) -> Vec<String> {
    let text = |f: &jcore::FieldFault| cx.app.words.issue(cx.lang, &f.issue);
    fault.fields.iter().map(text).collect()
}
