//! `jiebang import`: takes in workbooks and text tables, as the upload page does.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use intake::{Kinds, Report};
use jcore::{Actor, App};
use kernel::{BatchId, OrgId};
use serde::Serialize;

use crate::cli::Global;
use crate::commands::template::unknown_kind;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;
use crate::{marks, out, people};

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which sheet.
    kind: String,
    /// The files.
    #[arg(required = true)]
    file: Vec<PathBuf>,
    /// Hand the rows in at once.
    #[arg(long)]
    submit: bool,
    /// Hand in and publish at once.
    #[arg(long, conflicts_with = "dry_run")]
    publish: bool,
    /// Look without writing.
    #[arg(long)]
    dry_run: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
    /// As whom.
    #[arg(long = "as", value_name = "EMAIL")]
    who: Option<String>,
}

/// What became of one file.
#[derive(Serialize)]
struct FileReport {
    file: String,
    /// Why it was not taken in at all.
    refused: Option<String>,
    /// One for each sheet.
    sheets: Vec<Report>,
    /// Entries that are public now.
    published: usize,
}

impl FileReport {
    fn is_clean(&self) -> bool {
        self.refused.is_none() && self.sheets.iter().all(|s| s.held == 0)
    }
}

/// What stays the same for all files.
struct Job<'a> {
    voice: &'a Voice,
    app: App,
    actor: Actor,
    org: Option<OrgId>,
    args: Args,
}

/// Takes the files in, one after the other.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    // A name that is wrong is said before anything is read or written.
    for file in &args.file {
        std::fs::metadata(file).map_err(|e| Failure::file(voice, file, &e))?;
    }
    let site = Start::existing(voice, &settings).site().await?;
    let app = site.app.clone();
    let kinds = app.extra::<Kinds>().cloned().unwrap_or_default();
    if kinds.get(&args.kind).is_none() {
        return Err(unknown_kind(voice, &kinds, &args.kind));
    }
    if args.publish && entries::kinds(&app).get(&args.kind).is_none() {
        return Err(Failure::Usage(
            voice.say("cli-import-no-publish", &[("kind", args.kind.clone())]),
        ));
    }
    let actor = match &args.who {
        Some(email) => people::actor(voice, &app, email).await?,
        None => Actor::system(),
    };
    let job = Job {
        voice,
        org: only_org(&actor),
        actor,
        app,
        args,
    };
    let mut reports = Vec::with_capacity(job.args.file.len());
    for file in &job.args.file {
        let report = job.file(file).await?;
        if !job.args.json {
            tell(voice, &report, job.args.dry_run);
        }
        reports.push(report);
    }
    site.app.db.close().await;
    if job.args.json {
        out::json(&reports)?;
    }
    if reports.iter().all(FileReport::is_clean) {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}

/// The organisation for which somebody sends: the only one that they are bound to.
fn only_org(actor: &Actor) -> Option<OrgId> {
    match actor.orgs().as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

impl Job<'_> {
    /// One file; one that is refused does not keep the next from its turn.
    async fn file(&self, path: &Path) -> Done<FileReport> {
        let bytes = std::fs::read(path).map_err(|e| Failure::file(self.voice, path, &e))?;
        let name = path
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let mut report = FileReport {
            file: path.display().to_string(),
            refused: None,
            sheets: Vec::new(),
            published: 0,
        };
        match self.sheets(&name, &bytes, &mut report).await {
            Err(Failure::Fault(fault)) if fault.kind != jcore::FaultKind::Internal => {
                report.refused = Failure::Fault(fault).text(self.voice);
                Ok(report)
            }
            other => other.map(|()| report),
        }
    }

    async fn sheets(&self, name: &str, bytes: &[u8], report: &mut FileReport) -> Done {
        let (app, actor, lang) = (&self.app, &self.actor, self.voice.lang);
        if self.args.dry_run {
            report.sheets = intake::preview(app, actor, &self.args.kind, self.org, name, bytes, lang).await?;
            return Ok(());
        }
        for batch in intake::upload(app, actor, &self.args.kind, self.org, name, bytes).await? {
            let bar = bar(self.args.json);
            let progress = |done: usize, all: usize| {
                bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
                bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
            };
            let submit = self.args.submit || self.args.publish;
            let done = intake::commit(app, actor, batch, submit, &progress).await;
            bar.finish_and_clear();
            done?;
            if self.args.publish {
                report.published += publish(app, actor, batch).await?;
            }
            report.sheets.push(intake::report_in(app, actor, batch, lang).await?);
        }
        Ok(())
    }
}

/// Publishes what a batch handed in, each in an act of its own. Returns how many.
pub(crate) async fn publish(app: &App, actor: &Actor, batch: BatchId) -> Done<usize> {
    let waiting = marks::waiting_of(&mut app.read().await?, batch).await?;
    for (entry, version) in &waiting {
        entries::publish(app, actor, *entry, *version).await?;
    }
    Ok(waiting.len())
}

/// A bar on the error stream, where that is a terminal.
fn bar(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// The report in words: counts, then every error and warning with its row.
fn tell(voice: &Voice, report: &FileReport, dry_run: bool) {
    if let Some(why) = &report.refused {
        out::line(&format!("{}: {why}", report.file));
        return;
    }
    for sheet in &report.sheets {
        let n = |n: usize| n.to_string();
        let args = [
            ("file", report.file.clone()),
            ("sheet", sheet.sheet.clone()),
            ("rows", n(sheet.rows)),
            ("new", n(sheet.new)),
            ("changed", n(sheet.changed)),
            ("same", n(sheet.same)),
            ("held", n(sheet.held)),
            ("ready", n(sheet.ready)),
        ];
        out::line(&voice.say(
            if dry_run {
                "cli-import-looked"
            } else {
                "cli-import-done"
            },
            &args,
        ));
        for (columns, id) in [
            (&sheet.missing_columns, "cli-import-missing"),
            (&sheet.unknown_columns, "cli-import-unknown"),
        ] {
            if !columns.is_empty() {
                out::line(&voice.say(id, &[("columns", columns.join("、"))]));
            }
        }
        for (issues, level) in [
            (&sheet.errors, "cli-level-error"),
            (&sheet.warnings, "cli-level-warning"),
        ] {
            for issue in issues {
                let column = if issue.column.is_empty() {
                    String::new()
                } else {
                    format!(" {}", issue.column)
                };
                out::line(&format!(
                    "  {}:{}{column} [{}] {}",
                    report.file,
                    issue.row,
                    voice.word(level),
                    issue.message
                ));
            }
        }
        if sheet.more > 0 {
            out::line(&voice.say("cli-import-more", &[("n", n(sheet.more))]));
        }
    }
    if report.published > 0 {
        out::line(&voice.say("cli-import-published", &[("n", report.published.to_string())]));
    }
}
