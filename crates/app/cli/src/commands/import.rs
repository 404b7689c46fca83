//! `jiebang import`: takes in workbooks and text tables, as the upload page does.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use intake::{CommitOptions, Kinds, Report, RowIssue, Sent};
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
    /// Write the annotated workbook.
    #[arg(long, value_name = "OUT.xlsx", conflicts_with = "dry_run")]
    annotated: Option<PathBuf>,
    /// Why rows with warnings go in.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// As whom.
    #[arg(long = "as", value_name = "EMAIL")]
    who: Option<String>,
}

/// What became of one file. The first eight keys are what scripts rely on: the figures of all its sheets together, and
/// every error and warning with its sheet, its row in the file (from 1), the key of its field (as the API and the
/// templates' forms have it, whatever the column is called in the file; empty where it concerns the row), its code, what
/// was written, and words.
#[derive(Default, Serialize)]
struct FileReport {
    /// The first sheet's batch; none for a look and for a file that was refused.
    batch: Option<BatchId>,
    rows: usize,
    new: usize,
    changed: usize,
    same: usize,
    held: usize,
    errors: Vec<RowIssue>,
    warnings: Vec<RowIssue>,
    file: String,
    /// Why it was not taken in at all.
    refused: Option<String>,
    /// The batches, one for each sheet that answers the form.
    batches: Vec<BatchId>,
    /// The same figures for each sheet, with its missing and unknown columns.
    sheets: Vec<Report>,
    /// Entries that are public now.
    published: usize,
}

impl FileReport {
    fn is_clean(&self) -> bool {
        self.refused.is_none() && self.held == 0
    }

    /// Adds a sheet to the whole.
    fn add(&mut self, sheet: Report) {
        self.rows += sheet.rows;
        self.new += sheet.new;
        self.changed += sheet.changed;
        self.same += sheet.same;
        self.held += sheet.held;
        self.errors.extend_from_slice(&sheet.errors);
        self.warnings.extend_from_slice(&sheet.warnings);
        // The batch of a look is nil.
        if !sheet.batch.uuid().is_nil() {
            self.batches.push(sheet.batch);
            self.batch = self.batch.or(Some(sheet.batch));
        }
        self.sheets.push(sheet);
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
    if args.annotated.is_some() && args.file.len() > 1 {
        return Err(Failure::Usage(voice.word("cli-import-annotated-one")));
    }
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
    let mut all_clean = true;
    for file in &job.args.file {
        let report = job.file(file).await?;
        all_clean &= report.is_clean();
        if job.args.json {
            let line = serde_json::to_string(&report).map_err(|e| jcore::Fault::internal(e.to_string()))?;
            out::line(&line);
        } else {
            tell(voice, &report, job.args.dry_run);
        }
    }
    site.app.db.close().await;
    if all_clean { Ok(()) } else { Err(Failure::Said) }
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
            ..FileReport::default()
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
            for sheet in intake::preview(app, actor, &self.args.kind, self.org, name, bytes, lang).await? {
                report.add(sheet);
            }
            return Ok(());
        }
        let batches = match intake::send(app, actor, &self.args.kind, self.org, name, bytes).await? {
            Sent::New(batches) => batches,
            // An annotated workbook, mended: its rows are back in the batch that it came from.
            Sent::Again(batch, _) => vec![batch],
        };
        let default = || self.voice.word("cli-import-reason");
        let options = CommitOptions {
            submit: self.args.submit || self.args.publish,
            reason: Some(self.args.reason.clone().unwrap_or_else(default)),
        };
        for (number, batch) in batches.into_iter().enumerate() {
            let bar = bar(self.args.json);
            let progress = |done: usize, all: usize| {
                bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
                bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
            };
            let done = intake::commit(app, actor, batch, options.clone(), &progress).await;
            bar.finish_and_clear();
            done?;
            if self.args.publish {
                report.published += publish(app, actor, batch).await?;
            }
            report.add(intake::report_in(app, actor, batch, lang).await?);
            if let Some(path) = &self.args.annotated {
                self.annotate(batch, &numbered(path, number)).await?;
            }
        }
        Ok(())
    }

    /// Writes a batch's workbook with what is wrong.
    async fn annotate(&self, batch: BatchId, path: &Path) -> Done {
        let (_, bytes) = intake::annotated(&self.app, &self.actor, batch, false, self.voice.lang).await?;
        std::fs::write(path, bytes).map_err(|e| Failure::file(self.voice, path, &e))?;
        out::warn(
            &self
                .voice
                .say("cli-template-written", &[("path", path.display().to_string())]),
        );
        Ok(())
    }
}

/// The path for the workbook of a file's sheet: the one given for the first, `OUT-2.xlsx` for the second.
fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 0 {
        return path.to_owned();
    }
    let stem = path
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let ending = path
        .extension()
        .map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    path.with_file_name(format!("{stem}-{}{ending}", number + 1))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_sheets_have_workbooks_of_their_own() {
        let path = Path::new("/tmp/out.xlsx");
        assert_eq!(numbered(path, 0), path);
        assert_eq!(numbered(path, 1), Path::new("/tmp/out-2.xlsx"));
        assert_eq!(numbered(Path::new("out"), 2), Path::new("out-3"));
    }
}
