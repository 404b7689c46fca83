//! What tests of lots share: an offer, officers, bidders, a bank's statement, and time that goes on while a lot is live.

use bidding::Command;
use jcore::Role;
use kernel::{OrgId, UserId};
use testkit::{Client, TestApp};
use uuid::Uuid;

use crate::given;

/// The fields of a lot that sells for 50 万元 on Wednesday, 28 June 2023, with the shortest periods.
pub(crate) fn fields(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut all = vec![
        ("title", "高温合金叶片专利权"),
        ("delivery", "专利权转让及全部技术资料"),
        ("start", "50万元"),
        ("step", "5000"),
        ("deposit", "10"),
        ("fee", "1.5"),
        ("fee_payer", "buyer"),
        ("deal", "transfer"),
        ("profile", "default"),
        ("mode", "english"),
        ("free", "1"),
        ("window", "60"),
        ("registers_until", "2023-06-27T17:00"),
        ("starts", "2023-06-28T09:30"),
    ];
    for (key, value) in more {
        all.retain(|(known, _)| known != key);
        all.push((key, value));
    }
    all
}

/// The people around a lot.
pub(crate) struct Scene {
    pub(crate) seller: Client,
    pub(crate) one: Client,
    pub(crate) two: Client,
    pub(crate) university: OrgId,
    pub(crate) entry: kernel::EntryId,
    users: [UserId; 3],
}

impl Scene {
    /// Signs everybody in again: days went by.
    pub(crate) async fn again(&mut self, app: &TestApp) {
        let [seller, one, two] = self.users;
        self.seller = app.sign_in(seller).await;
        self.one = app.sign_in(one).await;
        self.two = app.sign_in(two).await;
    }
}

/// A university with a published patent, and two officers.
pub(crate) async fn scene(app: &TestApp) -> Scene {
    let university = given::org(app, given::UNIVERSITY, "university").await;
    let entry = given::published(app, "patent", university, &given::patent(&[])).await;
    let users = [
        app.person("出让人", &[(Role::Manager, Some(university), None)]).await,
        app.person("甲办", &[(Role::Centre, None, None)]).await,
        app.person("乙办", &[(Role::Centre, None, None)]).await,
    ];
    Scene {
        seller: app.sign_in(users[0]).await,
        one: app.sign_in(users[1]).await,
        two: app.sign_in(users[2]).await,
        university,
        entry,
        users,
    }
}

/// The id in the address that a form leads to.
pub(crate) fn id_in(location: &str) -> Uuid {
    location
        .split('/')
        .find_map(|part| part.parse().ok())
        .unwrap_or_else(|| panic!("no id in {location}"))
}

/// A draft by the seller.
pub(crate) async fn drafted(scene: &mut Scene, more: &[(&'static str, &'static str)]) -> Uuid {
    let entry = scene.entry.to_string();
    let mut sent: Vec<(&str, &str)> = vec![("entry", &entry)];
    let fields = fields(more);
    sent.extend(fields.iter().copied());
    let answer = scene.seller.post("/lots/new", &sent).await.expect(303);
    id_in(answer.location())
}

/// The hash of a lot's notice, as its page shows it to an officer.
pub(crate) async fn notice(client: &mut Client, lot: Uuid) -> String {
    let body = client.get(&format!("/api/v1/lots/{lot}")).await.expect(200).json();
    body["notice_hash"].as_str().unwrap().to_owned()
}

/// A lot that is announced.
pub(crate) async fn announced(scene: &mut Scene, more: &[(&'static str, &'static str)]) -> Uuid {
    let lot = drafted(scene, more).await;
    let hash = notice(&mut scene.one, lot).await;
    let approve = format!("/lots/{lot}/approve");
    let _ = scene.one.post(&approve, &[("hash", &hash)]).await.expect(303);
    let _ = scene.two.post(&approve, &[("hash", &hash)]).await.expect(303);
    let _ = scene.one.post(&format!("/lots/{lot}/announce"), &[]).await.expect(303);
    lot
}

/// Somebody who bids.
pub(crate) struct Bidder {
    pub(crate) client: Client,
    pub(crate) user: UserId,
    pub(crate) paddle: i64,
    pub(crate) code: String,
}

impl Bidder {
    /// Signs in again: days went by.
    pub(crate) async fn again(&mut self, app: &TestApp) {
        self.client = app.sign_in(self.user).await;
    }
}

/// The fields of a registration.
pub(crate) fn asks<'a>(org: &'a str, notice: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("org", org),
        ("representative", "闻人牧"),
        ("phone", "13811112222"),
        ("qualification", "从事叶片制造十年"),
        ("bank", "江苏银行南京分行"),
        ("account_holder", "昆山澹台精密齿轮有限公司"),
        ("account", "6222000011112222"),
        ("accepts", notice),
    ]
}

/// A person who registers for themselves and is admitted.
pub(crate) async fn bidder(app: &TestApp, scene: &mut Scene, lot: Uuid, name: &str) -> Bidder {
    joined(app, scene, lot, name, false).await
}

/// A person who registers for themselves, as an inventor with a right of priority or not, and is admitted with the first
/// rank.
pub(crate) async fn joined(app: &TestApp, scene: &mut Scene, lot: Uuid, name: &str, inventor: bool) -> Bidder {
    let user = app.person(name, &[]).await;
    let mut client = app.sign_in(user).await;
    let hash = notice(&mut client, lot).await;
    let sent = serde_json::json!({
        "phone": "13811112222", "qualification": "从事叶片制造十年", "bank": "江苏银行", "account_holder": name,
        "account": "6222000011112222", "notice_hash": hash, "inventor": inventor, "declared": if inventor { "第一发明人" } else { "" },
    });
    let path = format!("/api/v1/lots/{lot}/registrations");
    let made = client.call(http::Method::POST, &path, &sent).await.expect(201).json();
    let id: Uuid = made["id"].as_str().unwrap().parse().unwrap();
    let _ = scene
        .one
        .post(&format!("/centre/bidders/{id}/admit"), &[("rank", "1")])
        .await
        .expect(303);
    Bidder {
        client,
        user,
        paddle: made["paddle"].as_i64().unwrap(),
        code: made["pay_code"].as_str().unwrap().to_owned(),
    }
}

/// A bank's statement as CSV: payer, amount, remark.
pub(crate) fn statement(lines: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut out = "交易日期,对方户名,贷方发生额,附言,流水号\n".to_owned();
    for (n, (payer, amount, remark)) in lines.iter().enumerate() {
        out.push_str(&format!("2023-06-20,{payer},\"{amount}\",{remark},S{n:04}\n"));
    }
    out.into_bytes()
}

/// The bank sees these bidders' deposits, and an officer confirms them.
pub(crate) async fn paid(scene: &mut Scene, lot: Uuid, bidders: &[&Bidder]) {
    let remarks: Vec<String> = bidders.iter().map(|bidder| format!("保证金 {}", bidder.code)).collect();
    let lines: Vec<(&str, &str, &str)> = remarks
        .iter()
        .map(|remark| ("某公司", "50,000.00", remark.as_str()))
        .collect();
    let _ = scene
        .one
        .upload("/centre/deposits/statements", &[], "流水.csv", &statement(&lines))
        .await
        .expect(303);
    let _ = scene
        .one
        .post(&format!("/centre/deposits/lots/{lot}/confirm"), &[])
        .await
        .expect(303);
}

/// Time goes on in steps that a healthy machine takes: a longer one is a gap, which makes a live lot stand still.
pub(crate) async fn runs(app: &TestApp, lot: Uuid, secs: i64) {
    let logs = auctions::auctions(&app.app).unwrap().clone();
    for _ in 0..secs {
        app.clock.advance_secs(1);
        logs.send(lot, Command::Tick).await.unwrap();
    }
}

/// The lot's first second: the clock is set to its start, and everybody signs in again.
pub(crate) async fn begins(app: &TestApp, scene: &mut Scene, lot: Uuid, bidders: &mut [&mut Bidder]) {
    let start = testkit::day(2023, 6, 28, 9).plus_secs(30 * 60);
    app.clock.set(start.plus_secs(-1));
    runs(app, lot, 2).await;
    scene.again(app).await;
    for bidder in bidders {
        bidder.again(app).await;
    }
}

/// A bid through the API; the answer.
pub(crate) async fn bids(bidder: &mut Bidder, lot: Uuid, yuan: i64, key: u64) -> serde_json::Value {
    let sent = serde_json::json!({ "amount_fen": yuan * 100, "key": key, "confirmed": true });
    let path = format!("/api/v1/lots/{lot}/bids");
    bidder.client.call(http::Method::POST, &path, &sent).await.json()
}

/// A lot as the API tells it.
pub(crate) async fn told(client: &mut Client, lot: Uuid) -> serde_json::Value {
    client.get(&format!("/api/v1/lots/{lot}")).await.expect(200).json()
}

/// A sealed offer through the room's form.
pub(crate) async fn offers(bidder: &mut Bidder, lot: Uuid, yuan: &str) {
    let form = [("deed", "seal"), ("key", "1"), ("amount", yuan)];
    let answer = bidder.client.post(&format!("/lots/{lot}/bids"), &form).await;
    assert!(
        answer.status.is_redirection() || answer.status.is_success(),
        "{}",
        answer.text()
    );
}

/// One of the room's forms, which must be placed.
#[track_caller]
pub(crate) fn does<'a>(
    bidder: &'a mut Bidder,
    lot: Uuid,
    fields: &'a [(&'a str, &'a str)],
) -> impl Future<Output = ()> + 'a {
    let caller = std::panic::Location::caller();
    async move {
        let answer = bidder.client.post(&format!("/lots/{lot}/bids"), fields).await;
        assert!(
            answer.status.is_redirection(),
            "{caller}: {fields:?}: {}",
            answer.text()
        );
    }
}

/// The job that follows lots, until nothing more follows.
pub(crate) async fn follows(app: &TestApp) {
    for _ in 0..5 {
        app.clock.advance_secs(3);
        app.tick().await;
    }
}

/// The end of a lot that found its buyer: the award is on show, then confirmed, and its package holds.
pub(crate) async fn sold(app: &TestApp, scene: &mut Scene, lot: Uuid, paddle: i64, yuan: i64) {
    follows(app).await;
    let body = told(&mut scene.one, lot).await;
    assert_eq!(body["phase"], "publicity", "{body}");
    assert_eq!(
        (&body["award_paddle"], &body["price_fen"]),
        (&paddle.into(), &(yuan * 100).into())
    );
    let until = body["published_until"].as_i64().unwrap();
    app.clock.set(kernel::Stamp::from_micros(until));
    scene.again(app).await;
    let _ = scene.one.post(&format!("/lots/{lot}/confirm"), &[]).await.expect(303);
    assert_eq!(told(&mut scene.one, lot).await["phase"], "confirmed");
    let mut visitor = app.visitor();
    let package = visitor.get(&format!("/lots/{lot}/package")).await.expect(200).bytes;
    let page = visitor
        .upload("/hall/verify", &[], "lot.txt", &package)
        .await
        .expect(200)
        .text();
    assert!(page.contains("验证通过"), "{page}");
    let results = visitor.get("/results?when=sold").await.expect(200).text();
    assert!(results.contains(&format!("/lots/{lot}")), "{results}");
}
