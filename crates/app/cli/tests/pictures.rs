//! Pictures of every page of the running demo, for looking at and for the README. Not a test that runs by itself:
//! `cargo xtask pictures`.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::path::{Path, PathBuf};

mod common;

use common::Server;
use testkit::browser::Browser;

/// Password of the demo's accounts, as the demo prints it.
const PASSWORD: &str = "jiebang-demo-2023";

/// The demo of a fresh folder, which goes with it.
fn demo() -> (Server, tempfile::TempDir, String) {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("demo");
    let server = Server::start(&["demo", "--data", folder.to_str().unwrap()]);
    let url = format!("http://{}", server.address);
    (server, data, url)
}

/// Pages by who looks at them; `*` in a path is filled with the first link on the page that begins so.
const PAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "",
        &[
            ("home", "/"),
            ("needs", "/needs"),
            ("need", "/needs/*"),
            ("offers", "/offers"),
            ("offer", "/offers/*"),
            ("programme", "/programme"),
            ("help", "/help"),
            ("sign-in", "/sign-in"),
            ("register", "/register"),
            ("forgot", "/forgot"),
            ("terms", "/terms"),
            ("missing", "/no-such-page"),
            ("none", "/needs?q=zzzz"),
        ],
    ),
    (
        "liaison",
        &[
            ("desk-liaison", "/desk"),
            ("my-offers", "/my/offers"),
            ("new-patent", "/entries/new/patents"),
            ("new-achievement", "/entries/new/achievements"),
            ("intake", "/intake"),
            ("batch", "/intake/*"),
            ("edit", "/entries/*"),
            ("account", "/account"),
            ("inbox", "/inbox"),
        ],
    ),
    (
        "manager",
        &[
            ("desk-manager", "/desk"),
            ("my-needs", "/my/needs"),
            ("new-need", "/entries/new/needs"),
            ("org", "/org/*"),
        ],
    ),
    (
        "centre",
        &[
            ("desk-centre", "/desk"),
            ("queue", "/centre/queue"),
            ("review", "/centre/queue/*"),
            ("orgs", "/centre/orgs"),
            ("org-centre", "/centre/orgs/*"),
            ("reviews", "/centre/reviews"),
            ("users", "/centre/users"),
            ("user", "/centre/users/*"),
            ("audit", "/centre/audit"),
            ("outbox", "/centre/outbox"),
            ("programme-manage", "/centre/programme"),
        ],
    ),
];

async fn resolve(browser: &Browser, base: &str, path: &str, lang: &str) -> String {
    let Some(head) = path.strip_suffix('*') else {
        return format!("{base}/{lang}{path}");
    };
    let list = if head == "/org/" || head == "/entries/" {
        "/desk".to_owned()
    } else {
        head.trim_end_matches('/').to_owned()
    };
    browser.open(&format!("{base}/{lang}{list}")).await.unwrap();
    let script = format!(
        "return [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).find(h => /{}[0-9a-f-]{{36}}/.test(h)) || ''",
        head.replace('/', "\\/")
    );
    let found = browser.script(&script).await.unwrap();
    format!("{base}{}", found.as_str().unwrap_or("/no-such-page"))
}

async fn sign_in(browser: &Browser, base: &str, who: &str) {
    browser.driver.delete_all_cookies().await.unwrap();
    if who.is_empty() {
        return;
    }
    browser.open(&format!("{base}/zh/sign-in")).await.unwrap();
    browser
        .fill("input[type=email]", &format!("{who}@demo.example.cn"))
        .await
        .unwrap();
    browser.fill("input[type=password]", PASSWORD).await.unwrap();
    browser
        .click("main button[type=submit], main form button")
        .await
        .unwrap();
}

#[tokio::test]
#[ignore = "takes pictures; run by cargo xtask pictures"]
async fn pictures() {
    let (_server, _data, url) = demo();
    let folder = PathBuf::from(std::env::var("JIEBANG_PICTURES").unwrap_or_else(|_| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../target/pictures")
            .display()
            .to_string()
    }));
    let only = std::env::var("JIEBANG_PICTURES_ONLY").unwrap_or_default();
    let browser = Browser::start(1366, 900).await.unwrap();
    let mut trouble = Vec::new();
    for (who, pages) in PAGES {
        sign_in(&browser, &url, who).await;
        for (name, path) in *pages {
            if !only.is_empty() && !only.split(',').any(|o| o == *name) {
                continue;
            }
            for lang in ["zh", "en"] {
                browser.driver.set_window_rect(0, 0, 1366, 900).await.unwrap();
                let url = resolve(&browser, &url, path, lang).await;
                browser.open(&url).await.unwrap();
                for width in [1366, 390] {
                    browser
                        .whole_picture(width, &folder.join(format!("{name}-{lang}-{width}.png")))
                        .await
                        .unwrap();
                    if width == 390 && browser.sticks_out().await.unwrap() {
                        trouble.push(format!("{name}-{lang}: wider than a phone"));
                    }
                }
            }
        }
    }
    browser.quit().await.unwrap();
    println!("pictures in {}", folder.display());
    for line in trouble {
        println!("{line}");
    }
}
