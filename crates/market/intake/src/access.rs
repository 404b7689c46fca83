//! Who may: finding a kind, a sender, a batch, each with the who-may table's word.

use jcore::{Action, Actor, App, Fault, FaultKind, Result, Role, Rule, Sight, Subject, When, Who};
use kernel::{BatchId, OrgId, Region};
use std::sync::Arc;

use crate::store::{self, BatchRow, Whose};
use crate::stored::{About, BatchState};
use crate::{Kind, Kinds};

/// To bring in sheets, and to work on the batches of one's own, of one's organisation, or (the centre) of all.
pub const USE: Action = Action("intake.use");
/// To download the workbooks to fill in.
pub const TEMPLATE: Action = Action("intake.template");

/// The roles that bring in sheets (R001–R008, R020).
const ROLES: [Role; 11] = [
    Role::Admin,
    Role::Centre,
    Role::UniversityCentre,
    Role::IpCentre,
    Role::Bureau,
    Role::TalentOffice,
    Role::Branch,
    Role::Broker,
    Role::Liaison,
    Role::Manager,
    Role::Member,
];

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        Rule::new(TEMPLATE, Who::Anyone, When::Always),
        Rule::new(USE, Who::Role(Role::Centre), When::Always),
    ];
    for role in ROLES {
        rules.push(Rule::new(USE, Who::Role(role), When::Own));
        rules.push(Rule::new(USE, Who::Role(role), When::OwnOrg));
    }
    rules
}

/// The kind of this name.
///
/// # Errors
/// Not found.
pub(crate) fn kind<'a>(app: &'a App, key: &str) -> Result<&'a Arc<dyn Kind>> {
    app.extra::<Kinds>()
        .and_then(|kinds| kinds.get(key))
        .ok_or_else(Fault::not_found)
}

/// The kinds that this actor could import at all.
pub(crate) fn kinds_for<'a>(app: &'a App, actor: &Actor) -> Vec<&'a Arc<dyn Kind>> {
    let all = app.extra::<Kinds>().map(Kinds::all).unwrap_or_default();
    all.iter()
        .filter(|kind| app.rules.reaches(actor, kind.action()).is_ok())
        .collect()
}

/// What the sender answers for: their organisation in its region, or the region of their office.
///
/// # Errors
/// Not found, when there is no such organisation; the store's.
pub(crate) async fn sender(app: &App, actor: &Actor, org: Option<OrgId>) -> Result<Subject> {
    let region = match org {
        Some(org) => store::org_region(&mut app.read().await?, org).await?,
        None => office(actor),
    };
    Ok(Subject {
        org,
        region,
        user: actor.user,
    })
}

fn office(actor: &Actor) -> Option<Region> {
    actor.grants.iter().find_map(|grant| grant.region)
}

/// The sender's organisation when none was named: none for who may bring such a sheet in for many (the centre for all,
/// a bureau for its region), else the only one that they are bound to.
pub(crate) fn default_org(app: &App, actor: &Actor, kind: &str) -> Result<Option<OrgId>> {
    let for_many = Subject {
        org: None,
        region: office(actor),
        user: None,
    };
    if app.may(actor, self::kind(app, kind)?.action(), &for_many) {
        return Ok(None);
    }
    Ok(match actor.orgs().as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// Whose batches this actor's list shows.
pub(crate) fn whose(app: &App, actor: &Actor) -> Option<Whose> {
    if app.may(actor, USE, &Subject::NONE) {
        return Some(Whose::All);
    }
    let mut orgs: Vec<OrgId> = actor
        .grants
        .iter()
        .filter(|grant| ROLES.contains(&grant.role))
        .filter_map(|grant| grant.org)
        .collect();
    orgs.sort_unstable();
    orgs.dedup();
    Some(Whose::Of(actor.user?, orgs))
}

/// A batch that this actor may work on.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) row: BatchRow,
    pub(crate) about: About,
    pub(crate) subject: Subject,
    pub(crate) sight: Sight,
}

/// Opens a batch; one that is not for this actor's eyes is not found.
///
/// # Errors
/// Not found, or the store's.
pub(crate) async fn open(app: &App, actor: &Actor, batch: BatchId) -> Result<Opened> {
    let row = store::batch(&mut app.read().await?, batch).await?;
    let own = actor.user.is_some() && actor.user == row.user();
    let region = row.region().or_else(|| if own { office(actor) } else { None });
    let subject = Subject {
        org: row.org(),
        region,
        user: row.user(),
    };
    let sight = app.sight(actor, USE, &subject).ok_or_else(Fault::not_found)?;
    let about = row.about(&app.keys, &sight)?;
    Ok(Opened {
        row,
        about,
        subject,
        sight,
    })
}

/// Opens a batch to change it.
///
/// # Errors
/// As [`open`]; a conflict when it is not open any more.
pub(crate) async fn open_to_change(app: &App, actor: &Actor, batch: BatchId) -> Result<Opened> {
    let opened = open(app, actor, batch).await?;
    if opened.row.state == BatchState::Open.code() {
        Ok(opened)
    } else {
        Err(Fault::new(FaultKind::Conflict, "intake-not-open"))
    }
}
