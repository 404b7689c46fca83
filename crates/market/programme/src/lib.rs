//! The programme in force: which year's work plan the platform runs by, told in words and as a calendar, changed by the
//! centre, and waived for an organisation where a soft rule does not fit (R041–R067).

mod api;
mod calendar;
mod model;
mod pages;
mod rules;
mod store;
mod telling;

use std::sync::Arc;

use jcore::{Capability, Job, NavItem, Phase, PhaseBar, PhaseState, Routes};

pub use model::{InForce, load, now, put_in_force};
pub use rules::{MANAGE, SEE, WAIVE};
pub use store::{Waiver, has_waiver, waived_rules};
pub use telling::{Section, Statement, tell};

/// Phases that fit under the page's head; the whole calendar is on the programme's page.
const PHASES_SHOWN: usize = 9;
/// Phases that are over and still shown.
const PAST_SHOWN: usize = 2;
/// How often a node looks whether another has put a programme in force.
const FOLLOW_SECS: i64 = 20;

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    Capability {
        key: "programme",
        routes: Routes::new().merge(pages::routes()).merge(api::routes()),
        rules: rules::rules(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![
            NavItem {
                key: "programme",
                href: "/programme",
                order: 60,
                action: rules::SEE,
            },
            NavItem {
                key: "centre-programme",
                href: "/centre/programme",
                order: 160,
                action: rules::MANAGE,
            },
        ],
        panels: Vec::new(),
        jobs: vec![Job::new("programme.follow", FOLLOW_SECS, |app| async move {
            model::follow(&app).await
        })],
        api: api::document(),
    }
}

/// The phases under the page's head: what is going on and what comes next, with a few that are over.
#[must_use]
pub fn phase_bar() -> PhaseBar {
    Arc::new(|app, at, lang| {
        let programme = now(app);
        in_order(programme.phase_state(at.date_in_cn()))
            .into_iter()
            .map(|(w, p)| Phase {
                text: format!("{} {}", w.name.get(lang.code()), telling::span(app, lang, w)),
                state: match p {
                    rulebook::Phase::Past => PhaseState::Past,
                    rulebook::Phase::Now => PhaseState::Now,
                    rulebook::Phase::Coming => PhaseState::Coming,
                },
            })
            .collect()
    })
}

/// What ended last, what is going on (what ends first, first; without an end, last), what comes.
fn in_order(all: Vec<(&rulebook::Window, rulebook::Phase)>) -> Vec<(&rulebook::Window, rulebook::Phase)> {
    let of = |phase| {
        all.iter()
            .copied()
            .filter(move |(_, p)| *p == phase)
            .collect::<Vec<_>>()
    };
    let (mut past, mut now, mut coming) = (
        of(rulebook::Phase::Past),
        of(rulebook::Phase::Now),
        of(rulebook::Phase::Coming),
    );
    past.sort_by_key(|(w, _)| w.to);
    now.sort_by_key(|(w, _)| (w.to.is_none(), w.to));
    coming.sort_by_key(|(w, _)| w.from);
    let old = past.len().saturating_sub(PAST_SHOWN);
    past.into_iter()
        .skip(old)
        .chain(now)
        .chain(coming)
        .take(PHASES_SHOWN)
        .collect()
}
