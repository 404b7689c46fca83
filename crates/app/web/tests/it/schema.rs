//! Both stores have the same schema.

use std::collections::BTreeMap;

use db::{Holds, Rows, on};
use testkit::TestApp;

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let Some(pg) = TestApp::postgres().await else { return };
    let lite = TestApp::lite().await;
    let mut a = db::schema(&mut lite.app.read().await.unwrap()).await.unwrap();
    let mut b = db::schema(&mut pg.app.read().await.unwrap()).await.unwrap();
    // The logs of lots are in a file of their own on SQLite.
    let url = format!("sqlite:{}", lite.folder.path().join("bids.db").display());
    let bids = db::Db::open(&db::Options { url, unsafe_fast: true }).await.unwrap();
    bids.migrate_bids().await.unwrap();
    a.extend(db::schema(&mut bids.read().await.unwrap()).await.unwrap());
    // One process alone gives no signs of life to others.
    b.remove("bid_beat");
    // SQLite keeps these marks in the order of their key; PostgreSQL has an index of them and no key.
    b.remove("index entry_alike_mark");
    let differ: BTreeMap<_, _> = a
        .keys()
        .chain(b.keys())
        .filter(|t| a.get(*t) != b.get(*t))
        .map(|t| (t.clone(), (a.get(t).cloned(), b.get(t).cloned())))
        .collect();
    assert!(differ.is_empty(), "{differ:#?}");
    assert!(
        a.contains_key("entry") && a.contains_key("index entry_list"),
        "the schema was read: {:?}",
        a.keys()
    );
}

/// What each row of a long insert refers to is looked up by one plan, which goes by the index though the table was empty when
/// it was made; what comes after in the same transaction is planned by itself again.
#[tokio::test]
async fn many_rows_share_the_plans_of_what_they_refer_to_and_nothing_else_does() {
    let Some(pg) = TestApp::postgres().await else { return };
    let mut conn = pg.app.db.write().await.unwrap();
    let ids: Vec<uuid::Uuid> = (0..64).map(|_| pg.app.ids.uuid()).collect();
    let names: Vec<String> = ids.iter().map(|id| format!("甲{id}")).collect();
    let mut orgs = Rows::of([("id", Holds::Id), ("name", Holds::Text), ("name_key", Holds::Text)])
        .all("kind", "company")
        .all("identity_kind", "none")
        .all("state", "unclaimed")
        .all("created_at", 0_i64)
        .all("changed_at", 0_i64);
    let mut waivers = Rows::of([("id", Holds::Id), ("org_id", Holds::Id)])
        .all("programme", "none")
        .all("rule", "r")
        .all("reason", "r")
        .all("granted_by", uuid::Uuid::nil())
        .all("granted_at", 0_i64);
    for (id, name) in ids.iter().zip(&names) {
        orgs.push([(*id).into(), name.as_str().into(), name.as_str().into()]);
        waivers.push([(*id).into(), (*id).into()]);
    }
    assert_eq!(orgs.insert(&mut conn, "organisation", "").await.unwrap(), 64);
    let settings: (String, String) = on!(&mut conn, c => sqlx::query_as(
        "SELECT current_setting('plan_cache_mode'), current_setting('enable_seqscan')").fetch_one(c).await)
    .unwrap();
    assert_eq!(settings, ("force_custom_plan".to_owned(), "on".to_owned()));
    // What they refer to is still asked for: there is no such programme.
    assert!(waivers.insert(&mut conn, "waiver", "").await.is_err());
    drop(conn);
    // The next one that has the connection has its settings as they were.
    let mut conn = pg.app.read().await.unwrap();
    let mode: String =
        on!(&mut conn, c => sqlx::query_scalar("SELECT current_setting('plan_cache_mode')").fetch_one(c).await)
            .unwrap();
    assert_eq!(mode, "force_custom_plan");
}
