//! What a sender says about rows and columns: reasons, corrections that are remembered, workbooks that come back, batches
//! that are taken back.

use std::collections::BTreeMap;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use intake::{CommitOptions, Sent, annotated, commit, report, revert, send, upload};
use jcore::{FaultKind, Lang, Role};

use crate::support::{Site, csv, good};

fn file(titles: &[&str]) -> Vec<u8> {
    let rows: Vec<String> = titles.iter().map(|title| good(title)).collect();
    csv(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A row with a warning.
fn doubtful(title: &str) -> String {
    good(&format!("{title}存疑"))
}

#[tokio::test]
async fn rows_with_warnings_wait_for_a_reason() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let content = csv(&[&good("一"), &doubtful("二"), &doubtful("三")]);
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &content)
        .await
        .unwrap()[0];
    let warned = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!(warned.warnings.len(), 2, "{:?}", warned.warnings);
    let page = browser.get(&format!("/intake/{batch}")).await.expect(200).text();
    assert!(page.contains("name=\"reason\""), "{page}");

    let first = commit(&site.app, &actor, batch, true, &|_, _| {}).await.unwrap();
    assert_eq!((first.new, first.ready, first.state.as_str()), (1, 2, "open"));
    // One gets a reason of its own on its page, the others one for all.
    browser
        .post(
            &format!("/intake/{batch}/rows/4/settle"),
            &[("deed", "keep"), ("reason", "与证书核对过")],
        )
        .await
        .expect(303);
    let second = commit(&site.app, &actor, batch, true, &|_, _| {}).await.unwrap();
    assert_eq!((second.new, second.ready), (2, 1));
    let options = CommitOptions::because(true, "  ");
    let third = commit(&site.app, &actor, batch, options, &|_, _| {}).await.unwrap();
    assert_eq!(third.ready, 1, "a blank is no reason");
    let options = CommitOptions::because(true, "已逐项核对");
    let last = commit(&site.app, &actor, batch, options, &|_, _| {}).await.unwrap();
    assert_eq!((last.new, last.ready, last.state.as_str()), (3, 0, "done"));
}

#[tokio::test]
async fn a_row_is_left_out_and_taken_up_again() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file(&["一", "二"]))
        .await
        .unwrap()[0];
    let settle = async |deed: &str| {
        browser
            .post(&format!("/intake/{batch}/rows/3/settle"), &[("deed", deed)])
            .await
            .expect(303);
    };
    settle("leave").await;
    let left = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((left.left, left.ready), (1, 1));
    settle("take").await;
    settle("leave").await;
    let done = commit(&site.app, &actor, batch, true, &|_, _| {}).await.unwrap();
    assert_eq!((done.new, done.left, done.state.as_str()), (1, 1, "done"));
    assert_eq!(site.things().await, 1);
}

#[tokio::test]
async fn one_text_is_replaced_in_all_rows_that_say_it() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let rows: Vec<String> = (0..5)
        .map(|n| good(&format!("第{n}件")).replace("红色", "朱红"))
        .collect();
    let content = csv(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &content)
        .await
        .unwrap()[0];
    let page = browser.get(&format!("/intake/{batch}")).await.expect(200).text();
    assert!(page.contains("替换 5 行") && page.contains("<s>朱红</s>"), "{page}");
    let fields = [("field", "colour"), ("from", "朱红"), ("to", "红色")];
    browser
        .post(&format!("/intake/{batch}/replace"), &fields)
        .await
        .expect(303);
    let told = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((told.held, told.ready), (0, 5));
    let page = browser.get(&format!("/intake/{batch}/rows/3")).await.expect(200).text();
    assert!(page.contains("<del>朱红</del>"), "what came stays known: {page}");
}

#[tokio::test]
async fn columns_are_corrected_and_remembered() {
    let site = Site::new().await;
    let org = site.org("甲").await;
    let (actor, browser) = site.person(Role::Member, Some(org)).await;
    // 称谓 is no head that the form knows, and its texts may be anything.
    let content = String::from_utf8(file(&["一", "二"]))
        .unwrap()
        .replace("名称", "称谓")
        .into_bytes();
    let batch = upload(&site.app, &actor, "things", Some(org), "a.csv", &content)
        .await
        .unwrap()[0];
    let before = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!(before.missing_columns, ["名称"]);
    assert!(before.unknown_columns.contains(&"称谓".to_owned()));
    let page = browser
        .get(&format!("/intake/{batch}/columns"))
        .await
        .expect(200)
        .text();
    assert!(page.contains("称谓") && page.contains("name=\"column-1\""), "{page}");

    let said = [
        "", "title", "summary", "colour", "modes", "price", "began", "code", "region", "people", "",
    ];
    let names: Vec<String> = (0..said.len()).map(|at| format!("column-{at}")).collect();
    let mut fields: Vec<(&str, &str)> = vec![("row", "2"), ("rows", "1")];
    fields.extend(names.iter().map(String::as_str).zip(said));
    browser
        .post(&format!("/intake/{batch}/columns"), &fields)
        .await
        .expect(303);
    let after = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((after.rows, after.ready), (2, 2), "{:?}", after.errors);
    assert!(after.missing_columns.is_empty());

    // The next sheet of this sender is understood; a stranger's is not.
    let next = upload(&site.app, &actor, "things", Some(org), "b.csv", &content)
        .await
        .unwrap()[0];
    assert_eq!(report(&site.app, &actor, next).await.unwrap().ready, 2);
    let page = browser.get(&format!("/intake/{next}/columns")).await.expect(200).text();
    assert!(page.contains("上次如此"), "{page}");
    let (other, _) = site.person(Role::Centre, None).await;
    let strange = upload(&site.app, &other, "things", None, "b.csv", &content)
        .await
        .unwrap()[0];
    assert_eq!(
        report(&site.app, &other, strange).await.unwrap().missing_columns,
        ["名称"]
    );

    // Two columns can't be one field, and once rows are in nothing can be changed.
    let mut twice = fields.clone();
    twice[3].1 = "summary";
    browser
        .post(&format!("/intake/{batch}/columns"), &twice)
        .await
        .expect(422);
    commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    let late = browser.post(&format!("/intake/{batch}/columns"), &fields).await;
    assert_eq!(late.status.as_u16(), 409);
}

#[tokio::test]
async fn a_table_without_known_heads_waits_for_its_columns() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let content = "甲,乙\n一,红色\n二,蓝色\n".as_bytes();
    let batch = upload(&site.app, &actor, "things", None, "a.csv", content)
        .await
        .unwrap()[0];
    let told = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((told.rows, told.state.as_str()), (0, "open"));
    let page = browser.get(&format!("/intake/{batch}")).await.expect(200).text();
    assert!(page.contains(&format!("/intake/{batch}/columns")), "{page}");
    let fields = [
        ("row", "1"),
        ("rows", "1"),
        ("column-0", "title"),
        ("column-1", "colour"),
    ];
    browser
        .post(&format!("/intake/{batch}/columns"), &fields)
        .await
        .expect(303);
    assert_eq!(report(&site.app, &actor, batch).await.unwrap().rows, 2);
}

/// Writes other texts into a workbook's cells, wherever they stand, and keeps everything else of it.
fn edited(book: &[u8], texts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/sharedStrings.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for (old, new) in texts {
                assert!(text.contains(old), "{old}: {text}");
                text = text.replace(old, new);
            }
            bytes = text.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[tokio::test]
async fn an_annotated_workbook_comes_back_into_its_batch() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let content = csv(&[
        &good("一"),
        &good("二").replace("红色", "朱红"),
        &good("三").replace("红色", "赭石"),
    ]);
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &content)
        .await
        .unwrap()[0];
    commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    let (name, book) = annotated(&site.app, &actor, batch, false, Lang::Zh).await.unwrap();
    let mut sheets: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(book.clone())).unwrap();
    let sheet = sheets.worksheet_range_at(0).unwrap().unwrap();
    let heads: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(&heads[heads.len() - 2..], ["问题", "原行号"]);

    let mended = edited(&book, &[("朱红", "红色"), ("赭石", "蓝色")]);
    let Sent::Again(into, told) = send(&site.app, &actor, "things", None, &name, &mended).await.unwrap() else {
        panic!("its mark leads back to its batch")
    };
    assert_eq!(
        (into, told.mended, told.unchanged, told.added, told.ignored),
        (batch, 2, 1, 0, 0)
    );
    let after = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((after.held, after.ready, after.new), (0, 2, 1));
    let done = commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    assert_eq!((done.new, done.state.as_str()), (3, "done"));

    // A batch that is done takes nothing back: the workbook is a new sheet then, and says what is there already.
    let Sent::New(batches) = send(&site.app, &actor, "things", None, &name, &mended).await.unwrap() else {
        panic!("a done batch is not opened again")
    };
    let told = report(&site.app, &actor, batches[0]).await.unwrap();
    assert_eq!(told.rows, 3);
    let page = browser.get(&format!("/intake/{}", batches[0])).await.expect(200).text();
    assert!(page.contains("3 行与库中相同"), "{page}");
}

#[tokio::test]
async fn a_workbook_of_somebody_elses_batch_is_a_new_one() {
    let site = Site::new().await;
    let (ours, theirs) = (site.org("甲").await, site.org("乙").await);
    let (sender, _) = site.person(Role::Member, Some(ours)).await;
    let (stranger, _) = site.person(Role::Member, Some(theirs)).await;
    let batch = upload(&site.app, &sender, "things", Some(ours), "a.csv", &file(&["一"]))
        .await
        .unwrap()[0];
    let (name, book) = annotated(&site.app, &sender, batch, false, Lang::En).await.unwrap();
    let sent = send(&site.app, &stranger, "things", Some(theirs), &name, &book)
        .await
        .unwrap();
    assert!(matches!(sent, Sent::New(_)), "{sent:?}");
}

#[tokio::test]
async fn a_batch_is_taken_back_whole_or_not_at_all() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let send = async |titles: &[&str]| {
        let batch = upload(&site.app, &actor, "things", None, "a.csv", &file(titles))
            .await
            .unwrap()[0];
        commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
        batch
    };
    send(&["一"]).await;
    let content = String::from_utf8(file(&["一", "二", "三"])).unwrap();
    let content = content
        .replacen("一,一种很好的东西", "一,一种更好的东西", 1)
        .into_bytes();
    let second = upload(&site.app, &actor, "things", None, "a.csv", &content)
        .await
        .unwrap()[0];
    let told = commit(&site.app, &actor, second, false, &|_, _| {}).await.unwrap();
    assert_eq!((told.new, told.changed), (2, 1));
    let page = browser
        .get(&format!("/intake/{second}/revert"))
        .await
        .expect(200)
        .text();
    assert!(page.contains("<dd>2</dd>") && page.contains("<dd>1</dd>"), "{page}");
    browser.post(&format!("/intake/{second}/revert"), &[]).await.expect(303);
    assert_eq!(site.things().await, 1);
    let again = report(&site.app, &actor, second).await.unwrap();
    assert_eq!((again.ready, again.new, again.state.as_str()), (3, 0, "open"));
    let told = commit(&site.app, &actor, second, false, &|_, _| {}).await.unwrap();
    assert_eq!((told.new, told.changed), (2, 1), "they go in again");

    let bound = send(&["四", "五已审"]).await;
    let told = revert(&site.app, &actor, bound, Lang::Zh).await.unwrap();
    assert_eq!(told.bound.len(), 1);
    assert_eq!(told.bound[0].row, 4);
    assert_eq!(site.things().await, 5, "then nothing is taken back");
    let page = browser.get(&format!("/intake/{bound}/revert")).await.expect(200).text();
    assert!(page.contains("整批不能撤销"), "{page}");
    let (stranger, _) = site.person(Role::Member, Some(site.org("乙").await)).await;
    let denied = revert(&site.app, &stranger, bound, Lang::Zh).await.unwrap_err();
    assert_eq!(denied.kind, FaultKind::NotFound);
}

#[tokio::test]
async fn the_same_file_again_says_so_before_it_goes_in() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let first = upload(&site.app, &actor, "things", None, "a.csv", &file(&["一", "二"]))
        .await
        .unwrap()[0];
    commit(&site.app, &actor, first, false, &|_, _| {}).await.unwrap();
    let seen = intake::preview(
        &site.app,
        &actor,
        "things",
        None,
        "a.csv",
        &file(&["一", "二", "三"]),
        Lang::Zh,
    )
    .await
    .unwrap();
    assert_eq!((seen[0].rows, seen[0].new, seen[0].same, seen[0].ready), (3, 1, 2, 3));
    let codes: BTreeMap<&str, usize> = seen[0].errors.iter().map(|e| (e.code.as_str(), e.row)).collect();
    assert!(codes.is_empty(), "{codes:?}");
}

#[tokio::test]
async fn a_report_lists_so_many_issues_and_counts_the_rest() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let wrong = intake::REPORT_ISSUES_MAX + 7;
    let mut all: Vec<String> = (0..wrong)
        .map(|n| format!("第{n}件,一种很好的东西,紫,许可,,,,320106,张三,无"))
        .collect();
    // What is doubtful stands behind all that is wrong, and is listed all the same.
    all.extend([doubtful("甲"), doubtful("乙"), good("丙")]);
    let file = csv(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
    let told = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((told.held, told.ready), (wrong, 3));
    assert_eq!((told.errors.len(), told.warnings.len()), (intake::REPORT_ISSUES_MAX, 2));
    assert_eq!(told.more, 7);
    // In, what is doubtful is still told; nothing else changes.
    let options = CommitOptions::because(true, "已核对");
    let done = commit(&site.app, &actor, batch, options, &|_, _| {}).await.unwrap();
    assert_eq!((done.new, done.more), (3, 7));
    assert_eq!((done.errors.len(), done.warnings.len()), (intake::REPORT_ISSUES_MAX, 2));
}
