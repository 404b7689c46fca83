//! Sheets: sent, mended in the browser, imported, sent again; by page and by API; each batch for its people only.

use std::fmt::Write as _;

use jcore::Role;
use testkit::{TestApp, both};

/// A code that is right but for its check character, and the character that makes it right.
fn code(number: u32) -> String {
    let body = format!("91320000MA{number:07}");
    format!("{body}{}", kernel::uscc_check(body.as_bytes()))
}

/// A list of organisations as a bureau sends it: a title above, and a column that is nobody's.
fn sheet(rows: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let mut text = "徐州市2023年企业名录,,,,\n序号,单位名称,统一社会信用代码,单位类型,所属区划,填报邮箱\n".to_owned();
    for (at, (name, code, kind, region)) in rows.iter().enumerate() {
        writeln!(text, "{},{name},{code},{kind},{region},另行联系", at + 1).unwrap();
    }
    text.into_bytes()
}

async fn count(app: &TestApp, name: &str) -> i64 {
    let mut conn = app.app.read().await.unwrap();
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM organisation WHERE name = $1")
        .bind(name).fetch_one(c).await)
    .unwrap()
}

both!(a_bureaus_list_is_mended_and_imported, |app| {
    let mut bureau = app.role(Role::Bureau, None, Some("320300")).await;
    let page = bureau.get("/intake").await.expect(200).text();
    assert!(page.contains("/templates/organisations.xlsx"), "{page}");
    let wrong = format!("{}{}", &code(2)[..17], if code(2).ends_with('1') { '2' } else { '1' });
    let rows = [
        ("徐州甲装备有限公司", code(1), "企业", "徐州市鼓楼区"),
        ("徐州乙材料有限公司", wrong, "企业", "320311"),
        ("徐州丙软件有限公司", code(3), "小作坊", "320312"),
    ];
    let rows: Vec<_> = rows.iter().map(|(n, c, k, r)| (*n, c.as_str(), *k, *r)).collect();
    let sent = bureau
        .upload("/intake", &[("kind", "organisations")], "名录.csv", &sheet(&rows))
        .await
        .expect(303);
    let path = sent.location().to_owned();
    let page = bureau.get(&path).await.expect(200).text();
    assert!(page.contains("名录.csv") && page.contains("填报邮箱"), "{page}");
    // The right check character is offered, and taken by one click; the region is read as Xuzhou's.
    assert!(page.contains(&format!("value=\"uscc={}\"", code(2))), "{page}");
    let _ = bureau
        .post(&format!("{path}/rows/4"), &[("fix", &format!("uscc={}", code(2)))])
        .await
        .expect(303);
    let _ = bureau
        .post(&format!("{path}/rows/5"), &[("kind", "企业")])
        .await
        .expect(303);
    let id = path.rsplit('/').next().unwrap().to_owned();
    let report = bureau.get(&format!("/api/v1/intake/{id}")).await.expect(200).json();
    assert_eq!((&report["held"], &report["ready"]), (&0.into(), &3.into()), "{report}");
    let _ = bureau
        .post(
            &format!("{path}/commit"),
            &[("mode", "submit"), ("reason", "已对照营业执照")],
        )
        .await
        .expect(303);
    let report = bureau.get(&format!("/api/v1/intake/{id}")).await.expect(200).json();
    assert_eq!(
        (&report["new"], &report["state"]),
        (&3.into(), &"done".into()),
        "{report}"
    );
    for name in ["徐州甲装备有限公司", "徐州乙材料有限公司", "徐州丙软件有限公司"] {
        assert_eq!(count(&app, name).await, 1, "{name}");
    }
    // What is done is not done again, and sent again it changes nothing.
    let _ = bureau
        .post(
            &format!("{path}/commit"),
            &[("mode", "submit"), ("reason", "已对照营业执照")],
        )
        .await
        .expect(409);
    let again = bureau.get(&format!("{path}/annotated")).await.expect(200).bytes;
    let taken = bureau
        .upload(
            "/api/v1/intake/organisations?commit=true&submit=true&reason=checked",
            &[],
            "again.xlsx",
            &again,
        )
        .await
        .expect(201)
        .json();
    let report = &taken["reports"][0];
    assert_eq!(
        (&report["same"], &report["new"], &report["changed"]),
        (&3.into(), &0.into(), &0.into()),
        "{report}"
    );
});

both!(a_batch_is_for_its_people_and_the_centre, |app| {
    let mut bureau = app.role(Role::Bureau, None, Some("320300")).await;
    let mut neighbour = app.role(Role::Bureau, None, Some("320100")).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let file = sheet(&[
        ("徐州丁机械有限公司", &code(4), "企业", "320302"),
        ("南京戊机械有限公司", &code(5), "企业", "320106"),
    ]);
    let sent = bureau
        .upload("/intake", &[("kind", "organisations")], "名录.csv", &file)
        .await
        .expect(303);
    let path = sent.location().to_owned();
    let id = path.rsplit('/').next().unwrap().to_owned();
    let report = bureau.get(&format!("/api/v1/intake/{id}")).await.expect(200).json();
    assert_eq!(
        (&report["held"], &report["ready"]),
        (&1.into(), &1.into()),
        "another city's organisation: {report}"
    );
    for path in [
        path.clone(),
        format!("{path}/annotated"),
        format!("{path}/rows/3"),
        format!("/api/v1/intake/{id}"),
    ] {
        let _ = neighbour.get(&path).await.expect(404);
        let _ = centre.get(&path).await.expect(200);
    }
    let _ = neighbour
        .post(
            &format!("{path}/commit"),
            &[("mode", "submit"), ("reason", "已对照营业执照")],
        )
        .await
        .expect(404);
    let _ = neighbour.post(&format!("{path}/discard"), &[]).await.expect(404);
    let _ = neighbour
        .post(&format!("{path}/rows/3"), &[("name", "x")])
        .await
        .expect(404);
    assert!(centre.get("/intake").await.expect(200).text().contains(&path));
    assert!(!neighbour.get("/intake").await.expect(200).text().contains(&path));
    let mut visitor = app.visitor();
    let _ = visitor.get(&path).await.expect(303);
    let _ = visitor.get(&format!("/api/v1/intake/{id}")).await.expect(401);
    let _ = bureau.post(&format!("{path}/discard"), &[]).await.expect(303);
    assert_eq!(
        bureau.get(&format!("/api/v1/intake/{id}")).await.expect(200).json()["state"],
        "discarded"
    );
    assert_eq!(count(&app, "徐州丁机械有限公司").await, 0);
});

both!(a_file_that_is_no_sheet_is_refused_in_words, |app| {
    let mut centre = app.role(Role::Centre, None, None).await;
    let page = centre
        .upload("/intake", &[("kind", "organisations")], "a.xlsx", b"%PDF-1.4")
        .await
        .expect(422)
        .text();
    assert!(page.contains("PDF 文档"), "{page}");
    let page = centre
        .upload(
            "/en/intake",
            &[("kind", "organisations")],
            "a.csv",
            "a,b\n1\n".as_bytes(),
        )
        .await
        .expect(422);
    assert!(page.text().contains("No header found"));
    let fault = centre
        .upload("/api/v1/intake/organisations", &[], "a.csv", b"")
        .await
        .expect(422)
        .json();
    assert_eq!(fault["error"]["code"], "intake-no-file");
});

both!(every_kind_has_its_workbook_and_reads_it, |app| {
    let kinds = app.app.extra::<intake::Kinds>().unwrap().clone();
    assert!(kinds.all().len() >= 2, "{kinds:?}");
    let mut visitor = app.visitor();
    for kind in kinds.all() {
        for lang in ["zh", "en"] {
            let book = visitor
                .get(&format!("/{lang}/templates/{}.xlsx", kind.key()))
                .await
                .expect(200)
                .bytes;
            let grids = sheets::read("t.xlsx", &book, &sheets::Limits::default()).unwrap();
            let spec = |field: &'static forms::Field| sheets::ColumnSpec {
                key: field.key.to_owned(),
                heads: field.heads.iter().map(|head| (*head).to_owned()).collect(),
                required: true,
            };
            let specs: Vec<_> = kind.form().fields().map(spec).collect();
            let mapping = sheets::map_columns(&grids[0], &specs).unwrap();
            assert!(
                mapping.missing.is_empty() && mapping.unknown.is_empty(),
                "{} {lang}: {mapping:?}",
                kind.key()
            );
            assert!(
                sheets::rows(&grids[0], &mapping).is_empty(),
                "the example row of {} is no data",
                kind.key()
            );
        }
    }
});
