//! The pages of everyone: a list with its filters, an entry, an export. `offers` and `needs` route here.

use axum::response::Response;
use jcore::{Cx, Result, Shell};
use kernel::EntryId;
use uuid::Uuid;

use crate::browse::{EXPORT_ROWS_MAX, ListView, Params, Section, list};
use crate::show::{EntryView, HistoryRow, Powers, SHOW_PANELS, history, open};

#[derive(askama::Template)]
#[template(path = "entries_list.html")]
struct ListPage {
    s: Shell,
    title: String,
    lead: String,
    empty: String,
    list: ListView,
    export_max: i64,
}

/// A public list. Its words are `NAME-title`, `NAME-lead`, `NAME-empty`, NAME being its path without the stroke.
///
/// # Errors
/// The store's.
pub async fn list_page(cx: &Cx, section: &Section, params: &Params) -> Result<Response> {
    let list = list(cx, section, params).await?;
    let name = section.path.trim_start_matches('/');
    let say = |what: &str| cx.t(&format!("{name}-{what}"));
    cx.page(&ListPage {
        title: say("title"),
        lead: say("lead"),
        empty: say("empty"),
        list,
        export_max: EXPORT_ROWS_MAX,
        s: cx.shell().phases(),
    })
}

#[derive(askama::Template)]
#[template(path = "entries_show.html")]
struct ShowPage {
    s: Shell,
    v: EntryView,
    powers: Powers,
    reviews: bool,
    history: Vec<HistoryRow>,
    home: &'static str,
    home_title: String,
    panels: Vec<String>,
}

/// An entry: for everyone while it is public, and always for who may look into it, who then sees more.
///
/// # Errors
/// Not found for others, and under the path of another list.
pub async fn show_page(cx: &Cx, section: &Section, id: Uuid) -> Result<Response> {
    let opened = open(cx, EntryId::from(id)).await?;
    if section.kind(&opened.entry.kind).is_none() {
        return Err(jcore::Fault::not_found());
    }
    let sees_all = opened.sight.is_some();
    let history = if sees_all {
        history(cx, &opened).await?
    } else {
        Vec::new()
    };
    let name = section.path.trim_start_matches('/');
    let panels = opened.panels(cx, SHOW_PANELS).await?;
    cx.page(&ShowPage {
        panels,
        v: opened.view(cx)?,
        powers: Powers::of(cx, &opened.entry, sees_all),
        reviews: opened.reviews(cx),
        history,
        home: section.path,
        home_title: cx.t(&format!("{name}-title")),
        s: cx.shell(),
    })
}
