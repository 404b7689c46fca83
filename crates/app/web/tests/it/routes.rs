//! Every route × every role against the who-may table, by enumeration: a new route is tested without a new test.

use http::Method;
use jcore::{Role, RouteInfo, Subject};
use testkit::{Answer, Client, TestApp, both};

/// A path with every parameter filled: ids that exist nowhere, names that are harmless.
fn filled(route: &RouteInfo) -> String {
    let mut out = String::new();
    for part in route.path.split('/').skip(1) {
        out.push('/');
        match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some("kind") => out.push_str("patents"),
            Some("number") => out.push('1'),
            Some("token") => out.push_str("no-such-token"),
            Some("name") => out.push_str("style.css"),
            Some(_) => out.push_str("00000000-0000-7000-8000-000000000001"),
            None => out.push_str(part),
        }
    }
    out
}

async fn ask(client: &mut Client, route: &RouteInfo) -> Answer {
    let path = filled(route);
    if route.path.starts_with("/api/") {
        return client.call(route.method.clone(), &path, &serde_json::json!({})).await;
    }
    match route.method {
        Method::POST => client.post(&path, &[]).await,
        _ => client.get(&path).await,
    }
}

/// Whether the answer is the gate's: signing in was asked for, or the role was refused.
fn refused(answer: &Answer) -> bool {
    matches!(answer.status.as_u16(), 401 | 403)
        || (answer.status.as_u16() == 303 && answer.location().contains("/sign-in?next="))
}

both!(every_route_answers_by_the_table, |app| {
    let org = app
        .organisation("演示单位", "university", "12320000MA0000007X", "320102")
        .await;
    let mut people: Vec<(String, Option<Role>, Client)> = vec![("visitor".into(), None, app.visitor())];
    for role in Role::ALL {
        let region = role.needs_region().then_some("320100");
        let client = app.role(role, role.needs_org().then_some(org), region).await;
        people.push((role.code().into(), Some(role), client));
    }
    let mut wrong = Vec::new();
    for route in app.app.routes.clone() {
        // Signing out ends the session that the other routes are asked with.
        if route.path == "/sign-out" {
            continue;
        }
        let rules = app.app.rules.of(route.action).to_vec();
        assert!(
            !rules.is_empty(),
            "{} {}: the action {} has no row in the table",
            route.method,
            route.path,
            route.action
        );
        for (name, role, client) in &people {
            let mut client = client.clone();
            let answer = ask(&mut client, &route).await;
            let reaches = rules.iter().any(|(who, _)| match who {
                jcore::Who::Anyone => true,
                jcore::Who::SignedIn => role.is_some(),
                jcore::Who::Role(r) => Some(*r) == *role,
            });
            // A row with a condition may refuse the subject that does not exist; one without must let it through.
            let always = rules.iter().any(|(who, when)| {
                *when == jcore::When::Always
                    && match who {
                        jcore::Who::Anyone => true,
                        jcore::Who::SignedIn => role.is_some(),
                        jcore::Who::Role(r) => Some(*r) == *role,
                    }
            });
            let no = refused(&answer);
            if (!reaches && !no) || (always && no) || answer.status.as_u16() >= 500 {
                wrong.push(format!(
                    "{} {} as {name}: {} {}",
                    route.method,
                    route.path,
                    answer.status,
                    answer.location()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} answers against the table:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
});

#[tokio::test]
async fn every_action_of_the_table_has_words_and_every_api_route_is_described() {
    let app = TestApp::lite().await;
    let mut wrong = Vec::new();
    for action in app.app.rules.actions() {
        let id = format!("action-{}", action.0.replace('.', "-"));
        for lang in jcore::Lang::ALL {
            if !app.app.words.has(lang, &id) {
                wrong.push(format!("{id} ({})", lang.code()));
            }
        }
    }
    let document = serde_json::to_value(&*web::document(&app.app).expect("a document")).unwrap();
    for route in app.app.routes.iter().filter(|r| r.path.starts_with("/api/v1/")) {
        let method = route.method.as_str().to_lowercase();
        if document["paths"][route.path][&method].is_null() {
            wrong.push(format!("{} {} is not in the API description", route.method, route.path));
        }
    }
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let there = app
                .app
                .routes
                .iter()
                .any(|r| r.path == path && r.method.as_str().eq_ignore_ascii_case(method));
            if !there {
                wrong.push(format!("{method} {path} is described but there is no such route"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_changes_nothing() {
    let app = TestApp::lite().await;
    let client = app.role(Role::Centre, None, None).await;
    for route in app
        .app
        .routes
        .iter()
        .filter(|r| r.method == Method::POST && !r.path.starts_with("/api/"))
    {
        let mut here = client.clone();
        let request = http::Request::post(filled(route))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("a=b"))
            .unwrap();
        let answer = here.send(request).await;
        let elsewhere = http::Request::post(filled(route))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://elsewhere.example")
            .body(axum::body::Body::from(format!("_csrf={}", client.csrf())))
            .unwrap();
        let other = client.clone().send(elsewhere).await;
        // Multipart routes refuse the media type before they look for the token; nothing passes either way.
        let refused = |a: &Answer| matches!(a.status.as_u16(), 400 | 403 | 415) || super::routes::refused(a);
        assert!(refused(&answer), "{}: {}", route.path, answer.status);
        assert_eq!(other.status.as_u16(), 403, "{}", route.path);
    }
    let none = jcore::Actor::visitor();
    assert!(
        app.app
            .permit(&none, jcore::Action("no.such.action"), &Subject::NONE)
            .is_err()
    );
}
