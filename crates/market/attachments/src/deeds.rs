//! What the owner does with papers while the entry is being written.

use bytes::Bytes;
use entries::Entry;
use entries::actions::WRITE;
use jcore::files::{Allowed, Cleaned, FileType, What};
use jcore::{Act, Actor, App, Fault, FaultKind, NewFile, Permit, Result, act};
use kernel::{EntryId, Issue, Level};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::rules::{self, Barrier};
use crate::store;

/// What is sealed of a paper beside its content.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// Its title.
    pub title: String,
    /// What was found in it when it came.
    pub findings: Vec<Finding>,
}

/// Something in a paper that the entry withholds, or that should not be public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The issue's code.
    pub code: String,
    /// How grave it is.
    pub level: Level,
    /// What was found.
    pub found: String,
}

impl Finding {
    fn of(issue: &Issue) -> Self {
        Self {
            code: issue.code.to_owned(),
            level: issue.level,
            found: issue.arg("found").unwrap_or_default().to_owned(),
        }
    }
}

/// A paper that comes in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its title; the file's name without ending where it is empty.
    pub title: String,
    /// Whether everyone is to see it.
    pub public: bool,
    /// That the owner has checked that nothing in it is to stay hidden: asked of whatever is to be public.
    pub checked: bool,
    /// That what is found in it may be public all the same.
    pub confirmed: bool,
    /// The file's name as sent.
    pub name: String,
    /// Its content as sent.
    pub content: Bytes,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Added {
    /// Its id.
    pub id: Uuid,
    /// Whether it is public; not, where something stands against it.
    pub public: bool,
    /// What stands against its being public, where that was asked for.
    pub barrier: Option<Barrier>,
    /// What was taken out of it.
    pub stripped: Vec<What>,
    /// What was found in its text and title.
    pub findings: Vec<Issue>,
}

pub(crate) fn body_place(id: Uuid) -> String {
    format!("attachment.body/{id}")
}

pub(crate) fn preview_place(id: Uuid) -> String {
    format!("attachment.preview/{id}")
}

/// The entry, and the permit to change its papers.
async fn writable(app: &App, actor: &Actor, entry: EntryId) -> Result<(Entry, Permit)> {
    let entry = entries::entry(&mut app.read().await?, entry).await?;
    let permit = app.permit(actor, WRITE, &entry.subject())?;
    check_open(&entry)?;
    Ok((entry, permit))
}

fn check_open(entry: &Entry) -> Result<()> {
    if rules::is_open(entry.state()) {
        Ok(())
    } else {
        Err(Fault::new(FaultKind::Conflict, "attachments-closed"))
    }
}

/// Adds a paper to an entry that is being written: looked through for viruses, known by its content, cleaned, and where
/// it is to be public looked through for what the entry withholds. What stands against its being public leaves it for the
/// centre only, with what was found, so that nothing has to be sent twice.
///
/// # Errors
/// Refused with what is wrong with the file, its title or its number; `attachments-closed`; not found, denied; the
/// store's.
pub async fn add(app: &App, actor: &Actor, entry: EntryId, incoming: Incoming) -> Result<Added> {
    let (entry, permit) = writable(app, actor, entry).await?;
    if incoming.public && !incoming.checked {
        return Err(Fault::issue(Some("checked"), Issue::error("attachments-unchecked")));
    }
    check_title(&incoming.title)?;
    app.files
        .scan_noted(app, &permit, "entry", Some(entry.id), &incoming.content)
        .await?;
    let allowed = Allowed::ALL.with_signed(!incoming.public);
    let (cleaned, text) = app
        .files
        .clean(
            &incoming.name,
            incoming.content.clone(),
            allowed,
            rules::LOOKED_CHARS_MAX,
        )
        .await?;
    let title = title(&incoming, &cleaned);
    let looked = format!("{title}\n{text}");
    let findings = entries::leaks_beside(&mut app.read().await?, app, &entry, &looked).await?;
    let barrier = rules::barrier(&findings, cleaned.signed, incoming.confirmed).filter(|_| incoming.public);
    let paper = New {
        title: &title,
        preview: text.chars().take(rules::PREVIEW_CHARS_MAX).collect(),
        cleaned: &cleaned,
        findings: &findings,
        is_public: incoming.public && barrier.is_none(),
    };
    let id = keep(app, &permit, entry.id(), &paper).await?;
    Ok(Added {
        id,
        public: paper.is_public,
        barrier,
        stripped: cleaned.stripped,
        findings,
    })
}

fn check_title(title: &str) -> Result<()> {
    let length = title.trim().chars().count();
    if length <= rules::TITLE_CHARS_MAX {
        return Ok(());
    }
    let issue = Issue::error("attachments-title-long")
        .with("found", length.to_string())
        .with("max", rules::TITLE_CHARS_MAX.to_string());
    Err(Fault::issue(Some("title"), issue))
}

/// The title given, else the file's name.
fn title(incoming: &Incoming, cleaned: &Cleaned) -> String {
    let given = incoming.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if given.is_empty() { cleaned.stem.clone() } else { given };
    if title.is_empty() {
        cleaned.extension.to_uppercase()
    } else {
        title.chars().take(rules::TITLE_CHARS_MAX).collect()
    }
}

/// A paper ready to be kept.
struct New<'a> {
    title: &'a str,
    preview: String,
    cleaned: &'a Cleaned,
    findings: &'a [Issue],
    is_public: bool,
}

async fn keep(app: &App, permit: &Permit, entry: EntryId, paper: &New<'_>) -> Result<Uuid> {
    let id = app.ids.uuid();
    let body = Body {
        title: paper.title.to_owned(),
        findings: paper
            .findings
            .iter()
            .take(rules::FINDINGS_MAX)
            .map(Finding::of)
            .collect(),
    };
    let body = app.keys.seal_json(&body_place(id), &body)?;
    let preview = app.keys.seal(&preview_place(id), paper.preview.as_bytes());
    let stripped: Vec<&str> = paper.cleaned.stripped.iter().map(|w| w.code()).collect();
    let kept: Result<()> = act!(app, permit, |act| {
        let entry = entries::entry(&mut act.conn, entry).await?;
        check_open(&entry)?;
        let slot = room(&mut act, entry.id(), paper.cleaned.content.len()).await?;
        let file = NewFile {
            org: Some(entry.org_id),
            name: paper.title,
            media: &paper.cleaned.media,
            content: &paper.cleaned.content,
            subject_kind: "attachment",
            subject_id: Some(id),
        };
        let file = app.files.put(&mut act, file).await?;
        let new = store::New {
            id,
            entry: entry.id(),
            slot,
            file,
            kind: paper.cleaned.extension,
            body: &body,
            preview: &preview,
            is_public: paper.is_public,
            is_signed: paper.cleaned.signed,
            names_owner: paper.findings.iter().any(|f| f.code == rules::NAMES_OWNER),
            stripped: &stripped.join(","),
        };
        store::insert(&mut act, &new).await?;
        let detail = json!({
            "entry": entry.id, "kind": new.kind, "bytes": paper.cleaned.content.len(), "public": new.is_public,
            "signed": new.is_signed, "stripped": stripped, "findings": paper.findings.iter().map(|f| f.code).collect::<Vec<_>>(),
        });
        act.note("attachment.added", "attachment", id, detail);
        act.changed("attachment", id);
        Ok(())
    });
    // Two took the same slot at once: whoever was later looks again.
    kept.map_err(|fault| {
        if fault.code == "duplicate" {
            Fault::stale()
        } else {
            fault
        }
    })?;
    Ok(id)
}

/// The slot that a paper of so many bytes gets.
async fn room(act: &mut Act, entry: EntryId, bytes: usize) -> Result<i64> {
    let there = store::of(&mut act.conn, entry).await?;
    let taken: Vec<i64> = there.iter().map(|row| row.slot).collect();
    let slot = rules::free_slot(&taken).ok_or_else(|| {
        let issue = Issue::error("attachments-many").with("max", rules::PAPERS_MAX.to_string());
        Fault::issue(Some("file"), issue)
    })?;
    let bytes_there: i64 = there.iter().map(|row| row.size).sum();
    if rules::has_room(bytes_there, i64::try_from(bytes).unwrap_or(i64::MAX)) {
        return Ok(slot);
    }
    const MB: i64 = 1024 * 1024;
    let issue = Issue::error("attachments-room")
        .with("there", bytes_there.div_euclid(MB).to_string())
        .with("max", (rules::TOTAL_BYTES_MAX / MB).to_string());
    Err(Fault::issue(Some("file"), issue))
}

/// Shows a paper to everyone (once its entry is public), or to the centre only. To be shown, the paper is looked through
/// again, since what the entry withholds may have changed; what is found must be confirmed.
///
/// # Errors
/// Refused with what was found; `attachments-closed`; not found, denied; the store's.
pub async fn set_public(
    app: &App,
    actor: &Actor,
    entry: EntryId,
    paper: Uuid,
    is_public: bool,
    confirmed: bool,
) -> Result<()> {
    let (entry, permit) = writable(app, actor, entry).await?;
    let mut conn = app.read().await?;
    let row = store::get(&mut conn, paper).await?;
    if row.entry_id != entry.id {
        return Err(Fault::not_found());
    }
    if is_public {
        let findings = look_again(app, &mut conn, &entry, &row).await?;
        if let Some(barrier) = rules::barrier(&findings, row.is_signed, confirmed) {
            return Err(stands_against(barrier, findings));
        }
    }
    drop(conn);
    act!(app, permit, |act| {
        let entry = entries::entry(&mut act.conn, entry.id()).await?;
        check_open(&entry)?;
        store::set_public(&mut act, paper, is_public).await?;
        let key = if is_public {
            "attachment.public"
        } else {
            "attachment.private"
        };
        act.note(
            key,
            "attachment",
            paper,
            json!({ "entry": entry.id, "confirmed": confirmed }),
        );
        act.changed("attachment", paper);
        Ok(())
    })
}

/// What is found in a kept paper under what the entry withholds now. Its text is held against that, not shown.
async fn look_again(app: &App, conn: &mut db::Conn, entry: &Entry, row: &store::Row) -> Result<Vec<Issue>> {
    let sight = app.sight(&Actor::system(), WRITE, &entry.subject());
    let sight = sight.ok_or_else(Fault::not_found)?;
    let body = app
        .keys
        .open_json::<Body>(&body_place(row.id), &row.body)?
        .into_revealed(&sight);
    let content = app.files.content(app, row.file_id.into(), &sight).await?;
    let kind = FileType::from_extension(&row.kind).ok_or_else(Fault::not_found)?;
    let text = app.files.text(kind, content, rules::LOOKED_CHARS_MAX).await?;
    entries::leaks_beside(conn, app, entry, &format!("{}\n{text}", body.title)).await
}

/// A refusal that says what stands against showing a paper.
fn stands_against(barrier: Barrier, findings: Vec<Issue>) -> Fault {
    let mut fault = match barrier {
        Barrier::Signed => return Fault::issue(Some("public"), Issue::error("file-signed")),
        Barrier::NamesOwner => Fault::refused(Vec::new()),
        Barrier::Unconfirmed => Fault::issue(Some("confirmed"), Issue::error("attachments-unconfirmed")),
    };
    let told = findings.into_iter().filter(|f| f.level != Level::Note);
    fault.fields.extend(told.map(|issue| jcore::FieldFault {
        field: Some("public".to_owned()),
        issue,
    }));
    fault
}

/// Takes a paper away, with its file.
///
/// # Errors
/// `attachments-closed`; not found, denied; the store's.
pub async fn remove(app: &App, actor: &Actor, entry: EntryId, paper: Uuid) -> Result<()> {
    let (entry, permit) = writable(app, actor, entry).await?;
    act!(app, permit, |act| {
        let now = entries::entry(&mut act.conn, entry.id()).await?;
        check_open(&now)?;
        let row = store::get(&mut act.conn, paper).await?;
        if row.entry_id != entry.id {
            return Err(Fault::not_found());
        }
        store::delete(&mut act, paper).await?;
        app.files.delete(&mut act, row.file_id.into()).await?;
        act.note(
            "attachment.removed",
            "attachment",
            paper,
            json!({ "entry": entry.id, "public": row.is_public }),
        );
        act.changed("attachment", paper);
        Ok(())
    })
}
