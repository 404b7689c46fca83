//! Both stores have the same schema.

use std::collections::BTreeMap;

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
