//! An application of the core and the intake alone, a form with a field of every kind, and a kind that keeps its things in
//! the table of settings.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forms::{Choice, Field, Form, Kind as FieldKind, List, Must, Secrecy, Section};
use http_body_util::BodyExt;
use intake::{Again, Before, BoxFuture, CheckCx, Checked, Checker, CommitRow, Kind, Kinds, Outcome, PutIn};
use jcore::{
    Act, Action, Actor, App, Cx, Fault, FaultKind, Files, Grant, Keys, Lang, Result, Role, Rule, Rules, Settings, When,
    Who, Words,
};
use kernel::{Clock, Ids, Issue, ManualClock, OrgId, Regions, Stamp, UserId};
use tower::ServiceExt;
use uuid::Uuid;

pub(crate) const IMPORT: Action = Action("things.import");

const COLOUR: List = List {
    key: "colour",
    codes: &[
        Choice {
            code: "red",
            names: &["红色", "Red"],
        },
        Choice {
            code: "blue",
            names: &["蓝色", "Blue"],
        },
    ],
};
const MODES: List = List {
    key: "deal-mode",
    codes: &[
        Choice {
            code: "transfer",
            names: &["转让", "Transfer"],
        },
        Choice {
            code: "licence",
            names: &["许可", "Licence"],
        },
    ],
};

const fn field(key: &'static str, kind: FieldKind, heads: &'static [&'static str]) -> Field {
    Field {
        key,
        kind,
        must: Must::No,
        secrecy: Secrecy::Open,
        heads,
        examples: &[],
    }
}

pub(crate) static FORM: Form = Form {
    key: "thing",
    sections: &[
        Section {
            key: "what",
            fields: &[
                Field {
                    must: Must::Yes,
                    examples: &["一种齿轮"],
                    ..field("title", FieldKind::Line { max: 30 }, &["名称", "Title"])
                },
                Field {
                    secrecy: Secrecy::Choice("show_summary"),
                    ..field("summary", FieldKind::Text { min: 4, max: 60 }, &["简介", "Summary"])
                },
                field("show_summary", FieldKind::YesNo, &["公开简介", "Show the summary"]),
                Field {
                    must: Must::Yes,
                    examples: &["红色"],
                    ..field("colour", FieldKind::Code(&COLOUR), &["颜色", "Colour"])
                },
                field("modes", FieldKind::Codes(&MODES), &["交易方式", "Deal"]),
                Field {
                    must: Must::When("modes", &["transfer"]),
                    examples: &["50万元"],
                    ..field("price", FieldKind::Money, &["意向价", "Price"])
                },
                field("began", FieldKind::Date { month_ok: true }, &["起始", "Began"]),
                field("sector", FieldKind::Sector, &["产业领域", "Sector"]),
                field("targets", FieldKind::Indicators, &["技术指标", "Indicators"]),
                field("trl", FieldKind::Trl, &["成熟度", "TRL"]),
                field("count", FieldKind::Int { min: 1, max: 500 }, &["数量", "Count"]),
            ],
        },
        Section {
            key: "who",
            fields: &[
                field("code", FieldKind::Uscc, &["统一社会信用代码", "USCC"]),
                field("region", FieldKind::Region, &["区划", "Region"]),
                Field {
                    secrecy: Secrecy::Always,
                    ..field("people", FieldKind::Names, &["联系人", "People"])
                },
                Field {
                    secrecy: Secrecy::Always,
                    ..field("phone", FieldKind::Phone, &["手机", "Phone"])
                },
                Field {
                    secrecy: Secrecy::Always,
                    ..field("email", FieldKind::Email, &["邮箱", "Mail"])
                },
            ],
        },
    ],
};

const ZH: &str = "intake-kind-things = 东西征集表
form-thing-title = 东西的名称
    .hint = 与证书一致
section-thing-what = 是什么
section-thing-who = 是谁的
list-colour-red = 红
issue-thing-repeats = 与第 { $row } 行重名
issue-thing-refused = 这个名称不收：{ $found }
issue-thing-doubt = 请核对
";
const EN: &str = "intake-kind-things = Things
form-thing-title = Name of the thing
    .hint = As in the certificate
section-thing-what = What it is
section-thing-who = Whose it is
list-colour-red = Ruby
issue-thing-repeats = The same name as row { $row }
issue-thing-refused = This name is not taken: { $found }
issue-thing-doubt = Please check
";

/// Keeps a thing as a setting `thing:TITLE` with its summary. Names with 拒 are held, those with 冲突 run into the store.
pub(crate) struct Things {
    pub(crate) checks: Mutex<Vec<usize>>,
}

impl Kind for Things {
    fn key(&self) -> &'static str {
        "things"
    }
    fn form(&self) -> &'static Form {
        &FORM
    }
    fn action(&self) -> Action {
        IMPORT
    }
    fn season(&self) -> &'static str {
        "auction"
    }
    fn href(&self, id: Uuid) -> Option<String> {
        Some(format!("/things/{id}"))
    }

    fn checker<'a>(&'a self, cx: CheckCx<'a>) -> Box<dyn Checker + 'a> {
        Box::new(ThingsCheck {
            things: self,
            cx,
            seen: BTreeMap::new(),
        })
    }

    fn bound<'a>(
        &'a self,
        _app: &'a App,
        _conn: &'a mut db::Conn,
        rows: &'a [PutIn<'a>],
    ) -> BoxFuture<'a, Result<Vec<(usize, Issue)>>> {
        Box::pin(async move {
            let bound = rows
                .iter()
                .filter(|row| row.draft.values().any(|text| text.contains("已审")));
            let issue = |row: &PutIn<'_>| (row.number, Issue::error("thing-refused").with("found", "已审"));
            Ok(bound.map(issue).collect())
        })
    }

    fn revert<'a>(&'a self, act: &'a mut Act, _actor: &'a Actor, rows: &'a [PutIn<'a>]) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            for row in rows {
                let title = row.draft.get("title").cloned().unwrap_or_default();
                let key = format!("thing:{title}");
                match row.before {
                    None => {
                        db::on!(&mut act.conn, c => sqlx::query("DELETE FROM setting WHERE key = $1")
                            .bind(&key).execute(c).await.map(|_| ()))?;
                    }
                    Some(before) => {
                        let value = before.draft.get("summary").cloned().unwrap_or_default();
                        db::on!(&mut act.conn, c => sqlx::query("UPDATE setting SET value = $2 WHERE key = $1")
                            .bind(&key).bind(value).execute(c).await.map(|_| ()))?;
                    }
                }
            }
            Ok(())
        })
    }

    fn commit<'a>(&'a self, act: &'a mut Act, row: CommitRow<'a>) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(async move {
            let title = row.record.text("title").unwrap_or_default().to_owned();
            if title.contains("半途") {
                // Writes and notes first, and is refused then.
                db::on!(&mut act.conn, c => sqlx::query("INSERT INTO setting (key, value) VALUES ($1, 'x')")
                    .bind(format!("thing:{title}")).execute(c).await.map(|_| ()))?;
                act.note("test.half", "thing", None, serde_json::json!({}));
            }
            if title.contains('拒') {
                let issue = Issue::error("thing-refused").with("found", title);
                return Ok(Outcome::Held(vec![(Some("title"), issue)]));
            }
            let key = format!("thing:{title}");
            let value = row.record.text("summary").unwrap_or_default().to_owned();
            let known: Option<(String,)> = db::on!(&mut act.conn, c => sqlx::query_as(
                "SELECT value FROM setting WHERE key = $1").bind(&key).fetch_optional(c).await)?;
            match known {
                Some(_) if title.contains("冲突") => Err(Fault::new(FaultKind::Conflict, "duplicate")),
                Some((same,)) if same == value => Ok(Outcome::Same(Uuid::from_u128(1))),
                Some((before,)) => {
                    db::on!(&mut act.conn, c => sqlx::query("UPDATE setting SET value = $2 WHERE key = $1")
                        .bind(&key).bind(&value).execute(c).await.map(|_| ()))?;
                    let draft = BTreeMap::from([("summary".to_owned(), before)]);
                    let before = Before {
                        draft,
                        state: String::new(),
                    };
                    Ok(Outcome::Changed(Uuid::from_u128(2), before))
                }
                None => {
                    db::on!(&mut act.conn, c => sqlx::query("INSERT INTO setting (key, value) VALUES ($1, $2)")
                        .bind(&key).bind(&value).execute(c).await.map(|_| ()))?;
                    Ok(Outcome::New(act.id()))
                }
            }
        })
    }
}

/// A check of one batch.
struct ThingsCheck<'a> {
    things: &'a Things,
    cx: CheckCx<'a>,
    seen: BTreeMap<String, usize>,
}

impl Checker for ThingsCheck<'_> {
    fn check<'b>(&'b mut self, rows: &'b mut [Checked]) -> BoxFuture<'b, Result<()>> {
        Box::pin(async move {
            self.things.checks.lock().unwrap().push(rows.len());
            let mut conn = self.cx.app.read().await?;
            for row in rows {
                let Some(title) = row.record.text("title").map(str::to_owned) else {
                    continue;
                };
                let known: Option<(String,)> = db::on!(&mut conn, c => sqlx::query_as(
                    "SELECT value FROM setting WHERE key = $1").bind(format!("thing:{title}")).fetch_optional(c).await)?;
                let value = row.record.text("summary").unwrap_or_default();
                row.found.again = match known {
                    None => Again::New,
                    Some((same,)) if same == value => Again::Same(Uuid::from_u128(1)),
                    Some((before,)) => Again::Changes {
                        id: Uuid::from_u128(2),
                        cells: vec![("summary".to_owned(), before)],
                    },
                };
                if title.contains("存疑") {
                    row.record.issues.push((Some("title"), Issue::warning("thing-doubt")));
                }
                if let Some(first) = self.seen.get(&title) {
                    let issue = Issue::error("thing-repeats").with("row", first.to_string());
                    row.record.issues.push((Some("title"), issue));
                } else {
                    self.seen.insert(title, row.number);
                }
            }
            Ok(())
        })
    }
}

/// The application under test.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) router: axum::Router,
    pub(crate) things: Arc<Things>,
    pub(crate) folder: tempfile::TempDir,
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::with(axum::http::Extensions::new()).await
    }

    /// With what the web crate keeps for capabilities beside the kinds.
    pub(crate) async fn with(mut extras: axum::http::Extensions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(Stamp::from_micros(1_686_700_000_000_000)));
        let options = db::Options {
            url: format!("sqlite:{}", folder.path().join("t.db").display()),
            unsafe_fast: true,
        };
        let store = db::Db::open(&options).await.unwrap();
        store.migrate().await.unwrap();
        let capability = intake::capability();
        let mut rules = capability.rules;
        rules.push(Rule::new(IMPORT, Who::Role(Role::Member), When::OwnOrg));
        rules.push(Rule::new(IMPORT, Who::Role(Role::Centre), When::Always));
        let words = [
            (jcore::WORDS_ZH, jcore::WORDS_EN),
            (kernel::WORDS_ZH, kernel::WORDS_EN),
            (forms::WORDS_ZH, forms::WORDS_EN),
            (sheets::WORDS_ZH, sheets::WORDS_EN),
            (intake::WORDS_ZH, intake::WORDS_EN),
            (ZH, EN),
        ];
        let things = Arc::new(Things {
            checks: Mutex::new(Vec::new()),
        });
        extras.insert(Kinds::new(vec![things.clone()]));
        let (routes, list) = capability.routes.into_parts();
        let app = App::new(jcore::AppBuilder {
            db: store,
            keys: Keys::new(&[3; 32], Ids::new(clock.clone(), Some(2))),
            ids: Ids::new(clock.clone(), Some(1)),
            clock,
            words: Words::new(&words).unwrap(),
            rules: Rules::new(&rules),
            regions: Arc::new(Regions::builtin().clone()),
            files: Files::folder(&folder.path().join("files")).unwrap(),
            mailer: jcore::notices::Mailer::Memory(Arc::default()),
            settings: Settings {
                base_url: "http://jiebang.test".into(),
                site_name: ("揭榜".into(), "jiebang".into()),
                secure_cookies: false,
                trust_proxy: false,
                demo: false,
                data: folder.path().to_owned(),
            },
            nav: capability.nav,
            routes: list,
            phases: Arc::new(|_, _, _| Vec::new()),
            extras,
        });
        let router = routes
            .layer(axum::middleware::from_fn_with_state(app.clone(), jcore::layer::enter))
            .with_state(app.clone());
        Self {
            app,
            router,
            things,
            folder,
        }
    }

    /// An active organisation.
    pub(crate) async fn org(&self, name: &str) -> OrgId {
        let id: OrgId = self.app.ids.uuid().into();
        let mut conn = self.app.db.write().await.unwrap();
        db::on!(&mut conn, c => sqlx::query(
            "INSERT INTO organisation (id, name, name_key, kind, identity_kind, identity, region, state, created_at, changed_at) \
             VALUES ($1, $2, $2, 'company', 'uscc', $2, '320100', 'active', 0, 0)")
            .bind(id.uuid()).bind(name).execute(c).await.map(|_| ()))
        .unwrap();
        conn.commit().await.unwrap();
        id
    }

    /// A person with a role, and a browser in which they are signed in.
    pub(crate) async fn person(&self, role: Role, org: Option<OrgId>) -> (Actor, Browser) {
        let id: UserId = self.app.ids.uuid().into();
        let mut conn = self.app.db.write().await.unwrap();
        db::on!(&mut conn, c => sqlx::query(
            "INSERT INTO user_account (id, email, name, state, created_at, changed_at) VALUES ($1, $2, '某人', 'active', 0, 0)")
            .bind(id.uuid()).bind(format!("{id}@x.test")).execute(c).await.map(|_| ()))
        .unwrap();
        db::on!(&mut conn, c => sqlx::query("INSERT INTO role_grant (id, user_id, role, org_id, granted_at) VALUES ($1, $2, $3, $4, 0)")
            .bind(self.app.ids.uuid()).bind(id.uuid()).bind(role.code()).bind(org.map(|o| o.uuid()))
            .execute(c).await.map(|_| ()))
        .unwrap();
        let (session, token) = jcore::login::begin(&mut conn, &self.app, id, "127.0.0.1", "test")
            .await
            .unwrap();
        conn.commit().await.unwrap();
        let grants = vec![Grant {
            role,
            org,
            region: None,
            on_behalf: None,
        }];
        let actor = Actor {
            user: Some(id),
            name: "某人".into(),
            grants,
            session: Some(session),
            ..Actor::default()
        };
        let csrf = jcore::layer::csrf_token(&self.app, &actor, "");
        (
            actor,
            Browser {
                router: self.router.clone(),
                token,
                csrf,
                lang: "zh-CN",
            },
        )
    }

    /// A request's context, for what is shown.
    pub(crate) fn cx(&self, actor: &Actor, lang: Lang) -> Cx {
        Cx {
            app: self.app.clone(),
            actor: Arc::new(actor.clone()),
            lang,
            lang_in_address: false,
            now: self.app.now(),
            path: "/".into(),
            query: "".into(),
            csrf: "token".into(),
            address: "".into(),
            agent: "".into(),
            unread: 0,
            flash: None,
            action: None,
        }
    }

    /// How many things there are.
    pub(crate) async fn things(&self) -> i64 {
        let mut conn = self.app.read().await.unwrap();
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM setting WHERE key LIKE 'thing:%'").fetch_one(c).await).unwrap()
    }

    /// The audit notes of batches, oldest first.
    pub(crate) async fn notes(&self) -> Vec<String> {
        let mut conn = self.app.read().await.unwrap();
        db::on!(&mut conn, c => sqlx::query_scalar("SELECT key FROM audit_entry ORDER BY id").fetch_all(c).await)
            .unwrap()
    }
}

/// A browser in which a person is signed in.
pub(crate) struct Browser {
    router: axum::Router,
    token: String,
    csrf: String,
    pub(crate) lang: &'static str,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn location(&self) -> String {
        self.headers
            .get(header::LOCATION)
            .map(|v| v.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}

const BOUNDARY: &str = "----line";

impl Browser {
    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request
            .header(header::COOKIE, format!("{}={}", jcore::login::COOKIE, self.token))
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair(jcore::CSRF_FIELD, &self.csrf).extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.finish())).await
    }

    pub(crate) async fn send_file(&self, path: &str, fields: &[(&str, &str)], name: &str, content: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (key, value) in fields.iter().chain(&[(jcore::CSRF_FIELD, self.csrf.as_str())]) {
            let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = Request::post(path).header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        );
        self.send(request, Body::from(body)).await
    }
}

/// A CSV file as offices here send it: a title, an unused column, and a unit in a head.
pub(crate) fn csv(rows: &[&str]) -> Vec<u8> {
    let mut out =
        "2023年东西征集表,,,,,\n序号,名称,简介,颜色,交易方式,意向价（万元）,起始,统一社会信用代码,区划,联系人,备注\n"
            .to_owned();
    for (at, row) in rows.iter().enumerate() {
        out.push_str(&format!("{},{row}\n", at + 1));
    }
    out.into_bytes()
}

/// A row that is good, by its name.
pub(crate) fn good(title: &str) -> String {
    format!("{title},一种很好的东西,红色,转让,50,2020-01,,南京市鼓楼区,张三,无")
}
