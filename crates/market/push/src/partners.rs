//! Markets and alliances elsewhere (R016): registered, recommended batches of needs by file and by API, and asked what
//! became of them, again and again until it is said (R130).

use jcore::notices::{Mail, Notice, queue_mail};
use jcore::{Actor, App, Fault, Lang, Permit, Result, Role, Subject, act};
use kernel::{Email, Issue, Region, Stamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::items::{self, Public};
use crate::rules::{PARTNERS, codes};
use crate::store::partners::{self as store, BatchRow, FeedbackRow, PartnerRow};
use crate::tokens::{For, token};

/// Needs of a batch: more is no recommendation.
pub(crate) const BATCH_MAX: usize = 200;
/// Days within which a partner is to say what became of a batch, unless agreed otherwise.
pub(crate) const FEEDBACK_DAYS: i64 = 30;
/// The longest that can be agreed.
const FEEDBACK_DAYS_MAX: i64 = 365;
/// Days between reminders.
const REMIND_EVERY_DAYS: i64 = 7;
/// Batches that a run reminds of.
const REMIND_MAX: i64 = 200;
/// Longest name, title and note, in characters.
const TEXT_MAX: usize = 200;
/// Longest note of feedback, in characters.
const NOTE_MAX: usize = 1_000;

codes! {
    /// What kind of partner.
    PartnerKind {
        /// A technology market of another province.
        Market => "market",
        /// An alliance, of universities say.
        Alliance => "alliance",
        /// Another body.
        Other => "other",
    }
}

codes! {
    /// What became of a need with a partner, in the order in which it goes.
    Stage {
        /// It arrived.
        Received => "received",
        /// It was passed on to those whom it may concern.
        Passed => "passed",
        /// Somebody is interested.
        Interested => "interested",
        /// Both sides talk.
        Talking => "talking",
        /// Signed.
        Signed => "signed",
        /// Nobody there for it.
        Declined => "declined",
    }
}

impl Stage {
    /// Whether nothing more is to be said.
    #[must_use]
    pub(crate) fn is_last(self) -> bool {
        matches!(self, Self::Signed | Self::Declined)
    }
}

/// Whom to ask at a partner's: sealed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub person: String,
    /// Their mail address; empty where batches are not mailed.
    pub email: String,
    /// Their telephone.
    pub phone: String,
}

fn contact_place(id: Uuid) -> String {
    format!("push_partner.contact/{id}")
}

fn note_place(id: Uuid) -> String {
    format!("push_feedback.note/{id}")
}

/// A partner's contact, for who may care for partners.
///
/// # Errors
/// Denied; when the seal does not open.
pub(crate) fn contact(app: &App, actor: &Actor, row: &PartnerRow) -> Result<Contact> {
    let sight = app
        .sight(actor, PARTNERS, &Subject::NONE)
        .ok_or_else(Fault::not_found)?;
    Ok(app
        .keys
        .open_json::<Contact>(&contact_place(row.id), &row.contact)?
        .into_revealed(&sight))
}

/// A note of feedback, for who may care for partners.
///
/// # Errors
/// As [`contact`].
pub(crate) fn note(app: &App, actor: &Actor, row: &FeedbackRow) -> Result<String> {
    let sight = app
        .sight(actor, PARTNERS, &Subject::NONE)
        .ok_or_else(Fault::not_found)?;
    Ok(app
        .keys
        .open_json::<String>(&note_place(row.id), &row.note)?
        .into_revealed(&sight))
}

/// What a form says of a partner.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Its name.
    pub name: String,
    /// `market`, `alliance` or `other`.
    pub kind: String,
    /// Six-digit code of its division; empty where it has none.
    pub region: String,
    /// Whom to ask.
    pub contact: Contact,
    /// Days within which it is to say what became of a batch.
    pub feedback_days: String,
}

fn text(field: &'static str, text: &str, required: bool) -> Result<String> {
    // As it was written: full brackets are part of a name.
    let text = text.trim().to_owned();
    if required && kernel::text::normalise(&text).is_empty() {
        return Err(Fault::issue(Some(field), Issue::error("push-name-missing")));
    }
    if text.chars().count() > TEXT_MAX {
        return Err(Fault::issue(
            Some(field),
            Issue::error("push-too-long").with("max", TEXT_MAX.to_string()),
        ));
    }
    Ok(text)
}

fn checked(
    app: &App,
    id: Uuid,
    version: i64,
    active: bool,
    token_hash: Option<Vec<u8>>,
    typed: &Typed,
) -> Result<PartnerRow> {
    let choice = || Issue::error("push-choice");
    let kind = PartnerKind::from_code(&typed.kind).ok_or_else(|| Fault::issue(Some("kind"), choice()))?;
    let region = Region::new(&typed.region).filter(|region| app.regions.get(region).is_some());
    if region.is_none() && !typed.region.is_empty() {
        return Err(Fault::issue(Some("region"), choice()));
    }
    let email = typed.contact.email.trim();
    let email = if email.is_empty() {
        String::new()
    } else {
        email
            .parse::<Email>()
            .map_err(|_| {
                Fault::issue(
                    Some("email"),
                    Issue::error("push-email").with("found", email.to_owned()),
                )
            })?
            .to_string()
    };
    let days = typed.feedback_days.trim().parse().ok();
    let feedback_days = days
        .filter(|days| (1..=FEEDBACK_DAYS_MAX).contains(days))
        .ok_or_else(|| {
            Fault::issue(
                Some("feedback_days"),
                Issue::error("push-days").with("max", FEEDBACK_DAYS_MAX.to_string()),
            )
        })?;
    let contact = Contact {
        person: text("person", &typed.contact.person, true)?,
        email,
        phone: text("phone", &typed.contact.phone, false)?,
    };
    Ok(PartnerRow {
        id,
        name: text("name", &typed.name, true)?,
        kind: kind.code().to_owned(),
        region: region.map_or_else(String::new, |r| r.to_string()),
        contact: app.keys.seal_json(&contact_place(id), &contact)?,
        token_hash,
        feedback_days,
        state: if active { "active" } else { "ended" }.to_owned(),
        version,
    })
}

fn permit(app: &App, actor: &Actor) -> Result<Permit> {
    app.permit(actor, PARTNERS, &Subject::NONE)
}

/// Registers a partner (R016).
///
/// # Errors
/// Refused with an issue; a conflict when the name is taken; the store's.
pub async fn add(app: &App, actor: &Actor, typed: &Typed) -> Result<Uuid> {
    let permit = permit(app, actor)?;
    let id = app.ids.uuid();
    let row = checked(app, id, 1, true, None, typed)?;
    act!(app, permit, |act| {
        store::insert(&mut act, &row).await?;
        act.note("push.partner-added", "partner", id, json!({ "kind": row.kind }));
        Ok(id)
    })
}

/// Writes a partner anew, or ends it.
///
/// # Errors
/// As [`add`], and stale.
pub(crate) async fn change(
    app: &App,
    actor: &Actor,
    old: &PartnerRow,
    version: i64,
    active: bool,
    typed: &Typed,
) -> Result<()> {
    let permit = permit(app, actor)?;
    let row = checked(app, old.id, version, active, old.token_hash.clone(), typed)?;
    act!(app, permit, |act| {
        if !store::update(&mut act, &row).await? {
            return Err(Fault::stale());
        }
        act.note("push.partner-changed", "partner", row.id, json!({ "active": active }));
        Ok(())
    })
}

/// Makes a new token for a partner's machine, which is given back to be shown once; the old one ends.
///
/// # Errors
/// Stale, the store's.
pub(crate) async fn renew_token(app: &App, actor: &Actor, old: &PartnerRow) -> Result<String> {
    let permit = permit(app, actor)?;
    let secret = app.ids.token();
    let row = PartnerRow {
        token_hash: Some(token_hash(&secret)),
        ..old.clone()
    };
    act!(app, permit, |act| {
        if !store::update(&mut act, &row).await? {
            return Err(Fault::stale());
        }
        act.note("push.partner-token", "partner", row.id, json!({}));
        Ok(())
    })?;
    Ok(secret)
}

/// The hash by which a token is known.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Recommends needs to a partner: a batch, and where there is a mail address a mail with the link to it.
///
/// # Errors
/// Refused where nothing or too much is chosen, or something is not public; the store's.
pub(crate) async fn recommend(
    app: &App,
    actor: &Actor,
    partner: &PartnerRow,
    title: &str,
    chosen: &[Uuid],
) -> Result<Uuid> {
    let permit = permit(app, actor)?;
    let title = text("title", title, true)?;
    if chosen.is_empty() || chosen.len() > BATCH_MAX {
        return Err(Fault::issue(
            Some("entry"),
            Issue::error("push-batch-size").with("max", BATCH_MAX.to_string()),
        ));
    }
    let public = {
        let mut conn = app.read().await?;
        crate::store::items::public_rows(&mut conn, chosen, app.now().micros()).await?
    };
    if public.len() != chosen.len() {
        return Err(Fault::issue(Some("entry"), Issue::error("push-batch-gone")));
    }
    // Only to be written to at the address that was given for this.
    let contact = app
        .keys
        .open_json::<Contact>(&contact_place(partner.id), &partner.contact)?;
    act!(app, permit, |act| {
        let id: Uuid = act.id();
        let due = act.now.plus_days(partner.feedback_days);
        let number = store::insert_batch(&mut act, id, partner.id, &title, due.micros(), chosen).await?;
        let args = [
            ("partner", partner.name.clone()),
            ("title", title.clone()),
            ("n", chosen.len().to_string()),
        ];
        if let Some(mail) = batch_mail(app, contact.unshown(), "push-batch-mail", id, due, &args) {
            let now = act.now;
            queue_mail(&mut act.conn, app, now, &mail).await?;
        }
        act.note(
            "push.recommended",
            "batch",
            id,
            json!({ "partner": partner.id, "number": number, "needs": chosen.len() }),
        );
        Ok(id)
    })
}

/// A mail about a batch in both languages: whoever reads it there, one of them will do.
fn batch_mail(
    app: &App,
    contact: &Contact,
    id: &str,
    batch: Uuid,
    due: Stamp,
    args: &[(&str, String)],
) -> Option<Mail> {
    if contact.email.is_empty() {
        return None;
    }
    let link = format!("{}/push/batch/{}", app.settings.base_url, token(app, For::Batch, batch));
    let mut args = args.to_vec();
    args.extend([("link", link), ("due", due.date_in_cn().to_string())]);
    let word = |lang, id: &str| app.words.get(lang, id, &args);
    let body = Lang::ALL
        .map(|lang| word(lang, &format!("{id}.body")))
        .join("\n\n—\n\n");
    Some(Mail::plain(contact.email.clone(), word(Lang::Zh, id), body))
}

/// A word on a batch or on one of its needs.
#[derive(Debug, Clone)]
pub struct Word {
    /// The need; none for the whole batch.
    pub entry: Option<Uuid>,
    /// What became of it: `received`, `passed`, `interested`, `talking`, `signed`, `declined`; empty for a note on the whole.
    pub stage: String,
    /// What was said besides.
    pub note: String,
}

/// The public needs that a partner was not recommended yet, newest first.
///
/// # Errors
/// The store's.
pub async fn open_needs(app: &App, partner: Uuid, limit: i64) -> Result<Vec<Uuid>> {
    let mut conn = app.read().await?;
    let rows = store::candidates(&mut conn, partner, None, app.now().micros(), limit).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Recommends needs to a partner by its id, as on its page (R130).
///
/// # Errors
/// Not found; refused where nothing or too much is chosen, or something is not public; the store's.
pub async fn recommend_to(app: &App, actor: &Actor, partner: Uuid, title: &str, chosen: &[Uuid]) -> Result<Uuid> {
    let row = store::partner(&mut app.read().await?, partner).await?;
    recommend(app, actor, &row, title, chosen).await
}

/// Writes down what a partner told the centre about a batch.
///
/// # Errors
/// Denied; not found; refused with an issue; the store's.
pub async fn note_down(app: &App, actor: &Actor, batch: Uuid, words: &[Word]) -> Result<()> {
    let permit = permit(app, actor)?;
    let row = store::batch(&mut app.read().await?, batch).await?;
    say(app, &permit, &row, words, TOLD).await
}

/// The way of a word that a partner told the centre.
pub(crate) const TOLD: &str = "centre";

/// Keeps what was said of a batch. When every need has come to its end, the batch is closed; else the next word is due after
/// as many days as were agreed.
///
/// # Errors
/// Refused with an issue; the store's.
pub(crate) async fn say(app: &App, permit: &Permit, batch: &BatchRow, words: &[Word], way: &str) -> Result<()> {
    if words.is_empty() || words.len() > BATCH_MAX + 1 {
        return Err(Fault::issue(None, Issue::error("push-word-missing")));
    }
    let mut stages = Vec::with_capacity(words.len());
    for word in words {
        let stage = Stage::from_code(&word.stage);
        // A word on the whole may be a note alone.
        if stage.is_none() && (word.entry.is_some() || word.note.trim().is_empty()) {
            return Err(Fault::issue(Some("stage"), Issue::error("push-choice")));
        }
        if word.note.chars().count() > NOTE_MAX {
            return Err(Fault::issue(
                Some("note"),
                Issue::error("push-too-long").with("max", NOTE_MAX.to_string()),
            ));
        }
        stages.push(stage.map_or("", Stage::code));
    }
    let days = {
        let mut conn = app.read().await?;
        store::partner(&mut conn, batch.partner_id).await?.feedback_days
    };
    act!(app, permit, |act| {
        for (word, stage) in words.iter().zip(&stages) {
            if let Some(entry) = word.entry
                && !store::set_stage(&mut act, batch.id, entry, stage).await?
            {
                return Err(Fault::not_found());
            }
            let id: Uuid = act.id();
            let row = FeedbackRow {
                id,
                entry_id: word.entry,
                stage: (*stage).to_owned(),
                note: app.keys.seal_json(&note_place(id), &word.note.trim())?,
                at: act.now.micros(),
                way: way.to_owned(),
            };
            store::add_feedback(&mut act, batch.id, &row).await?;
        }
        let items = store::items(&mut act.conn, batch.id).await?;
        let is_over = items
            .iter()
            .all(|(_, stage)| Stage::from_code(stage).is_some_and(Stage::is_last));
        if is_over {
            store::close(&mut act, batch.id).await?;
        } else {
            let due = act.now.plus_days(days).micros();
            store::set_due(&mut act, batch.id, due).await?;
        }
        act.note(
            "push.feedback",
            "batch",
            batch.id,
            json!({ "words": words.len(), "way": way, "closed": is_over }),
        );
        Ok(())
    })
}

/// Closes a batch: nothing more is asked.
///
/// # Errors
/// The store's.
pub(crate) async fn close(app: &App, actor: &Actor, batch: &BatchRow) -> Result<()> {
    let permit = permit(app, actor)?;
    act!(app, permit, |act| {
        store::close(&mut act, batch.id).await?;
        act.note("push.batch-closed", "batch", batch.id, json!({}));
        Ok(())
    })
}

/// Keeps that a partner looked at a batch, once.
///
/// # Errors
/// The store's.
pub(crate) async fn fetched(app: &App, permit: &Permit, batch: &BatchRow) -> Result<()> {
    if batch.fetched_at.is_some() {
        return Ok(());
    }
    act!(app, permit, |act| {
        store::fetched(&mut act, batch.id).await?;
        act.note("push.fetched", "batch", batch.id, json!({}));
        Ok(())
    })
}

/// A need of a batch: as the public sees it, or none where it is not public any more.
pub(crate) struct BatchItem {
    pub(crate) entry: Uuid,
    pub(crate) stage: String,
    pub(crate) public: Option<Public>,
}

/// The needs of a batch in order.
///
/// # Errors
/// The store's.
pub(crate) async fn items_of(app: &App, batch: Uuid) -> Result<Vec<BatchItem>> {
    let mut conn = app.read().await?;
    let items = store::items(&mut conn, batch).await?;
    let ids: Vec<Uuid> = items.iter().map(|(id, _)| *id).collect();
    let public = crate::store::items::public_rows(&mut conn, &ids, app.now().micros()).await?;
    drop(conn);
    let mut out = Vec::with_capacity(items.len());
    for (entry, stage) in items {
        let public = match public.iter().find(|row| row.id == entry) {
            Some(row) => items::of_row(app, row)?,
            None => None,
        };
        out.push(BatchItem { entry, stage, public });
    }
    Ok(out)
}

/// Reminds of batches whose word is late: the partner by mail, the centre in its inbox. Returns how many.
///
/// # Errors
/// The store's.
pub(crate) async fn remind(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), crate::rules::WORK, &Subject::NONE)?;
    let now = app.now();
    let (late, centre) = {
        let mut conn = app.read().await?;
        let before = now.plus_days(-REMIND_EVERY_DAYS).micros();
        let late = store::late(&mut conn, now.micros(), before, REMIND_MAX).await?;
        (late, accounts::people_with_role(&mut conn, Role::Centre, None).await?)
    };
    let mut done = 0;
    for batch in &late {
        let partner = {
            let mut conn = app.read().await?;
            store::partner(&mut conn, batch.partner_id).await?
        };
        if partner.state != "active" {
            continue;
        }
        let contact = app
            .keys
            .open_json::<Contact>(&contact_place(partner.id), &partner.contact)?;
        let days = now
            .secs_since(Stamp::from_micros(batch.due_at))
            .div_euclid(86_400)
            .max(1);
        let args = [
            ("partner", partner.name.clone()),
            ("title", batch.title.clone()),
            ("n", days.to_string()),
        ];
        act!(app, permit, |act| {
            store::reminded(&mut act, batch.id).await?;
            let due = Stamp::from_micros(batch.due_at);
            if let Some(mail) = batch_mail(app, contact.unshown(), "push-late-mail", batch.id, due, &args) {
                let now = act.now;
                queue_mail(&mut act.conn, app, now, &mail).await?;
            }
            for user in &centre {
                act.tell(Notice {
                    user: *user,
                    key: "push-late",
                    args: args.to_vec(),
                    link: Some(format!("/centre/partners/{}/batches/{}", partner.id, batch.id)),
                    mail: false,
                });
            }
            act.note("push.reminded", "batch", batch.id, json!({ "days": days }));
            Ok(())
        })?;
        done += 1;
    }
    Ok(done)
}
