//! The ways out, on both engines: webhooks signed, retried and kept from leading inside; WeChat by its protocol; dead
//! letters and sending them again; leases that keep two nodes from sending the same; partners and their batches.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jcore::{Actor, Role};
use kernel::{OrgId, UserId};
use serde_json::json;
use testkit::{Client, FakeHttp, Reply, TestApp, both};

use crate::given;
use crate::push::{name_liaison, need, pushes, run};

/// Both engines with ways to the outside of their own.
async fn on_both(config: impl Fn() -> push::Config) -> Vec<TestApp> {
    let mut out = Vec::new();
    for on_postgres in [false, true] {
        out.extend(TestApp::outside(config(), on_postgres).await);
    }
    out
}

fn ok(body: &str) -> Reply {
    (200, None, body.to_owned())
}

/// Webhooks may lead to this machine: that is where the fake server is.
fn to_here() -> push::Config {
    push::Config {
        plain_hooks: true,
        inside_hooks: true,
        ..push::Config::default()
    }
}

async fn follow_all(client: &mut Client, channels: &[&str]) {
    let sub = json!({ "name": "全部", "rhythm": "now", "channels": channels });
    let _ = client
        .call(http::Method::POST, "/api/v1/subscriptions", &sub)
        .await
        .expect(201);
}

/// Sets a webhook; its secret.
async fn hook(client: &mut Client, url: &str) -> String {
    let page = client.post("/my/reach/hook", &[("url", url)]).await.expect(200).text();
    let after = page.split("<code class=\"token\">").nth(1).expect("a secret");
    after.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_webhook_is_signed_and_tried_again() {
    for app in on_both(to_here).await {
        let server = FakeHttp::start(|_, before| {
            if before == 0 {
                (500, None, String::new())
            } else {
                ok("")
            }
        })
        .await;
        let mut broker = app.role(Role::Auditor, None, None).await;
        let secret = hook(&mut broker, &format!("{}/in?x=1", server.url)).await;
        follow_all(&mut broker, &["hook"]).await;
        let again = broker.get("/my/subscriptions").await.expect(200).text();
        assert!(
            again.contains("/in?x=1") && !again.contains(&secret),
            "the secret is shown once"
        );
        let id = need(&app, &[]).await;
        run(&app).await;
        assert_eq!(server.seen().len(), 1, "it failed, and waits");
        app.clock.advance_secs(120);
        run(&app).await;
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        for request in &seen {
            assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/in?x=1"));
            let timestamp: i64 = request.header("x-jiebang-timestamp").parse().unwrap();
            assert_eq!(
                request.header("x-jiebang-signature"),
                push::signature(&secret, timestamp, &request.body)
            );
        }
        assert_eq!(
            seen[0].header("x-jiebang-id"),
            seen[1].header("x-jiebang-id"),
            "the same message"
        );
        assert_ne!(
            seen[0].header("x-jiebang-timestamp"),
            seen[1].header("x-jiebang-timestamp")
        );
        let item = &seen[1].json()["items"][0];
        assert_eq!(
            (&item["event"], &item["kind"], &item["id"]),
            (&json!("published"), &json!("need"), &json!(id))
        );
        for secret in ["澹台", "187.25", "0.0317", "褚遥岑"] {
            assert!(!seen[1].body.contains(secret), "{secret}");
        }
        app.clock.advance_secs(3600);
        run(&app).await;
        assert_eq!(server.seen().len(), 2, "what arrived does not go again");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for app in on_both(to_here).await {
        let server = FakeHttp::start(|_, _| (302, Some("/elsewhere".to_owned()), String::new())).await;
        let mut broker = app.role(Role::Auditor, None, None).await;
        let _ = hook(&mut broker, &format!("{}/in", server.url)).await;
        follow_all(&mut broker, &["hook"]).await;
        let _ = need(&app, &[]).await;
        run(&app).await;
        let paths: Vec<String> = server.seen().into_iter().map(|s| s.path).collect();
        assert_eq!(paths, ["/in"]);
    }
}

#[tokio::test]
async fn addresses_inside_are_refused() {
    let config = || push::Config {
        resolver: Arc::new(|host, port| {
            Box::pin(async move {
                let found: &[&str] = match host.as_str() {
                    "public.example" => &["8.8.8.8"],
                    "inside.example" => &["10.1.2.3"],
                    "meta.example" => &["169.254.169.254"],
                    "both.example" => &["8.8.8.8", "127.0.0.1"],
                    "six.example" => &["::ffff:127.0.0.1"],
                    _ => return Err(std::io::Error::other("no such name")),
                };
                let address = |text: &&str| SocketAddr::new(text.parse().unwrap(), port);
                Ok(found.iter().map(address).collect())
            })
        }),
        ..push::Config::default()
    };
    for app in on_both(config).await {
        let mut broker = app.role(Role::Auditor, None, None).await;
        for (url, why) in [
            ("https://inside.example/", "内部网络"),
            ("https://meta.example/latest/meta-data/", "内部网络"),
            ("https://both.example/", "内部网络"),
            ("https://six.example/", "内部网络"),
            ("https://127.0.0.1/", "内部网络"),
            ("https://[::1]/", "内部网络"),
            ("https://[fd00:ec2::254]/", "内部网络"),
            ("https://100.100.100.200/", "内部网络"),
            ("https://0.0.0.0/", "内部网络"),
            ("http://public.example/", "没有加密"),
            ("ftp://public.example/", "不是网址"),
            ("https://name:word@public.example/", "不是网址"),
            ("https://nowhere.example/", "找不到"),
        ] {
            let page = broker.post("/my/reach/hook", &[("url", url)]).await.expect(422).text();
            assert!(page.contains(why), "{url}: {page}");
        }
        let _ = hook(&mut broker, "https://public.example/").await;
    }
}

#[tokio::test]
async fn a_name_that_turns_inside_later_is_refused_then() {
    let server = FakeHttp::start(|_, _| ok("")).await;
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let config = push::Config {
        plain_hooks: true,
        resolver: Arc::new(move |_, port| {
            let public = counter.fetch_add(1, Ordering::SeqCst) == 0;
            Box::pin(async move {
                let address = if public { [8, 8, 8, 8] } else { [127, 0, 0, 1] };
                Ok(vec![SocketAddr::from((address, port))])
            })
        }),
        ..push::Config::default()
    };
    let app = TestApp::outside(config, false).await.unwrap();
    let mut broker = app.role(Role::Auditor, None, None).await;
    let _ = hook(&mut broker, &format!("http://turning.example:{port}/")).await;
    follow_all(&mut broker, &["hook"]).await;
    let _ = need(&app, &[]).await;
    run(&app).await;
    assert!(asked.load(Ordering::SeqCst) >= 2 && server.seen().is_empty());
    let mut conn = app.app.read().await.unwrap();
    let errors: Vec<(String,)> = db::on!(&mut conn, c => sqlx::query_as(
        "SELECT last_error FROM outbox WHERE channel = 'hook'").fetch_all(c).await)
    .unwrap();
    assert_eq!(errors, [("address refused: inside".to_owned(),)]);
}

/// A WeChat that says at the first message that the token is over, and that one reader does not follow the account.
async fn wechat() -> FakeHttp {
    FakeHttp::start(|seen, before| {
        let path = seen.path.split('?').next().unwrap_or_default();
        match path {
            "/sns/oauth2/access_token" if seen.path.contains("code=good") => ok(r#"{"openid":"o-reader"}"#),
            "/sns/oauth2/access_token" if seen.path.contains("code=gone") => ok(r#"{"openid":"o-gone"}"#),
            "/sns/oauth2/access_token" => ok(r#"{"errcode":40029,"errmsg":"invalid code"}"#),
            "/cgi-bin/stable_token" => ok(&format!(r#"{{"access_token":"token-{before}","expires_in":7200}}"#)),
            "/cgi-bin/message/template/send" if seen.body.contains("o-gone") => {
                ok(r#"{"errcode":43004,"errmsg":"require subscribe"}"#)
            }
            // The token that was fetched before anything else is refused.
            "/cgi-bin/message/template/send" if seen.path.contains("token-1") => {
                ok(r#"{"errcode":42001,"errmsg":"access_token expired"}"#)
            }
            "/cgi-bin/message/template/send" => ok(r#"{"errcode":0,"errmsg":"ok","msgid":1}"#),
            _ => (404, None, String::new()),
        }
    })
    .await
}

async fn tie(client: &mut Client, code: &str) -> u16 {
    let to = client.post("/my/reach/wechat", &[("deed", "tie")]).await.expect(303);
    assert!(
        to.location()
            .starts_with("https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx-test&redirect_uri="),
        "{}",
        to.location()
    );
    let _ = client
        .get(&format!("/my/reach/wechat?code={code}&state=somebody-elses"))
        .await
        .expect(404);
    let back = format!("/my/reach/wechat?code={code}&state={}", client.csrf());
    client.get(&back).await.status.as_u16()
}

#[tokio::test]
async fn wechat_messages_follow_its_protocol() {
    for on_postgres in [false, true] {
        let server = wechat().await;
        let config = push::Config {
            wechat: Some(push::Account {
                appid: "wx-test".into(),
                secret: "wx-secret".into(),
                template: "template-1".into(),
                api: server.url.clone(),
            }),
            ..push::Config::default()
        };
        let Some(app) = TestApp::outside(config, on_postgres).await else {
            continue;
        };
        let mut broker = app.role(Role::Auditor, None, None).await;
        assert_eq!(tie(&mut broker, "wrong").await, 503);
        assert_eq!(tie(&mut broker, "good").await, 303);
        follow_all(&mut broker, &["wechat"]).await;
        let _ = need(&app, &[]).await;
        run(&app).await;
        let asked: Vec<testkit::Seen> = server
            .seen()
            .into_iter()
            .filter(|s| s.path.starts_with("/cgi-bin"))
            .collect();
        let paths: Vec<&str> = asked.iter().map(|s| s.path.split('?').next().unwrap()).collect();
        let (token, send) = ("/cgi-bin/stable_token", "/cgi-bin/message/template/send");
        // Two codes were exchanged before, so the first token is number 2: it holds, and is fetched once.
        assert_eq!(paths, [token, send], "{asked:?}");
        let asked_for = asked[0].json();
        assert_eq!(
            (&asked_for["appid"], &asked_for["secret"], &asked_for["force_refresh"]),
            (&json!("wx-test"), &json!("wx-secret"), &json!(false))
        );
        let message = asked[1].json();
        assert_eq!(
            (&message["touser"], &message["template_id"]),
            (&json!("o-reader"), &json!("template-1"))
        );
        assert!(
            message["url"]
                .as_str()
                .unwrap()
                .starts_with("http://jiebang.test/push/item/"),
            "{message}"
        );
        assert!(
            message["data"]["thing2"]["value"].as_str().unwrap().chars().count() <= 20,
            "{message}"
        );

        // Who does not follow the account is refused for good, and not tried again.
        let mut gone = app.role(Role::Auditor, None, None).await;
        assert_eq!(tie(&mut gone, "gone").await, 303);
        follow_all(&mut gone, &["wechat"]).await;
        let org = given::org(&app, given::OTHER, "company").await;
        let other = given::need(&[
            ("title", "高速主轴热误差补偿"),
            ("company", given::OTHER.0),
            ("uscc", given::OTHER.1),
            ("region", given::OTHER.2),
        ]);
        given::published(&app, "need", org, &other).await;
        run(&app).await;
        let tokens = server.seen().iter().filter(|s| s.path == token).count();
        assert_eq!(tokens, 1, "the token is kept");
        let mut conn = app.app.read().await.unwrap();
        let dead: Vec<(String, i64, bool)> = db::on!(&mut conn, c => sqlx::query_as(
            "SELECT state, attempts, refused FROM outbox WHERE channel = 'wechat' AND state <> 'sent'").fetch_all(c).await)
        .unwrap();
        assert_eq!(dead, [("dead".to_owned(), 1, true)]);
    }
}

#[tokio::test]
async fn a_token_that_is_over_is_fetched_anew() {
    // Here the token is the second request: number 1 is the one that the fake refuses.
    let server = wechat().await;
    let config = push::Config {
        wechat: Some(push::Account {
            appid: "wx-test".into(),
            secret: "wx-secret".into(),
            template: "template-1".into(),
            api: server.url.clone(),
        }),
        ..push::Config::default()
    };
    let app = TestApp::outside(config, false).await.unwrap();
    let mut broker = app.role(Role::Auditor, None, None).await;
    assert_eq!(tie(&mut broker, "good").await, 303);
    follow_all(&mut broker, &["wechat"]).await;
    let _ = need(&app, &[]).await;
    run(&app).await;
    let asked: Vec<testkit::Seen> = server
        .seen()
        .into_iter()
        .filter(|s| s.path.starts_with("/cgi-bin"))
        .collect();
    let paths: Vec<&str> = asked.iter().map(|s| s.path.split('?').next().unwrap()).collect();
    let (token, send) = ("/cgi-bin/stable_token", "/cgi-bin/message/template/send");
    assert_eq!(paths, [token, send, token, send]);
    assert_eq!(asked[2].json()["force_refresh"], json!(true));
    assert!(asked[3].path.contains("token-3"), "{}", asked[3].path);
}

async fn set_mail(app: &TestApp, user: UserId, mail: &str) {
    let permit = app
        .app
        .permit(&Actor::system(), jcore::Action("test.mail"), &jcore::Subject::NONE)
        .unwrap();
    jcore::act!(app.app, permit, |act| {
        db::on!(&mut act.conn, c => sqlx::query("UPDATE user_account SET email = $2 WHERE id = $1")
            .bind(user.uuid()).bind(mail).execute(c).await.map(|_| ()))?;
        act.note("test.mail", "user", user.uuid(), json!({}));
        Ok(())
    })
    .unwrap();
}

async fn university_with_account(app: &TestApp) -> (OrgId, UserId) {
    let org = given::org(app, given::UNIVERSITY, "university").await;
    let user = app.person("季布诺", &[(Role::Liaison, Some(org), None)]).await;
    set_mail(app, user, "liaison@uni.example.cn").await;
    name_liaison(app, org, "liaison@uni.example.cn").await;
    (org, user)
}

both!(a_refused_address_is_dead_at_once_and_goes_again, |app| {
    let (_, user) = university_with_account(&app).await;
    set_mail(&app, user, "no address").await;
    let id = need(&app, &[]).await;
    run(&app).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let pairs = centre
        .get(&format!("/api/v1/push/coverage/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&pairs[0]["state"], &pairs[0]["why"]),
        (&json!("missing"), &json!("bounced")),
        "{pairs}"
    );
    let page = centre.get("/centre/push/letters").await.expect(200).text();
    assert!(page.contains("季布诺") && page.contains("address"), "{page}");
    set_mail(&app, user, "liaison@uni.example.cn").await;
    let letter = page
        .split("/centre/push/letters/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let again = format!("/centre/push/letters/{letter}/again");
    let _ = centre.post(&again, &[]).await.expect(303);
    let _ = centre.post(&again, &[]).await.expect(409);
    run(&app).await;
    assert_eq!(pushes(&app).len(), 1);
    let pairs = centre
        .get(&format!("/api/v1/push/coverage/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(pairs[0]["state"], json!("pushed"), "{pairs}");
    let page = centre.get("/centre/push/letters").await.expect(200).text();
    assert!(page.contains("没有未送达的消息"), "{page}");
});

#[tokio::test]
async fn a_message_is_given_up_after_its_tries() {
    for app in on_both(to_here).await {
        let server = FakeHttp::start(|_, _| (503, None, "busy".to_owned())).await;
        let (org, user) = university_with_account(&app).await;
        let mut liaison = app.sign_in(user).await;
        let _ = hook(&mut liaison, &format!("{}/in", server.url)).await;
        // Without mails the webhook is the only way.
        let no_mails = [("quiet_from", "00:00"), ("quiet_until", "00:00"), ("rhythm", "now")];
        let _ = liaison.post("/my/reach", &no_mails).await.expect(303);
        let id = need(&app, &[]).await;
        run(&app).await;
        let mut centre = app.role(Role::Centre, None, None).await;
        let path = format!("/api/v1/push/coverage/{id}");
        let pairs = centre.get(&path).await.expect(200).json();
        assert_eq!(
            (&pairs[0]["state"], &pairs[0]["why"]),
            (&json!("due"), &json!("sending")),
            "{pairs}"
        );
        for _ in 0..jcore::notices::MAIL_TRIES_MAX {
            app.clock.advance_secs(4 * 3600);
            app.tick().await;
        }
        run(&app).await;
        // The tries took longer than a session.
        let mut centre = app.role(Role::Centre, None, None).await;
        let tries = usize::try_from(jcore::notices::MAIL_TRIES_MAX).unwrap();
        assert_eq!(server.seen().len(), tries, "no more than that");
        let pairs = centre.get(&path).await.expect(200).json();
        assert_eq!(
            (&pairs[0]["state"], &pairs[0]["why"]),
            (&json!("missing"), &json!("failed")),
            "{pairs}"
        );
        let page = centre.get("/centre/push/letters").await.expect(200).text();
        assert!(page.contains("the webhook answered 503"), "{page}");
        let page = centre.get(&format!("/centre/push/orgs/{org}")).await.expect(200).text();
        assert!(page.contains("多次发送失败"), "{page}");
    }
}

/// One run of a single job, as a node does it while another holds the rest.
async fn only(app: &TestApp, key: &str) {
    let jobs: Vec<jcore::Job> = app.jobs.iter().filter(|job| job.key == key).cloned().collect();
    assert_eq!(jobs.len(), 1, "{key}");
    let _ = jcore::tick(&app.app, &jobs).await.unwrap();
    app.clock.advance_secs(11);
}

both!(what_is_still_being_planned_is_not_parted, |app| {
    let _ = university_with_account(&app).await;
    let cursor = async |to: Option<(i64, i64)>| -> (i64, i64) {
        let mut conn = app.app.db.write().await.unwrap();
        let was: Option<(i64, i64)> = db::on!(&mut conn, c => sqlx::query_as(
            "SELECT txid, seq FROM change_cursor WHERE consumer = 'push'").fetch_optional(c).await)
        .unwrap();
        if let Some((txid, seq)) = to {
            db::on!(&mut conn, c => sqlx::query("UPDATE change_cursor SET txid = $1, seq = $2 WHERE consumer = 'push'")
                .bind(txid).bind(seq).execute(c).await.map(|_| ()))
            .unwrap();
        }
        conn.commit().await.unwrap();
        was.unwrap_or_default()
    };
    let org = given::org(&app, given::COMPANY, "company").await;
    run(&app).await;
    let before = cursor(None).await;
    given::published(&app, "need", org, &given::need(&[("sector", "高端装备")])).await;
    only(&app, "push.follow").await;
    // The state that another node's run finds while this one plans: messages there, their changes not yet done with.
    let after = cursor(Some(before)).await;
    only(&app, "push.flush").await;
    only(&app, "outbox.mail").await;
    assert_eq!(pushes(&app).len(), 0, "more of the same may come");
    let _ = cursor(Some(after)).await;
    only(&app, "push.flush").await;
    only(&app, "outbox.mail").await;
    assert_eq!(pushes(&app).len(), 1, "all is planned");

    // A follower that does not get on keeps nobody waiting for long.
    let other = [("sector", "高端装备"), ("title", "高温合金薄壁件铣削变形控制")];
    given::published(&app, "need", org, &given::need(&other)).await;
    only(&app, "push.follow").await;
    let _ = cursor(Some(after)).await;
    for _ in 0..6 {
        only(&app, "push.flush").await;
        only(&app, "outbox.mail").await;
    }
    assert_eq!(pushes(&app).len(), 2);
});

both!(two_nodes_do_not_send_the_same, |app| {
    let (_, _) = university_with_account(&app).await;
    let org = given::org(&app, given::COMPANY, "company").await;
    let mut broker = app.role(Role::Auditor, None, None).await;
    follow_all(&mut broker, &["mail"]).await;
    for n in 0..3 {
        let title = format!("第{n}项重载齿轮渗碳淬火变形控制");
        given::published(&app, "need", org, &given::need(&[("title", title.as_str())])).await;
    }
    // Several nodes at once, over all the steps.
    for _ in 0..6 {
        let (a, b, c) = tokio::join!(
            jcore::tick(&app.app, &app.jobs),
            jcore::tick(&app.app, &app.jobs),
            jcore::notices::deliver(&app.app)
        );
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        app.clock.advance_secs(11);
    }
    assert_eq!(pushes(&app).len(), 2, "one mail each to the liaison and the subscriber");

    // A message that a node holds is left alone until its lease is over.
    let mail = jcore::notices::Mail::plain("held@example.cn", "题", "文");
    let mut conn = app.app.db.write().await.unwrap();
    let now = app.app.now();
    let id = jcore::notices::queue_mail(&mut conn, &app.app, now, &mail)
        .await
        .unwrap();
    let until = now.plus_secs(60).micros();
    db::on!(&mut conn, c => sqlx::query("UPDATE outbox SET lease_until = $2 WHERE id = $1").bind(id).bind(until).execute(c).await.map(|_| ()))
        .unwrap();
    conn.commit().await.unwrap();
    assert_eq!(jcore::notices::deliver(&app.app).await.unwrap(), 0);
    app.clock.advance_secs(61);
    assert_eq!(jcore::notices::deliver(&app.app).await.unwrap(), 1);
});

both!(partners_get_batches_and_are_asked_what_became_of_them, |app| {
    let id = need(&app, &[]).await;
    let user = app.person("省中心", &[(Role::Centre, None, None)]).await;
    let mut centre = app.sign_in(user).await;
    let fields = [
        ("name", "浙江网上技术市场（演示）"),
        ("kind", "market"),
        ("region", "330000"),
        ("person", "闾丘露"),
        ("email", "market@zj.example.cn"),
        ("feedback_days", "30"),
    ];
    let bad: Vec<(&str, &str)> = fields
        .iter()
        .map(|(k, v)| (*k, if *k == "email" { "no" } else { *v }))
        .collect();
    let _ = centre.post("/centre/partners", &bad).await.expect(422);
    let home = centre
        .post("/centre/partners", &fields)
        .await
        .expect(303)
        .location()
        .to_owned();
    let page = centre.post(&home, &[("deed", "token")]).await.expect(200).text();
    let token = page
        .split("<code class=\"token\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    let entry = id.to_string();
    let batches = format!("{home}/batches");
    let _ = centre.post(&batches, &[("title", "首批")]).await.expect(422);
    let desk = centre
        .post(&batches, &[("title", "首批"), ("entry", &entry)])
        .await
        .expect(303)
        .location()
        .to_owned();
    run(&app).await;
    let mail = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .find(|m| m.to == "market@zj.example.cn")
        .cloned()
        .unwrap();
    assert!(
        mail.body.contains("2023-07-14") && mail.body.contains("To 浙江"),
        "{mail:?}"
    );
    let link = mail
        .body
        .split("http://jiebang.test")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let mut visitor = app.visitor();
    let page = visitor.get(&link).await.expect(200).text();
    assert!(
        page.contains("重载齿轮渗碳淬火变形控制") && !page.contains(given::COMPANY.0),
        "{page}"
    );
    let csv = visitor.get(&format!("{link}/csv")).await.expect(200).text();
    assert!(csv.contains("重载齿轮") && !csv.contains("187.25"), "{csv}");
    let _ = visitor.get(&format!("{link}/xlsx")).await.expect(200);
    let _ = visitor.get("/push/batch/AAAA").await.expect(404);

    // By API, with the partner's own token.
    let ask = async |method: &str, path: &str, token: &str, body: String| {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("x-partner-token", token)
            .body(axum::body::Body::from(body))
            .unwrap();
        app.visitor().send(request).await
    };
    let _ = ask("GET", "/api/v1/partner/batches", "wrong", String::new())
        .await
        .expect(404);
    let list = ask("GET", "/api/v1/partner/batches", &token, String::new())
        .await
        .expect(200)
        .json();
    let path = format!("/api/v1/partner/batches/{}", list[0]["id"].as_str().unwrap());
    let batch = ask("GET", &path, &token, String::new()).await.expect(200);
    assert!(
        !batch.text().contains("澹台") && batch.json()["needs"][0]["id"] == json!(entry),
        "{}",
        batch.text()
    );
    let word = |stage: &str| json!({ "needs": [{ "id": entry, "stage": stage, "note": "已转两家企业" }] }).to_string();
    let feedback = format!("{path}/feedback");
    let _ = ask("POST", &feedback, "wrong", word("passed")).await.expect(404);
    let _ = ask("POST", &feedback, &token, word("nothing")).await.expect(422);
    let _ = ask("POST", &feedback, &token, word("passed")).await.expect(200);
    let page = centre.get(&desk).await.expect(200).text();
    assert!(
        page.contains("已转发") && page.contains("已转两家企业") && page.contains("接口报送"),
        "{page}"
    );

    // Late, it is reminded of: once, and again a week later.
    app.mails.lock().unwrap().clear();
    app.clock.advance_secs(31 * 86_400);
    run(&app).await;
    run(&app).await;
    let late = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|m| m.to == "market@zj.example.cn")
        .count();
    assert_eq!(late, 1);
    let mut centre = app.sign_in(user).await;
    let inbox = centre.get("/inbox").await.expect(200).text();
    assert!(inbox.contains("反馈已逾期 1 天"), "{inbox}");
    let overview = centre.get("/centre/partners").await.expect(200).text();
    assert!(overview.contains("<span class=\"chip live\">1</span>"), "{overview}");
    app.clock.advance_secs(8 * 86_400);
    run(&app).await;
    let late = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|m| m.to == "market@zj.example.cn")
        .count();
    assert_eq!(late, 2);

    // Signed by the link's form: nothing more is asked.
    let stage = format!("stage-{entry}");
    let _ = visitor.post(&link, &[(stage.as_str(), "signed")]).await.expect(303);
    let mut centre = app.sign_in(user).await;
    let page = centre.get(&desk).await.expect(200).text();
    assert!(page.contains("已签约") && page.contains("已结束"), "{page}");
    let mut other = app.role(Role::Auditor, None, None).await;
    let _ = other.get("/centre/partners").await.expect(403);
});
