//! The panel on an organisation's page: the fields in which its liaison gets needs.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{About, BoxFuture, Cx, Fault, Form, Panel, Place, Result, Shell, act};
use kernel::{Issue, OrgId, Sector};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Choice, sectors};
use crate::rules::FIELDS;
use crate::store::people;

/// The panel.
pub(crate) struct FieldsPanel;

#[derive(Template)]
#[template(path = "push_fields.html")]
struct PanelView {
    s: Shell,
    id: Uuid,
    sectors: Vec<Choice>,
    declared: bool,
}

impl Panel for FieldsPanel {
    fn places(&self) -> &'static [Place] {
        &[accounts::ORG_PANELS]
    }

    fn show<'a>(&'a self, cx: &'a Cx, _place: Place, about: About<'a>) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            if !cx.may(FIELDS, about.subject) {
                return Ok(None);
            }
            let mut conn = cx.app.read().await?;
            // Only those that needs are pushed to have fields to declare.
            if people::academic(&mut conn, Some(about.id)).await?.is_empty() {
                return Ok(None);
            }
            let declared = people::fields(&mut conn, OrgId::from(about.id)).await?;
            drop(conn);
            let view = PanelView {
                s: cx.shell(),
                id: about.id,
                sectors: sectors(cx, &declared),
                declared: !declared.is_empty(),
            };
            view.render().map(Some).map_err(|e| Fault::internal(e.to_string()))
        })
    }
}

/// The fields as they come.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FieldsForm {
    sector: Vec<String>,
}

/// `POST /org/{id}/push-fields`
pub(crate) async fn save(cx: Cx, Path(id): Path<String>, Form(form): Form<FieldsForm>) -> Result<Response> {
    let org: OrgId = id.parse().map_err(|_| Fault::not_found())?;
    let unit = {
        let mut conn = cx.app.read().await?;
        accounts::org(&mut conn, org).await?
    };
    let permit = cx.permit(FIELDS, &unit.subject())?;
    let chosen: Option<Vec<Sector>> = form.sector.iter().map(|code| Sector::from_code(code)).collect();
    let mut chosen = chosen.ok_or_else(|| Fault::issue(Some("sector"), Issue::error("push-choice")))?;
    chosen.sort_unstable();
    chosen.dedup();
    act!(cx.app, permit, |act| {
        people::put_fields(&mut act, org, &chosen).await?;
        act.note("push.fields-declared", "org", org.uuid(), json!({ "sectors": chosen }));
        act.changed("org", org.uuid());
        Ok(())
    })?;
    Ok(cx.redirect_saying(&format!("/org/{org}"), &cx.t("push-said-fields")))
}
