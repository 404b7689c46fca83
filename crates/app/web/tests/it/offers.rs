//! Offers: what is withheld appears nowhere, by enumeration over both forms; the two kinds in one list.

use entries::EntryKind;
use forms::Secrecy;
use offers::{Achievement, Patent};
use testkit::both;

use crate::given;

both!(each_withheld_field_of_an_offer_appears_nowhere, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let kinds: [(&dyn EntryKind, forms::Draft, &str); 2] = [
        (&Patent, given::patent(&[]), "87.25"),
        (&Achievement, given::achievement(&[]), "97.25"),
    ];
    for (kind, raw, price) in kinds {
        let id = given::published(&app, kind.key(), org, &raw).await;
        let pages = given::all_public(&mut app.visitor(), kind, id).await;
        let mut looked_for = 0;
        for field in kind.form().fields().filter(|f| f.secrecy != Secrecy::Open) {
            let trace = if field.key == "price" {
                price
            } else {
                raw[field.key].as_str()
            };
            looked_for += 1;
            for (path, text) in &pages {
                assert!(
                    !text.contains(trace),
                    "{} ({trace}) of {} is on {path}",
                    field.key,
                    kind.key()
                );
            }
        }
        assert_eq!(looked_for, 4, "price, contact, telephone, mail");
        let page = &pages.iter().find(|(p, _)| *p == format!("/offers/{id}")).unwrap().1;
        assert!(page.contains("未公开") && page.contains(given::UNIVERSITY.0));
    }
});

both!(each_choice_of_an_offer_shows_its_own_fields, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let mut visitor = app.visitor();
    let shown = given::patent(&[("public_price", "是")]);
    let id = given::published(&app, "patent", org, &shown).await;
    let page = visitor.get(&format!("/offers/{id}")).await.expect(200).text();
    assert!(page.contains("87.25") && !page.contains("褚遥岑") && !page.contains("13811112222"));
    let shown = given::achievement(&[("public_contact", "是")]);
    let id = given::published(&app, "achievement", org, &shown).await;
    let page = visitor.get(&format!("/offers/{id}")).await.expect(200).text();
    assert!(!page.contains("97.25"));
    for trace in ["褚遥岑", "13811112222", "chu.yaocen@jhut.example.cn"] {
        assert!(page.contains(trace), "{trace}");
    }
});

both!(patents_and_achievements_share_a_list, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let patent = given::patent(&[
        ("title", "一种甲方法"),
        ("public_price", "是"),
        ("price", "80万元"),
        ("maturity", "中试"),
    ]);
    let design = given::patent(&[
        ("title", "减速机外壳"),
        ("number", "ZL202130345678.4"),
        ("type", "外观设计"),
        ("filed", "2021-06-04"),
        ("granted", "2021-11-09"),
        ("ipc", "15-09"),
        ("maturity", "已量产"),
        ("plan_level", "无"),
        ("plan_no", ""),
        ("modes", "普通许可"),
    ]);
    let work = given::achievement(&[
        ("title", "丙成套工艺"),
        ("maturity", "小试"),
        ("modes", "作价入股"),
        ("plan_level", "国家级"),
    ]);
    let design = given::published(&app, "patent", org, &design).await;
    let _ = given::published(&app, "patent", org, &patent).await;
    let _ = given::published(&app, "achievement", org, &work).await;
    let mut visitor = app.visitor();
    let titles = ["一种甲方法", "减速机外壳", "丙成套工艺"];
    for (query, found) in [
        ("", [true, true, true]),
        ("kind=patent", [true, true, false]),
        ("kind=achievement", [false, false, true]),
        ("kind=patent&category=design", [false, true, false]),
        ("maturity=6-7", [true, false, false]),
        ("maturity=8-9", [false, true, false]),
        ("maturity=4-5", [false, false, true]),
        ("mode=equity", [false, false, true]),
        ("plan=national", [false, false, true]),
        ("plan=provincial", [true, false, false]),
        ("price=50-100", [true, false, false]),
        ("q=ZL202130345678.4", [false, true, false]),
        ("q=15-09", [false, true, false]),
        ("region=320100", [true, true, true]),
    ] {
        let page = visitor.get(&format!("/offers?{query}")).await.expect(200).text();
        for (title, there) in titles.iter().zip(found) {
            assert_eq!(page.contains(title), there, "{query}: {title}");
        }
    }
    let page = visitor.get(&format!("/offers/{design}")).await.expect(200).text();
    assert!(page.contains("15-09") && page.contains("ZL202130345678.4") && page.contains("外观设计"));
    let _ = visitor.get(&format!("/needs/{design}")).await.expect(404);
    // Of both kinds the export has what they share; of one, the template's columns.
    let both = visitor.get("/offers.csv").await.expect(200).text();
    assert!(both.contains("减速机外壳") && both.contains("丙成套工艺") && !both.contains("专利权人"));
    let patents = visitor.get("/offers.csv?kind=patent").await.expect(200).text();
    assert!(patents.contains("专利权人") && !patents.contains("丙成套工艺"));
});
