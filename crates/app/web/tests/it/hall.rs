//! The hall over HTTP: practice, a real lot's room with two bidders, refusals in words, one form one bid, the console's two
//! officers, sealed offers, proxies, receipts and packages.

use bidding::{Command, Grave, Mode, Officer, Paddle, Phase};
use http::{Method, Request, header};
use jcore::Role;
use kernel::Fen;
use testkit::{Answer, Client, TestApp, both};

/// The value that follows a piece of a page, up to the next quote.
fn after<'a>(page: &'a str, head: &str) -> &'a str {
    let at = page
        .find(head)
        .unwrap_or_else(|| panic!("{head} is on the page: {page}"));
    page[at + head.len()..].split('"').next().unwrap()
}

/// The nth form's key on a room's page.
fn key(page: &str, nth: usize) -> String {
    let mut rest = page;
    for _ in 0..nth {
        rest = &rest[rest.find("name=\"key\" value=\"").expect("a key") + 10..];
    }
    after(rest, "name=\"key\" value=\"").to_owned()
}

/// A form, answered as the script asks for it.
async fn send(client: &mut Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair(jcore::CSRF_FIELD, &client.csrf());
    body.extend_pairs(fields);
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(axum::body::Body::from(body.finish()))
        .unwrap();
    client.send(request).await
}

const ENGLISH: Mode = Mode::English {
    free_secs: 3600,
    window_secs: 300,
    cap_secs: None,
};

#[tokio::test]
async fn anyone_may_practise_and_the_package_holds() {
    let app = TestApp::lite().await;
    let mut me = app.visitor();
    for room in ["english", "sealed", "dutch", "listed"] {
        let page = me.get(&format!("/training/{room}/room")).await.expect(200).text();
        assert!(page.contains("模拟") && page.contains("领取模拟号牌"), "{page}");
        let _ = app
            .visitor()
            .get(&format!("/en/training/{room}/room"))
            .await
            .expect(200);
    }
    let _ = me.get("/training/none/room").await.expect(404);
    let refused = send(
        &mut me,
        "/training/english/bids",
        &[("deed", "bid"), ("key", "1"), ("amount", "600000")],
    )
    .await;
    assert_eq!(refused.status, 403, "without a paddle");
    let _ = me.post("/training/english/join", &[]).await.expect(303);
    let page = me.get("/training/english/room").await.expect(200).text();
    assert!(page.contains("您的号牌：03 号"), "{page}");
    let first = key(&page, 0);
    let fields = [("deed", "bid"), ("key", first.as_str()), ("quick", "60000000")];
    let placed = send(&mut me, "/training/english/bids", &fields)
        .await
        .expect(200)
        .json();
    assert_eq!(placed["state"], "placed", "{placed}");
    let again = send(&mut me, "/training/english/bids", &fields)
        .await
        .expect(200)
        .json();
    assert_eq!(again["seq"], placed["seq"], "a double click is one bid");
    assert_ne!(
        placed["key"].as_str().unwrap(),
        first,
        "the next bid has a key of its own"
    );
    let receipt = me.get(placed["receipt"].as_str().unwrap()).await.expect(200);
    let package = me.get("/training/english/package").await.expect(200);
    for (name, bytes, says) in [
        ("receipt.json", &receipt.bytes, "回执有效"),
        ("lot.txt", &package.bytes, "验证通过"),
    ] {
        let page = me.upload("/hall/verify", &[], name, bytes).await.expect(200).text();
        assert!(page.contains(says), "{page}");
    }
    let changed = package
        .text()
        .replacen("\"paddle\"", "\"paddlf\"", 1)
        .replacen("60000000", "60000001", 1);
    let page = me
        .upload("/hall/verify", &[], "lot.txt", changed.as_bytes())
        .await
        .expect(200)
        .text();
    assert!(page.contains("验证不通过"), "{page}");
    let other = app.visitor().get(placed["receipt"].as_str().unwrap()).await;
    assert_eq!(other.status, 404, "a receipt is its bidder's");
}

both!(two_bidders_and_a_stranger_in_a_room, |app| {
    let (lot, mut clients) = app.live_lot(ENGLISH, 2).await;
    let mut stranger = app.role(Role::Member, None, None).await;
    let mut visitor = app.visitor();
    let page = visitor.get(&lot.path("room")).await.expect(200).text();
    assert!(page.contains("您在旁观") && !page.contains("data-bid"), "{page}");
    assert_eq!(
        visitor
            .get("/hall")
            .await
            .expect(200)
            .text()
            .matches("一种测试用的阀门")
            .count(),
        1
    );
    let refused = send(
        &mut stranger,
        &lot.path("bids"),
        &[("deed", "bid"), ("key", "1"), ("amount", "600000")],
    )
    .await;
    assert_eq!(refused.status, 403, "{}", refused.text());

    let page = clients[0].get(&lot.path("room")).await.expect(200).text();
    let keys = (key(&page, 0), key(&page, 1));
    let placed = clients[0]
        .post(
            &lot.path("bids"),
            &[("deed", "bid"), ("key", &keys.0), ("quick", "60000000")],
        )
        .await
        .expect(303);
    let page = clients[0].get(placed.location()).await.expect(200).text();
    assert!(page.contains("您领先") && page.contains("已受理"), "{page}");
    // An equal bid does not lead, and says why in both languages.
    let equal = [("deed", "bid"), ("key", "7"), ("amount", "60万")];
    let page = clients[1].post(&lot.path("bids"), &equal).await.expect(422).text();
    assert!(page.contains("须高于当前价 600,000 元"), "{page}");
    let page = clients[1]
        .post(&format!("/en{}", lot.path("bids")), &equal)
        .await
        .expect(422)
        .text();
    assert!(page.contains("must be above the price of 600,000 yuan"), "{page}");
    // Far above: looked at once more, and nothing is in the log before.
    let before = lot.log.state(lot.id).await.unwrap().unwrap().state.seq;
    let high = [("deed", "bid"), ("key", "8"), ("amount", "630,000")];
    let page = clients[1].post(&lot.path("bids"), &high).await.expect(200).text();
    assert!(
        page.contains("陆拾叁万元整") && page.contains("name=\"confirmed\""),
        "{page}"
    );
    let asked = send(&mut clients[1], &lot.path("bids"), &high).await.expect(200).json();
    assert_eq!(
        (&asked["state"], &asked["upper"]),
        (&"confirm".into(), &"陆拾叁万元整".into())
    );
    assert_eq!(
        lot.log.state(lot.id).await.unwrap().unwrap().state.seq,
        before,
        "not sent"
    );
    let confirmed = [high[0], high[1], high[2], ("confirmed", "1")];
    let placed = send(&mut clients[1], &lot.path("bids"), &confirmed)
        .await
        .expect(200)
        .json();
    assert_eq!(placed["state"], "placed");
    let page = clients[0].get(&lot.path("room")).await.expect(200).text();
    assert!(
        page.contains("他人领先（102 号）") && page.contains("¥630,000.00"),
        "{page}"
    );
    // What is no amount is not guessed at.
    let unread = send(
        &mut clients[0],
        &lot.path("bids"),
        &[("deed", "bid"), ("key", "9"), ("amount", "六十多万")],
    )
    .await;
    assert_eq!(unread.expect(200).json()["state"], "unread");
    // The state for machines, the log step by step.
    let state = visitor
        .get(&format!("/api/v1{}", lot.path("state")))
        .await
        .expect(200)
        .json();
    assert_eq!((&state["price"], &state["lead"]), (&63_000_000.into(), &102.into()));
    let steps = visitor
        .get(&format!("/api/v1{}?after={before}", lot.path("steps")))
        .await
        .expect(200)
        .json();
    assert_eq!(steps["steps"].as_array().unwrap().len(), 1);
    let page = clients[1]
        .get(&format!("/zh{}", lot.path("proof")))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("须高于当前价") && page.contains("630,000"),
        "receipts of refusals, too: {page}"
    );
});

both!(the_api_bids_once_a_key_and_says_why_not, |app| {
    let (lot, mut clients) = app.live_lot(ENGLISH, 2).await;
    let path = format!("/api/v1{}", lot.path("bids"));
    let bid = |fen: i64, key: u64| serde_json::json!({ "amount_fen": fen, "key": key });
    let first = clients[0]
        .call(Method::POST, &path, &bid(60_000_000, 1))
        .await
        .expect(200)
        .json();
    assert_eq!((&first["accepted"], &first["leads"]), (&true.into(), &true.into()));
    let receipt: bidding::evidence::Receipt = serde_json::from_value(first["receipt"].clone()).unwrap();
    assert!(receipt.holds(&lot.log.public_key()));
    let again = clients[0]
        .call(Method::POST, &path, &bid(60_000_000, 1))
        .await
        .expect(200)
        .json();
    assert_eq!(again["seq"], first["seq"]);
    let own = clients[0]
        .call(Method::POST, &path, &bid(60_600_000, 2))
        .await
        .expect(200)
        .json();
    assert_eq!((&own["accepted"], &own["refused"]), (&false.into(), &"own-lead".into()));
    let guarded = clients[1]
        .call(Method::POST, &path, &bid(63_000_000, 1))
        .await
        .expect(200)
        .json();
    assert_eq!(guarded["refused"], "confirm");
    let mut stranger = app.role(Role::Member, None, None).await;
    let _ = stranger
        .call(Method::POST, &path, &bid(60_600_000, 1))
        .await
        .expect(403);
    let _ = app
        .visitor()
        .call(Method::POST, &path, &bid(60_600_000, 1))
        .await
        .expect(401);
    let mut cut = 0;
    for key in 100..140 {
        let answer = clients[1].call(Method::POST, &path, &bid(1, key)).await;
        cut += usize::from(answer.status == 429);
    }
    assert!((20..40).contains(&cut), "a flood is cut before the log: {cut}");
});

both!(
    a_pause_takes_two_officers_and_a_resumption_gives_a_whole_window,
    |app| {
        let (lot, mut clients) = app.live_lot(ENGLISH, 2).await;
        let mut officers = [
            app.role(Role::Centre, None, None).await,
            app.role(Role::Centre, None, None).await,
        ];
        let console = lot.path("console");
        assert_eq!(clients[0].get(&console).await.status, 403);
        let page = officers[0]
            .post(&console, &[("deed", "pause")])
            .await
            .expect(422)
            .text();
        assert!(page.contains("请选择事由"), "{page}");
        let pause = [("deed", "pause"), ("code", "network"), ("text", "机房线路中断")];
        let _ = officers[0].post(&console, &pause).await.expect(303);
        let page = officers[0]
            .post(&console, &[("deed", "second")])
            .await
            .expect(422)
            .text();
        assert!(page.contains("另一名工作人员"), "{page}");
        assert!(lot.log.state(lot.id).await.unwrap().unwrap().state.paused.is_none());
        let _ = officers[1].post(&console, &[("deed", "second")]).await.expect(303);
        let page = clients[0].get(&lot.path("room")).await.expect(200).text();
        assert!(
            page.contains("暂停：网络故障：机房线路中断") && !page.contains("data-bid"),
            "{page}"
        );
        let late = send(
            &mut clients[0],
            &lot.path("bids"),
            &[("deed", "bid"), ("key", "5"), ("amount", "600000")],
        )
        .await;
        assert!(late.expect(200).json()["text"].as_str().unwrap().contains("标的已暂停"));
        let _ = officers[0]
            .post(&console, &[("deed", "resume"), ("text", "线路已恢复")])
            .await
            .expect(303);
        let _ = officers[0]
            .post(&console, &[("deed", "say"), ("text", "请各位稍候")])
            .await
            .expect(303);
        let page = clients[0].get(&lot.path("room")).await.expect(200).text();
        assert!(page.contains("请各位稍候") && page.contains("距恢复"), "{page}");
        app.clock.advance_secs(lot.rules.resume_notice_secs);
        lot.log.send(lot.id, Command::Tick).await.unwrap();
        let state = lot.log.state(lot.id).await.unwrap().unwrap().state;
        assert!(
            state.paused.is_none() && state.end.0 - app.app.now().micros() >= 300_000_000,
            "a whole window"
        );
        let grave = Grave::Terminate { reason: "x".into() };
        assert!(
            lot.log
                .order(lot.id, Command::Propose { by: Officer(1), grave })
                .await
                .is_ok()
        );
    }
);

both!(sealed_offers_are_opened_together_after_the_deadline, |app| {
    let mode = Mode::Sealed {
        open_secs: 600,
        runoff_secs: 600,
    };
    let (lot, mut clients) = app.live_lot(mode, 2).await;
    let mut officer = app.role(Role::Centre, None, None).await;
    for (n, amounts) in [(0, ["650000", "700000"]), (1, ["680000", "690000"])] {
        for (key, amount) in ["1", "2"].into_iter().zip(amounts) {
            let form = [("deed", "seal"), ("key", key), ("amount", amount)];
            let answer = send(&mut clients[n], &lot.path("bids"), &form).await.expect(200).json();
            assert_eq!(answer["state"], "placed", "revisable until the deadline: {answer}");
        }
    }
    let page = clients[0].get(&lot.path("room")).await.expect(200).text();
    assert!(page.contains("已密封收到") && !page.contains("700,000"), "{page}");
    let package = lot.log.package(lot.id, &[]).await.unwrap();
    assert!(!package.contains("70000000"), "the log has commitments alone");
    let early = officer.post(&lot.path("console"), &[("deed", "open")]).await;
    assert_eq!(early.status, 422, "not before the deadline");
    app.clock.advance_secs(600);
    lot.log.send(lot.id, Command::Tick).await.unwrap();
    assert_eq!(lot.phase().await, Phase::Unsealing);
    let _ = officer
        .post(&lot.path("console"), &[("deed", "open")])
        .await
        .expect(303);
    lot.log.send(lot.id, Command::Tick).await.unwrap();
    let state = lot.log.state(lot.id).await.unwrap().unwrap().state;
    assert_eq!(state.award, Some((Paddle(101), Fen::new(70_000_000))));
    let page = clients[1].get(&lot.path("room")).await.expect(200).text();
    assert!(page.contains("暂定成交价") && page.contains("¥700,000.00"), "{page}");
});

#[tokio::test]
async fn a_proxy_bids_up_to_its_ceiling_and_no_further() {
    let app = TestApp::lite().await;
    let (lot, mut clients) = app.live_lot(ENGLISH, 2).await;
    let page = clients[0].get(&lot.path("room")).await.expect(200).text();
    assert!(page.contains("代理出价"), "{page}");
    let _ = clients[0]
        .post(&lot.path("proxy"), &[("ceiling", "多一点")])
        .await
        .expect(422);
    let _ = clients[0]
        .post(&lot.path("proxy"), &[("ceiling", "62万")])
        .await
        .expect(303);
    let lead = async || lot.log.state(lot.id).await.unwrap().unwrap().state.lead;
    let wait = async |paddle: u32| {
        for _ in 0..100 {
            if lead().await.is_some_and(|lead| lead.bidder == Paddle(paddle)) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{paddle} leads: {:?}", lead().await);
    };
    wait(101).await;
    let bid = |amount: &'static str, key: &'static str| [("deed", "bid"), ("key", key), ("amount", amount)];
    let answer = send(&mut clients[1], &lot.path("bids"), &bid("606000", "1"))
        .await
        .expect(200)
        .json();
    assert_eq!(answer["state"], "placed");
    wait(101).await;
    let page = clients[1].get(&lot.path("room")).await.expect(200).text();
    assert!(page.contains("他人（101 号）代理出价"), "marked as a proxy's: {page}");
    let rest = send(&mut clients[1], &lot.path("bids"), &bid("624000", "2"))
        .await
        .expect(200)
        .json();
    assert_eq!(rest["state"], "placed", "{rest}");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(
        lead().await.unwrap().bidder,
        Paddle(102),
        "beyond the ceiling it is silent"
    );
    let mut conn = app.app.read().await.unwrap();
    let sealed: Vec<u8> = db::on!(&mut conn, c => sqlx::query_scalar("SELECT ceiling FROM lot_proxy WHERE lot_id = $1")
        .bind(lot.id).fetch_one(c).await)
    .unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("62000000"), "sealed at rest");
}

#[tokio::test]
async fn a_watcher_gets_where_the_lot_stands_and_every_update() {
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;
    let app = TestApp::lite().await;
    let (lot, mut clients) = app.live_lot(ENGLISH, 2).await;
    let open = async |last: Option<u64>| {
        let mut request = Request::get(lot.path("events"));
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = app
            .router
            .clone()
            .oneshot(request.body(axum::body::Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        response.into_body()
    };
    let next = async |body: &mut axum::body::Body| {
        let wait = std::time::Duration::from_secs(5);
        let frame = tokio::time::timeout(wait, body.frame())
            .await
            .expect("in time")
            .expect("a frame")
            .unwrap();
        String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
    };
    let mut first = open(None).await;
    assert!(next(&mut first).await.starts_with("retry:"));
    let event = next(&mut first).await;
    let seq = lot.log.state(lot.id).await.unwrap().unwrap().state.seq;
    assert!(event.starts_with(&format!("id: {seq}\ndata: {{")), "{event}");
    let form = [("deed", "bid"), ("key", "1"), ("quick", "60000000")];
    let _ = send(&mut clients[0], &lot.path("bids"), &form).await.expect(200);
    let event = next(&mut first).await;
    assert!(
        event.contains("\"price\":60000000") && event.contains(&format!("id: {}", seq + 1)),
        "{event}"
    );
    // Who was away and has seen everything gets nothing twice; who missed something gets it at once.
    let mut back = open(Some(seq)).await;
    assert!(next(&mut back).await.starts_with("retry:"));
    assert!(next(&mut back).await.contains("\"price\":60000000"));
    assert_eq!(
        app.visitor()
            .get("/lots/00000000-0000-7000-8000-000000000001/events")
            .await
            .status,
        404
    );
}

both!(what_is_over_is_shown_from_the_mirror, |app| {
    let (lot, _) = app.live_lot(ENGLISH, 1).await;
    let mut visitor = app.visitor();
    let page = visitor.get("/hall").await.expect(200).text();
    assert!(page.contains("自由报价"), "{page}");
    // The log says otherwise: whoever reads it for a lot that the mirror says is over is found out.
    let mut conn = app.app.db.write().await.unwrap();
    db::on!(&mut conn, c => sqlx::query(
        "UPDATE lot SET phase = 'confirmed', seq = 1000000, price_fen = 71234500, bids = 7, bidders = 3, award_paddle = 101 WHERE id = $1")
        .bind(lot.id).execute(c).await.map(|_| ()))
    .unwrap();
    conn.commit().await.unwrap();
    let page = visitor.get("/hall").await.expect(200).text();
    assert!(
        page.contains("成交价") && page.contains("¥712,345.00") && page.contains("7 次报价"),
        "{page}"
    );
    let page = visitor.get("/en/hall").await.expect(200).text();
    assert!(page.contains("Sold at") && page.contains("Bids: 7"), "{page}");
});

both!(each_day_the_heads_of_the_logs_are_public, |app| {
    let (lot, mut clients) = app.live_lot(ENGLISH, 1).await;
    let bid = [("deed", "bid"), ("key", "1"), ("amount", "600000")];
    let _ = send(&mut clients[0], &lot.path("bids"), &bid).await.expect(200);
    let mut visitor = app.visitor();
    let empty = visitor.get("/hall/digest").await.expect(200).text();
    assert!(!empty.contains(&lot.id.to_string()), "{empty}");
    let head = lot.log.state(lot.id).await.unwrap().unwrap();
    let day = app.app.now().date_in_cn().to_string();
    app.clock
        .set(kernel::Stamp::start_of(app.app.now().date_in_cn()).plus_days(1));
    app.tick().await;
    let page = visitor.get("/hall/digest").await.expect(200).text();
    assert!(
        page.contains(&format!("<h2>{day}</h2>")) && page.contains(&lot.log.public_key()),
        "{page}"
    );
    assert!(page.contains(&format!("/lots/{}/proof", lot.id)), "{page}");
    // What stands there is a place in the log: whoever holds the day's page can hold the package against it.
    let row = page.rsplit_once(&lot.id.to_string()).unwrap().1;
    let shown = row.split("code-wide\">").nth(1).unwrap().split('<').next().unwrap();
    let package = lot.log.package(lot.id, &[]).await.unwrap();
    assert!(package.contains(&format!("\nstep {shown} ")), "{shown}");
    let seq: u64 = row
        .split("<td class=\"n\"")
        .nth(1)
        .unwrap()
        .split('>')
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!(seq >= head.state.seq, "{seq}");
    // Written once: a later tick changes nothing of that day.
    app.clock.advance_secs(1000);
    app.tick().await;
    let again = visitor.get("/hall/digest").await.expect(200).text();
    assert_eq!(again.matches(shown).count(), 1, "{again}");
});
