//! Small forms as data: a page holds panels, `panel.html` shows them, and what is wrong stands at its field and in the
//! summary above.

use jcore::{Cx, Fault, FaultKind};
use kernel::{Issue, Region};

/// What is wrong with a form, by field; none for the whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Errs(Vec<(Option<&'static str>, String)>);

impl Errs {
    /// Adds an issue in the reader's words.
    pub(crate) fn add(&mut self, cx: &Cx, field: impl Into<Option<&'static str>>, issue: &Issue) {
        self.0.push((field.into(), cx.app.words.issue(cx.lang, issue)));
    }

    /// Adds an issue without arguments.
    pub(crate) fn say(&mut self, cx: &Cx, field: impl Into<Option<&'static str>>, code: &'static str) {
        self.add(cx, field, &Issue::error(code));
    }

    /// Adds an issue when a text is blank or longer than allowed; gives the text without spaces around it.
    pub(crate) fn text(&mut self, cx: &Cx, field: &'static str, given: &str, max: usize) -> String {
        let text = kernel::text::normalise(given);
        let chars = text.chars().count();
        if chars == 0 {
            self.say(cx, field, "accounts-blank");
        } else if chars > max {
            let issue = Issue::error("accounts-long")
                .with("found", chars.to_string())
                .with("max", max.to_string());
            self.add(cx, field, &issue);
        }
        text
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds another's.
    pub(crate) fn take(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Takes the issues of a refused act; any other fault goes on its way.
    ///
    /// # Errors
    /// The fault itself.
    pub(crate) fn of(cx: &Cx, fault: Fault) -> Result<Self, Fault> {
        if fault.kind != FaultKind::Refused || fault.fields.is_empty() {
            return Err(fault);
        }
        let mut errs = Self::default();
        for field in &fault.fields {
            let key = field.field.as_deref().and_then(known_field);
            errs.add(cx, key, &field.issue);
        }
        Ok(errs)
    }

    fn at(&self, key: &str) -> Option<String> {
        let texts: Vec<&str> = self
            .0
            .iter()
            .filter(|(f, _)| *f == Some(key))
            .map(|(_, t)| t.as_str())
            .collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }
}

/// Field names that faults carry, as the forms have them.
fn known_field(name: &str) -> Option<&'static str> {
    [
        "email", "name", "org", "region", "role", "reason", "password", "current", "until", "to", "identity", "kind",
    ]
    .into_iter()
    .find(|f| *f == name)
}

/// How an input looks.
#[derive(Debug, Clone)]
pub(crate) enum Control {
    /// One line: the type of the input.
    Line(&'static str),
    /// Paragraphs.
    Area,
    /// A drop-down with groups; a group without a name has its choices at the top.
    Select(Vec<Group>),
    /// A box to tick.
    Check,
    /// Several boxes to tick.
    Checks(Vec<Choice>),
}

/// A group of choices.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) choices: Vec<Choice>,
}

/// A choice.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) selected: bool,
}

/// An input with its label, hint and trouble.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) key: &'static str,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) value: String,
    pub(crate) control: Control,
    pub(crate) autocomplete: &'static str,
    pub(crate) required: bool,
    pub(crate) error: String,
}

impl Input {
    /// A line; its label is `accounts-f-KEY` with `-` for `_`.
    pub(crate) fn new(cx: &Cx, key: &'static str) -> Self {
        Self {
            key,
            label: cx.t(&format!("accounts-f-{}", key.replace('_', "-"))),
            hint: String::new(),
            value: String::new(),
            control: Control::Line("text"),
            autocomplete: "off",
            required: true,
            error: String::new(),
        }
    }

    /// With another label.
    pub(crate) fn label(mut self, text: String) -> Self {
        self.label = text;
        self
    }

    /// With words under the label.
    pub(crate) fn hint(mut self, text: String) -> Self {
        self.hint = text;
        self
    }

    /// With what was typed.
    pub(crate) fn value(mut self, text: impl Into<String>) -> Self {
        self.value = text.into();
        self
    }

    /// Of another type (`email`, `date`, `tel`), with what the browser may fill in.
    pub(crate) fn kind(mut self, kind: &'static str, autocomplete: &'static str) -> Self {
        self.control = Control::Line(kind);
        self.autocomplete = autocomplete;
        self
    }

    /// A password: never filled in again after an error.
    pub(crate) fn password(self, autocomplete: &'static str) -> Self {
        self.kind("password", autocomplete)
    }

    /// Paragraphs.
    pub(crate) fn area(mut self) -> Self {
        self.control = Control::Area;
        self
    }

    /// A box to tick; `value` `yes` ticks it.
    pub(crate) fn check(mut self) -> Self {
        self.control = Control::Check;
        self
    }

    /// Not required.
    pub(crate) fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// A drop-down of (value, words); the typed value is selected.
    pub(crate) fn choices(mut self, choices: impl IntoIterator<Item = (String, String)>) -> Self {
        let choices = choices
            .into_iter()
            .map(|(value, text)| Choice {
                selected: value == self.value,
                value,
                text,
            })
            .collect();
        self.control = Control::Select(vec![Group {
            name: String::new(),
            choices,
        }]);
        self
    }

    /// Boxes of (value, words); those of the comma-joined value are ticked.
    pub(crate) fn checks(mut self, choices: impl IntoIterator<Item = (String, String)>) -> Self {
        let ticked: Vec<&str> = self.value.split(',').collect();
        let choices = choices
            .into_iter()
            .map(|(value, text)| Choice {
                selected: ticked.contains(&value.as_str()),
                value,
                text,
            })
            .collect();
        self.control = Control::Checks(choices);
        self.required = false;
        self
    }

    /// A drop-down of administrative divisions, the home province's by city.
    pub(crate) fn regions(mut self, cx: &Cx) -> Self {
        self.control = Control::Select(region_groups(cx, &self.value));
        self
    }
}

impl Input {
    /// Puts typed values in; a password is never shown again.
    fn refill(&mut self, values: &[&str]) {
        match &mut self.control {
            Control::Line("password") => {}
            Control::Line(_) | Control::Area => self.value = values.first().copied().unwrap_or_default().to_owned(),
            Control::Check => {
                self.value = if values.contains(&"yes") {
                    "yes".into()
                } else {
                    String::new()
                }
            }
            Control::Select(groups) => {
                for choice in groups.iter_mut().flat_map(|g| &mut g.choices) {
                    choice.selected = values.first() == Some(&choice.value.as_str());
                }
            }
            Control::Checks(choices) => {
                for choice in choices {
                    choice.selected = values.contains(&choice.value.as_str());
                }
            }
        }
    }
}

// What the template asks of an input.
impl Input {
    pub(crate) fn line(&self) -> Option<&'static str> {
        if let Control::Line(kind) = self.control {
            Some(kind)
        } else {
            None
        }
    }
    pub(crate) fn is_area(&self) -> bool {
        matches!(self.control, Control::Area)
    }
    pub(crate) fn is_check(&self) -> bool {
        matches!(self.control, Control::Check)
    }
    pub(crate) fn groups(&self) -> Option<&[Group]> {
        if let Control::Select(groups) = &self.control {
            Some(groups)
        } else {
            None
        }
    }
    pub(crate) fn boxes(&self) -> Option<&[Choice]> {
        if let Control::Checks(choices) = &self.control {
            Some(choices)
        } else {
            None
        }
    }
    pub(crate) fn bad(&self) -> bool {
        !self.error.is_empty()
    }
}

/// Divisions for a drop-down: nothing chosen, provinces, then each city with its counties.
pub(crate) fn region_groups(cx: &Cx, chosen: &str) -> Vec<Group> {
    let regions = &cx.app.regions;
    let choice = |code: Region, text: String| Choice {
        value: code.to_string(),
        selected: code.as_str() == chosen,
        text,
    };
    let nothing = Choice {
        value: String::new(),
        text: cx.t("accounts-choose"),
        selected: chosen.is_empty(),
    };
    let mut groups = vec![Group {
        name: String::new(),
        choices: vec![nothing],
    }];
    let provinces = regions.iter().filter(|d| d.parent.is_none());
    let provinces = provinces.map(|d| choice(d.code, d.name.clone())).collect();
    let cities: Vec<_> = regions
        .iter()
        .filter(|d| d.level == kernel::DivisionLevel::City)
        .collect();
    for city in cities {
        let mut choices = vec![choice(city.code, city.name.clone())];
        choices.extend(
            regions
                .counties_of(city.code)
                .into_iter()
                .map(|d| choice(d.code, format!("{} {}", city.name, d.name))),
        );
        groups.push(Group {
            name: city.name.clone(),
            choices,
        });
    }
    groups.push(Group {
        name: cx.t("accounts-provinces"),
        choices: provinces,
    });
    groups
}

/// A form that came back with something wrong: its panel is shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    /// The panel's key.
    pub(crate) key: &'static str,
    /// What is wrong.
    pub(crate) errs: Errs,
    /// What was typed.
    pub(crate) pairs: Vec<(String, String)>,
}

impl Filled {
    pub(crate) fn new(key: &'static str, errs: Errs, pairs: Vec<(String, String)>) -> Self {
        Self { key, errs, pairs }
    }

    /// What is wrong, for the top of a page that does not show the form itself.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.errs.0.iter().map(|(_, text)| text.clone()).collect()
    }
}

/// A form of a page.
#[derive(Debug, Clone)]
pub(crate) struct Panel {
    /// Its name, for the ids of its inputs.
    pub(crate) key: &'static str,
    /// Where it is sent: a path without the language.
    pub(crate) action: String,
    /// Fields that are not shown.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Its inputs.
    pub(crate) inputs: Vec<Input>,
    /// The words on its button.
    pub(crate) button: String,
    /// Whether it takes something away: the button is not the page's main one.
    pub(crate) minor: bool,
    /// Words on the whole form's errors.
    pub(crate) whole: Vec<String>,
}

impl Panel {
    /// A form whose button says the words of an id.
    pub(crate) fn new(cx: &Cx, key: &'static str, action: impl Into<String>, button: &str) -> Self {
        Self {
            key,
            action: action.into(),
            hidden: Vec::new(),
            inputs: Vec::new(),
            button: cx.t(button),
            minor: false,
            whole: Vec::new(),
        }
    }

    /// With an input.
    pub(crate) fn with(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }

    /// With a field that is not shown.
    pub(crate) fn hide(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((key, value.into()));
        self
    }

    /// With a button that is not the page's main one.
    pub(crate) fn minor(mut self) -> Self {
        self.minor = true;
        self
    }

    /// With what was typed and what is wrong, if this is the form that came back.
    pub(crate) fn filled(mut self, filled: Option<&Filled>) -> Self {
        let Some(filled) = filled.filter(|f| f.key == self.key) else {
            return self;
        };
        for input in &mut self.inputs {
            let values: Vec<&str> = filled
                .pairs
                .iter()
                .filter(|(k, _)| k == input.key)
                .map(|(_, v)| v.as_str())
                .collect();
            input.refill(&values);
        }
        self.errs(&filled.errs)
    }

    /// With what is wrong: each issue at its input, the others on top.
    pub(crate) fn errs(mut self, errs: &Errs) -> Self {
        for input in &mut self.inputs {
            input.error = errs.at(input.key).unwrap_or_default();
        }
        let shown: Vec<&str> = self.inputs.iter().map(|i| i.key).collect();
        let others = errs.0.iter().filter(|(f, _)| f.is_none_or(|f| !shown.contains(&f)));
        self.whole = others.map(|(_, text)| text.clone()).collect();
        self
    }

    /// The inputs with something wrong.
    pub(crate) fn bad(&self) -> Vec<&Input> {
        self.inputs.iter().filter(|i| i.bad()).collect()
    }

    pub(crate) fn has_errors(&self) -> bool {
        !self.whole.is_empty() || self.inputs.iter().any(Input::bad)
    }
}

/// A pager's state.
#[derive(Debug, Clone)]
pub(crate) struct Pager {
    /// This page, from 1.
    pub(crate) page: i64,
    /// Pages.
    pub(crate) pages: i64,
    /// Things in all.
    pub(crate) total: i64,
    /// The address without the page, ending in `?` or `&`.
    base: String,
}

/// Rows a page of a list shows.
pub(crate) const PAGE_ROWS: i64 = 50;

impl Pager {
    /// For a list of so many things; a page beyond the end is the last.
    pub(crate) fn new(cx: &Cx, page: i64, total: i64, query: &[(&str, &str)]) -> Self {
        let pages = (total + PAGE_ROWS - 1) / PAGE_ROWS;
        let pages = pages.max(1);
        let mut base = String::from(cx.path.as_ref());
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (k, v) in query.iter().filter(|(_, v)| !v.is_empty()) {
            pairs.append_pair(k, v);
        }
        let pairs = pairs.finish();
        base.push('?');
        if !pairs.is_empty() {
            base.push_str(&pairs);
            base.push('&');
        }
        Self {
            page: page.clamp(1, pages),
            pages,
            total,
            base,
        }
    }

    pub(crate) fn offset(&self) -> i64 {
        (self.page - 1) * PAGE_ROWS
    }

    /// The address of the page before, without the language.
    pub(crate) fn prev(&self) -> Option<String> {
        (self.page > 1).then(|| format!("{}page={}", self.base, self.page - 1))
    }

    /// The address of the page after.
    pub(crate) fn next(&self) -> Option<String> {
        (self.page < self.pages).then(|| format!("{}page={}", self.base, self.page + 1))
    }
}
