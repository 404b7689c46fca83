//! Pushes on both engines: a published need reaches every liaison that should get it, seen in the fake mailbox and on the
//! coverage page; what is missing says why; subscriptions, quiet hours, unsubscribing, answers.

use jcore::notices::Mail;
use jcore::{Actor, Role};
use kernel::{EntryId, OrgId};
use serde_json::{Value, json};
use testkit::{Client, TestApp, both, day};

use crate::given;

/// Universities of the province, with the field that each declares (none: all), and whether it has a liaison.
const UNIVERSITIES: [(&str, &str, &str, &str); 4] = [
    ("江淮理工大学", "12320000MA0000007X", "320102", "all"),
    ("吴江工程学院", "12320500MA0000008G", "320582", "EQ"),
    ("淮海医学院", "12320300MA0000009E", "320302", "BIO"),
    ("无人大学", "12320100MA000000A7", "320102", "nobody"),
];

/// Runs the jobs as often as a message needs to be planned, put together, sent and settled.
pub(crate) async fn run(app: &TestApp) {
    for _ in 0..4 {
        app.tick().await;
        app.clock.advance_secs(11);
    }
}

/// The mails that are pushes: they can be unsubscribed from.
pub(crate) fn pushes(app: &TestApp) -> Vec<Mail> {
    let mails = app.mails.lock().unwrap();
    mails.iter().filter(|m| !m.headers.is_empty()).cloned().collect()
}

pub(crate) async fn name_liaison(app: &TestApp, org: OrgId, mail: &str) {
    let mut centre = app.role(Role::Centre, None, None).await;
    let person = json!({ "name": "季布诺", "mobile": "13911112222", "email": mail, "department": "科技处" });
    let answer = centre
        .call(
            http::Method::PUT,
            &format!("/api/v1/organisations/{org}/liaison"),
            &person,
        )
        .await;
    assert!(answer.status.is_success(), "{}", answer.text());
}

/// Universities with liaisons who have no account: they are known by a mail address.
pub(crate) async fn universities(app: &TestApp) -> Vec<OrgId> {
    let mut out = Vec::new();
    let mut centre = app.role(Role::Centre, None, None).await;
    for (name, code, region, field) in UNIVERSITIES {
        let org = app.organisation(name, "university", code, region).await;
        if field != "nobody" {
            name_liaison(app, org, &format!("l{}@uni.example.cn", out.len())).await;
        }
        if ["EQ", "BIO"].contains(&field) {
            let _ = centre
                .post(&format!("/org/{org}/push-fields"), &[("sector", field)])
                .await
                .expect(303);
        }
        out.push(org);
    }
    out
}

pub(crate) async fn need(app: &TestApp, texts: &[(&str, &str)]) -> EntryId {
    let org = given::org(app, given::COMPANY, "company").await;
    let mut all = vec![("sector", "高端装备")];
    all.extend_from_slice(texts);
    given::published(app, "need", org, &given::need(&all)).await
}

async fn coverage(client: &mut Client, id: EntryId) -> Vec<(String, String, String)> {
    let pairs = client
        .get(&format!("/api/v1/push/coverage/{id}"))
        .await
        .expect(200)
        .json();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let pairs = pairs.as_array().unwrap();
    pairs
        .iter()
        .map(|p| (text(&p["name"]), text(&p["state"]), text(&p["why"])))
        .collect()
}

fn state<'a>(pairs: &'a [(String, String, String)], name: &str) -> Option<(&'a str, &'a str)> {
    pairs
        .iter()
        .find(|(n, _, _)| n == name)
        .map(|(_, state, why)| (state.as_str(), why.as_str()))
}

both!(a_published_need_reaches_every_liaison_that_should_get_it, |app| {
    let orgs = universities(&app).await;
    let id = need(&app, &[]).await;
    run(&app).await;
    // The two of the field and the one without declared fields; the medical school gets nothing.
    let mut to: Vec<String> = pushes(&app).into_iter().map(|m| m.to).collect();
    to.sort();
    assert_eq!(to, ["l0@uni.example.cn", "l1@uni.example.cn"]);
    let mail = pushes(&app).remove(0);
    assert!(
        mail.subject.contains("重载齿轮") && mail.body.contains("/push/item/"),
        "{mail:?}"
    );
    assert!(
        mail.headers
            .iter()
            .any(|(k, v)| k == "List-Unsubscribe-Post" && v == "List-Unsubscribe=One-Click")
    );

    let mut centre = app.role(Role::Centre, None, None).await;
    let pairs = coverage(&mut centre, id).await;
    assert_eq!(state(&pairs, "江淮理工大学"), Some(("pushed", "")));
    assert_eq!(state(&pairs, "吴江工程学院"), Some(("pushed", "")));
    assert_eq!(state(&pairs, "淮海医学院"), None);
    assert_eq!(state(&pairs, "无人大学"), Some(("missing", "no-liaison")));
    let page = centre.get("/centre/push").await.expect(200).text();
    assert!(
        page.contains("66%") && page.contains("2 / 3") && page.contains("没有在任联络员 1"),
        "{page}"
    );

    // Who is missing gets a liaison: caught up with, and all of it is covered.
    name_liaison(&app, orgs[3], "l3@uni.example.cn").await;
    run(&app).await;
    let pairs = coverage(&mut centre, id).await;
    assert_eq!(state(&pairs, "无人大学"), Some(("pushed", "")));
    let page = centre.get("/centre/push").await.expect(200).text();
    assert!(page.contains("100%") && page.contains("3 / 3"), "{page}");
    assert_eq!(pushes(&app).len(), 3, "nobody got it twice");
    let orgs_page = centre.get("/centre/push/orgs").await.expect(200).text();
    assert!(
        orgs_page.contains("无人大学") && !orgs_page.contains("淮海医学院"),
        "{orgs_page}"
    );
    let csv = centre.get("/centre/push.csv").await.expect(200).text();
    assert!(csv.lines().count() == 4 && csv.contains("已推"), "{csv}");
    let _ = centre.get("/centre/push.xlsx").await.expect(200);
    let mut company = app.role(Role::Liaison, Some(orgs[0]), None).await;
    let _ = company.get("/centre/push").await.expect(403);
});

both!(what_comes_again_is_pushed_only_when_it_changed_in_substance, |app| {
    let _ = universities(&app).await;
    let id = need(&app, &[]).await;
    run(&app).await;
    assert_eq!(pushes(&app).len(), 2);
    let again = async |texts: &[(&str, &str)]| {
        let system = Actor::system();
        let note = entries::rules::Reason {
            code: entries::rules::ReasonCode::ALL[0],
            field: None,
            note: "请改".into(),
        };
        entries::return_with(&app.app, &system, id, given::version(&app, id).await, &[note])
            .await
            .expect("returned");
        run(&app).await;
        let mut all = vec![("sector", "高端装备")];
        all.extend_from_slice(texts);
        let raw = given::need(&all);
        entries::save_draft(&app.app, &system, id, given::version(&app, id).await, &raw)
            .await
            .expect("saved");
        entries::submit(&app.app, &system, id, given::version(&app, id).await)
            .await
            .expect("handed in");
        entries::publish(&app.app, &system, id, given::version(&app, id).await)
            .await
            .expect("published");
        run(&app).await;
    };
    again(&[("title", "《重载齿轮 渗碳淬火变形控制》")]).await;
    assert_eq!(pushes(&app).len(), 2, "punctuation is nothing new");
    again(&[("title", "重载齿轮感应淬火裂纹控制")]).await;
    assert_eq!(pushes(&app).len(), 4, "another thing is");
    assert!(pushes(&app)[3].body.contains("【有变化】"), "{:?}", pushes(&app)[3]);
    let mut centre = app.role(Role::Centre, None, None).await;
    let pairs = coverage(&mut centre, id).await;
    assert_eq!(pairs.iter().filter(|p| p.1 == "pushed").count(), 2, "{pairs:?}");
});

async fn subscribe(client: &mut Client, more: Value) -> Value {
    let mut sub = json!({ "name": "我的", "kinds": ["need"], "rhythm": "now", "channels": ["inbox", "mail"] });
    for (key, value) in more.as_object().unwrap() {
        sub[key] = value.clone();
    }
    client
        .call(http::Method::POST, "/api/v1/subscriptions", &sub)
        .await
        .expect(201)
        .json()
}

both!(a_subscription_brings_what_fits, |app| {
    let mut broker = app.role(Role::Auditor, None, None).await;
    let mut other = app.role(Role::Auditor, None, None).await;
    let sub = subscribe(
        &mut broker,
        json!({ "sectors": ["EQ"], "region": "320500", "words": "齿轮 淬火" }),
    )
    .await;
    let _ = subscribe(&mut other, json!({ "words": "区块链" })).await;
    let path = format!("/my/subscriptions/{}", sub["id"].as_str().unwrap());
    let _ = other.get(&path).await.expect(404);
    let _ = need(&app, &[]).await;
    run(&app).await;
    let mails = pushes(&app);
    assert_eq!(mails.len(), 1, "{mails:?}");
    let inbox = broker.get("/inbox").await.expect(200).text();
    assert!(inbox.contains("新推送：重载齿轮渗碳淬火变形控制"), "{inbox}");
    let none = other.get("/inbox").await.expect(200).text();
    assert!(!none.contains("新推送"), "{none}");
    let page = broker.get(&path).await.expect(200).text();
    assert!(page.contains("近 30 天会收到 1 项"), "{page}");
    let recent = broker.get("/my/pushes").await.expect(200).text();
    assert!(recent.contains("重载齿轮渗碳淬火变形控制"), "{recent}");

    // Paused, nothing comes; deleted, it is gone.
    let version = sub["version"].to_string();
    let deed = |deed: &'static str| [("deed", deed), ("version", version.as_str())];
    let _ = broker.post(&path, &deed("pause")).await.expect(303);
    let list = broker.get("/my/subscriptions").await.expect(200).text();
    assert!(list.contains("已暂停"), "{list}");
    let _ = broker.post(&path, &deed("delete")).await.expect(303);
    let _ = broker.get(&path).await.expect(404);
});

both!(a_search_by_meaning_finds_other_words, |app| {
    let mut near = app.role(Role::Auditor, None, None).await;
    let mut far = app.role(Role::Auditor, None, None).await;
    let search = |text: &str| json!({ "words": text, "finder": "meaning", "channels": ["mail"] });
    let _ = subscribe(&mut near, search("大模数齿轮热处理后的形变，怎样减小")).await;
    let _ = subscribe(&mut far, search("奶牛乳房炎的快速诊断试剂")).await;
    // Others of all kinds, so that there is something to stand out from.
    let org = given::org(&app, given::COMPANY, "company").await;
    for (title, sector) in [("奶牛乳房炎早期诊断", "现代农业"), ("薄壁套筒车削振动抑制", "高端装备")]
    {
        given::published(&app, "need", org, &given::need(&[("title", title), ("sector", sector)])).await;
    }
    run(&app).await;
    app.mails.lock().unwrap().clear();
    given::published(&app, "need", org, &given::need(&[])).await;
    run(&app).await;
    let mails = pushes(&app);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(mails[0].body.contains("重载齿轮渗碳淬火变形控制"), "{mails:?}");
    let page = near.get("/my/subscriptions/new").await.expect(200).text();
    assert!(page.contains("按内容相近"), "{page}");
    let odd = json!({ "name": "x", "kinds": [], "rhythm": "now", "channels": ["inbox"], "finder": "stars" });
    let _ = near
        .call(http::Method::POST, "/api/v1/subscriptions", &odd)
        .await
        .expect(422);
});

both!(a_list_and_a_search_lead_to_following_them, |app| {
    let mut visitor = app.visitor();
    let mut reader = app.role(Role::Auditor, None, None).await;
    let link = |page: &str| {
        let begin = page.find("/my/subscriptions/new?")?;
        let end = begin + page[begin..].find('"')?;
        Some(page[begin..end].replace("&amp;", "&").replace("&#38;", "&"))
    };
    let list = visitor
        .get("/offers?q=齿轮&sector=EQ&region=320500")
        .await
        .expect(200)
        .text();
    let search = visitor
        .get("/search?q=齿轮&kind=need&field=EQ")
        .await
        .expect(200)
        .text();
    assert!(
        link(&visitor.get("/search").await.expect(200).text()).is_none(),
        "nothing is looked for"
    );
    let (list, search) = (link(&list).unwrap(), link(&search).unwrap());
    let asked = visitor.get(&list).await.expect(303);
    assert!(asked.location().starts_with("/sign-in?next="), "{}", asked.location());
    let chosen =
        |page: &str, name: &str, value: &str| page.contains(&format!("name=\"{name}\" value=\"{value}\" checked"));
    let page = reader.get(&list).await.expect(200).text();
    assert!(
        page.contains(">齿轮</textarea>") && page.contains("value=\"320500\" selected"),
        "{page}"
    );
    assert!(
        chosen(&page, "kind", "patent") && chosen(&page, "kind", "achievement"),
        "{page}"
    );
    assert!(
        !chosen(&page, "kind", "need") && chosen(&page, "sector", "EQ"),
        "{page}"
    );
    let page = reader.get(&search).await.expect(200).text();
    assert!(
        chosen(&page, "kind", "need") && !chosen(&page, "kind", "patent"),
        "{page}"
    );
    // What nobody could have chosen is left out.
    let odd = "/my/subscriptions/new?kind=star&sector=XX&region=9&finder=moon";
    let page = reader.get(odd).await.expect(200).text();
    assert!(chosen(&page, "finder", "words"), "{page}");
});

both!(a_form_that_will_not_do_says_why, |app| {
    let mut broker = app.role(Role::Auditor, None, None).await;
    let bad = [("name", ""), ("rhythm", "now"), ("deed", "save")];
    let page = broker.post("/my/subscriptions/new", &bad).await.expect(422).text();
    assert!(
        page.contains("没有选择接收方式") && page.contains("名称或联系人没有填写"),
        "{page}"
    );
    let preview = [
        ("name", ""),
        ("rhythm", "now"),
        ("channel", "inbox"),
        ("deed", "preview"),
    ];
    let page = broker.post("/my/subscriptions/new", &preview).await.expect(200).text();
    assert!(page.contains("会收到 0 项"), "{page}");
    let hook = broker
        .post("/my/reach/hook", &[("url", "https://127.0.0.1/x")])
        .await
        .expect(422)
        .text();
    assert!(hook.contains("内部网络"), "{hook}");
    let time = [("quiet_from", "25:00"), ("quiet_until", "07:00"), ("rhythm", "now")];
    let _ = broker.post("/my/reach", &time).await.expect(422);
});

both!(a_daily_digest_comes_together_in_the_morning, |app| {
    let mut broker = app.role(Role::Auditor, None, None).await;
    let _ = subscribe(&mut broker, json!({ "rhythm": "daily", "channels": ["mail"] })).await;
    let org = given::org(&app, given::COMPANY, "company").await;
    for title in ["重载齿轮渗碳淬火变形控制", "薄壁套筒车削振动抑制"] {
        given::published(&app, "need", org, &given::need(&[("title", title)])).await;
    }
    run(&app).await;
    assert!(pushes(&app).is_empty());
    app.clock.set(day(2023, 6, 15, 9));
    run(&app).await;
    let mails = pushes(&app);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(
        mails[0].subject.contains("2 项") && mails[0].body.contains("薄壁套筒"),
        "{mails:?}"
    );
});

both!(quiet_hours_hold_and_say_so, |app| {
    let orgs = universities(&app).await;
    app.clock.set(day(2023, 6, 14, 23));
    let id = need(&app, &[]).await;
    run(&app).await;
    assert!(pushes(&app).is_empty(), "nobody is woken");
    let mut centre = app.role(Role::Centre, None, None).await;
    let pairs = coverage(&mut centre, id).await;
    assert_eq!(state(&pairs, "江淮理工大学"), Some(("due", "quiet")));
    let page = centre
        .get(&format!("/centre/push/orgs/{}", orgs[0]))
        .await
        .expect(200)
        .text();
    assert!(page.contains("免打扰时段，2023-06-15 07:00 发送"), "{page}");
    app.clock.set(day(2023, 6, 15, 7));
    run(&app).await;
    assert_eq!(pushes(&app).len(), 2);
});

fn link(mail: &Mail, part: &str) -> String {
    let at = mail
        .body
        .find(part)
        .unwrap_or_else(|| panic!("{part} in {}", mail.body));
    mail.body[at..].split_whitespace().next().unwrap().to_owned()
}

both!(unsubscribing_takes_one_click, |app| {
    let _ = universities(&app).await;
    let _ = need(&app, &[]).await;
    run(&app).await;
    let mail = pushes(&app).into_iter().find(|m| m.to == "l0@uni.example.cn").unwrap();
    let header = mail
        .headers
        .iter()
        .find(|(k, _)| k == "List-Unsubscribe")
        .unwrap()
        .1
        .clone();
    let url = header
        .trim_matches(['<', '>'])
        .trim_start_matches("http://jiebang.test")
        .to_owned();
    // A look changes nothing: scanners look.
    let page = app.visitor().get(&url).await.expect(200).text();
    assert!(page.contains("确认退订"), "{page}");
    // As a mail program does it: no cookie, no page, no token against forgery.
    let one_click = |url: &str| {
        http::Request::post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("List-Unsubscribe=One-Click"))
            .unwrap()
    };
    let _ = app
        .visitor()
        .send(one_click("/push/unsubscribe/AAAA"))
        .await
        .expect(404);
    let _ = app.visitor().send(one_click(&url)).await.expect(200);
    let page = app.visitor().get(&url).await.expect(200).text();
    assert!(page.contains("已退订"), "{page}");
    app.mails.lock().unwrap().clear();
    let org = app
        .organisation("江宁闻韶机电有限公司", "company", given::OTHER.1, given::OTHER.2)
        .await;
    let other = given::need(&[
        ("title", "高速主轴热误差补偿"),
        ("sector", "高端装备"),
        ("company", given::OTHER.0),
        ("uscc", given::OTHER.1),
        ("region", given::OTHER.2),
    ]);
    let second = given::published(&app, "need", org, &other).await;
    run(&app).await;
    let to: Vec<String> = pushes(&app).into_iter().map(|m| m.to).collect();
    assert_eq!(to, ["l1@uni.example.cn"]);
    let mut centre = app.role(Role::Centre, None, None).await;
    assert_eq!(
        state(&coverage(&mut centre, second).await, "江淮理工大学"),
        Some(("missing", "unsubscribed"))
    );
});

both!(a_mails_reader_answers_without_signing_in, |app| {
    let orgs = universities(&app).await;
    let id = need(&app, &[]).await;
    run(&app).await;
    let mail = pushes(&app).into_iter().find(|m| m.to == "l0@uni.example.cn").unwrap();
    let url = link(&mail, "/push/item/");
    let mut reader = app.visitor();
    let page = reader.get(&format!("{url}?answer=not-for-us")).await.expect(200).text();
    assert!(
        page.contains("重载齿轮渗碳淬火变形控制") && page.contains("value=\"not-for-us\" checked"),
        "{page}"
    );
    let _ = reader.get("/push/item/AAAA").await.expect(404);
    let _ = reader.post(&url, &[("answer", "not-for-us")]).await.expect(422);
    let _ = reader
        .post(
            &url,
            &[("answer", "not-for-us"), ("why", "budget"), ("note", "金额偏低")],
        )
        .await
        .expect(303);
    let _ = reader.post(&url, &[("answer", "interested")]).await.expect(409);
    let page = reader.get(&url).await.expect(200).text();
    assert!(page.contains("已反馈：不合适"), "{page}");
    let mut centre = app.role(Role::Centre, None, None).await;
    let page = centre
        .get(&format!("/centre/push/orgs/{}", orgs[0]))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("不合适") && page.contains("预算偏低") && page.contains("金额偏低"),
        "{page}"
    );
    // Taken out, the link shows nothing of it any more.
    entries::withdraw(&app.app, &Actor::system(), id, given::version(&app, id).await)
        .await
        .expect("withdrawn");
    let page = reader.get(&url).await.expect(200).text();
    assert!(!page.contains("重载齿轮") && page.contains("不再公开"), "{page}");
});

both!(what_is_taken_out_before_it_went_does_not_go, |app| {
    let _ = universities(&app).await;
    let user = app.person("闾丘露", &[(Role::Auditor, None, None)]).await;
    let mut broker = app.sign_in(user).await;
    let _ = subscribe(&mut broker, json!({ "channels": ["inbox"] })).await;
    app.clock.set(day(2023, 6, 14, 23));
    let id = need(&app, &[]).await;
    run(&app).await;
    entries::withdraw(&app.app, &Actor::system(), id, given::version(&app, id).await)
        .await
        .expect("withdrawn");
    run(&app).await;
    app.clock.set(day(2023, 6, 15, 9));
    run(&app).await;
    assert!(pushes(&app).is_empty());
    // A night is longer than a session.
    let mut broker = app.sign_in(user).await;
    let inbox = broker.get("/inbox").await.expect(200).text();
    assert!(inbox.contains("1 项曾推送给您的内容已撤回"), "{inbox}");
    let mut centre = app.role(Role::Centre, None, None).await;
    let sums = centre.get("/api/v1/push/coverage?which=all").await.expect(200).json();
    assert_eq!(
        (&sums["should"], &sums["percent"]),
        (&json!(0), &json!(100)),
        "nobody needs it any more"
    );
});

both!(nothing_withheld_is_in_a_push, |app| {
    let _ = universities(&app).await;
    let mut broker = app.role(Role::Auditor, None, None).await;
    let _ = subscribe(&mut broker, json!({})).await;
    let id = need(&app, &[]).await;
    run(&app).await;
    let secrets = [
        given::COMPANY.0,
        given::COMPANY.1,
        "澹台",
        "0.0317",
        "0.0533",
        "187.25",
        "闻人牧",
        "褚遥岑",
        "13811112222",
        "chu.yaocen",
    ];
    let mut said: Vec<String> = pushes(&app)
        .iter()
        .map(|m| format!("{} {}", m.subject, m.body))
        .collect();
    assert_eq!(said.len(), 3, "two liaisons and the subscriber");
    let item = link(&pushes(&app)[0], "/push/item/");
    let mut centre = app.role(Role::Centre, None, None).await;
    for path in [item.as_str(), "/my/pushes", "/inbox"] {
        said.push(broker.get(path).await.expect(200).text());
    }
    for path in [
        "/centre/push",
        "/centre/push.csv",
        &format!("/centre/push/needs/{id}"),
        "/centre/push/orgs",
    ] {
        said.push(centre.get(path).await.expect(200).text());
    }
    let mut conn = app.app.read().await.unwrap();
    let kept: Vec<(String,)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT gist FROM push_item").fetch_all(c).await).unwrap();
    said.extend(kept.into_iter().map(|(gist,)| gist));
    for text in &said {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
});
