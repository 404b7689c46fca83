//! On an offer's page: where it is on sale, and the way to put it there.

use askama::Template;
use entries::SHOW_PANELS;
use jcore::{About, BoxFuture, Cx, Panel, Place, Result, Shell};
use uuid::Uuid;

use super::list::{Row, rows};
use crate::rules::{LICENCE_DECLARE, MAKE};
use crate::store;

#[derive(Template)]
#[template(path = "lot_panel.html")]
struct OnSale {
    s: Shell,
    entry: Uuid,
    rows: Vec<Row>,
    may_make: bool,
    may_declare: bool,
    licences: Vec<(Uuid, String)>,
}

/// The panel.
pub(crate) struct OnSalePanel;

impl Panel for OnSalePanel {
    fn places(&self) -> &'static [Place] {
        &[SHOW_PANELS]
    }

    fn show<'a>(&'a self, cx: &'a Cx, _place: Place, about: About<'a>) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            if about.kind == "need" {
                return Ok(None);
            }
            let mut conn = cx.app.read().await?;
            let lots = store::lots::of_entry(&mut conn, about.id).await?;
            let selling = store::lots::selling(&mut conn, about.id, None).await?;
            let entry = entries::entry(&mut conn, about.id.into()).await?;
            let running = store::licences::running(&mut conn, about.id).await?;
            drop(conn);
            let ready = matches!(
                entry.state(),
                entries::rules::State::Accepted | entries::rules::State::Published
            );
            let may_make = ready && selling.is_empty() && cx.may(MAKE, about.subject);
            let may_declare =
                ready && about.kind == "patent" && running.is_empty() && cx.may(LICENCE_DECLARE, about.subject);
            let today = cx.now.date_in_cn();
            let licences: Vec<(Uuid, String)> = running
                .iter()
                .filter(|licence| licence.announced_day.is_some() || cx.may(LICENCE_DECLARE, about.subject))
                .map(|licence| {
                    let state = licence.state(today);
                    (licence.id, cx.t(&format!("licence-state-{}", state.code())))
                })
                .collect();
            if lots.is_empty() && !may_make && !may_declare && licences.is_empty() {
                return Ok(None);
            }
            let panel = OnSale {
                s: cx.shell(),
                entry: about.id,
                rows: rows(cx, &lots).await?,
                may_make,
                may_declare,
                licences,
            };
            panel
                .render()
                .map(Some)
                .map_err(|e| jcore::Fault::internal(format!("template: {e}")))
        })
    }
}
