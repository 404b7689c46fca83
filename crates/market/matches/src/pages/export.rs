//! Matches as a workbook or CSV: what the page shows.

use axum::response::Response;
use jcore::{Cx, Fault, Result};

use crate::finding::Fit;

type Rows = (Vec<String>, Vec<Vec<String>>);

fn rows(cx: &Cx, fits: &[Fit]) -> Rows {
    let heads = [
        "matches-col-band",
        "entries-col-title",
        "entries-col-kind",
        "entries-col-sector",
        "entries-col-maturity",
        "entries-col-price",
        "entries-col-org",
        "entries-col-place",
        "matches-col-pros",
        "matches-col-cons",
        "entries-col-address",
    ];
    let withheld = cx.t("word-withheld");
    let row = |fit: &Fit| {
        let row = &fit.row;
        vec![
            fit.band_text.clone(),
            row.title.clone(),
            row.kind.clone(),
            row.sectors.join("；"),
            row.maturity.clone(),
            row.price.clone().unwrap_or_else(|| withheld.clone()),
            row.org.clone().unwrap_or_else(|| withheld.clone()),
            row.place.clone(),
            fit.pros.join("；"),
            fit.cons.join("；"),
            format!("{}{}", cx.app.settings.base_url, row.href),
        ]
    };
    (heads.map(|id| cx.t(id)).to_vec(), fits.iter().map(row).collect())
}

fn name(cx: &Cx, ending: &str) -> String {
    format!("matches-{}.{ending}", cx.now.date_in_cn())
}

/// As a workbook.
///
/// # Errors
/// The writer's.
pub(crate) fn xlsx(cx: &Cx, fits: &[Fit]) -> Result<Response> {
    let (heads, rows) = rows(cx, fits);
    let bytes = sheets::export_xlsx(&cx.t("nav-match"), &heads, &rows).map_err(|e| Fault::internal(e.to_string()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(cx.download(&name(cx, "xlsx"), media, bytes))
}

/// As CSV.
pub(crate) fn csv(cx: &Cx, fits: &[Fit]) -> Response {
    let (heads, rows) = rows(cx, fits);
    cx.download(
        &name(cx, "csv"),
        "text/csv; charset=utf-8",
        sheets::export_csv(&heads, &rows),
    )
}
