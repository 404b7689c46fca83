//! `jiebang user`: makes accounts, sets passwords, lists people. For the first administrator, and for the day when
//! nobody can sign in any more.

use accounts::NewUser;
use jcore::{Action, Actor, App, Role, Subject, act};
use kernel::{OrgId, Region};
use serde::Serialize;

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;
use crate::{out, people};

/// What whoever owns the machine does to accounts, by the who-may table.
const EDIT: Action = Action("user.edit");

/// What to do with people.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// Makes an account.
    Add(Add),
    /// Sets a password.
    Passwd {
        /// Whose.
        email: String,
        /// From the input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Lists accounts.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A new account.
#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// The mail address.
    #[arg(long, value_name = "EMAIL")]
    email: String,
    /// The name.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The role.
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// The organisation of the role.
    #[arg(long, value_name = "USCC", requires = "role")]
    org: Option<String>,
    /// The region of the role.
    #[arg(long, value_name = "CODE", requires = "role")]
    region: Option<String>,
    /// From the input.
    #[arg(long)]
    password_stdin: bool,
}

/// Does it.
pub(crate) async fn run(voice: &Voice, global: &Global, what: What) -> Done {
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    let site = Start::existing(voice, &settings).site().await?;
    let app = site.app;
    match what {
        What::Add(new) => add(voice, &app, new).await?,
        What::Passwd { email, password_stdin } => passwd(voice, &app, &email, password_stdin).await?,
        What::List { json } => list(voice, &app, json).await?,
    }
    app.db.close().await;
    Ok(())
}

async fn add(voice: &Voice, app: &App, new: Add) -> Done {
    let email = people::email(voice, &new.email)?;
    let (role, org, region) = bound(voice, app, &new).await?;
    if accounts::user_by_email(&mut app.read().await?, email.as_str())
        .await?
        .is_some()
    {
        return Err(Failure::Refused(
            voice.say("cli-user-exists", &[("email", email.to_string())]),
        ));
    }
    let password = people::new_password(voice, new.password_stdin, &[email.as_str(), &new.name])?;
    let password = accounts::hash_password(app, &password).await?;
    let account = NewUser::ready(email.clone(), new.name.clone(), password);
    let permit = app.permit(&Actor::system(), EDIT, &Subject::NONE)?;
    act!(app, permit, |act| {
        let user = accounts::create_user(&mut act, account.clone()).await?;
        if let Some(role) = role {
            accounts::grant(&mut act, user, role, org, region).await?;
        }
        Ok(())
    })?;
    out::line(&voice.say("cli-user-added", &[("email", email.to_string())]));
    Ok(())
}

/// The role with what it is bound to, looked over before anything is asked or written.
async fn bound(voice: &Voice, app: &App, new: &Add) -> Done<(Option<Role>, Option<OrgId>, Option<Region>)> {
    let Some(role) = &new.role else {
        return Ok((None, None, None));
    };
    let role = people::role(voice, role)?;
    let org = match &new.org {
        Some(code) => Some(people::org(voice, app, code).await?.id),
        None => None,
    };
    let region = match &new.region {
        Some(code) => Some(people::region(voice, app, code)?),
        None => None,
    };
    let code = [("role", role.code().to_owned())];
    if role.needs_org() && org.is_none() {
        return Err(Failure::Usage(voice.say("cli-role-needs-org", &code)));
    }
    if role.needs_region() && region.is_none() {
        return Err(Failure::Usage(voice.say("cli-role-needs-region", &code)));
    }
    Ok((Some(role), org, region))
}

async fn passwd(voice: &Voice, app: &App, email: &str, from_input: bool) -> Done {
    let user = people::user(voice, app, email).await?;
    let password = people::new_password(voice, from_input, &[&user.email, &user.name])?;
    let password = accounts::hash_password(app, &password).await?;
    let permit = app.permit(&Actor::system(), EDIT, &Subject::NONE)?;
    act!(app, permit, |act| {
        accounts::set_password(&mut act, user.id, &password).await
    })?;
    out::line(&voice.say("cli-user-password-set", &[("email", user.email)]));
    Ok(())
}

/// A person as the list shows them.
#[derive(Serialize)]
struct Person {
    email: String,
    name: String,
    state: String,
    roles: Vec<Held>,
}

/// A role of theirs.
#[derive(Serialize)]
struct Held {
    role: String,
    org: Option<String>,
    region: Option<String>,
}

async fn list(voice: &Voice, app: &App, json: bool) -> Done {
    let mut conn = app.read().await?;
    let mut persons = Vec::new();
    for user in accounts::all_users(&mut conn).await? {
        let roles = user
            .roles
            .into_iter()
            .map(|(role, org, region)| Held { role, org, region })
            .collect();
        persons.push(Person {
            email: user.email,
            name: user.name,
            state: user.state,
            roles,
        });
    }
    if json {
        return out::json(&persons);
    }
    let head = ["cli-col-email", "cli-col-name", "cli-col-state", "cli-col-roles"].map(|id| voice.word(id));
    let rows: Vec<Vec<String>> = persons
        .into_iter()
        .map(|p| {
            let roles: Vec<String> = p.roles.iter().map(|held| role_text(voice, held)).collect();
            let state = voice.of_house(&format!("accounts-user-state-{}", p.state));
            vec![p.email, p.name, state, roles.join("; ")]
        })
        .collect();
    out::text(&out::table(&head, &rows));
    Ok(())
}

fn role_text(voice: &Voice, held: &Held) -> String {
    let bound: Vec<&str> = [&held.org, &held.region]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let role = voice.of_house(&format!("role-{}", held.role));
    if bound.is_empty() {
        role
    } else {
        format!("{role} ({})", bound.join(", "))
    }
}
