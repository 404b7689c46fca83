//! Cleaning: what a file is is found by its content, what its name says must fit, what could do harm is refused, and what
//! tells who wrote it is taken out. The file that comes out is written anew from the parts that are known.

use super::found::{Found, by_beginning, pdf_start};
use super::refusal::Refusal;
use super::{image, name, office, pdf, plain};
use crate::files::store::MAX_FILE_BYTES;

/// A type that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileType {
    /// PDF.
    Pdf,
    /// Word, since 2007.
    Docx,
    /// Excel, since 2007.
    Xlsx,
    /// PowerPoint, since 2007.
    Pptx,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// Plain text.
    Text,
    /// A text table.
    Csv,
}

impl FileType {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Text,
        Self::Csv,
    ];

    /// The ending that its files get.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.extensions().first().copied().unwrap_or_default()
    }

    /// The endings that its files may come with, the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
        }
    }

    /// The type of an ending.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.extensions().contains(&extension))
    }

    /// Its media type; a text's has its encoding beside it.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// How large it may be, in bytes. A scan of twenty sealed pages or a presentation with photos reaches 20 MB; a photo of
    /// 48 million pixels 12 MB; a text of 2 MB is a book, a table of 5 MB fifty thousand rows.
    #[must_use]
    pub fn bytes_max(self) -> usize {
        const MB: usize = 1024 * 1024;
        match self {
            Self::Pdf | Self::Docx | Self::Xlsx | Self::Pptx => MAX_FILE_BYTES,
            Self::Jpeg | Self::Png | Self::Webp => 15 * MB,
            Self::Csv => 5 * MB,
            Self::Text => 2 * MB,
        }
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_image(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    fn found(self) -> Found {
        match self {
            Self::Pdf => Found::Pdf,
            Self::Docx => Found::Docx,
            Self::Xlsx => Found::Xlsx,
            Self::Pptx => Found::Pptx,
            Self::Jpeg => Found::Jpeg,
            Self::Png => Found::Png,
            Self::Webp => Found::Webp,
            Self::Text | Self::Csv => Found::Text,
        }
    }
}

/// What may be taken in one place.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    types: &'static [FileType],
    signed: bool,
}

impl Allowed {
    /// Documents, tables, pictures and texts.
    pub const ALL: Self = Self::of(&FileType::ALL);
    /// Pictures.
    pub const IMAGES: Self = Self::of(&[FileType::Jpeg, FileType::Png, FileType::Webp]);

    /// These types.
    #[must_use]
    pub const fn of(types: &'static [FileType]) -> Self {
        Self { types, signed: false }
    }

    /// Whether a digitally signed document is taken as it is. Cleaning would break its signature, and uncleaned it names
    /// who signed; so only where its readers may know that.
    #[must_use]
    pub const fn with_signed(self, signed: bool) -> Self {
        Self { signed, ..self }
    }

    /// The endings for a file chooser and for words: `.pdf,.docx`.
    #[must_use]
    pub fn endings(&self) -> String {
        let endings: Vec<String> = self
            .types
            .iter()
            .flat_map(|t| t.extensions().iter().take(2))
            .map(|e| format!(".{e}"))
            .collect();
        endings.join(",")
    }
}

/// What was taken out of a file; words are under `file-stripped-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Properties of a document: author, company, who saved it last, which program.
    Properties,
    /// Camera data of a picture: place, time, device, owner; comments; the colour profile, which names the screen.
    Picture,
    /// Names of who commented or changed a text; each stays apart from the others as a number.
    Authors,
    /// Embedded objects, of which the picture stays.
    Embedded,
    /// Paths on somebody's computer.
    Paths,
    /// Small pictures of the first page, printers, data of other programs.
    Extras,
}

impl What {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Properties,
        Self::Picture,
        Self::Authors,
        Self::Embedded,
        Self::Paths,
        Self::Extras,
    ];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Picture => "picture",
            Self::Authors => "authors",
            Self::Embedded => "embedded",
            Self::Paths => "paths",
            Self::Extras => "extras",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.code() == code)
    }
}

/// A file that may be kept.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// Its type.
    pub kind: FileType,
    /// Its media type, a text's with its encoding.
    pub media: String,
    /// The ending for its name.
    pub extension: &'static str,
    /// Its name without folders and ending, as far as there was one.
    pub stem: String,
    /// Its content, cleaned.
    pub content: Vec<u8>,
    /// What was taken out.
    pub stripped: Vec<What>,
    /// Whether it is kept as it came, since it is signed.
    pub signed: bool,
}

/// A cleaned content with what its making learned.
pub(super) struct Done {
    pub content: Vec<u8>,
    pub stripped: Vec<What>,
    pub signed: bool,
}

/// Cleans a file. Works on the caller's thread for up to some seconds: call it from one for such work.
///
/// # Errors
/// Why it is not taken.
pub fn clean(name: &str, bytes: &[u8], allowed: &Allowed) -> Result<Cleaned, Refusal> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge {
            size: bytes.len(),
            limit: MAX_FILE_BYTES,
        });
    }
    let (stem, extension) = name::split(name);
    let text = plain::read(bytes);
    let found = find(bytes, text.as_ref())?;
    let kind = choose(found, extension.as_deref(), allowed)?;
    if bytes.len() > kind.bytes_max() {
        return Err(Refusal::TooLarge {
            size: bytes.len(),
            limit: kind.bytes_max(),
        });
    }
    let done = match kind {
        FileType::Pdf => pdf::clean(
            bytes.get(pdf_start(bytes).unwrap_or(0)..).unwrap_or_default(),
            allowed.signed,
        )?,
        FileType::Docx | FileType::Xlsx | FileType::Pptx => office::clean(bytes, allowed.signed)?,
        FileType::Jpeg | FileType::Png | FileType::Webp => image::clean(bytes)?,
        FileType::Text | FileType::Csv => Done {
            content: bytes.to_vec(),
            stripped: Vec::new(),
            signed: false,
        },
    };
    let media = match &text {
        Some(text) if matches!(kind, FileType::Text | FileType::Csv) => {
            format!("{}; charset={}", kind.media(), text.charset)
        }
        _ => kind.media().to_owned(),
    };
    Ok(Cleaned {
        kind,
        media,
        extension: kind.extension(),
        stem,
        content: done.content,
        stripped: done.stripped,
        signed: done.signed,
    })
}

/// What the bytes are.
fn find(bytes: &[u8], text: Option<&plain::Plain<'_>>) -> Result<Found, Refusal> {
    let found = by_beginning(bytes);
    match (found, text) {
        (Found::Empty | Found::Pdf | Found::Rtf, _) => Ok(found),
        // Letters can begin a text as well as a program; whoever has only letters is a text.
        (_, Some(text)) => Ok(text.found),
        (Found::Zip, None) => office::find(bytes),
        (Found::OldOffice, None) if office::is_locked(bytes) => Err(Refusal::Encrypted),
        (_, None) => Ok(found),
    }
}

/// The type to take it as, when it may be taken and its name says no other.
fn choose(found: Found, extension: Option<&str>, allowed: &Allowed) -> Result<FileType, Refusal> {
    if found.is_dangerous() {
        return Err(Refusal::Dangerous { found });
    }
    let fits = |t: &&FileType| t.found() == found;
    let Some(first) = allowed.types.iter().find(fits) else {
        return Err(Refusal::Type {
            found,
            expected: allowed.endings().replace(',', " "),
        });
    };
    match extension {
        None => Ok(*first),
        Some(extension) => {
            let named = FileType::from_extension(extension).filter(|t| t.found() == found);
            let named = named.filter(|t| allowed.types.contains(t));
            named.ok_or_else(|| Refusal::Mismatch {
                extension: extension.to_owned(),
                found,
            })
        }
    }
}

/// The text that can be read in a cleaned file, at most so many characters: for a preview, and for looking it through.
/// Nothing where there is none: a picture, a scan, a font that does not say what its shapes mean.
#[must_use]
pub fn text(kind: FileType, content: &[u8], chars_max: usize) -> String {
    let text = match kind {
        FileType::Pdf => pdf::text(content, chars_max),
        FileType::Docx | FileType::Xlsx | FileType::Pptx => office::text(content, chars_max),
        FileType::Text | FileType::Csv => plain::read(content).map(|p| p.text.into_owned()).unwrap_or_default(),
        FileType::Jpeg | FileType::Png | FileType::Webp => String::new(),
    };
    text.chars().take(chars_max).collect()
}
