//! Open licences: declared by the owner, announced by the patent office, taken by notice and payment, withdrawn.

use jcore::files::{Allowed, FileType};
use jcore::notices::Notice;
use jcore::{Actor, App, Fault, FieldFault, NewFile, Result, Subject, Upload, act};
use kernel::{Day, EntryId, Fen, Issue, Level, OrgId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{not_now, said};
use crate::form;
use crate::licence::{Base, LicenceState, LicenceTerms, Standing, TakeState, against};
use crate::model::{party_key, user_key};
use crate::rules::{BID_FOR, LICENCE_DECLARE, LICENCE_KEEP, LICENCE_TAKE};
use crate::store;
use crate::store::licences::{Licence, NewTake};

/// Longest line, in characters.
const LINE_MAX: usize = 200;
/// Types of report that are taken.
const REPORTS: Allowed = Allowed::of(&[FileType::Pdf, FileType::Jpeg, FileType::Png]).with_signed(true);

/// Who takes a licence; sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Taker {
    pub(crate) user: Uuid,
    pub(crate) person: String,
    pub(crate) org: Option<Uuid>,
    pub(crate) org_name: String,
    pub(crate) phone: String,
    pub(crate) use_for: String,
}

pub(crate) fn taker_place(id: Uuid) -> String {
    format!("licence_take.body/{id}")
}

/// What an owner declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    pub(crate) base: String,
    pub(crate) fee: String,
    pub(crate) share: String,
    pub(crate) payment: String,
    pub(crate) until: String,
    pub(crate) more: String,
    pub(crate) exclusive: bool,
    pub(crate) suspended: bool,
    pub(crate) unpaid: bool,
    pub(crate) pledged: bool,
    pub(crate) consented: bool,
    /// What only warns was read.
    pub(crate) confirmed: bool,
    pub(crate) report: Option<Upload>,
}

fn wrong(field: &str, issue: Issue) -> FieldFault {
    FieldFault {
        field: Some(field.to_owned()),
        issue,
    }
}

fn terms(declared: &Declared, today: Day) -> Result<LicenceTerms, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let base = Base::from_code(&declared.base).unwrap_or(Base::Fixed);
    let fee = match declared.fee.trim() {
        "" => Fen::new(0),
        text => form::money(text).unwrap_or_else(|| {
            faults.push(wrong("fee", Issue::error("lot-money").with("found", text)));
            Fen::new(0)
        }),
    };
    let share_bp = match declared.share.trim() {
        "" => 0,
        text => form::percent_bp(text).unwrap_or_else(|| {
            faults.push(wrong("share", Issue::error("licence-share").with("found", text)));
            0
        }),
    };
    if base == Base::Fixed && fee.get() <= 0 {
        faults.push(wrong("fee", Issue::error("licence-fee-none")));
    }
    if base != Base::Fixed && !(1..=10_000).contains(&share_bp) {
        faults.push(wrong(
            "share",
            Issue::error("licence-share").with("found", declared.share.trim()),
        ));
    }
    let payment = declared.payment.trim();
    if payment.is_empty() {
        faults.push(wrong("payment", Issue::error("lot-empty")));
    }
    let until: Option<Day> = declared.until.trim().parse().ok();
    if until.is_none_or(|until| until <= today) {
        faults.push(wrong(
            "until",
            Issue::error("licence-until").with("found", declared.until.trim()),
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(LicenceTerms {
        base,
        fee,
        share_bp: if base == Base::Fixed { 0 } else { share_bp },
        payment: payment.chars().take(super::SAID_CHARS_MAX).collect(),
        until: until.unwrap_or(today),
        more: declared.more.trim().chars().take(super::SAID_CHARS_MAX).collect(),
    })
}

/// A patent that may be declared, with what is public of it: type and number.
pub(crate) async fn patent(app: &App, actor: &Actor, entry: EntryId) -> Result<(entries::Entry, String, String)> {
    let entry = entries::entry(&mut app.read().await?, entry).await?;
    app.permit(actor, LICENCE_DECLARE, &entry.subject())?;
    let ready = matches!(
        entry.state(),
        entries::rules::State::Accepted | entries::rules::State::Published
    );
    if entry.kind != "patent" || !ready {
        let issue = Issue::error("licence-patent").with("title", entry.title.clone());
        return Err(Fault::issue(Some("entry"), issue));
    }
    let open = entry.open_values()?;
    let text = |key: &str| match open.get(key) {
        Some(forms::Value::Code(code)) => code.clone(),
        Some(forms::Value::Patent(number)) => number.to_string(),
        _ => String::new(),
    };
    let (kind, number) = (text("type"), text("number"));
    Ok((entry, kind, number))
}

/// Declares an open licence. What the law forbids on this day is refused; what it will forbid, and fees beyond the usual,
/// are told and may be confirmed.
///
/// # Errors
/// Refused with what stands against it; denied; the store's.
pub(crate) async fn declare(app: &App, actor: &Actor, entry: EntryId, declared: Declared) -> Result<Uuid> {
    let (entry, kind, number) = patent(app, actor, entry).await?;
    let permit = app.permit(actor, LICENCE_DECLARE, &entry.subject())?;
    let today = app.now().date_in_cn();
    let terms = terms(&declared, today).map_err(Fault::refused)?;
    let mut conn = app.read().await?;
    if !store::licences::running(&mut conn, entry.id).await?.is_empty() {
        return Err(Fault::issue(Some("entry"), Issue::error("licence-running")));
    }
    drop(conn);
    let report = match &declared.report {
        Some(file) => {
            app.files
                .scan_noted(app, &permit, "licence", Some(entry.id), &file.content)
                .await?;
            Some(app.files.clean(&file.name, file.content.clone(), REPORTS, 0).await?.0)
        }
        None => None,
    };
    let standing = Standing {
        needs_report: kind != "invention",
        has_report: report.is_some(),
        exclusive: declared.exclusive,
        suspended: declared.suspended,
        unpaid: declared.unpaid,
        pledged: declared.pledged,
        consented: declared.consented,
    };
    let mut issues = against(standing, today);
    issues.extend(crate::licence::unusual(&terms));
    let blocks = issues.iter().any(|issue| issue.level == Level::Error);
    if blocks || (!issues.is_empty() && !declared.confirmed) {
        return Err(Fault::refused(
            issues.into_iter().map(|issue| wrong("confirmed", issue)).collect(),
        ));
    }
    let json = serde_json::to_string(&terms).map_err(|e| Fault::internal(e.to_string()))?;
    let id = app.ids.uuid();
    act!(app, permit, |act| {
        let mut licence = Licence {
            id,
            entry_id: entry.id,
            org_id: entry.org_id,
            region: entry.region.clone(),
            title: entry.title.clone(),
            patent_kind: kind.clone(),
            patent_no: number.clone(),
            terms: json.clone(),
            report_id: None,
            declared_day: today.to_string(),
            announced_day: None,
            announcement_no: String::new(),
            withdrawn_day: None,
        };
        if let Some(report) = &report {
            let name = format!("{}.{}", report.stem, report.extension);
            let file = NewFile {
                org: Some(entry.org_id),
                name: &name,
                media: &report.media,
                content: &report.content,
                subject_kind: "licence",
                subject_id: Some(id),
            };
            licence.report_id = Some(app.files.put(&mut act, file).await?.uuid());
        }
        store::licences::insert(&mut act, &licence).await?;
        act.note("licence.declared", "licence", id, json!({ "entry": entry.id }));
        act.changed("licence", id);
        Ok(())
    })?;
    Ok(id)
}

/// Keeps what the patent office announced: from that day on anyone may take it.
///
/// # Errors
/// Refused without a day or number; a conflict when it was announced or withdrawn; denied; the store's.
pub(crate) async fn announce(app: &App, actor: &Actor, id: Uuid, day: &str, number: &str) -> Result<()> {
    let licence = store::licences::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, LICENCE_KEEP, &licence.subject())?;
    let found = day.trim();
    let day: Day = found
        .parse()
        .map_err(|_| Fault::issue(Some("day"), Issue::error("licence-day").with("found", found)))?;
    let number: String = said("number", number)?.chars().take(LINE_MAX).collect();
    let declared: Option<Day> = licence.declared_day.parse().ok();
    if declared.is_some_and(|declared| day < declared) {
        return Err(Fault::issue(
            Some("day"),
            Issue::error("licence-day").with("found", found),
        ));
    }
    act!(app, permit, |act| {
        if !store::licences::announce(&mut act, id, &day.to_string(), &number).await? {
            return Err(not_now());
        }
        act.note("licence.announced", "licence", id, json!({ "day": day.to_string() }));
        act.changed("licence", id);
        Ok(())
    })
}

/// Withdraws: no new licences from today on; those given stand.
///
/// # Errors
/// A conflict when it was withdrawn; denied; the store's.
pub(crate) async fn withdraw(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let licence = store::licences::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, LICENCE_DECLARE, &licence.subject())?;
    let today = app.now().date_in_cn().to_string();
    act!(app, permit, |act| {
        if !store::licences::withdraw(&mut act, id, &today).await? {
            return Err(not_now());
        }
        act.note("licence.withdrawn", "licence", id, json!({}));
        act.changed("licence", id);
        Ok(())
    })
}

/// Who takes a licence, as they say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taking {
    pub(crate) org: Option<OrgId>,
    pub(crate) phone: String,
    pub(crate) use_for: String,
}

/// Takes an open licence by written notice to its owner, on the declared terms.
///
/// # Errors
/// Refused with what is missing; a conflict when it is not open, or taken by them; denied; the store's.
pub(crate) async fn take(app: &App, actor: &Actor, id: Uuid, taking: Taking) -> Result<()> {
    let licence = store::licences::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, LICENCE_TAKE, &Subject::NONE)?;
    let user = actor.user.ok_or_else(not_now)?;
    if licence.state(app.now().date_in_cn()) != LicenceState::Open {
        return Err(not_now());
    }
    let mut taker = Taker {
        user: user.uuid(),
        person: actor.name.clone(),
        phone: said("phone", &taking.phone)?,
        use_for: said("use_for", &taking.use_for)?,
        ..Taker::default()
    };
    if let Some(org) = taking.org {
        if org.uuid() == licence.org_id {
            return Err(Fault::issue(Some("org"), Issue::error("licence-own")));
        }
        let org = accounts::org(&mut app.read().await?, org).await?;
        app.permit(actor, BID_FOR, &org.subject())?;
        taker.org = Some(org.id.uuid());
        taker.org_name = org.name;
    }
    let take = app.ids.uuid();
    let body = app.keys.seal_json(&taker_place(take), &taker)?;
    let (user_key, org_key) = (user_key(app, user), party_key(app, user, taking.org));
    let owners = accounts::people_with_role(
        &mut app.read().await?,
        jcore::Role::Manager,
        Some(OrgId::from(licence.org_id)),
    )
    .await?;
    act!(app, permit, |act| {
        let new = NewTake {
            id: take,
            licence: id,
            user_key: &user_key,
            org_key: &org_key,
            body: &body,
        };
        store::licences::add_take(&mut act, &new).await?;
        act.note("licence.notified", "licence", id, json!({ "take": take }));
        for owner in &owners {
            act.tell(Notice {
                user: *owner,
                key: "licence-notified",
                args: vec![("title", licence.title.clone())],
                link: Some(format!("/licences/{id}")),
                mail: true,
            });
        }
        act.changed("licence", id);
        Ok(())
    })
}

/// The owner (or the centre) keeps the next step of who takes the licence: paid, licensed, on file. Withdrawing stops none
/// of them.
///
/// # Errors
/// Refused without the amount or the number; a conflict when it stands elsewhere; denied; the store's.
pub(crate) async fn step(app: &App, actor: &Actor, take: Uuid, to: &str, paid: &str, number: &str) -> Result<Uuid> {
    let take = store::licences::take(&mut app.read().await?, take).await?;
    let licence = store::licences::get(&mut app.read().await?, take.licence_id).await?;
    let permit = app.permit(actor, LICENCE_DECLARE, &licence.subject())?;
    let from = TakeState::from_code(&take.state);
    let next = from.next().filter(|next| next.code() == to).ok_or_else(not_now)?;
    let paid_fen = match next {
        TakeState::Paid => {
            let found = paid.trim();
            let fen = form::money(found).filter(|fen| fen.get() > 0);
            let issue = Issue::error("lot-money").with("found", found);
            Some(fen.ok_or_else(|| Fault::issue(Some("paid"), issue))?.get())
        }
        _ => None,
    };
    let filing = match next {
        TakeState::Filed => Some(said("number", number)?),
        _ => None,
    };
    // To tell the taker themselves.
    let user = app
        .keys
        .open_json::<Taker>(&taker_place(take.id), &take.body)?
        .unshown()
        .user;
    act!(app, permit, |act| {
        let done =
            store::licences::step(&mut act, take.id, from.code(), next.code(), paid_fen, filing.as_deref()).await?;
        if !done {
            return Err(not_now());
        }
        act.note(
            "licence.stepped",
            "licence",
            licence.id,
            json!({ "take": take.id, "to": next.code() }),
        );
        act.tell(Notice {
            user: user.into(),
            key: "licence-stepped",
            args: vec![("title", licence.title.clone())],
            link: Some(format!("/licences/{}", licence.id)),
            mail: false,
        });
        act.changed("licence", licence.id);
        Ok(())
    })?;
    Ok(licence.id)
}
