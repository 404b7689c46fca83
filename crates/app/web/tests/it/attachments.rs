//! Papers of entries over HTTP, on both engines: what is taken and cleaned, who sees which, what keeps one from being
//! public, how many, viruses, and that what is deleted is gone.

use std::sync::Arc;

use http::Method;
use jcore::files::{ScanTrouble, Scanner, Verdict};
use jcore::{Actor, BoxFuture, Role};
use kernel::{EntryId, OrgId};
use testkit::{Answer, Client, TestApp, both};

use crate::given;

/// The author that programs write into files of ours.
const AUTHOR: &str = "Canary Zhang San";

/// A workbook by [`AUTHOR`] that says this.
fn workbook(text: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_author(AUTHOR)
            .set_company(AUTHOR),
    );
    book.add_worksheet().write(0, 0, text).unwrap();
    book.save_to_buffer().unwrap()
}

/// A PDF of one page by [`AUTHOR`] that says this (letters only).
fn pdf(text: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n\
         6 0 obj<</Author({AUTHOR})>>endobj\ntrailer<</Root 1 0 R/Info 6 0 R>>\n%%EOF",
        content.len()
    )
    .into_bytes()
}

/// A picture of one grey point.
fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\x0aIDAT\x78\x9c\x63\x68\0\0\0\x82\0\x81\x77\xcd\x72\xb6\0\0\0\0IEND\xae\x42\x60\x82".to_vec()
}

fn path(id: EntryId) -> String {
    format!("/entries/{id}/attachments")
}

/// Uploads as a page does.
async fn send(client: &mut Client, id: EntryId, public: bool, name: &str, content: &[u8]) -> Answer {
    let choice = if public { "yes" } else { "no" };
    let fields = [("public", choice), ("checked", choice)];
    client.upload(&path(id), &fields, name, content).await
}

/// The papers that the API lists.
async fn listed(client: &mut Client, id: EntryId) -> Vec<serde_json::Value> {
    let answer = client
        .get(&format!("/api/v1/entries/{id}/attachments"))
        .await
        .expect(200);
    answer.json()["items"].as_array().unwrap().clone()
}

fn id_of(paper: &serde_json::Value) -> String {
    paper["id"].as_str().unwrap().to_owned()
}

/// A company's need that is being written, and its manager.
async fn draft(app: &TestApp, texts: &[(&str, &str)]) -> (OrgId, EntryId, Client) {
    let org = given::org(app, given::COMPANY, "company").await;
    let id = given::drafted(app, "need", org, &given::need(texts)).await;
    let manager = app.role(Role::Manager, Some(org), None).await;
    (org, id, manager)
}

async fn publish(app: &TestApp, org: OrgId, id: EntryId) {
    let manager = app.actor(Role::Manager, Some(org), None);
    entries::submit(&app.app, &manager, id, given::version(app, id).await)
        .await
        .unwrap();
    let v = given::version(app, id).await;
    entries::publish(&app.app, &Actor::system(), id, v).await.unwrap();
}

both!(papers_are_cleaned_shown_and_given_out, |app| {
    let (org, id, mut manager) = draft(&app, &[]).await;
    let edit = manager.get(&format!("/entries/{id}/edit")).await.expect(200).text();
    assert!(edit.contains("上传附件"), "the form's page has room for papers");
    let _ = send(&mut manager, id, true, "检测 报告.xlsx", &workbook("齿向变形 0.03 mm"))
        .await
        .expect(303);
    let _ = send(&mut manager, id, true, "drawing.pdf", &pdf("Gear drawing"))
        .await
        .expect(303);
    let _ = send(&mut manager, id, true, "photo.PNG", &png()).await.expect(303);
    let _ = send(&mut manager, id, false, "内部成本.txt", "成本明细".as_bytes())
        .await
        .expect(303);
    let page = manager.get(&path(id)).await.expect(200).text();
    assert!(
        page.contains("检测 报告") && page.contains("文档属性") && page.contains("仅供中心查看"),
        "{page}"
    );

    let mut visitor = app.visitor();
    let papers = listed(&mut manager, id).await;
    assert_eq!(papers.len(), 4);
    let _ = visitor
        .get(&format!("/attachments/{}", id_of(&papers[0])))
        .await
        .expect(404);
    let _ = visitor
        .get(&format!("/api/v1/entries/{id}/attachments"))
        .await
        .expect(404);
    publish(&app, org, id).await;

    let page = visitor.get(&format!("/needs/{id}")).await.expect(200).text();
    assert!(
        page.contains("检测 报告") && page.contains("drawing") && !page.contains("内部成本"),
        "{page}"
    );
    assert_eq!(listed(&mut visitor, id).await.len(), 3);
    let book = id_of(&papers[0]);
    let page = visitor.get(&format!("/attachments/{book}")).await.expect(200).text();
    assert!(page.contains("齿向变形 0.03 mm") && !page.contains("已清除"), "{page}");
    let file = visitor.get(&format!("/attachments/{book}/file")).await.expect(200);
    let named = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        named,
        "attachment; filename=\"_____.xlsx\"; filename*=UTF-8''%E6%A3%80%E6%B5%8B%20%E6%8A%A5%E5%91%8A.xlsx"
    );
    let cells = sheets::read("x.xlsx", &file.bytes, &sheets::Limits::default()).unwrap();
    assert_eq!(cells[0].rows[0][0].text(), "齿向变形 0.03 mm");
    // The author is in no part of it.
    assert!(
        !jcore::files::clean("x.xlsx", &file.bytes, &jcore::files::Allowed::ALL)
            .unwrap()
            .stripped
            .contains(&jcore::files::What::Properties)
    );

    for (paper, kind, shows) in [
        (&papers[1], "application/pdf", true),
        (&papers[2], "image/png", true),
        (&papers[0], "", false),
    ] {
        let answer = visitor
            .get(&format!("/attachments/{}/view", id_of(paper)))
            .await
            .expect(200);
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition").starts_with("inline"), shows);
        assert!(!shows || header("content-type") == kind);
        assert!(
            header("content-security-policy").ends_with("sandbox") && header("x-content-type-options") == "nosniff"
        );
        assert!(header("cache-control").starts_with("private"));
        assert!(!answer.text().contains(AUTHOR));
    }
    let page = visitor
        .get(&format!("/attachments/{}", id_of(&papers[1])))
        .await
        .expect(200)
        .text();
    assert!(
        page.contains("Gear drawing") && page.contains("在新标签页打开"),
        "{page}"
    );
    let page = visitor
        .get(&format!("/en/attachments/{}", id_of(&papers[2])))
        .await
        .expect(200)
        .text();
    assert!(page.contains("<img") && page.contains("Open in a new tab"));
});

both!(who_sees_which, |app| {
    let (org, id, mut manager) = draft(&app, &[]).await;
    let other = given::org(&app, given::OTHER, "company").await;
    let _ = send(&mut manager, id, false, "a.txt", "内部".as_bytes())
        .await
        .expect(303);
    let _ = send(&mut manager, id, true, "b.txt", "公开".as_bytes())
        .await
        .expect(303);
    let papers = listed(&mut manager, id).await;
    let (private, public) = (id_of(&papers[0]), id_of(&papers[1]));
    let mut people = vec![
        ("member", app.role(Role::Member, Some(org), None).await, true),
        ("centre", app.role(Role::Centre, None, None).await, true),
        ("bureau here", app.role(Role::Bureau, None, Some("320500")).await, true),
        (
            "bureau there",
            app.role(Role::Bureau, None, Some("320100")).await,
            false,
        ),
        ("stranger", app.role(Role::Manager, Some(other), None).await, false),
        ("admin", app.role(Role::Admin, None, None).await, false),
        (
            "university centre",
            app.role(Role::UniversityCentre, None, None).await,
            false,
        ),
        ("visitor", app.visitor(), false),
    ];
    for is_public in [false, true] {
        if is_public {
            publish(&app, org, id).await;
        }
        for (who, client, inside) in &mut people {
            for (paper, seen) in [(&private, *inside), (&public, *inside || is_public)] {
                for end in ["", "/view", "/file"] {
                    let answer = client.get(&format!("/attachments/{paper}{end}")).await;
                    assert_eq!(answer.status.as_u16() == 200, seen, "{who} {end} {}", answer.status);
                    assert!(seen || answer.status.as_u16() == 404);
                }
            }
        }
    }
    // Nobody but who may write it changes it, and nobody at all once it is handed in.
    let done = |answer: &Answer| answer.status.as_u16() == 303 && !answer.location().contains("/sign-in");
    for (who, client, _) in &mut people {
        let answer = send(client, id, false, "c.txt", b"x").await;
        assert!(!done(&answer), "{who}");
        let answer = client.post(&format!("{}/{private}/remove", path(id)), &[]).await;
        assert!(!done(&answer), "{who}");
    }
    let page = send(&mut manager, id, false, "c.txt", b"x").await.expect(409).text();
    assert!(page.contains("现在不能改附件"), "{page}");
    assert_eq!(listed(&mut manager, id).await.len(), 2);
});

both!(what_the_entry_withholds_keeps_a_paper_from_being_public, |app| {
    let (org, id, mut manager) = draft(&app, &[]).await;
    // Not confirmed that it was checked.
    let fields = [("public", "yes")];
    let page = manager
        .upload(&path(id), &fields, "a.txt", b"x")
        .await
        .expect(422)
        .text();
    assert!(page.contains("没有勾选"), "{page}");
    // The hidden owner's name, in a workbook: kept for the centre, and never public.
    let named = workbook("昆山澹台精密齿轮有限公司检测报告");
    let _ = send(&mut manager, id, true, "a.xlsx", &named).await.expect(303);
    let page = manager.get(&path(id)).await.expect(200).text();
    assert!(page.contains("澹台精密齿轮") && page.contains("仅供中心查看"), "{page}");
    let papers = listed(&mut manager, id).await;
    assert_eq!(papers[0]["public"], false);
    let ask = format!("{}/{}/public", path(id), id_of(&papers[0]));
    let yes = [("public", "yes"), ("confirmed", "yes")];
    let _ = manager.post(&ask, &yes).await.expect(422);
    // So does a title.
    let _ = send(&mut manager, id, true, "澹台精密齿轮 图纸.txt", b"x")
        .await
        .expect(303);
    // A telephone number: after a word of confirmation.
    let _ = send(&mut manager, id, true, "c.txt", "请致电 13811112222".as_bytes())
        .await
        .expect(303);
    let papers = listed(&mut manager, id).await;
    assert!(papers.iter().all(|p| p["public"] == false));
    let ask = format!("{}/{}/public", path(id), id_of(&papers[2]));
    let page = manager.post(&ask, &[("public", "yes")]).await.expect(422).text();
    assert!(page.contains("13811112222"), "{page}");
    let _ = manager.post(&ask, &yes).await.expect(303);
    publish(&app, org, id).await;
    let shown = listed(&mut app.visitor(), id).await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["title"], "c");
});

both!(a_name_withheld_later_hides_the_papers_that_tell_it, |app| {
    let (org, id, mut manager) = draft(&app, &[("public_name", "是")]).await;
    let named = workbook("昆山澹台精密齿轮有限公司检测报告");
    let _ = send(&mut manager, id, true, "a.xlsx", &named).await.expect(303);
    let _ = send(&mut manager, id, true, "b.txt", "图纸说明".as_bytes())
        .await
        .expect(303);
    let paper = id_of(&listed(&mut manager, id).await[0]);
    publish(&app, org, id).await;
    let mut visitor = app.visitor();
    let _ = visitor.get(&format!("/attachments/{paper}")).await.expect(200);
    let actor = app.actor(Role::Manager, Some(org), None);
    let v = given::version(&app, id).await;
    entries::withdraw(&app.app, &actor, id, v).await.unwrap();
    entries::reopen(&app.app, &actor, id, v + 1).await.unwrap();
    let v = given::version(&app, id).await;
    entries::save_draft(&app.app, &actor, id, v, &given::need(&[]))
        .await
        .unwrap();
    publish(&app, org, id).await;
    let _ = visitor.get(&format!("/needs/{id}")).await.expect(200);
    for end in ["", "/file", "/view"] {
        let _ = visitor.get(&format!("/attachments/{paper}{end}")).await.expect(404);
    }
    assert_eq!(listed(&mut visitor, id).await.len(), 1);
    let page = manager.get(&format!("/needs/{id}")).await.expect(200).text();
    assert!(page.contains("暂不公开"), "its owner sees why: {page}");
});

both!(what_is_not_taken_is_told_in_words, |app| {
    let (_, id, mut manager) = draft(&app, &[]).await;
    let large = vec![b'a'; 3 * 1024 * 1024];
    for (name, content, words) in [
        ("a.exe", &b"MZ\x90\0\x03\0\0\0\x04\0"[..], "可执行程序"),
        ("a.txt", b"<!doctype html><script>alert(1)</script>", "网页"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("a.pdf", b"just a text", "内容却是文本"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "另存为"),
        ("a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "压缩包"),
        ("a.txt", &large, "上限是 2 MB"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(x)>>endobj", "读不下去"),
    ] {
        let page = send(&mut manager, id, false, name, content).await.expect(422).text();
        assert!(page.contains(words), "{name}: {page}");
    }
    let launch = String::from_utf8(pdf("x"))
        .unwrap()
        .replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/Launch>>");
    let page = send(&mut manager, id, false, "a.pdf", launch.as_bytes())
        .await
        .expect(422)
        .text();
    assert!(page.contains("Launch"), "{page}");
    let page = manager.upload(&path(id), &[], "", b"").await.expect(422).text();
    assert!(page.contains("没有选择文件"), "{page}");
    assert!(listed(&mut manager, id).await.is_empty());
});

both!(an_entry_has_few_papers, |app| {
    let (_, id, mut manager) = draft(&app, &[]).await;
    for n in 0..attachments::rules::PAPERS_MAX {
        let _ = send(&mut manager, id, false, &format!("{n}.txt"), b"x")
            .await
            .expect(303);
    }
    let page = send(&mut manager, id, false, "one more.txt", b"x")
        .await
        .expect(422)
        .text();
    assert!(page.contains("这是上限"), "{page}");
    let papers = listed(&mut manager, id).await;
    let remove = format!("{}/{}/remove", path(id), id_of(&papers[3]));
    let _ = manager.post(&remove, &[]).await.expect(303);
    let _ = send(&mut manager, id, false, "one more.txt", b"x").await.expect(303);
    assert_eq!(
        listed(&mut manager, id).await[3]["title"],
        "one more",
        "it takes the free place"
    );
});

both!(machines_do_the_same, |app| {
    let (org, id, mut manager) = draft(&app, &[]).await;
    let api = format!("/api/v1/entries/{id}/attachments");
    let fields = [("title", "检测报告"), ("public", "true"), ("checked", "true")];
    let added = manager
        .upload(&api, &fields, "a.pdf", &pdf("Mail to zhang@example.com"))
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&added["public"], &added["findings"][0]["level"]),
        (&false.into(), &"warning".into()),
        "{added}"
    );
    assert_eq!(added["stripped"][0], "properties");
    let fields = [
        ("title", "检测报告"),
        ("public", "true"),
        ("checked", "true"),
        ("confirmed", "true"),
    ];
    let added = manager
        .upload(&api, &fields, "a.pdf", &pdf("Mail to zhang@example.com"))
        .await
        .expect(201)
        .json();
    assert_eq!(added["public"], true);
    let refused = manager
        .upload(&api, &fields, "a.exe", b"MZ\0\0")
        .await
        .expect(422)
        .json();
    assert_eq!(refused["error"]["fields"][0]["code"], "file-dangerous");
    let papers = listed(&mut manager, id).await;
    assert_eq!(
        (papers.len(), papers[0]["media"].as_str().unwrap()),
        (2, "application/pdf")
    );
    let one = format!("{api}/{}", id_of(&papers[0]));
    // Without the token of the session nothing is deleted.
    let request = http::Request::delete(&one).body(axum::body::Body::empty()).unwrap();
    let _ = manager.send(request).await.expect(403);
    let request = http::Request::delete(&one)
        .header(jcore::CSRF_HEADER, manager.csrf())
        .body(axum::body::Body::empty())
        .unwrap();
    let _ = manager.send(request).await.expect(204);
    assert_eq!(listed(&mut manager, id).await.len(), 1);
    let mut stranger = app.visitor();
    let answer = stranger.call(Method::DELETE, &one, &serde_json::json!({})).await;
    assert!(matches!(answer.status.as_u16(), 401 | 403));
    publish(&app, org, id).await;
    assert_eq!(listed(&mut app.visitor(), id).await.len(), 1);
});

/// How many files of each kind there are: rows, rows that wait for their content to go, and contents.
async fn files(app: &TestApp) -> (i64, i64, usize) {
    let mut conn = app.app.read().await.unwrap();
    let rows = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM file").fetch_one(c).await).unwrap();
    let gone =
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM file_gone").fetch_one(c).await).unwrap();
    let contents = std::fs::read_dir(app.folder.path().join("files")).unwrap().count();
    (rows, gone, contents)
}

both!(what_is_deleted_is_gone_and_what_is_left_behind_is_swept, |app| {
    let (_, id, mut manager) = draft(&app, &[]).await;
    for name in ["a.txt", "b.txt"] {
        let _ = send(&mut manager, id, false, name, b"x").await.expect(303);
    }
    assert_eq!(files(&app).await, (2, 0, 2));
    let papers = listed(&mut manager, id).await;
    let _ = manager
        .post(&format!("{}/{}/remove", path(id), id_of(&papers[0])), &[])
        .await
        .expect(303);
    assert_eq!(files(&app).await, (1, 1, 2), "the content goes after the act");
    app.tick().await;
    assert_eq!(files(&app).await, (1, 0, 1));
    // An entry that goes, as when its batch is rolled back, takes its papers along.
    let mut conn = app.app.db.write().await.unwrap();
    for rows in [
        "DELETE FROM entry_event WHERE entry_id = $1",
        "DELETE FROM entry_alike WHERE entry_id = $1",
        "DELETE FROM entry WHERE id = $1",
    ] {
        db::on!(&mut conn, c => sqlx::query(rows).bind(id.uuid()).execute(c).await.map(|_| ())).unwrap();
    }
    conn.commit().await.unwrap();
    for _ in 0..2 {
        app.clock.set(app.app.now().plus_secs(700));
        app.tick().await;
    }
    assert_eq!(files(&app).await, (0, 0, 0));
    // Content that no row names: left alone while an act may still be at it, removed after a day; what is not ours stays.
    let folder = app.folder.path().join("files");
    std::fs::write(folder.join(app.app.ids.uuid().to_string()), b"left").unwrap();
    std::fs::write(folder.join("not-ours"), b"x").unwrap();
    app.clock.set(app.app.now().plus_secs(3600));
    app.tick().await;
    assert_eq!(files(&app).await.2, 2);
    app.clock.set(app.app.now().plus_secs(25 * 3600));
    app.tick().await;
    assert_eq!(files(&app).await.2, 1);
    assert!(folder.join("not-ours").exists());
});

/// A scanner that knows one virus, or is away.
struct Fake {
    is_away: bool,
}

impl Scanner for Fake {
    fn place(&self) -> Option<String> {
        Some("fake".into())
    }

    fn scan<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Verdict, ScanTrouble>> {
        let verdict = match bytes.windows(5).any(|w| w == b"virus") {
            _ if self.is_away => Err(ScanTrouble::Slow),
            true => Ok(Verdict::Infected("Eicar-Test-Signature".into())),
            false => Ok(Verdict::Clean),
        };
        Box::pin(std::future::ready(verdict))
    }

    fn version(&self) -> BoxFuture<'_, Result<String, ScanTrouble>> {
        Box::pin(std::future::ready(Ok("1".into())))
    }
}

#[tokio::test]
async fn a_virus_is_refused_named_and_noted() {
    let app = TestApp::scanned(Arc::new(Fake { is_away: false })).await;
    let (_, id, mut manager) = draft(&app, &[]).await;
    let page = send(&mut manager, id, false, "a.txt", b"a virus")
        .await
        .expect(422)
        .text();
    assert!(page.contains("Eicar-Test-Signature"), "{page}");
    assert!(listed(&mut manager, id).await.is_empty());
    let mut conn = app.app.read().await.unwrap();
    let noted: String = db::on!(&mut conn, c => sqlx::query_scalar("SELECT detail FROM audit_entry WHERE key = 'file.infected'").fetch_one(c).await).unwrap();
    assert!(noted.contains("Eicar"), "{noted}");
    drop(conn);
    let _ = send(&mut manager, id, false, "a.txt", b"harmless").await.expect(303);
}

#[tokio::test]
async fn nothing_is_taken_while_the_scanner_is_away() {
    let app = TestApp::scanned(Arc::new(Fake { is_away: true })).await;
    let (_, id, mut manager) = draft(&app, &[]).await;
    let page = send(&mut manager, id, false, "a.txt", b"harmless")
        .await
        .expect(503)
        .text();
    assert!(page.contains("病毒扫描暂时不可用"), "{page}");
    assert!(listed(&mut manager, id).await.is_empty());
    assert_eq!(files(&app).await, (0, 0, 0));
}
