//! PDF. The file is read by a reader of our own, object by object within budgets, and written anew: what was once deleted,
//! hidden behind the table of objects or appended is thereby gone. `lopdf` gives the objects' types, unpacks their
//! streams and writes the file; its own reader is not used on bytes from outside, since an object stream whose index points many times
//! to the same place makes it allocate without bound.

mod fonts;
mod lex;
mod read;
mod strip;
mod text;

use lopdf::Document;

use super::clean::Done;
use super::refusal::Refusal;

/// Objects, nested ones counted, of a PDF: a tagged report of five hundred pages has some hundred thousand; a file made to
/// fill memory has ten million in 20 MB.
pub const PDF_OBJECTS_MAX: usize = 2_000_000;

/// What is wrong inside.
type Broken = &'static str;

/// Cleans a PDF.
pub(super) fn clean(bytes: &[u8], signed_allowed: bool) -> Result<Done, Refusal> {
    let mut document = read::read(bytes)?;
    let pages = document.get_pages().len();
    if pages == 0 {
        return Err(Refusal::Broken { what: "pdf-pages" });
    }
    let found = strip::strip(&mut document)?;
    if found.signed {
        if !signed_allowed {
            return Err(Refusal::Signed);
        }
        return Ok(Done {
            content: bytes.to_vec(),
            stripped: Vec::new(),
            signed: true,
        });
    }
    document.prune_objects();
    let content = write(&mut document)?;
    // What is handed on must be what was handed in: read it once more.
    let again = read::read(&content)?;
    if again.get_pages().len() != pages {
        return Err(Refusal::Broken { what: "pdf-written" });
    }
    Ok(Done {
        content,
        stripped: found.stripped.into_iter().collect(),
        signed: false,
    })
}

fn write(document: &mut Document) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let written = document.save_modern(&mut out);
    written.map_err(|_| Refusal::Broken { what: "pdf-written" })?;
    Ok(out)
}

/// The text of a cleaned PDF, page by page, as far as its fonts say what their shapes mean.
pub(super) fn text(bytes: &[u8], chars_max: usize) -> String {
    read::read(bytes).map_or_else(|_| String::new(), |document| text::read(&document, chars_max))
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
