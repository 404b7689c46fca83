//! What a capability hands to the web crate.

use std::sync::Arc;

use kernel::Stamp;

use crate::{Action, App, Job, Lang, Panel, Routes, Rule};

/// A capability: one crate of the market floor, as the web crate sees it.
pub struct Capability {
    /// Its name, as in `accounts`.
    pub key: &'static str,
    /// Its routes, each with its action.
    pub routes: Routes,
    /// Its rows of the who-may table.
    pub rules: Vec<Rule>,
    /// Its words: Chinese, English.
    pub words: Vec<(&'static str, &'static str)>,
    /// Its entries in the page's head.
    pub nav: Vec<NavItem>,
    /// What it shows on pages of capabilities before it.
    pub panels: Vec<Arc<dyn Panel>>,
    /// Its jobs.
    pub jobs: Vec<Job>,
    /// The OpenAPI document of its `/api/v1` routes.
    pub api: utoipa::openapi::OpenApi,
}

/// A link in the page's head.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    /// Words under `nav-KEY`.
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Its place: small first. Public ones below 100, at work from 100.
    pub order: i32,
    /// Shown to those who reach this action.
    pub action: Action,
}

/// Where a phase of the season stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseState {
    /// Over.
    Past,
    /// Going on.
    Now,
    /// To come.
    Coming,
}

/// A phase in the bar under the page's head.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Its name with its dates, in the reader's language.
    pub text: String,
    /// Where it stands.
    pub state: PhaseState,
}

/// Tells the phases of the programme in force: registered by the programme capability.
pub type PhaseBar = Arc<dyn Fn(&App, Stamp, Lang) -> Vec<Phase> + Send + Sync>;
