//! `jiebang routes` (hidden): every route with its action and who may.

use jcore::{When, Who};

use crate::cli::Global;
use crate::fail::Done;
use crate::open::Scratch;
use crate::out;
use crate::voice::Voice;

/// Lists the routes in the order of their paths.
pub(crate) async fn run(voice: &Voice, _global: &Global) -> Done {
    let scratch = Scratch::open(voice).await?;
    let app = &scratch.site.app;
    let mut routes = app.routes.clone();
    routes.sort_by_key(|r| (r.path, r.method.as_str().to_owned()));
    let rows: Vec<Vec<String>> = routes
        .iter()
        .map(|r| {
            let who: Vec<String> = app
                .rules
                .of(r.action)
                .iter()
                .map(|(who, when)| says(*who, *when))
                .collect();
            vec![
                r.method.to_string(),
                r.path.to_owned(),
                r.action.to_string(),
                who.join(", "),
            ]
        })
        .collect();
    let head = ["method", "path", "action", "who"].map(str::to_owned);
    out::text(&out::table(&head, &rows));
    Ok(())
}

fn says(who: Who, when: When) -> String {
    let who = match who {
        Who::Anyone => "anyone",
        Who::SignedIn => "signed-in",
        Who::Role(role) => role.code(),
    };
    match when {
        When::Always => who.to_owned(),
        When::OwnOrg => format!("{who} (own organisation)"),
        When::OwnRegion => format!("{who} (own region)"),
        When::Own => format!("{who} (own)"),
    }
}
