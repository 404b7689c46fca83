//! Needs: what is withheld appears nowhere, by enumeration over the form; lists filter by what is open only.

use forms::Secrecy;
use needs::{FORM, Need};
use testkit::both;

use crate::given;

/// A value as it could appear: as typed, and in the notations of pages and JSON.
fn traces(raw: &forms::Draft, key: &str) -> Vec<String> {
    let text = raw.get(key).cloned().unwrap_or_default();
    match key {
        "amount" => vec!["187.25".into(), "187250000".into(), "1,872,500".into()],
        "indicators" => vec!["0.0317".into(), "0.0533".into()],
        _ => vec![text],
    }
}

both!(each_withheld_field_of_a_need_appears_nowhere, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let raw = given::need(&[]);
    let id = given::published(&app, "need", org, &raw).await;
    let pages = given::all_public(&mut app.visitor(), &Need, id).await;
    let mut looked_for = 0;
    for field in FORM.fields().filter(|f| f.secrecy != Secrecy::Open) {
        for trace in traces(&raw, field.key) {
            looked_for += 1;
            for (path, text) in &pages {
                assert!(!text.contains(&trace), "{} ({trace}) is on {path}", field.key);
            }
        }
    }
    assert!(looked_for >= 9, "the form has fields that are withheld");
    let of = |path: String| pages.iter().find(|(p, _)| *p == path).map(|(_, t)| t.as_str()).unwrap();
    assert!(of(format!("/needs/{id}")).contains("未公开") && of("/needs".into()).contains("单位名称未公开"));
    assert!(of("/needs.csv".into()).contains("未公开") && of("/needs.xlsx?kind=need".into()).contains("未公开"));
    let list: serde_json::Value = serde_json::from_str(of("/api/v1/needs".into())).unwrap();
    assert_eq!(list["items"][0]["organisation"], "未公开");
    let keys: Vec<&str> = list["items"][0]["withheld"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| k.as_str().unwrap())
        .collect();
    let sealed: Vec<&str> = FORM
        .fields()
        .filter(|f| f.secrecy != Secrecy::Open)
        .map(|f| f.key)
        .collect();
    assert_eq!(keys, sealed, "what is withheld is named");
    // Nor do filters and searches tell: neither the name nor the amount finds it.
    let mut visitor = app.visitor();
    for query in ["q=澹台", "q=91320582MATQ70WX57", "price=100-500", "price=negotiable"] {
        let page = visitor
            .get(&format!("/needs?{}", query.replace("澹台", "%E6%BE%B9%E5%8F%B0")))
            .await
            .expect(200)
            .text();
        assert!(page.contains("没有符合条件"), "{query} finds it");
    }
    // In the store the facets hold nothing of it either.
    let mut conn = app.app.read().await.unwrap();
    let (open, words, name, price): (String, String, Option<String>, Option<i64>) =
        db::on!(&mut conn, c => sqlx::query_as(
        "SELECT open, words, org_name, price_min FROM entry WHERE id = $1").bind(id.uuid()).fetch_one(c).await)
        .unwrap();
    assert!((name, price) == (None, None) && !open.contains("澹台") && !words.contains("澹台"));
});

both!(each_choice_shows_its_own_fields_and_no_other, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let mut visitor = app.visitor();
    let choices: Vec<&str> = FORM
        .fields()
        .filter_map(|f| match f.secrecy {
            Secrecy::Choice(by) => Some(by),
            _ => None,
        })
        .collect();
    for (n, chosen) in choices
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .enumerate()
    {
        let title = format!("第{n}项需求");
        let raw = given::need(&[("title", &title), (chosen, "是")]);
        let id = given::published(&app, "need", org, &raw).await;
        let page = visitor.get(&format!("/needs/{id}")).await.expect(200).text();
        for field in FORM.fields() {
            let shown = match field.secrecy {
                Secrecy::Open => continue,
                Secrecy::Choice(by) => by == *chosen,
                Secrecy::Always => false,
            };
            for trace in traces(&raw, field.key)
                .into_iter()
                .filter(|t| !["187250000", "1,872,500"].contains(&t.as_str()))
            {
                assert_eq!(page.contains(&trace), shown, "{chosen}: {} ({trace})", field.key);
            }
        }
    }
});

both!(needs_are_found_by_what_is_open, |app| {
    let org = given::org(&app, given::COMPANY, "company").await;
    let other = given::org(&app, given::OTHER, "company").await;
    let shown = [
        ("public_name", "是"),
        ("public_amount", "是"),
        ("uscc", given::OTHER.1),
        ("company", given::OTHER.0),
        ("region", "320115"),
    ];
    let gear = given::need(&[("public_amount", "是"), ("amount", "不超过90万元")]);
    let cable = [
        shown.as_slice(),
        &[
            ("title", "深海电缆绝缘层在线检测"),
            ("sector", "新材料"),
            ("category", "检测仪器"),
            ("amount", "300-500万元"),
            ("days", "365"),
        ],
    ]
    .concat();
    let tomato = [
        shown.as_slice(),
        &[
            ("title", "设施番茄灰霉病早期识别"),
            ("sector", "现代农业；人工智能"),
            ("amount", "面议"),
            ("modes", "技术服务"),
        ],
    ]
    .concat();
    let _ = given::published(&app, "need", org, &gear).await;
    app.clock.advance_secs(60);
    let _ = given::published(&app, "need", other, &given::need(&cable)).await;
    app.clock.advance_secs(60);
    let _ = given::published(&app, "need", other, &given::need(&tomato)).await;
    let mut visitor = app.visitor();
    let titles = ["重载齿轮", "深海电缆", "设施番茄"];
    for (query, found) in [
        ("", [true, true, true]),
        ("q=%E7%95%AA%E8%8C%84", [false, false, true]),
        ("q=%E9%97%BB%E9%9F%B6", [false, true, true]),
        ("sector=AGR", [false, false, true]),
        ("sector=AI", [false, false, true]),
        ("sector=NM", [false, true, false]),
        ("region=320500", [true, false, false]),
        ("region=320100", [false, true, true]),
        ("region=320115", [false, true, true]),
        ("category=testing", [false, true, false]),
        ("mode=service", [true, true, true]),
        ("mode=joint", [true, true, false]),
        ("price=50-100", [true, false, false]),
        ("price=100-500", [false, true, false]),
        ("price=500-", [false, true, false]),
        ("price=negotiable", [false, false, true]),
        ("since=7", [true, true, true]),
        ("sector=AGR&region=320500", [false, false, false]),
    ] {
        let page = visitor.get(&format!("/needs?{query}")).await.expect(200).text();
        for (title, there) in titles.iter().zip(found) {
            assert_eq!(page.contains(title), there, "{query}: {title}");
        }
        let count = found.iter().filter(|f| **f).count();
        let json = visitor.get(&format!("/api/v1/needs?{query}")).await.expect(200).json();
        assert_eq!(json["count"], count, "{query}");
        assert!(page.contains(&format!("共 {count} 条")), "{query}");
    }
    let order = async |sort: &str, client: &mut testkit::Client| -> Vec<usize> {
        let json = client
            .get(&format!("/api/v1/needs?sort={sort}"))
            .await
            .expect(200)
            .json();
        let of = |item: &serde_json::Value| {
            titles
                .iter()
                .position(|t| item["title"].as_str().unwrap().contains(t))
                .unwrap()
        };
        json["items"].as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(order("newest", &mut visitor).await, [2, 1, 0]);
    assert_eq!(
        order("cheapest", &mut visitor).await,
        [0, 1, 2],
        "what has no price stands behind"
    );
    assert_eq!(order("dearest", &mut visitor).await, [1, 0, 2]);
    assert_eq!(order("deadline", &mut visitor).await, [0, 2, 1]);
    // Conditions are chips that can be taken off, and the export has the same rows.
    let page = visitor
        .get("/needs?sector=AGR&price=negotiable")
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("产业领域：现代农业")
            && page.contains("href=\"/needs?price=negotiable\"")
            && page.contains("/needs.csv?sector=AGR&#38;price=negotiable"),
        "{page}"
    );
    let csv = visitor.get("/needs.csv?sector=AGR").await.expect(200).text();
    assert!(csv.contains("设施番茄") && !csv.contains("深海电缆") && csv.contains("需求名称"));
    let english = visitor.get("/en/needs?sector=AGR").await.expect(200).text();
    assert!(
        english.contains("Technical needs") && english.contains("Field: "),
        "{english}"
    );
});
