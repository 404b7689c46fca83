//! Matches side by side.

use jcore::Cx;

use crate::finding::Fit;

/// A line of the table: what it is about, and what each column says.
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) cells: Vec<Vec<String>>,
}

/// Matches side by side.
pub(crate) struct Table {
    pub(crate) heads: Vec<(String, String)>,
    pub(crate) lines: Vec<Line>,
}

/// The table of these matches; a line that says nothing of any is left out.
#[must_use]
pub(crate) fn table(cx: &Cx, fits: &[&Fit]) -> Table {
    let withheld = cx.t("word-withheld");
    let line = |label: &str, cell: &dyn Fn(&Fit) -> Vec<String>| Line {
        label: cx.t(label),
        cells: fits.iter().map(|fit| cell(fit)).collect(),
    };
    let one = |text: &str| vec![text.to_owned()];
    let mut lines = vec![
        line("matches-col-band", &|fit| one(&fit.band_text)),
        line("matches-col-pros", &|fit| fit.pros.clone()),
        line("matches-col-cons", &|fit| fit.cons.clone()),
        line("entries-col-kind", &|fit| one(&fit.row.kind)),
        line("entries-col-sector", &|fit| fit.row.sectors.clone()),
        line("entries-col-maturity", &|fit| one(&fit.row.maturity)),
        line("entries-col-price", &|fit| {
            one(fit.row.price.as_deref().unwrap_or(&withheld))
        }),
        line("entries-col-org", &|fit| {
            one(fit.row.org.as_deref().unwrap_or(&withheld))
        }),
        line("entries-col-place", &|fit| one(&fit.row.place)),
        line("matches-col-indicators", &|fit| fit.row.indicators.clone()),
        line("entries-col-summary", &|fit| one(&fit.row.summary)),
    ];
    for line in &mut lines {
        line.cells
            .iter_mut()
            .for_each(|cell| cell.retain(|text| !text.is_empty()));
    }
    lines.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    Table {
        heads: fits
            .iter()
            .map(|fit| (fit.row.title.clone(), fit.row.href.clone()))
            .collect(),
        lines,
    }
}
