//! Checks a package offline: every line, the chain, the signatures, the rules, each decision made again, and the award.

use std::collections::BTreeMap;

use kernel::Fen;

use super::package::{Head, PACKAGE_VERSION, Person};
use super::receipt::is_signed;
use super::{chain, root};
use crate::hash::Hash;
use crate::log::{At, Command, Event, Paddle, Step};
use crate::state::{Phase, State};

/// A package that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The lot.
    pub lot: String,
    /// The hash of its rules.
    pub rules: Hash,
    /// Steps.
    pub steps: u64,
    /// Accepted bids.
    pub bids: u64,
    /// Refusals.
    pub refused: u64,
    /// The head of the chain, to be compared with what was published.
    pub head: Hash,
    /// When the last step was.
    pub last: At,
    /// Where the lot stands.
    pub phase: Phase,
    /// Who is to buy, at what price.
    pub award: Option<(Paddle, Fen)>,
    /// Who that is, in a full package.
    pub winner: Option<String>,
    /// The platform's key, to be compared with the one that it publishes.
    pub key: String,
}

/// What is wrong with a package; words are `lot-broken-CODE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The first line is not a package's, or of another version.
    Format,
    /// The line can't be read.
    Line,
    /// The line stands at a place where it can't.
    Order,
    /// The rules are not those of the hash, or not those announced.
    Rules,
    /// The step's place is not the next.
    Seq,
    /// Its instant is before the step before it.
    Time,
    /// Its hash is not that of its line in the chain.
    Chain,
    /// The rules decide otherwise.
    Decision,
    /// What was due before it is missing.
    Due,
    /// A registered bidder is not who the package says.
    Person,
    /// A batch's root is not that of its steps.
    Root,
    /// A batch's signature is not the key's.
    Signature,
    /// A step is in no batch, or in two.
    Unsigned,
    /// The last line's count or hash is not the package's.
    End,
}

impl Fault {
    /// Its code, for words.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Line => "line",
            Self::Order => "order",
            Self::Rules => "rules",
            Self::Seq => "seq",
            Self::Time => "time",
            Self::Chain => "chain",
            Self::Decision => "decision",
            Self::Due => "due",
            Self::Person => "person",
            Self::Root => "root",
            Self::Signature => "signature",
            Self::Unsigned => "unsigned",
            Self::End => "end",
        }
    }
}

/// Where a package is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {}", fault.code())]
pub struct Broken {
    /// The first broken line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Checks a package.
///
/// # Errors
/// The first line that does not hold, and why.
pub fn verify(text: &str) -> Result<Verified, Broken> {
    let mut checker: Option<Checker> = None;
    let mut lines = 0;
    let mut ended = false;
    // Bytes before the line at hand.
    let mut before = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        lines = at + 1;
        let broken = |fault| Broken { line: at + 1, fault };
        let (word, rest) = whole_line(line).ok_or(broken(Fault::Line))?;
        if ended {
            return Err(broken(Fault::Order));
        }
        match (at, word, &mut checker) {
            (0, "jiebang-lot", _) if rest == PACKAGE_VERSION.to_string() => {}
            (0, ..) => return Err(broken(Fault::Format)),
            (1, "head", _) => checker = Some(Checker::new(rest).map_err(broken)?),
            (_, "end", Some(checker)) => {
                checker
                    .end(rest, text.get(..before).unwrap_or_default())
                    .map_err(broken)?;
                ended = true;
            }
            (_, word, Some(checker)) => checker.line(word, rest).map_err(broken)?,
            _ => return Err(broken(Fault::Order)),
        }
        before += line.len();
    }
    match checker {
        Some(checker) if ended => Ok(checker.verified()),
        _ => Err(Broken {
            line: lines + 1,
            fault: Fault::End,
        }),
    }
}

/// A line's first word and its rest; none for a line without an end.
fn whole_line(line: &str) -> Option<(&str, &str)> {
    line.strip_suffix('\n')?.split_once(' ')
}

/// What a checker has seen.
struct Checker {
    head: Head,
    state: State,
    people: BTreeMap<u32, Person>,
    hashes: Vec<Hash>,
    last: Hash,
    signed: u64,
    refused: u64,
    in_batches: bool,
}

impl Checker {
    fn new(json: &str) -> Result<Self, Fault> {
        let head: Head = exact(json)?;
        if head.rules.hash() != head.rules_hash || !head.rules.check().is_empty() {
            return Err(Fault::Rules);
        }
        Ok(Self {
            state: State::new(head.lot.clone(), head.rules.clone()),
            head,
            people: BTreeMap::new(),
            hashes: Vec::new(),
            last: Hash::NONE,
            signed: 0,
            refused: 0,
            in_batches: false,
        })
    }

    fn line(&mut self, word: &str, rest: &str) -> Result<(), Fault> {
        match word {
            "person" if self.hashes.is_empty() => {
                let person: Person = exact(rest)?;
                let twice = self.people.insert(person.paddle, person).is_some();
                if twice { Err(Fault::Person) } else { Ok(()) }
            }
            "step" if !self.in_batches => {
                let (hash, json) = rest.split_once(' ').ok_or(Fault::Line)?;
                self.step(hash.parse().map_err(|_| Fault::Line)?, json)
            }
            "batch" => {
                self.in_batches = true;
                self.batch(rest)
            }
            "person" | "step" => Err(Fault::Order),
            _ => Err(Fault::Line),
        }
    }

    fn step(&mut self, hash: Hash, json: &str) -> Result<(), Fault> {
        let step: Step = exact(json)?;
        if step.seq != self.state.seq + 1 {
            return Err(Fault::Seq);
        }
        if step.at < self.state.at {
            return Err(Fault::Time);
        }
        if chain(self.last, json.as_bytes()) != hash {
            return Err(Fault::Chain);
        }
        if !step.command.goes_before_what_is_due() && self.state.is_due(step.at) {
            return Err(Fault::Due);
        }
        if self.state.decide(&step.command, step.at) != step.events {
            return Err(Fault::Decision);
        }
        self.check_person(&step)?;
        let announced = step.events.iter().find_map(|event| match event {
            Event::Announced { rules, .. } => Some(*rules),
            _ => None,
        });
        if announced.is_some_and(|rules| rules != self.head.rules_hash) {
            return Err(Fault::Rules);
        }
        self.refused += u64::from(step.refused().is_some());
        self.state.apply(&step);
        self.hashes.push(hash);
        self.last = hash;
        Ok(())
    }

    fn check_person(&self, step: &Step) -> Result<(), Fault> {
        let Command::Register { bidder, who, .. } = &step.command else {
            return Ok(());
        };
        match self.people.get(&bidder.0) {
            Some(person) if step.refused().is_none() && person.commitment() != *who => Err(Fault::Person),
            _ => Ok(()),
        }
    }

    fn batch(&mut self, rest: &str) -> Result<(), Fault> {
        let words: Vec<&str> = rest.split(' ').collect();
        let [from, to, top, signature] = words.as_slice() else {
            return Err(Fault::Line);
        };
        let number = |text: &str| text.parse::<u64>().map_err(|_| Fault::Line);
        let (from, to) = (number(from)?, number(to)?);
        let top: Hash = top.parse().map_err(|_| Fault::Line)?;
        if from != self.signed + 1 || to < from {
            return Err(Fault::Unsigned);
        }
        let range = usize::try_from(from - 1).ok().zip(usize::try_from(to).ok());
        let steps = range
            .and_then(|(from, to)| self.hashes.get(from..to))
            .ok_or(Fault::Unsigned)?;
        if root(steps) != top {
            return Err(Fault::Root);
        }
        if !is_signed(&self.head.key, &self.head.lot, top, signature) {
            return Err(Fault::Signature);
        }
        self.signed = to;
        Ok(())
    }

    fn end(&self, rest: &str, before: &str) -> Result<(), Fault> {
        if self.signed != self.state.seq {
            return Err(Fault::Unsigned);
        }
        let whole = Hash::of(b"jiebang.package", &[before.as_bytes()]);
        if rest == format!("{} {whole}", self.hashes.len()) {
            Ok(())
        } else {
            Err(Fault::End)
        }
    }

    fn verified(self) -> Verified {
        let winner = self.state.award.and_then(|(paddle, _)| self.people.get(&paddle.0));
        Verified {
            rules: self.head.rules_hash,
            steps: self.state.seq,
            bids: self.state.bids,
            refused: self.refused,
            head: self.last,
            last: self.state.at,
            phase: self.state.phase,
            award: self.state.award,
            winner: winner.map(|person| person.identity.clone()),
            key: self.head.key,
            lot: self.head.lot,
        }
    }
}

/// JSON that is written just as this version writes it: no second spelling of the same.
fn exact<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> Result<T, Fault> {
    let value: T = serde_json::from_str(json).map_err(|_| Fault::Line)?;
    match serde_json::to_string(&value) {
        Ok(again) if again == json => Ok(value),
        _ => Err(Fault::Line),
    }
}
