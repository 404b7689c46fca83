//! Things that say nearly the same: told of a row and on pages, shown side by side, merged or kept with a reason; what is
//! waived for a unit; the owner's word before handing in.

use http::Method;
use intake::{CommitOptions, Report};
use jcore::{Actor, Role};
use kernel::{BatchId, OrgId};
use serde_json::json;
use testkit::{Client, TestApp, both};

use crate::given;

/// The text of the form's example with one word changed.
const NEARLY: &str = "在渗碳后增加一段等温预冷，把齿轮芯部与齿面的温差压到三十度以内再入油，齿向变形由六丝降到三丝以下，不改动现有箱式多用炉，只换控制程序和料架。";

fn patent(number: &str, title: &str, summary: &str) -> forms::Draft {
    given::patent(&[
        ("number", number),
        ("title", title),
        ("summary", summary),
        ("filed", "2020-01-10"),
    ])
}

fn example() -> forms::Draft {
    given::patent(&[("title", "一种齿轮渗碳淬火变形的控制方法")])
}

async fn upload(app: &TestApp, actor: &Actor, org: OrgId, drafts: &[forms::Draft]) -> BatchId {
    let file = given::csv(&offers::PATENT_FORM, drafts);
    intake::upload(&app.app, actor, "patents", Some(org), "t.csv", &file)
        .await
        .expect("read")[0]
}

async fn commit(app: &TestApp, actor: &Actor, batch: BatchId, options: impl Into<CommitOptions>) -> Report {
    intake::commit(&app.app, actor, batch, options.into(), &|_, _| {})
        .await
        .expect("committed")
}

async fn entries_in(app: &TestApp) -> i64 {
    let mut conn = app.app.read().await.unwrap();
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM entry").fetch_one(c).await).unwrap()
}

async fn report(app: &TestApp, actor: &Actor, batch: BatchId) -> Vec<(usize, String, String)> {
    let report = intake::report(&app.app, actor, batch).await.unwrap();
    assert!(report.errors.is_empty(), "{:?}", report.errors);
    report
        .warnings
        .into_iter()
        .map(|w| (w.row, w.code, w.message))
        .collect()
}

both!(a_row_like_an_entry_is_merged_or_kept_with_a_reason, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let user = app.person("周启元", &[(Role::Manager, Some(org), None)]).await;
    let mut browser: Client = app.sign_in(user).await;
    let actor = app.actor(Role::Manager, Some(org), None);
    let there = given::drafted(&app, "patent", org, &example()).await;

    let rows = [
        patent("ZL202010306512.6", "齿轮渗碳淬火变形控制工艺", NEARLY),
        patent(
            "ZL201911078432.3",
            "一种深海电缆绝缘层在线检测装置",
            &"电缆绝缘层在海水中老化后局部放电特征随温度漂移，".repeat(3),
        ),
    ];
    let batch = upload(&app, &actor, org, &rows).await;
    let warned = report(&app, &actor, batch).await;
    let alike: Vec<_> = warned
        .iter()
        .filter(|(_, code, _)| code.starts_with("entries-alike"))
        .collect();
    assert_eq!(alike.len(), 1, "{warned:?}");
    assert!(alike[0].0 == 2 && alike[0].1 == "entries-alike", "{alike:?}");
    assert!(alike[0].2.contains("一种齿轮渗碳淬火变形的控制方法"), "{alike:?}");

    let page = format!("/intake/{batch}/rows/2");
    let shown = browser.get(&page).await;
    // The batch is of the actor; its own people see it.
    if shown.status.as_u16() == 200 {
        let text = shown.text();
        assert!(
            text.contains("压到二十度以内") && text.contains("name=\"merge\""),
            "both texts, and the button: {text}"
        );
    }
    let settle = |deed: &'static str, more: (&'static str, String)| [("deed", deed.to_owned()), more];
    let merge = settle("merge", ("merge", there.to_string()));
    let merge: Vec<(&str, &str)> = merge.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let _ = browser.post(&format!("{page}/settle"), &merge).await.expect(303);
    let done = commit(&app, &actor, batch, CommitOptions::because(false, "看过")).await;
    assert_eq!((done.new, done.changed, done.held), (1, 1, 0), "{:?}", done.errors);
    assert_eq!(entries_in(&app).await, 2, "one was changed, one made");
    let mut conn = app.app.read().await.unwrap();
    let entry = entries::entry(&mut conn, there).await.unwrap();
    assert_eq!(entry.title, "齿轮渗碳淬火变形控制工艺");
    drop(conn);

    // Kept with a reason, another like it goes in; its warning is a note that repeats the reason.
    let kept = [patent("ZL202110234567.5", "齿轮渗碳变形的分段控制", NEARLY)];
    let batch = upload(&app, &actor, org, &kept).await;
    let first = commit(&app, &actor, batch, false).await;
    assert_eq!(
        (first.new, first.ready),
        (0, 1),
        "waits for a reason: {:?}",
        first.errors
    );
    let fields = [("deed", "keep"), ("reason", "另一件同族专利")];
    let _ = browser
        .post(&format!("/intake/{batch}/rows/2/settle"), &fields)
        .await
        .expect(303);
    let warned = report(&app, &actor, batch).await;
    assert!(
        warned.iter().all(|(_, code, _)| !code.starts_with("entries-alike")),
        "{warned:?}"
    );
    let done = commit(&app, &actor, batch, CommitOptions::because(false, "看过")).await;
    assert_eq!(done.new, 1, "{:?}", done.errors);
});

both!(rows_like_each_other_are_told, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let actor = app.actor(Role::Manager, Some(org), None);
    let rows = [
        example(),
        patent("ZL202010306512.6", "齿轮渗碳淬火变形控制工艺", NEARLY),
        patent(
            "ZL201911078432.3",
            "齿轮渗碳淬火变形控制工艺",
            &"另一段文字说的是完全不同的事情，与上面没有关系。".repeat(4),
        ),
    ];
    let batch = upload(&app, &actor, org, &rows).await;
    let warned = report(&app, &actor, batch).await;
    let of = |row: usize| {
        let of_row = warned
            .iter()
            .filter(|(n, code, _)| *n == row && code.starts_with("entries-alike"));
        of_row.map(|(_, code, _)| code.as_str()).collect::<Vec<_>>()
    };
    assert!(of(2).is_empty(), "{warned:?}");
    assert_eq!(of(3), ["entries-alike-row"], "{warned:?}");
    assert_eq!(
        of(4),
        ["entries-alike-row-title"],
        "the same title of the same unit: {warned:?}"
    );
});

both!(two_entries_stand_side_by_side, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let other = given::org(&app, given::OTHER, "company").await;
    let mine = given::drafted(&app, "need", org, &given::need(&[])).await;
    let theirs = [
        ("title", "重载齿轮渗碳变形控制"),
        ("company", given::OTHER.0),
        ("uscc", given::OTHER.1),
    ];
    let theirs = given::drafted(&app, "need", other, &given::need(&theirs)).await;
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    let check = format!("/entries/{mine}/check");
    let beside = format!("/entries/{mine}/beside/{theirs}");
    let page = manager.get(&check).await.expect(200).text();
    assert!(!page.contains("内容相近"), "another's draft is nobody's business");
    let _ = manager.get(&beside).await.expect(404);

    let their_manager = app.actor(Role::Manager, Some(other), None);
    entries::submit(&app.app, &their_manager, theirs, 1).await.unwrap();
    let page = manager.get(&check).await.expect(200).text();
    assert!(
        page.contains("内容相近") && !page.contains("重载齿轮渗碳变形控制</a>"),
        "told, not named: {page}"
    );
    let _ = manager.get(&beside).await.expect(404);

    let version = given::version(&app, theirs).await;
    entries::publish(&app.app, &Actor::system(), theirs, version)
        .await
        .unwrap();
    let page = manager.get(&check).await.expect(200).text();
    assert!(page.contains(&beside), "{page}");
    let page = manager.get(&beside).await.expect(200).text();
    assert!(
        page.contains("187.25") && page.contains("未公开"),
        "mine in full, theirs as the public sees it"
    );
    assert!(!page.contains(given::OTHER.0), "{page}");
    let mut stranger = app.role(Role::Manager, Some(other), None).await;
    let _ = stranger.get(&beside).await.expect(404);
    // Nearly the same does not bar: only the very same thing does.
    let page = manager.get(&check).await.expect(200).text();
    assert!(!page.contains("不能重复提交"), "{page}");
});

both!(handing_in_waits_for_the_owners_word, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let text = "在现有箱式多用炉上把渗碳淬火后的齿向变形压到磨齿余量以内，联系褚遥岑，座机 0512-56781234，详见 www.gear-test.com。";
    let id = given::drafted(&app, "need", org, &given::need(&[("problem", text)])).await;
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    let page = manager.get(&format!("/entries/{id}/check")).await.expect(200).text();
    for found in ["0512-56781234", "www.gear-test.com", "人名“褚遥岑”", "name=\"confirm\""] {
        assert!(page.contains(found), "{found}: {page}");
    }
    let submit = format!("/entries/{id}/submit");
    let page = manager.post(&submit, &[("version", "1")]).await.expect(422).text();
    assert!(page.contains("请先核对公开版本"), "{page}");
    let api = format!("/api/v1/entries/{id}/submit");
    let refused = manager.call(Method::POST, &api, &json!({})).await.expect(422).json();
    assert_eq!(refused["error"]["fields"][0]["code"], "entries-confirm", "{refused}");
    assert_eq!(given::state(&app, id).await, "draft");
    let _ = manager
        .post(&submit, &[("version", "1"), ("confirm", "1")])
        .await
        .expect(303);
    assert_eq!(given::state(&app, id).await, "submitted");
});

both!(a_hard_rule_is_waived_for_a_unit, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let actor = app.actor(Role::Manager, Some(org), None);
    let id = given::drafted(&app, "patent", org, &given::patent(&[("legal", "失效")])).await;
    let fault = entries::submit(&app.app, &actor, id, 1).await.unwrap_err();
    assert!(
        fault.fields.iter().any(|f| f.issue.code == "patent-not-in-force"),
        "{fault:?}"
    );
    let mut centre = app.role(Role::Centre, None, None).await;
    let _ = centre
        .post("/centre/programme", &[("shipped", "jiangsu-2023")])
        .await
        .expect(303);
    let fields = [
        ("rule", "patent-not-in-force"),
        ("identity", given::UNIVERSITY.1),
        ("reason", "年费滞纳期内，正在恢复"),
    ];
    let _ = centre.post("/centre/programme/waivers", &fields).await.expect(303);
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    let page = manager.get(&format!("/entries/{id}/check")).await.expect(200).text();
    assert!(
        page.contains("name=\"confirm\"") && !page.contains("处需要修改"),
        "{page}"
    );
    entries::submit(&app.app, &actor, id, 1).await.unwrap();
    assert_eq!(given::state(&app, id).await, "submitted");
});

both!(offers_from_outside_are_marked, |app| {
    let near = given::org(&app, given::UNIVERSITY, "university").await;
    let far = given::org(&app, ("余姚江理工大学", "12330000MA00000072", "330203"), "university").await;
    let by =
        |name: &'static str, code: &'static str, number: &'static str, title: &'static str, price: &'static str| {
            given::patent(&[
                ("unit", name),
                ("owners", name),
                ("uscc", code),
                ("number", number),
                ("title", title),
                ("price", price),
                ("public_price", "是"),
            ])
        };
    let home = by(
        given::UNIVERSITY.0,
        given::UNIVERSITY.1,
        "ZL202010123456.2",
        "本省的轴承",
        "150万元",
    );
    let _ = given::published(&app, "patent", near, &home).await;
    let large = by(
        "余姚江理工大学",
        "12330000MA00000072",
        "ZL202010306512.6",
        "外省的大齿轮",
        "150万元",
    );
    let large = given::published(&app, "patent", far, &large).await;
    let small = by(
        "余姚江理工大学",
        "12330000MA00000072",
        "ZL201911078432.3",
        "外省的小齿轮",
        "30万元",
    );
    let _ = given::published(&app, "patent", far, &small).await;
    let mut visitor = app.visitor();
    let list = |path: &'static str| path;
    let page = visitor.get(list("/offers?mark=outside")).await.expect(200).text();
    assert!(
        page.contains("外省的大齿轮") && page.contains("外省的小齿轮") && !page.contains("本省的轴承"),
        "{page}"
    );
    let page = visitor.get(list("/offers?mark=large")).await.expect(200).text();
    assert!(
        page.contains("外省的大齿轮") && !page.contains("外省的小齿轮") && !page.contains("本省的轴承"),
        "{page}"
    );
    let page = visitor.get(&format!("/offers/{large}")).await.expect(200).text();
    assert!(
        page.contains("<span class=\"chip ok\">省外</span><span class=\"chip ok\">百万级</span>"),
        "{page}"
    );
    let page = visitor.get("/needs").await.expect(200).text();
    assert!(!page.contains("name=\"mark\""), "needs have no such filter");
});

#[tokio::test]
async fn the_demos_rows_are_no_copies_of_each_other() {
    let app = TestApp::lite().await;
    let centre = app.actor(Role::Centre, None, None);
    let mut rows = 0;
    for kind in ["patents", "achievements", "needs"] {
        let path = format!("{}/../../../demo/{kind}.csv", env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::read(path).unwrap();
        let batches = intake::upload(&app.app, &centre, kind, None, "demo.csv", &file)
            .await
            .expect("read");
        for batch in batches {
            let report = intake::report(&app.app, &centre, batch).await.unwrap();
            rows += report.rows;
            let alike = report.warnings.iter().filter(|w| w.code.starts_with("entries-alike"));
            let alike: Vec<_> = alike.map(|w| (w.row, w.message.clone())).collect();
            assert!(alike.is_empty(), "{kind}: {alike:?}");
        }
    }
    assert!(rows > 250, "{rows}");
}
