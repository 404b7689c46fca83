//! From the file to the store.

use std::sync::Mutex;

use intake::{CHUNK_ROWS, COMMIT_ROWS, commit, report, upload};
use jcore::{Actor, FaultKind, Role};

use crate::support::{Site, csv, good};

fn rows(titles: &[&str]) -> Vec<u8> {
    let rows: Vec<String> = titles.iter().map(|title| good(title)).collect();
    csv(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn good_rows_go_in_and_others_wait() {
    let site = Site::new().await;
    let org = site.org("南京某大学").await;
    let (actor, _) = site.person(Role::Member, Some(org)).await;
    let bad = "三,一种很好的东西,紫,转让,50,2020-01,91320000MA0000007X,鼓楼区,张三,无";
    let file = csv(&[&good("一"), &good("二"), bad, &good("二"), &good("拒收")]);
    let batches = upload(&site.app, &actor, "things", Some(org), "东西.csv", &file)
        .await
        .unwrap();
    assert_eq!(batches.len(), 1);
    let before = report(&site.app, &actor, batches[0]).await.unwrap();
    assert_eq!((before.rows, before.ready, before.held, before.new), (5, 3, 2, 0));
    assert_eq!(before.unknown_columns, ["备注"]);
    assert!(before.missing_columns.is_empty());
    let found: Vec<(usize, &str, &str)> = before
        .errors
        .iter()
        .map(|e| (e.row, e.column.as_str(), e.code.as_str()))
        .collect();
    assert!(found.contains(&(5, "colour", "code-unknown")), "{found:?}");
    assert!(
        found.contains(&(5, "code", "uscc-check")) || found.iter().any(|(r, c, _)| (*r, *c) == (5, "code")),
        "{found:?}"
    );
    assert!(found.contains(&(5, "region", "region-ambiguous")), "{found:?}");
    assert!(found.contains(&(6, "title", "thing-repeats")), "{found:?}");
    assert!(
        before
            .errors
            .iter()
            .any(|e| e.raw == "紫" && e.message.contains("红色")),
        "{:?}",
        before.errors
    );

    let steps = Mutex::new(Vec::new());
    let after = commit(&site.app, &actor, batches[0], true, &|done, all| {
        steps.lock().unwrap().push((done, all))
    })
    .await
    .unwrap();
    assert_eq!(
        (after.new, after.ready, after.held, after.state.as_str()),
        (2, 0, 3, "open")
    );
    assert_eq!(steps.into_inner().unwrap(), [(3, 3)]);
    assert!(
        after.errors.iter().any(|e| e.row == 7 && e.code == "thing-refused"),
        "{:?}",
        after.errors
    );
    assert_eq!(site.things().await, 2);
    let notes = site.notes().await;
    assert_eq!(
        notes,
        [
            "intake.uploaded",
            "intake.rows",
            "intake.read",
            "intake.committed",
            "intake.committed"
        ]
    );
}

#[tokio::test]
async fn a_second_upload_changes_nothing_but_what_differs() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let send = async |file: Vec<u8>| {
        let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
        commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap()
    };
    let first = send(rows(&["一", "二"])).await;
    assert_eq!(
        (first.new, first.changed, first.same, first.state.as_str()),
        (2, 0, 0, "done")
    );
    let mut file = String::from_utf8(rows(&["一", "二", "三"])).unwrap();
    file = file.replacen("二,一种很好的东西", "二,一种更好的东西", 1);
    let second = send(file.into_bytes()).await;
    assert_eq!((second.new, second.changed, second.same), (1, 1, 1));
    assert_eq!(site.things().await, 3);
}

#[tokio::test]
async fn a_row_that_the_store_refuses_holds_up_none_but_itself() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &rows(&["冲突"]))
        .await
        .unwrap()[0];
    commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &rows(&["一", "冲突", "二"]))
        .await
        .unwrap()[0];
    let report = commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    assert_eq!((report.new, report.held), (2, 1));
    let error = &report.errors[0];
    assert_eq!((error.row, error.code.as_str()), (4, "intake-row-refused"));
    assert!(error.message.contains("已经存在相同的记录"), "{}", error.message);
}

#[tokio::test]
async fn a_row_that_is_held_leaves_nothing_behind() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let file = rows(&["一", "半途拒收", "二", "也半途拒收", "三"]);
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
    let report = commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    assert_eq!((report.new, report.held), (3, 2));
    assert_eq!(site.things().await, 3);
    assert_eq!(
        site.notes().await,
        [
            "intake.uploaded",
            "intake.rows",
            "intake.read",
            "intake.committed",
            "intake.committed"
        ]
    );
}

#[tokio::test]
async fn units_of_heads_and_their_texts_are_one() {
    let site = Site::new().await;
    let (actor, browser) = site.person(Role::Centre, None).await;
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &rows(&["一"]))
        .await
        .unwrap()[0];
    let page = browser.get(&format!("/intake/{batch}/rows/3")).await.expect(200).text();
    assert!(page.contains("name=\"price\" value=\"50万元\""), "{page}");
}

#[tokio::test]
async fn long_lists_go_in_by_chunks() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let n = CHUNK_ROWS * 2 + 30;
    let titles: Vec<String> = (0..n).map(|n| format!("第{n}件")).collect();
    let file = rows(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
    let notes = site.notes().await;
    assert_eq!(
        notes.iter().filter(|note| *note == "intake.rows").count(),
        3,
        "{notes:?}"
    );
    let steps = Mutex::new(Vec::new());
    let report = commit(&site.app, &actor, batch, true, &|done, all| {
        steps.lock().unwrap().push((done, all))
    })
    .await
    .unwrap();
    assert_eq!((report.new, report.state.as_str()), (n, "done"));
    let steps = steps.into_inner().unwrap();
    assert_eq!(steps.last(), Some(&(n, n)));
    assert!(steps.len() > n / (COMMIT_ROWS + 1), "{steps:?}");
    // What is done is not done again.
    let again = commit(&site.app, &actor, batch, true, &|_, _| {}).await.unwrap_err();
    assert_eq!((again.kind, again.code), (FaultKind::Conflict, "intake-not-open"));
}

#[tokio::test]
async fn two_commits_at_once_put_no_row_in_twice() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let titles: Vec<String> = (0..250).map(|n| format!("第{n}件")).collect();
    let file = rows(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
    let one = commit(&site.app, &actor, batch, true, &|_, _| {});
    let two = commit(&site.app, &actor, batch, true, &|_, _| {});
    let (one, two) = tokio::join!(one, two);
    assert!(one.is_ok() || two.is_ok());
    let report = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((report.new, report.changed, report.same, report.ready), (250, 0, 0, 0));
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_in_words() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let refused = async |name: &str, bytes: &[u8]| {
        upload(&site.app, &actor, "things", None, name, bytes)
            .await
            .unwrap_err()
    };
    let pdf = refused("a.xlsx", b"%PDF-1.7 ...").await;
    assert_eq!((pdf.code, pdf.kind), ("intake-file", FaultKind::Unsupported));
    assert!(pdf.text(&site.app.words, jcore::Lang::Zh).contains("PDF 文档"));
    assert!(pdf.text(&site.app.words, jcore::Lang::En).contains("PDF"));
    assert_eq!(refused("a.csv", b"").await.code, "intake-file");
    let header = refused("a.csv", "甲,乙\n1\n".as_bytes()).await;
    assert_eq!(header.code, "intake-no-header");
    assert!(header.text(&site.app.words, jcore::Lang::Zh).contains("名称、颜色"));
    assert_eq!(refused("a.csv", &csv(&[])).await.code, "intake-no-rows");
    assert_eq!(
        upload(&site.app, &actor, "nothing", None, "a.csv", b"x")
            .await
            .unwrap_err()
            .kind,
        FaultKind::NotFound
    );
    assert!(site.notes().await.is_empty());
}

#[tokio::test]
async fn batches_are_for_their_people_and_the_centre() {
    let site = Site::new().await;
    let (ours, theirs) = (site.org("甲").await, site.org("乙").await);
    let (sender, _) = site.person(Role::Member, Some(ours)).await;
    let (colleague, _) = site.person(Role::Member, Some(ours)).await;
    let (stranger, strange) = site.person(Role::Member, Some(theirs)).await;
    let (centre, _) = site.person(Role::Centre, None).await;
    let batch = upload(&site.app, &sender, "things", Some(ours), "a.csv", &rows(&["一"]))
        .await
        .unwrap()[0];
    for actor in [&sender, &colleague, &centre, &Actor::system()] {
        assert!(report(&site.app, actor, batch).await.is_ok());
    }
    for actor in [&stranger, &Actor::visitor()] {
        assert_eq!(
            report(&site.app, actor, batch).await.unwrap_err().kind,
            FaultKind::NotFound
        );
        assert_eq!(
            commit(&site.app, actor, batch, true, &|_, _| {})
                .await
                .unwrap_err()
                .kind,
            FaultKind::NotFound
        );
        assert_eq!(
            intake::discard(&site.app, actor, batch).await.unwrap_err().kind,
            FaultKind::NotFound
        );
    }
    strange.get(&format!("/intake/{batch}")).await.expect(404);
    strange.get(&format!("/intake/{batch}/annotated")).await.expect(404);
    strange.get(&format!("/intake/{batch}/rows/3")).await.expect(404);
    strange
        .post(&format!("/intake/{batch}/rows/3"), &[("title", "x")])
        .await
        .expect(404);
    // In another's name nothing is taken at all.
    let fault = upload(&site.app, &stranger, "things", Some(ours), "a.csv", &rows(&["一"]))
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Denied);
    assert_eq!(
        upload(&site.app, &stranger, "things", None, "a.csv", &rows(&["一"]))
            .await
            .unwrap_err()
            .kind,
        FaultKind::Denied
    );
}

#[tokio::test]
async fn who_imports_for_many_imports_for_no_one_organisation() {
    let site = Site::new().await;
    let org = site.org("甲").await;
    let of = async |role| {
        let (actor, browser) = site.person(role, Some(org)).await;
        let path = browser
            .send_file("/intake", &[("kind", "things")], "a.csv", &rows(&["一"]))
            .await
            .expect(303)
            .location();
        let batch = path.rsplit('/').next().unwrap().parse().unwrap();
        assert!(report(&site.app, &actor, batch).await.is_ok());
        let mut conn = site.app.read().await.unwrap();
        let id: kernel::BatchId = batch;
        db::on!(&mut conn, c => sqlx::query_scalar::<_, Option<uuid::Uuid>>("SELECT org_id FROM intake_batch WHERE id = $1")
            .bind(id.uuid()).fetch_one(c).await)
        .unwrap()
    };
    assert_eq!(of(Role::Member).await, Some(org.uuid()));
    assert_eq!(of(Role::Centre).await, None);
}

#[tokio::test]
async fn the_owner_of_the_machine_imports_without_an_account() {
    let site = Site::new().await;
    let system = Actor::system();
    let batch = upload(&site.app, &system, "things", None, "a.csv", &rows(&["一"]))
        .await
        .unwrap()[0];
    assert_eq!(
        commit(&site.app, &system, batch, true, &|_, _| {}).await.unwrap().new,
        1
    );
}

#[tokio::test]
async fn nothing_that_people_wrote_lies_open_in_the_store() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    upload(
        &site.app,
        &actor,
        "things",
        None,
        "秘密文件名.csv",
        &rows(&["绝密齿轮"]),
    )
    .await
    .unwrap();
    let mut bytes = Vec::new();
    for name in ["t.db", "t.db-wal"] {
        bytes.extend(std::fs::read(site.folder.path().join(name)).unwrap_or_default());
    }
    for file in std::fs::read_dir(site.folder.path().join("files")).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    for secret in ["绝密齿轮", "秘密文件名", "张三"] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret}");
    }
}

#[tokio::test]
async fn discarding_deletes_what_never_went_in() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let file = csv(&[&good("一"), "二,太短"]);
    let batch = upload(&site.app, &actor, "things", None, "a.csv", &file).await.unwrap()[0];
    commit(&site.app, &actor, batch, false, &|_, _| {}).await.unwrap();
    intake::discard(&site.app, &actor, batch).await.unwrap();
    let report = report(&site.app, &actor, batch).await.unwrap();
    assert_eq!((report.state.as_str(), report.new, report.held), ("discarded", 1, 0));
    let mut conn = site.app.read().await.unwrap();
    let files = db::on!(&mut conn, c => sqlx::query_scalar::<_, i64>("SELECT count(*) FROM file").fetch_one(c).await);
    assert_eq!(files.unwrap(), 0, "the file goes with it");
    drop(conn);
    assert_eq!(
        intake::discard(&site.app, &actor, batch).await.unwrap_err().code,
        "intake-not-open"
    );
}
