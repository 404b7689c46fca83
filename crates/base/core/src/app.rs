//! The running application: store, clock, keys, words, who-may table, files. Cheap to clone; there are no globals.

use std::path::PathBuf;
use std::sync::Arc;

use db::{Conn, Db};
use kernel::{Clock, Ids, Regions, Stamp};

use crate::capability::PhaseBar;
use crate::notices::Mailer;
use crate::{Action, Actor, Fault, Files, Keys, NavItem, Permit, RouteInfo, Rules, Sight, Subject, Words};

/// Settings of a running platform.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people use, as `https://jiebang.example.cn`; links in mails begin with it.
    pub base_url: String,
    /// The platform's name, Chinese and English, for the page's head.
    pub site_name: (String, String),
    /// Cookies only over HTTPS. Off for a trial on localhost.
    pub secure_cookies: bool,
    /// Whether a proxy of ours stands before the server, so that its word for the client's address counts.
    pub trust_proxy: bool,
    /// Whether this is the demo: pages say so, and sign-in names its accounts.
    pub demo: bool,
    /// The data folder.
    pub data: PathBuf,
}

/// Everything a handler needs.
pub struct Inner {
    /// The store.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids and random bytes.
    pub ids: Ids,
    /// Secret keys.
    pub keys: Keys,
    /// Words in both languages.
    pub words: Words,
    /// The who-may table.
    pub rules: Rules,
    /// Administrative divisions.
    pub regions: Arc<Regions>,
    /// Sealed files.
    pub files: Files,
    /// Mail.
    pub mailer: Mailer,
    /// Settings.
    pub settings: Settings,
    /// The page head's links, in order.
    pub nav: Vec<NavItem>,
    /// Every route with its action.
    pub routes: Vec<RouteInfo>,
    /// The phases under the page's head.
    pub phases: PhaseBar,
    /// What capabilities keep in memory, by type (the programme in force, say).
    pub extras: http::Extensions,
}

/// Builds an [`App`]: the web crate fills it from the capabilities.
pub type AppBuilder = Inner;

/// The running application.
#[derive(Clone)]
pub struct App(Arc<Inner>);

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("engine", &self.db.engine())
            .finish_non_exhaustive()
    }
}

impl App {
    /// From its parts.
    #[must_use]
    pub fn new(inner: AppBuilder) -> Self {
        Self(Arc::new(inner))
    }

    /// The time, by the platform's clock.
    #[must_use]
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// The store's.
    pub async fn read(&self) -> Result<Conn, Fault> {
        Ok(self.db.read().await?)
    }

    /// Asks the who-may table.
    ///
    /// # Errors
    /// [`Fault`] of kind denied or sign-in.
    pub fn permit(&self, actor: &Actor, action: Action, subject: &Subject) -> Result<Permit, Fault> {
        self.rules
            .permit(&self.regions, actor, action, subject)
            .map_err(Fault::from)
    }

    /// Whether the actor may, without an error.
    #[must_use]
    pub fn may(&self, actor: &Actor, action: Action, subject: &Subject) -> bool {
        self.rules.permit(&self.regions, actor, action, subject).is_ok()
    }

    /// The right to look into the subject's withheld data.
    #[must_use]
    pub fn sight(&self, actor: &Actor, action: Action, subject: &Subject) -> Option<Sight> {
        self.rules.sight(&self.regions, actor, action, subject)
    }

    /// What a capability keeps in memory.
    #[must_use]
    pub fn extra<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.extras.get::<T>()
    }
}
