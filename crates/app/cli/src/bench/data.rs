//! Entries in great number. The rows are the demo's, over and over, each with an organisation, a title and a number of
//! its own, and they go in as any workbook does: uploaded, checked, handed in, published.

use jcore::{Actor, App};
use kernel::{BatchId, EntryId, patent_check, uscc_check, uscc_org_check};

use crate::demo::books;
use crate::fail::Done;
use crate::marks;
use crate::split::Sheet;

/// Rows of one upload.
const ROWS_AT_ONCE: usize = 2_000;
/// Rows of one organisation: below every cap.
const ROWS_OF_ORG: usize = 10;
/// Characters kept of a title, so that the number fits behind.
const TITLE_CHARS: usize = 40;

/// A kind of sheet as it is multiplied.
struct Pattern {
    kind: &'static str,
    text: &'static str,
    title: &'static str,
    /// Columns that name the organisation.
    orgs: &'static [&'static str],
    /// How its organisations' names end, and how their codes begin.
    org: (&'static str, &'static str),
    number: Option<&'static str>,
}

const PATENTS: Pattern = Pattern {
    kind: "patents",
    text: books::PATENTS,
    title: "专利名称",
    orgs: &["专利权人", "报送单位"],
    org: ("大学", "12"),
    number: Some("专利号"),
};
const ACHIEVEMENTS: Pattern = Pattern {
    kind: "achievements",
    text: books::ACHIEVEMENTS,
    title: "成果名称",
    orgs: &["完成单位", "报送单位"],
    org: ("研究院", "12"),
    number: None,
};
const NEEDS: Pattern = Pattern {
    kind: "needs",
    text: books::NEEDS,
    title: "需求名称",
    orgs: &["需求单位"],
    org: ("科技有限公司", "91"),
    number: None,
};

/// Fills a store. One more need is handed in and left unpublished: it is given back with its title.
pub(crate) async fn fill(
    app: &App,
    offers: usize,
    needs: usize,
    tick: &(dyn Fn(usize) + Sync),
) -> Done<(EntryId, String)> {
    let patents = offers.div_ceil(2);
    for (pattern, count) in [(&PATENTS, patents), (&ACHIEVEMENTS, offers - patents), (&NEEDS, needs)] {
        let mut from = 0;
        while from < count {
            let to = count.min(from + ROWS_AT_ONCE);
            for batch in put(app, pattern.kind, &rows(pattern, from..to)?).await? {
                publish(app, batch, tick).await?;
            }
            from = to;
        }
    }
    one_more(app, needs).await
}

async fn one_more(app: &App, number: usize) -> Done<(EntryId, String)> {
    let sheet = rows(&NEEDS, number..number + 1)?;
    let title = sheet
        .rows
        .first()
        .map_or("", |row| sheet.cell(row, NEEDS.title))
        .to_owned();
    for batch in put(app, NEEDS.kind, &sheet).await? {
        if let Some((entry, _)) = marks::waiting_of(&mut app.read().await?, batch).await?.first() {
            return Ok((*entry, title));
        }
    }
    Err(jcore::Fault::internal("the last need of the bench was held").into())
}

async fn put(app: &App, kind: &str, sheet: &Sheet) -> Done<Vec<BatchId>> {
    let actor = Actor::system();
    let batches = intake::upload(app, &actor, kind, None, "bench.csv", &sheet.bytes()).await?;
    for batch in &batches {
        let report = intake::commit(
            app,
            &actor,
            *batch,
            intake::CommitOptions::because(true, "bench"),
            &|_, _| {},
        )
        .await?;
        if let Some(issue) = report.errors.first() {
            let text = format!(
                "a row of the bench is held: {} {} {}",
                issue.column, issue.code, issue.raw
            );
            return Err(jcore::Fault::internal(text).into());
        }
    }
    Ok(batches)
}

async fn publish(app: &App, batch: BatchId, tick: &(dyn Fn(usize) + Sync)) -> Done {
    let waiting = marks::waiting_of(&mut app.read().await?, batch).await?;
    for (entry, version) in waiting {
        entries::publish(app, &Actor::system(), entry, version).await?;
        tick(1);
    }
    Ok(())
}

/// Rows of a kind, by their running numbers.
fn rows(pattern: &Pattern, numbers: std::ops::Range<usize>) -> Done<Sheet> {
    let base = Sheet::read(pattern.text)?;
    let mut out = Sheet {
        head: base.head.clone(),
        rows: Vec::with_capacity(numbers.len()),
    };
    for number in numbers {
        let Some(row) = base.rows.get(number % base.rows.len().max(1)) else {
            break;
        };
        out.rows.push(varied(pattern, &base, row, number));
    }
    Ok(out)
}

fn varied(pattern: &Pattern, base: &Sheet, row: &[String], number: usize) -> Vec<String> {
    let org = number / ROWS_OF_ORG;
    let name = format!("测量{org}号{}", pattern.org.0);
    let cell = |head: &String, text: &String| match head.as_str() {
        head if head == pattern.title => {
            let title: String = text.chars().take(TITLE_CHARS).collect();
            format!("{title}（第{number}号）")
        }
        head if pattern.orgs.contains(&head) => name.clone(),
        head if Some(head) == pattern.number => patent(text, number),
        "统一社会信用代码" => code(pattern.org.1, text, org),
        _ => text.clone(),
    };
    base.head.iter().zip(row).map(|(head, text)| cell(head, text)).collect()
}

/// A patent's number of the same year and kind, with another serial.
fn patent(text: &str, number: usize) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(5).collect();
    let body = format!("{digits}{number:07}");
    format!("ZL{body}.{}", patent_check(body.as_bytes()))
}

/// A credit code in the same region.
fn code(head: &str, text: &str, org: usize) -> String {
    let region: String = text.chars().skip(2).take(6).collect();
    let unit = format!("MB{org:06}");
    let body = format!("{head}{region}{unit}{}", uscc_org_check(unit.as_bytes()));
    let check = uscc_check(body.as_bytes());
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_and_codes_are_valid_and_unique() {
        let sheet = rows(&PATENTS, 0..500).unwrap();
        let patents: BTreeSet<&str> = sheet.rows.iter().map(|r| sheet.cell(r, "专利号")).collect();
        assert_eq!(patents.len(), 500);
        for patent in patents {
            let read = kernel::read::patent(patent, None);
            assert!(read.is_ok() && read.issues.is_empty(), "{patent}: {:?}", read.issues);
        }
        for row in &sheet.rows {
            assert!(kernel::Uscc::new(sheet.cell(row, "统一社会信用代码")).is_some());
            assert_eq!(sheet.cell(row, "专利权人"), sheet.cell(row, "报送单位"));
        }
        let titles: BTreeSet<&str> = sheet.rows.iter().map(|r| sheet.cell(r, "专利名称")).collect();
        assert_eq!(titles.len(), 500);
    }
}
