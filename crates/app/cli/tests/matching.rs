//! From a pasted need to a thread between both sides, in browsers: somebody without an account pastes a need and sees what
//! fits and why; a broker judges by keys and brings both sides together; both agree, and only then the names appear.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

use std::net::SocketAddr;
use std::time::Duration;

use forms::{Draft, Form};
use jcore::{Actor, Role};
use kernel::{EntryId, OrgId};
use testkit::browser::{Browser, installed};
use testkit::{Client, TestApp};
use thirtyfour::{By, Cookie, Key};

const COMPANY: &str = "昆山澹台精密齿轮有限公司";
const UNIVERSITY: &str = "江淮理工大学";
const NEED: &str = "重载齿轮渗碳淬火变形控制";
const OFFER: &str = "重载齿轮渗碳淬火变形预测与控制技术";
/// Achievements of a university: the first answers the need.
const OFFERS: [(&str, &str); 6] = [
    (
        OFFER,
        "建立渗碳淬火相变与应力耦合模型，优化装炉与淬火工艺，把重载齿轮齿向变形控制在磨齿余量以内，批量稳定。",
    ),
    (
        "水稻病虫害无人机高光谱巡检系统",
        "用高光谱图像识别稻瘟病与纹枯病，按田块给出用药建议，亩均减药两成。",
    ),
    (
        "银行客户流失预警的图神经网络方法",
        "在交易网络上训练图神经网络，提前一个月预警客户流失，准确率九成。",
    ),
    (
        "磷酸铁锂正极材料低温容量提升工艺",
        "用碳包覆与铌掺杂改善锂离子扩散，零下二十度容量保持八成以上。",
    ),
    (
        "医用可降解镁合金骨钉",
        "控制晶粒尺寸与表面膜，半年内完全降解，动物试验无排异反应。",
    ),
    (
        "城镇污水厂污泥热水解减量技术",
        "热水解后厌氧消化，污泥减量四成，沼气产量提高三成。",
    ),
];
const PASTED: &str =
    "重载齿轮渗碳淬火变形控制\n目前20CrMnTi重载齿轮渗碳淬火后变形大，磨齿余量不够，要求齿向变形≤0.03 mm，批量稳定。";

/// A form's examples with some texts in their place.
fn draft(form: &'static Form, texts: &[(&str, &str)]) -> Draft {
    let example = |f: &forms::Field| Some((f.key.to_owned(), (*f.examples.first()?).to_owned()));
    let mut draft: Draft = form.fields().filter_map(example).collect();
    draft.extend(texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
    draft
}

async fn published(app: &TestApp, kind: &str, org: OrgId, raw: &Draft) -> EntryId {
    let manager = app.actor(Role::Manager, Some(org), None);
    let id = entries::create(&app.app, &manager, kind, org, raw).await.unwrap().id;
    let version = async || {
        let mut conn = app.app.read().await.unwrap();
        entries::entry(&mut conn, id).await.unwrap().version
    };
    entries::submit(&app.app, &manager, id, version().await).await.unwrap();
    entries::publish(&app.app, &Actor::system(), id, version().await)
        .await
        .unwrap();
    id
}

async fn serve(app: &TestApp) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    url
}

async fn enter(client: &Client, url: &str, path: &str, width: u32) -> Browser {
    let browser = Browser::start(width, 900).await.unwrap();
    browser.open(&format!("{url}/zh/help")).await.unwrap();
    let token = client.cookie(jcore::login::COOKIE).unwrap();
    let mut cookie = Cookie::new(jcore::login::COOKIE, token.to_owned());
    cookie.set_path("/");
    browser.driver.add_cookie(cookie).await.unwrap();
    browser.open(&format!("{url}/zh{path}")).await.unwrap();
    browser
}

/// Waits until the page says something.
async fn sees(browser: &Browser, text: &str) {
    let mut last = String::new();
    for _ in 0..50 {
        last = browser.text().await.unwrap_or_default();
        if last.contains(text) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("“{text}” comes onto the page: {last}");
}

async fn press(browser: &Browser, key: &str) {
    let focused = browser.driver.active_element().await.unwrap();
    focused.send_keys(key).await.unwrap();
}

async fn pastes(browser: &Browser, url: &str, path: &str) {
    browser.open(&format!("{url}{path}")).await.unwrap();
    // Keys can't be sent to a field for every character in Chinese as fast as a person pastes.
    let text = serde_json::to_string(PASTED).unwrap();
    browser
        .script(&format!("document.querySelector('#text').value = {text}; return 1"))
        .await
        .unwrap();
    browser.click("button[value=ask]").await.unwrap();
    sees(browser, OFFER).await;
    assert!(!browser.sticks_out().await.unwrap(), "{path} fits its window");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_pasted_need_to_a_thread_between_both_sides() {
    if !installed() {
        eprintln!("left out: Chromium is not installed (apt-get install chromium chromium-driver)");
        return;
    }
    let app = TestApp::lite().await;
    let company = app
        .organisation(COMPANY, "company", "91320582MATQ70WX57", "320582")
        .await;
    let university = app
        .organisation(UNIVERSITY, "university", "12320000MA0000007X", "320102")
        .await;
    let brokerage = app
        .organisation("苏南技术经理人事务所", "brokerage", "91320000MA0000009L", "320500")
        .await;
    let hidden = [
        ("title", NEED),
        ("company", COMPANY),
        ("uscc", "91320582MATQ70WX57"),
        ("region", "320582"),
        ("public_name", "否"),
        ("public_contact", "否"),
    ];
    published(&app, "need", company, &draft(&needs::FORM, &hidden)).await;
    for (title, summary) in OFFERS {
        let (unit, summary) = (UNIVERSITY, summary.repeat(3));
        let texts = [
            ("title", title),
            ("summary", summary.as_str()),
            ("owners", unit),
            ("unit", unit),
            ("uscc", "12320000MA0000007X"),
        ];
        published(
            &app,
            "achievement",
            university,
            &draft(&offers::ACHIEVEMENT_FORM, &texts),
        )
        .await;
    }
    matches::feed(&app.app).await.unwrap();
    let asks = app.role(Role::Manager, Some(company), None).await;
    let gives = app.role(Role::Liaison, Some(university), None).await;
    let broker = app.role(Role::Broker, Some(brokerage), None).await;
    let url = serve(&app).await;

    // Anyone, on a desk and on a phone, without an account.
    let visitor = Browser::start(1366, 900).await.unwrap();
    pastes(&visitor, &url, "/zh/match").await;
    let text = visitor.text().await.unwrap();
    assert!(
        text.contains("共有的词") && text.contains("齿向变形 ≤0.03 mm") && text.contains("作为需求还缺"),
        "{text}"
    );
    visitor.driver.set_window_rect(0, 0, 390, 844).await.unwrap();
    assert!(!visitor.sticks_out().await.unwrap(), "the matches fit a phone");
    pastes(&visitor, &url, "/en/match").await;
    visitor.quit().await.unwrap();

    // The broker judges by keys: what does not fit asks for its reason first.
    let desk = enter(&broker, &url, "/work/matches", 1366).await;
    sees(&desk, NEED).await;
    let titles = desk.driver.find_all(By::Css("[data-keys] a.t")).await.unwrap();
    assert_eq!(titles[0].text().await.unwrap(), OFFER, "the best stands first");
    press(&desk, "j").await;
    press(&desk, "1").await;
    let focused = desk.driver.active_element().await.unwrap();
    assert_eq!(focused.tag_name().await.unwrap(), "select", "a reason is asked for");
    focused.send_keys(Key::Down).await.unwrap();
    press(&desk, "1").await;
    sees(&desk, "已记下：不相关").await;
    press(&desk, "o").await;
    sees(&desk, "牵线撮合").await;
    assert!(!desk.text().await.unwrap().contains(COMPANY));
    desk.fill("#text", "我们是昆山澹台精密齿轮有限公司的经理人，请看看能否合作。")
        .await
        .unwrap();
    desk.click("main form .btn.main").await.unwrap();
    sees(&desk, "会暴露另一方的身份").await;
    desk.fill("#text", "这项成果的变形控制与需求的指标接近，建议先看一组试验数据。")
        .await
        .unwrap();
    desk.click("main form .btn.main").await.unwrap();
    sees(&desk, "已发给双方").await;
    let thread = desk.driver.current_url().await.unwrap().path().to_owned();
    let thread = thread.trim_start_matches("/zh").to_owned();

    // Both are asked; neither sees the other before both agree.
    let phone = enter(&gives, &url, &thread, 390).await;
    sees(&phone, "双方同意后显示").await;
    assert!(!phone.text().await.unwrap().contains(COMPANY));
    assert!(!phone.sticks_out().await.unwrap(), "a thread fits a phone");
    phone.fill("#contact", "025-84310001").await.unwrap();
    phone.click("form[action$='/agree'] .btn.main").await.unwrap();
    sees(&phone, "一方已同意").await;
    assert!(!phone.text().await.unwrap().contains(COMPANY));
    let office = enter(&asks, &url, &thread, 1366).await;
    let text = office.text().await.unwrap();
    assert!(!text.contains(UNIVERSITY) && !text.contains("84310001"), "{text}");
    office.fill("#contact", "0512-56780001").await.unwrap();
    office.click("form[action$='/agree'] .btn.main").await.unwrap();
    sees(&office, "双方都已同意").await;
    sees(&office, UNIVERSITY).await;
    sees(&office, "025-84310001").await;
    phone.open(&format!("{url}/zh{thread}")).await.unwrap();
    sees(&phone, COMPANY).await;
    sees(&phone, "0512-56780001").await;
    for browser in [desk, phone, office] {
        browser.quit().await.unwrap();
    }
}
