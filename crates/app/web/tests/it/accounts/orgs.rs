//! Organisations: liaisons by sheet, page and API; lists cut to regions; merging.

use jcore::{Actor, Role};
use testkit::{TestApp, both};

use super::{COMPANY, PASSWORD, UNIVERSITY, grant, link, person, tick, with};

const LIAISONS: &str = "单位,统一社会信用代码,姓名,部门,职务,手机,办公电话,邮箱,微信\n\
    江淮理工大学,12320000MA0000007X,张晓明,科学技术处,科长,138 0000 0000,,zhangxm@example.cn,\n";

async fn take(app: &TestApp, actor: &Actor, kind: &str, text: &str) -> intake::Report {
    let batches = intake::upload(&app.app, actor, kind, None, "表.csv", text.as_bytes())
        .await
        .unwrap();
    intake::commit(
        &app.app,
        actor,
        batches[0],
        intake::CommitOptions::because(true, "looked at"),
        &|_, _| {},
    )
    .await
    .unwrap()
}

both!(one_liaison_is_in_office_and_the_former_stays_on_record, |app| {
    let org = app
        .organisation("江淮理工大学", "university", UNIVERSITY, "320102")
        .await;
    let mut centre = app.role(Role::UniversityCentre, None, None).await;
    assert!(
        centre
            .get("/centre/orgs?no_liaison=yes")
            .await
            .expect(200)
            .text()
            .contains("江淮理工大学")
    );
    let actor = app.actor(Role::UniversityCentre, None, None);
    let report = take(&app, &actor, "liaisons", LIAISONS).await;
    assert_eq!((report.new, report.same, report.held), (1, 0, 0), "{report:?}");
    let report = take(&app, &actor, "liaisons", LIAISONS).await;
    assert_eq!((report.new, report.changed, report.same), (0, 0, 1), "{report:?}");
    let moved = LIAISONS.replace("科长", "副处长");
    let report = take(&app, &actor, "liaisons", &moved).await;
    assert_eq!(
        (report.new, report.changed),
        (0, 1),
        "the same person with another post: {report:?}"
    );
    let twice = format!("{LIAISONS}江淮理工大学,12320000MA0000007X,李四,,,13900000000,,,\n");
    let report = take(&app, &actor, "liaisons", &twice).await;
    assert!(
        report.held >= 1 && report.errors.iter().any(|e| e.code == "accounts-liaison-twice"),
        "{report:?}"
    );
    let unknown = "单位,统一社会信用代码,姓名,手机\n某某单位,,王五,13900000001\n苏北示例大学,52320100MA0000007Y,赵六,13900000002\n";
    let report = take(&app, &actor, "liaisons", unknown).await;
    assert_eq!(
        (report.new, report.held),
        (1, 1),
        "a university by its name, the other not: {report:?}"
    );

    // The person is sealed: shown to the manager and the centres, and to nobody else.
    let page = format!("/org/{org}");
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    assert!(manager.get(&page).await.expect(200).text().contains("13800000000"));
    for role in [Role::Admin, Role::Supervisor, Role::Auditor] {
        let text = app.role(role, None, None).await.get(&page).await.expect(200).text();
        assert!(!text.contains("13800000000") && !text.contains("张晓明"), "{role:?}");
    }
    let mut bureau = app.role(Role::Bureau, None, Some("320100")).await;
    let json = bureau
        .get(&format!("/api/v1/organisations/{org}"))
        .await
        .expect(200)
        .json();
    assert_eq!(json["liaison"]["person"], serde_json::Value::Null, "{json}");
    let mut conn = app.app.read().await.unwrap();
    let sealed: Vec<Vec<u8>> =
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT person FROM liaison").fetch_all(c).await).unwrap();
    drop(conn);
    assert!(sealed.iter().all(|s| !s.windows(11).any(|w| w == b"13800000000")));

    // A new one by page ends the former, with the reason; the invitation makes an account with the role.
    let path = format!("/org/{org}/liaison");
    let _ = manager
        .post(&path, &[("name", ""), ("mobile", "13900000000")])
        .await
        .expect(422);
    let fields = [
        ("name", "李春华"),
        ("mobile", "13900000000"),
        ("email", "lich@example.cn"),
        ("reason", "岗位调整"),
    ];
    let _ = manager.post(&path, &fields).await.expect(303);
    let text = manager.get(&page).await.expect(200).text();
    assert!(
        text.contains("李春华") && text.contains("张晓明") && text.contains("岗位调整"),
        "{text}"
    );
    let _ = manager.post(&format!("{path}/invite"), &[]).await.expect(303);
    tick(&app).await;
    let mut visitor = app.visitor();
    let _ = visitor
        .post(&link(&app, "lich@example.cn", "/reset/"), &[("password", PASSWORD)])
        .await
        .expect(303);
    let answer = visitor
        .post("/sign-in", &[("email", "lich@example.cn"), ("password", PASSWORD)])
        .await
        .expect(200)
        .text();
    let ticket = answer
        .split("name=\"ticket\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let _ = visitor
        .post("/consent", &[("ticket", &ticket), ("agree", "yes")])
        .await
        .expect(303);
    assert_eq!(
        visitor.get("/api/v1/me").await.expect(200).json()["roles"][0]["role"],
        "liaison"
    );
    // By the API the next one takes over, and the former's role ends.
    let body = serde_json::json!({ "name": "周正", "mobile": "13700000000" });
    let done = centre
        .call(
            http::Method::PUT,
            &format!("/api/v1/organisations/{org}/liaison"),
            &body,
        )
        .await
        .expect(200)
        .json();
    assert_eq!(done["outcome"], "new");
    assert_eq!(
        visitor.get("/api/v1/me").await.expect(200).json()["roles"],
        serde_json::json!([])
    );
    let mut conn = app.app.read().await.unwrap();
    let now: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM liaison WHERE org_id = $1 AND until_at IS NULL")
        .bind(org.uuid()).fetch_one(c).await)
    .unwrap();
    assert_eq!(now, 1);
});

both!(lists_are_cut_to_the_readers_region, |app| {
    let _ = app
        .organisation("徐州示例装备有限公司", "company", COMPANY, "320302")
        .await;
    let nanjing = app
        .organisation("江淮理工大学", "university", UNIVERSITY, "320102")
        .await;
    let mut bureau = app.role(Role::Bureau, None, Some("320300")).await;
    let page = bureau.get("/centre/orgs").await.expect(200).text();
    assert!(
        page.contains("徐州示例装备有限公司") && !page.contains("江淮理工大学"),
        "{page}"
    );
    let _ = bureau.get(&format!("/centre/orgs/{nanjing}")).await.expect(403);
    let json = bureau
        .get("/api/v1/organisations?region=320100")
        .await
        .expect(200)
        .json();
    assert_eq!(json["total"], 0, "a filter never widens the view");
    let mut centre = app.role(Role::Centre, None, None).await;
    for (query, n) in [
        ("", 2),
        ("?kind=university", 1),
        ("?region=320300", 1),
        ("?q=MA0000007q", 1),
        ("?q=%E7%A4%BA%E4%BE%8B", 1),
        ("?q=%25", 0),
        ("?state=closed", 0),
    ] {
        let json = centre
            .get(&format!("/api/v1/organisations{query}"))
            .await
            .expect(200)
            .json();
        assert_eq!(json["total"], n, "{query}: {json}");
    }
    let sheet = centre.get("/centre/orgs/export?kind=university").await.expect(200);
    assert!(sheet.bytes.starts_with(b"PK"));
    let here = [
        ("name", "徐州新材料有限公司"),
        ("kind", "企业"),
        ("uscc", "91320581MA0000007W"),
        ("region", "320302"),
    ];
    let there = with(&here, &[("region", "320102")]);
    assert!(
        bureau
            .post("/centre/orgs/new", &there)
            .await
            .expect(422)
            .text()
            .contains("不在您负责的区划内")
    );
    let _ = bureau.post("/centre/orgs/new", &here).await.expect(303);
    assert_eq!(bureau.get("/api/v1/organisations").await.expect(200).json()["total"], 2);
});

both!(two_organisations_become_one, |app| {
    let from = app
        .organisation("徐州示例装备公司", "company", "91320581MA0000007W", "320302")
        .await;
    let into = app
        .organisation("徐州示例装备有限公司", "company", COMPANY, "320302")
        .await;
    let he = person(&app.app, "he@example.cn", "何山", true).await;
    let both_sides = person(&app.app, "lv@example.cn", "吕川", true).await;
    grant(&app.app, he, Role::Manager, Some(from)).await;
    grant(&app.app, both_sides, Role::Member, Some(from)).await;
    grant(&app.app, both_sides, Role::Member, Some(into)).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let _ = centre
        .post(
            &format!("/org/{from}/qualifications"),
            &[("kind", "high-tech"), ("number", "GR2021"), ("until", "2024-11-29")],
        )
        .await
        .expect(303);
    let path = format!("/org/{from}/merge");
    assert!(
        centre
            .post(&path, &[("org", "不存在的公司"), ("reason", "重复")])
            .await
            .expect(422)
            .text()
            .contains("没有找到")
    );
    assert!(
        centre
            .post(&path, &[("org", "91320581MA0000007W"), ("reason", "重复")])
            .await
            .expect(422)
            .text()
            .contains("不能合并到自己")
    );
    let answer = centre
        .post(&path, &[("org", COMPANY), ("reason", "同一单位重复登记")])
        .await
        .expect(303);
    assert_eq!(answer.location(), format!("/org/{into}"));
    let page = centre.get(&format!("/org/{into}")).await.expect(200).text();
    assert!(
        page.contains("何山") && page.contains("GR2021") && page.contains("徐州示例装备公司"),
        "{page}"
    );
    assert!(
        centre
            .get(&format!("/org/{from}"))
            .await
            .expect(200)
            .text()
            .contains("已合并")
    );
    let me = app.sign_in(he).await.get("/api/v1/me").await.expect(200).json();
    assert_eq!(me["roles"][0]["org"], into.to_string(), "{me}");
    let me = app.sign_in(both_sides).await.get("/api/v1/me").await.expect(200).json();
    assert_eq!(me["roles"].as_array().unwrap().len(), 1, "{me}");
    // The old code leads to the one that is left.
    let mut conn = app.app.read().await.unwrap();
    let found = accounts::org_by_identity(&mut conn, accounts::IdentityKind::Uscc, "CN", "91320581MA0000007W")
        .await
        .unwrap();
    assert_eq!(found.unwrap().id, into);
    drop(conn);
    let _ = centre
        .post(&path, &[("org", COMPANY), ("reason", "再来一次")])
        .await
        .expect(422);
    let mut bureau = app.role(Role::Bureau, None, Some("320300")).await;
    let _ = bureau
        .post(&format!("/org/{into}/merge"), &[("org", COMPANY), ("reason", "x")])
        .await
        .expect(403);
});

both!(members_are_invited_and_the_last_manager_stays, |app| {
    let org = app
        .organisation("江淮理工大学", "university", UNIVERSITY, "320102")
        .await;
    let boss = person(&app.app, "boss@example.cn", "卫东", true).await;
    let known = person(&app.app, "known@example.cn", "蒋南", true).await;
    grant(&app.app, boss, Role::Manager, Some(org)).await;
    let mut manager = app.sign_in(boss).await;
    let path = format!("/org/{org}/members");
    let fields = [
        ("email", "known@example.cn"),
        ("name", "蒋南"),
        ("title", "科研处"),
        ("role", "member"),
    ];
    let _ = manager
        .post(&path, &with(&fields, &[("role", "centre")]))
        .await
        .expect(422);
    let _ = manager.post(&path, &fields).await.expect(303);
    assert!(manager.post(&path, &fields).await.expect(422).text().contains("已经是"));
    let _ = manager
        .post(&path, &with(&fields, &[("email", "new@example.cn"), ("name", "沈北")]))
        .await
        .expect(303);
    tick(&app).await;
    assert!(link(&app, "new@example.cn", "/reset/").starts_with("/reset/"));
    let page = manager.get(&format!("/org/{org}")).await.expect(200).text();
    assert!(
        page.contains("蒋南") && page.contains("沈北") && page.contains("已邀请"),
        "{page}"
    );
    let mut member = app.sign_in(known).await;
    assert!(
        member
            .get("/inbox")
            .await
            .expect(200)
            .text()
            .contains("将您加入了江淮理工大学")
    );

    // The manager cannot step down before another one is there.
    let mut conn = app.app.read().await.unwrap();
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT user_id, id FROM membership").fetch_all(c).await).unwrap();
    drop(conn);
    let membership = |user: kernel::UserId| rows.iter().find(|r| r.0 == user.uuid()).unwrap().1;
    let step_down = format!("{path}/{}/role", membership(boss));
    let page = manager.post(&step_down, &[("role", "member")]).await.expect(422).text();
    assert!(page.contains("最后一位管理员"), "{page}");
    let _ = manager
        .post(&format!("{path}/{}/role", membership(known)), &[("role", "manager")])
        .await
        .expect(303);
    let _ = manager.post(&step_down, &[("role", "member")]).await.expect(303);
    let _ = manager.post(&step_down, &[("role", "manager")]).await.expect(403);
    let end = format!("{path}/{}/end", membership(boss));
    let _ = member.post(&end, &[("reason", "")]).await.expect(422);
    let _ = member.post(&end, &[("reason", "退休")]).await.expect(303);
    let _ = manager.get(&format!("/org/{org}")).await.expect(403);
    // Nobody works in the name of an organisation that is closed.
    let mut centre = app.role(Role::Centre, None, None).await;
    let _ = centre
        .post(&format!("/org/{org}/close"), &[("reason", "撤并")])
        .await
        .expect(303);
    let _ = member.get(&format!("/org/{org}")).await.expect(403);
    let _ = centre.post(&path, &fields).await.expect(409);
    let _ = centre
        .post(&format!("/org/{org}/profile"), &[("version", "9")])
        .await
        .expect(409);
    let _ = centre.post(&format!("/org/{org}/reopen"), &[]).await.expect(303);
    let _ = centre.post(&path, &fields).await.expect(303);
});
