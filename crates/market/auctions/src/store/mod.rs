//! The SQL of this crate, and only here.

pub(crate) mod bank;
pub(crate) mod bare;
pub(crate) mod bidders;
pub(crate) mod licences;
pub(crate) mod lots;
pub(crate) mod officers;
pub(crate) mod talk;
