//! Signing in: locks, links, consent, caps, and where it leads.

use testkit::both;

use super::{OTHER, PASSWORD, link, mails_to, person, signed_in, tick};

both!(wrong_passwords_lock_and_the_mail_unlocks, |app| {
    let user = person(&app.app, "zhao@example.cn", "赵明", true).await;
    let mut visitor = app.visitor();
    let wrong = [("email", "zhao@example.cn"), ("password", "not this one")];
    let unknown = [("email", "nobody@example.cn"), ("password", "not this one")];
    let for_wrong = visitor.post("/sign-in", &wrong).await.expect(422).text();
    let for_unknown = visitor.post("/sign-in", &unknown).await.expect(422).text();
    assert_eq!(
        for_wrong.replace("zhao@", "x@"),
        for_unknown.replace("nobody@", "x@"),
        "the same answer"
    );
    for _ in 1..5 {
        let _ = visitor.post("/sign-in", &wrong).await.expect(422);
    }
    let right = [("email", "zhao@example.cn"), ("password", PASSWORD)];
    let for_locked = visitor.post("/sign-in", &right).await.expect(422).text();
    assert_eq!(
        for_locked.replace("zhao@", "x@"),
        for_unknown.replace("nobody@", "x@"),
        "a lock shows nothing"
    );
    app.clock.advance_secs(16 * 60);
    let _ = signed_in(&app, "zhao@example.cn", PASSWORD).await;

    // Locked again: the mailed link is the way back at once, and ends every session.
    for _ in 0..5 {
        let _ = visitor.post("/sign-in", &wrong).await.expect(422);
    }
    tick(&app).await;
    let mut elsewhere = app.sign_in(user).await;
    let _ = elsewhere.get("/account").await.expect(200);
    let reset = link(&app, "zhao@example.cn", "/reset/");
    let page = visitor
        .post(&reset, &[("password", "zhao2023")])
        .await
        .expect(422)
        .text();
    assert!(page.contains("至少需要 10 个") && !page.contains("zhao2023"), "{page}");
    let _ = visitor.post(&reset, &[("password", OTHER)]).await.expect(303);
    assert!(
        visitor.get(&reset).await.expect(200).text().contains("失效"),
        "a link works once"
    );
    let _ = elsewhere.get("/account").await.expect(303);
    assert!(
        visitor
            .post("/sign-in", &right)
            .await
            .expect(422)
            .text()
            .contains("口令不对")
    );
    let _ = signed_in(&app, "zhao@example.cn", OTHER).await;
});

both!(a_forgotten_password_answers_alike_and_addresses_are_counted, |app| {
    let _ = person(&app.app, "qian@example.cn", "钱芳", true).await;
    let mut visitor = app.visitor();
    let known = visitor
        .post("/forgot", &[("email", "Qian@example.cn")])
        .await
        .expect(200)
        .text();
    let unknown = visitor
        .post("/forgot", &[("email", "nobody@example.cn")])
        .await
        .expect(200)
        .text();
    assert_eq!(known, unknown);
    let _ = visitor.post("/forgot", &[("email", "no address")]).await.expect(422);
    tick(&app).await;
    assert_eq!(
        (mails_to(&app, "qian@example.cn"), mails_to(&app, "nobody@example.cn")),
        (1, 0)
    );
    let first = link(&app, "qian@example.cn", "/reset/");
    let _ = visitor
        .post("/forgot", &[("email", "qian@example.cn")])
        .await
        .expect(200);
    tick(&app).await;
    assert!(
        visitor.get(&first).await.expect(200).text().contains("失效"),
        "the newest link alone holds"
    );
    let second = link(&app, "qian@example.cn", "/reset/");
    app.clock.advance_secs(2 * 3600 + 1);
    assert!(
        visitor.get(&second).await.expect(200).text().contains("失效"),
        "a link has an end"
    );
    for _ in 0..10 {
        let _ = visitor
            .post("/forgot", &[("email", "qian@example.cn")])
            .await
            .expect(200);
    }
    let _ = visitor
        .post("/forgot", &[("email", "qian@example.cn")])
        .await
        .expect(429);
    let mut statuses = Vec::new();
    for _ in 0..31 {
        let fields = [("email", "nobody@example.cn"), ("password", "not this one")];
        statuses.push(visitor.post("/sign-in", &fields).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|s| **s == 422).count(), 30, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429));
});

both!(consent_stands_before_the_first_session, |app| {
    let user = person(&app.app, "sun@example.cn", "孙宁", false).await;
    let mut visitor = app.visitor();
    let fields = [
        ("email", "sun@example.cn"),
        ("password", PASSWORD),
        ("next", "/account"),
    ];
    let page = visitor.post("/sign-in", &fields).await.expect(200).text();
    assert!(
        page.contains("请确认条款") && visitor.cookie(jcore::login::COOKIE).is_none(),
        "{page}"
    );
    let ticket = page
        .split("name=\"ticket\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let _ = visitor.post("/consent", &[("ticket", &ticket)]).await.expect(422);
    let forged = ticket.replacen(&user.to_string(), "01890a5d-ac96-774b-bcce-b302099a8057", 1);
    let answer = visitor
        .post("/consent", &[("ticket", &forged), ("agree", "yes")])
        .await
        .expect(303);
    assert_eq!(answer.location(), "/sign-in");
    let mut thief = app.visitor();
    let answer = thief
        .post("/consent", &[("ticket", &ticket), ("agree", "yes")])
        .await
        .expect(303);
    assert_eq!(answer.location(), "/sign-in", "a ticket is tied to its browser");
    let yes = [("ticket", ticket.as_str()), ("agree", "yes"), ("next", "/account")];
    assert_eq!(visitor.post("/consent", &yes).await.expect(303).location(), "/account");
    assert!(visitor.get("/account").await.expect(200).text().contains("第 1 版"));
    let _ = visitor.post("/sign-out", &[]).await.expect(303);
    let _ = visitor.get("/account").await.expect(303);
    let _ = signed_in(&app, "sun@example.cn", PASSWORD).await;
});

both!(sign_in_goes_only_to_pages_of_ours_and_begins_a_new_session, |app| {
    let user = person(&app.app, "zhou@example.cn", "周立", true).await;
    let mut client = app.sign_in(user).await;
    let mut old = client.clone();
    let fields = |next: &'static str| [("email", "zhou@example.cn"), ("password", PASSWORD), ("next", next)];
    let answer = client.post("/sign-in", &fields("/inbox?x=1")).await.expect(303);
    assert_eq!(answer.location(), "/inbox?x=1");
    let cookie = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|v| v.to_str().unwrap())
        .find(|v| v.starts_with("jb_session="));
    let cookie = cookie.unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert_ne!(client.cookie(jcore::login::COOKIE), old.cookie(jcore::login::COOKIE));
    let _ = old.get("/account").await.expect(303);
    for next in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            client.post("/sign-in", &fields(next)).await.expect(303).location(),
            "/",
            "{next}"
        );
    }
    assert_eq!(
        client
            .post("/en/sign-in", &fields("/en/inbox"))
            .await
            .expect(303)
            .location(),
        "/en/inbox"
    );
});

both!(the_documents_are_there_in_both_languages, |app| {
    let mut visitor = app.visitor();
    assert!(
        visitor
            .get("/zh/terms")
            .await
            .expect(200)
            .text()
            .contains("账号属于您本人")
    );
    assert!(
        visitor
            .get("/en/terms")
            .await
            .expect(200)
            .text()
            .contains("The account is yours alone")
    );
    assert!(
        visitor
            .get("/zh/privacy")
            .await
            .expect(200)
            .text()
            .contains("个人信息保护法")
    );
    assert!(
        visitor
            .get("/en/privacy")
            .await
            .expect(200)
            .text()
            .contains("jb_session")
    );
    for page in ["/en/sign-in", "/en/register", "/en/forgot"] {
        let text = visitor.get(page).await.expect(200).text();
        assert!(!text.contains("accounts-"), "{page} shows a bare id: {text}");
    }
});
