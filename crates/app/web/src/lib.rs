//! The web application: collects what the capabilities register, and puts the layers, the assets, the home page, the API
//! description and the health routes around them. One capability is one line in `capabilities`.

mod assets;
mod finders;
mod home;
mod layers;
mod openapi;
mod ops;
mod serve;

use std::sync::Arc;

use axum::Router;
use db::Db;
use jcore::notices::Mailer;
use jcore::{App, AppBuilder, Capability, Fault, Files, Job, Keys, Result, Routes, Rules, Settings, Words};
use kernel::{Clock, Ids, Regions};

pub use openapi::document;
pub use serve::{close_logs, follow_index, open_logs, run_jobs, serve, serve_over};

/// What the binary, the tests and the benches bring: everything that differs between them.
pub struct Parts {
    /// The store, migrated.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and random bytes.
    pub ids: Ids,
    /// Secret keys.
    pub keys: Keys,
    /// Mail.
    pub mailer: Mailer,
    /// The store for sealed files, and who looks through what comes into it.
    pub files: Files,
    /// How bids are stamped and kept.
    pub logs: Logs,
    /// Ways to the outside beside mail.
    pub push: push::Config,
    /// Settings.
    pub settings: Settings,
}

/// How bids are stamped and kept.
pub struct Logs {
    /// The clocks that stamp them.
    pub time: Arc<dyn bidlog::Time>,
    /// For tests only: don't wait for the disk.
    pub unsafe_fast: bool,
}

impl Logs {
    /// With the machine's clocks, durable before anybody is answered.
    #[must_use]
    pub fn durable() -> Self {
        Self {
            time: Arc::new(bidlog::Machine::default()),
            unsafe_fast: false,
        }
    }

    /// With a clock that is set by hand, for tests and demos: its jumps are no trouble.
    #[must_use]
    pub fn by_hand(clock: Arc<dyn Clock>, unsafe_fast: bool) -> Self {
        Self {
            time: Arc::new(bidlog::ByHand::new(clock)),
            unsafe_fast,
        }
    }
}

/// The assembled site.
pub struct Site {
    /// The application.
    pub app: App,
    /// Its router with all layers.
    pub router: Router,
    /// Its jobs.
    pub jobs: Vec<Job>,
}

/// The market floor, floor by floor. A new capability is added here and nowhere else in this crate.
fn capabilities() -> Vec<Capability> {
    vec![
        intake::capability(),
        accounts::capability(),
        programme::capability(),
        entries::capability(),
        offers::capability(),
        needs::capability(),
        filing::capability(),
        attachments::capability(),
        push::capability(),
        auctions::capability(),
        matches::capability(),
    ]
}

/// Every pair of word files (Chinese, English).
#[must_use]
pub fn all_words() -> Vec<(&'static str, &'static str)> {
    let mut words = vec![
        (kernel::WORDS_ZH, kernel::WORDS_EN),
        (jcore::WORDS_ZH, jcore::WORDS_EN),
        (forms::WORDS_ZH, forms::WORDS_EN),
        (sheets::WORDS_ZH, sheets::WORDS_EN),
        (rulebook::WORDS_ZH, rulebook::WORDS_EN),
        (include_str!("../words/zh.ftl"), include_str!("../words/en.ftl")),
    ];
    words.extend(capabilities().into_iter().flat_map(|c| c.words));
    words
}

/// Puts the site together and loads the programme in force.
///
/// # Errors
/// When words cannot be read, or the store fails.
pub async fn assemble(parts: Parts) -> Result<Site> {
    let capabilities = capabilities();
    let words = Words::new(&all_words()).map_err(|e| Fault::internal(e.to_string()))?;
    let mut routes = Routes::new()
        .merge(home::routes())
        .merge(assets::routes())
        .merge(ops::routes());
    let mut rules = [home::rules(), assets::rules(), ops::rules()].concat();
    let mut nav = home::nav();
    let mut panels = Vec::new();
    let mut jobs = Job::of_core();
    let mut api = openapi::base();
    for capability in capabilities {
        routes = routes.merge(capability.routes);
        rules.extend(capability.rules);
        nav.extend(capability.nav);
        panels.extend(capability.panels);
        jobs.extend(capability.jobs);
        api.merge(capability.api);
    }
    nav.sort_by_key(|n| n.order);
    let (router, list) = routes.into_parts();
    let mut extras = axum::http::Extensions::new();
    extras.insert(openapi::Document(Arc::new(api)));
    extras.insert(intake::Kinds::new(
        [accounts::kinds(), offers::kinds(), needs::kinds()].concat(),
    ));
    extras.insert(entries::Kinds::new(
        [needs::entry_kinds(), offers::entry_kinds()].concat(),
    ));
    extras.insert(jcore::Panels::new(panels));
    extras.insert(entries::Gates::new(filing::gates()));
    extras.insert(intake::Passes::default());
    extras.insert(programme::InForce::default());
    extras.insert(intake::page::Home(Arc::new(|app: &App| {
        Some(programme::now(app).region)
    })));
    extras.insert(accounts::Guard::default());
    extras.insert(push::Outside::new(parts.push));
    extras.insert(finders::finders());
    extras.insert(push::couriers());
    extras.insert(auctions::Auctions::new(
        bidlog::Store::beside(&parts.db, &parts.settings.data, parts.logs.unsafe_fast),
        parts.keys.derived(b"jiebang bid log v1"),
        parts.logs.time.clone(),
    ));
    extras.insert(matches::Matcher::default());
    extras.insert(auctions::bank::BankLink::default());
    extras.insert(auctions::Halls::default());
    extras.insert(jcore::Callers::new(auctions::is_swift));
    let app = App::new(AppBuilder {
        db: parts.db,
        clock: parts.clock,
        ids: parts.ids,
        keys: parts.keys,
        words,
        rules: Rules::new(&rules),
        regions: Arc::new(Regions::builtin().clone()),
        files: parts.files,
        mailer: parts.mailer,
        settings: parts.settings,
        nav,
        routes: list,
        phases: programme::phase_bar(),
        extras,
    });
    programme::load(&app).await?;
    filing::load(&app).await?;
    let router = layers::around(router, &app);
    Ok(Site { app, router, jobs })
}
