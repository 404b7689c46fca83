//! People and organisations over HTTP: registering, signing in, the way back, roles, liaisons, merging, the desks.

mod entering;
mod orgs;
mod registering;
mod running;

use accounts::{NewUser, hash_password};
use jcore::{Actor, App, Role, Subject};
use kernel::{OrgId, UserId};
use testkit::{Client, TestApp};

const PASSWORD: &str = "a sentence to remember";
const OTHER: &str = "another sentence, longer";
const UNIVERSITY: &str = "12320000MA0000007X";
const COMPANY: &str = "91320000MA0000007Q";

/// The link of a kind in the newest mail to an address, as a path.
fn link(app: &TestApp, to: &str, kind: &str) -> String {
    let mails = app.mails.lock().unwrap();
    let mail = mails.iter().rev().find(|m| m.to == to && m.body.contains(kind));
    let mail = mail.unwrap_or_else(|| panic!("no mail to {to} with {kind}: {mails:?}"));
    let at = mail.body.find(kind).unwrap();
    mail.body[at..].split_whitespace().next().unwrap().to_owned()
}

/// Lets the jobs come due, and runs them.
async fn tick(app: &TestApp) {
    app.clock.advance_secs(10);
    app.tick().await;
}

fn mails_to(app: &TestApp, to: &str) -> usize {
    app.mails.lock().unwrap().iter().filter(|m| m.to == to).count()
}

/// A person with a password, who agreed to the documents in force unless told otherwise.
async fn person(app: &App, email: &str, name: &str, consents: bool) -> UserId {
    let hash = hash_password(app, PASSWORD).await.unwrap();
    let permit = app
        .permit(&Actor::system(), accounts::rules::USER_EDIT, &Subject::NONE)
        .unwrap();
    let mut new = NewUser::ready(email.parse().unwrap(), name, hash);
    if !consents {
        new.consent_from = None;
    }
    jcore::act!(app, permit, |act| {
        accounts::create_user(&mut act, new.clone()).await
    })
    .unwrap()
}

async fn grant(app: &App, user: UserId, role: Role, org: Option<OrgId>) {
    let permit = app
        .permit(&Actor::system(), accounts::rules::USER_GRANT, &Subject::NONE)
        .unwrap();
    jcore::act!(app, permit, |act| {
        accounts::grant(&mut act, user, role, org, None).await
    })
    .unwrap();
}

/// Signs in and expects to be let in.
async fn signed_in(app: &TestApp, email: &str, password: &str) -> Client {
    let mut client = app.visitor();
    let answer = client
        .post("/sign-in", &[("email", email), ("password", password)])
        .await
        .expect(303);
    assert_eq!(answer.location(), "/");
    assert!(client.cookie(jcore::login::COOKIE).is_some());
    client
}

const REGISTRATION: &[(&str, &str)] = &[
    ("name", "李晓红"),
    ("email", "Lixh@Example.cn"),
    ("phone", "13800000000"),
    ("title", "研发部经理"),
    ("identity", "uscc"),
    ("uscc", COMPANY),
    ("org_name", "徐州示例装备有限公司"),
    ("kind", "company"),
    ("region", "320302"),
    ("password", PASSWORD),
    ("agree", "yes"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .map(|(k, v)| (*k, changes.iter().find(|(c, _)| c == k).map_or(*v, |(_, n)| *n)))
        .collect()
}
