//! What a text beside an entry tells: that of a file, say, which capabilities after this one keep.

use db::Conn;
use forms::Lookup;
use jcore::{App, Fault, Result};
use kernel::{Issue, Level};

use super::{LeakKind, Names, PEOPLE, leaks_in};
use crate::kind::kinds;
use crate::model::Entry;
use crate::projection;

/// What a text that goes with a stored entry tells that it should not, the first of each kind: as in the entry's own
/// texts, with its organisation's former names. The owner's name is an error while the entry withholds it and a note
/// else, since its owner may choose to withhold it later. What was found is for who may write the entry.
///
/// # Errors
/// The store's, or when the store holds something else than this crate wrote.
pub async fn leaks_beside(conn: &mut Conn, app: &App, entry: &Entry, text: &str) -> Result<Vec<Issue>> {
    let kinds = kinds(app);
    let keys = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.keys();
    let org = accounts::org(conn, entry.org()).await?;
    // Held against the text, not shown.
    let all = projection::all_values(app, entry)?;
    let values = all.unshown();
    let is_hidden = keys.shows_name.is_some_and(|key| !values.yes(key));
    let mut people: Vec<&str> = Vec::new();
    for key in PEOPLE
        .into_iter()
        .filter(|key| entry.withheld_keys().any(|w| w == *key))
    {
        people.extend(values.text(key));
        people.extend(Lookup::names(values, key).iter().map(String::as_str));
    }
    let mut owners = vec![org.name.as_str()];
    owners.extend(values.text(keys.name));
    owners.extend(org.former_names.iter().map(String::as_str));
    let mut out: Vec<Issue> = Vec::new();
    for owner in owners {
        let names = Names::new(Some(owner), people.iter().copied(), &app.regions);
        for leak in leaks_in(text, &names) {
            let only_if_hidden = matches!(leak.kind, LeakKind::Mark | LeakKind::Patent | LeakKind::Uscc);
            let mut issue = leak.kind.issue().with("found", leak.found);
            if leak.kind == LeakKind::Owner && !is_hidden {
                issue.level = Level::Note;
            }
            if (is_hidden || !only_if_hidden) && out.iter().all(|known| known.code != issue.code) {
                out.push(issue);
            }
        }
    }
    Ok(out)
}
