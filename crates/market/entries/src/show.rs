//! An entry on a page, in its reader's words: what it says, what is withheld, where it stands, what its reader may do.

use std::collections::HashMap;

use forms::{Field, Indicator, Kind, Record, Value};
use jcore::{About, Cx, Fault, Place, Result, Sight};
use kernel::{EntryId, Issue};

use crate::actions::{PUBLISH, RETURN};
use crate::browse::{marks_of, place};
use crate::kind::{EntryKind, kinds};
use crate::model::Entry;
use crate::projection::{FieldShown, Shown, ShownField, project, sight};
use crate::rules::{Move, State, may_renew};
use crate::store;
use intake::page::{label, show_value};

/// The place for panels on an entry's page: for everyone while it is public, else for those who may look into it. All
/// three are about the entry's id and its kind's key.
pub const SHOW_PANELS: Place = "entry.show";
/// The same beside the form while it is written.
pub const EDIT_PANELS: Place = "entry.edit";
/// The same on the page of its review.
pub const REVIEW_PANELS: Place = "entry.review";

/// Values longer than this, in characters, stand in the page's body and not in the list of facts.
const FACT_CHARS_MAX: usize = 60;

/// An indicator as a row of a table.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    /// What is measured.
    pub name: String,
    /// The target with its unit.
    pub target: String,
    /// The present state; empty when not told.
    pub present: String,
}

/// A field on a page.
#[derive(Debug, Clone)]
pub struct FieldText {
    /// Its key.
    pub key: &'static str,
    /// Its label.
    pub label: String,
    /// Its value in words; empty where it is withheld.
    pub text: String,
    /// Whether there is a value that this reader does not see.
    pub withheld: bool,
    /// Whether this reader sees what the public does not.
    pub private: bool,
    /// Whether it is a text to read rather than a fact to look up.
    pub long: bool,
    /// Indicators, as rows of a table.
    pub indicators: Vec<IndicatorRow>,
}

/// A section of the form on a page.
#[derive(Debug, Clone)]
pub struct SectionText {
    /// Its heading.
    pub title: String,
    /// Its facts.
    pub facts: Vec<FieldText>,
    /// Its texts and tables.
    pub texts: Vec<FieldText>,
}

/// An entry on a page.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// Its id.
    pub id: EntryId,
    /// Its version, for what is done to it.
    pub version: i64,
    /// The key of its kind.
    pub kind_key: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its state's code.
    pub state_code: &'static str,
    /// Its state, in words.
    pub state: String,
    /// The class of its state's chip.
    pub chip: &'static str,
    /// City and county.
    pub place: String,
    /// That it comes from outside the programme's region, and is worth as much as it should (R095).
    pub marks: Vec<String>,
    /// Price or budget, the label with it.
    pub price: Option<FieldText>,
    /// What stands beside the text: the key facts.
    pub facts: Vec<FieldText>,
    /// All else, by the form's sections.
    pub sections: Vec<SectionText>,
    /// Keys of what this reader does not see.
    pub withheld: Vec<&'static str>,
    /// How complete it is, 0–100.
    pub score: i64,
    /// When it was published, UTC microseconds.
    pub published_at: Option<i64>,
    /// Until when it is public.
    pub expires_at: Option<i64>,
    /// Days that are left.
    pub days_left: Option<i64>,
    /// Whether the public sees it now.
    pub public: bool,
    /// The path of its public page.
    pub public_path: String,
}

impl EntryView {
    /// The path of what is done to it: `edit`, `check`, a move.
    #[must_use]
    pub fn at(&self, what: &str) -> String {
        format!("/entries/{}/{what}", self.id)
    }

    /// The path of its review.
    #[must_use]
    pub fn review_path(&self) -> String {
        format!("/centre/queue/{}", self.id)
    }

    /// In the reader's words, of what the reader sees.
    #[must_use]
    pub fn new(cx: &Cx, kind: &dyn EntryKind, entry: &Entry, shown: &Shown) -> Self {
        let now = cx.now.micros();
        let keys = kind.keys();
        let text = |f: &ShownField| field_text(cx, kind, f);
        let beside: Vec<&str> = keys.aside.to_vec();
        let facts = beside
            .iter()
            .filter(|key| **key != keys.price)
            .filter_map(|key| shown.get(key))
            .map(text)
            .collect();
        let state = entry.state();
        Self {
            id: entry.id(),
            version: entry.version,
            kind_key: entry.kind.clone(),
            kind: cx.t(&format!("entries-kind-{}", kind.key())),
            title: title(cx, &entry.title),
            state_code: state.code(),
            state: cx.t(&format!("entries-state-{}", state.code())),
            chip: state.chip(),
            place: place(cx, &entry.region),
            marks: marks_of(
                cx,
                &programme::now(&cx.app),
                kind,
                &entry.region,
                price_of(shown, keys.price),
            ),
            price: shown.get(keys.price).map(text),
            facts,
            sections: sections(cx, kind, shown, &beside),
            withheld: shown.withheld().collect(),
            score: entry.score,
            published_at: entry.published_at,
            expires_at: entry.expires_at,
            days_left: entry.days_left(now),
            public: entry.is_public(now),
            public_path: format!("{}/{}", kind.home(), entry.id),
        }
    }
}

/// The price that a reader sees.
fn price_of<'a>(shown: &'a Shown, key: &str) -> Option<&'a kernel::Money> {
    match shown.value(key)? {
        Value::Money(money) => Some(money),
        _ => None,
    }
}

/// A title, or words for none.
pub(crate) fn title(cx: &Cx, title: &str) -> String {
    if title.is_empty() {
        cx.t("entries-untitled")
    } else {
        title.to_owned()
    }
}

fn sections(cx: &Cx, kind: &dyn EntryKind, shown: &Shown, beside: &[&str]) -> Vec<SectionText> {
    let form = kind.form();
    let skipped = |key: &str| key == "title" || beside.contains(&key) || kind.keys().quiet.contains(&key);
    let section = |section: &'static forms::Section| {
        let fields = section
            .fields
            .iter()
            .filter(|f| !skipped(f.key))
            .filter_map(|f| shown.get(f.key));
        let (texts, facts): (Vec<FieldText>, Vec<FieldText>) =
            fields.map(|f| field_text(cx, kind, f)).partition(|f| f.long);
        let id = format!("section-{}-{}", form.key, section.key).replace('_', "-");
        (!texts.is_empty() || !facts.is_empty()).then(|| SectionText {
            title: cx.t(&id),
            facts,
            texts,
        })
    };
    let mut out: Vec<SectionText> = form.sections.iter().filter_map(section).collect();
    // A reader comes for the text: what is to be solved, how it works. Facts and contacts stand behind it.
    out.sort_by_key(|s| s.texts.is_empty());
    out
}

fn field_text(cx: &Cx, kind: &dyn EntryKind, field: &ShownField) -> FieldText {
    let (text, indicators) = match &field.shown {
        FieldShown::Withheld => (String::new(), Vec::new()),
        FieldShown::Shown(Value::Indicators(list)) => (String::new(), list.iter().map(indicator).collect()),
        FieldShown::Shown(value) => (show_value(cx, field.field, value), Vec::new()),
    };
    FieldText {
        key: field.field.key,
        label: label(cx, kind.form(), field.field),
        withheld: field.shown == FieldShown::Withheld,
        private: field.private,
        long: is_long(field.field, &text),
        text,
        indicators,
    }
}

fn is_long(field: &Field, text: &str) -> bool {
    matches!(field.kind, Kind::Text { .. } | Kind::Indicators) || text.chars().count() > FACT_CHARS_MAX
}

fn indicator(indicator: &Indicator) -> IndicatorRow {
    // The notation is "name target": without name and present state the target is left.
    let bare = Indicator {
        name: String::new(),
        present: None,
        ..indicator.clone()
    };
    IndicatorRow {
        name: indicator.name.clone(),
        target: bare.to_string().trim().to_owned(),
        present: indicator.present.clone().unwrap_or_default(),
    }
}

/// What a reader may do to an entry.
#[derive(Debug, Clone, Default)]
pub struct Powers {
    /// Change what it says.
    pub edit: bool,
    /// Moves by their codes.
    pub moves: Vec<&'static str>,
    /// Looks into withheld fields.
    pub sees_all: bool,
}

impl Powers {
    /// Of this reader.
    #[must_use]
    pub fn of(cx: &Cx, entry: &Entry, sees_all: bool) -> Self {
        let state = entry.state();
        let subject = entry.subject();
        let remind = programme::now(&cx.app).renewal.remind_days;
        let fits = |by: &Move| {
            let renews = *by != Move::Renew || may_renew(state, entry.days_left(cx.now.micros()), remind);
            by.target(state).is_some() && renews && cx.may(by.action(state), &subject)
        };
        Self {
            edit: state.is_open() && cx.may(crate::actions::WRITE, &subject),
            moves: Move::ALL
                .iter()
                .filter(|m| **m != Move::Expire)
                .filter(|m| fits(m))
                .map(|m| m.code())
                .collect(),
            sees_all,
        }
    }

    /// Whether this move can be made.
    #[must_use]
    pub fn may(&self, by: &str) -> bool {
        self.moves.contains(&by)
    }
}

/// An entry, its kind, and the reader's right to look into it.
pub(crate) struct Opened {
    pub entry: Entry,
    pub kind: std::sync::Arc<dyn EntryKind>,
    pub sight: Option<Sight>,
}

impl Opened {
    /// What later capabilities show of it at a place of a page.
    ///
    /// # Errors
    /// A panel's.
    pub(crate) async fn panels(&self, cx: &Cx, place: Place) -> Result<Vec<String>> {
        let subject = self.entry.subject();
        let about = About {
            id: self.entry.id,
            kind: &self.entry.kind,
            subject: &subject,
        };
        cx.panels(place, about).await
    }

    /// As this reader sees it.
    pub(crate) fn view(&self, cx: &Cx) -> Result<EntryView> {
        let shown = project(&cx.app, self.kind.as_ref(), &self.entry, self.sight.as_ref())?;
        Ok(EntryView::new(cx, self.kind.as_ref(), &self.entry, &shown))
    }

    /// As the public sees it.
    pub(crate) fn public_view(&self, cx: &Cx) -> Result<EntryView> {
        let shown = project(&cx.app, self.kind.as_ref(), &self.entry, None)?;
        Ok(EntryView::new(cx, self.kind.as_ref(), &self.entry, &shown))
    }

    /// The right to look in; not found for who has none.
    pub(crate) fn sight(&self) -> Result<&Sight> {
        self.sight.as_ref().ok_or_else(Fault::not_found)
    }

    /// Whether this reader reviews it.
    pub(crate) fn reviews(&self, cx: &Cx) -> bool {
        let subject = self.entry.subject();
        cx.may(RETURN, &subject) || cx.may(PUBLISH, &subject)
    }
}

/// Opens an entry for a reader: what is public for everyone, all else for who may look into it; not found for others,
/// so that nobody learns that it is there.
pub(crate) async fn open(cx: &Cx, id: EntryId) -> Result<Opened> {
    let mut conn = cx.app.read().await?;
    let entry = store::read::get(&mut conn, id).await?;
    let sight = sight(&mut conn, &cx.app, &cx.actor, &entry).await?;
    if sight.is_none() && !entry.is_public(cx.now.micros()) {
        return Err(Fault::not_found());
    }
    let kind = kinds(&cx.app).get(&entry.kind).cloned().ok_or_else(Fault::not_found)?;
    Ok(Opened { entry, kind, sight })
}

/// Opens an entry for who may look into it.
pub(crate) async fn open_inside(cx: &Cx, id: EntryId) -> Result<Opened> {
    let opened = open(cx, id).await?;
    opened.sight()?;
    Ok(opened)
}

/// One step of an entry's life, in words.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// When, UTC microseconds.
    pub at: i64,
    /// Who; the platform itself where it was nobody, empty where the reader is not told.
    pub who: String,
    /// What happened.
    pub what: String,
    /// Reasons in words, each with the field that it concerns and its note.
    pub reasons: Vec<ReasonText>,
}

/// A reason in words.
#[derive(Debug, Clone)]
pub struct ReasonText {
    /// The field that it concerns; empty for the whole.
    pub field: String,
    /// The key of that field.
    pub key: String,
    /// The reason.
    pub text: String,
    /// The reviewer's note.
    pub note: String,
}

/// The life of an entry, newest first, for who may look into it.
pub(crate) async fn history(cx: &Cx, opened: &Opened) -> Result<Vec<HistoryRow>> {
    let sight = opened.sight()?;
    let mut conn = cx.app.read().await?;
    let events = store::events::of(&mut conn, opened.entry.id()).await?;
    let users: Vec<_> = events.iter().filter_map(|e| e.actor_id).map(Into::into).collect();
    let names = accounts::user_names(&mut conn, &users).await?;
    drop(conn);
    let mut out = Vec::with_capacity(events.len());
    for event in events {
        let reasons = crate::projection::reasons(&cx.app, &event, sight)?;
        let who = event.actor_id.map_or_else(
            || cx.t("entries-platform"),
            |id| names.get(&id.into()).cloned().unwrap_or_default(),
        );
        let what = match (State::from_code(&event.from_state), State::from_code(&event.to_state)) {
            (None, Some(State::Submitted)) => cx.t("entries-event-sheet"),
            (None, _) => cx.t("entries-event-made"),
            (Some(from), Some(to)) => cx.t(&format!("entries-event-{}", event_word(from, to))),
            (Some(_), None) => event.to_state.clone(),
        };
        out.push(HistoryRow {
            at: event.at,
            who,
            what,
            reasons: reason_texts(cx, opened.kind.as_ref(), &reasons),
        });
    }
    Ok(out)
}

/// The word of a step: by its target, where two moves lead to the same also by its source.
fn event_word(from: State, to: State) -> &'static str {
    match (from, to) {
        (State::Withdrawn, State::Draft) => "reopened",
        (_, State::Draft) => "recalled",
        (State::Published, State::Published) | (State::Expired, State::Published) => "renewed",
        (State::Published, State::Returned) => "taken-down",
        (_, to) => to.code(),
    }
}

/// All issues of a record in the order in which its form asks: what concerns the whole stands first.
pub(crate) fn issues_in_order<'a>(kind: &dyn EntryKind, record: &'a Record) -> Vec<(Option<&'static str>, &'a Issue)> {
    let place: HashMap<&str, usize> = kind.form().fields().enumerate().map(|(n, f)| (f.key, n + 1)).collect();
    let mut issues: Vec<_> = record.all_issues().collect();
    issues.sort_by_key(|(key, _)| key.and_then(|k| place.get(k)).copied().unwrap_or(0));
    issues
}

/// Reasons in words.
pub(crate) fn reason_texts(cx: &Cx, kind: &dyn EntryKind, reasons: &[crate::rules::Reason]) -> Vec<ReasonText> {
    let field = |key: &str| {
        kind.form()
            .field(key)
            .map_or_else(|| key.to_owned(), |f| label(cx, kind.form(), f))
    };
    reasons
        .iter()
        .map(|r| ReasonText {
            field: r.field.as_deref().map(field).unwrap_or_default(),
            key: r.field.clone().unwrap_or_default(),
            text: cx.t(&format!("entries-reason-{}", r.code.code())),
            note: r.note.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_become_rows() {
        let list = Indicator::read_all("齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）；节拍 10–12 s").unwrap();
        let row = indicator(&list[0]);
        assert_eq!(
            (row.name.as_str(), row.target.as_str(), row.present.as_str()),
            ("齿向变形", "≤0.03 mm", "0.05–0.06 mm")
        );
        assert_eq!(indicator(&list[1]).target, "10–12 s");
    }

    #[test]
    fn steps_have_words_of_their_own() {
        assert_eq!(event_word(State::Expired, State::Published), "renewed");
        assert_eq!(event_word(State::Accepted, State::Published), "published");
        assert_eq!(event_word(State::Published, State::Returned), "taken-down");
        assert_eq!(event_word(State::Accepted, State::Draft), "recalled");
    }
}
