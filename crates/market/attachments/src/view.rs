//! What a reader sees of papers.

use entries::Entry;
use entries::actions::BROWSE;
use jcore::files::{FileType, What};
use jcore::{Cx, Fault, Result, Sight, Subject};
use kernel::{EntryId, Issue, Level};
use uuid::Uuid;

use crate::deeds::{Body, Finding, body_place, preview_place};
use crate::store::{self, Row};
use crate::{rules, store::Row as PaperRow};

/// A paper in its reader's words.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its type: the ending in capitals.
    pub kind: String,
    /// Bytes, as people read them.
    pub size: String,
    /// Bytes.
    pub bytes: i64,
    /// Its media type.
    pub media: String,
    /// When it came, UTC microseconds.
    pub at: i64,
    /// Whether its owner chose to show it to everyone.
    pub is_public: bool,
    /// Whether everyone sees it now.
    pub is_shown: bool,
    /// Whether it is kept as it came, since it is signed.
    pub is_signed: bool,
    /// Whether it was chosen to be shown and is not, since it names the owner.
    pub is_held: bool,
    /// What was taken out, in words; for who may look into the entry.
    pub stripped: Vec<String>,
    /// What was found in it, in words with a class; for who may look into the entry.
    pub findings: Vec<(String, &'static str)>,
    /// Whether something was found that keeps it from being public for good.
    pub is_blocked: bool,
}

/// A paper, opened for a reader.
#[derive(Debug)]
pub struct Opened {
    /// Its row.
    pub row: Row,
    /// Its entry.
    pub entry: Entry,
    /// The reader's right to it.
    pub sight: Sight,
    /// Whether the reader may look into the entry, too.
    pub is_inside: bool,
}

/// Opens a paper for a reader: what is shown for everyone, all else for who may look into its entry; not found for
/// others, so that nobody learns that it is there.
///
/// # Errors
/// Not found, or the store's.
pub async fn open(cx: &Cx, id: Uuid) -> Result<Opened> {
    let mut conn = cx.app.read().await?;
    let row = store::get(&mut conn, id).await?;
    let entry = entries::entry(&mut conn, EntryId::from(row.entry_id)).await?;
    let inside = entries::projection::sight(&mut conn, &cx.app, &cx.actor, &entry).await?;
    let is_inside = inside.is_some();
    let is_shown = rules::is_shown(&entry, row.is_public, row.names_owner, cx.now.micros());
    let sight = match inside {
        None if is_shown => cx.sight(BROWSE, &Subject::NONE),
        inside => inside,
    };
    Ok(Opened {
        sight: sight.ok_or_else(Fault::not_found)?,
        row,
        entry,
        is_inside,
    })
}

impl Opened {
    /// In its reader's words.
    ///
    /// # Errors
    /// When it does not open.
    pub fn paper(&self, cx: &Cx) -> Result<Paper> {
        paper(cx, &self.entry, &self.row, &self.sight, self.is_inside)
    }

    /// The head of its text.
    ///
    /// # Errors
    /// The store's, or when it does not open.
    pub async fn preview(&self, cx: &Cx) -> Result<String> {
        let sealed = store::preview(&mut cx.app.read().await?, self.row.id).await?;
        let plain = cx.app.keys.open(&preview_place(self.row.id), &sealed)?;
        let text = String::from_utf8_lossy(&plain).into_owned();
        Ok(jcore::Withheld::new(text).into_revealed(&self.sight))
    }

    /// Its content.
    ///
    /// # Errors
    /// The store's, or when it does not open.
    pub async fn content(&self, cx: &Cx) -> Result<Vec<u8>> {
        cx.app
            .files
            .content(&cx.app, self.row.file_id.into(), &self.sight)
            .await
    }
}

/// The papers of an entry that a reader sees: what is shown for everyone, all of them for who may look into the entry.
///
/// # Errors
/// The store's; not found for who sees nothing of the entry.
pub async fn list(cx: &Cx, entry: EntryId) -> Result<Vec<Paper>> {
    let mut conn = cx.app.read().await?;
    let entry = entries::entry(&mut conn, entry).await?;
    let inside = entries::projection::sight(&mut conn, &cx.app, &cx.actor, &entry).await?;
    let now = cx.now.micros();
    if inside.is_none() && !entry.is_public(now) {
        return Err(Fault::not_found());
    }
    let rows = store::of(&mut conn, entry.id()).await?;
    drop(conn);
    let public = cx.sight(BROWSE, &Subject::NONE);
    let seen = |row: &&PaperRow| inside.is_some() || rules::is_shown(&entry, row.is_public, row.names_owner, now);
    let sight = inside.as_ref().or(public.as_ref()).ok_or_else(Fault::not_found)?;
    rows.iter()
        .filter(seen)
        .map(|row| paper(cx, &entry, row, sight, inside.is_some()))
        .collect()
}

fn paper(cx: &Cx, entry: &Entry, row: &Row, sight: &Sight, is_inside: bool) -> Result<Paper> {
    let body = cx
        .app
        .keys
        .open_json::<Body>(&body_place(row.id), &row.body)?
        .into_revealed(sight);
    let withheld_name = row.names_owner && rules::withholds_name(entry);
    // What was found and taken out is the owner's and the centre's business.
    let (stripped, findings) = if is_inside {
        (stripped(cx, row), findings(cx, &body.findings, withheld_name))
    } else {
        (Vec::new(), Vec::new())
    };
    Ok(Paper {
        id: row.id,
        title: body.title,
        kind: row.kind.to_uppercase(),
        size: size(row.size),
        bytes: row.size,
        media: row.media.clone(),
        at: row.created_at,
        is_public: row.is_public,
        is_shown: rules::is_shown(entry, row.is_public, row.names_owner, cx.now.micros()),
        is_signed: row.is_signed,
        is_held: row.is_public && withheld_name,
        is_blocked: withheld_name || row.is_signed,
        stripped,
        findings,
    })
}

fn stripped(cx: &Cx, row: &Row) -> Vec<String> {
    let codes = row.stripped.split(',').filter_map(What::from_code);
    codes
        .map(|what| cx.t(&format!("file-stripped-{}", what.code())))
        .collect()
}

/// Findings in words. The owner's name counts only while it is withheld.
fn findings(cx: &Cx, findings: &[Finding], withheld_name: bool) -> Vec<(String, &'static str)> {
    let told = findings
        .iter()
        .filter(|f| f.code != rules::NAMES_OWNER || withheld_name);
    told.map(|finding| {
        let class = match finding.level {
            _ if finding.code == rules::NAMES_OWNER => "",
            Level::Note => "note",
            Level::Warning | Level::Error => "warn",
        };
        (finding_text(cx, &finding.code, &finding.found), class)
    })
    .collect()
}

/// What was found in a file, in words: those of an entry's own texts speak of its form, so files have others.
pub(crate) fn finding_text(cx: &Cx, code: &str, found: &str) -> String {
    let args = [("found", found.to_owned())];
    let own = format!("attachments-found-{}", code.trim_start_matches("entries-"));
    if cx.app.words.has(cx.lang, &own) {
        cx.ta(&own, &args)
    } else {
        cx.ta(&format!("issue-{code}"), &args)
    }
}

/// Issues of a fault in words.
pub(crate) fn issue_texts(cx: &Cx, fault: &Fault) -> Vec<String> {
    let text = |issue: &Issue| {
        if issue.code.starts_with("entries-") {
            finding_text(cx, issue.code, issue.arg("found").unwrap_or_default())
        } else {
            cx.app.words.issue(cx.lang, issue)
        }
    };
    fault.fields.iter().map(|field| text(&field.issue)).collect()
}

/// Bytes as people read them.
pub(crate) fn size(bytes: i64) -> String {
    const KB: i64 = 1024;
    match bytes {
        0..=1023 => format!("{bytes} B"),
        1024..=1_048_575 => format!("{} KB", bytes / KB),
        _ => format!("{}.{} MB", bytes / (KB * KB), bytes % (KB * KB) * 10 / (KB * KB)),
    }
}

/// How a paper is shown on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A picture.
    Image,
    /// A PDF: in a tab of its own, and its text here.
    Pdf,
    /// Its text.
    Text,
}

/// How a type is shown.
pub(crate) fn look(kind: &str) -> Look {
    match FileType::from_extension(kind) {
        Some(kind) if kind.is_image() => Look::Image,
        Some(FileType::Pdf) => Look::Pdf,
        _ => Look::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(
            (size(12), size(20_480), size(13_107_200)),
            ("12 B".into(), "20 KB".into(), "12.5 MB".into())
        );
    }

    #[test]
    fn every_type_has_a_look() {
        assert_eq!(look("jpg"), Look::Image);
        assert_eq!(look("pdf"), Look::Pdf);
        for text in ["docx", "xlsx", "pptx", "txt", "csv"] {
            assert_eq!(look(text), Look::Text);
        }
    }
}
