//! How many papers, which may be public, and who sees which. Pure.

use entries::Entry;
use entries::rules::State;
use kernel::{Issue, Level};

/// Papers of one entry: a certificate, a report, some drawings and photos; a reader opens no more.
pub const PAPERS_MAX: i64 = 10;
/// Bytes of all papers of one entry, cleaned: three scans at the cap of one file.
pub const TOTAL_BYTES_MAX: i64 = 60 * 1024 * 1024;
/// Characters of a title: one line of a list.
pub const TITLE_CHARS_MAX: usize = 80;
/// Characters of a paper's text that are looked through: two hundred pages.
pub const LOOKED_CHARS_MAX: usize = 300_000;
/// Characters of its text that a preview shows: ten pages, enough to see whether to open it.
pub const PREVIEW_CHARS_MAX: usize = 10_000;
/// Findings that are kept of one paper: more are no help to who has to mend it.
pub const FINDINGS_MAX: usize = 8;

/// The code of the finding that a paper names its entry's owner.
pub const NAMES_OWNER: &str = "entries-names-owner";

/// Whether papers may be added, changed and removed: as long as the entry itself is being written. What waits for a review
/// or is public stays as it was judged.
#[must_use]
pub fn is_open(state: State) -> bool {
    state.is_open()
}

/// The first free slot; none when all are taken.
#[must_use]
pub fn free_slot(taken: &[i64]) -> Option<i64> {
    (1..=PAPERS_MAX).find(|slot| !taken.contains(slot))
}

/// Whether one more paper of so many bytes fits beside those that are there.
#[must_use]
pub fn has_room(bytes_there: i64, bytes_more: i64) -> bool {
    bytes_there.saturating_add(bytes_more) <= TOTAL_BYTES_MAX
}

/// Whether the entry withholds its owner's name.
#[must_use]
pub fn withholds_name(entry: &Entry) -> bool {
    entry.org_name.is_none()
}

/// What stands against showing a paper to everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// It names the owner, whose name is withheld: never, as long as it is.
    NamesOwner,
    /// It is signed, and its signature names people: never.
    Signed,
    /// It holds what may have to stay hidden: not before the owner has confirmed it.
    Unconfirmed,
}

/// Whether what was found stands against showing it.
#[must_use]
pub fn barrier(findings: &[Issue], is_signed: bool, confirmed: bool) -> Option<Barrier> {
    let worst = findings.iter().map(|f| f.level).max();
    match worst {
        _ if is_signed => Some(Barrier::Signed),
        Some(Level::Error) => Some(Barrier::NamesOwner),
        Some(Level::Warning) if !confirmed => Some(Barrier::Unconfirmed),
        _ => None,
    }
}

/// Whether everyone sees a paper of this entry now. A paper that names the owner is shown only while the name is: the
/// owner may have chosen to withhold it after the paper was let through.
#[must_use]
pub fn is_shown(entry: &Entry, is_public: bool, names_owner: bool, now: i64) -> bool {
    entry.is_public(now) && is_public && !(names_owner && withholds_name(entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_few_and_filled_from_the_front() {
        assert_eq!(free_slot(&[]), Some(1));
        assert_eq!(free_slot(&[1, 3]), Some(2));
        assert_eq!(free_slot(&(1..=PAPERS_MAX).collect::<Vec<_>>()), None);
        assert!(has_room(0, TOTAL_BYTES_MAX) && !has_room(1, TOTAL_BYTES_MAX) && !has_room(i64::MAX, 1));
    }

    #[test]
    fn barriers_fall_only_where_they_may() {
        let name = [Issue::error(NAMES_OWNER)];
        let phone = [Issue::warning("entries-text-phone"), Issue::note(NAMES_OWNER)];
        assert_eq!(barrier(&[], false, false), None);
        assert_eq!(barrier(&phone, false, false), Some(Barrier::Unconfirmed));
        assert_eq!(barrier(&phone, false, true), None);
        assert_eq!(barrier(&name, false, true), Some(Barrier::NamesOwner));
        assert_eq!(barrier(&[], true, true), Some(Barrier::Signed));
    }

    #[test]
    fn only_what_is_being_written_changes() {
        let open: Vec<State> = State::ALL.into_iter().filter(|s| is_open(*s)).collect();
        assert_eq!(open, [State::Draft, State::Returned]);
    }
}
