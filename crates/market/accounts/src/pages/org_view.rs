//! What an organisation's page shows to its reader.

use axum::response::Response;
use db::Conn;
use jcore::{About, Cx, Place, Result, Shell};

use super::{id, options, region_name, role_name, status};
use crate::liaison::Person;
use crate::model::{Org, OrgKind, OrgState, QualificationKind, Tag, UserState};
use crate::people::GrantView;
use crate::rules::{self, ORG_ROLES};
use crate::store;
use crate::store::members::Member;
use crate::store::merge::Belongings;
use crate::ui::{Filled, Input, Panel};

/// The place for panels on an organisation's page; they are about its id and the code of its kind.
pub const PANELS: Place = "org";

pub(super) struct MemberRow {
    pub(super) id: String,
    pub(super) name: String,
    /// Shown to those who run or review.
    pub(super) email: String,
    pub(super) title: String,
    pub(super) roles: Vec<String>,
    pub(super) role: String,
    pub(super) waiting: bool,
    pub(super) invited: bool,
    pub(super) asked_at: i64,
    pub(super) user: String,
}

pub(super) struct QualificationRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) span: String,
    pub(super) holds: bool,
}

pub(super) struct LiaisonRow {
    pub(super) person: Option<Person>,
    pub(super) from_at: i64,
    pub(super) until_at: Option<i64>,
    pub(super) reason: String,
    pub(super) has_account: bool,
}

#[derive(askama::Template)]
#[template(path = "accounts_org.html")]
pub(super) struct Page {
    s: Shell,
    org: Org,
    kind: String,
    state: &'static str,
    state_words: String,
    identity: String,
    region: String,
    tags: Vec<String>,
    into: Option<(String, String)>,
    qualifications: Vec<QualificationRow>,
    members: Vec<MemberRow>,
    roles: Vec<(String, String)>,
    needs_liaison: bool,
    liaison: Option<LiaisonRow>,
    former: Vec<LiaisonRow>,
    sets_liaison: bool,
    edits: bool,
    manages: bool,
    reviews: bool,
    sees_mail: bool,
    audits: bool,
    sees_users: bool,
    belongings: Option<Belongings>,
    profile: Option<Panel>,
    qualify: Option<Panel>,
    invite: Option<Panel>,
    class: Option<Panel>,
    merge: Option<Panel>,
    close: Option<Panel>,
    /// What is wrong with a form that has no panel of its own.
    trouble: Vec<String>,
    /// What later capabilities show of it.
    panels: Vec<String>,
}

/// Builds the page of an organisation; with a form that came back, 422.
pub(super) async fn show(cx: &Cx, org_id: &str, filled: Option<&Filled>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let org = store::orgs::get(&mut conn, id(org_id)?.into()).await?;
    cx.permit(rules::ORG_VIEW, &org.subject())?;
    let subject = org.subject();
    let about = About {
        id: org.id.uuid(),
        kind: org.kind.code(),
        subject: &subject,
    };
    let panels = cx.panels(PANELS, about).await?;
    let mut page = build(cx, &mut conn, org, filled).await?;
    page.panels = panels;
    cx.page_with(status(filled.is_some()), &page)
}

async fn build(cx: &Cx, conn: &mut Conn, org: Org, filled: Option<&Filled>) -> Result<Page> {
    let subject = org.subject();
    let may = |action| cx.may(action, &subject);
    let over = matches!(org.state, OrgState::Merged | OrgState::Closed);
    let (edits, manages) = (may(rules::ORG_EDIT) && !over, may(rules::MEMBER_MANAGE) && !over);
    let reviews = may(rules::MEMBER_REVIEW) && !over;
    let (liaison, former) = liaisons(cx, conn, &org).await?;
    let into = match org.merged_into {
        Some(target) => Some((target.to_string(), store::orgs::get(conn, target).await?.name)),
        None => None,
    };
    let merges = may(rules::ORG_MERGE);
    let show = |yes: bool, panel: Panel| yes.then(|| panel.filled(filled));
    let mut page = Page {
        s: cx.shell(),
        kind: cx.t(org.kind.word()),
        state: state_class(org.state),
        state_words: cx.t(org.state.word()),
        identity: identity_words(cx, &org),
        region: region_name(cx, org.region.as_ref().map(AsRef::as_ref)),
        tags: Tag::ALL
            .iter()
            .filter(|t| org.has_tag(**t))
            .map(|t| cx.t(t.word()))
            .collect(),
        into,
        qualifications: qualifications(cx, conn, &org).await?,
        members: members(cx, conn, &org, manages || reviews).await?,
        roles: ORG_ROLES
            .iter()
            .map(|r| (r.code().to_owned(), role_name(cx, r.code())))
            .collect(),
        needs_liaison: org.kind.needs_liaison(),
        liaison,
        former,
        sets_liaison: may(rules::LIAISON_SET) && !over,
        edits,
        manages,
        reviews,
        sees_mail: manages || reviews,
        audits: may(rules::AUDIT_VIEW),
        sees_users: may(rules::USER_VIEW),
        belongings: if merges {
            Some(store::merge::count(conn, org.id).await?)
        } else {
            None
        },
        profile: show(edits, profile_panel(cx, &org)),
        qualify: show(edits, qualify_panel(cx, &org)),
        invite: show(manages, invite_panel(cx, &org)),
        class: show(
            may(rules::ORG_CLASSIFY) && org.state != OrgState::Merged,
            class_panel(cx, &org),
        ),
        merge: show(merges && !over, merge_panel(cx, &org)),
        close: show(merges && !over, close_panel(cx, &org)),
        trouble: Vec::new(),
        panels: Vec::new(),
        org,
    };
    let panels = [
        &page.profile,
        &page.qualify,
        &page.invite,
        &page.class,
        &page.merge,
        &page.close,
    ];
    let shown = panels.iter().filter_map(|p| p.as_ref()).any(Panel::has_errors);
    if let Some(filled) = filled.filter(|_| !shown) {
        page.trouble = filled.texts();
    }
    Ok(page)
}

/// The chip's class of a state.
pub(super) fn state_class(state: OrgState) -> &'static str {
    match state {
        OrgState::Active => "ok",
        OrgState::Pending => "wait",
        OrgState::Unclaimed => "info",
        OrgState::Merged | OrgState::Closed => "",
    }
}

/// The identity as its reader may see it: a person's is their account, which says nothing.
pub(super) fn identity_words(cx: &Cx, org: &Org) -> String {
    use crate::model::IdentityKind;
    match (org.identity_kind, &org.identity) {
        (IdentityKind::Uscc, Some(code)) => code.clone(),
        (IdentityKind::Foreign, Some(number)) => format!("{} {number}", org.country),
        (kind, _) => cx.t(kind.word()),
    }
}

async fn qualifications(cx: &Cx, conn: &mut Conn, org: &Org) -> Result<Vec<QualificationRow>> {
    let today = cx.now.date_in_cn().to_string();
    let rows = store::qualifications::of_org(conn, org.id).await?;
    Ok(rows
        .into_iter()
        .map(|q| QualificationRow {
            id: q.id.to_string(),
            name: cx.t(q.kind.word()),
            holds: q.holds_on(&today),
            span: match (&q.from_day, &q.until_day) {
                (None, None) => String::new(),
                (from, until) => format!(
                    "{} — {}",
                    from.as_deref().unwrap_or_default(),
                    until.as_deref().unwrap_or_default()
                ),
            },
            number: q.number,
        })
        .collect())
}

async fn members(cx: &Cx, conn: &mut Conn, org: &Org, with_mail: bool) -> Result<Vec<MemberRow>> {
    let grants = store::grants::of_org(conn, org.id).await?;
    let rows = store::members::of_org(conn, org.id).await?;
    Ok(rows
        .into_iter()
        .map(|m| member_row(cx, m, &grants, with_mail))
        .collect())
}

fn member_row(cx: &Cx, m: Member, grants: &[GrantView], with_mail: bool) -> MemberRow {
    let roles = grants
        .iter()
        .filter(|g| g.user == m.user())
        .map(|g| role_name(cx, &g.role))
        .collect();
    MemberRow {
        id: m.id.to_string(),
        email: if with_mail { m.user_email.clone() } else { String::new() },
        roles,
        waiting: m.state == "asked",
        invited: m.user_state == UserState::Invited.code(),
        asked_at: m.asked_at,
        user: m.user_id.to_string(),
        name: m.user_name,
        title: m.title,
        role: m.role,
    }
}

/// The liaison in office and the former ones; their data only for who may see them.
async fn liaisons(cx: &Cx, conn: &mut Conn, org: &Org) -> Result<(Option<LiaisonRow>, Vec<LiaisonRow>)> {
    let sight = cx.sight(rules::LIAISON_VIEW, &org.subject());
    let mut rows = Vec::new();
    for l in store::liaisons::history(conn, org.id).await? {
        let person = match &sight {
            Some(sight) => Some(l.person(&cx.app)?.into_revealed(sight)),
            None => None,
        };
        rows.push(LiaisonRow {
            person,
            from_at: l.from_at,
            until_at: l.until_at,
            reason: reason_words(cx, &l.ended_reason),
            has_account: l.user.is_some(),
        });
    }
    let (mut now, former): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| r.until_at.is_none());
    Ok((now.pop(), former))
}

/// A reason that the platform gave itself, in words; one that people typed as it is.
fn reason_words(cx: &Cx, reason: &str) -> String {
    match reason {
        "merged" | "left" | "closed" | "sheet" => cx.t(&format!("accounts-reason-{reason}")),
        other => other.to_owned(),
    }
}

fn profile_panel(cx: &Cx, org: &Org) -> Panel {
    Panel::new(cx, "profile", format!("/org/{}/profile", org.id), "word-save")
        .hide("version", org.version.to_string())
        .with(Input::new(cx, "address").value(&org.address).optional())
        .with(Input::new(cx, "park").value(&org.park).optional())
        .with(Input::new(cx, "intro").area().value(&org.intro).optional())
}

fn qualify_panel(cx: &Cx, org: &Org) -> Panel {
    let kinds = options(
        cx,
        QualificationKind::ALL,
        QualificationKind::code,
        QualificationKind::word,
    );
    Panel::new(cx, "qualify", format!("/org/{}/qualifications", org.id), "accounts-add")
        .with(
            Input::new(cx, "kind")
                .label(cx.t("accounts-f-qualification"))
                .choices(kinds),
        )
        .with(
            Input::new(cx, "number")
                .label(cx.t("accounts-f-certificate"))
                .optional(),
        )
        .with(Input::new(cx, "from").kind("date", "off").optional())
        .with(Input::new(cx, "until").kind("date", "off").optional())
        .minor()
}

fn role_options(cx: &Cx) -> Vec<(String, String)> {
    ORG_ROLES
        .iter()
        .map(|r| (r.code().to_owned(), role_name(cx, r.code())))
        .collect()
}

fn invite_panel(cx: &Cx, org: &Org) -> Panel {
    Panel::new(
        cx,
        "invite",
        format!("/org/{}/members", org.id),
        "accounts-invite-button",
    )
    .with(Input::new(cx, "email").kind("email", "off"))
    .with(Input::new(cx, "name"))
    .with(Input::new(cx, "title").optional())
    .with(Input::new(cx, "role").value("member").choices(role_options(cx)))
    .minor()
}

fn class_panel(cx: &Cx, org: &Org) -> Panel {
    let kinds = options(cx, OrgKind::ALL, OrgKind::code, OrgKind::word);
    let tags = options(cx, Tag::ALL, Tag::code, Tag::word);
    let region = org.region.map(|r| r.to_string()).unwrap_or_default();
    Panel::new(cx, "class", format!("/org/{}/class", org.id), "word-save")
        .hide("version", org.version.to_string())
        .with(
            Input::new(cx, "name")
                .label(cx.t("accounts-f-org-name"))
                .value(&org.name),
        )
        .with(Input::new(cx, "kind").value(org.kind.code()).choices(kinds))
        .with(Input::new(cx, "region").value(region).regions(cx).optional())
        .with(Input::new(cx, "tags").value(org.tags.join(",")).checks(tags))
        .with(
            Input::new(cx, "identity")
                .hint(cx.t("accounts-identity-hint"))
                .optional(),
        )
        .with(Input::new(cx, "licence").hint(cx.t("accounts-licence-hint")).optional())
        .minor()
}

fn merge_panel(cx: &Cx, org: &Org) -> Panel {
    Panel::new(cx, "merge", format!("/org/{}/merge", org.id), "accounts-merge-button")
        .with(
            Input::new(cx, "org")
                .label(cx.t("accounts-f-merge-into"))
                .hint(cx.t("accounts-org-hint")),
        )
        .with(Input::new(cx, "reason"))
        .minor()
}

fn close_panel(cx: &Cx, org: &Org) -> Panel {
    Panel::new(cx, "close", format!("/org/{}/close", org.id), "accounts-close-button")
        .with(Input::new(cx, "reason").hint(cx.t("accounts-close-hint")))
        .minor()
}
