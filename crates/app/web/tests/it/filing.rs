//! What a unit files, on both engines: its quota, its mandate before it may hand in, and the days on which papers came.

use jcore::Role;
use serde_json::json;
use testkit::{Client, TestApp, both};

use crate::given;

/// A scan, by its first bytes.
const SCAN: &[u8] = b"%PDF-1.4 the stamped mandate";

/// A university that takes part for the first time.
async fn newcomer(app: &TestApp) -> kernel::OrgId {
    let org = given::org(app, given::UNIVERSITY, "university").await;
    let permit = app
        .app
        .permit(
            &jcore::Actor::system(),
            jcore::Action("test.newcomer"),
            &jcore::Subject::NONE,
        )
        .unwrap();
    jcore::act!(app.app, permit, |act| {
        db::on!(&mut act.conn, c => sqlx::query("DELETE FROM took_part WHERE org_id = $1")
            .bind(org.uuid()).execute(c).await.map(|_| ()))?;
        act.note("test.newcomer", "org", org.uuid(), json!({}));
        Ok(())
    })
    .unwrap();
    org
}

/// Writes a patent and tries to hand it in; the answer's status.
async fn hands_in(app: &TestApp, client: &mut Client, org: kernel::OrgId) -> (u16, String, kernel::EntryId) {
    let answer = client
        .post("/entries/new/patent", &[("org", &org.to_string())])
        .await
        .expect(303);
    let id: kernel::EntryId = answer.location().split('/').find_map(|part| part.parse().ok()).unwrap();
    let raw = given::patent(&[]);
    let fields = given::fields(&raw, "1");
    let _ = client.post(&format!("/entries/{id}/edit"), &fields).await.expect(303);
    let version = given::version(app, id).await.to_string();
    let sent = [("version", version.as_str()), ("confirm", "true"), ("confirmed", "1")];
    let answer = client.post(&format!("/entries/{id}/submit"), &sent).await;
    (answer.status.as_u16(), answer.text(), id)
}

async fn send(client: &mut Client, org: kernel::OrgId, scan: &[u8], signed: &str) -> u16 {
    let fields = [
        ("name", "王立"),
        ("office", "科技处处长"),
        ("signed", signed),
        ("until", "2024-12-31"),
    ];
    let path = format!("/filing/{org}/mandate");
    client
        .upload(&path, &fields, "委托服务协议.pdf", scan)
        .await
        .status
        .as_u16()
}

both!(a_first_time_unit_hands_in_after_its_mandate, |app| {
    let org = newcomer(&app).await;
    let mut liaison = app.role(Role::Liaison, Some(org), None).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let (status, text, id) = hands_in(&app, &mut liaison, org).await;
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("委托服务协议"), "{text}");
    assert_eq!(given::state(&app, id).await, "draft", "nothing is lost");
    let page = liaison.get(&format!("/filing/{org}")).await.expect(200).text();
    assert!(page.contains("首次参加活动") && page.contains("草稿 1 项"), "{page}");

    assert_eq!(send(&mut liaison, org, b"MZ no scan", "2023-06-01").await, 422);
    assert_eq!(
        send(&mut liaison, org, SCAN, "2023-07-01").await,
        422,
        "signed in the future"
    );
    assert_eq!(send(&mut liaison, org, SCAN, "2023-06-01").await, 303);
    let page = centre.get(&format!("/filing/{org}")).await.expect(200).text();
    assert!(
        page.contains("王立") && page.contains("待审核") && page.contains("SHA-256"),
        "{page}"
    );
    let mandate = page
        .split(&format!("/filing/{org}/mandate/"))
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let scan = centre
        .get(&format!("/filing/{org}/mandate/{mandate}"))
        .await
        .expect(200)
        .bytes;
    assert_eq!(scan, SCAN);
    let decide = format!("/filing/{org}/mandate/{mandate}/decide");
    let _ = liaison.post(&decide, &[("deed", "accept")]).await.expect(403);
    let _ = centre
        .post(&decide, &[("deed", "return"), ("reason", " ")])
        .await
        .expect(422);
    let _ = centre.post(&decide, &[("deed", "accept")]).await.expect(303);
    let _ = centre.post(&decide, &[("deed", "accept")]).await.expect(409);

    let version = given::version(&app, id).await.to_string();
    let sent = [("version", version.as_str()), ("confirm", "true"), ("confirmed", "1")];
    let _ = liaison.post(&format!("/entries/{id}/submit"), &sent).await.expect(303);
    assert_eq!(given::state(&app, id).await, "submitted");
    let filing = liaison.get(&format!("/api/v1/filing/{org}")).await.expect(200).json();
    assert_eq!(filing["owes_mandate"], false);
    let quota = filing["quota"].as_array().unwrap();
    assert!(
        quota
            .iter()
            .any(|line| line["what"] == "offers" && line["figure"] == 1 && line["target"] == 50),
        "{filing}"
    );
});

both!(a_unit_that_took_part_before_owes_none, |app| {
    let org = newcomer(&app).await;
    let mut liaison = app.role(Role::Liaison, Some(org), None).await;
    let mut branch = app.role(Role::Branch, None, Some("320500")).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let path = format!("/filing/{org}/took-part");
    let _ = liaison.post(&path, &[("reason", "是")]).await.expect(403);
    let _ = branch.get(&format!("/filing/{org}")).await.expect(404);
    let _ = centre
        .post(&path, &[("reason", "2021 年第二届拍卖季已签协议")])
        .await
        .expect(303);
    let (status, text, _) = hands_in(&app, &mut liaison, org).await;
    assert_eq!(status, 303, "{text}");
});

both!(papers_are_held_against_the_day_each_by_itself, |app| {
    let org = given::org(&app, given::UNIVERSITY, "university").await;
    let mut liaison = app.role(Role::Liaison, Some(org), None).await;
    let mut centre = app.role(Role::Centre, None, None).await;
    let (status, text, _) = hands_in(&app, &mut liaison, org).await;
    assert_eq!(status, 303, "{text}");
    let papers = async |client: &mut Client| {
        let filing = client.get(&format!("/api/v1/filing/{org}")).await.expect(200).json();
        let of = |channel: &str| {
            let all = filing["papers"].as_array().unwrap();
            all.iter().find(|paper| paper["channel"] == channel).unwrap()["state"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        (of("electronic"), of("paper"))
    };
    let is = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        papers(&mut liaison).await,
        is("in-time", "due"),
        "what was handed in came by file"
    );
    let day = |day: &'static str| {
        [
            ("deadline", "submission"),
            ("channel", "paper"),
            ("day", day),
            ("stamped", "1"),
        ]
    };
    let _ = liaison
        .post(&format!("/filing/{org}/receipts"), &day("2023-06-12"))
        .await
        .expect(403);
    let _ = centre
        .post(&format!("/filing/{org}/receipts"), &day("2023-06-32"))
        .await
        .expect(422);
    let _ = centre
        .post(&format!("/filing/{org}/receipts"), &day("2023-06-12"))
        .await
        .expect(303);
    assert_eq!(papers(&mut liaison).await, is("in-time", "in-time"));
    let list = centre.get("/filing").await.expect(200).text();
    assert!(list.contains(given::UNIVERSITY.0) && list.contains("按时"), "{list}");
    let mut many: Vec<(&str, &str)> = day("2023-06-13").to_vec();
    let id = org.to_string();
    let _ = centre.post("/filing/receipts", &many).await.expect(422);
    many.push(("org", &id));
    let _ = centre.post("/filing/receipts", &many).await.expect(303);
    let panel = liaison.get(&format!("/org/{org}")).await.expect(200).text();
    assert!(panel.contains("报送指标") && panel.contains("不超过 50 项"), "{panel}");
});

both!(a_code_passes_on_its_licence, |app| {
    let mut centre = app.role(Role::Centre, None, None).await;
    // Of the right shape, with a last character that the rule does not give.
    let code = "91350203M0001QAY9B";
    let file = format!("单位名称,统一社会信用代码,单位类型,所属区划\n厦门某某装备有限公司,{code},企业,320302\n");
    let sent = centre
        .upload("/intake", &[("kind", "organisations")], "名录.csv", file.as_bytes())
        .await
        .expect(303);
    let batch = sent.location().to_owned();
    let id = batch.rsplit('/').next().unwrap().to_owned();
    let report = async |client: &mut Client| client.get(&format!("/api/v1/intake/{id}")).await.expect(200).json();
    assert_eq!(report(&mut centre).await["held"], 1);
    let good = [
        ("code", "91320000MA0000007Q"),
        ("licence", "营业执照"),
        ("reason", "核对原件"),
    ];
    let _ = centre.post("/filing/codes", &good).await.expect(422);
    let mut liaison = app.role(Role::Liaison, None, None).await;
    let pass = [
        ("code", code),
        ("licence", "营业执照 91350203M0001QAY9B"),
        ("reason", "核对原件，执照如此"),
    ];
    let _ = liaison.post("/filing/codes", &pass).await.expect(403);
    let _ = centre.post("/filing/codes", &pass).await.expect(303);
    assert!(centre.get("/filing/codes").await.expect(200).text().contains(code));
    let _ = centre.post(&format!("{batch}/check"), &[]).await.expect(303);
    let told = report(&mut centre).await;
    assert_eq!((&told["held"], &told["ready"]), (&json!(0), &json!(1)), "{told}");
});
