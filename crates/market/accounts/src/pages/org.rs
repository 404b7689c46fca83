//! What is done on an organisation's page.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Result};
use kernel::{Issue, Region, Uscc};

use super::org_view::show;
use super::{Pairs, day, field, id, paragraphs};
use crate::deeds::{ORG_NAME_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX, merging, org_by_text, orgs};
use crate::model::{Org, OrgKind, QualificationKind, Tag};
use crate::store;
use crate::ui::{Errs, Filled};

/// Most characters of an address, as in the form `organisation`.
const ADDRESS_CHARS_MAX: usize = 200;
/// Most characters of an introduction, as there.
const INTRO_CHARS_MAX: usize = 1_000;

pub(super) async fn page(cx: Cx, Path(org): Path<String>) -> Result<Response> {
    show(&cx, &org, None).await
}

/// The organisation of an address.
pub(super) async fn load(cx: &Cx, text: &str) -> Result<Org> {
    store::orgs::get(&mut cx.app.read().await?, id(text)?.into()).await
}

/// The page again when the deed was refused, or on to it with a word.
pub(super) async fn done(
    cx: &Cx,
    org: &Org,
    key: &'static str,
    outcome: Result<()>,
    form: Pairs,
    words: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(cx.redirect_saying(&format!("/org/{}", org.id), &cx.t(words))),
        Err(fault) => {
            let errs = Errs::of(cx, fault)?;
            refused(cx, org, key, errs, form).await
        }
    }
}

pub(super) async fn refused(cx: &Cx, org: &Org, key: &'static str, errs: Errs, form: Pairs) -> Result<Response> {
    show(cx, &org.id.to_string(), Some(&Filled::new(key, errs, form.0))).await
}

/// The version that the page showed; none that fits when the field is missing.
fn version(form: &Pairs) -> i64 {
    field(form, "version").parse().unwrap_or(-1)
}

/// Adds an issue when a text that may be blank is too long.
fn cap(cx: &Cx, errs: &mut Errs, key: &'static str, text: &str, max: usize) {
    let chars = text.chars().count();
    if chars > max {
        errs.add(
            cx,
            key,
            &Issue::error("accounts-long")
                .with("found", chars.to_string())
                .with("max", max.to_string()),
        );
    }
}

pub(super) async fn profile(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let profile = orgs::Profile {
        address: field(&form, "address"),
        park: field(&form, "park"),
        intro: paragraphs(&form, "intro"),
    };
    let mut errs = Errs::default();
    cap(&cx, &mut errs, "address", &profile.address, ADDRESS_CHARS_MAX);
    cap(&cx, &mut errs, "park", &profile.park, TITLE_CHARS_MAX);
    cap(&cx, &mut errs, "intro", &profile.intro, INTRO_CHARS_MAX);
    if !errs.is_empty() {
        return refused(&cx, &org, "profile", errs, form).await;
    }
    let outcome = orgs::edit(&cx, &org, version(&form), &profile).await;
    done(&cx, &org, "profile", outcome, form, "accounts-saved").await
}

pub(super) async fn qualify(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let kind = QualificationKind::from_code(&field(&form, "kind"));
    if kind.is_none() {
        errs.say(&cx, "kind", "accounts-blank");
    }
    let number = field(&form, "number");
    cap(&cx, &mut errs, "number", &number, TITLE_CHARS_MAX);
    let from = day(&cx, &mut errs, &form, "from");
    let until = day(&cx, &mut errs, &form, "until");
    let (Some(kind), true) = (kind, errs.is_empty()) else {
        return refused(&cx, &org, "qualify", errs, form).await;
    };
    let outcome = orgs::qualify(&cx, &org, kind, &number, from, until).await;
    done(&cx, &org, "qualify", outcome, form, "accounts-saved").await
}

pub(super) async fn disqualify(cx: Cx, Path((org, which)): Path<(String, String)>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let outcome = orgs::disqualify(&cx, &org, id(&which)?).await;
    done(&cx, &org, "qualify", outcome, form, "accounts-saved").await
}

pub(super) async fn classify(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let name = errs.text(&cx, "name", form.first("name").unwrap_or_default(), ORG_NAME_CHARS_MAX);
    let kind = OrgKind::from_code(&field(&form, "kind"));
    if kind.is_none() {
        errs.say(&cx, "kind", "accounts-blank");
    }
    let licence_note = field(&form, "licence");
    cap(&cx, &mut errs, "licence", &licence_note, REASON_CHARS_MAX);
    let uscc = credit_code(&cx, &mut errs, &field(&form, "identity"), &licence_note);
    let region = field(&form, "region")
        .parse::<Region>()
        .ok()
        .filter(|r| cx.app.regions.get(r).is_some());
    let chosen: Vec<&str> = form
        .0
        .iter()
        .filter(|(k, _)| k == "tags")
        .map(|(_, v)| v.as_str())
        .collect();
    let tags = Tag::ALL
        .iter()
        .copied()
        .filter(|t| chosen.contains(&t.code()))
        .collect();
    let (Some(kind), true) = (kind, errs.is_empty()) else {
        return refused(&cx, &org, "class", errs, form).await;
    };
    let class = orgs::Class {
        name,
        kind,
        region,
        tags,
        uscc,
        licence_note,
    };
    let outcome = orgs::classify(&cx, &org, version(&form), &class).await;
    done(&cx, &org, "class", outcome, form, "accounts-saved").await
}

/// A credit code that was typed. One that fails its check character is taken when the licence was compared, with a note.
fn credit_code(cx: &Cx, errs: &mut Errs, text: &str, licence_note: &str) -> Option<Uscc> {
    if text.is_empty() {
        return None;
    }
    let read = kernel::read::uscc(text);
    if read.value.is_some() {
        return read.value;
    }
    let on_licence = Uscc::on_licence(&text.to_uppercase()).filter(|_| !licence_note.is_empty());
    if on_licence.is_none() {
        for issue in read.issues.iter().filter(|i| i.level == kernel::Level::Error) {
            errs.add(cx, "identity", issue);
        }
    }
    on_licence
}

pub(super) async fn merge(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let reason = errs.text(
        &cx,
        "reason",
        form.first("reason").unwrap_or_default(),
        REASON_CHARS_MAX,
    );
    if !errs.is_empty() {
        return refused(&cx, &org, "merge", errs, form).await;
    }
    let found = org_by_text(&mut cx.app.read().await?, &field(&form, "org")).await;
    let into = match found {
        Ok(into) => into,
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            return refused(&cx, &org, "merge", errs, form).await;
        }
    };
    match merging::merge(&cx, &org, &into, &reason).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/org/{}", into.id), &cx.t("accounts-merged"))),
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            refused(&cx, &org, "merge", errs, form).await
        }
    }
}

pub(super) async fn close(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let reason = errs.text(
        &cx,
        "reason",
        form.first("reason").unwrap_or_default(),
        REASON_CHARS_MAX,
    );
    if !errs.is_empty() {
        return refused(&cx, &org, "close", errs, form).await;
    }
    let outcome = merging::close(&cx, &org, &reason).await;
    done(&cx, &org, "close", outcome, form, "accounts-saved").await
}

pub(super) async fn reopen(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let outcome = merging::reopen(&cx, &org).await;
    done(&cx, &org, "close", outcome, form, "accounts-saved").await
}
