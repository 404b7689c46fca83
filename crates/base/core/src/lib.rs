//! What every capability stands on: acting and being allowed to, audit, change log, outbox and inbox, sealed fields and
//! files, words in two languages, the page's shell, sign-in sessions, routes that name their action.
//!
//! A capability is a crate that hands a [`Capability`] to the web crate: its routes, its rows of the who-may table, its
//! words, its navigation and its jobs. It reads with [`App::read`] and writes only inside [`act!`](crate::act!), for which it needs a
//! [`Permit`], and a permit is given only by the who-may table.

mod act;
mod app;
pub mod audit;
mod callers;
mod capability;
mod cx;
mod fault;
pub mod files;
mod jobs;
pub mod layer;
pub mod login;
pub mod notices;
mod panels;
mod routes;
mod sealing;
mod shell;
mod who;
mod words;

#[doc(hidden)]
pub use act::typed;
pub use act::{ACT_MS_MAX, ACT_TRIES_MAX, Act, Note};
pub use app::{App, AppBuilder, Settings};
pub use callers::{Callers, KEPT_SECS as CALLERS_KEPT_SECS};
pub use capability::{Capability, NavItem, Phase, PhaseBar, PhaseState};
pub use cx::{
    CSRF_FIELD, CSRF_HEADER, Cx, Form, Json, MAX_FORM_BYTES, MAX_JSON_BYTES, Multipart, NoBody, Query, Upload,
};
pub use fault::{Fault, FaultKind, FieldFault};
pub use files::{FileRow, Files, MAX_FILE_BYTES, NewFile};
pub use futures_util::future::BoxFuture;
pub use jobs::{Job, Run, tick};
pub use panels::{About, Panel, Panels, Place};
pub use routes::{RouteInfo, RouteKind, Routes};
pub use sealing::{KEY_BYTES, Keys, Sealed, Withheld};
pub use shell::Shell;
pub use who::{Action, Actor, Denied, Grant, Permit, Role, Rule, Rules, Sight, Subject, When, Who};
pub use words::{Lang, Words, WordsError};

/// The words of the shell and of everything in this crate.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The same in English.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");

/// The result of a handler or a capability's function.
pub type Result<T, E = Fault> = std::result::Result<T, E>;
