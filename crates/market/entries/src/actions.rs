//! What can be done to entries, and who may (R001–R006, R143, R145).

use jcore::{Action, Role, Rule, When, Who};

/// Looking at what is published.
pub const BROWSE: Action = Action("entry.browse");
/// Writing drafts, also by sheet.
pub const WRITE: Action = Action("entry.write");
/// Handing in, taking back, withdrawing, renewing.
pub const SUBMIT: Action = Action("entry.submit");
/// Returning with reasons.
pub const RETURN: Action = Action("entry.return");
/// Accepting after a review.
pub const ACCEPT: Action = Action("entry.accept");
/// Publishing, and taking down what is published.
pub const PUBLISH: Action = Action("entry.publish");
/// Looking at what waits for a review.
pub const QUEUE: Action = Action("entry.queue");
/// Looking into withheld fields.
pub const SEE: Action = Action("entry.see-withheld");
/// Looking into withheld fields of universities' and institutes' entries (R002).
pub const SEE_UNIVERSITY: Action = Action("entry.see-university");
/// The platform's own: expiry and reminders.
pub const EXPIRE: Action = Action("entry.expire");
/// My desk and my entries.
pub const DESK: Action = Action("desk.see");

/// The roles that write for their own organisation.
const OWN: [Role; 3] = [Role::Liaison, Role::Manager, Role::Member];
/// The roles that care for a region.
const REGIONAL: [Role; 2] = [Role::Bureau, Role::Branch];

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        Rule::new(BROWSE, Who::Anyone, When::Always),
        Rule::new(DESK, Who::SignedIn, When::Always),
        Rule::new(SEE, Who::SignedIn, When::OwnOrg),
        Rule::new(SEE_UNIVERSITY, Who::Role(Role::UniversityCentre), When::Always),
        Rule::new(QUEUE, Who::Role(Role::UniversityCentre), When::Always),
        Rule::new(ACCEPT, Who::Role(Role::Bureau), When::OwnRegion),
    ];
    for action in [WRITE, SUBMIT] {
        rules.extend(OWN.map(|role| Rule::new(action, Who::Role(role), When::OwnOrg)));
    }
    for action in [WRITE, SUBMIT, RETURN, QUEUE, SEE] {
        rules.extend(REGIONAL.map(|role| Rule::new(action, Who::Role(role), When::OwnRegion)));
    }
    // EXPIRE has a row so that the table lists it; nobody but the system and the centre reaches it.
    for action in [WRITE, SUBMIT, RETURN, ACCEPT, PUBLISH, QUEUE, SEE, EXPIRE] {
        rules.push(Rule::new(action, Who::Role(Role::Centre), When::Always));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::{Actor, Grant, Rules, Subject};
    use kernel::{OrgId, Region, Regions, UserId};

    fn id(n: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(n)
    }

    fn person(role: Role, org: Option<OrgId>, region: Option<&str>) -> Actor {
        let region = region.and_then(Region::new);
        Actor {
            user: Some(UserId::from(id(9))),
            grants: vec![Grant {
                role,
                org,
                region,
                on_behalf: None,
            }],
            ..Actor::default()
        }
    }

    #[test]
    fn each_role_reaches_its_own() {
        let rules = rules();
        let table = Rules::new(&rules);
        let (mine, other) = (OrgId::from(id(1)), OrgId::from(id(2)));
        let in_suzhou = |org| Subject::org(org, Region::new("320581"));
        let may =
            |actor: &Actor, action, subject: &Subject| table.permit(Regions::builtin(), actor, action, subject).is_ok();
        let member = person(Role::Member, Some(mine), None);
        assert!(may(&member, WRITE, &in_suzhou(mine)) && may(&member, SUBMIT, &in_suzhou(mine)));
        assert!(!may(&member, WRITE, &in_suzhou(other)) && !may(&member, SEE, &in_suzhou(other)));
        assert!(!may(&member, ACCEPT, &in_suzhou(mine)) && !may(&member, PUBLISH, &in_suzhou(mine)));
        let suzhou = person(Role::Bureau, None, Some("320500"));
        assert!(may(&suzhou, ACCEPT, &in_suzhou(other)) && may(&suzhou, SEE, &in_suzhou(other)));
        assert!(!may(&suzhou, PUBLISH, &in_suzhou(other)));
        let nanjing = person(Role::Bureau, None, Some("320100"));
        assert!(!may(&nanjing, SEE, &in_suzhou(other)) && !may(&nanjing, RETURN, &in_suzhou(other)));
        let branch = person(Role::Branch, None, Some("320500"));
        assert!(may(&branch, RETURN, &in_suzhou(other)) && !may(&branch, ACCEPT, &in_suzhou(other)));
        let centre = person(Role::Centre, None, None);
        for action in [WRITE, SUBMIT, RETURN, ACCEPT, PUBLISH, QUEUE, SEE] {
            assert!(may(&centre, action, &in_suzhou(other)), "{action}");
        }
        let visitor = Actor::visitor();
        assert!(may(&visitor, BROWSE, &Subject::NONE) && !may(&visitor, SEE, &in_suzhou(mine)));
        let admin = person(Role::Admin, None, None);
        assert!(!may(&admin, SEE, &in_suzhou(mine)) && !may(&admin, QUEUE, &in_suzhou(mine)));
    }
}
