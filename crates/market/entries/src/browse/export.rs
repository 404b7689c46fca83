//! A list as a workbook or CSV: the public projection and nothing else (R143). What is withheld says so.

use axum::response::Response;
use forms::{Field, Secrecy, Value};
use jcore::{Cx, Fault, Lang, Result};

use super::view::{Section, sector_name};
use super::{Params, view};
use crate::kind::EntryKind;
use crate::model::{ListRow, codes_of};
use crate::projection::{FieldShown, project_open};
use crate::store;
use intake::page::{label, show_value};

/// Rows of an export: enough for any list that a person works with, and a file that opens at once.
pub const EXPORT_ROWS_MAX: i64 = 5_000;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// Text, with a byte order mark so that office programs read it as UTF-8.
    Csv,
}

/// The list that an address asks for, as a file.
///
/// # Errors
/// The store's, or the writer's.
pub async fn export(cx: &Cx, section: &Section, params: &Params, format: Format) -> Result<Response> {
    let filter = section.filter(cx, params);
    let mut conn = cx.app.read().await?;
    let found = store::list::find(&mut conn, &filter, cx.now.micros(), EXPORT_ROWS_MAX, 0).await?;
    let stored = store::list::rows(&mut conn, &found.ids).await?;
    drop(conn);
    // Of one kind, all its fields; of several, what they have in common.
    let one = match filter.kinds.as_slice() {
        [key] => section.kind(key),
        _ => None,
    };
    let (heads, rows) = match one {
        Some(kind) => whole(cx, kind, &stored)?,
        None => common(cx, section, &stored)?,
    };
    let day = cx.now.date_in_cn();
    let name = format!("{}-{day}", section.path.trim_start_matches('/'));
    match format {
        Format::Xlsx => {
            let title = cx.t(&format!("nav-{}", section.path.trim_start_matches('/')));
            let bytes = sheets::export_xlsx(&title, &heads, &rows).map_err(|e| Fault::internal(e.to_string()))?;
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(cx.download(&format!("{name}.xlsx"), media, bytes))
        }
        Format::Csv => Ok(cx.download(
            &format!("{name}.csv"),
            "text/csv; charset=utf-8",
            sheets::export_csv(&heads, &rows),
        )),
    }
}

/// The fields that an export of one kind has a column for: those that can be public at all.
fn columns(kind: &dyn EntryKind) -> Vec<&'static Field> {
    kind.form().fields().filter(|f| f.secrecy != Secrecy::Always).collect()
}

type Table = (Vec<String>, Vec<Vec<String>>);

/// All fields of one kind. In Chinese the heads are the template's and the values its notation, so that the file can be
/// read in again.
fn whole(cx: &Cx, kind: &dyn EntryKind, stored: &[ListRow]) -> Result<Table> {
    let columns = columns(kind);
    let mut heads: Vec<String> = columns.iter().map(|f| head(cx, kind, f)).collect();
    heads.extend([
        cx.t("entries-col-published"),
        cx.t("entries-col-expires"),
        cx.t("entries-col-address"),
    ]);
    let withheld = cx.t("word-withheld");
    let mut rows = Vec::with_capacity(stored.len());
    for row in stored {
        let shown = project_open(kind, &row.values()?, &row.withheld);
        let cell = |field: &&'static Field| match shown.get(field.key).map(|f| &f.shown) {
            Some(FieldShown::Shown(value)) => text(cx, field, value),
            Some(FieldShown::Withheld) => withheld.clone(),
            None => String::new(),
        };
        let mut cells: Vec<String> = columns.iter().map(cell).collect();
        cells.extend(tail(cx, kind, row));
        rows.push(cells);
    }
    Ok((heads, rows))
}

fn head(cx: &Cx, kind: &dyn EntryKind, field: &'static Field) -> String {
    if cx.lang == Lang::Zh {
        field.head_zh().to_owned()
    } else {
        label(cx, kind.form(), field)
    }
}

fn text(cx: &Cx, field: &Field, value: &Value) -> String {
    if cx.lang == Lang::Zh {
        forms::write(value, field)
    } else {
        show_value(cx, field, value)
    }
}

/// What offers of several kinds have in common.
fn common(cx: &Cx, section: &Section, stored: &[ListRow]) -> Result<Table> {
    let ids = [
        "kind", "title", "category", "sector", "org", "place", "maturity", "modes", "price", "summary",
    ];
    let mut heads: Vec<String> = ids.iter().map(|id| cx.t(&format!("entries-col-{id}"))).collect();
    heads.extend([
        cx.t("entries-col-published"),
        cx.t("entries-col-expires"),
        cx.t("entries-col-address"),
    ]);
    let withheld = cx.t("word-withheld");
    let mut rows = Vec::with_capacity(stored.len());
    for (row, view) in stored.iter().zip(view::rows(cx, section, stored)?) {
        let Some(kind) = section.kind(&row.kind) else { continue };
        let modes = kind.form().field("modes");
        let codes: Vec<String> = codes_of(&row.modes).map(str::to_owned).collect();
        let modes = modes.map_or_else(String::new, |f| show_value(cx, f, &Value::Codes(codes)));
        let mut cells = vec![
            view.kind,
            view.title,
            view.category,
            codes_of(&row.sector)
                .map(|c| sector_name(cx, c))
                .collect::<Vec<_>>()
                .join("；"),
            view.org.unwrap_or_else(|| withheld.clone()),
            view.place,
            view.maturity,
            modes,
            view.price.unwrap_or_else(|| withheld.clone()),
            view.summary,
        ];
        cells.extend(tail(cx, kind, row));
        rows.push(cells);
    }
    Ok((heads, rows))
}

/// When it was published, until when, and where it stands.
fn tail(cx: &Cx, kind: &dyn EntryKind, row: &ListRow) -> [String; 3] {
    let day = |at: Option<i64>| {
        at.map_or_else(String::new, |at| {
            kernel::Stamp::from_micros(at).date_in_cn().to_string()
        })
    };
    let address = format!("{}{}/{}", cx.app.settings.base_url, kind.home(), row.id);
    [day(row.published_at), day(row.expires_at), address]
}
