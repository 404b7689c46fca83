//! Two entries side by side: what both say, field by field, with what differs marked (R139).

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Result, Shell};
use kernel::EntryId;
use uuid::Uuid;

use crate::projection::{FieldShown, Shown, project};
use crate::show::{Opened, open, open_inside, title};

/// A field of both.
struct Line {
    label: String,
    one: Side,
    other: Side,
    differs: bool,
}

/// What one of them says in a field.
#[derive(PartialEq)]
enum Side {
    /// Nothing.
    Blank,
    /// Something that is not for this reader.
    Withheld,
    /// This.
    Text(String),
}

#[derive(askama::Template)]
#[template(path = "entries_beside.html")]
struct BesidePage {
    s: Shell,
    back: String,
    one: String,
    other: String,
    other_href: String,
    lines: Vec<Line>,
}

/// `GET /entries/{id}/beside/{other}`: for who may look into the first; of the second it shows what the reader may see.
pub(crate) async fn show(cx: Cx, Path((id, other)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = open_inside(&cx, EntryId::from(id)).await?;
    let other = open(&cx, EntryId::from(other)).await?;
    if one.entry.kind != other.entry.kind {
        return Err(Fault::not_found());
    }
    let path = |opened: &Opened| cx.href(&format!("{}/{}", opened.kind.home(), opened.entry.id));
    cx.page(&BesidePage {
        back: path(&one),
        one: title(&cx, &one.entry.title),
        other: title(&cx, &other.entry.title),
        other_href: path(&other),
        lines: lines(&cx, &one, &other)?,
        s: cx.shell(),
    })
}

fn lines(cx: &Cx, one: &Opened, other: &Opened) -> Result<Vec<Line>> {
    let kind = one.kind.as_ref();
    let seen = |opened: &Opened| project(&cx.app, kind, &opened.entry, opened.sight.as_ref());
    let (left, right) = (seen(one)?, seen(other)?);
    let line = |field: &'static forms::Field| {
        let (one, other) = (side(&left, field), side(&right, field));
        let is_told = one != Side::Blank || other != Side::Blank;
        is_told.then(|| Line {
            label: intake::page::label(cx, kind.form(), field),
            differs: differ(&one, &other),
            one,
            other,
        })
    };
    Ok(kind.form().fields().filter_map(line).collect())
}

fn side(shown: &Shown, field: &'static forms::Field) -> Side {
    match shown.get(field.key).map(|f| &f.shown) {
        None => Side::Blank,
        Some(FieldShown::Withheld) => Side::Withheld,
        Some(FieldShown::Shown(value)) => Side::Text(forms::write(value, field)),
    }
}

/// Whether the reader can see that they differ: of what is withheld nothing is told.
fn differ(one: &Side, other: &Side) -> bool {
    match (one, other) {
        (Side::Withheld, _) | (_, Side::Withheld) => false,
        (Side::Text(one), Side::Text(other)) => kernel::text::fold(one) != kernel::text::fold(other),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_differs() {
        let text = |t: &str| Side::Text(t.into());
        assert!(differ(&text("甲"), &text("乙")) && differ(&text("甲"), &Side::Blank));
        assert!(!differ(&text("ZL 2020"), &text("ZL2020")), "notation is no difference");
        assert!(!differ(&text("甲"), &Side::Withheld) && !differ(&Side::Withheld, &Side::Withheld));
    }
}
