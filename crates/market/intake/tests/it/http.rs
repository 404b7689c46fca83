//! The pages and the API.

use intake::{report, upload};
use jcore::Role;
use kernel::BatchId;

use crate::support::{Browser, Site, csv, good};

async fn sent(browser: &Browser, rows: &[&str]) -> String {
    let answer = browser
        .send_file("/intake", &[("kind", "things")], "东西.csv", &csv(rows))
        .await
        .expect(303);
    answer.location()
}

fn batch(path: &str) -> BatchId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_sheet_is_sent_mended_and_imported_in_the_browser() {
    let site = Site::new().await;
    let org = site.org("南京某大学").await;
    let (actor, browser) = site.person(Role::Member, Some(org)).await;
    let list = browser.get("/intake").await.expect(200).text();
    assert!(
        list.contains("东西征集表") && list.contains("href=\"/templates/things.xlsx\""),
        "{list}"
    );
    let bad = "三,一种很好的东西,紫,转让,50,2020-13-45,91320000MA0000007X,鼓楼区,张三,无";
    let path = sent(&browser, &[&good("一"), bad]).await;
    let page = browser.get(&path).await.expect(200).text();
    assert!(
        page.contains("东西.csv") && page.contains("1 行要修正") && page.contains("1 行可入库"),
        "{page}"
    );
    // The bad cells have inputs with what was written, the others are shown.
    assert!(page.contains("<option value=\"紫\" selected>"), "{page}");
    assert!(
        page.contains("name=\"region\" id=\"r4-region\" value=\"鼓楼区\""),
        "{page}"
    );
    assert!(page.contains("name=\"fix\" value=\"region=320106\""), "{page}");
    // One click takes an answer that is offered.
    browser
        .post(&format!("{path}/rows/4"), &[("fix", "region=320302"), ("page", "1")])
        .await
        .expect(303);
    let now = report(&site.app, &actor, batch(&path)).await.unwrap();
    assert!(!now.errors.iter().any(|e| e.column == "region"), "{:?}", now.errors);
    let fields = [("colour", "蓝色"), ("began", "2020-12"), ("code", ""), ("page", "1")];
    let answer = browser.post(&format!("{path}/rows/4"), &fields).await.expect(303);
    assert!(answer.location().starts_with(&format!("{path}?show=held")));
    let now = report(&site.app, &actor, batch(&path)).await.unwrap();
    assert_eq!((now.held, now.ready), (0, 2), "{:?}", now.errors);
    browser
        .post(&format!("{path}/commit"), &[("mode", "submit")])
        .await
        .expect(303);
    let page = browser.get(&format!("{path}?show=in")).await.expect(200).text();
    assert!(page.contains("新入库") && page.contains("href=\"/things/"), "{page}");
    assert!(!page.contains("/commit\""), "nothing is left to import");
    assert_eq!(site.things().await, 2);
    // What is in is mended on its own page.
    browser
        .post(&format!("{path}/rows/4"), &[("colour", "红色")])
        .await
        .expect(409);
}

#[tokio::test]
async fn a_whole_row_is_mended_on_its_own_page() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let path = sent(&browser, &["三,太短,紫,转让,50,2020-01,,320106,张三,无"]).await;
    let row = format!("{path}/rows/3");
    let page = browser.get(&row).await.expect(200).text();
    assert!(
        page.contains("id=\"errors\"") && page.contains("href=\"#f-colour\""),
        "{page}"
    );
    let answer = browser
        .post(&row, &[("whole", "1"), ("title", "三"), ("colour", "粉")])
        .await
        .expect(422);
    assert!(answer.text().contains("粉"), "what was typed is still there");
    browser
        .post(&row, &[("whole", "1"), ("title", "三"), ("colour", "红色")])
        .await
        .expect(303);
    let now = report(&site.app, &actor, batch(&path)).await.unwrap();
    assert_eq!((now.held, now.ready), (0, 1));
    browser.get(&format!("{path}/rows/99")).await.expect(404);
    browser.get(&format!("{path}/rows/x")).await.expect(400);
}

#[tokio::test]
async fn rows_that_say_the_same_are_mended_together() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let row = |title: &str, colour: &str| format!("{title},一种很好的东西,{colour},许可,,,,320106,张三,无");
    let rows = [row("一", "紫"), row("二", "紫"), row("三", "橙"), row("四", "紫")];
    let path = sent(&browser, &rows.iter().map(String::as_str).collect::<Vec<_>>()).await;
    browser
        .post(&format!("{path}/rows/3"), &[("colour", "红色"), ("alike", "1")])
        .await
        .expect(303);
    let now = report(&site.app, &actor, batch(&path)).await.unwrap();
    assert_eq!(now.errors.iter().map(|e| e.row).collect::<Vec<_>>(), [5]);
    assert_eq!(now.ready, 3);
}

#[tokio::test]
async fn mending_one_of_two_alike_frees_the_other() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let path = sent(&browser, &[&good("一"), &good("一")]).await;
    assert_eq!(report(&site.app, &actor, batch(&path)).await.unwrap().held, 1);
    browser
        .post(&format!("{path}/rows/3"), &[("title", "二")])
        .await
        .expect(303);
    let now = report(&site.app, &actor, batch(&path)).await.unwrap();
    assert_eq!((now.held, now.ready), (0, 2), "{:?}", now.errors);
    browser.post(&format!("{path}/check"), &[]).await.expect(303);
    assert_eq!(site.things.checks.lock().unwrap().last(), Some(&2));
}

#[tokio::test]
async fn a_refused_file_is_told_beside_the_input() {
    let site = Site::new().await;
    let (_, browser) = site.person(Role::Centre, None).await;
    let answer = browser
        .send_file("/intake", &[("kind", "things")], "a.xlsx", b"%PDF-1.4")
        .await
        .expect(422);
    let page = answer.text();
    assert!(page.contains("id=\"file-err\"") && page.contains("PDF 文档"), "{page}");
    assert!(
        page.contains("value=\"things\" required checked"),
        "the kind is still chosen"
    );
    let answer = browser
        .send_file("/intake", &[("kind", "things")], "a.xlsx", b"")
        .await
        .expect(422);
    assert!(answer.text().contains("没有选择文件"));
    browser
        .send_file("/intake", &[("kind", "nothing")], "a.csv", b"x")
        .await
        .expect(404);
}

#[tokio::test]
async fn the_list_shows_what_one_may_see() {
    let site = Site::new().await;
    let (ours, theirs) = (site.org("甲单位").await, site.org("乙单位").await);
    let (_, one) = site.person(Role::Member, Some(ours)).await;
    let (_, colleague) = site.person(Role::Manager, Some(ours)).await;
    let (_, other) = site.person(Role::Member, Some(theirs)).await;
    let (_, centre) = site.person(Role::Centre, None).await;
    let path = sent(&one, &[&good("一")]).await;
    for (browser, sees) in [(&one, true), (&colleague, true), (&other, false), (&centre, true)] {
        let page = browser.get("/intake").await.expect(200).text();
        assert_eq!(page.contains(&path), sees);
    }
    assert!(!one.get("/intake?state=done").await.expect(200).text().contains(&path));
    assert!(
        one.get("/intake?state=open&kind=things")
            .await
            .expect(200)
            .text()
            .contains(&path)
    );
    one.post(&format!("{path}/discard"), &[]).await.expect(303);
    assert!(!one.get("/intake").await.expect(200).text().contains(&path));
    let (_, expert) = site.person(Role::Expert, None).await;
    expert.get("/intake").await.expect(403);
}

#[tokio::test]
async fn the_annotated_workbook_can_be_sent_again() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let path = sent(&browser, &[&good("一"), "二,一种很好的东西,紫,,,,,,,特别说明"]).await;
    let book = browser.get(&format!("{path}/annotated")).await.expect(200).bytes;
    let grids = sheets::read("a.xlsx", &book, &sheets::Limits::default()).unwrap();
    let rows: Vec<Vec<String>> = grids[0]
        .rows
        .iter()
        .map(|row| row.iter().map(sheets::Cell::text).collect())
        .collect();
    assert_eq!(rows.len(), 3);
    let of_end = |row: &[String], n: usize| row[row.len() - n].clone();
    assert_eq!(
        (of_end(&rows[0], 2).as_str(), of_end(&rows[0], 1).as_str()),
        ("问题", "原行号")
    );
    assert!(
        rows[2].contains(&"特别说明".to_owned()),
        "columns that were not recognised go back, too"
    );
    assert!(of_end(&rows[2], 2).contains("不在可选项里"), "{:?}", rows[2]);
    let held = browser
        .get(&format!("{path}/annotated?only=held"))
        .await
        .expect(200)
        .bytes;
    assert_eq!(
        sheets::read("a.xlsx", &held, &sheets::Limits::default()).unwrap()[0]
            .rows
            .len(),
        2
    );
    let again = upload(&site.app, &actor, "things", None, "a.xlsx", &book)
        .await
        .unwrap()[0];
    let report = report(&site.app, &actor, again).await.unwrap();
    assert_eq!((report.rows, report.ready, report.held), (2, 1, 1));
    assert_eq!(report.unknown_columns, ["备注"], "the column of issues is our own");
}

#[tokio::test]
async fn machines_send_and_ask() {
    let site = Site::new().await;
    let (_, browser) = site.person(Role::Centre, None).await;
    let file = csv(&[&good("一"), "二,一种很好的东西,紫,,,,,,,"]);
    let answer = browser
        .send_file("/api/v1/intake/things?commit=true&submit=true", &[], "a.csv", &file)
        .await
        .expect(201);
    let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    let report = &json["reports"][0];
    assert_eq!(
        (&report["new"], &report["held"], &report["rows"]),
        (&1.into(), &1.into(), &2.into())
    );
    assert_eq!(report["errors"][0]["column"], "colour");
    assert_eq!(report["errors"][0]["row"], 4);
    let id = report["batch"].as_str().unwrap();
    let answer = browser.get(&format!("/api/v1/intake/{id}")).await.expect(200);
    let again: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(&again, report);
    browser
        .get("/api/v1/intake/00000000-0000-0000-0000-000000000000")
        .await
        .expect(404);
    let refused = browser
        .send_file("/api/v1/intake/things", &[], "a.csv", b"%PDF-1")
        .await
        .expect(415);
    let json: serde_json::Value = serde_json::from_slice(&refused.bytes).unwrap();
    assert_eq!(json["error"]["code"], "intake-file");
}

#[tokio::test]
async fn everything_is_there_in_english() {
    let site = Site::new().await;
    let (_, mut browser) = site.person(Role::Centre, None).await;
    browser.lang = "en";
    let path = sent(&browser, &[&good("一"), "二,一种很好的东西,紫,,,,,,,"]).await;
    for page in ["/intake", &path, &format!("{path}/rows/4"), &format!("{path}?show=all")] {
        let text = browser.get(page).await.expect(200).text();
        assert!(text.contains("lang=\"en\""), "{page}");
        for word in ["intake-", "word-", "issue-"] {
            let bare = text.split(['>', '"']).any(|piece| piece.trim_start().starts_with(word));
            assert!(!bare, "{page}: an id without words: {word}");
        }
    }
    assert!(
        browser
            .get(&path)
            .await
            .text()
            .contains("is none of the choices: Red, Blue")
    );
}

#[test]
fn the_api_is_described() {
    let api = serde_json::to_value(intake::capability().api).unwrap();
    let path = &api["paths"]["/api/v1/intake/{id}"];
    assert!(
        path["post"]["requestBody"]["content"]["multipart/form-data"].is_object(),
        "{path}"
    );
    assert!(path["get"]["responses"]["200"].is_object());
    assert!(api["components"]["schemas"]["Report"]["properties"]["errors"].is_object());
}
