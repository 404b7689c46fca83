//! Requests to the outside: to addresses that people typed in, and to WeChat. Nothing here follows a redirect, uses a proxy,
//! or connects to another address than the one that was looked at.

mod client;
mod guard;

pub(crate) use client::Client;
pub use client::{Resolver, system_resolver};
pub use guard::is_public;
