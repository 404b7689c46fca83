//! What a message tells by which a side can be known, before both have agreed (R143, R151).

use db::Conn;
use entries::{Entry, LeakKind, Names};
use jcore::{App, Fault, FieldFault, Result};
use kernel::{Issue, OrgId};

use crate::rules::{Finding, Part, SIDES, masked, tells};

/// How often a text is masked and looked through again: what was found is often found in a second place under another kind.
const MASKINGS_MAX: usize = 4;
/// The finding of a person's name, as the scan of entries calls it.
const PERSON: &str = "entries-text-person";

/// What somebody writes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// That the sender wants what is found in it to be told all the same.
    pub confirmed: bool,
    /// That what is found in it is to be masked.
    pub mask: bool,
}

/// The text as it may be sent: as it came, confirmed, or masked.
///
/// # Errors
/// Refused with what was found, field by field; the store's.
pub(crate) async fn cleared(
    conn: &mut Conn,
    app: &App,
    (need, offer): (&Entry, &Entry),
    sender: Part,
    written: Text<'_>,
) -> Result<String> {
    let mut text = written.text.trim().to_owned();
    let mut found = findings(conn, app, need, offer, &text).await?;
    if written.mask {
        for _ in 0..MASKINGS_MAX {
            if found.is_empty() {
                return Ok(text);
            }
            text = masked(&text, found.iter().map(|finding| finding.found.as_str()));
            found = findings(conn, app, need, offer, &text).await?;
        }
    }
    let left = tells(found, sender, written.confirmed && !written.mask);
    if left.is_empty() {
        return Ok(text);
    }
    let fault = |finding: &Finding| {
        // Whether the sender may insist is told by the code.
        let issue = if finding.may_be_sent_by(sender) {
            Issue::warning("matches-tells-own")
        } else {
            Issue::error("matches-tells-theirs")
        };
        FieldFault {
            field: Some("text".to_owned()),
            issue: issue.with("found", finding.found.clone()),
        }
    };
    Err(Fault::refused(left.iter().map(fault).collect()))
}

/// Everything in a text by which one of the sides can be known, the first of each kind and side.
async fn findings(conn: &mut Conn, app: &App, need: &Entry, offer: &Entry, text: &str) -> Result<Vec<Finding>> {
    let mut out: Vec<Finding> = Vec::new();
    for (side, entry) in [(Part::Need, need), (Part::Offer, offer)] {
        let issues = entries::leaks_beside(conn, app, entry, text).await?;
        out.extend(issues.iter().filter_map(|issue| Finding::of(issue, side)));
        let names = people_of(conn, app, entry.org()).await?;
        let people = entries::leaks_in(text, &names);
        let person = people.into_iter().find(|leak| leak.kind == LeakKind::Person);
        out.extend(person.map(|leak| Finding {
            code: PERSON,
            found: leak.found,
            of: Some(side),
        }));
    }
    out.sort_by_key(|finding| std::cmp::Reverse(finding.found.chars().count()));
    let mut known: Vec<Finding> = Vec::with_capacity(out.len());
    for finding in out {
        // A number that is anybody's is found once for each side.
        if known
            .iter()
            .all(|k| (k.code, &k.found, k.of) != (finding.code, &finding.found, finding.of))
        {
            known.push(finding);
        }
    }
    Ok(known)
}

/// The people of an organisation who could be named.
async fn people_of(conn: &mut Conn, app: &App, org: OrgId) -> Result<Names> {
    let mut users = Vec::new();
    for role in SIDES {
        users.extend(accounts::people_with_role(conn, role, Some(org)).await?);
    }
    let names = accounts::user_names(conn, &users).await?;
    Ok(Names::new(None, names.values().map(String::as_str), &app.regions))
}
