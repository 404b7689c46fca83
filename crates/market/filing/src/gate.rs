//! A unit that takes part for the first time hands nothing in before its mandate is accepted (R118, R119).

use accounts::Org;
use db::Conn;
use intake::BoxFuture;
use jcore::{App, Result};
use kernel::Issue;
use rulebook::Coded as _;

use crate::rules::owes_mandate;
use crate::standing::mandate_of;
use crate::store;

/// The gate before handing in.
pub(crate) struct MandateGate;

impl entries::Gate for MandateGate {
    fn handing_in<'a>(
        &'a self,
        conn: &'a mut Conn,
        app: &'a App,
        org: &'a Org,
        kind: &'a str,
    ) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async move {
            let programme = programme::now(app);
            let kinds = entries::kinds(app);
            let season = kinds.get(kind).map_or("", |kind| kind.season());
            let asked = mandate_of(&programme).filter(|asked| asked.season.is_none_or(|own| own.code() == season));
            let Some(asked) = asked else { return Ok(Vec::new()) };
            let has = store::has_mandate(conn, org.id, season, app.now().date_in_cn()).await?;
            let took_part = store::took_part(conn, org.id, &programme.key).await?;
            if !owes_mandate(true, asked.first_time_only, took_part, has) {
                return Ok(Vec::new());
            }
            let issue = if asked.hard {
                Issue::error("filing-mandate")
            } else {
                Issue::warning("filing-mandate")
            };
            Ok(vec![
                issue
                    .with("name", asked.name.get("zh"))
                    .with("name_en", asked.name.get("en")),
            ])
        })
    }
}
