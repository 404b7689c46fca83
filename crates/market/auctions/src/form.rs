//! A lot's form: what people type, and what it means. Every field is a text; [`read`] makes rules, terms and times of them
//! or says at each field what is wrong.

mod back;
mod fields;

use std::collections::BTreeMap;

use bidding::{
    CRITERIA_MAX, Criterion, Guard, Hash, Mode, Priority, Profile, Publicity, Rules, STATE_NOTICE_DAYS, Then, Tier,
    commit_reserve,
};
use jcore::FieldFault;
use kernel::text::hex;
use kernel::{Day, Fen, Issue, MoneyKind, Stamp};
use rulebook::Programme;

use crate::model::{Reserve, Terms};
use crate::rules::bidding_day;

pub(crate) use back::{typed, yuan};
pub(crate) use fields::{FIELDS, Field, Input, PARTS, usual};

/// Longest line, in characters.
const LINE_MAX: usize = 120;
/// Longest text, in characters.
const TEXT_MAX: usize = 4000;
/// Bytes of a reserve's salt.
pub(crate) const SALT_BYTES: usize = 16;
/// Seconds of a minute.
const MINUTE: i64 = 60;
/// Highest service fee, in hundredths of a percent: a tenth of the price.
const FEE_BP_MAX: i64 = 1000;

/// What people typed, by field.
pub(crate) type Typed = BTreeMap<String, String>;

/// What a filled-in form means.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    /// The title.
    pub(crate) title: String,
    /// The rules.
    pub(crate) rules: Rules,
    /// The terms beside them.
    pub(crate) terms: Terms,
    /// When registration closes.
    pub(crate) registers_until: Stamp,
    /// When bidding begins.
    pub(crate) starts: Stamp,
    /// The reserve, where a new one was typed.
    pub(crate) reserve: Option<Reserve>,
}

/// What a form is read against.
#[derive(Debug)]
pub(crate) struct Against<'a> {
    /// The programme in force.
    pub(crate) programme: &'a Programme,
    /// The time now.
    pub(crate) now: Stamp,
    /// The commitment to the reserve that the lot has; kept where the field is left empty.
    pub(crate) reserve: Option<Hash>,
    /// New random bytes for a reserve's salt.
    pub(crate) salt: [u8; SALT_BYTES],
}

struct Reader<'a> {
    typed: &'a Typed,
    faults: Vec<FieldFault>,
}

impl Reader<'_> {
    fn text(&self, key: &str) -> String {
        self.typed
            .get(key)
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    }

    fn fault(&mut self, key: &str, issue: Issue) {
        self.faults.push(FieldFault {
            field: Some(key.to_owned()),
            issue,
        });
    }

    fn number(&mut self, key: &str) -> i64 {
        let text = self.text(key);
        let Ok(number) = text.parse() else {
            self.fault(key, Issue::error("lot-number").with("found", text));
            return 0;
        };
        number
    }

    fn money(&mut self, key: &str) -> Option<Fen> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let fen = money(&text);
        if fen.is_none() {
            self.fault(key, Issue::error("lot-money").with("found", text));
        }
        fen
    }

    fn when(&mut self, key: &str) -> Stamp {
        let text = self.text(key);
        when(&text).unwrap_or_else(|| {
            self.fault(key, Issue::error("lot-when").with("found", text));
            Stamp::from_micros(0)
        })
    }
}

/// One amount; without a unit it is in yuan.
#[must_use]
pub(crate) fn money(text: &str) -> Option<Fen> {
    let money = kernel::read::money(text, Some("元")).value?;
    if money.kind != MoneyKind::Exact {
        return None;
    }
    money.lead_fen()
}

/// An instant in China as a page sends it: `2023-06-28T09:30`.
#[must_use]
pub(crate) fn when(text: &str) -> Option<Stamp> {
    let (day, clock) = text.split_once(['T', ' '])?;
    let day: Day = day.parse().ok()?;
    let mut parts = clock.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    Some(Stamp::in_china(day.at(hour, minute, 0, 0)))
}

/// An instant as a page's field takes it.
#[must_use]
pub(crate) fn when_text(stamp: Stamp) -> String {
    stamp.format_cn().replace(' ', "T")
}

/// Reads a form.
///
/// # Errors
/// What is wrong, at each field.
pub(crate) fn read(typed: &Typed, against: &Against<'_>) -> Result<Filled, Vec<FieldFault>> {
    let mut reader = Reader {
        typed,
        faults: Vec::new(),
    };
    for field in FIELDS {
        check_plain(&mut reader, field);
    }
    let terms = terms(&mut reader);
    let reserve = reserve(&mut reader, against);
    let mut rules = rules(&mut reader);
    rules.reserve = match &reserve {
        Kept::Same => against.reserve,
        Kept::None => None,
        Kept::New(reserve) => Some(committed(reserve)),
    };
    if reader.faults.is_empty() {
        for issue in rules.check() {
            let field = field_of(issue.code);
            reader.fault(field, issue);
        }
    }
    let (registers_until, starts) = times(&mut reader, &rules, against);
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    Ok(Filled {
        title: reader.text("title"),
        rules,
        terms,
        registers_until,
        starts,
        reserve: match reserve {
            Kept::New(reserve) => Some(reserve),
            _ => None,
        },
    })
}

/// The commitment to a reserve.
#[must_use]
pub(crate) fn committed(reserve: &Reserve) -> Hash {
    let salt: Vec<u8> = (0..reserve.salt.len() / 2)
        .filter_map(|i| u8::from_str_radix(reserve.salt.get(i * 2..i * 2 + 2)?, 16).ok())
        .collect();
    commit_reserve(reserve.amount, &salt)
}

fn check_plain(reader: &mut Reader<'_>, field: Field) {
    let text = reader.text(field.key);
    let max = if field.input == Input::Text { TEXT_MAX } else { LINE_MAX };
    if text.is_empty() && field.must {
        reader.fault(field.key, Issue::error("lot-empty"));
    } else if text.chars().count() > max {
        reader.fault(field.key, Issue::error("lot-long").with("max", max.to_string()));
    } else if let Input::Choice(codes) = field.input
        && !text.is_empty()
        && !codes.contains(&text.as_str())
    {
        reader.fault(field.key, Issue::error("lot-choice").with("found", text));
    }
}

fn terms(reader: &mut Reader<'_>) -> Terms {
    let fee = reader.text("fee");
    let fee_bp = percent_bp(&fee).filter(|bp| (0..=FEE_BP_MAX).contains(bp));
    if fee_bp.is_none() && !fee.is_empty() {
        reader.fault("fee", Issue::error("lot-fee").with("found", fee));
    }
    let (payment_days, viewing_days) = (reader.number("payment_days"), reader.number("viewing_days"));
    for (key, days) in [("payment_days", payment_days), ("viewing_days", viewing_days)] {
        /// A year: no payment or viewing takes longer.
        const DAYS_MAX: i64 = 366;
        if !(0..=DAYS_MAX).contains(&days) {
            reader.fault(key, Issue::error("lot-number").with("found", days.to_string()));
        }
    }
    Terms {
        deal: reader.text("deal"),
        about: reader.text("about"),
        delivery: reader.text("delivery"),
        payment_days,
        viewing_days,
        viewing: reader.text("viewing"),
        qualification: reader.text("qualification"),
        fee_bp: fee_bp.unwrap_or(0),
        fee_payer: reader.text("fee_payer"),
        criteria: Vec::new(),
        representative_key: String::new(),
    }
    .with_criteria(reader)
}

impl Terms {
    fn with_criteria(mut self, reader: &Reader<'_>) -> Self {
        let named = criteria(&reader.text("criteria")).unwrap_or_default();
        self.criteria = named.into_iter().map(|(key, name, _)| (key, name)).collect();
        self
    }
}

/// `1.5` percent as 150 hundredths of a percent.
pub(crate) fn percent_bp(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['%', '％']).trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 2 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)
}

enum Kept {
    Same,
    None,
    New(Reserve),
}

/// An empty field keeps the reserve, a dash takes it away.
fn reserve(reader: &mut Reader<'_>, against: &Against<'_>) -> Kept {
    let text = reader.text("reserve");
    if matches!(text.as_str(), "-" | "无" | "none") {
        return Kept::None;
    }
    match reader.money("reserve") {
        None => Kept::Same,
        Some(amount) => Kept::New(Reserve {
            amount,
            salt: hex(&against.salt),
        }),
    }
}

fn rules(reader: &mut Reader<'_>) -> Rules {
    let start = reader.money("start").unwrap_or_default();
    let mode = mode(reader);
    let mut rules = Rules::of(start, mode);
    rules.profile = match reader.text("profile").as_str() {
        "judicial" => Profile::Judicial,
        "state-owned" => Profile::StateOwned,
        _ => Profile::Default,
    };
    tiers(reader, &mut rules);
    rules.steps_max = reader.number("steps");
    rules.guard = Guard {
        steps: reader.number("guard_steps"),
        percent: reader.number("guard_percent"),
    };
    let percent = reader.number("deposit");
    rules.deposit = share(start, percent);
    rules.bidders_min = u32::try_from(reader.number("bidders_min")).unwrap_or(0);
    rules.priority = match reader.text("priority").as_str() {
        "hall" => Priority::Hall,
        "ask" => Priority::Ask {
            secs: reader.number("ask"),
        },
        _ => Priority::None,
    };
    rules.hammer = reader.text("hammer") == "officer";
    rules.notice_days = reader.number("notice");
    rules.publicity = Publicity {
        days: reader.number("publicity"),
        working: reader.text("publicity_days") != "plain",
    };
    /// Seconds of a day.
    const DAY: i64 = 24 * 3600;
    rules.pause_secs_max = reader.number("pause_days").saturating_mul(DAY);
    rules
}

/// A share of a sum, to the 分.
fn share(of: Fen, percent: i64) -> Fen {
    of.checked_mul(percent)
        .map_or(Fen::new(0), |fen| Fen::new(fen.get() / 100))
}

/// Steps by price: one for all, or lines of a price from which on and a step, `500万: 5万`.
fn tiers(reader: &mut Reader<'_>, rules: &mut Rules) {
    let text = reader.text("tiers");
    if text.is_empty() {
        if let Some(step) = reader.money("step") {
            rules.tiers = vec![Tier {
                from: Fen::new(0),
                step,
            }];
        }
        return;
    }
    let line = |line: &str| {
        let (from, step) = line.split_once([':', '：'])?;
        Some(Tier {
            from: money_or_zero(from)?,
            step: money(step.trim())?,
        })
    };
    let tiers: Option<Vec<Tier>> = text.lines().filter(|text| !text.trim().is_empty()).map(line).collect();
    match tiers {
        Some(tiers) => rules.tiers = tiers,
        None => reader.fault("tiers", Issue::error("lot-tiers")),
    }
}

fn money_or_zero(text: &str) -> Option<Fen> {
    if text.trim() == "0" {
        Some(Fen::new(0))
    } else {
        money(text.trim())
    }
}

fn mode(reader: &mut Reader<'_>) -> Mode {
    match reader.text("mode").as_str() {
        "sealed" => Mode::Sealed {
            open_secs: minutes(reader, "open"),
            runoff_secs: minutes(reader, "runoff"),
        },
        "scoring" => {
            let text = reader.text("criteria");
            let named = criteria(&text);
            if named.is_none() {
                reader.fault("criteria", Issue::error("lot-criteria"));
            }
            let named = named.unwrap_or_default();
            Mode::Scoring {
                open_secs: minutes(reader, "open"),
                price_weight: reader.number("price_weight"),
                criteria: named
                    .into_iter()
                    .map(|(key, _, weight)| Criterion { key, weight })
                    .collect(),
            }
        }
        "dutch" => Mode::Dutch {
            step: reader.money("dutch_step").unwrap_or_default(),
            dwell_secs: reader.number("dwell"),
            floor: reader.money("floor").unwrap_or_default(),
        },
        "listed" => Mode::Listed {
            open_secs: minutes(reader, "open"),
            then: if reader.text("then") == "sealed" {
                Then::Sealed
            } else {
                Then::English
            },
            round_secs: reader.number("round"),
        },
        _ => Mode::English {
            free_secs: minutes(reader, "free"),
            window_secs: reader.number("window"),
            cap_secs: (!reader.text("cap").is_empty()).then(|| minutes(reader, "cap")),
        },
    }
}

fn minutes(reader: &mut Reader<'_>, key: &str) -> i64 {
    reader.number(key).saturating_mul(MINUTE)
}

/// Criteria of a scoring lot, a line each: a name and its weight, `技术方案 25`. Keys are `c1`, `c2` and so on.
fn criteria(text: &str) -> Option<Vec<(String, String, i64)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |(n, line): (usize, &str)| {
        let (name, weight) = line.rsplit_once([' ', '　', ':', '：', '\t'])?;
        let name = name.trim().trim_end_matches([':', '：']);
        let weight = weight.trim().trim_end_matches(['%', '％']).parse().ok()?;
        (!name.is_empty()).then(|| (format!("c{}", n + 1), name.to_owned(), weight))
    };
    let read: Option<Vec<_>> = lines.enumerate().map(read).collect();
    read.filter(|list| list.len() <= CRITERIA_MAX)
}

/// The field at which what is wrong with the rules is shown.
#[must_use]
pub(crate) fn field_of(code: &str) -> &'static str {
    match code {
        "bidding-rules-start" => "start",
        "bidding-rules-tiers" => "step",
        "bidding-rules-steps" => "steps",
        "bidding-rules-guard" => "guard_steps",
        "bidding-rules-deposit" => "deposit",
        "bidding-rules-bidders" => "bidders_min",
        "bidding-rules-notice" => "notice",
        "bidding-rules-publicity" => "publicity",
        "bidding-rules-pause" => "pause_days",
        "bidding-rules-priority" => "ask",
        "bidding-rules-english" => "free",
        "bidding-rules-sealed" | "bidding-rules-listed" => "open",
        "bidding-rules-scoring" => "criteria",
        "bidding-rules-dutch" => "dutch_step",
        _ => "mode",
    }
}

/// Times that follow each other, with the notice that the rules ask for, on a day of the programme (R060).
fn times(reader: &mut Reader<'_>, rules: &Rules, against: &Against<'_>) -> (Stamp, Stamp) {
    let before = reader.faults.len();
    let (until, starts) = (reader.when("registers_until"), reader.when("starts"));
    if reader.faults.len() > before {
        return (until, starts);
    }
    if until > starts || until <= against.now {
        reader.fault("registers_until", Issue::error("lot-registers-until"));
    }
    let earliest = against.now.plus_days(rules.notice_days);
    if starts < earliest {
        reader.fault(
            "starts",
            Issue::error("lot-notice-short").with("earliest", earliest.format_cn()),
        );
    }
    let days = [rules.notice_days, STATE_NOTICE_DAYS];
    if rules.profile == Profile::StateOwned && days[0] < days[1] {
        reader.fault("notice", Issue::error("bidding-rules-notice"));
    }
    // A listing stands for days; what is held on a bidding day is bidding at one time (集中网络竞价).
    if !matches!(rules.mode, Mode::Listed { .. })
        && let Err(next) = bidding_day(against.programme, starts.date_in_cn())
    {
        let names: Vec<String> = next.iter().map(ToString::to_string).collect();
        let issue = if names.is_empty() {
            Issue::error("lot-day-none")
        } else {
            Issue::error("lot-day").with("next", names.join("、"))
        };
        reader.fault("starts", issue.with("found", starts.date_in_cn().to_string()));
    }
    (until, starts)
}

#[cfg(test)]
mod tests;
