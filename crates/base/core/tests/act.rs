//! Acts: what is written together, what is refused, what is left behind.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::sync::Arc;

use axum::http::Method;
use jcore::{
    Action, Actor, App, Cx, Files, Keys, Result, Routes, Rule, Rules, Settings, Subject, When, Who, Words, act,
};
use kernel::{Clock, Ids, ManualClock, Regions, Stamp};

const SET: Action = Action("test.set");

async fn app(folder: &std::path::Path) -> App {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(Stamp::from_micros(1_686_700_000_000_000)));
    let ids = Ids::new(clock.clone(), Some(1));
    let options = db::Options {
        url: format!("sqlite:{}", folder.join("t.db").display()),
        unsafe_fast: true,
    };
    let db = db::Db::open(&options).await.unwrap();
    db.migrate().await.unwrap();
    let rules = [Rule::new(SET, Who::Anyone, When::Always)];
    App::new(jcore::AppBuilder {
        db,
        keys: Keys::new(&[3; 32], Ids::new(clock.clone(), Some(2))),
        clock,
        ids,
        words: Words::new(&[(jcore::WORDS_ZH, jcore::WORDS_EN), (kernel::WORDS_ZH, kernel::WORDS_EN)]).unwrap(),
        rules: Rules::new(&rules),
        regions: Arc::new(Regions::builtin().clone()),
        files: Files::folder(&folder.join("files")).unwrap(),
        mailer: jcore::notices::Mailer::Memory(Arc::default()),
        settings: Settings {
            base_url: "http://localhost".into(),
            site_name: ("揭榜".into(), "jiebang".into()),
            secure_cookies: false,
            trust_proxy: false,
            demo: false,
            data: folder.to_owned(),
        },
        nav: Vec::new(),
        routes: Vec::new(),
        phases: Arc::new(|_, _, _| Vec::new()),
        extras: Default::default(),
    })
}

async fn set(app: &App, key: &str, note: bool) -> Result<u32> {
    let permit = app.permit(&Actor::visitor(), SET, &Subject::NONE)?;
    act!(app, permit, |act| {
        db::on!(&mut act.conn, c => sqlx::query("INSERT INTO setting (key, value) VALUES ($1, 'x')").bind(key).execute(c).await.map(|_| ()))?;
        if note {
            act.note("test.set", "setting", None, serde_json::json!({ "key": key }));
        }
        Ok(7)
    })
}

async fn handler(cx: Cx) -> Result<axum::response::Response> {
    set(&cx.app, "from-a-handler", true).await?;
    cx.json(&"done")
}

#[tokio::test]
async fn an_act_writes_all_or_nothing_and_never_without_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    assert_eq!(set(&app, "a", true).await.unwrap(), 7);
    assert!(
        set(&app, "b", false).await.is_err(),
        "a write without an audit note must not commit"
    );
    assert_eq!(set(&app, "a", true).await.unwrap_err().code, "duplicate");
    let mut conn = app.read().await.unwrap();
    let n: i64 =
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM setting").fetch_one(c).await).unwrap();
    assert_eq!(n, 1);
    let entries = jcore::audit::list(&mut conn, None, None, 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    // The handler's future is Send, so an act can stand in any route.
    let _ = Routes::new().api(Method::POST, "/x", SET, handler);
}

#[tokio::test]
async fn the_chain_shows_a_changed_entry_and_survives_an_erased_one() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    for i in 0..7 {
        set(&app, &format!("k{i}"), true).await.unwrap();
    }
    assert_eq!(jcore::audit::close_batch(&app).await.unwrap(), 7);
    set(&app, "later", true).await.unwrap();
    assert_eq!(jcore::audit::close_batch(&app).await.unwrap(), 1);
    assert_eq!(jcore::audit::close_batch(&app).await.unwrap(), 0);
    let verdict = jcore::audit::verify(&app).await.unwrap();
    assert_eq!((verdict.batches, verdict.entries, verdict.broken), (2, 8, None));
    let mut conn = app.db.write().await.unwrap();
    db::on!(&mut conn, c => sqlx::query("UPDATE audit_entry SET detail = NULL, salt = NULL WHERE position = 3").execute(c).await.map(|_| ())).unwrap();
    conn.commit().await.unwrap();
    assert_eq!(jcore::audit::verify(&app).await.unwrap().broken, None);
    let mut conn = app.db.write().await.unwrap();
    db::on!(&mut conn, c => sqlx::query("UPDATE audit_entry SET key = 'test.other' WHERE position = 4").execute(c).await.map(|_| ())).unwrap();
    conn.commit().await.unwrap();
    assert!(jcore::audit::verify(&app).await.unwrap().broken.is_some());
}
