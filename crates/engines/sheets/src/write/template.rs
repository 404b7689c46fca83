//! Forms as workbooks to fill in: one row a record, drop-downs where the form has lists, an example, a page of help.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Note, Workbook, Worksheet,
};

use super::{Names, WriteError, bordered, clipped, colour, column, head_format, line, new_book};

/// Rows that are formatted and have drop-downs: ten times what one organisation may propose a season (R045: 50).
pub const TEMPLATE_ROWS: usize = 500;
/// Characters of a drop-down's entries together, commas included, above which they must stand in cells.
const INLINE_CHOICES_MAX: usize = 255;
/// Height of the rows of heads and title, in points.
const HEAD_HEIGHT: f64 = 32.0;
/// Widths that Excel takes.
const WIDTHS: (f64, f64) = (4.0, 120.0);
/// Widths of the help page's three columns.
const HELP_WIDTHS: [f64; 3] = [36.0, 60.0, 60.0];

/// One column of a template.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TemplateColumn {
    /// Its head; a required column's gets ` *` behind it.
    pub head: String,
    /// How to fill it in: shown when the pointer rests on the head, and on the help page.
    pub note: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Entries of its drop-down; none, no drop-down. Other text is warned of and not forbidden, since readers
    /// understand more than the list says.
    pub choices: Vec<String>,
    /// Whether its cells are text whatever is typed, so that long numbers and zeros before them survive.
    pub text_format: bool,
    /// Its width in characters of Latin digits.
    pub width: f64,
    /// What stands in it in the example row.
    pub example: String,
}

/// A workbook to fill in. The first sheet has `title` over the columns, the heads (frozen, coloured, required ones
/// marked `*`), an example row that begins with `example_mark` (示例, Example) so that reading skips it, and
/// [`TEMPLATE_ROWS`] rows with formats and drop-downs. The second sheet helps: it is named by the first line of
/// `help`, shows the others and then every column with its note and its list; without `help` there is none. (R115.)
///
/// # Errors
/// [`WriteError`] when the columns or lists are more than a workbook can hold.
pub fn template(
    title: &str,
    sheet: &str,
    columns: &[TemplateColumn],
    help: &[String],
    example_mark: &str,
) -> Result<Vec<u8>, WriteError> {
    let mut book = new_book()?;
    let mut names = Names::default();
    let mut lists: Vec<&TemplateColumn> = Vec::new();
    for spec in columns.iter().filter(|spec| needs_cells(spec)) {
        // One list in cells serves all columns that offer it.
        if lists.iter().all(|list| list.choices != spec.choices) {
            lists.push(spec);
        }
    }
    let form_name = names.take(sheet);
    let help_name = help.first().map(|line| names.take(line));
    let lists_name = names.take("_lists");

    let page = book.add_worksheet();
    page.set_name(&form_name)?;
    write_form(page, title, columns, example_mark)?;
    let first_row = if columns.iter().any(|column| !column.example.is_empty()) {
        3
    } else {
        2
    };
    for (col, spec) in columns.iter().enumerate() {
        write_rows(page, col, spec, first_row)?;
        if let Some(rule) = drop_down(spec, &lists, &lists_name)? {
            let last = line(first_row + TEMPLATE_ROWS - 1);
            page.add_data_validation(line(first_row), column(col), last, column(col), &rule)?;
        }
    }
    if let Some(name) = help_name {
        write_help(&mut book, &name, columns, help.get(1..).unwrap_or_default())?;
    }
    if !lists.is_empty() {
        write_lists(&mut book, &lists_name, &lists)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Title, heads and example row.
fn write_form(
    page: &mut Worksheet,
    title: &str,
    columns: &[TemplateColumn],
    example_mark: &str,
) -> Result<(), WriteError> {
    let title_format = Format::new()
        .set_bold()
        .set_font_size(14)
        .set_font_color(colour::INK)
        .set_align(FormatAlign::VerticalCenter);
    page.set_row_height(0, HEAD_HEIGHT)?;
    page.write_string_with_format(0, 0, clipped(title), &title_format)?;
    page.set_row_height(1, HEAD_HEIGHT)?;
    let optional = head_format();
    let required = head_format()
        .set_background_color(colour::SEAL_SOFT)
        .set_font_color(colour::SEAL);
    let example = bordered()
        .set_italic()
        .set_font_color(colour::INK_SOFT)
        .set_background_color(colour::PAPER)
        .set_num_format("@");
    let has_example = columns.iter().any(|column| !column.example.is_empty());
    for (col, spec) in columns.iter().enumerate() {
        let col_at = column(col);
        let format = if spec.required { &required } else { &optional };
        page.write_string_with_format(1, col_at, marked_head(spec), format)?;
        page.set_column_width(col_at, spec.width.clamp(WIDTHS.0, WIDTHS.1))?;
        if !spec.note.is_empty() {
            page.insert_note(1, col_at, &Note::new(clipped(&spec.note)).add_author_prefix(false))?;
        }
        if has_example {
            let text = if col == 0 {
                first_example(example_mark, &spec.example)
            } else {
                spec.example.clone()
            };
            page.write_string_with_format(2, col_at, clipped(&text), &example)?;
        }
    }
    page.set_freeze_panes(2, 0)?;
    page.set_landscape();
    page.set_repeat_rows(1, 1)?;
    Ok(())
}

fn marked_head(spec: &TemplateColumn) -> String {
    if spec.required {
        format!("{} *", spec.head)
    } else {
        spec.head.clone()
    }
}

/// The example row's first cell, by which the row is known as no data.
fn first_example(mark: &str, example: &str) -> String {
    if example.is_empty() {
        mark.to_owned()
    } else {
        format!("{mark}：{example}")
    }
}

fn write_rows(page: &mut Worksheet, col: usize, spec: &TemplateColumn, first_row: usize) -> Result<(), WriteError> {
    let format = if spec.text_format {
        bordered().set_num_format("@")
    } else {
        bordered()
    };
    for row in first_row..first_row + TEMPLATE_ROWS {
        page.write_blank(line(row), column(col), &format)?;
    }
    Ok(())
}

/// Whether a column's list cannot stand in the rule itself: it is too long, or an entry has the comma that parts them.
fn needs_cells(spec: &TemplateColumn) -> bool {
    let length: usize = spec
        .choices
        .iter()
        .map(|choice| choice.encode_utf16().count() + 1)
        .sum();
    // Quotes are doubled in the rule.
    let quotes: usize = spec.choices.iter().map(|choice| choice.matches('"').count()).sum();
    let has_comma = spec.choices.iter().any(|choice| choice.contains(','));
    !spec.choices.is_empty() && (length + quotes > INLINE_CHOICES_MAX || has_comma)
}

fn drop_down(
    spec: &TemplateColumn,
    lists: &[&TemplateColumn],
    lists_name: &str,
) -> Result<Option<DataValidation>, WriteError> {
    if spec.choices.is_empty() {
        return Ok(None);
    }
    let rule = DataValidation::new().set_error_style(DataValidationErrorStyle::Warning);
    let in_cells = lists.iter().position(|list| list.choices == spec.choices);
    let rule = match in_cells {
        Some(col) => {
            let range = rust_xlsxwriter::utility::cell_range_absolute(
                0,
                column(col),
                line(spec.choices.len() - 1),
                column(col),
            );
            rule.allow_list_formula(Formula::new(format!("='{}'!{range}", lists_name.replace('\'', "''"))))
        }
        None => rule.allow_list_strings(&spec.choices)?,
    };
    Ok(Some(rule))
}

fn write_lists(book: &mut Workbook, name: &str, lists: &[&TemplateColumn]) -> Result<(), WriteError> {
    let page = book.add_worksheet();
    page.set_name(name)?;
    page.set_hidden(true);
    for (col, list) in lists.iter().enumerate() {
        for (row, choice) in list.choices.iter().enumerate() {
            page.write_string(line(row), column(col), clipped(choice))?;
        }
    }
    Ok(())
}

fn write_help(book: &mut Workbook, name: &str, columns: &[TemplateColumn], lines: &[String]) -> Result<(), WriteError> {
    let page = book.add_worksheet();
    page.set_name(name)?;
    for (col, width) in HELP_WIDTHS.into_iter().enumerate() {
        page.set_column_width(column(col), width)?;
    }
    let plain = Format::new().set_font_color(colour::INK);
    for (row, text) in lines.iter().enumerate() {
        page.write_string_with_format(line(row), 0, clipped(text), &plain)?;
    }
    let (head, cell) = (head_format(), bordered());
    for (index, spec) in columns.iter().enumerate() {
        let row = line(lines.len() + 1 + index);
        page.write_string_with_format(row, 0, marked_head(spec), &head)?;
        page.write_string_with_format(row, 1, clipped(&spec.note), &cell)?;
        page.write_string_with_format(row, 2, clipped(&spec.choices.join("、")), &cell)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{TemplateColumn, first_example, needs_cells};

    #[test]
    fn long_lists_stand_in_cells() {
        let with = |choices: Vec<String>| TemplateColumn {
            choices,
            ..TemplateColumn::default()
        };
        assert!(!needs_cells(&with(Vec::new())));
        assert!(!needs_cells(&with(vec!["发明".to_owned(), "实用新型".to_owned()])));
        assert!(needs_cells(&with(vec!["a,b".to_owned()])));
        assert!(needs_cells(&with(vec!["区".repeat(10); 24])));
    }

    #[test]
    fn the_example_row_begins_with_its_mark() {
        assert_eq!(first_example("示例", "一种方法"), "示例：一种方法");
        assert_eq!(first_example("示例", ""), "示例");
    }
}
