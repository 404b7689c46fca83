//! Pages: the papers of an entry while it is written, one paper with its preview, and the panel on the entry's pages.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use entries::actions::WRITE;
use entries::{EDIT_PANELS, REVIEW_PANELS, SHOW_PANELS};
use jcore::files::{Allowed, How, clean_name};
use jcore::{About, Cx, Fault, FaultKind, Form, Multipart, Panel, Place, Result, Shell};
use kernel::EntryId;
use serde::Deserialize;
use uuid::Uuid;

use crate::deeds::{self, Incoming};
use crate::rules::{self, Barrier};
use crate::view::{self, Look, Paper, issue_texts, look};

/// Papers with what may be done to them.
#[derive(Template)]
#[template(path = "attachments_panel.html")]
struct PanelView {
    s: Shell,
    entry: Uuid,
    papers: Vec<Paper>,
    may_change: bool,
    is_inside: bool,
    endings: String,
    limits: String,
}

/// What may come in, in words.
fn limits(cx: &Cx) -> String {
    const MB: i64 = 1024 * 1024;
    cx.ta(
        "attachments-limits",
        &[
            ("files", rules::PAPERS_MAX.to_string()),
            ("total", (rules::TOTAL_BYTES_MAX / MB).to_string()),
            ("each", (jcore::MAX_FILE_BYTES / (1024 * 1024)).to_string()),
        ],
    )
}

/// The papers on an entry's pages.
pub(crate) struct PapersPanel;

impl Panel for PapersPanel {
    fn places(&self) -> &'static [Place] {
        &[SHOW_PANELS, EDIT_PANELS, REVIEW_PANELS]
    }

    fn show<'a>(&'a self, cx: &'a Cx, place: Place, about: About<'a>) -> jcore::BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            let papers = view::list(cx, EntryId::from(about.id)).await?;
            let may_change = place == EDIT_PANELS && cx.may(WRITE, about.subject);
            if papers.is_empty() && !may_change {
                return Ok(None);
            }
            let panel = PanelView {
                s: cx.shell(),
                entry: about.id,
                is_inside: place != SHOW_PANELS || papers.iter().any(|p| !p.is_shown),
                papers,
                may_change,
                endings: Allowed::ALL.endings(),
                limits: limits(cx),
            };
            let html = panel.render().map_err(|e| Fault::internal(format!("template: {e}")))?;
            Ok(Some(html))
        })
    }
}

#[derive(Template)]
#[template(path = "attachments_manage.html")]
struct ManagePage {
    s: Shell,
    entry: Uuid,
    title: String,
    papers: Vec<Paper>,
    may_change: bool,
    is_inside: bool,
    endings: String,
    limits: String,
    errors: Vec<String>,
}

/// `GET /entries/{id}/attachments`
pub(crate) async fn manage(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    manage_page(&cx, id.into(), StatusCode::OK, Vec::new()).await
}

async fn manage_page(cx: &Cx, id: EntryId, status: StatusCode, errors: Vec<String>) -> Result<Response> {
    let papers = view::list(cx, id).await?;
    let entry = entries::entry(&mut cx.app.read().await?, id).await?;
    cx.permit(WRITE, &entry.subject())?;
    cx.page_with(
        status,
        &ManagePage {
            s: cx.shell(),
            entry: entry.id,
            may_change: rules::is_open(entry.state()),
            title: title_of(cx, &entry.title),
            papers,
            is_inside: true,
            endings: Allowed::ALL.endings(),
            limits: limits(cx),
            errors,
        },
    )
}

/// An entry's title, or words for none.
fn title_of(cx: &Cx, title: &str) -> String {
    if title.is_empty() {
        cx.t("entries-untitled")
    } else {
        title.to_owned()
    }
}

/// What stands against a form, on the page that it came from; other faults go on.
async fn again(cx: &Cx, id: EntryId, fault: Fault) -> Result<Response> {
    let errors = match fault.kind {
        FaultKind::Refused => issue_texts(cx, &fault),
        FaultKind::Conflict | FaultKind::Busy => {
            let words = &cx.app.words;
            vec![format!(
                "{}：{}",
                fault.title(words, cx.lang),
                fault.text(words, cx.lang)
            )]
        }
        _ => return Err(fault),
    };
    manage_page(cx, id, fault.kind.status(), errors).await
}

/// `POST /entries/{id}/attachments`
pub(crate) async fn send(cx: Cx, Path(id): Path<Uuid>, form: Multipart) -> Result<Response> {
    let id = EntryId::from(id);
    let sent = match incoming(&form) {
        Ok(incoming) => deeds::add(&cx.app, &cx.actor, id, incoming).await,
        Err(fault) => Err(fault),
    };
    let added = match sent {
        Ok(added) => added,
        Err(fault) => return again(&cx, id, fault).await,
    };
    let key = match added.barrier {
        None => "attachments-said-added",
        Some(Barrier::Unconfirmed) => "attachments-said-unconfirmed",
        Some(Barrier::NamesOwner | Barrier::Signed) => "attachments-said-blocked",
    };
    let mut said = cx.t(key);
    if !added.stripped.is_empty() {
        let what: Vec<String> = added
            .stripped
            .iter()
            .map(|w| cx.t(&format!("file-stripped-{}", w.code())))
            .collect();
        said.push_str(&cx.ta(
            "attachments-said-stripped",
            &[("what", what.join(&cx.t("attachments-comma")))],
        ));
    }
    Ok(cx.redirect_saying(&format!("/entries/{id}/attachments"), &said))
}

/// A form's paper.
pub(crate) fn incoming(form: &Multipart) -> Result<Incoming> {
    let says = |key: &str| {
        form.first(key)
            .is_some_and(|v| matches!(v, "yes" | "true" | "1" | "on"))
    };
    let file = form.files.first();
    let file = file.ok_or_else(|| Fault::issue(Some("file"), kernel::Issue::error("attachments-no-file")))?;
    Ok(Incoming {
        title: form.first("title").unwrap_or_default().to_owned(),
        public: says("public"),
        checked: says("checked"),
        confirmed: says("confirmed"),
        name: file.name.clone(),
        content: file.content.clone(),
    })
}

/// What the buttons beside a paper send.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct PublicForm {
    #[serde(default)]
    public: String,
    #[serde(default)]
    confirmed: String,
}

/// `POST /entries/{id}/attachments/{paper}/public`
pub(crate) async fn publish(
    cx: Cx,
    Path((id, paper)): Path<(Uuid, Uuid)>,
    Form(form): Form<PublicForm>,
) -> Result<Response> {
    let (id, is_public) = (EntryId::from(id), form.public == "yes");
    let confirmed = form.confirmed == "yes";
    match deeds::set_public(&cx.app, &cx.actor, id, paper, is_public, confirmed).await {
        Ok(()) => {
            let key = if is_public {
                "attachments-said-public"
            } else {
                "attachments-said-private"
            };
            Ok(cx.redirect_saying(&format!("/entries/{id}/attachments"), &cx.t(key)))
        }
        Err(fault) => again(&cx, id, fault).await,
    }
}

/// Nothing but the token.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Bare {}

/// `POST /entries/{id}/attachments/{paper}/remove`
pub(crate) async fn remove(
    cx: Cx,
    Path((id, paper)): Path<(Uuid, Uuid)>,
    Form(Bare {}): Form<Bare>,
) -> Result<Response> {
    let id = EntryId::from(id);
    match deeds::remove(&cx.app, &cx.actor, id, paper).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/entries/{id}/attachments"), &cx.t("attachments-said-removed"))),
        Err(fault) => again(&cx, id, fault).await,
    }
}

#[derive(Template)]
#[template(path = "attachments_show.html")]
struct ShowPage {
    s: Shell,
    paper: Paper,
    entry_title: String,
    entry_href: String,
    is_image: bool,
    is_pdf: bool,
    is_table: bool,
    text: String,
    is_cut: bool,
}

/// `GET /attachments/{id}`
pub(crate) async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let opened = view::open(&cx, id).await?;
    let look = look(&opened.row.kind);
    let text = if look == Look::Image {
        String::new()
    } else {
        opened.preview(&cx).await?
    };
    let kinds = entries::kinds(&cx.app);
    let home = kinds.get(&opened.entry.kind).map_or("/needs", |kind| kind.home());
    cx.page(&ShowPage {
        paper: opened.paper(&cx)?,
        entry_title: title_of(&cx, &opened.entry.title),
        entry_href: cx.href(&format!("{home}/{}", opened.entry.id)),
        is_image: look == Look::Image,
        is_pdf: look == Look::Pdf,
        is_table: matches!(opened.row.kind.as_str(), "xlsx" | "csv"),
        is_cut: text.chars().count() >= rules::PREVIEW_CHARS_MAX,
        text,
        s: cx.shell(),
    })
}

async fn give(cx: &Cx, id: Uuid, how: How) -> Result<Response> {
    let opened = view::open(cx, id).await?;
    let name = clean_name(&opened.paper(cx)?.title, &opened.row.kind);
    let content = opened.content(cx).await?;
    Ok(cx.file(how, &name, &opened.row.media, content))
}

/// `GET /attachments/{id}/view`
pub(crate) async fn view(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    give(&cx, id, How::Show).await
}

/// `GET /attachments/{id}/file`
pub(crate) async fn file(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    give(&cx, id, How::Download).await
}
