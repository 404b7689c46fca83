//! Who may what with the programme.

use jcore::{Action, Role, Rule, When, Who};

/// Reading the programme in force.
pub const SEE: Action = Action("programme.see");
/// Putting another in force.
pub const MANAGE: Action = Action("programme.manage");
/// Waiving a soft rule for an organisation.
pub const WAIVE: Action = Action("programme.waive");

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new(SEE, Who::Anyone, When::Always),
        Rule::new(MANAGE, Who::Role(Role::Centre), When::Always),
        Rule::new(MANAGE, Who::Role(Role::Admin), When::Always),
        Rule::new(WAIVE, Who::Role(Role::Centre), When::Always),
    ]
}
