//! Classes of the International Patent Classification as people write them.

use super::common::{after_label, prepare, shown};
use crate::ipc::Ipc;
use crate::issue::{Issue, Reading};
use crate::text::without_spaces;

/// What stands before a class without a colon, in upper case.
const LABELS: &[&str] = &["INT. CL.", "INT.CL.", "INT CL", "IPC", "主分类号", "分类号"];

/// Reads one class: `G06F17/30(2006.01)I`, `g06f 17/30`, `G06F`. Of several the first is taken, with a warning.
#[must_use]
pub fn ipc(text: &str) -> Reading<Ipc> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let upper = prepared.to_uppercase();
    let listed = after_label(&upper);
    let listed = LABELS
        .iter()
        .find_map(|label| listed.strip_prefix(label))
        .unwrap_or(listed);
    let mut pieces = listed
        .split([';', '、', ','])
        .flat_map(at_spaces)
        .filter(|piece| !piece.trim().is_empty());
    let first = pieces.next().unwrap_or("");
    let mut reading = one(first);
    if pieces.next().is_some() && reading.is_ok() {
        reading = reading.and(Issue::warning("ipc-first-taken").with("read", shown(first.trim())));
    }
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// The classes that a space or a line break parts; the space within one (`G06F 17/30`) parts nothing.
fn at_spaces(piece: &str) -> Vec<&str> {
    let words: Vec<&str> = piece.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.iter().all(|word| word.contains('/') && one(word).is_ok()) {
        words
    } else {
        vec![piece]
    }
}

fn one(piece: &str) -> Reading<Ipc> {
    // The edition and the position stand in and behind brackets: (2006.01)I.
    let bare = piece.split(['(', '[']).next().unwrap_or("");
    let bare = without_spaces(bare).replace(['-', '\\'], "/");
    if let Ok(ipc) = bare.parse() {
        return Reading::ok(ipc);
    }
    // A main group without its subgroup means the group's own entry, /00.
    if bare.len() > 4
        && !bare.contains('/')
        && let Ok(ipc) = format!("{bare}/00").parse::<Ipc>()
    {
        let read = ipc.to_string();
        return Reading::with(ipc, Issue::note("ipc-group-completed").with("read", read));
    }
    match bare.chars().next() {
        Some(section) if section.is_ascii_uppercase() && section > 'H' => {
            Reading::fail(Issue::error("ipc-section").with("section", section))
        }
        _ => Reading::fail(Issue::error("ipc-shape")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, canonical) in [
            ("G06F17/30(2006.01)I", "G06F17/30"),
            ("Ｇ０６Ｆ　１７／３０", "G06F17/30"),
            ("g06f 17/30", "G06F17/30"),
            ("主分类号：H04L 29/08", "H04L29/08"),
            ("A61K", "A61K"),
            ("G06F17-30", "G06F17/30"),
        ] {
            let reading = ipc(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value.unwrap().to_string(), canonical);
        }
    }

    #[test]
    fn says_what_it_did_or_why_not() {
        let reading = ipc("G06F17/30；H04L29/08");
        assert_eq!(reading.value.as_ref().map(Ipc::to_string).as_deref(), Some("G06F17/30"));
        assert!(reading.has("ipc-first-taken"));
        let reading = ipc("G06F17");
        assert_eq!(reading.value.as_ref().map(Ipc::to_string).as_deref(), Some("G06F17/00"));
        assert!(reading.has("ipc-group-completed"));
        for (text, code) in [
            ("Y02E10/50", "ipc-section"),
            ("G06", "ipc-shape"),
            ("电子", "ipc-shape"),
            (";", "value-empty"),
            ("", "value-empty"),
        ] {
            assert_eq!(ipc(text).issues[0].code, code, "{text}");
        }
    }
}
