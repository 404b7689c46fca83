//! Organisations and people: who there is, who belongs where, who may what, and how they sign in (R001–R021).

mod access;
mod declared;
mod deeds;
mod documents;
mod guard;
mod liaison;
mod model;
mod password;
mod people;
pub mod rules;
mod sheets;
mod store;
mod ui;

pub use access::{
    create_user, ensure_org, grant, liaison_of, org, org_by_identity, org_names, orgs_by_name, orgs_of,
    people_in_charge, people_with_role, qualifications_of, user, user_by_email, user_names,
};
pub use declared::{LIAISON, ORG_KINDS, ORGANISATION, QUALIFICATIONS, REGISTRATION};
pub use documents::{PRIVACY_VERSION, TERMS_VERSION, current_documents};
pub use guard::{Gate, Guard};
pub use liaison::{Liaison, Person};
pub use model::{
    Identity, IdentityKind, MemberState, NewOrg, Org, OrgKind, OrgState, Qualification, QualificationKind, Tag,
    UserState,
};
pub use password::{Hashed, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, hash_password, judge};
pub use people::{GrantView, NewUser, User};
pub use sheets::kinds;
