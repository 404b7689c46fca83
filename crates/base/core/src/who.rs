//! Who may what: one table of (action, who, when), and the only place that gives permits.
//!
//! Every route names its action; the gate before a handler asks [`Rules::reaches`] (could this actor do it to anything at
//! all?), and the handler asks [`Rules::permit`] with the subject at hand. A write needs the [`Permit`], a look at withheld
//! data needs a [`Sight`]: neither can be made anywhere else.

use std::collections::BTreeMap;
use std::fmt;

use kernel::{OrgId, Region, SessionId, Stamp, UserId};

/// The roles of the plan (R001–R021), each granted to a person, bound to an organisation, a region, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the installation: users, organisations, settings; sees no withheld business data.
    Admin,
    /// 省科技资源统筹服务中心: makes the programme, reviews, publishes, sees the whole province (R001).
    Centre,
    /// 省高校科技发展中心: the universities' line, sees all universities' data (R002).
    UniversityCentre,
    /// 省知识产权保护中心: sorts patents under open licence (R003).
    IpCentre,
    /// Supervising departments: a read-only view (R004).
    Supervisor,
    /// 地方科技主管部门, city or county, bound to a region (R005).
    Bureau,
    /// 人才办, bound to a region (R034).
    TalentOffice,
    /// 分中心 by place or trade, bound to a region (R006).
    Branch,
    /// 技术经理人 (R008).
    Broker,
    /// 活动联络员 of a university or institute (R020, R021).
    Liaison,
    /// Runs an organisation's own account: members, profile, and everything a member may do.
    Manager,
    /// Belongs to an organisation: writes and submits its needs and offers.
    Member,
    /// Expert of the pool (R019).
    Expert,
    /// Bank or investor (R014).
    Financier,
    /// Reads the audit trail.
    Auditor,
}

impl Role {
    /// All roles, in the order of the who-may table's documentation.
    pub const ALL: [Self; 15] = [
        Self::Admin,
        Self::Centre,
        Self::UniversityCentre,
        Self::IpCentre,
        Self::Supervisor,
        Self::Bureau,
        Self::TalentOffice,
        Self::Branch,
        Self::Broker,
        Self::Liaison,
        Self::Manager,
        Self::Member,
        Self::Expert,
        Self::Financier,
        Self::Auditor,
    ];

    /// The stored form; words are under `role-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Centre => "centre",
            Self::UniversityCentre => "university-centre",
            Self::IpCentre => "ip-centre",
            Self::Supervisor => "supervisor",
            Self::Bureau => "bureau",
            Self::TalentOffice => "talent-office",
            Self::Branch => "branch",
            Self::Broker => "broker",
            Self::Liaison => "liaison",
            Self::Manager => "manager",
            Self::Member => "member",
            Self::Expert => "expert",
            Self::Financier => "financier",
            Self::Auditor => "auditor",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// Whether a grant of this role must name a region.
    #[must_use]
    pub fn needs_region(self) -> bool {
        matches!(self, Self::Bureau | Self::TalentOffice | Self::Branch)
    }

    /// Whether a grant of this role must name an organisation.
    #[must_use]
    pub fn needs_org(self) -> bool {
        matches!(self, Self::Liaison | Self::Manager | Self::Member | Self::Broker)
    }
}

/// Something that can be done, by a namespaced name such as `entry.submit`. Words are under `action-` with `-` for `.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action(pub &'static str);

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Whom a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everyone, signed in or not.
    Anyone,
    /// Every signed-in person.
    SignedIn,
    /// Holders of a role.
    Role(Role),
}

/// To which subjects a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// To all.
    Always,
    /// To those of the organisation that the role is bound to.
    OwnOrg,
    /// To those within the region that the role is bound to.
    OwnRegion,
    /// To the person's own.
    Own,
}

/// One row of the who-may table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The action.
    pub action: Action,
    /// Who.
    pub who: Who,
    /// To what.
    pub when: When,
}

impl Rule {
    /// A row.
    #[must_use]
    pub const fn new(action: Action, who: Who, when: When) -> Self {
        Self { action, who, when }
    }
}

/// What an action is done to, as far as the table cares.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject {
    /// The organisation it belongs to.
    pub org: Option<OrgId>,
    /// The region it lies in.
    pub region: Option<Region>,
    /// The person it belongs to.
    pub user: Option<UserId>,
}

impl Subject {
    /// Belongs to nobody: only `Always` rules apply.
    pub const NONE: Self = Self {
        org: None,
        region: None,
        user: None,
    };

    /// An organisation's, in its region.
    #[must_use]
    pub fn org(org: OrgId, region: Option<Region>) -> Self {
        Self {
            org: Some(org),
            region,
            user: None,
        }
    }

    /// A person's own.
    #[must_use]
    pub fn user(user: UserId) -> Self {
        Self {
            user: Some(user),
            ..Self::NONE
        }
    }
}

/// A role that a person holds, themselves or for an absent colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Bound to this organisation.
    pub org: Option<OrgId>,
    /// Bound to this region.
    pub region: Option<Region>,
    /// Held for this absent person.
    pub on_behalf: Option<UserId>,
}

/// Who acts.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    /// The signed-in person; none for a visitor, and for the system itself.
    pub user: Option<UserId>,
    /// Their name, for the page's head.
    pub name: String,
    /// Their roles.
    pub grants: Vec<Grant>,
    /// The sign-in session, where there is one (not for a machine's token).
    pub session: Option<SessionId>,
    /// The platform's own jobs.
    pub system: bool,
    /// Signed in by an API token.
    pub machine: bool,
    /// When a human last gave the password in this session.
    pub signed_in_at: Option<Stamp>,
}

impl Actor {
    /// Somebody who has not signed in.
    #[must_use]
    pub fn visitor() -> Self {
        Self::default()
    }

    /// The platform itself: jobs, imports from the command line by who owns the machine.
    #[must_use]
    pub fn system() -> Self {
        Self {
            system: true,
            name: "system".to_owned(),
            ..Self::default()
        }
    }

    /// Whether they hold the role anywhere.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// The organisations to which they are bound, each once.
    #[must_use]
    pub fn orgs(&self) -> Vec<OrgId> {
        let mut out = Vec::new();
        for org in self.grants.iter().filter_map(|g| g.org) {
            if !out.contains(&org) {
                out.push(org);
            }
        }
        out
    }
}

/// The table said yes: to whom, to which action, for whom they act. Needed for every write.
#[derive(Debug, Clone)]
pub struct Permit {
    pub(crate) action: Action,
    pub(crate) user: Option<UserId>,
    pub(crate) on_behalf: Option<UserId>,
}

impl Permit {
    /// Who acts; none is the system.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.user
    }

    /// The action that was permitted.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }
}

/// The right to look into withheld data of the subject it was given for.
#[derive(Debug)]
pub struct Sight(());

/// The table said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Nobody is signed in; signing in may help.
    SignIn,
    /// The person has no role for it, or not for this subject.
    Role,
}

/// The who-may table.
#[derive(Debug, Default)]
pub struct Rules {
    rows: BTreeMap<Action, Vec<(Who, When)>>,
}

impl Rules {
    /// Collects the rows that the capabilities register.
    #[must_use]
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a Rule>) -> Self {
        let mut table: BTreeMap<Action, Vec<(Who, When)>> = BTreeMap::new();
        for rule in rows {
            table.entry(rule.action).or_default().push((rule.who, rule.when));
        }
        Self { rows: table }
    }

    /// The rows of an action.
    #[must_use]
    pub fn of(&self, action: Action) -> &[(Who, When)] {
        self.rows.get(&action).map_or(&[], Vec::as_slice)
    }

    /// All actions that have a row.
    pub fn actions(&self) -> impl Iterator<Item = Action> + '_ {
        self.rows.keys().copied()
    }

    /// Whether the actor could do this to any subject at all: the gate before the handler.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn reaches(&self, actor: &Actor, action: Action) -> Result<(), Denied> {
        let fits = |who: Who| match who {
            Who::Anyone => true,
            Who::SignedIn => actor.user.is_some(),
            Who::Role(role) => actor.has(role),
        };
        if actor.system || self.of(action).iter().any(|(who, _)| fits(*who)) {
            return Ok(());
        }
        Err(if actor.user.is_none() {
            Denied::SignIn
        } else {
            Denied::Role
        })
    }

    /// Whether the actor may do this to this subject.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn permit(
        &self,
        regions: &kernel::Regions,
        actor: &Actor,
        action: Action,
        subject: &Subject,
    ) -> Result<Permit, Denied> {
        if actor.system {
            return Ok(Permit {
                action,
                user: None,
                on_behalf: None,
            });
        }
        for (who, when) in self.of(action) {
            if let Some(on_behalf) = row_fits(regions, actor, *who, *when, subject) {
                return Ok(Permit {
                    action,
                    user: actor.user,
                    on_behalf,
                });
            }
        }
        Err(if actor.user.is_none() {
            Denied::SignIn
        } else {
            Denied::Role
        })
    }

    /// The right to look into the subject's withheld data, by the same table.
    #[must_use]
    pub fn sight(&self, regions: &kernel::Regions, actor: &Actor, action: Action, subject: &Subject) -> Option<Sight> {
        self.permit(regions, actor, action, subject).ok().map(|_| Sight(()))
    }
}

/// Whether a row fits; where it does, for whom the actor then acts (none: for themselves).
fn row_fits(
    regions: &kernel::Regions,
    actor: &Actor,
    who: Who,
    when: When,
    subject: &Subject,
) -> Option<Option<UserId>> {
    let own = || actor.user.is_some() && actor.user == subject.user;
    match who {
        Who::Anyone => (when == When::Always || (when == When::Own && own())).then_some(None),
        Who::SignedIn => {
            let there = actor.user.is_some();
            let fits = match when {
                When::Always => there,
                When::Own => own(),
                When::OwnOrg => {
                    there
                        && subject
                            .org
                            .is_some_and(|o| actor.grants.iter().any(|g| g.org == Some(o)))
                }
                When::OwnRegion => false,
            };
            fits.then_some(None)
        }
        Who::Role(role) => actor
            .grants
            .iter()
            .filter(|g| g.role == role)
            .find(|g| match when {
                When::Always => true,
                When::Own => own(),
                When::OwnOrg => g.org.is_some() && g.org == subject.org,
                When::OwnRegion => match (&g.region, &subject.region) {
                    (Some(mine), Some(theirs)) => regions.is_within(*theirs, *mine),
                    _ => false,
                },
            })
            .map(|g| g.on_behalf),
    }
}
