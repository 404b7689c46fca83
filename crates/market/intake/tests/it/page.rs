//! How a form is shown and comes back.

use std::sync::Arc;

use forms::{Draft, Value, Values};
use intake::page::{FormView, Home, draft_from_form, show_value};
use jcore::{Actor, Cx, Lang, Shell};

use crate::support::{FORM, Site};

/// A page of another crate: the form's templates are included as its own.
#[derive(askama::Template)]
#[template(
    source = r#"{% include "form_open.html" %}{% include "fields.html" %}</form>"#,
    ext = "html"
)]
struct Page {
    s: Shell,
    form: FormView,
}

fn draft(pairs: &[(&str, &str)]) -> Draft {
    pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect()
}

fn html(cx: &Cx, draft: &Draft, checked: bool) -> String {
    let record = checked.then(|| forms::read(&FORM, draft, &intake::context(&cx.app, false)));
    let form = FormView::new(cx, &FORM, draft, record.as_ref())
        .to("/things")
        .autosave("/things/autosave");
    askama::Template::render(&Page { s: cx.shell(), form }).unwrap()
}

/// The names and values that a browser would send for a page: a small reading of our own markup.
fn sent(html: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        let rest = &tag[start..];
        Some(unescape(&rest[..rest.find('"')?]))
    };
    let mut out = Vec::new();
    let mut select: Option<String> = None;
    for (at, _) in html.match_indices('<') {
        let tag = &html[at..at + html[at..].find('>').unwrap()];
        if tag.starts_with("<input") {
            let Some(name) = attribute(tag, "name") else { continue };
            let kind = attribute(tag, "type").unwrap();
            if !["checkbox", "radio"].contains(&kind.as_str()) || tag.ends_with(" checked") {
                out.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("<select") {
            select = attribute(tag, "name");
            out.push((select.clone().unwrap(), String::new()));
        } else if tag.starts_with("<option") && tag.ends_with(" selected") {
            assert_eq!(out.last().map(|(name, _)| name), select.as_ref());
            out.last_mut().unwrap().1 = attribute(tag, "value").unwrap();
        } else if tag.starts_with("<textarea") {
            let body = &html[at + tag.len() + 1..];
            let text = &body[..body.find("</textarea>").unwrap()];
            out.push((
                attribute(tag, "name").unwrap(),
                unescape(text.strip_prefix('\n').unwrap_or(text)),
            ));
        }
    }
    out
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

fn full() -> Draft {
    draft(&[
        ("title", "\"齿轮\" <A&B>"),
        ("summary", "第一行内容\n第二行"),
        ("show_summary", "是"),
        ("colour", "蓝色"),
        ("modes", "转让；许可"),
        ("price", "50万元-100万元"),
        ("began", "2020-01"),
        ("sector", "人工智能；新材料"),
        (
            "targets",
            "齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）；良品率 ≥98 %；温度 -40–85 ℃；外径 20±0.05 mm",
        ),
        ("trl", "TRL4"),
        ("count", "30"),
        ("region", "320302"),
        ("people", "张三；李四"),
        ("phone", "13800000000"),
        ("email", "a@example.cn"),
    ])
}

#[tokio::test]
async fn what_a_page_shows_comes_back_unchanged() {
    let site = Site::new().await;
    for lang in Lang::ALL {
        let cx = site.cx(&Actor::visitor(), lang);
        let page = html(&cx, &full(), true);
        assert!(!page.contains("class=\"errors\""), "{page}");
        let back = draft_from_form(&FORM, &sent(&page));
        let read = |draft: &Draft| forms::read(&FORM, draft, &intake::context(&site.app, false)).values();
        assert_eq!(read(&back), read(&full()));
        assert_eq!(back.get("title").map(String::as_str), Some("\"齿轮\" <A&B>"));
        assert_eq!(back.get("summary").map(String::as_str), Some("第一行内容\n第二行"));
        // And once more, so that nothing drifts.
        assert_eq!(draft_from_form(&FORM, &sent(&html(&cx, &back, true))), back);
    }
}

#[tokio::test]
async fn what_does_not_read_comes_back_unchanged_too() {
    let site = Site::new().await;
    let cx = site.cx(&Actor::visitor(), Lang::Zh);
    let odd = draft(&[
        ("title", "长".repeat(40).as_str()),
        ("colour", "紫罗兰"),
        ("modes", "租赁"),
        ("price", "很多钱"),
        ("targets", "良品率 ≥很高 %"),
        ("region", "鼓楼区"),
        ("trl", "成熟"),
        ("sector", "星际旅行"),
    ]);
    let page = html(&cx, &odd, true);
    assert_eq!(draft_from_form(&FORM, &sent(&page)), odd);
    // Each is told at its field and in the summary, which leads there.
    for key in [
        "title", "colour", "modes", "price", "targets", "region", "trl", "sector",
    ] {
        assert!(page.contains(&format!("<a href=\"#f-{key}\"")), "{key}");
        assert!(page.contains(&format!("id=\"f-{key}\"")), "{key}");
        assert!(page.contains(&format!("id=\"f-{key}-err\"")), "{key}");
        let described = page.split("aria-describedby=\"").skip(1).any(|rest| {
            rest[..rest.find('"').unwrap()]
                .split(' ')
                .any(|id| id == format!("f-{key}-err"))
        });
        assert!(described, "{key}");
    }
}

#[tokio::test]
async fn every_id_is_there_once_and_every_label_has_its_input() {
    let site = Site::new().await;
    let cx = site.cx(&Actor::visitor(), Lang::Zh);
    let page = html(&cx, &full(), true);
    let values = |name: &str| -> Vec<String> {
        let mark = format!(" {name}=\"");
        page.match_indices(&mark)
            .map(|(at, _)| page[at + mark.len()..].split('"').next().unwrap().to_owned())
            .collect()
    };
    let mut ids = values("id");
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");
    for target in values("for").iter().chain(
        values("aria-describedby")
            .iter()
            .flat_map(|v| v.split(' '))
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .iter(),
    ) {
        assert!(ids.contains(target), "{target}");
    }
}

#[tokio::test]
async fn inputs_suit_phones_and_scripts_find_their_hooks() {
    let site = Site::new().await;
    let cx = site.cx(&Actor::visitor(), Lang::Zh);
    let page = html(&cx, &Draft::new(), false);
    let has = |text: &str| assert!(page.contains(text), "{text}\n{page}");
    has("data-autosave=\"/things/autosave\"");
    has("action=\"/things\"");
    has("name=\"_csrf\" value=\"token\"");
    has("type=\"tel\" id=\"f-phone\" name=\"phone\" value=\"\" inputmode=\"tel\" autocomplete=\"tel\"");
    has("type=\"email\"");
    has("placeholder=\"2023-06\"");
    has("maxlength=\"60\" data-count");
    has("data-rows=\"再加一项\"");
    assert_eq!(page.matches("name=\"ind_name\"").count(), 3);
    has("<optgroup label=\"江苏省南京市\">");
    has("不公开，仅供审核和对接使用。");
    has("“交易方式”为“转让”时必填。");
    has("是否公开由“公开简介”决定");
    // The form's own words go before the column's head, and a list's before its declared names.
    has("东西的名称 <span class=\"must\">必填</span>");
    has("与证书一致");
    has(">红</option>");
    // A fresh form scolds nobody.
    assert!(!page.contains("class=\"err\"") && !page.contains("class=\"errors\""));
    // Nothing that the strict content policy forbids.
    assert!(!page.contains(" style=") && !page.contains("<script") && !page.contains(" onclick"));
}

#[tokio::test]
async fn the_home_region_narrows_the_list() {
    let groups = async |home: Option<&'static str>| {
        let mut extras = axum::http::Extensions::new();
        if let Some(home) = home {
            extras.insert(Home(Arc::new(move |_| kernel::Region::new(home))));
        }
        let site = Site::with(extras).await;
        let cx = site.cx(&Actor::visitor(), Lang::Zh);
        let view = FormView::new(&cx, &FORM, &draft(&[("region", "110000")]), None);
        view.field("region").unwrap().region().unwrap().clone()
    };
    let all = groups(None).await;
    assert!(all.groups.len() > 13 && all.groups[0].name == "江苏省南京市");
    let jiangsu = groups(Some("320000")).await;
    assert_eq!((jiangsu.groups.len(), jiangsu.groups[0].name.as_str()), (13, "南京市"));
    assert_eq!(jiangsu.groups[0].choices[0].text, "南京市");
    let ningbo = groups(Some("330200")).await;
    assert_eq!((ningbo.groups.len(), ningbo.groups[0].choices.len()), (1, 11));
    // What the list lacks stays in the line for others, by its name.
    assert_eq!((jiangsu.other.as_str(), jiangsu.was.as_str()), ("北京市", ""));
}

#[test]
fn the_region_that_was_touched_last_counts() {
    let take = |chosen: &str, was: &str, other: &str| {
        let pairs = [("region", chosen), ("region_was", was), ("region_other", other)];
        let pairs: Vec<(String, String)> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        draft_from_form(&FORM, &pairs).remove("region").unwrap_or_default()
    };
    assert_eq!(take("", "", "北京市海淀区"), "北京市海淀区");
    assert_eq!(take("320106", "", ""), "320106");
    assert_eq!(
        take("320106", "", "鼓楼区"),
        "320106",
        "chosen now, the old text is still there"
    );
    assert_eq!(
        take("320106", "320106", "北京市"),
        "北京市",
        "written now, the old choice is still there"
    );
    assert_eq!(take("", "320106", ""), "", "taken back");
}

#[test]
fn a_plain_text_of_indicators_is_taken_where_there_are_no_rows() {
    let pairs = vec![
        ("targets".to_owned(), "良品率 ≥98 %".to_owned()),
        ("nothing".to_owned(), "x".to_owned()),
    ];
    let draft = draft_from_form(&FORM, &pairs);
    assert_eq!(draft.get("targets").map(String::as_str), Some("良品率 ≥98 %"));
    assert_eq!(draft.len(), 1);
}

#[tokio::test]
async fn values_are_shown_in_both_languages() {
    let site = Site::new().await;
    let values: Values = forms::read(&FORM, &full(), &intake::context(&site.app, false)).values();
    let shown = |lang, key: &str| {
        let cx = site.cx(&Actor::visitor(), lang);
        show_value(&cx, FORM.field(key).unwrap(), &values[key])
    };
    assert_eq!(shown(Lang::Zh, "colour"), "蓝色");
    assert_eq!(shown(Lang::En, "colour"), "Blue");
    assert_eq!(shown(Lang::En, "modes"), "Transfer, Licence");
    assert_eq!(shown(Lang::Zh, "modes"), "转让、许可");
    assert_eq!(shown(Lang::Zh, "price"), "50万元-100万元");
    assert_eq!(shown(Lang::En, "price"), "¥500,000–1,000,000");
    assert_eq!(shown(Lang::Zh, "region"), "江苏省徐州市鼓楼区");
    assert_eq!(shown(Lang::Zh, "show_summary"), "是");
    assert_eq!(shown(Lang::Zh, "trl"), "TRL4 实验室环境验证（小试）");
    let cx = site.cx(&Actor::visitor(), Lang::En);
    let money = |text: &str| {
        let value = kernel::read::money(text, None).value.unwrap();
        show_value(&cx, FORM.field("price").unwrap(), &Value::Money(value))
    };
    assert_eq!(money("面议"), "negotiable");
    assert_eq!(money("大于200万元"), "more than ¥2,000,000");
    assert_eq!(money("约30万元"), "about ¥300,000");
    assert_eq!(money("5000元/年"), "¥5,000 a year");
}
