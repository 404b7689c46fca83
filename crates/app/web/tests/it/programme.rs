//! The programme: told to everyone, changed by the centre only, another year's and place's runs without a change of code.

use jcore::Role;
use testkit::both;

both!(the_programme_is_told_changed_and_waived, |app| {
    let mut visitor = app.visitor();
    let page = visitor.get("/programme").await.expect(200).text();
    assert!(
        page.contains("拍卖季") && page.contains("R060"),
        "the plan's rules and places"
    );
    assert!(page.contains("69"), "the bidding days of 2023");
    let page = visitor.get("/en/programme").await.expect(200).text();
    assert!(
        page.contains("Auction Season") || page.contains("auction season"),
        "{page}"
    );
    let ics = visitor.get("/programme/calendar.ics").await.expect(200).text();
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.matches("BEGIN:VEVENT").count() > 60);

    let mut centre = app.role(Role::Centre, None, None).await;
    let bad = "key = \"x\"\nyear = \"soon\"\n";
    let page = centre
        .post("/centre/programme", &[("text", bad)])
        .await
        .expect(422)
        .text();
    assert!(page.contains("第 2 行"), "the mistake's line is named: {page}");
    let _ = centre
        .post("/centre/programme", &[("shipped", "ningbo-2024")])
        .await
        .expect(303);
    let page = visitor.get("/zh/programme").await.expect(200).text();
    assert!(
        page.contains("宁波") && !page.contains("江苏省2023年"),
        "another programme is in force"
    );
    let value = visitor.get("/api/v1/programme").await.expect(200).json();
    assert_eq!(value["programme"]["key"], "ningbo-2024");

    let _ = centre
        .post("/centre/programme", &[("shipped", "jiangsu-2023")])
        .await
        .expect(303);
    let org = app
        .organisation("江淮理工大学", "university", "12320000MA0000007X", "320102")
        .await;
    let rule = "offers-per-organisation";
    let fields = [
        ("rule", rule),
        ("identity", "12320000MA0000007X"),
        ("reason", "学科多，择优报送"),
    ];
    let _ = centre.post("/centre/programme/waivers", &fields).await.expect(303);
    let mut conn = app.app.read().await.unwrap();
    assert!(
        programme::has_waiver(&mut conn, "jiangsu-2023", rule, org)
            .await
            .unwrap()
    );
    assert!(
        !programme::has_waiver(&mut conn, "jiangsu-2023", "other", org)
            .await
            .unwrap()
    );
    drop(conn);
    let page = centre.get("/centre/programme").await.expect(200).text();
    assert!(page.contains("学科多，择优报送"));
    let fields = [("rule", "fair-attendees"), ("identity", "1"), ("reason", "x")];
    let page = centre
        .post("/centre/programme/waivers", &fields)
        .await
        .expect(422)
        .text();
    assert!(page.contains("没有找到信用代码"), "{page}");
});
