//! What tests of entries share: whole drafts with telling values, sheets of them, people, and the way to publication.

use entries::EntryKind;
use forms::{Draft, Form};
use jcore::{Actor, Role};
use kernel::{EntryId, OrgId};
use testkit::{Client, TestApp};

/// A company of Zhangjiagang, with a name that occurs nowhere else.
pub(crate) const COMPANY: (&str, &str, &str) = ("昆山澹台精密齿轮有限公司", "91320582MATQ70WX57", "320582");
/// Another company, of Nanjing.
pub(crate) const OTHER: (&str, &str, &str) = ("江宁闻韶机电有限公司", "91320000MA0000007Q", "320115");
/// A university of Nanjing.
pub(crate) const UNIVERSITY: (&str, &str, &str) = ("江淮理工大学", "12320000MA0000007X", "320102");

/// A draft of a form from its examples, with some texts in place of them.
pub(crate) fn draft(form: &'static Form, texts: &[(&str, &str)]) -> Draft {
    let mut draft: Draft = form
        .fields()
        .filter_map(|f| Some((f.key.to_owned(), (*f.examples.first()?).to_owned())))
        .collect();
    for (key, text) in texts {
        draft.insert((*key).to_owned(), (*text).to_owned());
    }
    draft
}

/// A need of [`COMPANY`] whose withheld values occur nowhere else.
pub(crate) fn need(texts: &[(&str, &str)]) -> Draft {
    let mut all = vec![
        ("title", "重载齿轮渗碳淬火变形控制"),
        ("company", COMPANY.0),
        ("uscc", COMPANY.1),
        ("region", COMPANY.2),
        ("park", "澹台密园"),
        ("indicators", "齿向变形 ≤0.0317 mm（现状 0.0533 mm）"),
        ("amount", "187.25万元"),
        ("source_person", "闻人牧"),
        ("contact", "褚遥岑"),
        ("phone", "13811112222"),
        ("email", "chu.yaocen@tantai.example.com"),
        ("public_name", "否"),
        ("public_amount", "否"),
        ("public_indicators", "否"),
        ("public_contact", "否"),
    ];
    all.extend_from_slice(texts);
    draft(&needs::FORM, &all)
}

/// A patent of [`UNIVERSITY`].
pub(crate) fn patent(texts: &[(&str, &str)]) -> Draft {
    let mut all = vec![
        ("owners", UNIVERSITY.0),
        ("unit", UNIVERSITY.0),
        ("uscc", UNIVERSITY.1),
        ("price", "87.25万元"),
        ("contact", "褚遥岑"),
        ("phone", "13811112222"),
        ("email", "chu.yaocen@jhut.example.cn"),
        ("public_price", "否"),
        ("public_contact", "否"),
    ];
    all.extend_from_slice(texts);
    draft(&offers::PATENT_FORM, &all)
}

/// An achievement of [`UNIVERSITY`].
pub(crate) fn achievement(texts: &[(&str, &str)]) -> Draft {
    let mut all = vec![
        ("owners", UNIVERSITY.0),
        ("unit", UNIVERSITY.0),
        ("uscc", UNIVERSITY.1),
        ("price", "97.25万元"),
        ("contact", "褚遥岑"),
        ("phone", "13811112222"),
        ("email", "chu.yaocen@jhut.example.cn"),
        ("public_price", "否"),
        ("public_contact", "否"),
    ];
    all.extend_from_slice(texts);
    draft(&offers::ACHIEVEMENT_FORM, &all)
}

/// Drafts as a CSV file with the template's heads.
pub(crate) fn csv(form: &'static Form, drafts: &[Draft]) -> Vec<u8> {
    let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = form.fields().map(|f| quote(f.head_zh())).collect::<Vec<_>>().join(",");
    for draft in drafts {
        out.push('\n');
        let cells = form
            .fields()
            .map(|f| quote(draft.get(f.key).map_or("", String::as_str)));
        out.push_str(&cells.collect::<Vec<_>>().join(","));
    }
    out.into_bytes()
}

/// Makes one of the organisations above.
pub(crate) async fn org(app: &TestApp, of: (&str, &str, &str), kind: &str) -> OrgId {
    app.organisation(of.0, kind, of.1, of.2).await
}

/// Makes a draft of a kind for an organisation, by its manager.
pub(crate) async fn drafted(app: &TestApp, kind: &str, org: OrgId, raw: &Draft) -> EntryId {
    let actor = app.actor(Role::Manager, Some(org), None);
    entries::create(&app.app, &actor, kind, org, raw)
        .await
        .expect("a draft")
        .id
}

/// An entry's version now.
pub(crate) async fn version(app: &TestApp, id: EntryId) -> i64 {
    let mut conn = app.app.read().await.expect("a connection");
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT version FROM entry WHERE id = $1").bind(id.uuid()).fetch_one(c).await)
        .expect("an entry")
}

/// An entry's state now.
pub(crate) async fn state(app: &TestApp, id: EntryId) -> String {
    let mut conn = app.app.read().await.expect("a connection");
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT state FROM entry WHERE id = $1").bind(id.uuid()).fetch_one(c).await)
        .expect("an entry")
}

/// Makes an entry and publishes it.
pub(crate) async fn published(app: &TestApp, kind: &str, org: OrgId, raw: &Draft) -> EntryId {
    let id = drafted(app, kind, org, raw).await;
    let manager = app.actor(Role::Manager, Some(org), None);
    entries::submit(&app.app, &manager, id, version(app, id).await)
        .await
        .expect("handed in");
    entries::publish(&app.app, &Actor::system(), id, version(app, id).await)
        .await
        .expect("published");
    id
}

/// A form's texts as a page sends them.
pub(crate) fn fields<'a>(raw: &'a Draft, version: &'a str) -> Vec<(&'a str, &'a str)> {
    raw.iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .chain([("version", version)])
        .collect()
}

/// Everything that anyone can get of what is public, as one text: pages, exports, the API, the home page.
pub(crate) async fn all_public(client: &mut Client, kind: &dyn EntryKind, id: EntryId) -> Vec<(String, String)> {
    let home = kind.home();
    let paths = [
        "/".to_owned(),
        home.to_owned(),
        format!("{home}?kind={}", kind.key()),
        format!("{home}/{id}"),
        format!("{home}.csv"),
        format!("{home}.csv?kind={}", kind.key()),
        format!("/api/v1{home}"),
        format!("/api/v1{home}/{id}"),
        "/api/openapi.json".to_owned(),
        // The language of an address is kept for those after it, so English comes last.
        format!("/en{home}"),
        format!("/en{home}/{id}"),
    ];
    let mut out = vec![workbook(client, format!("{home}.xlsx?kind={}", kind.key())).await];
    for path in paths {
        let answer = client.get(&path).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text());
        out.push((path, answer.text()));
    }
    out
}

/// A workbook is packed: its sheet is read before it is looked through.
async fn workbook(client: &mut Client, path: String) -> (String, String) {
    let bytes = client.get(&path).await.expect(200).bytes;
    let grids = sheets::read("x.xlsx", &bytes, &sheets::Limits::default()).expect("a workbook");
    let cells = grids
        .iter()
        .flat_map(|g| &g.rows)
        .flatten()
        .map(|c| c.text())
        .collect::<Vec<_>>()
        .join("|");
    (path, cells)
}
