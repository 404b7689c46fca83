//! Threads between both sides and verdicts, on both engines: names stay hidden until both agree, whatever is written.

use http::Method;
use jcore::Role;
use kernel::{EntryId, OrgId};
use serde_json::json;
use testkit::{Client, TestApp, both};

use crate::given;

/// A need of a hidden company, an offer of a university, and the people around them.
struct Scene {
    company: OrgId,
    need: EntryId,
    offer: EntryId,
    asks: Client,
    gives: Client,
    broker: Client,
    other_broker: Client,
}

async fn scene(app: &TestApp) -> Scene {
    let company = given::org(app, given::COMPANY, "company").await;
    let university = given::org(app, given::UNIVERSITY, "university").await;
    let brokerage = app
        .organisation("苏南技术经理人事务所", "brokerage", "91320000MA0000009L", "320500")
        .await;
    let asks = app.person("闻人牧之", &[(Role::Manager, Some(company), None)]).await;
    let gives = app.person("司徒景行", &[(Role::Liaison, Some(university), None)]).await;
    let broker = app.person("端木青", &[(Role::Broker, Some(brokerage), None)]).await;
    let other = app.person("公西赤", &[(Role::Broker, Some(brokerage), None)]).await;
    Scene {
        company,
        need: given::published(app, "need", company, &given::need(&[])).await,
        offer: given::published(app, "patent", university, &given::patent(&[])).await,
        asks: app.sign_in(asks).await,
        gives: app.sign_in(gives).await,
        broker: app.sign_in(broker).await,
        other_broker: app.sign_in(other).await,
    }
}

const TEXT: &str = "这项成果的热处理变形控制与需求的指标接近，建议先看一组试验数据。";

async fn opened(scene: &mut Scene) -> String {
    let (need, offer) = (scene.need.to_string(), scene.offer.to_string());
    let fields = [("need", need.as_str()), ("offer", offer.as_str()), ("text", TEXT)];
    let answer = scene.broker.post("/threads/new", &fields).await.expect(303);
    answer.location().to_owned()
}

/// Everything by which the hidden company could be known.
fn tells_company(text: &str) -> bool {
    [
        given::COMPANY.0,
        given::COMPANY.1,
        "澹台",
        "闻人牧",
        "褚遥岑",
        "13811112222",
        "chu.yaocen",
    ]
    .iter()
    .any(|name| text.contains(name))
}

both!(names_are_shown_when_both_agree_and_not_before, |app| {
    let mut scene = scene(&app).await;
    let form = scene
        .broker
        .get(&format!("/threads/new?need={}&offer={}", scene.need, scene.offer))
        .await
        .expect(200)
        .text();
    assert!(
        form.contains("重载齿轮渗碳淬火变形控制") && !tells_company(&form),
        "{form}"
    );
    let path = opened(&mut scene).await;
    app.tick().await;
    let mails: Vec<String> = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .map(|m| format!("{} {}", m.subject, m.body))
        .collect();
    let asked = mails.iter().filter(|m| m.contains("牵线")).count();
    assert_eq!(asked, 2, "both sides are asked by mail: {mails:?}");
    assert!(mails.iter().all(|m| !tells_company(m)), "{mails:?}");

    // The offer's side sees the message and nothing of who asks.
    let page = scene.gives.get(&path).await.expect(200).text();
    assert!(page.contains(TEXT) && page.contains("双方同意后显示"), "{page}");
    assert!(!tells_company(&page), "{page}");
    let agree = format!("{path}/agree");
    let gives = [("person", "司徒景行"), ("contact", "situ@jhut.example.cn")];
    let _ = scene.gives.post(&agree, &gives).await.expect(303);
    let _ = scene.gives.post(&agree, &gives).await.expect(409);
    // One side's word shows nothing to the other, nor to the broker.
    for client in [&mut scene.asks, &mut scene.broker] {
        let page = client.get(&path).await.expect(200).text();
        assert!(page.contains("一方已同意") && !page.contains("situ@jhut"), "{page}");
    }
    let page = scene.broker.get(&path).await.expect(200).text();
    assert!(!tells_company(&page), "{page}");
    let _ = scene
        .asks
        .post(&agree, &[("person", "闻人牧之"), ("contact", "")])
        .await
        .expect(422);
    let _ = scene
        .asks
        .post(&agree, &[("person", "闻人牧之"), ("contact", "139 0000 1111")])
        .await
        .expect(303);
    for client in [&mut scene.asks, &mut scene.gives, &mut scene.broker] {
        let page = client.get(&path).await.expect(200).text();
        assert!(
            page.contains(given::COMPANY.0) && page.contains(given::UNIVERSITY.0),
            "{page}"
        );
        assert!(
            page.contains("139 0000 1111") && page.contains("situ@jhut.example.cn"),
            "{page}"
        );
    }
    // From now on people may write what they like.
    let free = [("text", "您好，我是闻人牧之，电话 139 0000 1111。")];
    let _ = scene.asks.post(&format!("{path}/messages"), &free).await.expect(303);
    let close = [("outcome", "intention"), ("note", "约定下周到厂")];
    let _ = scene.gives.post(&format!("{path}/close"), &close).await.expect(303);
    let page = scene.asks.get(&path).await.expect(200).text();
    assert!(page.contains("达成意向") && page.contains("约定下周到厂"), "{page}");
    let _ = scene
        .asks
        .post(&format!("{path}/messages"), &[("text", "还有一件事")])
        .await
        .expect(409);
});

both!(what_tells_a_side_is_held_back_until_it_is_masked, |app| {
    let mut scene = scene(&app).await;
    let path = opened(&mut scene).await;
    let say = format!("{path}/messages");
    for text in [
        "我们是昆山澹台精密齿轮有限公司，想了解炉型。",
        "澹台精密齿轮想了解炉型",
        "请找褚遥岑面谈",
        "请与闻人牧之联系",
        "电话 138 1396 0527",
        "写信到 a@b.example.com",
        "见 www.tantai.com",
    ] {
        let page = scene.asks.post(&say, &[("text", text)]).await.expect(422).text();
        assert!(page.contains("name=\"mask\""), "{text}: {page}");
        // The broker and the other side cannot insist on the company's name at all.
        if !text.contains("138") && !text.contains('@') && !text.contains("www") {
            let sent = [("text", text), ("confirmed", "yes")];
            let _ = scene.gives.post(&say, &sent).await.expect(422);
            let page = scene.broker.post(&say, &sent).await.expect(422).text();
            assert!(!page.contains("name=\"confirmed\""), "{text}");
        }
    }
    let page = scene.gives.get(&path).await.expect(200).text();
    assert!(
        !tells_company(&page) && !page.contains("0527"),
        "nothing of it was sent: {page}"
    );
    let masked = [("text", "请致电 138 1396 0527，找褚遥岑。"), ("mask", "yes")];
    let _ = scene.asks.post(&say, &masked).await.expect(303);
    let page = scene.gives.get(&path).await.expect(200).text();
    assert!(
        page.contains("请致电 ＊＊＊") && !page.contains("0527") && !page.contains("褚遥岑"),
        "{page}"
    );
    // One's own can be told on purpose.
    let own = [("text", "我们公司是昆山澹台精密齿轮有限公司"), ("confirmed", "yes")];
    let _ = scene.asks.post(&say, &own).await.expect(303);
    assert!(
        scene
            .gives
            .get(&path)
            .await
            .expect(200)
            .text()
            .contains("昆山澹台精密齿轮有限公司")
    );
    // The same holds for the first message.
    let second = given::published(
        &app,
        "need",
        scene.company,
        &given::need(&[("title", "齿轮磨削烧伤的在线检测")]),
    )
    .await;
    let (need, offer) = (second.to_string(), scene.offer.to_string());
    let fields = [
        ("need", need.as_str()),
        ("offer", offer.as_str()),
        ("text", "需求方是昆山澹台精密齿轮有限公司，请看看。"),
    ];
    let page = scene.broker.post("/threads/new", &fields).await.expect(422).text();
    assert!(page.contains("会暴露另一方的身份"), "{page}");
});

both!(who_takes_no_part_learns_nothing, |app| {
    let mut scene = scene(&app).await;
    let path = opened(&mut scene).await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    let outsider = given::org(&app, given::OTHER, "company").await;
    let mut outside = app.role(Role::Manager, Some(outsider), None).await;
    for client in [&mut outside, &mut scene.other_broker] {
        let _ = client.get(&path).await.expect(404);
        let _ = client
            .post(&format!("{path}/messages"), &[("text", "好")])
            .await
            .expect(404);
        let _ = client
            .post(&format!("{path}/agree"), &[("person", "甲"), ("contact", "乙")])
            .await
            .expect(404);
        let _ = client.get(&format!("/api/v1/threads/{id}")).await.expect(404);
        assert!(!client.get("/threads").await.expect(200).text().contains(&id));
    }
    let _ = app.visitor().get(&path).await.expect(303);
    let mut centre = app.role(Role::Centre, None, None).await;
    assert!(centre.get("/threads").await.expect(200).text().contains(&id));
    let _ = centre.get(&path).await.expect(200);
    // The broker speaks for no side, and a side ends nothing before names are shown.
    let _ = scene
        .broker
        .post(&format!("{path}/agree"), &[("person", "甲"), ("contact", "乙")])
        .await
        .expect(403);
    let end = [("outcome", "nothing"), ("reason", "other")];
    let _ = scene.asks.post(&format!("{path}/close"), &end).await.expect(403);
    let early = [("outcome", "intention")];
    let _ = scene.broker.post(&format!("{path}/close"), &early).await.expect(422);
    // Two threads of the same pair would talk past each other.
    let (need, offer) = (scene.need.to_string(), scene.offer.to_string());
    let fields = [("need", need.as_str()), ("offer", offer.as_str()), ("text", TEXT)];
    let _ = scene.other_broker.post("/threads/new", &fields).await.expect(409);
    let decline = format!("{path}/decline");
    let _ = scene.gives.post(&decline, &[("reason", "taste")]).await.expect(422);
    let _ = scene.gives.post(&decline, &[("reason", "maturity")]).await.expect(303);
    let page = scene.asks.get(&path).await.expect(200).text();
    assert!(
        page.contains("一方不同意") && page.contains("身份没有公开") && !page.contains("成熟度不够"),
        "{page}"
    );
    assert!(scene.broker.get(&path).await.expect(200).text().contains("成熟度不够"));
    let _ = scene
        .asks
        .post(&format!("{path}/agree"), &[("person", "甲"), ("contact", "乙")])
        .await
        .expect(409);
    // What is over may be tried again.
    let _ = scene.broker.post("/threads/new", &fields).await.expect(303);
});

both!(what_is_written_lies_sealed, |app| {
    let mut scene = scene(&app).await;
    let path = opened(&mut scene).await;
    let agree = [("person", "司徒景行之名"), ("contact", "situ@jhut.example.cn")];
    let _ = scene.gives.post(&format!("{path}/agree"), &agree).await.expect(303);
    let mut conn = app.app.read().await.unwrap();
    let bodies: Vec<(Vec<u8>,)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT body FROM match_message").fetch_all(c).await).unwrap();
    let parties: Vec<(Option<Vec<u8>>,)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT party FROM match_side").fetch_all(c).await).unwrap();
    let all: Vec<Vec<u8>> = bodies
        .into_iter()
        .map(|(b,)| b)
        .chain(parties.into_iter().filter_map(|(p,)| p))
        .collect();
    assert_eq!(all.len(), 2, "a message and who speaks for a side");
    for plain in [TEXT, "司徒景行之名", "situ@jhut"] {
        assert!(
            all.iter()
                .all(|b| !b.windows(plain.len()).any(|w| w == plain.as_bytes()))
        );
    }
    let audit: Vec<(String,)> = db::on!(&mut conn, c => sqlx::query_as(
        "SELECT detail FROM audit_entry WHERE key LIKE 'match.%'").fetch_all(c).await)
    .unwrap();
    assert!(
        audit.len() >= 2 && audit.iter().all(|(d,)| !d.contains("situ") && !d.contains("热处理")),
        "{audit:?}"
    );
});

both!(the_silent_are_reminded, |app| {
    let mut scene = scene(&app).await;
    let path = opened(&mut scene).await;
    let agree = [("person", "司徒景行"), ("contact", "situ@jhut.example.cn")];
    let _ = scene.gives.post(&format!("{path}/agree"), &agree).await.expect(303);
    let count = async |key: &str| -> i64 {
        let mut conn = app.app.read().await.unwrap();
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(DISTINCT at) FROM inbox WHERE key = $1").bind(key).fetch_one(c).await)
            .unwrap()
    };
    app.tick().await;
    assert_eq!(count("match-waits").await, 0, "not on the first day");
    for (days, waits, silent) in [(4, 1, 0), (4, 2, 0), (4, 3, 1), (40, 3, 1)] {
        app.clock.advance_secs(days * 86_400);
        app.tick().await;
        assert_eq!(
            (count("match-waits").await, count("match-silent").await),
            (waits, silent)
        );
    }
    // A word begins it anew, and the sides that know each other are asked how it went.
    let asks = app.actor(Role::Manager, Some(scene.company), None);
    let party = matches::Party {
        person: "闻人牧之".into(),
        contact: "0512-56780001".into(),
    };
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    assert!(
        matches::agree(&app.app, &asks, id, &party).await.unwrap(),
        "both have agreed"
    );
    app.clock.advance_secs(15 * 86_400);
    app.tick().await;
    assert_eq!(count("match-outcome").await, 1);
});

both!(machines_do_the_same, |app| {
    let mut scene = scene(&app).await;
    let (need, offer) = (scene.need.to_string(), scene.offer.to_string());
    let body = json!({ "need": need, "offer": offer, "text": TEXT });
    let thread = scene
        .broker
        .call(Method::POST, "/api/v1/threads", &body)
        .await
        .expect(201)
        .json();
    let path = format!("/api/v1/threads/{}", thread["id"].as_str().unwrap());
    let seen = scene.gives.get(&path).await.expect(200).json();
    assert_eq!(
        (&seen["part"], &seen["messages"][0]["text"]),
        (&json!("offer"), &json!(TEXT))
    );
    assert!(
        seen["sides"][0]["organisation"].is_null() && !tells_company(&seen.to_string()),
        "{seen}"
    );
    let told = json!({ "text": "电话 13813960527" });
    let fault = scene
        .asks
        .call(Method::POST, &format!("{path}/messages"), &told)
        .await
        .expect(422)
        .json();
    assert_eq!(fault["error"]["fields"][0]["code"], "matches-tells-own");
    for client in [&mut scene.gives, &mut scene.asks] {
        let party = json!({ "person": "某人", "contact": "a@b.example.com" });
        let _ = client
            .call(Method::POST, &format!("{path}/agree"), &party)
            .await
            .expect(200);
    }
    let seen = scene.gives.get(&path).await.expect(200).json();
    assert_eq!(seen["state"], "both");
    assert!(seen["sides"].to_string().contains(given::COMPANY.0), "{seen}");
    let list = scene.asks.get("/api/v1/threads").await.expect(200).json();
    assert_eq!(list["threads"].as_array().unwrap().len(), 1);
});

both!(verdicts_are_kept_with_their_reason, |app| {
    let mut scene = scene(&app).await;
    let (need, offer) = (scene.need.to_string(), scene.offer.to_string());
    let body = |level: i64, reason: &str| json!({ "need": need, "offer": offer, "level": level, "reason": reason });
    let put =
        async |client: &mut Client, body: serde_json::Value| client.call(Method::PUT, "/api/v1/verdicts", &body).await;
    let _ = put(&mut scene.broker, body(1, "")).await.expect(422);
    let _ = put(&mut scene.broker, body(5, "topic")).await.expect(422);
    let _ = put(&mut scene.gives, body(4, "")).await.expect(403);
    let _ = put(&mut app.visitor(), body(4, "")).await.expect(401);
    let kept = put(&mut scene.broker, body(2, "figures")).await.expect(200).json();
    assert_eq!((&kept["level"], &kept["reason"]), (&json!(2), &json!("figures")));
    let kept = put(
        &mut scene.broker,
        json!({ "need": need, "offer": offer, "relevant": true }),
    )
    .await
    .expect(200)
    .json();
    assert_eq!(
        (&kept["level"], &kept["reason"]),
        (&json!(3), &json!("")),
        "the last word counts"
    );
    let _ = put(&mut scene.asks, body(4, "")).await.expect(200);
    let mut conn = app.app.read().await.unwrap();
    let levels: Vec<(i64,)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT level FROM match_verdict ORDER BY level").fetch_all(c).await)
            .unwrap();
    assert_eq!(levels, [(3,), (4,)], "one word of each person");
    let fields = [
        ("need", need.as_str()),
        ("offer", offer.as_str()),
        ("level", "4"),
        ("back", "/work/matches"),
    ];
    let answer = scene.broker.post("/matches/verdicts", &fields).await.expect(303);
    assert_eq!(answer.location(), format!("/work/matches?need={need}"));
    // A pair of two needs is no match.
    let odd = json!({ "need": offer, "offer": need, "level": 4 });
    let _ = put(&mut scene.broker, odd).await.expect(422);
});
