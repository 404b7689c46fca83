//! What is withheld leaves the server only through the projection, by enumeration.
//!
//! Every form that can be taken in is filled from its declaration, with a canary in every field that is never public and in
//! every field that its owner chose not to show. Then every route is asked by every role that has no right to look; answers,
//! exports (unpacked), the log at its finest level and the bytes on disk are searched for the canaries.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use forms::{Draft, Field, Form, Kind, Secrecy};
use jcore::{Actor, Role, RouteInfo};
use kernel::{OrgId, UserId};
use testkit::{Client, TestApp};
use uuid::Uuid;

const OWNER: &str = "12320000MA0000007X";
const OWNER_NAME: &str = "金丝雀甲方单位";

/// A field's text with its canary, and what to look for: every form in which the value could be shown.
struct Filled {
    text: String,
    canaries: Vec<String>,
}

fn plain(text: impl Into<String>) -> Filled {
    Filled {
        text: text.into(),
        canaries: Vec::new(),
    }
}

/// Values that must be what they are for the form to be right as a whole.
fn fixed(key: &str, head: &str) -> Option<&'static str> {
    Some(match head {
        "申请日" => "2020-03-02",
        "授权公告日" => "2021-05-11",
        "专利号" => "ZL202010123456.2",
        "统一社会信用代码" => OWNER,
        "单位名称" | "需求单位" | "报送单位" | "完成单位" | "专利权人" | "单位" => OWNER_NAME,
        "所属区划" => "320102",
        "主IPC分类号" => "H01M4/525",
        "研究开始" => "2019-01",
        "研究结束" => "2022-06",
        "期望完成时间" => "2024-06",
        "密级" => "公开",
        "法律状态" => "有权",
        "专利类型" => "发明",
        "计划项目级别" => "无",
        "单位类型" => "高校",
        _ if key.starts_with("public_") => "否",
        _ => return None,
    })
}

/// Whether a field's value is withheld when every choice says no.
fn is_withheld(field: &Field) -> bool {
    !matches!(field.secrecy, Secrecy::Open)
}

fn filled(field: &Field, n: usize) -> Filled {
    let head = field.head_zh();
    if let Secrecy::Open = field.secrecy
        && let Some(text) = fixed(field.key, head)
    {
        return plain(text);
    }
    let canary = format!("金丝雀{n:03}字");
    let long = |max: usize| canary.chars().cycle().take(max.clamp(8, 90)).collect::<String>();
    match &field.kind {
        // The owner's name and code identify it: where they are withheld, they are canaries themselves.
        _ if fixed(field.key, head) == Some(OWNER_NAME) => Filled {
            text: OWNER_NAME.into(),
            canaries: vec![OWNER_NAME.into()],
        },
        _ if fixed(field.key, head) == Some(OWNER) => Filled {
            text: OWNER.into(),
            canaries: vec![OWNER.into()],
        },
        Kind::Line { max } => Filled {
            text: long(*max),
            canaries: vec![canary],
        },
        Kind::Text { max, .. } => Filled {
            text: long(*max),
            canaries: vec![canary],
        },
        Kind::Code(list) => plain(list.codes[0].names[0]),
        Kind::Codes(list) => plain(list.codes[0].names[0]),
        Kind::YesNo => plain("否"),
        Kind::Date { .. } => plain("2021-06-01"),
        Kind::Money => Filled {
            text: format!("{}.37万元", 7000 + n),
            canaries: vec![
                format!("{}.37", 7000 + n),
                format!("{}3700", 7000 + n),
                format!("7{},{:03}", n / 1000, n),
            ],
        },
        Kind::Patent => plain("ZL202010123456.2"),
        Kind::Uscc => plain(OWNER),
        Kind::Ipc => plain("H01M4/525"),
        Kind::Region => plain("320102"),
        Kind::Sector => plain("新材料"),
        Kind::Phone => Filled {
            text: format!("139{:08}", 31_000_000 + n),
            canaries: vec![format!("139{:08}", 31_000_000 + n)],
        },
        Kind::Email => Filled {
            text: format!("canary{n:03}@leak.example.cn"),
            canaries: vec![format!("canary{n:03}@leak")],
        },
        Kind::Names => Filled {
            text: format!("雀{}", han(n)),
            canaries: vec![format!("雀{}", han(n))],
        },
        Kind::Orgs => Filled {
            text: format!("金丝雀{n:03}研究所"),
            canaries: vec![format!("金丝雀{n:03}")],
        },
        Kind::Indicators => Filled {
            text: format!("金丝雀{n:03}指标 ≥{}.77 mm（现状 3 mm）", 300 + n),
            canaries: vec![format!("金丝雀{n:03}"), format!("{}.77", 300 + n)],
        },
        Kind::Int { min, .. } => plain((*min).max(180).to_string()),
        Kind::Trl => plain("小试"),
    }
}

/// Two characters that stand in no ordinary text, different for each number.
fn han(n: usize) -> String {
    ['鑫', '淼', '焱', '垚', '犇', '骉', '羴', '鱻', '靐', '龘']
        .iter()
        .cycle()
        .skip(n)
        .take(1)
        .chain(['翀', '翃', '翙', '翯'].iter().cycle().skip(n / 10).take(1))
        .collect()
}

/// A draft of the form, and the canaries by field.
fn draft(form: &'static Form, from: usize) -> (Draft, BTreeMap<String, Vec<String>>) {
    let mut draft = Draft::new();
    let mut canaries = BTreeMap::new();
    for (i, field) in form.fields().enumerate() {
        let f = filled(field, from + i);
        if is_withheld(field) {
            if !f.canaries.is_empty() {
                canaries.insert(format!("{}.{}", form.key, field.key), f.canaries);
            }
            draft.insert(field.key.to_owned(), f.text);
        } else {
            // Open fields say nothing that could be taken for a canary.
            let text = f
                .text
                .replace("金丝雀", "普通文")
                .replace("canary", "plain")
                .replace('雀', "张");
            let text = if fixed(field.key, field.head_zh()).is_some() {
                f.text
            } else {
                text
            };
            draft.insert(field.key.to_owned(), text);
        }
    }
    (draft, canaries)
}

fn csv(form: &'static Form, draft: &Draft) -> Vec<u8> {
    let heads: Vec<String> = form.fields().map(|f| f.head_zh().to_owned()).collect();
    let row: Vec<String> = form
        .fields()
        .map(|f| draft.get(f.key).cloned().unwrap_or_default())
        .collect();
    sheets::export_csv(&heads, &[row])
}

#[derive(Clone, Default)]
pub(crate) struct Log(pub(crate) Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything planted, and where things of each kind got their ids.
pub(crate) struct Planted {
    pub(crate) canaries: BTreeMap<String, Vec<String>>,
    pub(crate) ids: BTreeMap<&'static str, Vec<Uuid>>,
    pub(crate) org: OrgId,
}

async fn plant(app: &TestApp) -> Planted {
    let org = app.organisation(OWNER_NAME, "university", OWNER, "320102").await;
    let system = Actor::system();
    let kinds = app.app.extra::<intake::Kinds>().expect("kinds").clone();
    let mut planted = Planted {
        canaries: BTreeMap::new(),
        ids: BTreeMap::new(),
        org,
    };
    for (k, kind) in kinds.all().iter().enumerate() {
        // Organisations have nothing withheld but what their form says; the owner itself stays as it is.
        let (draft, canaries) = draft(kind.form(), 100 * (k + 1));
        planted.canaries.extend(canaries);
        let bytes = csv(kind.form(), &draft);
        let batches = intake::upload(&app.app, &system, kind.key(), None, "金丝雀文件.csv", &bytes)
            .await
            .expect("an upload");
        for batch in batches {
            let report = intake::commit(
                &app.app,
                &system,
                batch,
                intake::CommitOptions::because(true, "looked at"),
                &|_, _| {},
            )
            .await
            .expect("a commit");
            assert_eq!(report.held, 0, "{}: {:?}", kind.key(), report.errors);
            planted.ids.entry("batch").or_default().push(batch.uuid());
        }
    }
    planted.canaries.insert("file.name".into(), vec!["金丝雀文件".into()]);
    let mut conn = app.app.read().await.unwrap();
    let entries: Vec<(Uuid, i64)> =
        db::on!(&mut conn, c => sqlx::query_as("SELECT id, version FROM entry ORDER BY id").fetch_all(c).await)
            .unwrap();
    drop(conn);
    assert_eq!(entries.len(), 3, "a patent, an achievement, a need");
    for (id, version) in &entries {
        let entry = (*id).into();
        entries::recall(&app.app, &system, entry, *version)
            .await
            .expect("taken back");
        attach(app, entry, &mut planted).await;
        entries::submit(&app.app, &system, entry, version + 1)
            .await
            .expect("handed in");
        entries::accept(&app.app, &system, entry, version + 2)
            .await
            .expect("accepted");
        entries::publish(&app.app, &system, entry, version + 3)
            .await
            .expect("published");
    }
    planted.ids.insert("entry", entries.iter().map(|(id, _)| *id).collect());
    planted
}

/// Puts papers beside an entry: one for the centre only, and one that is to be public and names the owner, which keeps it
/// from being so where the owner hides.
async fn attach(app: &TestApp, entry: kernel::EntryId, planted: &mut Planted) {
    let paper = |title: &str, public: bool, text: String| attachments::Incoming {
        title: title.to_owned(),
        public,
        checked: true,
        confirmed: true,
        name: "金丝雀附件名.txt".to_owned(),
        content: text.into(),
    };
    let system = Actor::system();
    let private = paper("金丝雀附件题", false, "金丝雀附件文".to_owned());
    // An owner who shows its name shows this one, too.
    let canary = format!("金丝雀署名件{}", entry.uuid().simple());
    let named = paper("说明", true, format!("{OWNER_NAME}的{canary}"));
    for incoming in [private, named] {
        let added = attachments::add(&app.app, &system, entry, incoming)
            .await
            .expect("a paper");
        planted.ids.entry("attachment").or_default().push(added.id);
        if !added.public {
            let canaries = ["金丝雀附件题", "金丝雀附件文", "金丝雀附件名"]
                .map(str::to_owned)
                .to_vec();
            planted.canaries.insert("attachment".into(), canaries);
        }
        if !added.findings.is_empty() && !added.public {
            planted.canaries.insert("attachment.named".into(), vec![canary.clone()]);
        }
    }
}

/// The addresses of a route, with every kind of id that was planted in its place.
pub(crate) fn addresses(route: &RouteInfo, planted: &Planted, users: &[UserId]) -> Vec<String> {
    if !route.path.contains('{') {
        let mut out = vec![route.path.to_owned()];
        if matches!(route.path, "/needs" | "/offers" | "/api/v1/needs" | "/api/v1/offers") {
            out.extend([OWNER_NAME, "金丝雀", "字"].map(|q| {
                format!(
                    "{}?q={}",
                    route.path,
                    form_urlencoded::byte_serialize(q.as_bytes()).collect::<String>()
                )
            }));
            out.push(format!("{}?price=500-&sort=dearest", route.path));
        }
        return out;
    }
    let mut ids: Vec<String> = planted.ids.values().flatten().map(ToString::to_string).collect();
    ids.push(planted.org.to_string());
    ids.extend(users.iter().map(ToString::to_string));
    ids.extend(
        [
            "patents",
            "achievements",
            "needs",
            "liaisons",
            "organisations",
            "xlsx",
            "csv",
            "1",
        ]
        .map(str::to_owned),
    );
    ids.iter()
        .map(|id| {
            let filled: Vec<&str> = route
                .path
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        if part == "{number}" { "1" } else { id }
                    } else {
                        part
                    }
                })
                .collect();
            filled.join("/")
        })
        .collect()
}

/// What an answer says, workbooks unpacked.
pub(crate) fn said(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if bytes.starts_with(b"PK") {
        for grid in sheets::read("answer.xlsx", bytes, &sheets::Limits::default()).expect("a workbook") {
            for row in &grid.rows {
                for cell in row {
                    text.push_str(&cell.text());
                    text.push('\n');
                }
            }
        }
    }
    text
}

pub(crate) async fn people_without_sight(app: &TestApp) -> Vec<(String, Client, UserId)> {
    let other = app
        .organisation("旁观单位", "company", "91320000MA0000007Q", "320583")
        .await;
    let mut out = Vec::new();
    for role in Role::ALL {
        // The centre may look, and so may the university centre into a university's: their rows say so.
        if matches!(role, Role::Centre | Role::UniversityCentre) {
            continue;
        }
        let region = role.needs_region().then_some("320500");
        let user = app
            .person(role.code(), &[(role, role.needs_org().then_some(other), region)])
            .await;
        out.push((role.code().to_owned(), app.sign_in(user).await, user));
    }
    out
}

/// Everybody who is signed in follows everything, by every way: what is pushed is searched too.
async fn follow_everything(people: &mut [(String, Client, UserId)]) {
    let sub = serde_json::json!({ "name": "全部", "rhythm": "now", "channels": ["inbox", "mail"] });
    for (who, client, _) in people.iter_mut().filter(|(who, ..)| who != "visitor") {
        let answer = client.call(http::Method::POST, "/api/v1/subscriptions", &sub).await;
        assert_eq!(answer.status.as_u16(), 201, "{who}: {}", answer.text());
    }
}

#[tokio::test]
async fn nothing_withheld_is_in_any_answer_log_or_file() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let app = TestApp::lite().await;
    let planted = plant(&app).await;
    assert!(
        planted.canaries.len() >= 12,
        "the forms have withheld fields: {:?}",
        planted.canaries.keys()
    );
    let mut people = people_without_sight(&app).await;
    people.push(("visitor".into(), app.visitor(), app.app.ids.uuid().into()));
    let users: Vec<UserId> = people.iter().map(|p| p.2).collect();
    follow_everything(&mut people).await;
    for _ in 0..4 {
        app.tick().await;
        app.clock.advance_secs(11);
    }
    app.settled().await;
    matches::feed(&app.app).await.expect("an index");

    let mut leaks = Vec::new();
    let mails: Vec<String> = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .map(|m| format!("{} {}", m.subject, m.body))
        .collect();
    let is_push = |text: &String| text.contains("/push/item/");
    assert!(
        mails.iter().any(is_push),
        "what is public was pushed: {} mails",
        mails.len()
    );
    for text in mails.iter().filter(|text| is_push(text)) {
        let found = planted
            .canaries
            .iter()
            .filter(|(_, c)| c.iter().any(|c| text.contains(c.as_str())));
        leaks.extend(found.map(|(field, _)| format!("a pushed mail tells {field}")));
    }
    let mut asked = 0;
    let routes: Vec<RouteInfo> = app
        .app
        .routes
        .iter()
        .filter(|r| r.method == http::Method::GET)
        .cloned()
        .collect();
    for route in &routes {
        for address in addresses(route, &planted, &users) {
            for (who, client, _) in &people {
                let answer = client.clone().get(&address).await;
                asked += 1;
                let text = said(&answer.bytes);
                // A page repeats the words that were searched for; that is the asker's own text.
                let own_words = address.contains("?q=");
                for (field, forms) in &planted.canaries {
                    for canary in forms.iter().filter(|c| text.contains(c.as_str())) {
                        let owner_shown = canary == OWNER_NAME || canary == OWNER;
                        // The organisation's own page and the offers of an owner that shows its name are open.
                        if own_words || (owner_shown && !field.starts_with("need.")) {
                            continue;
                        }
                        if owner_shown
                            && !(shows_a_need(&address, &planted) && without_offers(&text).contains(canary.as_str()))
                        {
                            continue;
                        }
                        leaks.push(format!("{address} as {who}: {field} ({canary})"));
                    }
                }
            }
        }
    }
    assert!(asked > 500, "only {asked} answers were looked at");
    leaks.sort();
    leaks.dedup();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));

    let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(text.len() > 1000, "the log was kept");
    let in_log: Vec<_> = planted
        .canaries
        .iter()
        .filter(|(_, c)| {
            c.iter()
                .any(|c| c != OWNER && c != OWNER_NAME && text.contains(c.as_str()))
        })
        .collect();
    assert!(in_log.is_empty(), "in the log: {in_log:?}");

    app.app.db.close().await;
    let mut on_disk = Vec::new();
    search_folder(app.folder.path(), &planted, &mut on_disk);
    assert!(on_disk.is_empty(), "in plain text on disk: {on_disk:?}");
}

/// A page without the rows that show offers: beside a need stand what may meet it, with owners that show their names. An
/// owner's own offers are not left out there, since what is missing would tell whose the need is.
fn without_offers(text: &str) -> String {
    let rows = text
        .split("<li>")
        .enumerate()
        .map(|(n, row)| match row.split_once("</li>") {
            Some((shown, rest)) if n > 0 && shown.contains("href=\"/offers/") => rest,
            _ => row,
        });
    rows.collect()
}

/// Whether the address shows a need, whose owner chose not to show its name.
fn shows_a_need(address: &str, planted: &Planted) -> bool {
    let is_entry = planted
        .ids
        .get("entry")
        .is_some_and(|ids| ids.iter().any(|id| address.contains(&id.to_string())));
    address.starts_with("/needs") || address.starts_with("/api/v1/needs") || (is_entry && !address.contains("offers"))
}

pub(crate) fn search_folder(folder: &std::path::Path, planted: &Planted, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            search_folder(&path, planted, out);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for (field, forms) in &planted.canaries {
            // The organisation's own register holds its name and code; every other withheld value must be sealed.
            for canary in forms.iter().filter(|c| *c != OWNER && *c != OWNER_NAME) {
                if bytes.windows(canary.len()).any(|w| w == canary.as_bytes()) {
                    out.push(format!("{}: {field} ({canary})", path.display()));
                }
            }
        }
    }
}

#[tokio::test]
async fn who_may_look_sees_what_others_do_not() {
    let app = TestApp::lite().await;
    let planted = plant(&app).await;
    let phone = planted
        .canaries
        .iter()
        .find(|(f, _)| f.starts_with("need.") && f.contains("phone"))
        .map(|(_, c)| c[0].clone());
    let phone = phone.expect("a need has a phone");
    let mut centre = app.role(Role::Centre, None, None).await;
    let mut own = app.role(Role::Member, Some(planted.org), None).await;
    let mut seen = (false, false);
    for id in &planted.ids["entry"] {
        seen.0 |= centre.get(&format!("/centre/queue/{id}")).await.text().contains(&phone);
        seen.1 |= own.get(&format!("/entries/{id}/edit")).await.text().contains(&phone)
            || own.get(&format!("/entries/{id}")).await.text().contains(&phone)
            || own.get(&format!("/needs/{id}")).await.text().contains(&phone);
    }
    assert_eq!(
        seen,
        (true, true),
        "the centre and the owner see the phone: the test would notice a leak"
    );
}
