//! The tables of pushes, and only they; of entries and organisations what their crates have no function for.

pub(crate) mod items;
pub(crate) mod messages;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod subs;
pub(crate) mod targets;
