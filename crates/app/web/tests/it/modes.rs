//! Every mode played over HTTP from its announcement to a confirmed award and a package that holds, on both engines.

use testkit::both;

use crate::auctions_given::{
    announced, begins, bidder, bids, does, follows, joined, offers, paid, runs, scene, sold, told,
};

both!(english_with_a_match_by_priority_and_the_hammer, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[("priority", "hall"), ("hammer", "officer")]).await;
    let mut a = joined(&app, &mut scene, lot, "赵一", true).await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    paid(&mut scene, lot, &[&a, &b]).await;
    let page = app.visitor().get(&format!("/lots/{lot}")).await.expect(200).text();
    assert!(page.contains("落槌确认") && page.contains("由工作人员确认"), "{page}");
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b]).await;
    let room = format!("/lots/{lot}/room");
    let form = b.client.get(&room).await.expect(200).text();
    assert!(!form.contains("value=\"match\""), "who has no right is not offered it");
    let refused = b
        .client
        .post(&format!("/lots/{lot}/bids"), &[("deed", "match"), ("key", "9")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(bids(&mut b, lot, 500_000, 1).await["accepted"], true);
    runs(&app, lot, 60).await;
    assert_eq!(bids(&mut b, lot, 505_000, 2).await["refused"], "own-lead");
    let form = a.client.get(&room).await.expect(200).text();
    assert!(form.contains("value=\"match\""), "{form}");
    does(&mut a, lot, &[("deed", "match"), ("key", "1")]).await;
    let page = b.client.get(&room).await.expect(200).text();
    assert!(page.contains(&format!("他人领先（{} 号）", a.paddle)), "{page}");
    let state = app
        .visitor()
        .get(&format!("/api/v1/lots/{lot}/state"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&state["matched"], &state["price"]),
        (&true.into(), &50_000_000.into()),
        "{state}"
    );
    // The match began a whole window: another bid is taken within it, and matched again.
    runs(&app, lot, 50).await;
    assert_eq!(bids(&mut b, lot, 505_000, 3).await["accepted"], true);
    does(&mut a, lot, &[("deed", "match"), ("key", "2")]).await;
    runs(&app, lot, 61).await;
    follows(&app).await;
    // Bidding is closed; without an officer's word there is no award.
    assert_eq!(told(&mut scene.one, lot).await["phase"], "closing");
    let page = app.visitor().get(&room).await.expect(200).text();
    assert!(page.contains("等待工作人员确认落槌"), "{page}");
    let console = format!("/lots/{lot}/console");
    let _ = scene.seller.post(&console, &[("deed", "hammer")]).await.expect(403);
    let page = scene.one.get(&console).await.expect(200).text();
    assert!(
        page.contains("value=\"hammer\"") && page.contains("¥505,000.00"),
        "{page}"
    );
    let _ = scene.one.post(&console, &[("deed", "hammer")]).await.expect(303);
    let _ = scene.two.post(&console, &[("deed", "hammer")]).await.expect(422);
    sold(&app, &mut scene, lot, a.paddle, 505_000).await;
});

both!(sealed_offers_are_opened_by_the_platform, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(
        &mut scene,
        &[
            ("mode", "sealed"),
            ("open", "2"),
            ("runoff", "1"),
            ("reserve", "52万元"),
        ],
    )
    .await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    paid(&mut scene, lot, &[&a, &b]).await;
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b]).await;
    // Equals run off once.
    offers(&mut a, lot, "540000").await;
    offers(&mut b, lot, "540000").await;
    app.tick().await;
    assert_eq!(
        told(&mut scene.one, lot).await["phase"],
        "offers",
        "nothing is opened before the deadline"
    );
    runs(&app, lot, 121).await;
    assert_eq!(
        told(&mut scene.one, lot).await["phase"],
        "offers",
        "the mirror is a job's"
    );
    app.tick().await;
    let state = app
        .visitor()
        .get(&format!("/api/v1/lots/{lot}/state"))
        .await
        .expect(200)
        .json();
    assert_eq!(state["phase"], "offers", "the run-off: {state}");
    does(&mut a, lot, &[("deed", "seal"), ("key", "2"), ("amount", "550000")]).await;
    does(&mut b, lot, &[("deed", "seal"), ("key", "2"), ("amount", "560000")]).await;
    runs(&app, lot, 61).await;
    sold(&app, &mut scene, lot, b.paddle, 560_000).await;
});

both!(a_falling_price_is_taken, |app| {
    let mut scene = scene(&app).await;
    let more = [
        ("mode", "dutch"),
        ("dutch_step", "5000"),
        ("dwell", "60"),
        ("floor", "40万元"),
    ];
    let lot = announced(&mut scene, &more).await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    paid(&mut scene, lot, &[&a, &b]).await;
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b]).await;
    runs(&app, lot, 61).await;
    // Who saw the price before it fell is told, and does not buy at another one.
    let path = format!("/lots/{lot}/bids");
    let refused = a
        .client
        .post(&path, &[("deed", "accept"), ("key", "1"), ("step", "0")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    does(&mut b, lot, &[("deed", "accept"), ("key", "1"), ("step", "1")]).await;
    let late = a
        .client
        .post(&path, &[("deed", "accept"), ("key", "2"), ("step", "1")])
        .await;
    assert_eq!(late.status, 422, "one winner: {}", late.text());
    sold(&app, &mut scene, lot, b.paddle, 495_000).await;
});

both!(a_listing_with_two_takers_goes_on_in_the_open, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(
        &mut scene,
        &[("mode", "listed"), ("open", "2"), ("then", "english"), ("round", "60")],
    )
    .await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    let mut c = bidder(&app, &mut scene, lot, "孙三").await;
    paid(&mut scene, lot, &[&a, &b, &c]).await;
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b, &mut c]).await;
    does(&mut a, lot, &[("deed", "take"), ("key", "1")]).await;
    does(&mut b, lot, &[("deed", "take"), ("key", "1")]).await;
    runs(&app, lot, 121).await;
    assert_eq!(bids(&mut c, lot, 505_000, 1).await["refused"], "not-in-round");
    assert_eq!(bids(&mut a, lot, 500_000, 2).await["accepted"], true);
    assert_eq!(bids(&mut b, lot, 505_000, 2).await["accepted"], true);
    runs(&app, lot, 61).await;
    sold(&app, &mut scene, lot, b.paddle, 505_000).await;
});

both!(a_listing_with_one_taker_is_theirs_at_its_price, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(
        &mut scene,
        &[("mode", "listed"), ("open", "2"), ("then", "sealed"), ("round", "60")],
    )
    .await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    paid(&mut scene, lot, &[&a]).await;
    begins(&app, &mut scene, lot, &mut [&mut a]).await;
    does(&mut a, lot, &[("deed", "take"), ("key", "1")]).await;
    runs(&app, lot, 121).await;
    sold(&app, &mut scene, lot, a.paddle, 500_000).await;
});

both!(a_holder_of_priority_is_asked_after_the_close, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[("priority", "ask"), ("ask", "60")]).await;
    let mut a = joined(&app, &mut scene, lot, "赵一", true).await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    paid(&mut scene, lot, &[&a, &b]).await;
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b]).await;
    assert_eq!(bids(&mut b, lot, 500_000, 1).await["accepted"], true);
    runs(&app, lot, 122).await;
    let page = a.client.get(&format!("/lots/{lot}/room")).await.expect(200).text();
    assert!(page.contains("name=\"takes\""), "{page}");
    does(&mut a, lot, &[("deed", "answer"), ("key", "1"), ("takes", "yes")]).await;
    sold(&app, &mut scene, lot, a.paddle, 500_000).await;
});
