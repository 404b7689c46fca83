//! Making the demo's data: everything goes in by the same doors as in use, while the clock is moved through spring.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use ::accounts::IdentityKind;
use entries::rules::{Move, Reason};
use indicatif::ProgressBar;
use jcore::{Actor, App, Role, audit};
use kernel::{Clock, EntryId, ManualClock, OrgId, Region, Stamp};

use super::cast::{self, CAST, COMPANY, REGION, UNIVERSITY};
use super::lots;
use super::partners;
use super::timeline::{self, Fate, LETTERS, Upload};
use super::{PASSWORD, books};
use crate::commands::serve::first_programme;
use crate::fail::{Done, Failure};
use crate::marks;
use crate::open::Start;
use crate::settings::Settings;
use crate::split::Sheet;
use crate::voice::Voice;

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seeded {
    /// Rows that went in.
    pub(crate) rows: usize,
    /// Rows that were held: none, by a test; but a demo with one row less is better than none.
    pub(crate) held: usize,
}

/// Makes the data of an empty folder and sets the mark at the end.
pub(crate) async fn seed(voice: &Voice, settings: &Settings) -> Done<Seeded> {
    let clock = Arc::new(ManualClock::new(timeline::at(timeline::day(2, 20), 0)));
    let as_clock: Arc<dyn Clock> = clock.clone();
    let start = Start {
        voice,
        settings,
        clock: as_clock,
        make: true,
        fast: true,
        demo: true,
        bid_time: None,
    };
    let site = start.site().await?;
    let app = site.app;
    first_programme(voice, &app).await?;
    let mut spring = Spring::begin(voice, &app, &clock).await?;
    spring.run(&app, &clock).await?;
    let seeded = spring.seeded;
    settle(&app, &clock).await?;
    web::close_logs(&app).await;
    app.db.close().await;
    finish(voice, settings).await?;
    Ok(seeded)
}

/// The mark comes last, after what was written without waiting for the disk has reached it.
async fn finish(voice: &Voice, settings: &Settings) -> Done {
    let file = settings.lite_path();
    std::fs::File::open(&file)
        .and_then(|f| f.sync_all())
        .map_err(|e| Failure::file(voice, &file, &e))?;
    let store = Start::making(voice, settings).database().await?;
    marks::put(&store, marks::DEMO, env!("CARGO_PKG_VERSION")).await?;
    store.close().await;
    Ok(())
}

/// The trail is closed, mails of the past are not sent, and what was told weeks ago has been read.
async fn settle(app: &App, clock: &ManualClock) -> Done {
    clock.set(timeline::at(timeline::first_day(), -30));
    while audit::close_batch(app).await? > 0 {}
    marks::settle_mails(&app.db).await
}

/// A step of spring. Compared by its instant, then by the order in which steps were planned.
struct Step {
    at: Stamp,
    order: usize,
    what: What,
}

enum What {
    Upload(Box<Upload>),
    Move {
        entry: EntryId,
        by: Move,
        letter: Option<usize>,
        kind: &'static str,
        local: bool,
    },
    ReadInbox,
    Lot(lots::Deed),
    Partner(partners::Deed),
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Step {}
impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Step {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// Spring: who acts, and what is still to happen.
struct Spring {
    centre: Actor,
    bureau: Actor,
    liaison: Actor,
    manager: Actor,
    steps: BinaryHeap<Reverse<Step>>,
    planned: usize,
    bar: ProgressBar,
    seeded: Seeded,
    /// Units of which it is known that they took part in earlier years.
    known: BTreeSet<String>,
    lots: lots::Lots,
    partners: partners::Partners,
}

impl Spring {
    /// People and organisations come first; then everything is planned.
    async fn begin(voice: &Voice, app: &App, clock: &ManualClock) -> Done<Self> {
        let password = ::accounts::hash_password(app, PASSWORD).await?;
        for player in &CAST {
            cast::make(app, player, &password).await?;
        }
        let mut seeded = Seeded { rows: 0, held: 0 };
        clock.set(timeline::at(timeline::day(2, 21), 30));
        // The platform itself brings in the organisations: without them nobody has a role yet.
        take_in(
            app,
            &Actor::system(),
            "organisations",
            None,
            "单位名录.csv",
            &Sheet::read(books::ORGANISATIONS)?,
            false,
            &mut seeded,
        )
        .await?;
        for player in &CAST {
            cast::bind(app, player).await?;
        }
        let actor = async |role| crate::people::actor(voice, app, cast::of(role).email).await;
        let centre = actor(Role::Centre).await?;
        clock.set(timeline::at(timeline::day(2, 27), 95));
        take_in(
            app,
            &centre,
            "liaisons",
            None,
            "活动联络员汇总表.csv",
            &liaisons()?,
            false,
            &mut seeded,
        )
        .await?;
        let mut spring = Self {
            centre,
            bureau: actor(Role::Bureau).await?,
            liaison: actor(Role::Liaison).await?,
            manager: actor(Role::Manager).await?,
            steps: BinaryHeap::new(),
            planned: 0,
            bar: ProgressBar::new(0),
            seeded,
            known: BTreeSet::new(),
            lots: lots::Lots::begin(voice, app, lots::company(app).await?).await?,
            partners: partners::Partners::default(),
        };
        spring.plan_all()?;
        Ok(spring)
    }

    fn plan_all(&mut self) -> Done {
        for (kind, text, org) in [
            ("patents", books::PATENTS, "报送单位"),
            ("achievements", books::ACHIEVEMENTS, "报送单位"),
            ("needs", books::NEEDS, "需求单位"),
        ] {
            for upload in timeline::uploads(kind, &Sheet::read(text)?, org) {
                self.plan(upload.at, What::Upload(Box::new(upload)));
            }
        }
        for (at, deed) in lots::deeds() {
            self.plan(at, What::Lot(deed));
        }
        for (at, deed) in partners::deeds() {
            self.plan(at, What::Partner(deed));
        }
        // What was told in spring has been read; what came in June waits for whoever tries the demo.
        self.plan(timeline::at(timeline::day(6, 1), 0), What::ReadInbox);
        Ok(())
    }

    fn plan(&mut self, at: Stamp, what: What) {
        self.planned += 1;
        self.bar.inc_length(1);
        self.steps.push(Reverse(Step {
            at,
            order: self.planned,
            what,
        }));
    }

    async fn run(&mut self, app: &App, clock: &ManualClock) -> Done {
        while let Some(Reverse(step)) = self.steps.pop() {
            clock.set(step.at);
            match step.what {
                What::Upload(upload) => self.upload(app, &upload).await?,
                What::Move {
                    entry,
                    by,
                    letter,
                    kind,
                    local,
                } => self.step(app, entry, by, letter, kind, local).await?,
                What::ReadInbox => self.read_inbox(app).await?,
                What::Lot(deed) => self.lots.step(app, clock, deed).await?,
                What::Partner(deed) => self.partners.step(app, &self.centre, deed).await?,
            }
            self.bar.inc(1);
        }
        self.bar.finish_and_clear();
        Ok(())
    }

    /// A sheet comes in, from its own people where they play in the demo, else from the bureau or the centre for them;
    /// then what follows is planned.
    async fn upload(&mut self, app: &App, upload: &Upload) -> Done {
        let local = upload.kind == "needs" && is_local(app, &upload.code).await?;
        let (actor, org) = match upload.code.as_str() {
            code if code == UNIVERSITY.1 => (&self.liaison, Some(org_of(app, code).await?)),
            code if code == COMPANY.1 => (&self.manager, Some(org_of(app, code).await?)),
            _ if local => (&self.bureau, None),
            _ => (&self.centre, None),
        };
        // The demo's units supplied in 2022 already, so none of them owes a mandate.
        if upload.kind != "needs" && self.known.insert(upload.code.clone()) {
            let unit = org_of(app, &upload.code).await?;
            filing::say_took_part(app, &self.centre, unit, "2022 年度已参加").await?;
        }
        let file = format!("{}-{}.csv", upload.org, sheet_name(upload.kind));
        let submit = upload.fate != Fate::Draft;
        let batches = take_in(
            app,
            actor,
            upload.kind,
            org,
            &file,
            &upload.sheet,
            submit,
            &mut self.seeded,
        )
        .await?;
        let mut rows = Vec::new();
        for batch in batches {
            rows.extend(marks::waiting_of(&mut app.read().await?, batch).await?);
        }
        for (place, (entry, _)) in rows.into_iter().enumerate() {
            let turn = upload.turn + i64::try_from(place).unwrap_or(0);
            self.plan_review(upload, entry, turn, local);
        }
        Ok(())
    }

    fn plan_review(&mut self, upload: &Upload, entry: EntryId, turn: i64, local: bool) {
        let step = |by, letter| What::Move {
            entry,
            by,
            letter,
            kind: upload.kind,
            local,
        };
        match upload.fate {
            Fate::Draft | Fate::Waiting => {}
            Fate::Returned(letter) => {
                self.plan(
                    timeline::later(upload.at, 2 + turn % 3, 60 + turn * 53 % 300),
                    step(Move::Return, Some(letter)),
                );
            }
            Fate::Published => {
                let accepted = timeline::later(upload.at, 1 + turn % 4, 20 + turn * 41 % 400);
                let published = timeline::later(accepted, 1 + turn * 7 % 3, 15 + turn * 29 % 420);
                self.plan(accepted, step(Move::Accept, None));
                self.plan(published, step(Move::Publish, None));
            }
        }
    }

    async fn step(&self, app: &App, entry: EntryId, by: Move, letter: Option<usize>, kind: &str, local: bool) -> Done {
        // The bureau reviews what its companies need; publishing is the centre's.
        let actor = if local && by != Move::Publish {
            &self.bureau
        } else {
            &self.centre
        };
        let reasons = letter.map_or_else(Vec::new, |number| reasons(app, kind, number));
        let version = marks::version_of(&mut app.read().await?, entry).await?;
        Ok(entries::step(app, actor, entry, version, by, &reasons).await?)
    }

    async fn read_inbox(&self, app: &App) -> Done {
        let now = app.now();
        let mut conn = app.db.write().await?;
        for user in [&self.centre, &self.bureau, &self.liaison, &self.manager]
            .into_iter()
            .filter_map(|a| a.user)
        {
            jcore::notices::mark_read(&mut conn, user, now).await?;
        }
        Ok(conn.commit().await?)
    }
}

/// The sheet of liaisons, in which the demo's liaison has the mail address of their account, by which the two are tied.
fn liaisons() -> Done<Sheet> {
    let mut sheet = Sheet::read(books::LIAISONS)?;
    let own = cast::of(Role::Liaison);
    let code = own.org.map_or("", |(_, code)| code);
    let mine = sheet
        .rows
        .iter()
        .position(|row| sheet.cell(row, "统一社会信用代码") == code);
    let mail = sheet.head.iter().position(|head| head == "邮箱");
    if let (Some(row), Some(column)) = (mine, mail)
        && let Some(cell) = sheet.rows.get_mut(row).and_then(|row| row.get_mut(column))
    {
        own.email.clone_into(cell);
    }
    Ok(sheet)
}

/// What people call the sheets.
fn sheet_name(kind: &str) -> &'static str {
    match kind {
        "patents" => "专利申报表",
        "achievements" => "成果申报表",
        _ => "技术需求汇总表",
    }
}

/// A letter as reasons, each at the field whose column it names.
fn reasons(app: &App, kind: &str, letter: usize) -> Vec<Reason> {
    let kinds = entries::kinds(app);
    let field = |head: &str| {
        let form = kinds.get(kind)?.form();
        form.fields()
            .find(|f| f.heads.contains(&head))
            .map(|f| f.key.to_owned())
    };
    let letter = LETTERS.get(letter).copied().unwrap_or_default();
    letter
        .iter()
        .map(|(code, head, note)| Reason {
            code: *code,
            field: head.and_then(field),
            note: (*note).to_owned(),
        })
        .collect()
}

async fn org_of(app: &App, code: &str) -> Done<OrgId> {
    let mut conn = app.read().await?;
    let org = ::accounts::org_by_identity(&mut conn, IdentityKind::Uscc, "CN", code).await?;
    Ok(org
        .ok_or_else(|| jcore::Fault::internal(format!("the demo has no {code}")))?
        .id)
}

/// Whether an organisation lies in the region of the demo's bureau.
async fn is_local(app: &App, code: &str) -> Done<bool> {
    let mut conn = app.read().await?;
    let org = ::accounts::org_by_identity(&mut conn, IdentityKind::Uscc, "CN", code).await?;
    let (region, office) = (org.and_then(|o| o.region), REGION.parse::<Region>().ok());
    Ok(region
        .zip(office)
        .is_some_and(|(region, office)| app.regions.is_within(region, office)))
}

/// Uploads a sheet and puts its rows in.
#[allow(
    clippy::too_many_arguments,
    reason = "an upload is a sheet, its sender and its name; a type for it would be used here alone"
)]
async fn take_in(
    app: &App,
    actor: &Actor,
    kind: &str,
    org: Option<OrgId>,
    file: &str,
    sheet: &Sheet,
    submit: bool,
    seeded: &mut Seeded,
) -> Done<Vec<kernel::BatchId>> {
    let batches = intake::upload(app, actor, kind, org, file, &sheet.bytes()).await?;
    for batch in &batches {
        let report = intake::commit(
            app,
            actor,
            *batch,
            intake::CommitOptions::because(submit, "演示数据"),
            &|_, _| {},
        )
        .await?;
        seeded.rows += report.new + report.changed + report.same;
        seeded.held += report.held;
        for issue in &report.errors {
            tracing::warn!(
                kind,
                file,
                row = issue.row,
                column = issue.column,
                code = issue.code,
                "a row of the demo is held"
            );
        }
    }
    Ok(batches)
}
