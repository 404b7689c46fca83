//! An official's morning, in a browser, against the running binary: a workbook with every trap goes up, a column is set
//! right, cells are mended one by one and alike, the good rows go in; the rest is mended in an office program and comes back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

#[path = "traps/book.rs"]
mod book;
mod common;

use std::path::Path;
use std::time::Duration;

use common::Server;
use testkit::browser::{Browser, installed};
use thirtyfour::By;

const PASSWORD: &str = "jiebang-demo-2023";
const ORG: &str = "秣陵理工大学";

fn code() -> String {
    let text = include_str!("../../../../demo/organisations.csv");
    let row = text.lines().find(|line| line.starts_with(&format!("{ORG},"))).unwrap();
    row.split(',').nth(1).unwrap().to_owned()
}

struct Desk {
    browser: Browser,
    url: String,
}

impl Desk {
    async fn sign_in(&self, who: &str) {
        self.browser.open(&format!("{}/zh/sign-in", self.url)).await.unwrap();
        self.browser
            .fill("main input[type=email]", &format!("{who}@demo.example.cn"))
            .await
            .unwrap();
        self.browser.fill("main input[type=password]", PASSWORD).await.unwrap();
        self.browser.click("main form button.main").await.unwrap();
    }

    async fn text(&self) -> String {
        self.browser.text().await.unwrap()
    }

    async fn click(&self, css: &str) {
        self.browser.click(css).await.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    async fn choose(&self, css: &str, value: &str) {
        let option = format!("{css} option[value='{value}']");
        self.browser
            .driver
            .find(By::Css(&option))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    async fn file(&self, css: &str, path: &Path) {
        let input = self.browser.driver.find(By::Css(css)).await.unwrap();
        input.send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// What a link leads to, as a file: fetched by the page itself, with its session.
    async fn fetch(&self, css: &str) -> Vec<u8> {
        let link = self.browser.driver.find(By::Css(css)).await.unwrap();
        let href = link.prop("href").await.unwrap().unwrap();
        let script = "const done = arguments[1]; fetch(arguments[0]).then(r => r.arrayBuffer()).then(b => \
            done(Array.from(new Uint8Array(b)).map(x => x.toString(16).padStart(2, '0')).join('')));";
        let answer = self
            .browser
            .driver
            .execute_async(script, vec![href.into()])
            .await
            .unwrap();
        let hex = answer.json().as_str().unwrap().to_owned();
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    /// How many rows a tab of the batch's page counts; none where there is no such tab.
    async fn tab(&self, name: &str) -> usize {
        let css = format!(".tabs a[href*='show={name}'] .count");
        match self.browser.driver.find(By::Css(&css)).await {
            Ok(count) => count.text().await.unwrap().trim().parse().unwrap(),
            Err(_) => 0,
        }
    }
}

#[tokio::test]
async fn a_workbook_with_every_trap_is_in_before_noon() {
    if !installed() {
        eprintln!("left out: Chromium is not installed (apt-get install chromium chromium-driver)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let server = Server::start(&["demo", "--data", data.to_str().unwrap()]);
    let desk = Desk {
        browser: Browser::start(1366, 900).await.unwrap(),
        url: format!("http://{}", server.address),
    };
    let path = folder.path().join("专利征集表（第二批）.xlsx");
    std::fs::write(&path, book::build(ORG, &code())).unwrap();

    desk.sign_in("liaison").await;
    desk.browser.open(&format!("{}/zh/intake", desk.url)).await.unwrap();
    desk.click("input[name=kind][value=patents]").await;
    desk.file("#file", &path).await;
    desk.click("form[enctype] button.main").await;
    let text = desk.text().await;
    assert!(
        text.contains("读出 10 行"),
        "titles, totals, notes and hidden sheets are no rows: {text}"
    );
    assert!(text.contains("缺少必填的列") && text.contains("专利权人"), "{text}");

    // The column that nobody knows is set right, and stays so for the next sheet.
    desk.click(".errors a[href$='/columns']").await;
    assert!(desk.text().await.contains("权属"), "{}", desk.text().await);
    desk.choose("select[name='column-4']", "owners").await;
    desk.click("form[method=post] button.main").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let text = desk.text().await;
    assert!(text.contains("已按新的对应读出 10 行"), "{text}");
    assert_eq!(desk.tab("held").await, 6, "{text}");

    // One cell by a click, one by typing.
    desk.click("button[name=fix][value^='number=']").await;
    assert_eq!(desk.tab("held").await, 5);
    desk.browser.fill("input[name=price]", "60万元").await.unwrap();
    desk.click("td.do button.small[form=row-10], #row-10 button.small")
        .await;
    assert_eq!(desk.tab("held").await, 4, "{}", desk.text().await);
    // Three rows at once.
    assert!(desk.text().await.contains("替换 3 行"), "{}", desk.text().await);
    desk.browser.fill(".groups input[name=to]", "高端装备").await.unwrap();
    desk.click(".groups form button").await;
    assert_eq!(desk.tab("held").await, 1, "{}", desk.text().await);

    // The good rows go in now; what is doubtful with a reason.
    if desk.browser.has("#reason").await.unwrap() {
        desk.browser.fill("#reason", "已与发明人和证书逐项核对").await.unwrap();
    }
    desk.click("button[name=mode][value=draft]").await;
    let text = desk.text().await;
    assert!(text.contains("新增 9 行"), "{text}");
    assert_eq!((desk.tab("held").await, desk.tab("in").await), (1, 9), "{text}");

    // The last one is mended in an office program, and comes back into the same batch.
    let annotated = desk.fetch("a[href$='/annotated']").await;
    let mended = folder.path().join("改好的.xlsx");
    std::fs::write(&mended, book::mended(&annotated, &[("1380000", "13800001234")])).unwrap();
    desk.browser
        .script("document.querySelectorAll('details').forEach(d => d.open = true)")
        .await
        .unwrap();
    desk.file("#again-file", &mended).await;
    desk.click("form[action$='/again'] button").await;
    let text = desk.text().await;
    assert!(text.contains("修改 1 行"), "{text}");
    assert_eq!((desk.tab("held").await, desk.tab("ready").await), (0, 1), "{text}");
    if desk.browser.has("#reason").await.unwrap() {
        desk.browser.fill("#reason", "已核对").await.unwrap();
    }
    desk.click("button[name=mode][value=draft]").await;
    let text = desk.text().await;
    assert!(text.contains("已全部入库"), "no row is left: {text}");
    assert_eq!(desk.tab("in").await, 10);
    assert!(!desk.browser.sticks_out().await.unwrap());

    // The next sheet of this sender is understood at once, and changes nothing.
    desk.browser.open(&format!("{}/zh/intake", desk.url)).await.unwrap();
    desk.click("input[name=kind][value=patents]").await;
    desk.file("#file", &path).await;
    desk.click("form[enctype] button.main").await;
    let text = desk.text().await;
    assert!(!text.contains("缺少必填的列"), "{text}");
    desk.browser.quit().await.unwrap();
    drop(server);
}
