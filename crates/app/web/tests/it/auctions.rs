//! Lots from an offer to a confirmed award, over HTTP, on both engines.

use http::Method;
use jcore::Role;
use testkit::both;

use crate::auctions_given::{
    announced, asks, begins, bidder, bids, drafted, fields, id_in, notice, offers, paid, runs, scene, sold, statement,
    told,
};
use crate::given;

both!(an_offer_becomes_a_lot_and_finds_its_buyer, |app| {
    let mut scene = scene(&app).await;
    let lot = drafted(&mut scene, &[("reserve", "51万元")]).await;
    let page = format!("/lots/{lot}");
    let _ = app.visitor().get(&page).await.expect(404);
    let hash = notice(&mut scene.one, lot).await;
    let approve = format!("{page}/approve");
    let _ = scene.seller.post(&approve, &[("hash", &hash)]).await.expect(403);
    let _ = scene.one.post(&approve, &[("hash", "0")]).await.expect(409);
    let _ = scene.one.post(&approve, &[("hash", &hash)]).await.expect(303);
    let _ = scene.one.post(&approve, &[("hash", &hash)]).await.expect(409);
    let _ = scene.one.post(&format!("{page}/announce"), &[]).await.expect(409);
    let _ = scene.two.post(&approve, &[("hash", &hash)]).await.expect(303);
    let _ = scene.one.post(&format!("{page}/announce"), &[]).await.expect(303);
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(
        text.contains("公告中") && text.contains("¥500,000.00") && text.contains(&hash),
        "{text}"
    );
    assert!(!text.contains("510,000"), "the reserve is secret");
    let list = app.visitor().get("/lots?when=coming").await.expect(200).text();
    assert!(list.contains("高温合金叶片专利权"), "{list}");

    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    let mut c = bidder(&app, &mut scene, lot, "孙三").await;
    let _ = a.client.post(&format!("{page}/pledge"), &[]).await.expect(303);
    paid(&mut scene, lot, &[&a, &b]).await;
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b, &mut c]).await;
    assert_eq!(told(&mut scene.one, lot).await["phase"], "free");
    assert_eq!(bids(&mut a, lot, 500_000, 1).await["accepted"], true);
    runs(&app, lot, 60).await;
    assert_eq!(bids(&mut b, lot, 515_000, 1).await["accepted"], true);
    assert_eq!(bids(&mut c, lot, 520_000, 1).await["refused"], "no-deposit");
    runs(&app, lot, 61).await;
    app.tick().await;
    let body = told(&mut scene.one, lot).await;
    assert_eq!(body["phase"], "publicity", "{body}");
    assert_eq!(body["award_paddle"], b.paddle);
    assert_eq!(body["price_fen"], 51_500_000);

    // Five working days from Wednesday, 28 June: 29, 30, 3, 4, 5 July.
    let until = testkit::day(2023, 7, 6, 0);
    assert_eq!(body["published_until"], until.micros());
    let _ = scene.one.post(&format!("{page}/confirm"), &[]).await.expect(422);
    app.clock.set(until);
    scene.again(&app).await;
    a.again(&app).await;
    b.again(&app).await;
    let _ = scene.seller.post(&format!("{page}/confirm"), &[]).await.expect(403);
    let _ = scene.one.post(&format!("{page}/confirm"), &[]).await.expect(303);
    assert_eq!(told(&mut scene.one, lot).await["phase"], "confirmed");
    let paper = b.client.get(&format!("{page}/confirmation")).await.expect(200).text();
    assert!(
        paper.contains("钱二") && paper.contains("伍拾壹万伍仟元整") && paper.contains("肆拾陆万伍仟元整"),
        "{paper}"
    );
    let word = b
        .client
        .get(&format!("{page}/confirmation.docx"))
        .await
        .expect(200)
        .bytes;
    assert!(word.starts_with(b"PK"));
    let _ = a.client.get(&format!("{page}/confirmation")).await.expect(404);
    let results = app.visitor().get("/results?when=sold").await.expect(200).text();
    assert!(
        results.contains("高温合金叶片专利权") && results.contains("¥515,000.00"),
        "{results}"
    );

    // The others' deposits go back; the winner's counts towards the price.
    let ledger = scene.one.get("/centre/deposits").await.expect(200).text();
    assert!(
        ledger.contains(&format!("{} 号", a.paddle)) && !ledger.contains(&format!("{} 号", b.paddle)),
        "{ledger}"
    );
    let _ = scene.one.post("/centre/deposits/refunds", &[]).await.expect(303);
    let _ = scene.one.post("/centre/deposits/refunds", &[]).await.expect(409);
    let ledger = scene.one.get("/centre/deposits").await.expect(200).text();
    let file = ledger
        .split("/centre/deposits/refunds/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let file = scene
        .one
        .get(&format!("/centre/deposits/refunds/{file}"))
        .await
        .expect(200)
        .bytes;
    let grids = sheets::read("x.xlsx", &file, &sheets::Limits::default()).unwrap();
    let cells: Vec<String> = grids[0].rows.iter().flatten().map(|cell| cell.text()).collect();
    assert!(
        cells.contains(&"赵一".to_owned()) && cells.contains(&"50000.00".to_owned()),
        "{cells:?}"
    );
    let mine = b.client.get("/my/bids").await.expect(200).text();
    assert!(mine.contains("您已竞得") && mine.contains("抵作价款"), "{mine}");
});

both!(what_is_wrong_with_a_lot_stands_at_its_field, |app| {
    let mut scene = scene(&app).await;
    let entry = scene.entry.to_string();
    let wrong = fields(&[("starts", "2023-06-29T09:30"), ("deposit", "40"), ("start", "面议")]);
    let mut sent = vec![("entry", entry.as_str())];
    sent.extend(wrong.iter().copied());
    let text = scene.seller.post("/lots/new", &sent).await.expect(422).text();
    assert!(
        text.contains("2023-06-29 不是竞价日，最近可选 2023-06-30、2023-07-05"),
        "{text}"
    );
    assert!(text.contains("“面议”不是一个确定的金额"), "{text}");
    assert!(text.contains("value=\"高温合金叶片专利权\""), "what was typed stays");
    let _ = scene.seller.get(&format!("/lots/new?entry={entry}")).await.expect(200);
    let mut stranger = app
        .role(
            Role::Manager,
            Some(given::org(&app, given::OTHER, "company").await),
            None,
        )
        .await;
    let _ = stranger.get(&format!("/lots/new?entry={entry}")).await.expect(403);
    let lot = drafted(&mut scene, &[]).await;
    let good = fields(&[]);
    let mut sent = vec![("entry", entry.as_str())];
    sent.extend(good.iter().copied());
    let text = scene.seller.post("/lots/new", &sent).await.expect(422).text();
    assert!(text.contains("已在另一标的中"), "{text}");

    // A change asks for both approvals again.
    let hash = notice(&mut scene.one, lot).await;
    let approve = format!("/lots/{lot}/approve");
    let _ = scene.one.post(&approve, &[("hash", &hash)]).await.expect(303);
    let form = scene.seller.get(&format!("/lots/{lot}/edit")).await.expect(200).text();
    assert!(form.contains("已有 1 人复核"), "{form}");
    let mut changed = fields(&[("start", "60万元")]);
    changed.push(("version", "1"));
    let _ = scene
        .seller
        .post(&format!("/lots/{lot}/edit"), &changed)
        .await
        .expect(303);
    let _ = scene
        .seller
        .post(&format!("/lots/{lot}/edit"), &changed)
        .await
        .expect(409);
    let _ = scene.two.post(&approve, &[("hash", &hash)]).await.expect(409);
    let hash = notice(&mut scene.one, lot).await;
    let _ = scene.two.post(&approve, &[("hash", &hash)]).await.expect(303);
    assert_eq!(
        told(&mut scene.one, lot).await["state"],
        "draft",
        "one of the second notice"
    );
    let _ = scene
        .one
        .post(&format!("/lots/{lot}/send-back"), &[("reason", "起拍价有误")])
        .await
        .expect(303);
    let inbox = scene.seller.get("/inbox").await.expect(200).text();
    assert!(inbox.contains("起拍价有误"), "{inbox}");
});

both!(who_may_not_bid_is_kept_out, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[("representative", "闻人牧")]).await;
    let path = format!("/lots/{lot}/register");
    let hash = notice(&mut scene.one, lot).await;
    let university = scene.university.to_string();
    let text = scene
        .seller
        .upload(&path, &asks(&university, &hash), "无.pdf", b"")
        .await
        .expect(422)
        .text();
    assert!(text.contains("出让方自己"), "{text}");
    let company = given::org(&app, given::COMPANY, "company").await;
    let org = company.to_string();
    let mut manager = app.role(Role::Manager, Some(company), None).await;
    let text = manager
        .upload(&path, &asks(&org, &hash), "无.pdf", b"")
        .await
        .expect(422)
        .text();
    assert!(text.contains("法定代表人与出让方相同"), "{text}");
    let mut sent = asks(&org, &hash);
    sent.retain(|(key, _)| *key != "representative");
    sent.push(("representative", "褚遥岑"));
    sent.push(("group", "1"));
    let text = manager.upload(&path, &sent, "无.pdf", b"").await.expect(422).text();
    assert!(text.contains("同一控制下"), "{text}");
    sent.retain(|(key, _)| *key != "group");
    sent.retain(|(key, _)| *key != "accepts");
    let text = manager.upload(&path, &sent, "无.pdf", b"").await.expect(422).text();
    assert!(text.contains("请勾选接受公告和规则"), "{text}");
    sent.push(("accepts", &hash));
    let mut member = app.role(Role::Member, Some(company), None).await;
    let text = member.upload(&path, &sent, "无.pdf", b"").await.expect(422).text();
    assert!(text.contains("授权委托书"), "{text}");
    let _ = manager.upload(&path, &sent, "无.pdf", b"").await.expect(303);
    let _ = manager.upload(&path, &sent, "无.pdf", b"").await.expect(422);
    let desk = scene.one.get("/centre/lots").await.expect(200).text();
    assert!(desk.contains("1 人待审核"), "{desk}");
    let desk = scene
        .one
        .get(&format!("/centre/lots/{lot}/bidders"))
        .await
        .expect(200)
        .text();
    assert!(desk.contains(given::COMPANY.0) && desk.contains("褚遥岑"), "{desk}");
    let id = id_in(desk.split("/centre/bidders/").nth(1).unwrap());
    let _ = manager
        .post(&format!("/centre/bidders/{id}/admit"), &[])
        .await
        .expect(403);
    let _ = scene
        .one
        .post(&format!("/centre/bidders/{id}/refuse"), &[("reason", "经营范围不符")])
        .await
        .expect(303);
    let page = manager.get(&format!("/lots/{lot}")).await.expect(200).text();
    assert!(page.contains("未准入") && page.contains("经营范围不符"), "{page}");
    let public = app.visitor().get(&format!("/lots/{lot}")).await.expect(200).text();
    assert!(
        !public.contains(given::COMPANY.0) && !public.contains("褚遥岑"),
        "who bids is hidden"
    );
});

both!(a_statement_counts_once_and_what_fits_nobody_is_listed, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    let a = bidder(&app, &mut scene, lot, "赵一").await;
    let b = bidder(&app, &mut scene, lot, "钱二").await;
    let remark = format!("保证金{}", a.code.to_lowercase());
    let lines = [
        ("赵一", "50,000.00", remark.as_str()),
        ("钱二", "5000", b.code.as_str()),
        ("钱二", "50000", "投标"),
    ];
    let path = "/centre/deposits/statements";
    let _ = a
        .client
        .clone()
        .upload(path, &[], "流水.csv", &statement(&lines))
        .await
        .expect(403);
    let _ = scene.one.upload(path, &[], "流水.csv", b"a,b\n1,2\n").await.expect(422);
    let _ = scene
        .one
        .upload(path, &[], "流水.csv", &statement(&lines))
        .await
        .expect(303);
    let page = scene.one.get("/centre/deposits").await.expect(200).text();
    assert!(
        page.contains("金额与应缴保证金不符") && page.contains("附言中没有缴款码"),
        "{page}"
    );
    assert!(page.contains("新增 3，对应 1"), "{page}");
    // The same file, and a longer one of the same days, change nothing for what was known.
    let _ = scene
        .one
        .upload(path, &[], "流水.csv", &statement(&lines))
        .await
        .expect(303);
    let more = [lines[0], lines[1], lines[2], ("李四", "7", "利息")];
    let _ = scene
        .one
        .upload(path, &[], "流水2.csv", &statement(&more))
        .await
        .expect(303);
    let page = scene.one.get("/centre/deposits").await.expect(200).text();
    assert!(page.contains("新增 1，对应 0"), "{page}");
    let line = |page: &str, payer: &str, amount: &str| {
        let row = page
            .split("<li>")
            .find(|row| row.contains(payer) && row.contains(amount))
            .unwrap()
            .to_owned();
        id_in(row.split("/centre/deposits/lines/").nth(1).unwrap())
    };
    let small = line(&page, "钱二", "¥5,000.00");
    let text = scene
        .one
        .post(&format!("/centre/deposits/lines/{small}/assign"), &[("code", &b.code)])
        .await
        .expect(422)
        .text();
    assert!(text.contains("金额与应缴保证金不符"), "{text}");
    let whole = line(&page, "钱二", "¥50,000.00");
    let assign = format!("/centre/deposits/lines/{whole}/assign");
    let _ = scene.one.post(&assign, &[("code", &b.code)]).await.expect(303);
    let _ = scene.one.post(&assign, &[("code", &b.code)]).await.expect(422);
    let other = line(&page, "李四", "¥7.00");
    let _ = scene
        .one
        .post(&format!("/centre/deposits/lines/{other}/aside"), &[("note", "利息")])
        .await
        .expect(303);
    let _ = scene
        .one
        .post(&format!("/centre/deposits/lots/{lot}/confirm"), &[])
        .await
        .expect(303);
    let logs = auctions::auctions(&app.app).unwrap();
    let state = logs.state(lot).await.unwrap().unwrap().state;
    assert!(
        state.bidders.keys().all(|paddle| state.ledger.is_good(*paddle)),
        "both may bid"
    );
    assert_eq!(state.ledger.sum(), 0);
});

both!(a_lot_that_found_nobody_is_on_sale_again_for_a_fifth_less, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    begins(&app, &mut scene, lot, &mut []).await;
    runs(&app, lot, 121).await;
    app.tick().await;
    let page = format!("/lots/{lot}");
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(text.contains("流拍") && text.contains("无人出价"), "{text}");
    let answer = scene.seller.post(&format!("{page}/relist"), &[]).await.expect(303);
    let again = id_in(answer.location());
    let times = [("registers_until", "2023-07-11T17:00"), ("starts", "2023-07-12T09:30")];
    let mut sent = fields(&[times[0], times[1], ("start", "39万元")]);
    sent.push(("version", "1"));
    let text = scene
        .seller
        .post(&format!("/lots/{again}/edit"), &sent)
        .await
        .expect(422)
        .text();
    assert!(text.contains("至少 ¥400,000.00"), "{text}");
    let mut sent = fields(&[times[0], times[1], ("start", "40万元")]);
    sent.push(("version", "1"));
    let _ = scene
        .seller
        .post(&format!("/lots/{again}/edit"), &sent)
        .await
        .expect(303);
    let _ = scene.seller.post(&format!("{page}/relist"), &[]).await.expect(409);
    assert_eq!(told(&mut scene.seller, again).await["round"], 2);
});

both!(a_change_after_the_announcement_is_a_new_notice, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    let a = bidder(&app, &mut scene, lot, "赵一").await;
    paid(&mut scene, lot, &[&a]).await;
    let page = format!("/lots/{lot}");
    let _ = scene
        .seller
        .post(&format!("{page}/edit"), &fields(&[]))
        .await
        .expect(409);
    let _ = scene
        .one
        .post(&format!("{page}/replace"), &[("reason", " ")])
        .await
        .expect(422);
    let answer = scene
        .one
        .post(&format!("{page}/replace"), &[("reason", "时间有误")])
        .await
        .expect(303);
    let new = id_in(answer.location());
    assert_ne!(new, lot);
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(text.contains("终结") && text.contains("时间有误"), "{text}");
    let ledger = scene.one.get("/centre/deposits").await.expect(200).text();
    assert!(
        ledger.contains(&format!("{} 号", a.paddle)),
        "the deposit goes back: {ledger}"
    );
    assert_eq!(told(&mut scene.one, new).await["state"], "draft");
});

both!(a_buyer_who_withdraws_loses_the_deposit, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    paid(&mut scene, lot, &[&a]).await;
    begins(&app, &mut scene, lot, &mut [&mut a]).await;
    assert_eq!(bids(&mut a, lot, 500_000, 1).await["accepted"], true);
    runs(&app, lot, 121).await;
    app.tick().await;
    let path = format!("/lots/{lot}/default");
    let _ = scene.one.post(&path, &[("reason", "")]).await.expect(422);
    let _ = scene.one.post(&path, &[("reason", "逾期未签约")]).await.expect(303);
    let body = told(&mut scene.one, lot).await;
    assert_eq!(body["phase"], "defaulted");
    let mine = a.client.get("/my/bids").await.expect(200).text();
    assert!(mine.contains("不予退还"), "{mine}");
    let _ = scene.seller.post(&format!("/lots/{lot}/relist"), &[]).await.expect(303);
});

both!(questions_are_answered_for_everyone_and_watchers_are_reminded, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    let user = app.person("周四", &[]).await;
    let mut reader = app.sign_in(user).await;
    let page = format!("/lots/{lot}");
    let _ = reader
        .post(&format!("{page}/questions"), &[("text", "是否含工艺文件？")])
        .await
        .expect(303);
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(!text.contains("是否含工艺文件"), "not before it is answered");
    let own = scene.seller.get(&page).await.expect(200).text();
    let question = id_in(own.split("/lots/questions/").nth(1).unwrap());
    let answer = format!("/lots/questions/{question}/answer");
    let _ = reader.post(&answer, &[("answer", "是")]).await.expect(403);
    let _ = scene
        .seller
        .post(&answer, &[("answer", "包含全部工艺文件")])
        .await
        .expect(303);
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(
        text.contains("是否含工艺文件") && text.contains("包含全部工艺文件") && !text.contains("周四"),
        "{text}"
    );
    let _ = reader.post(&format!("{page}/watch"), &[("on", "1")]).await.expect(303);
    app.clock.set(testkit::day(2023, 6, 27, 12));
    app.tick().await;
    app.tick().await;
    app.clock.set(testkit::day(2023, 6, 28, 9).plus_secs(25 * 60));
    app.tick().await;
    let mut reader = app.sign_in(user).await;
    let inbox = reader.get("/inbox").await.expect(200).text();
    assert_eq!(inbox.matches("）将于 2023-06-28 09:30 开始竞价").count(), 1, "{inbox}");
    assert_eq!(inbox.matches("即将于 2023-06-28 09:30 开始竞价").count(), 1, "{inbox}");
    let mine = reader.get("/my/bids").await.expect(200).text();
    assert!(mine.contains("高温合金叶片专利权"), "{mine}");
});

both!(machines_do_the_same_by_the_api, |app| {
    let mut scene = scene(&app).await;
    let texts: std::collections::BTreeMap<&str, &str> = fields(&[]).into_iter().collect();
    let sent = serde_json::json!({ "entries": [scene.entry.to_string()], "fields": texts });
    let made = scene
        .seller
        .call(Method::POST, "/api/v1/lots", &sent)
        .await
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap().to_owned();
    let hash = serde_json::json!({ "notice_hash": made["notice_hash"] });
    let approvals = format!("/api/v1/lots/{id}/approvals");
    let _ = scene.one.call(Method::POST, &approvals, &hash).await.expect(200);
    let _ = scene.two.call(Method::POST, &approvals, &hash).await.expect(200);
    let none = serde_json::json!({});
    let body = scene
        .one
        .call(Method::POST, &format!("/api/v1/lots/{id}/announcement"), &none)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (body["state"].as_str(), body["phase"].as_str()),
        (Some("logged"), Some("announced"))
    );
    let list = app.visitor().get("/api/v1/lots?when=coming").await.expect(200).json();
    assert_eq!(list["count"], 1);
    assert_eq!(list["lots"][0]["rules"]["mode"]["kind"], "english");
    let offer = scene
        .seller
        .get(&format!("/offers/{}", scene.entry))
        .await
        .expect(200)
        .text();
    assert!(
        offer.contains(&format!("/lots/{id}")),
        "the offer's page leads to its lot"
    );
});

both!(an_open_licence_is_declared_announced_taken_and_withdrawn, |app| {
    let mut scene = scene(&app).await;
    let entry = scene.entry.to_string();
    let form = scene
        .seller
        .get(&format!("/licences/new?entry={entry}"))
        .await
        .expect(200)
        .text();
    assert!(form.contains("发明专利"), "{form}");
    let mut sent = vec![
        ("entry", entry.as_str()),
        ("base", "fixed"),
        ("fee", "2500万元"),
        ("payment", "一次付清"),
        ("until", "2028-12-31"),
        ("pledged", "1"),
    ];
    let path = "/licences/new";
    let text = scene.seller.upload(path, &sent, "无.pdf", b"").await.expect(422).text();
    // In 2023 the implementing regulations of 2023 were to come: what they forbid is told, like an unusual fee.
    assert!(text.contains("2024-01-20") && text.contains("一般不高于"), "{text}");
    sent.push(("confirmed", "1"));
    let answer = scene.seller.upload(path, &sent, "无.pdf", b"").await.expect(303);
    let id = id_in(answer.location());
    let page = format!("/licences/{id}");
    let _ = app.visitor().get(&page).await.expect(404);
    let _ = scene.seller.upload(path, &sent, "无.pdf", b"").await.expect(422);
    let mut ip = app.role(Role::IpCentre, None, None).await;
    let announce = format!("{page}/announce");
    let _ = scene
        .seller
        .post(&announce, &[("day", "2023-06-20"), ("number", "KF1")])
        .await
        .expect(403);
    let _ = ip
        .post(&announce, &[("day", "2023-06-20"), ("number", "KF2023-001")])
        .await
        .expect(303);
    let text = app.visitor().get(&page).await.expect(200).text();
    assert!(
        text.contains("已公告，未到生效日") && text.contains("KF2023-001"),
        "{text}"
    );
    let company = given::org(&app, given::COMPANY, "company").await;
    let user = app.person("褚遥岑", &[(Role::Manager, Some(company), None)]).await;
    let mut taker = app.sign_in(user).await;
    let org = company.to_string();
    let notice = [("org", org.as_str()), ("phone", "13811112222"), ("use_for", "自产自用")];
    let take = format!("{page}/take");
    let _ = taker.post(&take, &notice).await.expect(409);
    app.clock.set(testkit::day(2023, 6, 21, 9));
    scene.again(&app).await;
    let mut taker = app.sign_in(user).await;
    let _ = taker.post(&take, &notice).await.expect(303);
    let _ = taker.post(&take, &notice).await.expect(409);
    let public = app.visitor().get(&page).await.expect(200).text();
    assert!(!public.contains(given::COMPANY.0), "who takes it is the parties' own");
    let list = app.visitor().get("/api/v1/licences").await.expect(200).json();
    assert_eq!(
        (&list["count"], &list["licences"][0]["state"]),
        (&1.into(), &"open".into()),
        "{list}"
    );
    let one = app
        .visitor()
        .get(&format!("/api/v1/licences/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(one["terms"]["fee"], 2_500_000_000_i64);
    // While it runs the patent can't be sold or licensed exclusively.
    let fields = fields(&[("starts", "2023-07-05T09:30"), ("registers_until", "2023-07-04T09:30")]);
    let mut lot = vec![("entry", entry.as_str())];
    lot.extend(fields.iter().copied());
    let text = scene.seller.post("/lots/new", &lot).await.expect(422).text();
    assert!(text.contains("正在开放许可"), "{text}");
    let own = scene.seller.get(&page).await.expect(200).text();
    assert!(own.contains(given::COMPANY.0) && own.contains("自产自用"), "{own}");
    let step = format!(
        "/licences/takes/{}/step",
        id_in(own.split("/licences/takes/").nth(1).unwrap())
    );
    let _ = taker.post(&step, &[("to", "paid"), ("paid", "1")]).await.expect(403);
    let _ = scene.seller.post(&step, &[("to", "licensed")]).await.expect(409);
    let _ = scene
        .seller
        .post(&step, &[("to", "paid"), ("paid", "许多")])
        .await
        .expect(422);
    let _ = scene
        .seller
        .post(&step, &[("to", "paid"), ("paid", "2500万元")])
        .await
        .expect(303);
    let _ = scene.seller.post(&format!("{page}/withdraw"), &[]).await.expect(303);
    let _ = scene.seller.post(&format!("{page}/withdraw"), &[]).await.expect(409);
    // Withdrawing stops new licences alone.
    let _ = scene.seller.post(&step, &[("to", "licensed")]).await.expect(303);
    let _ = scene
        .seller
        .post(&step, &[("to", "filed"), ("number", "X2023320000001")])
        .await
        .expect(303);
    let mine = taker.get(&page).await.expect(200).text();
    assert!(
        mine.contains("已备案") && mine.contains("X2023320000001") && mine.contains("已撤回"),
        "{mine}"
    );
    let mut other = app.role(Role::Member, None, None).await;
    let _ = other
        .post(&take, &[("phone", "13800001111"), ("use_for", "试制")])
        .await
        .expect(409);
});

both!(an_open_licence_goes_its_way_by_the_api, |app| {
    let mut scene = scene(&app).await;
    let path = "/api/v1/licences";
    let mut sent = serde_json::json!({
        "entry": scene.entry.to_string(), "base": "fixed", "fee": "八万", "payment": "一次付清", "until": "2028-12-31",
    });
    let _ = app.visitor().call(Method::POST, path, &sent).await.expect(401);
    sent["fee"] = "".into();
    let wrong = scene.seller.call(Method::POST, path, &sent).await.expect(422).json();
    assert_eq!(wrong["error"]["fields"][0]["field"], "fee", "{wrong}");
    sent["fee"] = "8万元".into();
    let made = scene.seller.call(Method::POST, path, &sent).await.expect(201).json();
    assert_eq!(
        (&made["state"], &made["terms"]["fee"]),
        (&"declared".into(), &8_000_000.into()),
        "{made}"
    );
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let _ = app.visitor().get(&one).await.expect(404);
    let mut ip = app.role(Role::IpCentre, None, None).await;
    let announcement = format!("{one}/announcement");
    let said = serde_json::json!({ "day": "2023-06-14", "number": "KF2023-001" });
    let _ = scene.seller.call(Method::POST, &announcement, &said).await.expect(403);
    let announced = ip.call(Method::POST, &announcement, &said).await.expect(200).json();
    assert_eq!(announced["announcement_no"], "KF2023-001", "{announced}");
    app.clock.set(testkit::day(2023, 6, 21, 9));
    scene.again(&app).await;
    let mut taker = app.role(Role::Member, None, None).await;
    let takes = format!("{one}/takes");
    let notice = serde_json::json!({ "phone": "13811112222", "use_for": "自产自用" });
    let _ = app.visitor().call(Method::POST, &takes, &notice).await.expect(401);
    let mine = taker.call(Method::POST, &takes, &notice).await.expect(201).json();
    assert_eq!(mine["takes"][0]["state"], "notified", "{mine}");
    let _ = taker.call(Method::POST, &takes, &notice).await.expect(409);
    let mut other = app.role(Role::Member, None, None).await;
    let none = other.get(&takes).await.expect(200).json();
    assert_eq!(
        none["takes"].as_array().unwrap().len(),
        0,
        "others' takes are theirs: {none}"
    );
    let steps = format!(
        "/api/v1/licence-takes/{}/steps",
        mine["takes"][0]["id"].as_str().unwrap()
    );
    let paid = serde_json::json!({ "to": "paid", "paid": "8万元" });
    let _ = taker.call(Method::POST, &steps, &paid).await.expect(403);
    for (step, state) in [
        (paid, "paid"),
        (serde_json::json!({ "to": "licensed" }), "licensed"),
        (
            serde_json::json!({ "to": "filed", "number": "X2023320000001" }),
            "filed",
        ),
    ] {
        let body = scene.seller.call(Method::POST, &steps, &step).await.expect(200).json();
        assert_eq!(body["takes"][0]["state"], state, "{body}");
    }
    let withdrawal = format!("{one}/withdrawal");
    let nothing = serde_json::json!({});
    let body = scene
        .seller
        .call(Method::POST, &withdrawal, &nothing)
        .await
        .expect(200)
        .json();
    assert_eq!(body["state"], "withdrawn", "{body}");
    let _ = scene.seller.call(Method::POST, &withdrawal, &nothing).await.expect(409);
});

both!(a_utility_model_needs_its_report, |app| {
    let university = given::org(&app, given::UNIVERSITY, "university").await;
    let raw = given::patent(&[("type", "实用新型"), ("number", "ZL202020123456.8")]);
    let entry = given::published(&app, "patent", university, &raw).await.to_string();
    let mut seller = app.role(Role::Manager, Some(university), None).await;
    let sent = [
        ("entry", entry.as_str()),
        ("base", "sales"),
        ("share", "5"),
        ("payment", "每季度结算"),
        ("until", "2028-12-31"),
        ("confirmed", "1"),
    ];
    let text = seller
        .upload("/licences/new", &sent, "无.pdf", b"")
        .await
        .expect(422)
        .text();
    assert!(text.contains("缺少专利权评价报告"), "{text}");
});

both!(a_scoring_lot_weighs_sealed_scores_with_prices, |app| {
    let mut scene = scene(&app).await;
    let more = [
        ("mode", "scoring"),
        ("open", "2"),
        ("price_weight", "60"),
        ("criteria", "产业化方案 25\n实施能力 15"),
    ];
    let lot = announced(&mut scene, &more).await;
    let mut a = bidder(&app, &mut scene, lot, "赵一").await;
    let mut b = bidder(&app, &mut scene, lot, "钱二").await;
    paid(&mut scene, lot, &[&a, &b]).await;
    let path = format!("/centre/lots/{lot}/scores");
    let (one, two) = (format!("s-{}", a.paddle), format!("s-{}", b.paddle));
    let keys = [
        format!("{one}-c1"),
        format!("{one}-c2"),
        format!("{two}-c1"),
        format!("{two}-c2"),
    ];
    let scores =
        |figures: [&'static str; 4]| -> Vec<(&str, &str)> { keys.iter().map(String::as_str).zip(figures).collect() };
    let _ = scene
        .one
        .post(&path, &scores(["60", "60", "95.5", "90"]))
        .await
        .expect(409);
    begins(&app, &mut scene, lot, &mut [&mut a, &mut b]).await;
    offers(&mut a, lot, "540000").await;
    offers(&mut b, lot, "500000").await;
    let page = scene.one.get(&path).await.expect(200).text();
    assert!(page.contains("产业化方案") && page.contains(&keys[3]), "{page}");
    let _ = scene
        .seller
        .post(&path, &scores(["60", "60", "95.5", "90"]))
        .await
        .expect(403);
    let text = scene
        .one
        .post(&path, &scores(["60", "60", "101", "90"]))
        .await
        .expect(422)
        .text();
    assert!(text.contains("“101”不是 0～100 的分数"), "{text}");
    let _ = scene
        .one
        .post(&path, &scores(["60", "60", "95.5", "90"]))
        .await
        .expect(303);
    let _ = scene
        .one
        .post(&path, &scores(["99", "99", "95.5", "90"]))
        .await
        .expect(409);
    runs(&app, lot, 121).await;
    // 54 万 makes 60 points and 24 of scores; 50 万 makes 55.6 points and 37.4 of scores.
    sold(&app, &mut scene, lot, b.paddle, 500_000).await;
});

both!(who_bids_stands_in_the_full_package_for_who_may_know, |app| {
    let mut scene = scene(&app).await;
    let lot = announced(&mut scene, &[]).await;
    let company = given::org(&app, given::COMPANY, "company").await;
    let org = company.to_string();
    let mut manager = app.role(Role::Manager, Some(company), None).await;
    let hash = notice(&mut manager, lot).await;
    let path = format!("/lots/{lot}/register");
    let _ = manager
        .upload(&path, &asks(&org, &hash), "无.pdf", b"")
        .await
        .expect(303);
    let desk = scene
        .one
        .get(&format!("/centre/lots/{lot}/bidders"))
        .await
        .expect(200)
        .text();
    let id = id_in(desk.split("/centre/bidders/").nth(1).unwrap());
    let _ = scene
        .one
        .post(&format!("/centre/bidders/{id}/admit"), &[])
        .await
        .expect(303);
    let package = format!("/lots/{lot}/package");
    let public = app.visitor().get(&package).await.expect(200);
    assert!(!public.text().contains(given::COMPANY.0) && !public.text().contains("person "));
    let refused = app.visitor().post(&package, &[]).await;
    assert!(!refused.status.is_success(), "a visitor");
    let _ = scene.seller.post(&package, &[]).await.expect(403);
    let _ = manager.post(&package, &[]).await.expect(403);
    let full = scene.one.post(&package, &[]).await.expect(200);
    let text = full.text();
    assert!(text.contains(given::COMPANY.0) && text.contains("\nperson {"), "{text}");
    let page = app
        .visitor()
        .upload("/hall/verify", &[], "lot.txt", &full.bytes)
        .await
        .expect(200)
        .text();
    assert!(page.contains("验证通过"), "{page}");
    // Another name than the one that the log is committed to is found out.
    let other = text.replacen(given::COMPANY.0, "昆山另一家公司", 1);
    let page = app
        .visitor()
        .upload("/hall/verify", &[], "lot.txt", other.as_bytes())
        .await
        .expect(200)
        .text();
    assert!(page.contains("验证不通过"), "{page}");
});
