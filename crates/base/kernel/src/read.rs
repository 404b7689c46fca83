//! The tolerant readers: from what people write to values that can only be valid. The caller keeps the raw text; a
//! reader never throws information away without an issue that says so, and never panics. A text that says that there
//! is nothing (empty, `—`, 无, 待定) is the error `value-empty`, but for money, which may be unknown, and for yes or
//! no, where nothing is no: whether a field must be filled is for the form to say before it reads.

mod common;
mod contract_no;
mod date;
mod email;
mod ipc;
mod money;
mod names;
mod patent;
mod phone;
mod region;
mod sector;
mod trl;
mod uscc;
mod yes_no;

pub use contract_no::contract_no;
pub use date::{date, excel_serial};
pub use email::email;
pub use ipc::ipc;
pub use money::money;
pub use names::names;
pub use patent::patent;
pub use phone::phone;
pub use region::{region, region_candidates};
pub use sector::sectors;
pub use trl::trl;
pub use uscc::uscc;
pub use yes_no::yes_no;
