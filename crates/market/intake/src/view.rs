//! What the pages of batches show: lists, and the repair grid.

use std::collections::BTreeMap;

use forms::{Field, Form, Kind as FieldKind};
use jcore::{Cx, Result, Sight};
use kernel::Level;

use crate::access::{self, Opened};
use crate::kind::Again;
use crate::page::{self, Choice, Control, IssueView, level_class};
use crate::report::Counts;
use crate::store::{BatchRow, RowRow, Tally};
use crate::stored::{Body, RowState, StoredIssue};
use crate::template::kind_name;

/// Characters of a text shown in a cell of the grid; the whole is on the row's own page.
const CELL_CHARS: usize = 80;
/// Fields of good rows that a list shows: enough to know a row by.
const KNOWN_BY: usize = 5;

/// A batch in the list.
#[derive(Debug)]
pub(crate) struct BatchView {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) sheet: String,
    pub(crate) kind: String,
    pub(crate) org: Option<String>,
    pub(crate) at: i64,
    pub(crate) state: String,
    pub(crate) chip: &'static str,
    pub(crate) rows: i64,
    pub(crate) held: usize,
    pub(crate) ready: usize,
    pub(crate) is_in: usize,
}

/// A batch for the list; its name is opened by the right to this batch alone.
pub(crate) fn batch_view(cx: &Cx, row: &BatchRow, sight: &Sight, tallies: &[Tally]) -> Result<BatchView> {
    let counts = Counts::of(tallies.iter().filter(|tally| tally.batch_id == row.id));
    let about = row.about(&cx.app.keys, sight)?;
    Ok(BatchView {
        href: cx.href(&format!("/intake/{}", row.id)),
        name: about.file,
        sheet: about.sheet,
        kind: kind_name(&cx.app, &row.kind, cx.lang),
        org: row.org_name.clone(),
        at: row.created_at,
        state: cx.t(&format!("intake-state-{}", row.state)),
        chip: chip(&row.state, counts.held),
        rows: row.row_count,
        held: counts.held,
        ready: counts.ready,
        is_in: counts.is_in(),
    })
}

/// The colour of a batch's state.
pub(crate) fn chip(state: &str, held: usize) -> &'static str {
    match (state, held) {
        ("done", _) => "ok",
        ("open", 0) => "info",
        ("open" | "reading", _) => "wait",
        _ => "",
    }
}

/// A row of the grid.
#[derive(Debug)]
pub(crate) struct RowView {
    pub(crate) number: usize,
    /// The row's page.
    pub(crate) href: String,
    /// The id of the form that its inputs belong to; none for rows that can't be mended here.
    pub(crate) form: Option<String>,
    /// What concerns the whole row, or a field that has no column here.
    pub(crate) notes: Vec<IssueView>,
    pub(crate) cells: Vec<CellView>,
    /// What became of it.
    pub(crate) outcome: Option<String>,
    pub(crate) result: Option<String>,
}

/// A cell of the grid.
#[derive(Debug)]
pub(crate) struct CellView {
    pub(crate) key: &'static str,
    /// For who cannot see the column's head: what the input is for.
    pub(crate) label: String,
    /// `bad`, `warn` or nothing.
    pub(crate) class: &'static str,
    /// What was written.
    pub(crate) raw: String,
    /// What it was read as, if that differs.
    pub(crate) shown: Option<String>,
    /// What came in the file, if it was mended since.
    pub(crate) was: Option<String>,
    /// What is there now, if the row changes it.
    pub(crate) before: Option<String>,
    pub(crate) issues: Vec<IssueView>,
    /// The input of a bad cell.
    pub(crate) input: Input,
    /// Answers to take with one click: what is sent, what is read.
    pub(crate) fixes: Vec<(String, String)>,
}

/// How a bad cell is mended in the grid.
#[derive(Debug)]
pub(crate) enum Input {
    None,
    Line,
    Area,
    Select(Vec<Choice>),
}

impl CellView {
    pub(crate) fn is_line(&self) -> bool {
        matches!(self.input, Input::Line)
    }

    pub(crate) fn is_area(&self) -> bool {
        matches!(self.input, Input::Area)
    }

    pub(crate) fn choices(&self) -> Option<&[Choice]> {
        if let Input::Select(choices) = &self.input {
            Some(choices)
        } else {
            None
        }
    }

    pub(crate) fn id(&self, number: &usize) -> String {
        format!("r{number}-{}", self.key)
    }
}

/// The grid: its heads, each with whether it holds figures, and its rows.
#[derive(Debug)]
pub(crate) struct GridView {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<RowView>,
}

/// The rows of a page of a batch. Columns are what rows are known by, then every field in which something is wrong.
pub(crate) fn grid(cx: &Cx, opened: &Opened, rows: &[RowRow], can_mend: bool) -> Result<GridView> {
    let kind = access::kind(&cx.app, &opened.row.kind)?;
    let form = kind.form();
    let open = |row: &RowRow| row.body(&cx.app.keys, &opened.sight).map(|body| (row.clone(), body));
    let rows: Vec<(RowRow, Body)> = rows.iter().map(open).collect::<Result<_>>()?;
    let fields = columns(form, &rows);
    let heads = fields.iter().map(|field| page::label(cx, form, field)).collect();
    let view = |(row, body): &(RowRow, Body)| row_view(cx, opened, form, &fields, row, body, can_mend);
    let mut views: Vec<RowView> = rows.iter().map(view).collect();
    for (view, (row, _)) in views.iter_mut().zip(&rows) {
        view.result = row.subject_id.and_then(|id| kind.href(id)).map(|path| cx.href(&path));
    }
    Ok(GridView { heads, rows: views })
}

fn columns(form: &'static Form, rows: &[(RowRow, Body)]) -> Vec<&'static Field> {
    let held = |row: &RowRow| row.state == RowState::Held.code();
    let wrong = |field: &Field| {
        rows.iter().any(|(row, body)| {
            let least = if held(row) { Level::Error } else { Level::Warning };
            body.issues
                .iter()
                .any(|issue| issue.field.as_deref() == Some(field.key) && issue.level >= least)
        })
    };
    let filled = |field: &Field| rows.iter().any(|(_, body)| body.draft.contains_key(field.key));
    let changes = |field: &Field| {
        rows.iter()
            .any(|(row, body)| before(body, field.key, row.state == RowState::In.code()).is_some())
    };
    let any_held = rows.iter().any(|(row, _)| held(row));
    let known_by = if any_held { 2 } else { KNOWN_BY };
    let known: Vec<&str> = form
        .fields()
        .filter(|field| filled(field))
        .map(|field| field.key)
        .take(known_by)
        .collect();
    form.fields()
        .filter(|field| known.contains(&field.key) || wrong(field) || changes(field))
        .collect()
}

fn row_view(
    cx: &Cx,
    opened: &Opened,
    form: &'static Form,
    fields: &[&'static Field],
    row: &RowRow,
    body: &Body,
    can_mend: bool,
) -> RowView {
    let is_held = row.state == RowState::Held.code();
    let is_in = row.state == RowState::In.code();
    let shown = |issue: &&StoredIssue| {
        let own = issue
            .field
            .as_deref()
            .is_some_and(|key| fields.iter().any(|field| field.key == key));
        !own && issue.level != Level::Note && !(is_in && issue.level == Level::Error)
    };
    let elsewhere = |issue: &StoredIssue| {
        let field = issue.field.as_deref().and_then(|key| form.field(key));
        let text = issue.text(&cx.app.words, cx.lang);
        let text = match field {
            Some(field) => cx.ta(
                "intake-error-line",
                &[("field", page::label(cx, form, field)), ("text", text)],
            ),
            None => text,
        };
        IssueView {
            text,
            level: level_class(issue.level),
        }
    };
    let outcome = (!row.outcome.is_empty()).then(|| cx.t(&format!("intake-outcome-{}", row.outcome)));
    RowView {
        number: row.number(),
        href: cx.href(&format!("/intake/{}/rows/{}", opened.row.id, row.number)),
        form: (can_mend && is_held).then(|| format!("row-{}", row.number)),
        notes: body.issues.iter().filter(shown).map(elsewhere).collect(),
        cells: fields
            .iter()
            .map(|field| cell(cx, form, field, body, can_mend && is_held, is_in))
            .collect(),
        outcome,
        result: None,
    }
}

fn cell(cx: &Cx, form: &'static Form, field: &'static Field, body: &Body, can_mend: bool, is_in: bool) -> CellView {
    let raw = body.draft.get(field.key).cloned().unwrap_or_default();
    let issues: Vec<&StoredIssue> = if is_in { Vec::new() } else { body.at(Some(field.key)) };
    let issues: Vec<&StoredIssue> = issues.into_iter().filter(|issue| issue.level != Level::Note).collect();
    let is_bad = issues.iter().any(|issue| issue.level == Level::Error);
    let class = match (is_bad, issues.is_empty()) {
        (true, _) => "bad",
        (false, false) => "warn",
        (false, true) => "",
    };
    let value = page::read_now(cx, field, &raw);
    let reading = value
        .map(|value| page::show_value(cx, field, &value))
        .filter(|text| *text != raw.trim());
    CellView {
        key: field.key,
        label: page::label(cx, form, field),
        class,
        shown: reading.map(|text| cut(&text)),
        was: body.was.get(field.key).map(|was| cut(was)),
        before: before(body, field.key, is_in),
        input: if is_bad && can_mend {
            input(cx, form, field, &raw)
        } else {
            Input::None
        },
        fixes: if is_bad && can_mend {
            fixes(cx, field, &raw, &issues)
        } else {
            Vec::new()
        },
        issues: issues
            .iter()
            .map(|issue| IssueView {
                text: issue.text(&cx.app.words, cx.lang),
                level: level_class(issue.level),
            })
            .collect(),
        raw: if is_bad { raw } else { cut(&raw) },
    }
}

/// What a row that is not in would change in a field.
fn before(body: &Body, key: &str, is_in: bool) -> Option<String> {
    let Again::Changes { cells, .. } = &body.found.again else {
        return None;
    };
    let cell = cells.iter().find(|(field, _)| field == key).filter(|_| !is_in);
    cell.map(|(_, before)| {
        if before.is_empty() {
            "—".to_owned()
        } else {
            cut(before)
        }
    })
}

/// Cells of held rows that say the same and are wrong in the same way.
#[derive(Debug)]
pub(crate) struct GroupView {
    pub(crate) id: String,
    pub(crate) field: &'static str,
    pub(crate) label: String,
    pub(crate) raw: String,
    pub(crate) count: usize,
    pub(crate) why: String,
    pub(crate) choices: Option<Vec<Choice>>,
}

/// A field and what is said there.
type Said = (String, String);

/// Groups that a page shows.
const GROUPS_MAX: usize = 8;
/// Held rows that are looked through for groups: with more, the most frequent are among the first.
const GROUP_ROWS_MAX: i64 = 2_000;
/// Longest text of a group, in characters: longer ones are no choices written another way.
const GROUP_CHARS_MAX: usize = 60;

/// What many held rows say alike, the most frequent first (R139).
pub(crate) async fn groups(cx: &Cx, opened: &Opened, conn: &mut db::Conn) -> Result<Vec<GroupView>> {
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let held = crate::store::Which::In(RowState::Held);
    let rows = crate::store::rows(conn, opened.row.batch(), held, 0, GROUP_ROWS_MAX).await?;
    let mut found: BTreeMap<Said, (usize, StoredIssue)> = BTreeMap::new();
    for row in &rows {
        let body = row.body(&cx.app.keys, &opened.sight)?;
        let wrong = body.issues.iter().filter(|issue| issue.level == Level::Error);
        let mut seen = std::collections::BTreeSet::new();
        for issue in wrong {
            let Some(field) = issue.field.clone().filter(|field| seen.insert(field.clone())) else {
                continue;
            };
            let raw = body
                .draft
                .get(&field)
                .map(|raw| raw.trim().to_owned())
                .unwrap_or_default();
            if !raw.is_empty() && raw.chars().count() <= GROUP_CHARS_MAX {
                found.entry((field, raw)).or_insert((0, issue.clone())).0 += 1;
            }
        }
    }
    let mut groups: Vec<_> = found.into_iter().filter(|(_, (count, _))| *count > 1).collect();
    groups.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let view = |at: usize, (key, raw): Said, count: usize, issue: &StoredIssue| {
        let field = form.field(&key)?;
        let choices = match input(cx, form, field, &raw) {
            Input::Select(choices) => Some(choices),
            Input::None | Input::Line | Input::Area => None,
        };
        Some(GroupView {
            id: format!("group-{at}"),
            field: field.key,
            label: page::label(cx, form, field),
            why: issue.text(&cx.app.words, cx.lang),
            raw,
            count,
            choices,
        })
    };
    let groups = groups.into_iter().take(GROUPS_MAX).enumerate();
    let shown = groups.filter_map(|(at, (said, (count, issue)))| view(at, said, count, &issue));
    Ok(shown.collect())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(CELL_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn input(cx: &Cx, form: &'static Form, field: &'static Field, raw: &str) -> Input {
    match Control::of(cx, form, field, raw) {
        Control::Select(choices) => Input::Select(choices),
        Control::YesNo(choices) => {
            let none = Choice {
                id: String::new(),
                value: String::new(),
                text: cx.t("intake-choose"),
                selected: false,
            };
            Input::Select(std::iter::once(none).chain(choices).collect())
        }
        Control::Text(_) | Control::Indicators(_) => Input::Area,
        Control::Line(_) | Control::Checks(_) | Control::Region(_) => Input::Line,
    }
}

/// What the readers themselves offer instead: the nearest date, the whole number with its right check digit, the
/// divisions of an ambiguous name.
fn fixes(cx: &Cx, field: &'static Field, raw: &str, issues: &[&StoredIssue]) -> Vec<(String, String)> {
    if field.kind == FieldKind::Region {
        let regions = &cx.app.regions;
        let found = kernel::read::region_candidates(raw, regions);
        return found
            .into_iter()
            .map(|region| (region.to_string(), regions.full_name(region)))
            .collect();
    }
    let offered = issues
        .iter()
        .flat_map(|issue| ["nearest", "whole"].into_iter().filter_map(|name| issue.arg(name)));
    let mut out: Vec<(String, String)> = Vec::new();
    for text in offered {
        // Only what the field itself takes: an offer that is refused again helps nobody.
        if page::read_now(cx, field, text).is_some() && !out.iter().any(|(known, _)| known == text) {
            out.push((text.to_owned(), text.to_owned()));
        }
    }
    out
}
