//! One's own account, the centre's people, the audit trail, the mail queue.

use jcore::Role;
use kernel::UserId;
use testkit::both;

use super::{OTHER, PASSWORD, UNIVERSITY, grant, link, person, signed_in, tick, with};

both!(an_account_is_run_by_its_owner, |app| {
    let org = app
        .organisation("江淮理工大学", "university", UNIVERSITY, "320102")
        .await;
    let wu = person(&app.app, "wu@example.cn", "吴敏", true).await;
    let zheng = person(&app.app, "zheng@example.cn", "郑强", true).await;
    let _stranger = person(&app.app, "wang@example.cn", "王远", true).await;
    grant(&app.app, wu, Role::Manager, Some(org)).await;
    grant(&app.app, zheng, Role::Member, Some(org)).await;
    let mut mine = signed_in(&app, "wu@example.cn", PASSWORD).await;
    let mut elsewhere = app.sign_in(wu).await;
    let page = mine.get("/account").await.expect(200).text();
    assert!(
        page.contains("江淮理工大学") && page.contains("本机") && page.contains("wu@example.cn"),
        "{page}"
    );

    let fields = [("current", "not this one"), ("password", OTHER)];
    assert!(
        mine.post("/account/password", &fields)
            .await
            .expect(422)
            .text()
            .contains("现在的口令不对")
    );
    let _ = mine
        .post("/account/password", &[("current", PASSWORD), ("password", OTHER)])
        .await
        .expect(303);
    let _ = mine.get("/account").await.expect(200);
    let _ = elsewhere.get("/account").await.expect(303);

    // A token acts for its owner by the API, and opens no account page.
    let page = mine
        .post("/account/tokens", &[("name", "科研系统"), ("days", "30")])
        .await
        .expect(200)
        .text();
    let token = page
        .split("class=\"token\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert!(
        !mine.get("/account").await.expect(200).text().contains(&token),
        "shown once"
    );
    let mut machine = app.visitor();
    machine.bearer(&token);
    assert_eq!(machine.get("/api/v1/me").await.expect(200).json()["name"], "吴敏");
    let _ = machine.get("/account").await.expect(403);
    let page = mine.get("/account").await.expect(200).text();
    let end = page
        .split("action=\"")
        .find(|p| p.starts_with("/account/tokens/"))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let _ = mine.post(end, &[]).await.expect(303);
    let _ = machine.get("/api/v1/me").await.expect(401);

    // A colleague stands in from the first to the last day, a stranger cannot.
    let stand_in = |to: &'static str| {
        [
            ("to", to),
            ("from", "2023-06-15"),
            ("until", "2023-06-16"),
            ("reason", "出差"),
        ]
    };
    assert!(
        mine.post("/account/stand-ins", &stand_in("wang@example.cn"))
            .await
            .expect(422)
            .text()
            .contains("没有找到")
    );
    let _ = mine
        .post("/account/stand-ins", &stand_in("zheng@example.cn"))
        .await
        .expect(303);
    let mut colleague = app.sign_in(zheng).await;
    let profile = format!("/org/{org}/profile");
    let fields = [("version", "1"), ("address", "南京市示例路 1 号")];
    let _ = colleague.post(&profile, &fields).await.expect(403);
    app.clock.advance_secs(24 * 3600);
    let mut colleague = app.sign_in(zheng).await;
    let _ = colleague.post(&profile, &fields).await.expect(303);
    let _ = colleague.post(&profile, &fields).await.expect(409);
    let mut auditor = app.role(Role::Auditor, None, None).await;
    let trail = auditor
        .get(&format!("/centre/audit?kind=org&subject={org}"))
        .await
        .expect(200)
        .text();
    assert!(
        trail.contains("修改单位资料") && trail.contains("代 吴敏") && trail.contains("郑强"),
        "{trail}"
    );
    app.clock.advance_secs(2 * 24 * 3600);
    let mut colleague = app.sign_in(zheng).await;
    let _ = colleague.post(&profile, &[("version", "2")]).await.expect(403);
});

both!(the_centre_runs_people_and_the_administrator_the_centre, |app| {
    let org = app
        .organisation("江淮理工大学", "university", UNIVERSITY, "320102")
        .await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let fields = [
        ("email", "feng@example.cn"),
        ("name", "冯雪"),
        ("role", "bureau"),
        ("org", ""),
        ("region", ""),
    ];
    assert!(
        centre
            .post("/centre/users", &fields)
            .await
            .expect(422)
            .text()
            .contains("请选择区划")
    );
    let sent = centre
        .post("/centre/users", &with(&fields, &[("region", "320300")]))
        .await
        .expect(303);
    let path = sent.location().to_owned();
    tick(&app).await;
    let mut visitor = app.visitor();
    let _ = visitor
        .post(&link(&app, "feng@example.cn", "/reset/"), &[("password", PASSWORD)])
        .await
        .expect(303);
    let page = centre.get(&path).await.expect(200).text();
    assert!(page.contains("冯雪") && page.contains("江苏省徐州市"), "{page}");
    let grants = format!("{path}/grants");
    let _ = centre.post(&grants, &[("role", "admin")]).await.expect(422);
    assert!(
        centre
            .post(&grants, &[("role", "manager")])
            .await
            .expect(422)
            .text()
            .contains("请填写单位")
    );
    let _ = centre
        .post(&grants, &[("role", "manager"), ("org", "江淮理工大学")])
        .await
        .expect(303);
    let user: UserId = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut feng = app.sign_in(user).await;
    assert_eq!(
        feng.get("/api/v1/me").await.expect(200).json()["roles"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let page = centre.get(&path).await.expect(200).text();
    let end = page
        .split("action=\"")
        .find(|p| p.starts_with(&grants) && p.contains("/end"))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let _ = centre.post(end, &[]).await.expect(303);
    assert_eq!(
        feng.get("/api/v1/me").await.expect(200).json()["roles"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    // Closing ends everything; a bureau has no business here.
    let _ = feng.get("/centre/users").await.expect(403);
    let _ = centre
        .post(&format!("{path}/close"), &[("reason", "")])
        .await
        .expect(422);
    let _ = centre
        .post(&format!("{path}/close"), &[("reason", "离职")])
        .await
        .expect(303);
    let _ = feng.get("/api/v1/me").await.expect(401);
    assert!(
        visitor
            .post("/sign-in", &[("email", "feng@example.cn"), ("password", PASSWORD)])
            .await
            .expect(422)
            .text()
            .contains("已关闭")
    );
    let _ = centre.post(&format!("{path}/reopen"), &[]).await.expect(303);

    // The last administrator stays, and the centre cannot close one.
    let admin = app.person("管理员", &[(Role::Admin, None, None)]).await;
    let _ = centre
        .post(&format!("/centre/users/{admin}/close"), &[("reason", "x")])
        .await
        .expect(403);
    let mut as_admin = app.sign_in(admin).await;
    assert!(
        as_admin
            .post(&format!("/centre/users/{admin}/close"), &[("reason", "x")])
            .await
            .expect(422)
            .text()
            .contains("不能关闭自己")
    );
    let page = as_admin.get(&format!("/centre/users/{admin}")).await.expect(200).text();
    let start = format!("/centre/users/{admin}/grants/");
    let end = page
        .split("action=\"")
        .find(|p| p.starts_with(&start))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(
        as_admin
            .post(end, &[])
            .await
            .expect(422)
            .text()
            .contains("最后一位平台管理员")
    );
    let _ = org;
});

both!(the_trail_is_read_and_checked_and_mails_are_watched, |app| {
    let mut auditor = app.role(Role::Auditor, None, None).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let _ = person(&app.app, "chen@example.cn", "陈静", true).await;
    let _ = app
        .visitor()
        .post("/forgot", &[("email", "chen@example.cn")])
        .await
        .expect(200);
    let page = centre.get("/centre/outbox").await.expect(200).text();
    assert!(
        page.contains("等待发送") && !page.contains("chen@example.cn"),
        "the address stays sealed: {page}"
    );
    let _ = auditor.get("/centre/outbox").await.expect(403);
    let page = auditor.get("/centre/audit?key=account.link").await.expect(200).text();
    assert!(page.contains("索取口令链接") && !page.contains("建立账号"), "{page}");
    let answer = auditor.post("/centre/audit/verify", &[]).await.expect(303);
    assert_eq!(answer.location(), "/centre/audit");
    tick(&app).await;
    let _ = auditor.post("/centre/audit/verify", &[]).await.expect(303);
    assert!(
        auditor
            .get("/centre/audit")
            .await
            .expect(200)
            .text()
            .contains("核验通过")
    );
    let mut conn = app.app.db.write().await.unwrap();
    let done = db::on!(&mut conn, c => sqlx::query("UPDATE audit_entry SET key = 'x' WHERE position = 0")
        .execute(c).await.map(|_| ()));
    done.unwrap();
    conn.commit().await.unwrap();
    let _ = auditor.post("/centre/audit/verify", &[]).await.expect(303);
    assert!(
        auditor
            .get("/centre/audit")
            .await
            .expect(200)
            .text()
            .contains("核验不通过")
    );
});
