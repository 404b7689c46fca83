//! Organisations, people and what binds them, as the rest of the project sees them.

use jcore::{Fault, Result, Subject};
use kernel::{OrgId, Region, Uscc, UserId};
use uuid::Uuid;

/// Makes an enum whose values are stored as codes, each with its words under `PREFIX-CODE`.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident, $words:literal { $($(#[$doc:meta])* $variant:ident => $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which pages offer them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stored form.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// Reads the stored form.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }

            /// The id of its words.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($words, "-", $code),)*
                }
            }

            /// Reads what the store holds.
            #[allow(dead_code, reason = "some codes are only compared as text")]
            pub(crate) fn stored(code: &str) -> Result<Self> {
                Self::from_code(code).ok_or_else(|| Fault::internal(format!("the store holds the unknown {} {code}", stringify!($name))))
            }
        }
    };
}
codes! {
    /// What an organisation is: every body that the plan names (R001–R021).
    OrgKind, "list-org-kind" {
        /// 省科技资源统筹服务中心 (R001).
        Centre => "centre",
        /// 省高校科技发展中心 (R002).
        UniversityCentre => "university-centre",
        /// 省知识产权保护中心 (R003).
        IpCentre => "ip-centre",
        /// 指导单位: 省科技厅、教育厅、人才办、知识产权局 (R004).
        Supervisor => "supervisor",
        /// 设区市科技局 (R005).
        CityBureau => "city-bureau",
        /// 县（市、区）科技局 (R005).
        CountyBureau => "county-bureau",
        /// 人才办 (R034).
        TalentOffice => "talent-office",
        /// 地方分中心 (R006).
        BranchPlace => "branch-place",
        /// 行业分中心 (R006).
        BranchTrade => "branch-trade",
        /// 技术经理人事务所 (R006, R083).
        Brokerage => "brokerage",
        /// 技术转移机构.
        Agency => "agency",
        /// 高校 (R017).
        University => "university",
        /// 科研院所 (R017).
        Institute => "institute",
        /// 新型研发机构 (R017).
        NewRd => "new-rd",
        /// 国有企业 (R017).
        StateOwned => "state-owned",
        /// 企业 (R018).
        Company => "company",
        /// 高新区、经开区、科技园区 (R123).
        Park => "park",
        /// 知识产权产业运营平台 (R013).
        IpPlatform => "ip-platform",
        /// 银行、创投 (R014).
        Financier => "financier",
        /// 媒体 (R071).
        Media => "media",
        /// 省外技术市场 (R016).
        ExternalMarket => "external-market",
        /// 境外机构.
        Foreign => "foreign",
    }
}

impl OrgKind {
    /// Whether it must have exactly one liaison in office (R021): universities, institutes, new R&D bodies.
    #[must_use]
    pub fn needs_liaison(self) -> bool {
        matches!(self, Self::University | Self::Institute | Self::NewRd)
    }

    /// Whether people may register it themselves. Bodies of the administration are entered by the centre.
    #[must_use]
    pub fn self_registers(self) -> bool {
        !matches!(
            self,
            Self::Centre
                | Self::UniversityCentre
                | Self::IpCentre
                | Self::Supervisor
                | Self::CityBureau
                | Self::CountyBureau
                | Self::TalentOffice
                | Self::ExternalMarket
        )
    }
}

codes! {
    /// By what an organisation is known apart from others.
    IdentityKind, "accounts-identity" {
        /// 统一社会信用代码.
        Uscc => "uscc",
        /// A registration abroad, with its country.
        Foreign => "foreign",
        /// A natural person acting for themselves.
        Person => "person",
        /// None known yet.
        None => "none",
    }
}

codes! {
    /// Where an organisation stands.
    OrgState, "accounts-org-state" {
        /// Entered by an import or by the centre; nobody runs it yet, and its people may claim it.
        Unclaimed => "unclaimed",
        /// Registered by somebody; waits for review.
        Pending => "pending",
        /// In use.
        Active => "active",
        /// Was the same as another, and became part of it.
        Merged => "merged",
        /// No longer there.
        Closed => "closed",
    }
}

codes! {
    /// Where a person's account stands.
    UserState, "accounts-user-state" {
        /// Registered; the mail address is not confirmed yet.
        Unconfirmed => "unconfirmed",
        /// The address is confirmed; waits for review.
        Pending => "pending",
        /// Invited by mail; has no password yet.
        Invited => "invited",
        /// In use.
        Active => "active",
        /// The registration was refused.
        Refused => "refused",
        /// Closed by the platform or by the person.
        Closed => "closed",
    }
}

codes! {
    /// Where a person's belonging to an organisation stands.
    MemberState, "accounts-member-state" {
        /// Asked for; waits for review.
        Asked => "asked",
        /// In force.
        Active => "active",
        /// Over.
        Left => "left",
        /// Refused, with a reason.
        Refused => "refused",
    }
}

codes! {
    /// Marks that the programme's rules look at.
    Tag, "accounts-tag" {
        /// 部省属本科高校 (R046–R048).
        ProvincialUndergrad => "provincial-undergrad",
        /// 省外重点院所 (R015).
        KeyOutside => "key-outside",
        /// 行业龙头企业 (R114).
        Leader => "leader",
    }
}

codes! {
    /// What a company is recognised as (R018).
    QualificationKind, "list-qualification" {
        /// 高新技术企业.
        HighTech => "high-tech",
        /// 科技型中小企业.
        SmeTech => "sme-tech",
        /// 专精特新企业.
        Specialised => "specialised",
        /// 规模以上企业.
        AboveScale => "above-scale",
    }
}

/// What identifies an organisation that is to be found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// 统一社会信用代码.
    Uscc(Uscc),
    /// A registration abroad.
    Foreign {
        /// ISO 3166 code of the country, two letters.
        country: String,
        /// The number there.
        number: String,
    },
    /// A natural person, known by their account.
    Person(UserId),
    /// None known: the name has to do.
    None,
}

impl Identity {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> IdentityKind {
        match self {
            Self::Uscc(_) => IdentityKind::Uscc,
            Self::Foreign { .. } => IdentityKind::Foreign,
            Self::Person(_) => IdentityKind::Person,
            Self::None => IdentityKind::None,
        }
    }

    /// The country, `CN` for all but foreign ones.
    #[must_use]
    pub fn country(&self) -> &str {
        match self {
            Self::Foreign { country, .. } => country,
            _ => "CN",
        }
    }

    /// The stored text; none where none is known.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Uscc(code) => Some(code.to_string()),
            Self::Foreign { number, .. } => Some(number.clone()),
            Self::Person(user) => Some(user.to_string()),
            Self::None => None,
        }
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its full name.
    pub name: String,
    /// Names it had, or that others had which were merged into it.
    pub former_names: Vec<String>,
    /// What it is.
    pub kind: OrgKind,
    /// By what it is known.
    pub identity_kind: IdentityKind,
    /// The code or number; none where none is known.
    pub identity: Option<String>,
    /// Country, `CN` by default.
    pub country: String,
    /// Where it lies.
    pub region: Option<Region>,
    /// Its address.
    pub address: String,
    /// The park it lies in (R123).
    pub park: String,
    /// A few words about it.
    pub intro: String,
    /// Codes of [`Tag`].
    pub tags: Vec<String>,
    /// Where it stands.
    pub state: OrgState,
    /// Which organisation it became part of.
    pub merged_into: Option<OrgId>,
    /// Counts up with each change.
    pub version: i64,
    /// When it was entered, UTC microseconds.
    pub created_at: i64,
    /// When it last changed.
    pub changed_at: i64,
}

impl Org {
    /// What the who-may table knows of it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::org(self.id, self.region)
    }

    /// Whether it bears a mark.
    #[must_use]
    pub fn has_tag(&self, tag: Tag) -> bool {
        self.tags.iter().any(|t| t == tag.code())
    }
}

/// An organisation to be found or made by [`crate::ensure_org`].
#[derive(Debug, Clone)]
pub struct NewOrg {
    /// Its full name.
    pub name: String,
    /// What it is.
    pub kind: OrgKind,
    /// By what it is known.
    pub identity: Identity,
    /// Where it lies.
    pub region: Option<Region>,
    /// Its address.
    pub address: String,
    /// The park it lies in.
    pub park: String,
    /// A few words about it.
    pub intro: String,
    /// Its marks.
    pub tags: Vec<Tag>,
}

impl NewOrg {
    /// One of which only name, kind and identity are known.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: OrgKind, identity: Identity) -> Self {
        Self {
            name: name.into(),
            kind,
            identity,
            region: None,
            address: String::new(),
            park: String::new(),
            intro: String::new(),
            tags: Vec::new(),
        }
    }

    /// In a region.
    #[must_use]
    pub fn in_region(mut self, region: Option<Region>) -> Self {
        self.region = region;
        self
    }

    /// The organisation that it becomes, with this id, entered at `now` in UTC microseconds.
    #[must_use]
    pub fn org(&self, id: OrgId, state: OrgState, now: i64) -> Org {
        Org {
            id,
            name: self.name.clone(),
            former_names: Vec::new(),
            kind: self.kind,
            identity_kind: self.identity.kind(),
            identity: self.identity.text(),
            country: self.identity.country().to_owned(),
            region: self.region,
            address: self.address.clone(),
            park: self.park.clone(),
            intro: self.intro.clone(),
            tags: self.tags.iter().map(|tag| tag.code().to_owned()).collect(),
            state,
            merged_into: None,
            version: 1,
            created_at: now,
            changed_at: now,
        }
    }
}

/// A qualification of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// Its id.
    pub id: Uuid,
    /// The organisation.
    pub org: OrgId,
    /// Which one.
    pub kind: QualificationKind,
    /// The certificate's number; empty when not told.
    pub number: String,
    /// First day of validity, ISO; none when not told.
    pub from_day: Option<String>,
    /// Last day of validity, ISO; none when not told.
    pub until_day: Option<String>,
}

impl Qualification {
    /// Whether it holds on a day (ISO). One without an end holds until it is ended.
    #[must_use]
    pub fn holds_on(&self, day: &str) -> bool {
        self.from_day.as_deref().is_none_or(|d| d <= day) && self.until_day.as_deref().is_none_or(|d| day <= d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_are_unique() {
        for kind in OrgKind::ALL {
            assert_eq!(OrgKind::from_code(kind.code()), Some(*kind));
        }
        let mut codes: Vec<_> = OrgKind::ALL.iter().map(|k| k.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), OrgKind::ALL.len());
        assert_eq!(OrgKind::NewRd.word(), "list-org-kind-new-rd");
        assert!(OrgKind::stored("guild").is_err());
    }

    #[test]
    fn a_qualification_holds_between_its_days() {
        let q = |from: Option<&str>, until: Option<&str>| Qualification {
            id: Uuid::nil(),
            org: Uuid::nil().into(),
            kind: QualificationKind::HighTech,
            number: String::new(),
            from_day: from.map(str::to_owned),
            until_day: until.map(str::to_owned),
        };
        assert!(q(Some("2021-11-30"), Some("2024-11-29")).holds_on("2024-11-29"));
        assert!(!q(Some("2021-11-30"), Some("2024-11-29")).holds_on("2024-11-30"));
        assert!(!q(Some("2021-11-30"), None).holds_on("2021-11-29"));
        assert!(q(None, None).holds_on("2023-06-14"));
    }
}
