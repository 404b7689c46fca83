//! Who bids is hidden: canaries in everything that a bidder says of itself are looked for in every answer to who may not
//! know, before bidding, while it runs and after the award; in the log at its finest level; and in the bytes on disk.

use std::collections::BTreeMap;

use jcore::Role;
use kernel::UserId;
use testkit::TestApp;
use uuid::Uuid;

use crate::auctions_given;
use crate::leaks::{Log, Planted, addresses, people_without_sight, said, search_folder};

/// What a bidder says of itself: none of it is anybody's but the officers' and its own.
const BIDDER: [(&str, &str); 8] = [
    ("representative", "金丝雀法人"),
    ("phone", "13900007788"),
    ("qualification", "金丝雀资格说明"),
    ("declared", "金丝雀关联说明"),
    ("bank", "金丝雀银行"),
    ("account_holder", "金丝雀户名"),
    ("account", "6222000099998888"),
    ("payer", "金丝雀付款人"),
];
/// The organisation that bids and the person who acts: the register has their names, a lot's pages do not.
const BIDDER_NAMES: [&str; 2] = ["金丝雀竞买有限公司", "金丝雀竞买人"];

/// Everything that is said of a lot to who is neither its officer nor its bidder.
const LOT_PAGES: [&str; 14] = [
    "/hall",
    "/hall/digest",
    "/lots",
    "/results",
    "/lots/{lot}",
    "/lots/{lot}/room",
    "/lots/{lot}/proof",
    "/lots/{lot}/package",
    "/lots/{lot}/confirmation",
    "/api/v1/lots",
    "/api/v1/lots/{lot}",
    "/api/v1/lots/{lot}/state",
    "/api/v1/lots/{lot}/steps",
    "/api/v1/lots/{lot}/receipts/1",
];

#[tokio::test]
async fn who_bids_is_in_no_answer_and_sealed_on_disk() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let app = TestApp::lite().await;
    let mut scene = auctions_given::scene(&app).await;
    let lot = auctions_given::announced(&mut scene, &[]).await;
    let company = app
        .organisation(BIDDER_NAMES[0], "company", "91320000MA0000077X", "320583")
        .await;
    let user = app
        .person(BIDDER_NAMES[1], &[(Role::Manager, Some(company), None)])
        .await;
    let mut client = app.sign_in(user).await;
    let org = company.to_string();
    let hash = auctions_given::notice(&mut client, lot).await;
    let mut sent = serde_json::json!({ "org": org, "notice_hash": hash });
    for (key, canary) in BIDDER.iter().filter(|(key, _)| *key != "payer") {
        sent[key] = (*canary).into();
    }
    let made = client
        .call(http::Method::POST, &format!("/api/v1/lots/{lot}/registrations"), &sent)
        .await
        .expect(201)
        .json();
    let id: Uuid = made["id"].as_str().unwrap().parse().unwrap();
    let desk = scene
        .one
        .get(&format!("/centre/lots/{lot}/bidders"))
        .await
        .expect(200)
        .text();
    for (key, canary) in BIDDER
        .iter()
        .filter(|(key, _)| !matches!(*key, "payer" | "bank" | "account_holder" | "account"))
    {
        assert!(
            desk.contains(canary),
            "officers see the {key}: the test would notice a leak"
        );
    }
    let _ = scene
        .one
        .post(&format!("/centre/bidders/{id}/admit"), &[])
        .await
        .expect(303);
    let remark = format!("保证金 {}", made["pay_code"].as_str().unwrap());
    let statement = auctions_given::statement(&[("金丝雀付款人", "50,000.00", &remark)]);
    let _ = scene
        .one
        .upload("/centre/deposits/statements", &[], "流水.csv", &statement)
        .await
        .expect(303);
    let _ = scene
        .one
        .post(&format!("/centre/deposits/lots/{lot}/confirm"), &[])
        .await
        .expect(303);

    let mut leaks = Vec::new();
    let people = people_without_sight(&app).await;
    let users: Vec<(String, UserId)> = people.into_iter().map(|(who, _, user)| (who, user)).collect();
    look(&app, &users, &lot_pages(lot), &mut leaks).await;
    let start = testkit::day(2023, 6, 28, 9).plus_secs(30 * 60);
    app.clock.set(start.plus_secs(-1));
    auctions_given::runs(&app, lot, 2).await;
    let mut client = app.sign_in(user).await;
    let bid = serde_json::json!({ "amount_fen": 50_000_000, "key": 1 });
    let placed = client
        .call(http::Method::POST, &format!("/api/v1/lots/{lot}/bids"), &bid)
        .await
        .expect(200)
        .json();
    assert_eq!(placed["accepted"], true, "{placed}");
    look(&app, &users, &lot_pages(lot), &mut leaks).await;
    auctions_given::runs(&app, lot, 125).await;
    auctions_given::follows(&app).await;
    scene.again(&app).await;
    assert_eq!(auctions_given::told(&mut scene.one, lot).await["phase"], "publicity");
    look(&app, &users, &every_page(&app, lot, id), &mut leaks).await;
    leaks.sort();
    leaks.dedup();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));

    let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    let in_log: Vec<_> = BIDDER.iter().filter(|(_, canary)| text.contains(canary)).collect();
    assert!(in_log.is_empty(), "in the log: {in_log:?}");
    app.app.db.close().await;
    let planted = Planted {
        canaries: BIDDER
            .iter()
            .map(|(key, canary)| ((*key).to_owned(), vec![(*canary).to_owned()]))
            .collect(),
        ids: BTreeMap::new(),
        org: company,
    };
    let mut on_disk = Vec::new();
    search_folder(app.folder.path(), &planted, &mut on_disk);
    assert!(on_disk.is_empty(), "in plain text on disk: {on_disk:?}");
}

/// What others may ask of a lot.
fn lot_pages(lot: Uuid) -> Vec<String> {
    LOT_PAGES.map(|path| path.replace("{lot}", &lot.to_string())).to_vec()
}

/// Every route, those with an id in their address with the lot's and with the bidder's.
fn every_page(app: &TestApp, lot: Uuid, bidder: Uuid) -> Vec<String> {
    let planted = Planted {
        canaries: BTreeMap::new(),
        ids: BTreeMap::from([("lot", vec![lot]), ("bidder", vec![bidder])]),
        org: app.app.ids.uuid().into(),
    };
    let all = app.app.routes.iter().filter(|route| route.method == http::Method::GET);
    let mut asked: Vec<String> = all
        .filter(|route| !route.path.ends_with("/events"))
        .flat_map(|route| {
            let has_id = route.path.contains('{');
            let of_these = move |address: &String| {
                !has_id || address.contains(&lot.to_string()) || address.contains(&bidder.to_string())
            };
            addresses(route, &planted, &[]).into_iter().filter(of_these)
        })
        .collect();
    asked.extend(lot_pages(lot));
    asked
}

/// Looks for a bidder in answers to who may not know them.
async fn look(app: &TestApp, users: &[(String, UserId)], asked: &[String], leaks: &mut Vec<String>) {
    let mut people = vec![("visitor".to_owned(), app.visitor())];
    for (who, user) in users {
        people.push((who.clone(), app.sign_in(*user).await));
    }
    for address in asked {
        let of_lots = ["/lots", "hall", "/results"].iter().any(|part| address.contains(part));
        for (who, client) in &people {
            let text = said(&client.clone().get(address).await.bytes);
            let values = BIDDER.iter().map(|(_, canary)| *canary);
            let names = BIDDER_NAMES.into_iter().filter(|_| of_lots);
            for canary in values.chain(names).filter(|canary| text.contains(canary)) {
                leaks.push(format!("{address} as {who}: {canary}"));
            }
        }
    }
}
