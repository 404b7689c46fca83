//! Files that people upload: what they are (by content), cleaned of what tells who wrote them, looked through for viruses,
//! sealed in a store, shown and taken away again.
//!
//! - [`clean`]: bytes from outside become a file that may be kept, or a [`Refusal`] in words. Pure.
//! - [`Scanner`]: asks clamd about a virus; [`Files::scan`] refuses what it finds.
//! - [`Files`]: the store. Content is sealed under its id, names are sealed in the database.
//! - [`text`]: what can be read in a cleaned file, for a preview and for looking through it.

mod clean;
mod found;
mod image;
mod name;
mod office;
mod pdf;
mod plain;
mod refusal;
mod scan;
mod serve;
mod store;
mod sweep;

pub use clean::{Allowed, Cleaned, FileType, What, clean, text};
pub use found::Found;
pub use image::{PIXELS_MAX, SIDE_MAX};
pub use name::{NAME_CHARS_MAX, clean_name};
pub use office::{PART_BYTES_MAX, PARTS_MAX, UNPACKED_BYTES_MAX};
pub use pdf::PDF_OBJECTS_MAX;
pub use refusal::Refusal;
pub use scan::{Clamd, ClamdAddress, NoScanner, ScanTrouble, Scanner, Verdict, scanner};
pub use serve::{CSP_FILE, How};
pub use store::{FileRow, Files, MAX_FILE_BYTES, NewFile};
pub(crate) use sweep::jobs;

#[cfg(test)]
mod tests;
