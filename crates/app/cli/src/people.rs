//! People as the command line speaks of them: who acts, passwords, organisations by their code.

use std::io::{BufRead, IsTerminal};

use accounts::{IdentityKind, Org, UserState};
use jcore::{Actor, App, Role};
use kernel::{Email, Region};

use crate::fail::{Done, Failure};
use crate::voice::Voice;

/// Whoever has this mail address, with their roles.
pub(crate) async fn actor(voice: &Voice, app: &App, email: &str) -> Done<Actor> {
    let user = user(voice, app, email).await?;
    if user.state != UserState::Active {
        return Err(Failure::Refused(
            voice.say("cli-user-not-active", &[("email", user.email.clone())]),
        ));
    }
    let mut conn = app.read().await?;
    let grants = jcore::login::grants(&mut conn, user.id, app.now()).await?;
    Ok(Actor {
        user: Some(user.id),
        name: user.name,
        grants,
        ..Actor::default()
    })
}

/// The account of a mail address.
pub(crate) async fn user(voice: &Voice, app: &App, text: &str) -> Done<accounts::User> {
    let email = email(voice, text)?;
    let mut conn = app.read().await?;
    let user = accounts::user_by_email(&mut conn, email.as_str()).await?;
    user.ok_or_else(|| Failure::Usage(voice.say("cli-user-unknown", &[("email", text.to_owned())])))
}

/// A mail address.
pub(crate) fn email(voice: &Voice, text: &str) -> Done<Email> {
    let bad = || Failure::Usage(voice.say("cli-email-bad", &[("found", text.to_owned())]));
    kernel::read::email(text).value.ok_or_else(bad)
}

/// A role by its code.
pub(crate) fn role(voice: &Voice, text: &str) -> Done<Role> {
    Role::from_code(text).ok_or_else(|| {
        let known: Vec<String> = Role::ALL
            .iter()
            .map(|r| format!("  {}  {}", r.code(), voice.of_house(&format!("role-{}", r.code()))))
            .collect();
        Failure::Usage(voice.say(
            "cli-role-unknown",
            &[("found", text.to_owned()), ("roles", known.join("\n"))],
        ))
    })
}

/// A division by its code.
pub(crate) fn region(voice: &Voice, app: &App, text: &str) -> Done<Region> {
    let known = text.parse::<Region>().ok().filter(|r| app.regions.get(*r).is_some());
    known.ok_or_else(|| Failure::Usage(voice.say("cli-region-unknown", &[("found", text.to_owned())])))
}

/// An organisation by its 统一社会信用代码.
pub(crate) async fn org(voice: &Voice, app: &App, text: &str) -> Done<Org> {
    let mut conn = app.read().await?;
    let found = accounts::org_by_identity(&mut conn, IdentityKind::Uscc, "CN", text.trim()).await?;
    found.ok_or_else(|| Failure::Usage(voice.say("cli-org-unknown", &[("found", text.to_owned())])))
}

/// A new password: a line of the input, or typed twice at a terminal. It never stands in an argument, which everybody
/// on the machine could read.
pub(crate) fn new_password(voice: &Voice, from_input: bool, own: &[&str]) -> Done<String> {
    let password = if from_input {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|e| Failure::Refused(e.to_string()))?;
        line.trim_end_matches(['\n', '\r']).to_owned()
    } else if std::io::stdin().is_terminal() {
        let ask = |id| rpassword::prompt_password(voice.word(id)).map_err(|e| Failure::Refused(e.to_string()));
        let first = ask("cli-password-ask")?;
        if first != ask("cli-password-again")? {
            return Err(Failure::Refused(voice.word("cli-password-differs")));
        }
        first
    } else {
        return Err(Failure::Usage(voice.word("cli-password-none")));
    };
    match accounts::judge(&password, own) {
        None => Ok(password),
        Some(issue) => {
            let text = voice
                .all()
                .map_or_else(|| issue.code.to_owned(), |words| words.issue(voice.lang, &issue));
            Err(Failure::Refused(text))
        }
    }
}
