//! The life of an entry over HTTP, on both engines: writing, handing in, review, publication, expiry; who may what; stale
//! versions; duplicates; the same sheet twice; the API.

use http::Method;
use jcore::{Actor, Role};
use kernel::{BatchId, EntryId};
use serde_json::json;
use testkit::{Client, TestApp, both, day};

use crate::given;

/// The entry that a redirect leads to: `/entries/ID/edit`.
fn id_in(location: &str) -> EntryId {
    location
        .split('/')
        .find_map(|part| part.parse().ok())
        .unwrap_or_else(|| panic!("no id in {location}"))
}

/// Begins a need on the page and fills the form in.
async fn write_need(client: &mut Client, org: kernel::OrgId, raw: &forms::Draft) -> EntryId {
    let answer = client
        .post("/entries/new/need", &[("org", &org.to_string())])
        .await
        .expect(303);
    let id = id_in(answer.location());
    let answer = client
        .post(&format!("/entries/{id}/edit"), &given::fields(raw, "1"))
        .await
        .expect(303);
    assert_eq!(answer.location(), format!("/entries/{id}/check"));
    id
}

both!(a_need_lives_from_draft_to_expiry, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let mut manager = app.role(Role::Manager, Some(org), None).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let mut visitor = app.visitor();

    let page = manager.get("/entries/new/need").await.expect(200).text();
    assert!(page.contains(given::COMPANY.0) && page.contains("需要准备的内容"));
    let id = write_need(&mut manager, org, &given::need(&[])).await;
    let check = manager.get(&format!("/entries/{id}/check")).await.expect(200).text();
    assert!(
        check.contains("没有发现错误") && check.contains("公众将看到的版本"),
        "{check}"
    );
    let (mine, public) = check.split_once("公众将看到的版本").unwrap();
    assert!(
        mine.contains(given::COMPANY.0) && mine.contains("187.25"),
        "its owner sees all of it"
    );
    assert!(!public.contains(given::COMPANY.0) && !public.contains("187.25") && public.contains("未公开"));
    let _ = visitor.get(&format!("/needs/{id}")).await.expect(404);

    let v = given::version(&app, id).await.to_string();
    let answer = manager
        .post(&format!("/entries/{id}/submit"), &[("version", &v), ("confirm", "1")])
        .await
        .expect(303);
    assert_eq!(answer.location(), format!("/needs/{id}"));
    let queue = centre.get("/centre/queue").await.expect(200).text();
    assert!(queue.contains("重载齿轮渗碳淬火变形控制") && queue.contains(given::COMPANY.0));
    let review = centre.get(&format!("/centre/queue/{id}")).await.expect(200).text();
    assert!(
        review.contains("187.25") && review.contains("表述不清"),
        "the reviewer sees all and can send back"
    );

    // Sent back without a reason: refused; with reasons: its owner sees them at the fields.
    let back = format!("/centre/queue/{id}/return");
    let v = given::version(&app, id).await.to_string();
    let page = centre.post(&back, &[("version", &v)]).await.expect(422).text();
    assert!(page.contains("请至少选择一条退回理由"), "{page}");
    let reasons = [
        ("version", v.as_str()),
        ("reason", "unclear"),
        ("field-unclear", "problem"),
        ("note-unclear", "请写明模数和材料"),
    ];
    let _ = centre.post(&back, &reasons).await.expect(303);
    assert_eq!(given::state(&app, id).await, "returned");
    let edit = manager.get(&format!("/entries/{id}/edit")).await.expect(200).text();
    assert!(
        edit.contains("请写明模数和材料") && edit.contains("href=\"#f-problem\""),
        "{edit}"
    );
    let desk = manager.get("/desk").await.expect(200).text();
    assert!(
        desk.contains("请写明模数和材料") && desk.contains("退回待修改"),
        "{desk}"
    );

    let mended = given::need(&[(
        "problem",
        "模数 6 的 20CrMnTi 齿轮，在现有箱式多用炉上把渗碳淬火后的齿向变形压到磨齿余量以内。",
    )]);
    let v = given::version(&app, id).await.to_string();
    let _ = manager
        .post(&format!("/entries/{id}/edit"), &given::fields(&mended, &v))
        .await
        .expect(303);
    let v = given::version(&app, id).await.to_string();
    let _ = manager
        .post(&format!("/entries/{id}/submit"), &[("version", &v), ("confirm", "1")])
        .await
        .expect(303);
    let v = given::version(&app, id).await.to_string();
    let _ = centre
        .post(&format!("/centre/queue/{id}/publish"), &[("version", &v)])
        .await
        .expect(303);
    let page = visitor.get(&format!("/needs/{id}")).await.expect(200).text();
    assert!(
        page.contains("模数 6") && page.contains("还剩 180 天") && page.contains("张家港"),
        "{page}"
    );
    assert!(
        visitor
            .get("/needs")
            .await
            .expect(200)
            .text()
            .contains("重载齿轮渗碳淬火变形控制")
    );
    let inside = manager.get(&format!("/needs/{id}")).await.expect(200).text();
    assert!(inside.contains(given::COMPANY.0) && inside.contains("公众不可见") && inside.contains("办理过程"));

    expiry(&app, id, &mut manager, &mut visitor).await;
});

/// Reminded once a fortnight before its end, then expired, renewed, withdrawn, taken up again.
async fn expiry(app: &TestApp, id: EntryId, manager: &mut Client, visitor: &mut Client) {
    let v = given::version(app, id).await.to_string();
    let renew = format!("/entries/{id}/renew");
    let page = manager.post(&renew, &[("version", &v)]).await.expect(409).text();
    assert!(page.contains("还没有到续期的时候"), "{page}");
    app.clock.set(day(2023, 11, 28, 10));
    app.tick().await;
    app.clock.set(day(2023, 11, 29, 10));
    app.tick().await;
    let mut conn = app.app.read().await.unwrap();
    let told: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM inbox WHERE key = 'entry-ending'").fetch_one(c).await).unwrap();
    drop(conn);
    assert_eq!(told, 1, "its manager is reminded once");
    app.clock.set(day(2023, 12, 12, 10));
    let _ = visitor.get(&format!("/needs/{id}")).await.expect(404);
    assert!(
        !visitor.get("/needs").await.expect(200).text().contains("重载齿轮"),
        "a list is right before the job has run"
    );
    app.tick().await;
    assert_eq!(given::state(app, id).await, "expired");
    // The session is older than a day by now.
    let mut manager = app.sign_in(manager_of(app).await).await;
    let v = given::version(app, id).await.to_string();
    let _ = manager.post(&renew, &[("version", &v)]).await.expect(303);
    let page = visitor.get(&format!("/needs/{id}")).await.expect(200).text();
    assert!(page.contains("还剩 180 天"));
    let v = given::version(app, id).await.to_string();
    let _ = manager
        .post(&format!("/entries/{id}/withdraw"), &[("version", &v)])
        .await
        .expect(303);
    let _ = visitor.get(&format!("/needs/{id}")).await.expect(404);
    let v = given::version(app, id).await.to_string();
    let answer = manager
        .post(&format!("/entries/{id}/reopen"), &[("version", &v)])
        .await
        .expect(303);
    assert_eq!(answer.location(), format!("/entries/{id}/edit"));
    let page = manager.get(answer.location()).await.expect(200).text();
    for step in [
        "新建",
        "提交",
        "退回",
        "审核通过",
        "发布",
        "到期",
        "续期",
        "撤回",
        "重新启用",
    ] {
        assert!(page.contains(&format!("<b>{step}</b>")), "the history tells {step}");
    }
}

async fn manager_of(app: &TestApp) -> kernel::UserId {
    let mut conn = app.app.read().await.unwrap();
    let id: uuid::Uuid = db::on!(&mut conn, c => sqlx::query_scalar("SELECT user_id FROM role_grant WHERE role = 'manager'").fetch_one(c).await).unwrap();
    id.into()
}

both!(a_stale_form_is_shown_again_and_writes_nothing, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let mut one = app.role(Role::Manager, Some(org), None).await;
    let mut two = app.role(Role::Member, Some(org), None).await;
    let id = write_need(&mut one, org, &given::need(&[])).await;
    let seen = given::version(&app, id).await.to_string();
    let theirs = given::need(&[("title", "他人先改的名称")]);
    let _ = two
        .post(&format!("/entries/{id}/draft"), &given::fields(&theirs, &seen))
        .await
        .expect(303);
    let mine = given::need(&[("title", "我后改的名称")]);
    let page = one
        .post(&format!("/entries/{id}/draft"), &given::fields(&mine, &seen))
        .await
        .expect(409)
        .text();
    assert!(
        page.contains("被他人改过") && page.contains("我后改的名称"),
        "what was typed is not lost"
    );
    assert_eq!(title(&app, id).await, "他人先改的名称");
    // What a script is told.
    let request = http::Request::post(format!("/entries/{id}/draft"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header(jcore::CSRF_HEADER, one.csrf());
    let body = |version: &str| {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(given::fields(&mine, version));
        axum::body::Body::from(out.finish())
    };
    let stale = one.send(request.body(body(&seen)).unwrap()).await.expect(409).json();
    assert_eq!(stale["error"]["code"], "stale");
    let now = given::version(&app, id).await.to_string();
    let request = http::Request::post(format!("/entries/{id}/draft"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header(jcore::CSRF_HEADER, one.csrf());
    let saved = one.send(request.body(body(&now)).unwrap()).await.expect(200).json();
    assert_eq!(saved["version"], now.parse::<i64>().unwrap() + 1);
    assert!(
        saved["score"].as_i64().unwrap() > 80 && saved["message"].as_str().unwrap().contains("10:00"),
        "{saved}"
    );
    assert_eq!(title(&app, id).await, "我后改的名称");
    // Moves are versioned as well.
    let answer = one.post(&format!("/entries/{id}/submit"), &[("version", "1")]).await;
    assert_eq!(answer.status.as_u16(), 409);
    assert_eq!(given::state(&app, id).await, "draft");
});

async fn title(app: &TestApp, id: EntryId) -> String {
    let mut conn = app.app.read().await.unwrap();
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT title FROM entry WHERE id = $1").bind(id.uuid()).fetch_one(c).await).unwrap()
}

both!(each_role_does_its_own, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let other = given::org(&app, given::OTHER, "company").await;
    let id = given::drafted(&app, "need", org, &given::need(&[])).await;
    let v = given::version(&app, id).await;
    let mut stranger = app.role(Role::Manager, Some(other), None).await;
    for path in [
        format!("/entries/{id}"),
        format!("/entries/{id}/edit"),
        format!("/entries/{id}/check"),
        format!("/needs/{id}"),
    ] {
        let _ = stranger.get(&path).await.expect(404);
    }
    let answer = stranger
        .post(&format!("/entries/{id}/submit"), &[("version", "1")])
        .await;
    assert_eq!(answer.status.as_u16(), 403);
    let manager = app.actor(Role::Manager, Some(org), None);
    entries::submit(&app.app, &manager, id, v).await.unwrap();
    // The bureau of the region accepts and can't publish; another region's does not see it; a branch can only send back.
    let v = given::version(&app, id).await;
    let suzhou = app.actor(Role::Bureau, None, Some("320500"));
    let nanjing = app.actor(Role::Bureau, None, Some("320100"));
    let branch = app.actor(Role::Branch, None, Some("320500"));
    assert_eq!(
        entries::accept(&app.app, &nanjing, id, v).await.unwrap_err().code,
        "denied"
    );
    assert_eq!(
        entries::accept(&app.app, &branch, id, v).await.unwrap_err().code,
        "denied"
    );
    assert_eq!(
        entries::accept(&app.app, &manager, id, v).await.unwrap_err().code,
        "denied"
    );
    assert_eq!(
        entries::publish(&app.app, &suzhou, id, v).await.unwrap_err().code,
        "denied"
    );
    entries::accept(&app.app, &suzhou, id, v).await.unwrap();
    let v = given::version(&app, id).await;
    assert_eq!(
        entries::accept(&app.app, &suzhou, id, v).await.unwrap_err().code,
        "entries-no-move"
    );
    assert_eq!(
        entries::publish(&app.app, &suzhou, id, v).await.unwrap_err().code,
        "denied"
    );
    let mut there = app.role(Role::Bureau, None, Some("320100")).await;
    assert!(!there.get("/centre/queue").await.expect(200).text().contains("重载齿轮"));
    let _ = there.get(&format!("/centre/queue/{id}")).await.expect(404);
    let mut here = app.role(Role::Bureau, None, Some("320500")).await;
    assert!(
        here.get("/centre/queue?state=accepted")
            .await
            .expect(200)
            .text()
            .contains("重载齿轮")
    );
    // The centre takes many at once.
    let mut centre = app.role(Role::Centre, None, None).await;
    let pick = format!("{id}:{v}");
    let answer = centre
        .post(
            "/centre/queue/bulk",
            &[("do", "publish"), ("entry", &pick), ("entry", "nonsense")],
        )
        .await
        .expect(303);
    let page = centre.get(answer.location()).await.expect(200).text();
    assert!(page.contains("已发布 1 条"), "{page}");
    assert_eq!(given::state(&app, id).await, "published");
    // What is published is taken down by the centre alone.
    let reason = [entries::rules::Reason {
        code: entries::rules::ReasonCode::NamesOwner,
        field: None,
        note: String::new(),
    }];
    let v = given::version(&app, id).await;
    assert_eq!(
        entries::return_with(&app.app, &suzhou, id, v, &reason)
            .await
            .unwrap_err()
            .code,
        "denied"
    );
    let centre = app.actor(Role::Centre, None, None);
    entries::return_with(&app.app, &centre, id, v, &reason).await.unwrap();
    let _ = app.visitor().get(&format!("/needs/{id}")).await.expect(404);
});

both!(the_same_thing_is_handed_in_once, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let other = given::org(&app, given::OTHER, "company").await;
    let raw = given::patent(&[]);
    let first = given::published(&app, "patent", org, &raw).await;
    let twin = given::patent(&[
        ("unit", given::OTHER.0),
        ("uscc", given::OTHER.1),
        ("owners", "江淮理工大学；江宁闻韶机电有限公司"),
    ]);
    let second = given::drafted(&app, "patent", other, &twin).await;
    let actor = app.actor(Role::Manager, Some(other), None);
    let fault = entries::submit(&app.app, &actor, second, 1).await.unwrap_err();
    assert_eq!(
        (fault.code, fault.fields[0].issue.code),
        ("refused", "entries-duplicate")
    );
    let mut client = app.role(Role::Manager, Some(other), None).await;
    let page = client.get(&format!("/entries/{second}/check")).await.expect(200).text();
    assert!(
        page.contains("同一事项") && page.contains(&format!("/offers/{first}")),
        "the public one is linked"
    );
    // A draft that others must not see is told without a link.
    let hidden = given::drafted(&app, "patent", org, &given::patent(&[("number", "ZL202080012345.2")])).await;
    let twin = given::patent(&[
        ("number", "ZL202080012345.2"),
        ("unit", given::OTHER.0),
        ("uscc", given::OTHER.1),
        ("owners", given::OTHER.0),
    ]);
    let third = given::drafted(&app, "patent", other, &twin).await;
    let page = client.get(&format!("/entries/{third}/edit")).await.expect(200).text();
    assert!(
        page.contains("其他单位的条目（内容不可见）") && !page.contains(&hidden.to_string()),
        "{page}"
    );
    // Two at once: the store lets one through.
    let mut conn = app.app.db.write().await.unwrap();
    let done = db::on!(&mut conn, c => sqlx::query("UPDATE entry SET state = 'submitted' WHERE id = $1").bind(second.uuid()).execute(c).await.map(|_| ()));
    assert!(done.is_err(), "the unique index holds");
});

async fn take(app: &TestApp, actor: &Actor, kind: &str, file: &[u8], submit: bool) -> intake::Report {
    let org = actor.orgs().first().copied();
    let batches: Vec<BatchId> = intake::upload(&app.app, actor, kind, org, "t.csv", file)
        .await
        .expect("read");
    intake::commit(
        &app.app,
        actor,
        batches[0],
        intake::CommitOptions::because(submit, "looked at"),
        &|_, _| {},
    )
    .await
    .expect("committed")
}

both!(the_same_sheet_twice_changes_nothing, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let manager = app.actor(Role::Manager, Some(org), None);
    let two = [given::need(&[]), given::need(&[("title", "深海电缆绝缘层在线检测")])];
    let file = given::csv(&needs::FORM, &two);
    let report = take(&app, &manager, "needs", &file, true).await;
    assert_eq!(
        (report.new, report.changed, report.same, report.held),
        (2, 0, 0, 0),
        "{:?}",
        report.errors
    );
    let report = take(&app, &manager, "needs", &file, true).await;
    assert_eq!(
        (report.new, report.changed, report.same, report.held),
        (0, 0, 2, 0),
        "{:?}",
        report.errors
    );
    // While nobody has accepted it, a changed row changes it.
    let changed = [given::need(&[("amount", "200万元")]), two[1].clone()];
    let report = take(&app, &manager, "needs", &given::csv(&needs::FORM, &changed), true).await;
    assert_eq!((report.changed, report.same), (1, 1), "{:?}", report.errors);
    // Once it is published, a row that differs is held, with why.
    let id = only(&app, "重载齿轮渗碳淬火变形控制").await;
    entries::publish(&app.app, &Actor::system(), id, given::version(&app, id).await)
        .await
        .unwrap();
    let report = take(&app, &manager, "needs", &file, true).await;
    assert_eq!((report.same, report.held), (1, 1));
    assert_eq!(report.errors[0].code, "entries-differs");
    let report = take(&app, &manager, "needs", &given::csv(&needs::FORM, &changed), false).await;
    assert_eq!((report.same, report.held), (2, 0), "the same as published is no error");
    // Another's rows are not for this sender; the system takes all, and makes organisations that it does not know.
    let others = given::csv(
        &needs::FORM,
        &[given::need(&[("uscc", given::OTHER.1), ("company", given::OTHER.0)])],
    );
    let report = take(&app, &manager, "needs", &others, true).await;
    assert_eq!((report.new, report.errors[0].code.as_str()), (0, "entries-not-yours"));
    let report = take(&app, &Actor::system(), "needs", &others, false).await;
    assert_eq!(report.new, 1, "{:?}", report.errors);
    let mut conn = app.app.read().await.unwrap();
    let made = accounts::org_by_identity(&mut conn, accounts::IdentityKind::Uscc, "CN", given::OTHER.1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (made.name.as_str(), made.state),
        (given::OTHER.0, accounts::OrgState::Unclaimed)
    );
});

async fn only(app: &TestApp, title: &str) -> EntryId {
    let mut conn = app.app.read().await.unwrap();
    let id: uuid::Uuid = db::on!(&mut conn, c => sqlx::query_scalar("SELECT id FROM entry WHERE title = $1").bind(title).fetch_one(c).await).unwrap();
    id.into()
}

both!(a_region_imports_its_own, |app| {
    let bureau = app.actor(Role::Bureau, None, Some("320500"));
    let mine = given::need(&[]);
    let theirs = given::need(&[
        ("uscc", given::OTHER.1),
        ("company", given::OTHER.0),
        ("region", "320115"),
    ]);
    let report = take(
        &app,
        &bureau,
        "needs",
        &given::csv(&needs::FORM, &[mine.clone(), theirs, mine]),
        true,
    )
    .await;
    assert_eq!((report.new, report.same, report.held), (1, 1, 1), "{:?}", report.errors);
    assert!(
        report.errors.iter().any(|e| e.code == "entries-not-yours"),
        "{:?}",
        report.errors
    );
    assert!(
        report.warnings.iter().any(|w| w.code == "entries-row-repeated"),
        "{:?}",
        report.warnings
    );
});

both!(the_api_writes_what_a_page_writes, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let mut liaison = app.role(Role::Liaison, Some(org), None).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let raw = given::patent(&[]);
    let refused = liaison
        .call(
            Method::POST,
            "/api/v1/offers/patents",
            &json!({ "title": "一种方法", "colour": "red" }),
        )
        .await
        .expect(422)
        .json();
    assert_eq!(refused["error"]["fields"][0]["field"], "colour");
    let mut lacking = raw.clone();
    lacking.remove("granted");
    let refused = liaison
        .call(Method::POST, "/api/v1/offers/patents", &json!(lacking))
        .await
        .expect(422)
        .json();
    assert_eq!(
        (
            &refused["error"]["fields"][0]["field"],
            &refused["error"]["fields"][0]["code"]
        ),
        (&json!("granted"), &json!("field-missing"))
    );
    let made = liaison
        .call(Method::POST, "/api/v1/offers/patents", &json!(raw))
        .await
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap().to_owned();
    assert_eq!(made["state"], "draft");
    let again = liaison
        .call(Method::POST, "/api/v1/offers/patents", &json!(raw))
        .await
        .expect(422)
        .json();
    assert_eq!(again["error"]["fields"][0]["code"], "entries-duplicate");
    let of = |what: &str| format!("/api/v1/entries/{id}/{what}");
    let _ = liaison.call(Method::POST, &of("publish"), &json!({})).await.expect(403);
    let sent = liaison
        .call(
            Method::POST,
            &of("submit"),
            &json!({ "version": made["version"], "confirm": true }),
        )
        .await
        .expect(200)
        .json();
    assert_eq!(sent["state"], "submitted");
    let _ = centre
        .call(Method::POST, &of("return"), &json!({ "reasons": [] }))
        .await
        .expect(422);
    let reasons = json!({ "reasons": [{ "code": "not-in-force", "field": "legal", "note": "年费未缴" }] });
    let back = centre
        .call(Method::POST, &of("return"), &reasons)
        .await
        .expect(200)
        .json();
    assert_eq!(back["state"], "returned");
    let _ = liaison
        .call(Method::POST, &of("submit"), &json!({ "confirm": true }))
        .await
        .expect(200);
    let _ = centre
        .call(Method::POST, &of("publish"), &json!({ "version": 1 }))
        .await
        .expect(409);
    let out = centre
        .call(Method::POST, &of("publish"), &json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(out["state"], "published");
    let seen = app
        .visitor()
        .get(&format!("/api/v1/offers/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(seen["withheld"], json!(["price", "contact", "phone", "email"]));
    assert!(seen["fields"]["price"].is_null() && seen["fields"]["number"]["value"] == "ZL202010123456.2");
    // Another organisation's can't be written.
    let other = given::patent(&[
        ("uscc", given::OTHER.1),
        ("number", "ZL202080012345.2"),
        ("filed", "2018-11-06"),
    ]);
    let _ = liaison
        .call(Method::POST, "/api/v1/offers/patents", &json!(other))
        .await
        .expect(403);
});

both!(a_text_that_names_its_hidden_owner_is_refused, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let named = given::need(&[(
        "background",
        "澹台精密齿轮的重载齿轮渗碳淬火后齿向变形大，磨齿余量不够，三成工件要返修，批量交货周期因此拖长一周以上，客户不能接受。",
    )]);
    let id = given::drafted(&app, "need", org, &named).await;
    let manager = app.actor(Role::Manager, Some(org), None);
    let fault = entries::submit(&app.app, &manager, id, 1).await.unwrap_err();
    assert!(
        fault
            .fields
            .iter()
            .any(|f| f.issue.code == "entries-names-owner" && f.field.as_deref() == Some("background")),
        "{fault:?}"
    );
    // Shown by choice, the same text is fine.
    let mut shown = named.clone();
    shown.insert("public_name".into(), "是".into());
    entries::save_draft(&app.app, &manager, id, 1, &shown).await.unwrap();
    entries::submit(&app.app, &manager, id, 2).await.unwrap();
});

both!(whoever_writes_for_others_names_them_first, |app| {
    let mut bureau = app.role(Role::Bureau, None, Some("320500")).await;
    let page = bureau
        .post("/entries/new/need", &[("uscc", "123"), ("name", "")])
        .await
        .expect(422)
        .text();
    assert!(page.contains("href=\"#uscc\""), "{page}");
    let page = bureau
        .post(
            "/entries/new/need",
            &[("uscc", given::OTHER.1), ("name", given::OTHER.0)],
        )
        .await
        .expect(422)
        .text();
    assert!(page.contains("不能为代码"), "another region's: {page}");
    let fields = [("uscc", given::COMPANY.1), ("name", given::COMPANY.0)];
    let answer = bureau.post("/entries/new/need", &fields).await.expect(303);
    let page = bureau.get(answer.location()).await.expect(200).text();
    assert!(
        page.contains(given::COMPANY.0) && page.contains(given::COMPANY.1),
        "what is known is filled in"
    );
    let mine = bureau.get("/my/needs").await.expect(200).text();
    assert!(mine.contains("（未命名）") && mine.contains("草稿"), "{mine}");
});
