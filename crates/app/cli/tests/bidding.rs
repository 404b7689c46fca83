//! Two bidders fight over a lot in browsers: an extension, a pause and a resumption, until the award is confirmed; and the
//! package of it all, checked by the command, holds and does not hold with any byte changed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

use std::net::SocketAddr;
use std::time::Duration;

use bidding::{At, Command, Mode, Officer, Paddle, Phase};
use jcore::Role;
use kernel::Fen;
use testkit::browser::{Browser, installed};
use testkit::{Client, LiveLot, TestApp};
use thirtyfour::{By, Cookie, Key};

mod common;

use common::run;

const ENGLISH: Mode = Mode::English {
    free_secs: 3600,
    window_secs: 300,
    cap_secs: None,
};

/// Serves the application, and lets its clock run at the pace of the machine's.
async fn serve(app: &TestApp) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let clock = app.clock.clone();
    tokio::spawn(async move {
        let mut beat = tokio::time::interval(Duration::from_millis(50));
        loop {
            beat.tick().await;
            clock.advance(jiff::SignedDuration::from_millis(50));
        }
    });
    url
}

/// A bidder's browser in the room.
async fn enter(client: &Client, url: &str, lot: &LiveLot, width: u32) -> Browser {
    let browser = Browser::start(width, 900).await.unwrap();
    browser.open(&format!("{url}/zh/help")).await.unwrap();
    let token = client.cookie(jcore::login::COOKIE).unwrap();
    let mut cookie = Cookie::new(jcore::login::COOKIE, token.to_owned());
    cookie.set_path("/");
    browser.driver.add_cookie(cookie).await.unwrap();
    browser.open(&format!("{url}/zh{}", lot.path("room"))).await.unwrap();
    browser
}

/// Waits until something is on the page.
async fn sees(browser: &Browser, css: &str, text: &str) {
    let mut last = String::new();
    for _ in 0..100 {
        if let Ok(found) = browser.driver.find(By::Css(css)).await {
            last = found.text().await.unwrap_or_default();
            if last.contains(text) {
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("“{text}” comes into {css}: “{last}”");
}

/// Seconds on the page's clock.
async fn counted(browser: &Browser) -> i64 {
    let text = browser
        .script("return document.querySelector('[data-live=clock]').textContent")
        .await
        .unwrap();
    let parts = text
        .as_str()
        .unwrap()
        .split(':')
        .map(|part| part.parse::<i64>().unwrap());
    parts.fold(0, |sum, part| sum * 60 + part)
}

async fn check_clock(app: &TestApp, browser: &Browser, lot: &LiveLot) {
    // The server's clock may have jumped in this test; the page measures it again.
    browser
        .open(browser.driver.current_url().await.unwrap().as_ref())
        .await
        .unwrap();
    browser.script("Date.now = () => 0; return 1").await.unwrap();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let left = (lot.state().await.end.0 - app.app.now().micros()) / 1_000_000;
    let shown = counted(browser).await;
    assert!(
        (shown - left).abs() <= 2,
        "the page says {shown} s, the server {left} s"
    );
}

async fn console(officer: &mut Client, lot: &LiveLot, fields: &[(&str, &str)]) {
    let answer = officer.post(&lot.path("console"), fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_bidders_fight_over_a_lot_until_it_is_confirmed() {
    if !installed() {
        eprintln!("left out: Chromium is not installed (apt-get install chromium chromium-driver)");
        return;
    }
    let app = TestApp::lite().await;
    let (lot, clients) = app.live_lot(ENGLISH, 2).await;
    let mut officers = [
        app.role(Role::Centre, None, None).await,
        app.role(Role::Centre, None, None).await,
    ];
    let url = serve(&app).await;
    let desk = enter(&clients[0], &url, &lot, 1366).await;
    let phone = enter(&clients[1], &url, &lot, 390).await;
    assert!(!phone.sticks_out().await.unwrap(), "the room fits a phone");

    // The first press is a bid; the other sees it without doing anything.
    desk.click("[data-quick='0']").await.unwrap();
    sees(&desk, "[data-live=lead]", "您领先").await;
    sees(&phone, "[data-live=lead]", "他人领先（101 号）").await;
    sees(&phone, "[data-live=price]", "¥600,000.00").await;
    sees(&phone, "#ladder", "他人（101 号）出价").await;
    assert!(
        !desk
            .driver
            .find(By::Css("[data-live=bidding]"))
            .await
            .unwrap()
            .is_displayed()
            .await
            .unwrap()
    );
    check_clock(&app, &desk, &lot).await;

    // The free period ends; a bid ten seconds before the end gives everyone a whole window.
    let to_end = |end: At| (end.0 - app.app.now().micros()) / 1_000_000;
    app.clock.advance_secs(to_end(lot.state().await.end) + 1);
    assert_eq!(lot.phase().await, Phase::Timed);
    sees(&phone, "[data-live=phase]", "限时报价").await;
    app.clock.advance_secs(to_end(lot.state().await.end) - 10);
    phone.fill("#amount", "63万").await.unwrap();
    sees(&phone, "[data-live=upper]", "陆拾叁万元整").await;
    phone
        .driver
        .find(By::Css("#amount"))
        .await
        .unwrap()
        .send_keys(Key::Enter)
        .await
        .unwrap();
    sees(&phone, "dialog", "陆拾叁万元整").await;
    assert_eq!(
        lot.state().await.price(),
        Some(Fen::new(60_000_000)),
        "not before it is confirmed"
    );
    phone.click("dialog .btn.main").await.unwrap();
    sees(&phone, "[data-live=lead]", "您领先").await;
    sees(&desk, "[data-live=lead]", "他人领先（102 号）").await;
    let state = lot.state().await;
    assert!(to_end(state.end) > 290, "a whole window: {}", to_end(state.end));

    // Two officers pause; nobody can bid; a notice, and a whole window when it goes on.
    let reason = [("deed", "pause"), ("code", "network"), ("text", "线路检修")];
    console(&mut officers[0], &lot, &reason).await;
    console(&mut officers[1], &lot, &[("deed", "second")]).await;
    sees(&desk, "#ladder", "暂停：网络故障：线路检修").await;
    sees(&desk, "#desk", "标的暂停中").await;
    assert!(!desk.has("#desk form").await.unwrap());
    console(&mut officers[1], &lot, &[("deed", "say"), ("text", "十分钟后恢复")]).await;
    sees(&phone, "#said", "十分钟后恢复").await;
    console(&mut officers[0], &lot, &[("deed", "resume"), ("text", "线路已通")]).await;
    sees(&desk, "[data-live=phase]", "即将恢复").await;
    app.clock.advance_secs(lot.rules.resume_notice_secs);
    let state = lot.state().await;
    assert!(state.paused.is_none() && to_end(state.end) > 290, "a whole window");
    sees(&desk, "#desk", "按档加价").await;
    check_clock(&app, &phone, &lot).await;

    // The keyboard alone: tab to a button, press.
    desk.driver
        .find(By::Css("[data-quick='1']"))
        .await
        .unwrap()
        .send_keys(Key::Enter)
        .await
        .unwrap();
    sees(&desk, "[data-live=price]", "¥642,000.00").await;
    sees(&phone, "[data-live=lead]", "他人领先（101 号）").await;
    app.clock.advance_secs(to_end(lot.state().await.end) + 1);
    let state = lot.state().await;
    assert_eq!(state.award, Some((Paddle(101), Fen::new(64_200_000))));
    sees(&desk, "[data-live=price-label]", "暂定成交价").await;
    confirm(&app, &lot).await;
    desk.open(&format!("{url}/zh{}", lot.path("room"))).await.unwrap();
    sees(&desk, "[data-live=price-label]", "成交价").await;
    sees(&desk, "#ladder", "成交确认").await;
    desk.quit().await.unwrap();
    phone.quit().await.unwrap();
    verified(&app, &lot).await;
}

/// The award is on show, and confirmed after it.
async fn confirm(app: &TestApp, lot: &LiveLot) {
    if lot.phase().await == Phase::Provisional {
        let days = lot.rules.publicity.days + 1;
        let until = At(app.app.now().plus_days(days).micros());
        lot.order(Command::Publish { until }).await;
    }
    let until = lot.state().await.published_until.expect("on show");
    app.clock
        .advance_secs((until.0 - app.app.now().micros()) / 1_000_000 + 1);
    lot.order(Command::Confirm { by: Officer(901) }).await;
    assert_eq!(lot.phase().await, Phase::Confirmed);
}

/// The package holds; with any byte changed it does not.
async fn verified(app: &TestApp, lot: &LiveLot) {
    let package = app.visitor().get(&lot.path("package")).await.expect(200).bytes;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lot.txt");
    let check = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        run(&["lot", "verify", file.to_str().unwrap(), "--json"])
    };
    let good = check(&package).expect(0).json();
    assert_eq!(
        (&good["phase"], &good["award"]["fen"]),
        (&"confirmed".into(), &64_200_000.into())
    );
    assert_eq!(good["key"], lot.log.public_key());
    // Every byte is checked by the engine's own tests; the command is asked about some, spread over the whole.
    const ASKED: usize = 60;
    for n in 0..ASKED {
        let at = n * package.len() / ASKED;
        let mut changed = package.clone();
        changed[at] ^= 1;
        let ran = check(&changed);
        assert_eq!(ran.code, 1, "byte {at}: {}", ran.out);
    }
    let ran = run(&["lot", "verify", file.to_str().unwrap(), "--lang", "zh"]);
    assert!(ran.code == 1 && ran.out.contains("验证不通过，第"), "{}", ran.out);
    check(&package).expect(0);
    let other = run(&["lot", "verify", file.to_str().unwrap(), "--key", "00"]);
    assert_eq!(other.code, 1, "another key does not pass: {}", other.out);
}
