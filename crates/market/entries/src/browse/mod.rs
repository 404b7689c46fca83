//! Public lists: what their address asks for, what they show, and their export (R099, R148).

mod export;
mod filter;
mod follow;
mod marks;
mod view;

pub use export::{EXPORT_ROWS_MAX, Format, export};
pub use filter::{Filter, MATURITIES, Params, PriceBand, Since, Sort};
pub use follow::Followed;
pub(crate) use marks::marks_of;
pub use marks::{Mark, Marked};
pub use view::{Chip, FilterGroup, ListView, Opt, RowView, Section, groups, list, place, rows, sector_name};

/// Entries a page of a list shows.
pub const PAGE_ROWS: i64 = 20;
/// The last page that an address may ask for: nobody reads ten thousand entries page by page, and machines have the export.
pub const PAGES_MAX: i64 = 500;
