//! Registering, confirming, being reviewed, leaving; what was never confirmed is forgotten.

use jcore::Role;
use testkit::both;

use super::{COMPANY, OTHER, PASSWORD, REGISTRATION, link, mails_to, signed_in, tick, with};

both!(a_registration_is_confirmed_reviewed_and_used, |app| {
    let mut visitor = app.visitor();
    let page = visitor.get("/register").await.expect(200).text();
    assert!(page.contains("统一社会信用代码") && page.contains("/privacy"), "{page}");
    let wrong = with(
        REGISTRATION,
        &[("password", "Lixh2023"), ("uscc", "91320000MA0000007A"), ("agree", "")],
    );
    let page = visitor.post("/register", &wrong).await.expect(422).text();
    assert!(
        page.contains("至少需要 10 个") && page.contains("请阅读服务条款") && page.contains("徐州示例装备有限公司"),
        "{page}"
    );
    assert!(!page.contains("Lixh2023"), "a password never comes back");
    let sent = visitor.post("/register", REGISTRATION).await.expect(303);
    assert_eq!(sent.location(), "/register/sent");
    tick(&app).await;

    // Before the address is confirmed, nobody reviews it, and the right password says what is missing.
    let mut neighbour = app.role(Role::Bureau, None, Some("320100")).await;
    let mut bureau = app.role(Role::Bureau, None, Some("320300")).await;
    assert!(
        !bureau
            .get("/centre/reviews")
            .await
            .expect(200)
            .text()
            .contains("李晓红")
    );
    let try_in = [("email", "lixh@example.cn"), ("password", PASSWORD)];
    assert!(
        visitor
            .post("/sign-in", &try_in)
            .await
            .expect(422)
            .text()
            .contains("邮箱还没有确认")
    );
    let confirm = link(&app, "lixh@example.cn", "/confirm/");
    assert!(
        visitor
            .get(&confirm)
            .await
            .expect(200)
            .text()
            .contains("lixh@example.cn")
    );
    let _ = visitor.post(&confirm, &[]).await.expect(200);
    assert!(
        visitor.post(&confirm, &[]).await.expect(200).text().contains("链接"),
        "a link works once"
    );
    assert!(
        visitor
            .post("/sign-in", &try_in)
            .await
            .expect(422)
            .text()
            .contains("正在审核")
    );

    // The bureau of its region decides, and no other.
    assert!(
        !neighbour
            .get("/centre/reviews")
            .await
            .expect(200)
            .text()
            .contains("李晓红")
    );
    let page = bureau.get("/centre/reviews").await.expect(200).text();
    assert!(
        page.contains("李晓红") && page.contains(COMPANY) && page.contains("新单位"),
        "{page}"
    );
    let decide = page
        .split("action=\"")
        .find(|p| p.starts_with("/centre/reviews/"))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let _ = neighbour
        .post(decide, &[("decision", "approve"), ("role", "manager")])
        .await
        .expect(403);
    let _ = bureau
        .post(decide, &[("decision", "refuse"), ("reason", " ")])
        .await
        .expect(422);
    let _ = bureau
        .post(decide, &[("decision", "approve"), ("role", "centre")])
        .await
        .expect(422);
    let _ = bureau
        .post(decide, &[("decision", "approve"), ("role", "manager")])
        .await
        .expect(303);
    let _ = bureau
        .post(decide, &[("decision", "refuse"), ("reason", "晚了")])
        .await
        .expect(409);
    tick(&app).await;
    assert!(
        app.mails
            .lock()
            .unwrap()
            .iter()
            .any(|m| m.to == "lixh@example.cn" && m.subject.contains("已通过"))
    );

    let mut manager = signed_in(&app, "LIXH@example.cn", PASSWORD).await;
    let me = manager.get("/api/v1/me").await.expect(200).json();
    assert_eq!(me["roles"][0]["role"], "manager", "{me}");
    let page = manager
        .get(&format!("/org/{}", me["roles"][0]["org"].as_str().unwrap()))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("徐州示例装备有限公司") && page.contains("江苏省徐州市鼓楼区"),
        "{page}"
    );
    assert!(manager.get("/inbox").await.expect(200).text().contains("已通过"));
    let _ = manager.post("/inbox/read", &[]).await.expect(303);
    assert!(
        !manager
            .get("/inbox")
            .await
            .expect(200)
            .text()
            .contains("class=\"unread\"")
    );
});

both!(a_second_person_joins_and_a_known_address_learns_nothing, |app| {
    let org = app
        .organisation("徐州示例装备有限公司", "company", COMPANY, "320302")
        .await;
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    let mut visitor = app.visitor();
    let _ = visitor.post("/register", REGISTRATION).await.expect(303);
    tick(&app).await;
    let _ = visitor
        .post(&link(&app, "lixh@example.cn", "/confirm/"), &[])
        .await
        .expect(200);
    // The same answer for an address that has an account; only its owner is told.
    let before = mails_to(&app, "lixh@example.cn");
    let again = visitor
        .post("/register", &with(REGISTRATION, &[("name", "冒名者")]))
        .await
        .expect(303);
    assert_eq!(again.location(), "/register/sent");
    tick(&app).await;
    assert_eq!(mails_to(&app, "lixh@example.cn"), before + 1);
    assert!(app.mails.lock().unwrap().last().unwrap().subject.contains("已有账号"));

    let page = manager.get(&format!("/org/{org}")).await.expect(200).text();
    assert!(page.contains("李晓红") && !page.contains("冒名者"), "{page}");
    let start = format!("/org/{org}/members/");
    let decide = page
        .split("action=\"")
        .find(|p| p.starts_with(&start) && p.contains("/decide"))
        .unwrap();
    let decide = decide.split('"').next().unwrap();
    let _ = manager
        .post(decide, &[("decision", "refuse"), ("reason", "不是本单位人员")])
        .await
        .expect(303);
    tick(&app).await;
    let try_in = [("email", "lixh@example.cn"), ("password", PASSWORD)];
    assert!(
        visitor
            .post("/sign-in", &try_in)
            .await
            .expect(422)
            .text()
            .contains("没有通过审核")
    );
    // Who was refused may try again, and is approved as a member this time.
    let _ = visitor
        .post("/register", &with(REGISTRATION, &[("password", OTHER)]))
        .await
        .expect(303);
    tick(&app).await;
    let _ = visitor
        .post(&link(&app, "lixh@example.cn", "/confirm/"), &[])
        .await
        .expect(200);
    let page = manager.get(&format!("/org/{org}")).await.expect(200).text();
    let decide = page
        .split("action=\"")
        .find(|p| p.starts_with(&start) && p.contains("/decide"))
        .unwrap();
    let decide = decide.split('"').next().unwrap().to_owned();
    let _ = manager
        .post(&decide, &[("decision", "approve"), ("role", "member")])
        .await
        .expect(303);
    let mut member = signed_in(&app, "lixh@example.cn", OTHER).await;
    let page = member.get(&format!("/org/{org}")).await.expect(200).text();
    assert!(
        !page.contains("/members/") && !page.contains("/profile"),
        "a member looks and does not run: {page}"
    );
    let _ = member
        .post(&format!("/org/{org}/profile"), &[("version", "1")])
        .await
        .expect(403);

    // Leaving ends the grants and keeps the session; the last manager stays.
    let mine = member.get("/org").await.expect(200).text();
    let leave = mine
        .split("action=\"")
        .find(|p| p.starts_with("/org/leave/"))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let _ = member.post(leave, &[]).await.expect(303);
    let me = member.get("/api/v1/me").await.expect(200).json();
    assert_eq!(me["roles"], serde_json::json!([]));
    let _ = member.get(&format!("/org/{org}")).await.expect(403);
    let mine = manager.get("/org").await.expect(200).text();
    let leave = mine
        .split("action=\"")
        .find(|p| p.starts_with("/org/leave/"))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(
        manager
            .post(leave, &[])
            .await
            .expect(422)
            .text()
            .contains("最后一位管理员")
    );
});

both!(an_unconfirmed_registration_is_forgotten, |app| {
    let mut visitor = app.visitor();
    let _ = visitor.post("/register", REGISTRATION).await.expect(303);
    tick(&app).await;
    let count = async |sql: &'static str| -> i64 {
        let mut conn = app.app.read().await.unwrap();
        db::on!(&mut conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
    };
    assert_eq!(count("SELECT count(*) FROM user_account").await, 1);
    app.clock.advance_secs(3 * 24 * 3600 + 3600);
    tick(&app).await;
    assert_eq!(count("SELECT count(*) FROM user_account").await, 0);
    assert_eq!(count("SELECT count(*) FROM organisation").await, 0);
    assert_eq!(count("SELECT count(*) FROM membership").await, 0);
});
