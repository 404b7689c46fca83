//! Single parts.

use super::*;

fn scrubbed(key: &str, text: &str) -> (String, Vec<What>) {
    let dropped = ["docprops/core.xml", "customxml/item1.xml"].map(str::to_owned).into();
    let done = part(key, text, &dropped, &mut Authors::default()).unwrap();
    (
        String::from_utf8(done.xml).unwrap(),
        done.stripped.into_iter().collect(),
    )
}

#[test]
fn what_tells_nobody_is_copied_letter_for_letter() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<w:p  w:x = 'a\"b'><w:t xml:space=\"preserve\"> 5 &lt; 6 &#x4e2d;</w:t><a/></w:p>";
    assert_eq!(scrubbed("word/document.xml", text), (text.to_owned(), vec![]));
}

#[test]
fn authors_become_numbers_and_stay_apart() {
    let text = "<w><w:ins w:id=\"1\" w:author=\"张三\" w:date=\"2023\"/><w:del w:author=\"李四\"/><w:ins w:author='张三' w:initials=\"ZS\"/></w>";
    let (xml, what) = scrubbed("word/document.xml", text);
    assert_eq!(
        xml,
        "<w><w:ins w:id=\"1\" w:author=\"Author 1\" w:date=\"2023\"/><w:del w:author=\"Author 2\"/><w:ins w:author=\"Author 1\" w:initials=\"\"/></w>"
    );
    assert_eq!(what, [What::Authors]);
    let notes = "<comments><authors><author>张三</author></authors><t>张三:</t><t>请核对</t></comments>";
    let (xml, _) = scrubbed("xl/comments1.xml", notes);
    assert_eq!(
        xml,
        "<comments><authors><author>Author 1</author></authors><t>Author 1:</t><t>请核对</t></comments>"
    );
    let (again, what) = scrubbed("xl/comments1.xml", &xml);
    assert_eq!((again, what), (xml, vec![]));
}

#[test]
fn folders_go_and_names_of_files_stay() {
    let (xml, what) = scrubbed(
        "word/document.xml",
        r#"<p descr="C:\Users\张三\图 1.jpg" title="图 1"/>"#,
    );
    assert_eq!(
        (xml.as_str(), what),
        (r#"<p descr="图 1.jpg" title="图 1"/>"#, vec![What::Paths])
    );
    let (xml, _) = scrubbed(
        "xl/workbook.xml",
        r#"<w><x15ac:absPath url="C:\Users\张三\"/><sheets/></w>"#,
    );
    assert_eq!(xml, "<w><sheets/></w>");
    let (xml, _) = scrubbed(
        "xl/worksheets/sheet1.xml",
        r#"<s><pageSetup paperSize="9" r:id="rId1"/></s>"#,
    );
    assert_eq!(xml, r#"<s><pageSetup paperSize="9"/></s>"#);
}

#[test]
fn relationships_lose_what_went_and_where_it_lay() {
    let rel = |kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"r\" Type=\"http://x/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let external = " TargetMode=\"External\"";
    let of = |kind: &str, target: &str, mode: &str| {
        let (xml, _) = scrubbed(
            "word/_rels/document.xml.rels",
            &format!("<R>{}</R>", rel(kind, target, mode)),
        );
        xml.split_once("Target=\"")
            .and_then(|(_, t)| t.split_once('"'))
            .map(|(t, _)| t.to_owned())
    };
    assert_eq!(of("image", "media/image1.png", "").as_deref(), Some("media/image1.png"));
    assert_eq!(of("customXml", "../customXml/item1.xml", ""), None);
    assert_eq!(of("core", "/docProps/core.xml", ""), None);
    assert_eq!(of("attachedTemplate", "file:///C:/x.dotm", external), None);
    assert_eq!(
        of("hyperlink", "https://a.example.cn/?a=1", external).as_deref(),
        Some("https://a.example.cn/?a=1")
    );
    assert_eq!(
        of("hyperlink", "file:///C:/Users/z/a.docx", external).as_deref(),
        Some("#")
    );
    assert_eq!(of("hyperlink", "ms-msdt:/id", external).as_deref(), Some("#"));
    assert_eq!(
        of("externalLinkPath", "/Users/z/预算.xlsx", external).as_deref(),
        Some("预算.xlsx")
    );
    assert_eq!(
        of("image", "http://tracker.example/a.gif", external).as_deref(),
        Some("NULL")
    );
    assert_eq!(of("oleObject", "mhtml:http://x!y", external).as_deref(), Some("NULL"));
}

#[test]
fn what_runs_and_what_multiplies_is_refused() {
    let refused = |text: &str| part("word/document.xml", text, &BTreeSet::new(), &mut Authors::default()).err();
    assert_eq!(
        refused("<w><w:instrText> DDEAUTO c:\\x</w:instrText></w>"),
        Some(Refusal::Macros)
    );
    assert_eq!(
        refused("<w><w:instrText> DD</w:instrText><w:r/><w:instrText>E cmd</w:instrText></w>"),
        Some(Refusal::Macros)
    );
    assert_eq!(
        refused("<w><w:fldSimple w:instr=\"DDE x\"/></w>"),
        Some(Refusal::Macros)
    );
    assert_eq!(refused("<w><w:instrText>PAGE</w:instrText></w>"), None);
    assert_eq!(refused("<x><ddeLink/></x>"), Some(Refusal::Macros));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
    assert_eq!(refused(bomb), Some(Refusal::Broken { what: "office-doctype" }));
    assert_eq!(refused("<a><b></a>"), Some(broken()));
}
