//! The application in the test's process.

use std::sync::{Arc, Mutex};

use jcore::notices::{Mail, Mailer};
use jcore::{Actor, App, Files, Grant, Job, Keys, Role, Settings};
use kernel::{Clock, Ids, ManualClock, OrgId, Region, Stamp, UserId};

use crate::Client;

/// How often and with what pause it is asked whether the change log can be read: ten seconds together.
const SETTLED_TRIES: usize = 500;
const SETTLED_PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// The application on a store of its own, with a clock that stands still.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its router with all layers.
    pub router: axum::Router,
    /// Its jobs.
    pub jobs: Vec<Job>,
    /// Its clock: 2023-06-14 10:00 in China until it is moved.
    pub clock: Arc<ManualClock>,
    /// The mails that left.
    pub mails: Arc<Mutex<Vec<Mail>>>,
    /// The data folder, gone when dropped.
    pub folder: tempfile::TempDir,
}

/// An instant by its civil time in China.
///
/// # Panics
/// When there is no such time.
#[must_use]
pub fn day(year: i16, month: i8, day: i8, hour: i8) -> Stamp {
    Stamp::in_china(kernel::Day::new(year, month, day).expect("a day").at(hour, 0, 0, 0))
}

impl TestApp {
    /// On SQLite.
    pub async fn lite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("jiebang.db").display());
        Self::on(folder, url).await
    }

    /// On SQLite, with a virus scanner.
    pub async fn scanned(scanner: Arc<dyn jcore::files::Scanner>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("jiebang.db").display());
        Self::with(folder, url, scanner, push::Config::default()).await
    }

    /// With ways to the outside that a test brings, on SQLite or, where it can be had, on PostgreSQL.
    pub async fn outside(push: push::Config, on_postgres: bool) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let url = if on_postgres {
            crate::pg::fresh_database().await?
        } else {
            format!("sqlite:{}", folder.path().join("jiebang.db").display())
        };
        Some(Self::with(folder, url, Arc::new(jcore::files::NoScanner), push).await)
    }

    /// On PostgreSQL; none where it is not installed.
    pub async fn postgres() -> Option<Self> {
        let url = crate::pg::fresh_database().await?;
        Some(Self::on(tempfile::tempdir().expect("a folder"), url).await)
    }

    async fn on(folder: tempfile::TempDir, url: String) -> Self {
        Self::with(folder, url, Arc::new(jcore::files::NoScanner), push::Config::default()).await
    }

    async fn with(
        folder: tempfile::TempDir,
        url: String,
        scanner: Arc<dyn jcore::files::Scanner>,
        push: push::Config,
    ) -> Self {
        let clock = Arc::new(ManualClock::new(day(2023, 6, 14, 10)));
        let as_clock: Arc<dyn Clock> = clock.clone();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let store = db::Db::open(&db::Options { url, unsafe_fast: true })
            .await
            .expect("a store");
        store.migrate().await.expect("migrations");
        let site = web::assemble(web::Parts {
            db: store,
            ids: Ids::new(as_clock.clone(), Some(11)),
            keys: Keys::new(&[7; jcore::KEY_BYTES], Ids::new(as_clock.clone(), Some(12))),
            logs: web::Logs::by_hand(as_clock.clone(), true),
            clock: as_clock,
            push,
            mailer: Mailer::Memory(mails.clone()),
            files: Files::folder(&folder.path().join("files"))
                .expect("a file store")
                .with_scanner(scanner),
            settings: Settings {
                base_url: "http://jiebang.test".into(),
                site_name: ("江苏技术产权交易".into(), "Jiangsu Technology Exchange".into()),
                secure_cookies: false,
                trust_proxy: false,
                demo: false,
                data: folder.path().to_owned(),
            },
        })
        .await
        .expect("a site");
        Self {
            app: site.app,
            router: site.router,
            jobs: site.jobs,
            clock,
            mails,
            folder,
        }
    }

    /// Somebody with a browser, not signed in.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client::new(self.app.clone(), self.router.clone())
    }

    /// Makes an active person with these roles, without going through registration. Returns their id.
    pub async fn person(&self, name: &str, grants: &[(Role, Option<OrgId>, Option<&str>)]) -> UserId {
        let permit = self
            .app
            .permit(&Actor::system(), jcore::Action("test.person"), &jcore::Subject::NONE)
            .expect("the system may");
        let app = self.app.clone();
        let id: UserId = app.ids.uuid().into();
        let mail = format!("{}@jiebang.test", id.uuid().simple());
        jcore::act!(app, permit, |act| {
            let now = act.now.micros();
            db::on!(&mut act.conn, c => sqlx::query(
                "INSERT INTO user_account (id, email, name, state, created_at, changed_at) VALUES ($1, $2, $3, 'active', $4, $4)")
                .bind(id.uuid()).bind(&mail).bind(name).bind(now).execute(c).await.map(|_| ()))?;
            for (role, org, region) in grants {
                let grant_id = app.ids.uuid();
                db::on!(&mut act.conn, c => sqlx::query(
                    "INSERT INTO role_grant (id, user_id, role, org_id, region, granted_at) VALUES ($1, $2, $3, $4, $5, $6)")
                    .bind(grant_id).bind(id.uuid()).bind(role.code()).bind(org.map(|o| o.uuid())).bind(*region).bind(now)
                    .execute(c).await.map(|_| ()))?;
                if let Some(org) = org {
                    let membership = app.ids.uuid();
                    db::on!(&mut act.conn, c => sqlx::query(
                        "INSERT INTO membership (id, user_id, org_id, state, role, asked_at, decided_at) VALUES ($1, $2, $3, 'active', $4, $5, $5)")
                        .bind(membership).bind(id.uuid()).bind(org.uuid()).bind(role.code()).bind(now).execute(c).await.map(|_| ()))?;
                }
            }
            for (document, version) in accounts::current_documents() {
                let consent = app.ids.uuid();
                db::on!(&mut act.conn, c => sqlx::query(
                    "INSERT INTO consent (id, user_id, document, version, at, address) VALUES ($1, $2, $3, $4, $5, '')")
                    .bind(consent).bind(id.uuid()).bind(document).bind(version).bind(now).execute(c).await.map(|_| ()))?;
            }
            act.note("test.person", "user", id.uuid(), serde_json::json!({}));
            Ok(())
        })
        .expect("a person");
        id
    }

    /// Makes an active organisation. Returns its id.
    pub async fn organisation(&self, name: &str, kind: &str, identity: &str, region: &str) -> OrgId {
        let app = self.app.clone();
        let id: OrgId = app.ids.uuid().into();
        let permit = app
            .permit(
                &Actor::system(),
                jcore::Action("test.organisation"),
                &jcore::Subject::NONE,
            )
            .expect("the system may");
        let key = kernel::text::fold(name);
        jcore::act!(app, permit, |act| {
            let now = act.now.micros();
            db::on!(&mut act.conn, c => sqlx::query(
                "INSERT INTO organisation (id, name, name_key, kind, identity_kind, identity, region, state, created_at, changed_at) \
                 VALUES ($1, $2, $3, $4, 'uscc', $5, $6, 'active', $7, $7)")
                .bind(id.uuid()).bind(name).bind(&key).bind(kind).bind(identity).bind(region).bind(now).execute(c).await.map(|_| ()))?;
            // Most tests are not about papers: their units took part before and owe no mandate.
            db::on!(&mut act.conn, c => sqlx::query("INSERT INTO took_part (org_id, reason, said_at) VALUES ($1, 'test', $2)")
                .bind(id.uuid()).bind(now).execute(c).await.map(|_| ()))?;
            act.note("test.organisation", "organisation", id.uuid(), serde_json::json!({}));
            Ok(())
        })
        .expect("an organisation");
        id
    }

    /// A browser in which that person is signed in.
    pub async fn sign_in(&self, user: UserId) -> Client {
        let mut conn = self.app.db.write().await.expect("a connection");
        let (session, token) = jcore::login::begin(&mut conn, &self.app, user, "127.0.0.1", "test")
            .await
            .expect("a session");
        conn.commit().await.expect("commit");
        let mut client = self.visitor();
        client.session(session, token);
        client
    }

    /// A browser in which a new person with one role is signed in.
    pub async fn role(&self, role: Role, org: Option<OrgId>, region: Option<&str>) -> Client {
        let user = self.person(role.code(), &[(role, org, region)]).await;
        self.sign_in(user).await
    }

    /// An actor with one role, for calls below the pages.
    #[must_use]
    pub fn actor(&self, role: Role, org: Option<OrgId>, region: Option<&str>) -> Actor {
        let region = region.and_then(|r| r.parse::<Region>().ok());
        Actor {
            user: Some(self.app.ids.uuid().into()),
            name: role.code().into(),
            grants: vec![Grant {
                role,
                org,
                region,
                on_behalf: None,
            }],
            ..Actor::default()
        }
    }

    /// Runs the jobs that are due, once.
    ///
    /// # Panics
    /// When the store fails or a job left an error.
    pub async fn tick(&self) {
        self.settled().await;
        jcore::tick(&self.app, &self.jobs).await.expect("the jobs");
        let mut conn = self.app.read().await.expect("a connection");
        let failed: Vec<(String, String)> = db::on!(&mut conn, c => sqlx::query_as(
            "SELECT key, last_error FROM job WHERE last_error IS NOT NULL").fetch_all(c).await)
        .expect("jobs");
        assert!(failed.is_empty(), "failing jobs: {failed:?}");
    }

    /// Waits until the change log can be read to its end: on PostgreSQL what changed is read once no older transaction of the
    /// whole server is open, and other tests' databases are on it, too. Gives up where one stays open: a test may hold it.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn settled(&self) {
        for _ in 0..SETTLED_TRIES {
            let mut conn = self.app.read().await.expect("a connection");
            let db::Conn::Pg(holder) = &mut conn else { return };
            let waits: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM change_log WHERE txid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)",
            )
            .fetch_one(&mut **holder)
            .await
            .expect("the change log");
            if !waits {
                return;
            }
            drop(conn);
            tokio::time::sleep(SETTLED_PAUSE).await;
        }
    }
}
