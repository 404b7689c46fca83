//! Who may what with organisations and people, and the decisions that need no store.

use jcore::{Action, Actor, Role, Rule, When, Who};
use kernel::Region;

/// Sign-in, registration, links by mail, the terms: everybody.
pub const ENTER: Action = Action("account.enter");
/// One's own account, inbox, sessions, tokens, stand-ins.
pub const USE: Action = Action("account.use");
/// Asking to belong to an organisation, and leaving one.
pub const JOIN: Action = Action("member.join");
/// Looking at the list of organisations.
pub const ORG_LIST: Action = Action("org.list");
/// Looking at an organisation's page.
pub const ORG_VIEW: Action = Action("org.view");
/// Entering an organisation.
pub const ORG_ADD: Action = Action("org.add");
/// Its profile and qualifications.
pub const ORG_EDIT: Action = Action("org.edit");
/// What decides its place in the programme: kind, identity, region, marks.
pub const ORG_CLASSIFY: Action = Action("org.classify");
/// Merging two, closing one.
pub const ORG_MERGE: Action = Action("org.merge");
/// Taking in a sheet of organisations.
pub const ORG_IMPORT: Action = Action("org.import");
/// Inviting members, their roles, their end.
pub const MEMBER_MANAGE: Action = Action("member.manage");
/// Deciding over who asks to belong.
pub const MEMBER_REVIEW: Action = Action("member.review");
/// The desk of waiting registrations and claims.
pub const REVIEW_DESK: Action = Action("member.desk");
/// Seeing who the liaison is: personal data.
pub const LIAISON_VIEW: Action = Action("liaison.view");
/// Naming the liaison.
pub const LIAISON_SET: Action = Action("liaison.set");
/// Taking in a sheet of liaisons.
pub const LIAISON_IMPORT: Action = Action("liaison.import");
/// Looking at people's accounts.
pub const USER_VIEW: Action = Action("user.view");
/// Accounts: inviting, unlocking, closing, opening again.
pub const USER_EDIT: Action = Action("user.edit");
/// Granting and ending roles.
pub const USER_GRANT: Action = Action("user.grant");
/// Reading and checking the audit trail.
pub const AUDIT_VIEW: Action = Action("audit.view");
/// Looking at mails that wait or are dead, and sending them again.
pub const OUTBOX: Action = Action("outbox.view");

/// Every action of this crate.
pub const ACTIONS: &[Action] = &[
    ENTER,
    USE,
    JOIN,
    ORG_LIST,
    ORG_VIEW,
    ORG_ADD,
    ORG_EDIT,
    ORG_CLASSIFY,
    ORG_MERGE,
    ORG_IMPORT,
    MEMBER_MANAGE,
    MEMBER_REVIEW,
    REVIEW_DESK,
    LIAISON_VIEW,
    LIAISON_SET,
    LIAISON_IMPORT,
    USER_VIEW,
    USER_EDIT,
    USER_GRANT,
    AUDIT_VIEW,
    OUTBOX,
];

/// The rows of the who-may table.
#[must_use]
pub fn rules() -> Vec<Rule> {
    use Role::{
        Admin, Auditor, Branch, Bureau, Centre, IpCentre, Liaison, Manager, Supervisor, TalentOffice, UniversityCentre,
    };
    use When::{Always, Own, OwnOrg, OwnRegion};
    let mut rows = vec![
        Rule::new(ENTER, Who::Anyone, Always),
        Rule::new(USE, Who::SignedIn, Own),
        Rule::new(JOIN, Who::SignedIn, Own),
        // Everybody sees the organisations to which they belong.
        Rule::new(ORG_VIEW, Who::SignedIn, OwnOrg),
    ];
    let mut add = |action: Action, when: When, roles: &[Role]| {
        rows.extend(roles.iter().map(|role| Rule::new(action, Who::Role(*role), when)));
    };
    for action in [ORG_LIST, ORG_VIEW] {
        add(
            action,
            Always,
            &[Admin, Centre, UniversityCentre, IpCentre, Supervisor, Auditor],
        );
        add(action, OwnRegion, &[Bureau, TalentOffice, Branch]);
    }
    for action in [ORG_ADD, ORG_IMPORT] {
        add(action, Always, &[Admin, Centre, UniversityCentre]);
        add(action, OwnRegion, &[Bureau]);
    }
    add(ORG_EDIT, OwnOrg, &[Manager]);
    add(ORG_EDIT, Always, &[Admin, Centre]);
    add(ORG_EDIT, OwnRegion, &[Bureau]);
    add(ORG_CLASSIFY, Always, &[Admin, Centre]);
    add(ORG_MERGE, Always, &[Admin, Centre]);
    add(MEMBER_MANAGE, OwnOrg, &[Manager]);
    add(MEMBER_MANAGE, Always, &[Admin, Centre]);
    add(MEMBER_REVIEW, OwnOrg, &[Manager]);
    add(MEMBER_REVIEW, Always, &[Admin, Centre]);
    add(MEMBER_REVIEW, OwnRegion, &[Bureau]);
    add(REVIEW_DESK, Always, &[Admin, Centre]);
    add(REVIEW_DESK, OwnRegion, &[Bureau]);
    // The administrator runs the installation and sees no personal data that the programme collects.
    add(LIAISON_VIEW, OwnOrg, &[Manager, Liaison]);
    add(LIAISON_VIEW, Always, &[Centre, UniversityCentre]);
    for action in [LIAISON_SET, LIAISON_IMPORT] {
        add(action, OwnOrg, &[Manager]);
        add(action, Always, &[Centre, UniversityCentre]);
    }
    for action in [USER_VIEW, USER_EDIT, USER_GRANT, OUTBOX] {
        add(action, Always, &[Admin, Centre]);
    }
    add(AUDIT_VIEW, Always, &[Admin, Centre, Auditor]);
    rows
}

/// Whether the actor may grant or end a role, beyond `user.grant`: administrators and auditors are made by
/// administrators alone, so that the centre can't lift itself above its own audit.
#[must_use]
pub fn may_grant(actor: &Actor, role: Role) -> bool {
    match role {
        Role::Admin | Role::Auditor => actor.system || actor.has(Role::Admin),
        _ => actor.system || actor.has(Role::Admin) || actor.has(Role::Centre),
    }
}

/// The roles that a manager gives within the organisation.
pub const ORG_ROLES: &[Role] = &[Role::Manager, Role::Member, Role::Broker];

/// Which organisations a list shows to its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All.
    All,
    /// Those within these regions.
    Regions(Vec<Region>),
}

/// What of an action's subjects the actor reaches in lists: all, or those within the regions of their roles.
#[must_use]
pub fn scope(actor: &Actor, all: bool, roles: &[Role]) -> Scope {
    if all {
        return Scope::All;
    }
    let mut regions: Vec<Region> = Vec::new();
    for region in actor
        .grants
        .iter()
        .filter(|g| roles.contains(&g.role))
        .filter_map(|g| g.region)
    {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    Scope::Regions(regions)
}

/// The beginning that the codes of all divisions within a region share.
#[must_use]
pub fn region_prefix(region: Region) -> String {
    let digits = match region.level() {
        kernel::DivisionLevel::Province => 2,
        kernel::DivisionLevel::City => 4,
        kernel::DivisionLevel::County => 6,
    };
    region.as_str().chars().take(digits).collect()
}

/// Where to go after sign-in: only paths of this site, without the language in front (the redirect puts it there again).
#[must_use]
pub fn local_path(next: &str) -> Option<&str> {
    /// Longer than any address of ours.
    const CHARS_MAX: usize = 2_000;
    let plain = next.starts_with('/')
        && next.len() <= CHARS_MAX
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.chars().all(|c| c.is_ascii_graphic());
    if !plain {
        return None;
    }
    for lang in ["/zh", "/en"] {
        match next.strip_prefix(lang) {
            Some("") => return Some("/"),
            // `/zh//host` must not come out as `//host`.
            Some(rest) if rest.starts_with('/') => return (!rest.starts_with("//")).then_some(rest),
            _ => {}
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::{Grant, Rules, Subject};
    use kernel::{OrgId, Regions, UserId};

    fn actor(role: Role, org: Option<OrgId>, region: Option<&str>) -> Actor {
        Actor {
            user: Some(UserId::from(uuid::Uuid::from_u128(1))),
            grants: vec![Grant {
                role,
                org,
                region: region.map(|r| r.parse().unwrap()),
                on_behalf: None,
            }],
            ..Actor::default()
        }
    }

    fn may(actor: &Actor, action: Action, subject: &Subject) -> bool {
        let rows = rules();
        Rules::new(&rows)
            .permit(Regions::builtin(), actor, action, subject)
            .is_ok()
    }

    fn orgs() -> (OrgId, OrgId) {
        (
            OrgId::from(uuid::Uuid::from_u128(10)),
            OrgId::from(uuid::Uuid::from_u128(11)),
        )
    }

    #[test]
    fn every_action_has_a_row() {
        let rows = rules();
        for action in ACTIONS {
            assert!(rows.iter().any(|r| r.action == *action), "{action}");
        }
        for row in &rows {
            assert!(ACTIONS.contains(&row.action), "{}", row.action);
        }
    }

    #[test]
    fn a_bureau_reviews_its_region_alone() {
        let (mine, _) = orgs();
        let xuzhou = actor(Role::Bureau, None, Some("320300"));
        let in_xuzhou = Subject::org(mine, Some("320302".parse().unwrap()));
        let in_nanjing = Subject::org(mine, Some("320106".parse().unwrap()));
        for action in [MEMBER_REVIEW, ORG_VIEW, ORG_EDIT, ORG_LIST] {
            assert!(may(&xuzhou, action, &in_xuzhou), "{action}");
            assert!(!may(&xuzhou, action, &in_nanjing), "{action}");
            assert!(!may(&xuzhou, action, &Subject::org(mine, None)), "{action}");
        }
        for action in [
            ORG_MERGE,
            ORG_CLASSIFY,
            MEMBER_MANAGE,
            USER_VIEW,
            USER_GRANT,
            LIAISON_VIEW,
            AUDIT_VIEW,
        ] {
            assert!(!may(&xuzhou, action, &in_xuzhou), "{action}");
        }
    }

    #[test]
    fn a_manager_runs_one_organisation() {
        let (mine, other) = orgs();
        let manager = actor(Role::Manager, Some(mine), None);
        for action in [
            ORG_VIEW,
            ORG_EDIT,
            MEMBER_MANAGE,
            MEMBER_REVIEW,
            LIAISON_VIEW,
            LIAISON_SET,
            LIAISON_IMPORT,
        ] {
            assert!(may(&manager, action, &Subject::org(mine, None)), "{action}");
            assert!(!may(&manager, action, &Subject::org(other, None)), "{action}");
        }
        for action in [ORG_LIST, ORG_CLASSIFY, ORG_MERGE, USER_VIEW, REVIEW_DESK, OUTBOX] {
            assert!(!may(&manager, action, &Subject::org(mine, None)), "{action}");
        }
    }

    #[test]
    fn members_look_and_do_not_run() {
        let (mine, other) = orgs();
        let member = actor(Role::Member, Some(mine), None);
        assert!(may(&member, ORG_VIEW, &Subject::org(mine, None)));
        assert!(!may(&member, ORG_VIEW, &Subject::org(other, None)));
        for action in [ORG_EDIT, MEMBER_MANAGE, MEMBER_REVIEW, LIAISON_VIEW, LIAISON_SET] {
            assert!(!may(&member, action, &Subject::org(mine, None)), "{action}");
        }
    }

    #[test]
    fn supervisors_read_only() {
        let (mine, _) = orgs();
        let supervisor = actor(Role::Supervisor, None, None);
        let seen: Vec<_> = ACTIONS
            .iter()
            .filter(|a| may(&supervisor, **a, &Subject::org(mine, None)))
            .collect();
        assert_eq!(seen, [&ENTER, &ORG_LIST, &ORG_VIEW]);
    }

    #[test]
    fn administrators_see_no_liaison_and_make_auditors() {
        let (mine, _) = orgs();
        let admin = actor(Role::Admin, None, None);
        assert!(!may(&admin, LIAISON_VIEW, &Subject::org(mine, None)));
        assert!(may_grant(&admin, Role::Auditor) && may_grant(&admin, Role::Centre));
        let centre = actor(Role::Centre, None, None);
        assert!(!may_grant(&centre, Role::Admin) && !may_grant(&centre, Role::Auditor));
        assert!(may_grant(&centre, Role::Bureau));
        assert!(!may_grant(&actor(Role::Manager, Some(mine), None), Role::Member));
    }

    #[test]
    fn an_account_is_its_owners() {
        let own = actor(Role::Member, Some(orgs().0), None);
        let me = own.user.unwrap();
        let other = UserId::from(uuid::Uuid::from_u128(2));
        assert!(may(&own, USE, &Subject::user(me)));
        assert!(!may(&own, USE, &Subject::user(other)));
        assert!(!may(&Actor::visitor(), USE, &Subject::NONE));
        assert!(may(&Actor::visitor(), ENTER, &Subject::NONE));
    }

    #[test]
    fn next_stays_on_the_site() {
        assert_eq!(local_path("/needs?sector=IT"), Some("/needs?sector=IT"));
        assert_eq!(local_path("/en/needs"), Some("/needs"));
        assert_eq!(local_path("/zh"), Some("/"));
        assert_eq!(local_path("/entries"), Some("/entries"));
        for bad in [
            "",
            "needs",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/zh//evil.example",
            "/a b",
        ] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn lists_are_cut_to_regions() {
        let bureau = actor(Role::Bureau, None, Some("320300"));
        assert_eq!(
            scope(&bureau, false, &[Role::Bureau]),
            Scope::Regions(vec!["320300".parse().unwrap()])
        );
        assert_eq!(scope(&bureau, true, &[Role::Bureau]), Scope::All);
        assert_eq!(region_prefix("320000".parse().unwrap()), "32");
        assert_eq!(region_prefix("320300".parse().unwrap()), "3203");
        assert_eq!(region_prefix("320302".parse().unwrap()), "320302");
    }
}
