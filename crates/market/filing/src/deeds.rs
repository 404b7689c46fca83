//! What is done: a mandate is sent and decided on, a receipt is kept, a unit is said to have taken part before.

use jcore::{Actor, App, Fault, FaultKind, NewFile, Result, act};
use kernel::{Day, Issue, OrgId};
use rulebook::Coded as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::rules::{DECIDE, FILE, RECEIVE};
use crate::store::{self, NewMandate, NewReceipt};

/// Longest names, offices, notes and reasons, in characters.
const TEXT_CHARS_MAX: usize = 200;
/// Scans of a mandate: a signed and stamped paper is photographed, scanned or printed to one of these.
const SCANS: [(&str, &[u8]); 3] = [
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
];
/// Units whose receipts are kept at once.
pub(crate) const BULK_MAX: usize = 200;

/// Who signed a mandate; sealed in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signatory {
    /// Name.
    pub(crate) name: String,
    /// Office.
    pub(crate) office: String,
}

/// A mandate (委托服务协议) as its unit sends it (R118).
#[derive(Debug)]
pub(crate) struct Sent<'a> {
    pub(crate) signatory: Signatory,
    pub(crate) signed: &'a str,
    pub(crate) until: &'a str,
    pub(crate) file_name: &'a str,
    pub(crate) content: &'a [u8],
}

pub(crate) fn person_place(id: Uuid) -> String {
    format!("mandate.person/{id}")
}

fn day(field: &'static str, text: &str) -> Result<Day> {
    let read: Result<Day, _> = text.trim().parse();
    read.map_err(|_| Fault::issue(Some(field), Issue::error("filing-day").with("found", text.trim())))
}

fn said(field: &'static str, text: &str) -> Result<String> {
    let text: String = text.trim().chars().take(TEXT_CHARS_MAX).collect();
    if text.is_empty() {
        return Err(Fault::issue(Some(field), Issue::error("filing-empty")));
    }
    Ok(text)
}

/// The media type of a scan, by its first bytes: what its name says decides nothing.
fn scan_type(content: &[u8]) -> Result<&'static str> {
    let found = SCANS.iter().find(|(_, magic)| content.starts_with(magic));
    let refused = || Fault::issue(Some("file"), Issue::error("filing-scan"));
    found.map(|(media, _)| *media).ok_or_else(refused)
}

/// Keeps a mandate that a unit sends; it counts when it is accepted.
///
/// # Errors
/// Refused with the field; denied; the store's.
pub(crate) async fn send_mandate(app: &App, actor: &Actor, org: OrgId, season: &str, sent: Sent<'_>) -> Result<i64> {
    let unit = accounts::org(&mut app.read().await?, org).await?;
    let permit = app.permit(actor, FILE, &unit.subject())?;
    let signatory = Signatory {
        name: said("name", &sent.signatory.name)?,
        office: sent.signatory.office.trim().chars().take(TEXT_CHARS_MAX).collect(),
    };
    let signed = day("signed", sent.signed)?;
    let until = match sent.until.trim() {
        "" => None,
        text => Some(day("until", text)?),
    };
    if signed > app.now().date_in_cn() || until.is_some_and(|until| until <= signed) {
        return Err(Fault::issue(Some("signed"), Issue::error("filing-days")));
    }
    let media = scan_type(sent.content)?;
    app.files.scan(sent.content).await?;
    let sha256 = kernel::text::hex(&Sha256::digest(sent.content));
    let programme = programme::now(app);
    let id = app.ids.uuid();
    let person = app.keys.seal_json(&person_place(id), &signatory)?;
    let (signed, until) = (signed.to_string(), until.map(|until| until.to_string()));
    act!(app, permit, |act| {
        let file = NewFile {
            org: Some(org.uuid()),
            name: sent.file_name,
            media,
            content: sent.content,
            subject_kind: "mandate",
            subject_id: Some(id),
        };
        let file = app.files.put(&mut act, file).await?;
        let new = NewMandate {
            id,
            org,
            season,
            programme: &programme.key,
            person: &person,
            signed: &signed,
            until: until.as_deref(),
            file: file.uuid(),
            sha256: &sha256,
        };
        let version = store::add_mandate(&mut act, &new).await?;
        act.note(
            "filing.mandate-sent",
            "org",
            org.uuid(),
            json!({ "mandate": id, "version": version, "season": season }),
        );
        act.changed("filing", org.uuid());
        Ok(version)
    })
}

/// Accepts a mandate, or returns it with a reason.
///
/// # Errors
/// Refused without a reason for returning; a conflict when it was decided on meanwhile; denied; the store's.
pub(crate) async fn decide(app: &App, actor: &Actor, mandate: Uuid, accepts: bool, reason: &str) -> Result<()> {
    let row = store::mandate(&mut app.read().await?, mandate).await?;
    let unit = accounts::org(&mut app.read().await?, OrgId::from(row.org_id)).await?;
    let permit = app.permit(actor, DECIDE, &unit.subject())?;
    let reason = if accepts {
        String::new()
    } else {
        said("reason", reason)?
    };
    let state = if accepts { "accepted" } else { "returned" };
    act!(app, permit, |act| {
        if !store::decide(&mut act, mandate, state, &reason).await? {
            return Err(Fault::new(FaultKind::Conflict, "filing-decided"));
        }
        if accepts {
            store::end_earlier(&mut act, row.org_id, &row.season, mandate).await?;
        }
        let key = if accepts {
            "filing.mandate-accepted"
        } else {
            "filing.mandate-returned"
        };
        act.note(key, "org", row.org_id, json!({ "mandate": mandate, "reason": reason }));
        act.changed("filing", row.org_id);
        Ok(())
    })
}

/// Says that a unit took part before this platform knew it, so that it owes no mandate again (R119).
///
/// # Errors
/// Refused without a reason; denied; the store's.
pub async fn say_took_part(app: &App, actor: &Actor, org: OrgId, reason: &str) -> Result<()> {
    let unit = accounts::org(&mut app.read().await?, org).await?;
    let permit = app.permit(actor, DECIDE, &unit.subject())?;
    let reason = said("reason", reason)?;
    act!(app, permit, |act| {
        store::say_took_part(&mut act, org, &reason).await?;
        act.note("filing.took-part", "org", org.uuid(), json!({ "reason": reason }));
        act.changed("filing", org.uuid());
        Ok(())
    })
}

/// A day on which papers came.
#[derive(Debug, Clone)]
pub(crate) struct Came<'a> {
    pub(crate) deadline: &'a str,
    pub(crate) channel: &'a str,
    pub(crate) day: &'a str,
    pub(crate) stamped: bool,
    pub(crate) note: &'a str,
}

/// Keeps the day on which units' papers came, for all of them or none.
///
/// # Errors
/// Refused for a day to come or no unit; a bad request for a deadline that the programme has not; denied for one of the
/// units; the store's.
pub(crate) async fn keep_receipts(app: &App, actor: &Actor, orgs: &[OrgId], came: Came<'_>) -> Result<usize> {
    let programme = programme::now(app);
    let deadline = programme
        .deadline(came.deadline)
        .ok_or_else(|| Fault::bad_request("no such deadline"))?;
    let known = deadline
        .channels
        .iter()
        .any(|channel| channel.kind.code() == came.channel);
    if !known {
        return Err(Fault::bad_request("no such channel"));
    }
    if orgs.is_empty() || orgs.len() > BULK_MAX {
        let issue = Issue::error("filing-units").with("max", BULK_MAX.to_string());
        return Err(Fault::issue(Some("org"), issue));
    }
    let day = day("day", came.day)?;
    if day > app.now().date_in_cn() {
        return Err(Fault::issue(Some("day"), Issue::error("filing-days")));
    }
    let mut permit = None;
    for org in orgs {
        let unit = accounts::org(&mut app.read().await?, *org).await?;
        permit = Some(app.permit(actor, RECEIVE, &unit.subject())?);
    }
    let permit = permit.ok_or_else(Fault::not_found)?;
    let day = day.to_string();
    let note: String = came.note.trim().chars().take(TEXT_CHARS_MAX).collect();
    act!(app, permit, |act| {
        for org in orgs {
            let new = NewReceipt {
                org: *org,
                programme: &programme.key,
                deadline: came.deadline,
                channel: came.channel,
                day: &day,
                stamped: came.stamped,
                note: &note,
            };
            store::keep_receipt(&mut act, &new).await?;
            let detail = json!({ "channel": came.channel, "day": day, "stamped": came.stamped });
            act.note("filing.received", "org", org.uuid(), detail);
            act.changed("filing", org.uuid());
        }
        Ok(orgs.len())
    })
}

#[cfg(test)]
mod tests {
    use super::scan_type;

    #[test]
    fn scans_are_known_by_their_bytes() {
        assert_eq!(scan_type(b"%PDF-1.7 ...").unwrap(), "application/pdf");
        assert_eq!(scan_type(b"\xff\xd8\xff\xe0....").unwrap(), "image/jpeg");
        for other in [b"MZ....".as_slice(), b"<html>", b"PK\x03\x04", b""] {
            assert!(scan_type(other).is_err());
        }
    }
}
