//! The pages: bringing a sheet in, the batches, the repair of one, the workbooks to fill in.

mod batch;
mod columns;
mod list;
mod row;

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Lang, Result, Routes};
use kernel::BatchId;

use crate::access::{self, TEMPLATE, USE};
use crate::again::Refilled;
use crate::template::kind_name;
use crate::template_xlsx;

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All pages with their actions.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/intake", USE, list::list)
        .post("/intake", USE, list::send)
        .get("/intake/{id}", USE, batch::show)
        .post("/intake/{id}/commit", USE, batch::commit_rows)
        .post("/intake/{id}/replace", USE, batch::replace)
        .post("/intake/{id}/again", USE, batch::again)
        .get("/intake/{id}/revert", USE, batch::revert_page)
        .post("/intake/{id}/revert", USE, batch::take_back)
        .get("/intake/{id}/columns", USE, columns::show)
        .post("/intake/{id}/columns", USE, columns::say)
        .get("/intake/{id}/rows/{number}", USE, row::row)
        .post("/intake/{id}/rows/{number}", USE, row::mend_row)
        .post("/intake/{id}/rows/{number}/settle", USE, row::settle)
        .post("/intake/{id}/check", USE, batch::check)
        .post("/intake/{id}/discard", USE, batch::discard)
        .get("/intake/{id}/annotated", USE, batch::annotated)
        .get("/intake/{id}/export", USE, batch::export)
        .get("/templates/{kind}", TEMPLATE, template)
}

fn id_of(text: &str) -> Result<BatchId> {
    text.parse().map_err(|_| Fault::not_found())
}

/// What a workbook that came back brought, in words.
fn said_again(cx: &Cx, told: Refilled) -> String {
    let args = [
        ("mended", told.mended.to_string()),
        ("unchanged", told.unchanged.to_string()),
        ("added", told.added.to_string()),
        ("ignored", told.ignored.to_string()),
    ];
    cx.ta("intake-said-again", &args)
}

/// Pages of a list.
struct Pager {
    page: i64,
    pages: i64,
    prev: Option<String>,
    next: Option<String>,
}

impl Pager {
    fn new(page: i64, count: i64, a_page: i64, href: impl Fn(i64) -> String) -> Self {
        let pages = (count.max(1) + a_page - 1) / a_page.max(1);
        let prev = (page > 1).then(|| href(page - 1));
        let next = (page < pages).then(|| href(page + 1));
        Self {
            page,
            pages,
            prev,
            next,
        }
    }
}

/// `GET /templates/{kind}`, with or without `.xlsx`
pub(crate) async fn template(cx: Cx, Path(key): Path<String>) -> Result<Response> {
    let key = key.strip_suffix(".xlsx").unwrap_or(&key);
    let kind = access::kind(&cx.app, key)?.clone();
    let (app, lang) = (cx.app.clone(), cx.lang);
    let work = move || template_xlsx(&app, kind.as_ref(), lang);
    let book = tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("template: {e}")))??;
    let name = match cx.lang {
        Lang::Zh => format!("{}.xlsx", kind_name(&cx.app, key, cx.lang)),
        Lang::En => format!("{key}.xlsx"),
    };
    Ok(cx.download(&name, XLSX, book))
}
