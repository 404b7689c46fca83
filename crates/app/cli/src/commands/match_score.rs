//! `jiebang match score`: scores given pairs of needs and offers, for measuring the engine on graded ones.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use matching::corpus::Corpus;
use matching::measure::{Given, Need, score};
use matching::table::Table;
use matching::text::Analyser;
use serde::Deserialize;

use super::match_fetch;
use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::out;
use crate::voice::Voice;

/// The head of what is written, and of tables that are read; a table may do without it.
const HEAD: &str = "need\toffer\tscore\tp1\tp2\tp3\tp4";

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// Scores pairs.
    Score(Args),
    /// Fetches the full model.
    Fetch(match_fetch::Args),
}

/// By which vectors texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// Those of the table that is compiled in.
    Table,
    /// Those of the full model.
    Full,
}

/// The files.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Needs, a JSON object a line.
    #[arg(long, value_name = "FILE")]
    needs: PathBuf,
    /// Offers, a JSON object a line.
    #[arg(long, value_name = "FILE")]
    offers: PathBuf,
    /// Pairs of need and offer.
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
    /// Judged pairs.
    #[arg(long, value_name = "FILE")]
    verdicts: Option<PathBuf>,
    /// The vectors.
    #[arg(long, value_name = "MODEL", default_value = "table")]
    model: By,
    /// The full model's weights.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
}

/// A need or an offer.
#[derive(Debug, Deserialize)]
struct Text {
    #[serde(alias = "need", alias = "offer")]
    id: String,
    /// The title.
    #[serde(default)]
    title: String,
    /// A title that was cut into words, with spaces between them; used where there is no other.
    #[serde(default)]
    title_tokens: String,
    #[serde(default, alias = "content")]
    body: String,
}

/// Does what is asked for.
pub(crate) fn run(voice: &Voice, global: &Global, what: What) -> Done {
    match what {
        What::Score(args) => write(voice, global, &args),
        What::Fetch(args) => match_fetch::run(voice, global, &args),
    }
}

impl Text {
    /// With its title as people write it: words of Chinese stand together, and only so is a longer one found in them.
    fn joined(mut self) -> Self {
        if self.title.is_empty() {
            self.title = matching::text::closed(&self.title_tokens);
        }
        self
    }
}

/// Writes a row for each pair that no verdict names.
fn write(voice: &Voice, global: &Global, args: &Args) -> Done {
    let needs = texts(voice, &args.needs)?;
    let offers = texts(voice, &args.offers)?;
    let places = (places(&needs), places(&offers));
    let verdicts = match &args.verdicts {
        Some(path) => given(&rows(voice, path, &places)?),
        None => Vec::new(),
    };
    let judged: HashSet<(usize, usize)> = verdicts.iter().map(|given| (given.need, given.offer)).collect();
    let pairs: Vec<(usize, usize)> = rows(voice, &args.pairs, &places)?
        .iter()
        .map(|row| (row.need, row.offer))
        .filter(|pair| !judged.contains(pair))
        .collect();
    let corpus = corpus(voice, global, args, &offers)?;
    let asked: Vec<Need<'_>> = needs
        .iter()
        .map(|need| Need {
            title: &need.title,
            body: &need.body,
        })
        .collect();
    let mut text = format!("{HEAD}\n");
    for ((need, offer), scored) in pairs.iter().zip(score(&corpus, &asked, &pairs, &verdicts)) {
        let [p1, p2, p3, p4] = scored.probabilities;
        let (need, offer, score) = (&needs[*need].id, &offers[*offer].id, scored.score);
        text.push_str(&format!(
            "{need}\t{offer}\t{score:.6}\t{p1:.5}\t{p2:.5}\t{p3:.5}\t{p4:.5}\n"
        ));
    }
    out::text(&text);
    Ok(())
}

fn corpus(voice: &Voice, global: &Global, args: &Args, offers: &[Text]) -> Done<Corpus> {
    let table = Table::shipped().map_err(|error| Failure::Refused(error.to_string()))?;
    let texts = || offers.iter().map(|offer| (offer.title.as_str(), offer.body.as_str()));
    let corpus = Corpus::new(Analyser::new(), table, texts());
    if args.model == By::Table {
        return Ok(corpus);
    }
    let model = match_fetch::model(voice, global, args.weights.as_deref())?;
    let bar = indicatif::ProgressBar::new(offers.len() as u64);
    let corpus = corpus.with_model(model, texts(), || bar.inc(1));
    bar.finish_and_clear();
    Ok(corpus)
}

fn read(voice: &Voice, path: &Path) -> Done<String> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(voice, path, &error))
}

/// A line that is not as it should be.
fn bad_line(voice: &Voice, path: &Path, line: usize, why: &str) -> Failure {
    let said = [
        ("path", path.display().to_string()),
        ("line", (line + 1).to_string()),
        ("why", why.to_owned()),
    ];
    Failure::Usage(voice.say("cli-match-line", &said))
}

fn texts(voice: &Voice, path: &Path) -> Done<Vec<Text>> {
    read(voice, path)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let text: Text =
                serde_json::from_str(line).map_err(|error| bad_line(voice, path, at, &error.to_string()))?;
            Ok(text.joined())
        })
        .collect()
}

fn places(texts: &[Text]) -> HashMap<&str, usize> {
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| (text.id.as_str(), at))
        .collect()
}

/// A line of a table: the places of need and offer, and a level where there is one.
struct Row {
    need: usize,
    offer: usize,
    level: Option<u8>,
}

fn rows(voice: &Voice, path: &Path, places: &(HashMap<&str, usize>, HashMap<&str, usize>)) -> Done<Vec<Row>> {
    let file = read(voice, path)?;
    let mut out = Vec::new();
    for (at, line) in file.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        if line.trim().is_empty() || (at == 0 && cells.first() == Some(&"need")) {
            continue;
        }
        let find = |places: &HashMap<&str, usize>, cell: usize| {
            let id = cells.get(cell).copied().unwrap_or_default();
            places.get(id).copied().ok_or_else(|| bad_line(voice, path, at, id))
        };
        let level = match cells.get(2).map(|cell| cell.trim()) {
            None | Some("") => None,
            Some(cell) => match cell.parse() {
                Ok(level @ 1..=4) => Some(level),
                _ => return Err(bad_line(voice, path, at, cell)),
            },
        };
        out.push(Row {
            need: find(&places.0, 0)?,
            offer: find(&places.1, 1)?,
            level,
        });
    }
    Ok(out)
}

/// The judged among rows; those without a level say nothing.
fn given(rows: &[Row]) -> Vec<Given> {
    rows.iter()
        .filter_map(|row| {
            Some(Given {
                need: row.need,
                offer: row.offer,
                level: row.level?,
            })
        })
        .collect()
}
