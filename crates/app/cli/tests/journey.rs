//! The first journey, in a browser, against the running binary: a liaison and a company upload their workbooks, the centre
//! publishes, and a phone finds both on public pages in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

use std::path::Path;
use std::time::Duration;

mod common;

use common::Server;
use testkit::browser::{Browser, installed};

/// Password of the demo's accounts, as the demo prints it.
const PASSWORD: &str = "jiebang-demo-2023";
const PATENT: &str = "一种退火炉辐射管裂纹的声发射在线定位方法";
const NEED: &str = "铝合金压铸模具热疲劳裂纹延迟修复工艺";

struct Demo {
    _server: Server,
    url: String,
    data: tempfile::TempDir,
}

fn demo() -> Demo {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("demo");
    let server = Server::start(&["demo", "--data", folder.to_str().unwrap()]);
    let url = format!("http://{}", server.address);
    Demo {
        _server: server,
        url,
        data,
    }
}

/// The credit code of one of the demo's organisations.
fn code_of(name: &str) -> String {
    let text = include_str!("../../../../demo/organisations.csv");
    let row = text
        .lines()
        .find(|l| l.starts_with(&format!("{name},")))
        .expect("an organisation of the demo");
    row.split(',').nth(1).unwrap().to_owned()
}

/// A workbook as people send it: a title above the heads, columns in another order than the template's.
fn workbook(path: &Path, title: &str, cells: &[(&str, &str)]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, title).unwrap();
    for (i, (head, value)) in cells.iter().rev().enumerate() {
        let column = u16::try_from(i).unwrap();
        sheet.write_string(2, column, *head).unwrap();
        sheet.write_string(3, column, *value).unwrap();
    }
    book.save(path).unwrap();
}

async fn sign_in(browser: &Browser, demo: &Demo, who: &str) {
    browser.driver.delete_all_cookies().await.unwrap();
    browser.open(&format!("{}/zh/sign-in", demo.url)).await.unwrap();
    browser
        .fill("main input[type=email]", &format!("{who}@demo.example.cn"))
        .await
        .unwrap();
    browser.fill("main input[type=password]", PASSWORD).await.unwrap();
    browser.click("main form button.main").await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(text.contains("退出"), "{who} is signed in: {text}");
}

async fn upload(browser: &Browser, demo: &Demo, kind: &str, path: &Path) {
    browser.open(&format!("{}/zh/intake", demo.url)).await.unwrap();
    browser.click(&format!("input[name=kind][value={kind}]")).await.unwrap();
    browser
        .driver
        .find(thirtyfour::By::Css("input[type=file]"))
        .await
        .unwrap()
        .send_keys(path.to_str().unwrap())
        .await
        .unwrap();
    browser.click("form[enctype] button.main").await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(
        browser.has("button[name=mode][value=submit]").await.unwrap(),
        "a good row can go in: {text}"
    );
    browser.click("button[name=mode][value=submit]").await.unwrap();
}

async fn publish(browser: &Browser, demo: &Demo, title: &str) {
    let query: String = title.bytes().map(|b| format!("%{b:02X}")).collect();
    browser
        .open(&format!("{}/zh/centre/queue?q={query}", demo.url))
        .await
        .unwrap();
    browser.click("main table a").await.unwrap();
    let text = browser.text().await.unwrap();
    assert!(text.contains(title), "the review page shows it: {text}");
    browser.click("form[action$='/publish'] button").await.unwrap();
}

/// Finds an entry by search on a phone, in a language, opens it, and returns the page's text.
async fn find(phone: &Browser, demo: &Demo, lang: &str, list: &str, title: &str) -> String {
    phone.open(&format!("{}/{lang}/{list}", demo.url)).await.unwrap();
    phone.fill("main input[type=search]", title).await.unwrap();
    phone.click("main form[role=search] button").await.unwrap();
    assert!(!phone.sticks_out().await.unwrap(), "the list fits a phone ({lang})");
    phone
        .driver
        .find(thirtyfour::By::LinkText(title))
        .await
        .expect("the entry is found")
        .click()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!phone.sticks_out().await.unwrap(), "the entry fits a phone ({lang})");
    phone.text().await.unwrap()
}

fn patent_cells<'a>(org: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("专利名称", PATENT),
        ("专利号", "ZL 2020 1 0123456.2"),
        ("专利类型", "发明专利"),
        ("申请日", "2020.2.24"),
        ("授权公告日", "2022-03-15"),
        ("专利权人", org),
        ("发明人", "周启元、沈拂云"),
        ("法律状态", "有效"),
        ("主IPC分类号", "G01N29/14"),
        ("产业领域", "高端装备制造"),
        (
            "技术简介",
            "在辐射管外壁布置四只高温波导杆，把裂纹扩展时的声发射信号引到炉外，用到达时差和波速温度补偿联合定位。炉温 950 ℃ 下模拟源定位误差不大于 60 mm，可在不停炉的情况下指出要更换的那一根管。",
        ),
        ("应用产品或场景", "连续退火线、镀锌线辐射管状态监测"),
        ("成熟度", "中试"),
        ("计划项目级别", "无"),
        ("交易方式", "转让、普通许可"),
        ("意向价格", "60-80万元"),
        ("推荐路演", "是"),
        ("高价值", "否"),
        ("公开价格", "是"),
        ("公开联系方式", "否"),
        ("联系人", "周启元"),
        ("联系电话", "13800001234"),
        ("电子邮箱", "zhou@moling.example.cn"),
        ("报送单位", org),
        ("统一社会信用代码", code),
    ]
}

fn need_cells<'a>(org: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("需求名称", NEED),
        ("需求单位", org),
        ("统一社会信用代码", code),
        ("所属区划", "320115"),
        ("产业领域", "新材料"),
        ("需求类别", "技改工艺"),
        (
            "背景与现状",
            "压铸新能源电机壳体的模具到四万模次前后开始出现龟裂，现在靠氩弧焊补再手工打磨，补过的地方一万模次内又裂，停机换模一次要损失两个班。",
        ),
        (
            "需解决的技术问题",
            "在不拆模的前提下修复龟裂层，修复层与 H13 基体结合可靠，热疲劳寿命接近新模，修复后尺寸不再需要放电加工。",
        ),
        (
            "技术指标",
            "修复后寿命 ≥35000 模次（现状 10000 模次）；修复层硬度 46–50 HRC；单次停机 ≤8 h（现状 20 h）",
        ),
        ("现有基础", "有激光器一台、模温在线记录三年"),
        ("期望完成时间", "2024年6月"),
        ("拟投入金额", "120万元"),
        ("合作方式", "委托开发、技术服务"),
        ("产权归属要求", "双方共有"),
        ("公开企业名称", "否"),
        ("公开投入金额", "是"),
        ("公开技术指标", "是"),
        ("公开联系方式", "否"),
        ("同意公开赛事", "是"),
        ("有效期（天）", "180"),
        ("需求来源", "自填"),
        ("联系人", "霍启明"),
        ("联系电话", "13900005678"),
        ("电子邮箱", "huo@puli.example.cn"),
    ]
}

#[tokio::test]
async fn from_a_workbook_to_a_public_page() {
    if !installed() {
        eprintln!("left out: Chromium is not installed (apt-get install chromium chromium-driver)");
        return;
    }
    let demo = demo();
    let (university, company) = ("秣陵理工大学", "南京朴砺微电子有限公司");
    let patents = demo.data.path().join("专利征集表.xlsx");
    let needs = demo.data.path().join("需求征集表.xlsx");
    workbook(
        &patents,
        "2023年专利征集表",
        &patent_cells(university, &code_of(university)),
    );
    workbook(&needs, "技术需求征集表", &need_cells(company, &code_of(company)));

    let desk = Browser::start(1366, 900).await.unwrap();
    sign_in(&desk, &demo, "liaison").await;
    upload(&desk, &demo, "patents", &patents).await;
    sign_in(&desk, &demo, "manager").await;
    upload(&desk, &demo, "needs", &needs).await;
    sign_in(&desk, &demo, "centre").await;
    publish(&desk, &demo, PATENT).await;
    publish(&desk, &demo, NEED).await;
    desk.quit().await.unwrap();

    let phone = Browser::start(390, 844).await.unwrap();
    for (lang, withheld) in [("zh", "未公开"), ("en", "withheld")] {
        let page = find(&phone, &demo, lang, "offers", PATENT).await;
        assert!(
            page.contains("ZL202010123456.2") && page.contains("G01N29/14"),
            "{page}"
        );
        assert!(
            !page.contains("13800001234") && page.contains(withheld),
            "the phone number is withheld: {page}"
        );
        let page = find(&phone, &demo, lang, "needs", NEED).await;
        assert!(
            page.contains("35000") && page.contains("46–50") || page.contains("46-50"),
            "{page}"
        );
        assert!(
            !page.contains(company) && !page.contains("13900005678") && page.contains(withheld),
            "{page}"
        );
    }
    phone.quit().await.unwrap();
}
