//! The list of organisations, its export, and entering one.

use axum::response::Response;
use forms::{Draft, Record};
use intake::page::{FormView, draft_from_form};
use jcore::{Cx, Fault, Query, Result, Shell, Subject};
use kernel::Issue;
use serde::Deserialize;

use super::{Pairs, options, region_name, status};
use crate::declared::ORGANISATION;
use crate::deeds::orgs::{Put, add as add_org, declared};
use crate::model::{OrgKind, OrgState, Tag};
use crate::rules::{ORG_ADD, ORG_LIST, Scope, scope};
use crate::store::lists::{self, OrgFilter, OrgRow};
use crate::ui::{Group, PAGE_ROWS, Pager, region_groups};

/// Rows of an export: the companies of a province that took part in some years are a tenth of it.
const EXPORT_ROWS_MAX: i64 = 50_000;

/// The address's filters.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    no_liaison: String,
    #[serde(default)]
    page: Option<i64>,
}

impl Filter {
    pub(crate) fn filter(&self) -> OrgFilter {
        OrgFilter {
            q: kernel::text::normalise(&self.q),
            kind: OrgKind::from_code(&self.kind)
                .map(|k| k.code().to_owned())
                .unwrap_or_default(),
            region: self.region.clone(),
            state: OrgState::from_code(&self.state)
                .map(|k| k.code().to_owned())
                .unwrap_or_default(),
            tag: Tag::from_code(&self.tag)
                .map(|k| k.code().to_owned())
                .unwrap_or_default(),
            no_liaison: self.no_liaison == "yes",
        }
    }

    pub(crate) fn page(&self) -> i64 {
        self.page.unwrap_or(1)
    }

    fn query(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.as_str()),
            ("kind", self.kind.as_str()),
            ("region", self.region.as_str()),
            ("state", self.state.as_str()),
            ("tag", self.tag.as_str()),
            ("no_liaison", self.no_liaison.as_str()),
        ]
    }

    fn export_href(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(self.query().iter().filter(|(_, v)| !v.is_empty()));
        format!("/centre/orgs/export?{}", pairs.finish())
    }
}

/// What of the organisations the reader sees.
pub(crate) fn reach(cx: &Cx) -> Scope {
    use jcore::Role::{Branch, Bureau, TalentOffice};
    scope(
        &cx.actor,
        cx.may(ORG_LIST, &Subject::NONE),
        &[Bureau, TalentOffice, Branch],
    )
}

struct Row {
    id: String,
    name: String,
    kind: String,
    identity: String,
    region: String,
    state: &'static str,
    state_words: String,
    tags: Vec<String>,
    members: i64,
    liaison_missing: bool,
    has_liaison: bool,
}

fn row(cx: &Cx, r: OrgRow) -> Row {
    let kind = OrgKind::from_code(&r.kind);
    let state = OrgState::from_code(&r.state).unwrap_or(OrgState::Closed);
    Row {
        id: r.id.to_string(),
        kind: kind.map_or_else(|| r.kind.clone(), |k| cx.t(k.word())),
        // A person's identity is the id of their account, which tells nobody anything.
        identity: r
            .identity
            .filter(|i| i.parse::<uuid::Uuid>().is_err())
            .unwrap_or_default(),
        region: region_name(cx, r.region.as_deref()),
        state: super::org_view::state_class(state),
        state_words: cx.t(state.word()),
        tags: r
            .tags
            .split(',')
            .filter_map(Tag::from_code)
            .map(|t| cx.t(t.word()))
            .collect(),
        members: r.members,
        has_liaison: r.has_liaison > 0,
        liaison_missing: r.has_liaison == 0 && kind.is_some_and(OrgKind::needs_liaison),
        name: r.name,
    }
}

#[derive(askama::Template)]
#[template(path = "accounts_orgs.html")]
struct Page {
    s: Shell,
    filter: Filter,
    kinds: Vec<(String, String)>,
    states: Vec<(String, String)>,
    tags: Vec<(String, String)>,
    regions: Vec<Group>,
    rows: Vec<Row>,
    pager: Pager,
    export: String,
    adds: bool,
    any_filter: bool,
}

pub(super) async fn list(cx: Cx, Query(filter): Query<Filter>) -> Result<Response> {
    let (cut, scope) = (filter.filter(), reach(&cx));
    let mut conn = cx.app.read().await?;
    let total = lists::count_orgs(&mut conn, &cut, &scope).await?;
    let pager = Pager::new(&cx, filter.page(), total, &filter.query());
    let rows = lists::orgs(&mut conn, &cut, &scope, PAGE_ROWS, pager.offset()).await?;
    let page = Page {
        s: cx.shell(),
        kinds: options(&cx, OrgKind::ALL, OrgKind::code, OrgKind::word),
        states: options(&cx, OrgState::ALL, OrgState::code, OrgState::word),
        tags: options(&cx, Tag::ALL, Tag::code, Tag::word),
        regions: region_groups(&cx, &filter.region),
        rows: rows.into_iter().map(|r| row(&cx, r)).collect(),
        pager,
        export: filter.export_href(),
        adds: cx.app.rules.reaches(&cx.actor, ORG_ADD).is_ok(),
        any_filter: filter.query().iter().any(|(_, v)| !v.is_empty()),
        filter,
    };
    cx.page(&page)
}

/// The list as a workbook.
pub(super) async fn export(cx: Cx, Query(filter): Query<Filter>) -> Result<Response> {
    let (cut, scope) = (filter.filter(), reach(&cx));
    let rows = lists::orgs(&mut cx.app.read().await?, &cut, &scope, EXPORT_ROWS_MAX, 0).await?;
    let heads: Vec<String> = [
        "accounts-f-org-name",
        "accounts-f-identity",
        "accounts-f-kind",
        "accounts-f-region",
        "accounts-f-tags",
        "accounts-f-state",
        "accounts-members",
        "accounts-liaison",
    ]
    .iter()
    .map(|id| cx.t(id))
    .collect();
    let yes_no = |yes: bool| cx.t(if yes { "word-yes" } else { "word-no" });
    let cells: Vec<Vec<String>> = rows
        .into_iter()
        .map(|r| row(&cx, r))
        .map(|r| {
            vec![
                r.name,
                r.identity,
                r.kind,
                r.region,
                r.tags.join("；"),
                r.state_words,
                r.members.to_string(),
                yes_no(r.has_liaison),
            ]
        })
        .collect();
    let title = cx.t("nav-orgs");
    let bytes = sheets::export_xlsx(&title, &heads, &cells).map_err(|e| Fault::internal(e.to_string()))?;
    let name = format!("{title}-{}.xlsx", cx.now.date_in_cn());
    Ok(cx.download(
        &name,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    ))
}

#[derive(askama::Template)]
#[template(path = "accounts_org_new.html")]
struct NewPage {
    s: Shell,
    form: FormView,
}

fn new_view(cx: &Cx, draft: &Draft, record: Option<&Record>) -> Result<Response> {
    let form = FormView::new(cx, &ORGANISATION, draft, record).to("/centre/orgs/new");
    cx.page_with(status(record.is_some()), &NewPage { s: cx.shell(), form })
}

pub(super) async fn new_page(cx: Cx) -> Result<Response> {
    new_view(&cx, &Draft::new(), None)
}

pub(super) async fn add(cx: Cx, form: Pairs) -> Result<Response> {
    let draft = draft_from_form(&ORGANISATION, &form.0);
    let mut record = forms::read(&ORGANISATION, &draft, &intake::context(&cx.app, false));
    let there = Subject {
        region: forms::Lookup::region(&record, "region"),
        ..Subject::NONE
    };
    if !record.has_errors() && !cx.may(ORG_ADD, &there) {
        let name = record.text("name").unwrap_or_default().to_owned();
        record.issues.push((
            Some("region"),
            Issue::error("accounts-org-elsewhere").with("name", name),
        ));
    }
    let Some(new) = declared(&record).filter(|_| !record.has_errors()) else {
        return new_view(&cx, &draft, Some(&record));
    };
    let (id, words) = match add_org(&cx, &new).await? {
        Put::New(id) => (id, "accounts-org-added"),
        Put::Changed(id) => (id, "accounts-org-completed"),
        Put::Same(id) => (id, "accounts-org-known"),
    };
    Ok(cx.redirect_saying(&format!("/org/{id}"), &cx.t(words)))
}
