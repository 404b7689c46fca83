//! The workbooks to fill in read back as what they are.

use jcore::{Lang, Role};

use crate::support::{FORM, Site};

#[tokio::test]
async fn a_template_is_read_by_the_form_it_was_made_for() {
    let site = Site::new().await;
    for lang in Lang::ALL {
        let book = intake::template_xlsx(&site.app, site.things.as_ref(), lang).unwrap();
        let grids = sheets::read("t.xlsx", &book, &sheets::Limits::default()).unwrap();
        let specs: Vec<sheets::ColumnSpec> = FORM
            .fields()
            .map(|f| sheets::ColumnSpec {
                key: f.key.into(),
                heads: f.heads.iter().map(|h| (*h).into()).collect(),
                required: false,
            })
            .collect();
        let mapping = sheets::map_columns(&grids[0], &specs).unwrap();
        assert_eq!(
            mapping.columns.iter().flatten().count(),
            FORM.fields().count(),
            "{lang:?}"
        );
        assert!(mapping.unknown.is_empty() && mapping.missing.is_empty());
        assert_eq!(sheets::rows(&grids[0], &mapping), Vec::new(), "the example row is none");
        // No other sheet is taken for one of data.
        let others = grids[1..].iter().filter(|grid| !grid.hidden);
        for other in others {
            let known = sheets::map_columns(other, &specs).map_or(0, |m| m.columns.iter().flatten().count());
            assert!(known * 2 < FORM.fields().count(), "{}", other.name);
        }
    }
}

#[tokio::test]
async fn anyone_may_download_a_template() {
    let site = Site::new().await;
    let (_, browser) = site.person(Role::Auditor, None).await;
    for path in ["/templates/things", "/templates/things.xlsx"] {
        let answer = browser.get(path).await.expect(200);
        assert!(answer.bytes.starts_with(b"PK"));
        assert!(
            answer.headers["content-disposition"]
                .to_str()
                .unwrap()
                .contains(".xlsx")
        );
    }
    browser.get("/templates/nothing").await.expect(404);
}

#[tokio::test]
async fn an_empty_template_is_refused_with_what_to_do() {
    let site = Site::new().await;
    let (actor, _) = site.person(Role::Centre, None).await;
    let book = intake::template_xlsx(&site.app, site.things.as_ref(), Lang::Zh).unwrap();
    let fault = intake::upload(&site.app, &actor, "things", None, "t.xlsx", &book)
        .await
        .unwrap_err();
    assert_eq!(fault.code, "intake-no-rows");
}
