//! What is done with organisations and people, each in one act. Pages, the API and the intake call these.

pub(crate) mod accounts;
pub(crate) mod belonging;
pub(crate) mod liaisons;
pub(crate) mod merging;
pub(crate) mod orgs;
pub(crate) mod own;
pub(crate) mod registering;
pub(crate) mod signing;

use db::Conn;
use jcore::notices::{Mail, queue_mail};
use jcore::{Act, Fault, FaultKind, Lang, Result};
use kernel::{Email, Issue, OrgId, Uscc};

use crate::model::{IdentityKind, Org, OrgState};
use crate::store;
use crate::store::links::Purpose;

/// Most characters of a person's name.
pub(crate) const NAME_CHARS_MAX: usize = 40;
/// Most characters of an organisation's name.
pub(crate) const ORG_NAME_CHARS_MAX: usize = 100;
/// Most characters of a title, a token's name.
pub(crate) const TITLE_CHARS_MAX: usize = 60;
/// Most characters of a reason.
pub(crate) const REASON_CHARS_MAX: usize = 300;

/// Refuses to change an organisation that is closed or merged.
pub(crate) fn in_use(org: &Org) -> Result<()> {
    if matches!(org.state, OrgState::Merged | OrgState::Closed) {
        return Err(Fault::new(FaultKind::Conflict, "accounts-org-over").with("name", org.name.clone()));
    }
    Ok(())
}

/// Puts a mail with the words of an id into the outbox: to people who have no inbox yet, or whose link must not lie
/// in one.
pub(crate) async fn mail(act: &mut Act, to: &str, lang: Lang, id: &str, args: &[(&str, String)]) -> Result<()> {
    let app = act.app().clone();
    let subject = app.words.get(lang, id, args);
    let mail = Mail::plain(to, subject, app.words.get(lang, &format!("{id}.body"), args));
    let now = act.now;
    queue_mail(&mut act.conn, &app, now, &mail).await.map(|_| ())
}

/// Sends a one-time link.
pub(crate) async fn mail_link(
    act: &mut Act,
    user: &crate::User,
    purpose: Purpose,
    args: &[(&str, String)],
) -> Result<()> {
    let token = store::links::make(act, user.id, purpose).await?;
    let (path, id) = match purpose {
        Purpose::Reset => ("reset", "accounts-mail-reset"),
        Purpose::Invite => ("reset", "accounts-mail-invite"),
        Purpose::Confirm => ("confirm", "accounts-mail-confirm"),
    };
    // Fluent selects by a word: a text that is empty is said by `none`.
    let mut all: Vec<(&str, String)> = args
        .iter()
        .map(|(k, v)| (*k, if v.is_empty() { "none".to_owned() } else { v.clone() }))
        .collect();
    all.push(("name", user.name.clone()));
    all.push(("link", format!("{}/{path}/{token}", act.app().settings.base_url)));
    mail(act, &user.email, user.lang, id, &all).await
}

/// Reads a mail address as people type it.
pub(crate) fn email(text: &str) -> Result<Email, Issue> {
    let read = kernel::read::email(text);
    let issue = read.issues.into_iter().find(|i| i.level == kernel::Level::Error);
    read.value
        .ok_or_else(|| issue.unwrap_or_else(|| Issue::error("accounts-blank")))
}

/// The one organisation that a text means: a credit code, an id, or a name.
///
/// # Errors
/// Refused at the field `org`, with the candidates when there are several.
pub(crate) async fn org_by_text(conn: &mut Conn, text: &str) -> Result<Org> {
    let text = kernel::text::normalise(text);
    let refuse = |issue: Issue| Fault::issue(Some("org"), issue.with("found", text.clone()));
    if text.is_empty() {
        return Err(Fault::issue(Some("org"), Issue::error("accounts-blank")));
    }
    if let Ok(id) = text.parse::<OrgId>() {
        let org = store::orgs::get(conn, id).await?;
        return store::orgs::follow(conn, org).await;
    }
    if let Some(code) = Uscc::on_licence(&text.to_uppercase()) {
        let found = store::orgs::by_identity(conn, IdentityKind::Uscc, "CN", code.as_str()).await?;
        return found.ok_or_else(|| refuse(Issue::error("accounts-org-unknown")));
    }
    let mut same = store::orgs::by_name(conn, &text).await?;
    match same.len() {
        1 => same.pop().ok_or_else(Fault::not_found),
        0 => {
            let filter = store::lists::OrgFilter {
                q: text.clone(),
                ..Default::default()
            };
            let near = store::lists::orgs(conn, &filter, &crate::rules::Scope::All, 6, 0).await?;
            if let [only] = near.as_slice() {
                return store::orgs::get(conn, only.id.into()).await;
            }
            let issue = if near.is_empty() {
                Issue::error("accounts-org-unknown")
            } else {
                several(near.iter().map(|o| o.name.clone()))
            };
            Err(refuse(issue))
        }
        _ => {
            Err(refuse(several(same.iter().map(|o| {
                format!("{} {}", o.name, o.identity.clone().unwrap_or_default())
            }))))
        }
    }
}

fn several(names: impl Iterator<Item = String>) -> Issue {
    Issue::error("accounts-org-several").with("candidates", names.collect::<Vec<_>>().join("；"))
}
