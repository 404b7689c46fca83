//! On a public need's page: offers that fit it and needs that are like it; on an offer's: needs that it could answer.

use askama::Template;
use entries::SHOW_PANELS;
use jcore::{About, BoxFuture, Cx, Fault, Panel, Place, Result, Shell};
use matching::Family;
use uuid::Uuid;

use crate::deeds::opening::NEED;
use crate::finding::Fit;
use crate::index::Matcher;
use crate::own::fitting;
use crate::rules::{DESK, INTRODUCE};

/// Matches of the main list, and of the list of what is alike.
const SHOWN: [usize; 2] = [5, 3];

/// A list of the panel.
struct Group {
    title: String,
    fits: Vec<Fit>,
    /// Whether the way to a thread leads from here: the need, where this reader may go it.
    introduces: bool,
}

#[derive(Template)]
#[template(path = "matches_panel.html")]
struct PanelView {
    s: Shell,
    id: Uuid,
    is_need: bool,
    may_desk: bool,
    groups: Vec<Group>,
}

impl PanelView {
    /// The form that brings this entry together with one of its matches.
    fn open_href(&self, other: &Uuid) -> String {
        let (need, offer) = if self.is_need {
            (&self.id, other)
        } else {
            (other, &self.id)
        };
        self.s.href(format!("/threads/new?need={need}&offer={offer}"))
    }
}

/// The panel.
pub(crate) struct MatchPanel;

impl Panel for MatchPanel {
    fn places(&self) -> &'static [Place] {
        &[SHOW_PANELS]
    }

    fn show<'a>(&'a self, cx: &'a Cx, _place: Place, about: About<'a>) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            // A page does not wait for an engine that is not open yet.
            if Matcher::of(&cx.app)?.ready().is_none() {
                return Ok(None);
            }
            let is_need = about.kind == NEED;
            let (other, own) = if is_need {
                (Family::Offer, Family::Need)
            } else {
                (Family::Need, Family::Offer)
            };
            // On an offer's page the other side's need decides; the form asks again.
            let introduces = if is_need {
                cx.may(INTRODUCE, about.subject)
            } else {
                cx.may(INTRODUCE, &jcore::Subject::NONE)
            };
            let mut groups = Vec::new();
            for (family, limit) in [(other, SHOWN[0]), (own, SHOWN[1])] {
                let mut fits = fitting(cx, about.id, family, limit).await?;
                fits.retain(|fit| fit.band != "none");
                let key = match (is_need, family == other) {
                    (true, true) => "matches-panel-offers",
                    (true, false) => "matches-panel-needs-alike",
                    (false, true) => "matches-panel-needs",
                    (false, false) => "matches-panel-offers-alike",
                };
                if !fits.is_empty() {
                    groups.push(Group {
                        title: cx.t(key),
                        fits,
                        introduces: introduces && family == other,
                    });
                }
            }
            if groups.is_empty() {
                return Ok(None);
            }
            let panel = PanelView {
                s: cx.shell(),
                id: about.id,
                is_need,
                may_desk: is_need && cx.app.rules.reaches(&cx.actor, DESK).is_ok(),
                groups,
            };
            panel
                .render()
                .map(Some)
                .map_err(|e| Fault::internal(format!("template: {e}")))
        })
    }
}
