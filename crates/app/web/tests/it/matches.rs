//! Matching and search over HTTP, on both engines: what is public is found within a feed and nothing else is, a pasted need is
//! answered with reasons and kept nowhere, and a verdict changes the ranking at once.

use http::Method;
use jcore::{Actor, Role};
use kernel::{EntryId, OrgId};
use serde_json::json;
use testkit::{Client, TestApp, both};

use crate::given;

/// Achievements about other things, so that what fits stands out.
const OTHERS: [(&str, &str); 9] = [
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
    (
        "海上风电导管架疲劳监测装置",
        "光纤光栅应变计组网，实时估计焊缝疲劳损伤，预警裂纹扩展。",
    ),
    (
        "乳制品掺假近红外快检仪",
        "便携近红外光谱仪配合化学计量学模型，三分钟检出掺水掺糊精。",
    ),
    (
        "地铁隧道渗漏水图像识别系统",
        "巡检车拍摄管片图像，深度学习识别渗漏与裂缝，定位误差一米内。",
    ),
    (
        "芯片封装用高导热环氧塑封料",
        "球形氧化铝级配填充，导热系数三瓦每米开，翘曲小于五十微米。",
    ),
];
/// What fits the need of [`given::need`].
const FITS: (&str, &str) = (
    "重载齿轮渗碳淬火变形预测与控制技术",
    "建立渗碳淬火相变与应力耦合模型，优化装炉与淬火工艺，把重载齿轮齿向变形控制在磨齿余量以内，批量稳定。",
);
/// A need as somebody pastes it.
const PASTED: &str = "重载齿轮渗碳淬火变形控制\n目前20CrMnTi重载齿轮渗碳淬火后变形大，磨齿余量不够，要求齿向变形≤0.03 mm，批量稳定。预算不超过200万元。";

/// The offers of a university; the first is the one that fits.
async fn offers(app: &TestApp, university: OrgId) -> Vec<EntryId> {
    let mut out = Vec::new();
    for (title, summary) in std::iter::once(FITS).chain(OTHERS) {
        let raw = given::achievement(&[
            ("title", title),
            ("summary", &summary.repeat(3)),
            ("keywords", "工艺；装备；检测"),
        ]);
        out.push(given::published(app, "achievement", university, &raw).await);
    }
    out
}

/// Needs about other things, of another company.
const OTHER_NEEDS: [(&str, &str); 5] = [
    (
        "果蔬冷链车厢温湿度分布优化",
        "车厢内温差大，叶菜损耗高，希望优化送风与隔板，全程温差控制在两度以内。",
    ),
    (
        "建筑外墙保温板燃烧性能提升",
        "现有挤塑板阻燃等级不够，希望在不增加厚度的前提下提升燃烧等级。",
    ),
    (
        "注塑车间能耗在线监测与调度",
        "注塑机能耗占比高，希望按订单自动错峰排产，单位能耗下降一成。",
    ),
    (
        "养殖池塘溶氧预测与增氧控制",
        "夜间溶氧骤降造成死鱼，希望提前两小时预测并自动启停增氧机。",
    ),
    (
        "印染废水脱色与回用工艺",
        "活性染料废水色度高，希望脱色后回用率达到六成，吨水成本可控。",
    ),
];

struct Scene {
    company: OrgId,
    need: EntryId,
    offers: Vec<EntryId>,
}

async fn scene(app: &TestApp) -> Scene {
    let company = given::org(app, given::COMPANY, "company").await;
    let university = given::org(app, given::UNIVERSITY, "university").await;
    let other = given::org(app, given::OTHER, "company").await;
    for (title, text) in OTHER_NEEDS {
        let text = text.repeat(2);
        let texts = [
            ("title", title),
            ("background", text.as_str()),
            ("problem", text.as_str()),
            ("foundation", "有试验场地和人员。"),
            ("company", given::OTHER.0),
            ("uscc", given::OTHER.1),
            ("region", given::OTHER.2),
        ];
        given::published(app, "need", other, &given::need(&texts)).await;
    }
    let scene = Scene {
        company,
        offers: offers(app, university).await,
        need: given::published(app, "need", company, &given::need(&[])).await,
    };
    app.settled().await;
    matches::feed(&app.app).await.unwrap();
    scene
}

async fn found(client: &mut Client, q: &str) -> Vec<String> {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let answer = client.get(&format!("/api/v1/search?q={q}")).await.expect(200).json();
    let hits = answer["hits"].as_array().unwrap();
    hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

fn pasted<'a>(text: &'a str, what: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("text", text), ("do", what)]
}

async fn ask(client: &mut Client, fields: &[(&str, &str)]) -> testkit::Answer {
    client.upload("/match", fields, "", b"").await
}

both!(what_becomes_public_is_found_and_what_ends_is_not, |app| {
    let mut visitor = app.visitor();
    let university = given::org(&app, given::UNIVERSITY, "university").await;
    let draft = given::achievement(&[("title", FITS.0)]);
    let hidden = given::drafted(&app, "achievement", university, &draft).await;
    app.settled().await;
    matches::feed(&app.app).await.unwrap();
    assert!(
        found(&mut visitor, "渗碳淬火").await.is_empty(),
        "a draft is nobody's business"
    );
    let manager = app.actor(Role::Manager, Some(university), None);
    entries::submit(&app.app, &manager, hidden, given::version(&app, hidden).await)
        .await
        .unwrap();
    entries::publish(&app.app, &Actor::system(), hidden, given::version(&app, hidden).await)
        .await
        .unwrap();
    app.settled().await;
    assert_eq!(
        matches::feed(&app.app).await.unwrap(),
        1,
        "one entry, however often it moved"
    );
    assert_eq!(found(&mut visitor, "渗碳淬火").await, [hidden.to_string()]);
    assert_eq!(
        found(&mut visitor, "shentancuihuo").await,
        [hidden.to_string()],
        "pinyin"
    );
    app.settled().await;
    assert_eq!(matches::feed(&app.app).await.unwrap(), 0);
    let suggested = visitor
        .get("/search/suggest?q=%E9%87%8D%E8%BD%BD")
        .await
        .expect(200)
        .json();
    assert_eq!(suggested[0]["title"], FITS.0, "{suggested}");
    let page = visitor.get("/search?q=%E6%B7%AC%E7%81%AB").await.expect(200).text();
    assert!(page.contains("<mark>") && page.contains("成熟度"), "{page}");
    let page = visitor.get("/en/search?q=nothing-of-the-kind").await.expect(200).text();
    assert!(page.contains("Nothing found"), "{page}");

    // Withdrawn, it is gone at once, even from an index that has not heard of it.
    entries::withdraw(&app.app, &manager, hidden, given::version(&app, hidden).await)
        .await
        .unwrap();
    assert!(found(&mut visitor, "渗碳淬火").await.is_empty());
    app.settled().await;
    matches::feed(&app.app).await.unwrap();
    let state = visitor.get("/api/v1/search/index").await.expect(200).json();
    assert_eq!((&state["items"], &state["needs_rebuild"]), (&json!(0), &json!(false)));
});

both!(a_pasted_need_is_answered_and_kept_nowhere, |app| {
    let scene = scene(&app).await;
    let count = async || -> i64 {
        let mut conn = app.app.read().await.unwrap();
        let sql =
            "SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM file) + (SELECT count(*) FROM audit_entry)";
        db::on!(&mut conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
    };
    let before = count().await;
    let mut visitor = app.visitor();
    let _ = visitor.get("/match").await.expect(200);
    let page = ask(&mut visitor, &pasted(PASTED, "ask")).await.expect(200).text();
    let at = |text: &str| page.find(text).unwrap_or(usize::MAX);
    assert!(at(FITS.0) < usize::MAX, "{page}");
    for (title, _) in OTHERS {
        assert!(at(FITS.0) <= at(title), "{title} stands before what fits");
    }
    assert!(
        page.contains("class=\"pro\"") && page.contains("渗碳"),
        "with reasons: {page}"
    );
    assert!(
        page.contains("齿向变形 ≤0.03 mm") && page.contains("200万元"),
        "what was read: {page}"
    );
    assert!(page.contains("作为需求还缺"), "what it lacks: {page}");
    let page = ask(&mut visitor, &pasted("太短", "ask")).await.expect(422).text();
    assert!(page.contains("内容太短"), "{page}");
    let none = ask(&mut visitor, &[("text", PASTED), ("do", "ask"), ("sector", "AGR")])
        .await
        .expect(200)
        .text();
    assert!(
        !none.contains(FITS.0) && none.contains("因领域被筛去"),
        "filters hold, and say what fell to them: {none}"
    );
    assert_eq!(count().await, before, "nothing was kept");

    // Who asks for it keeps it.
    let _ = ask(&mut visitor, &pasted(PASTED, "keep")).await.expect(303);
    let mut member = app.role(Role::Manager, Some(scene.company), None).await;
    let answer = ask(&mut member, &pasted(PASTED, "keep")).await.expect(303);
    assert!(answer.location().ends_with("/edit"), "{}", answer.location());
    let page = member.get(answer.location()).await.expect(200).text();
    assert!(page.contains("磨齿余量不够") && page.contains("齿向变形"), "{page}");
});

both!(files_are_read_compared_and_exported, |app| {
    let scene = scene(&app).await;
    let mut visitor = app.visitor();
    let text = PASTED.as_bytes();
    let page = visitor
        .upload("/match", &[("do", "ask")], "需求.txt", text)
        .await
        .expect(200)
        .text();
    assert!(page.contains(FITS.0), "{page}");
    let rows = [vec![PASTED.to_owned()]];
    let book = sheets::export_xlsx("需求", &["需求".to_owned()], &rows).unwrap();
    let page = visitor
        .upload("/match", &[("do", "ask")], "需求.xlsx", &book)
        .await
        .expect(200)
        .text();
    assert!(page.contains(FITS.0), "{page}");
    for (name, junk) in [
        ("a.pdf", b"%PDF-1.4".as_slice()),
        ("a.docx", b"no archive"),
        ("a.exe", b"MZ\x90\x00"),
    ] {
        let page = visitor
            .upload("/match", &[("do", "ask")], name, junk)
            .await
            .expect(422)
            .text();
        assert!(page.contains("class=\"errors\""), "{name}: {page}");
    }
    let ids: Vec<String> = scene.offers.iter().take(2).map(ToString::to_string).collect();
    let mut fields = pasted(PASTED, "compare");
    fields.push(("pick", &ids[0]));
    let page = ask(&mut visitor, &fields).await.expect(422).text();
    assert!(page.contains("请选 2 到 4 项"), "{page}");
    fields.push(("pick", &ids[1]));
    let page = ask(&mut visitor, &fields).await.expect(200).text();
    assert!(
        page.contains("<table class=\"beside\">") && page.contains("匹配程度"),
        "{page}"
    );
    let csv = ask(&mut visitor, &pasted(PASTED, "csv")).await.expect(200);
    assert!(
        csv.text().contains(FITS.0) && csv.text().contains("有利之处"),
        "{}",
        csv.text()
    );
    let book = ask(&mut visitor, &pasted(PASTED, "xlsx")).await.expect(200).bytes;
    let grids = sheets::read("x.xlsx", &book, &sheets::Limits::default()).unwrap();
    assert!(grids[0].rows.iter().flatten().any(|cell| cell.text() == FITS.0));
});

both!(verdicts_change_the_ranking_at_once, |app| {
    let scene = scene(&app).await;
    let mut broker = app.role(Role::Centre, None, None).await;
    let path = format!("/api/v1/needs/{}/matches", scene.need);
    let order = async |client: &mut Client| -> Vec<String> {
        let answer = client.get(&path).await.expect(200).json();
        let all = answer["matches"].as_array().unwrap();
        all.iter().map(|m| m["id"].as_str().unwrap().to_owned()).collect()
    };
    let before = order(&mut broker).await;
    assert_eq!(before[0], scene.offers[0].to_string(), "what fits stands first");
    let need = scene.need.to_string();
    let down = json!({ "need": need, "offer": before[0], "level": 1, "reason": "topic" });
    let _ = broker.call(Method::PUT, "/api/v1/verdicts", &down).await.expect(200);
    let last = before.last().unwrap().clone();
    let up = json!({ "need": need, "offer": last, "level": 4 });
    let _ = broker.call(Method::PUT, "/api/v1/verdicts", &up).await.expect(200);
    let after = order(&mut broker).await;
    let place = |all: &[String], id: &str| all.iter().position(|one| one == id).unwrap();
    assert!(place(&after, &last) < place(&before, &last), "{before:?} {after:?}");
    let _ = broker.get(&format!("/api/v1/offers/{need}/matches")).await.expect(404);
    let offer = &scene.offers[0];
    let needs = broker
        .get(&format!("/api/v1/offers/{offer}/matches"))
        .await
        .expect(200)
        .json();
    assert_eq!(needs["matches"][0]["id"], need, "{needs}");
});

both!(the_desk_and_ones_own_list_lead_to_a_thread, |app| {
    let scene = scene(&app).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let mut owner = app.role(Role::Manager, Some(scene.company), None).await;
    let (need, offer) = (scene.need.to_string(), scene.offers[0].to_string());
    let desk = centre.get("/work/matches").await.expect(200).text();
    assert!(
        desk.contains("重载齿轮渗碳淬火变形控制") && desk.contains(FITS.0),
        "{desk}"
    );
    assert!(
        desk.contains(&format!("/threads/new?need={need}&amp;offer={offer}"))
            || desk.contains(&format!("/threads/new?need={need}&#38;offer={offer}")),
        "{desk}"
    );
    assert!(!desk.contains(given::COMPANY.0), "the desk has public projections only");
    let mine = owner.get("/my/matches").await.expect(200).text();
    assert!(mine.contains(FITS.0), "{mine}");
    let page = app.visitor().get(&format!("/needs/{need}")).await.expect(200).text();
    assert!(
        page.contains("可能满足这条需求的成果") && page.contains(FITS.0),
        "{page}"
    );
    let page = app.visitor().get(&format!("/offers/{offer}")).await.expect(200).text();
    assert!(page.contains("可能用得上的需求"), "{page}");
    // A judged match leaves the desk; one that is disliked leaves the owner's list.
    let verdict = [
        ("need", need.as_str()),
        ("offer", offer.as_str()),
        ("level", "1"),
        ("reason", "source"),
        ("back", "/my/matches"),
    ];
    let answer = owner.post("/matches/verdicts", &verdict).await.expect(303);
    assert_eq!(answer.location(), format!("/my/matches?need={need}"));
    assert!(!owner.get("/my/matches").await.expect(200).text().contains(FITS.0));
    let desk = centre
        .get(&format!("/work/matches?need={need}"))
        .await
        .expect(200)
        .text();
    assert!(!desk.contains(FITS.0) && desk.contains("已判断 1 项"), "{desk}");
    let mut outsider = app.role(Role::Expert, None, None).await;
    let _ = outsider.get("/work/matches").await.expect(403);
});

both!(nothing_withheld_is_ever_put_in, |app| {
    let scene = scene(&app).await;
    let mut visitor = app.visitor();
    for secret in [
        given::COMPANY.0,
        given::COMPANY.1,
        "澹台密园",
        "褚遥岑",
        "13811112222",
        "187.25",
        "0.0317",
        "闻人牧",
    ] {
        let found = found(&mut visitor, secret).await;
        assert!(!found.contains(&scene.need.to_string()), "{secret}");
    }
    let engine = matches::Matcher::of(&app.app).unwrap().ready().unwrap();
    let document = engine.document(scene.need.uuid()).expect("the need is in");
    let all = format!("{document:?}");
    assert!(all.contains("渗碳淬火"), "{all}");
    let mut canaries = vec![
        given::COMPANY.0,
        given::COMPANY.1,
        "澹台密园",
        "褚遥岑",
        "13811112222",
        "chu.yaocen",
        "18725",
        "187.25",
        "0.0317",
    ];
    assert!(canaries.iter().all(|canary| !all.contains(canary)), "{all}");
    // Nor in any file of the index: the university shows its name, the company does not.
    canaries.retain(|canary| canary.len() > 5);
    let mut looked = 0;
    let mut folders = vec![app.folder.path().join("index")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).unwrap();
            looked += 1;
            for canary in &canaries {
                assert!(
                    !bytes.windows(canary.len()).any(|w| w == canary.as_bytes()),
                    "{canary} in {:?}",
                    entry.path()
                );
            }
        }
    }
    assert!(looked > 2, "the index lies on disk");
});

#[tokio::test]
async fn a_damaged_index_is_built_anew() {
    let app = TestApp::lite().await;
    let folder = app.folder.path().join("index");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["CURRENT", "current", "meta.json", "manifest.json"] {
        std::fs::write(folder.join(name), b"\x00damaged\xff").unwrap();
    }
    let scene = scene(&app).await;
    assert_eq!(
        found(&mut app.visitor(), "渗碳淬火").await.len(),
        2,
        "the need and the offer"
    );
    let state = app.visitor().get("/api/v1/search/index").await.expect(200).json();
    assert_eq!(
        (&state["items"], &state["needs_rebuild"]),
        (&json!(scene.offers.len() + OTHER_NEEDS.len() + 1), &json!(false))
    );
}

both!(an_index_in_the_making_says_so, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    given::published(&app, "need", org, &given::need(&[])).await;
    let mut visitor = app.visitor();
    let said = "检索索引正在建立";
    // Nothing has fed it yet: nothing is found, and the pages say why.
    let page = visitor.get("/search?q=渗碳淬火").await.expect(200).text();
    assert!(page.contains(said) && page.contains("没有找到"), "{page}");
    let _ = visitor.get("/match").await.expect(200);
    let ask = [("text", "齿轮渗碳淬火变形"), ("do", "ask")];
    let page = visitor.upload("/match", &ask, "", b"").await.expect(200).text();
    assert!(page.contains(said), "{page}");
    app.settled().await;
    matches::feed(&app.app).await.unwrap();
    let page = visitor.get("/search?q=渗碳淬火").await.expect(200).text();
    assert!(!page.contains(said) && page.contains("<mark>"), "{page}");
});

#[tokio::test]
async fn an_address_that_asks_too_often_waits() {
    let app = TestApp::lite().await;
    let mut visitor = app.visitor();
    let body = json!({ "text": "短" });
    for _ in 0..60 {
        let _ = visitor.call(Method::POST, "/api/v1/match", &body).await.expect(422);
    }
    let _ = visitor.call(Method::POST, "/api/v1/match", &body).await.expect(429);
    let _ = ask(&mut visitor, &pasted(PASTED, "ask")).await.expect(429);
    app.clock.advance_secs(61);
    let _ = visitor.call(Method::POST, "/api/v1/match", &body).await.expect(422);
}
