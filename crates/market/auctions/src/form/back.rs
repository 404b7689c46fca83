//! A form from what is stored, for changing it.

use bidding::{Criterion, Mode, Priority, Profile, Rules, Then, Tier};
use kernel::{Fen, Stamp};

use super::{MINUTE, Typed, usual, when_text};
use crate::model::Terms;

/// A form as it is filled in for what is stored, without the secret reserve.
#[must_use]
pub(crate) fn typed(
    title: &str,
    rules: &Rules,
    terms: &Terms,
    registers_until: Option<i64>,
    starts: Option<i64>,
) -> Typed {
    let mut out = usual();
    let mut set = |key: &str, value: String| {
        out.insert(key.to_owned(), value);
    };
    set("title", title.to_owned());
    set("deal", terms.deal.clone());
    set("about", terms.about.clone());
    set("delivery", terms.delivery.clone());
    set("payment_days", terms.payment_days.to_string());
    set("viewing_days", terms.viewing_days.to_string());
    set("viewing", terms.viewing.clone());
    set("qualification", terms.qualification.clone());
    set("fee", format!("{}.{:02}", terms.fee_bp / 100, terms.fee_bp % 100));
    set("fee_payer", terms.fee_payer.clone());
    let profile = match rules.profile {
        Profile::Default => "default",
        Profile::Judicial => "judicial",
        Profile::StateOwned => "state-owned",
    };
    set("profile", profile.to_owned());
    set("start", yuan(rules.start));
    if let [one] = rules.tiers.as_slice() {
        set("step", yuan(one.step));
    } else {
        let line = |tier: &Tier| format!("{}: {}", yuan(tier.from), yuan(tier.step));
        set("tiers", rules.tiers.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    set("steps", rules.steps_max.to_string());
    set("guard_steps", rules.guard.steps.to_string());
    set("guard_percent", rules.guard.percent.to_string());
    let percent = rules.deposit.get().saturating_mul(100) / rules.start.get().max(1);
    set("deposit", percent.to_string());
    set("bidders_min", rules.bidders_min.to_string());
    let (priority, ask) = match rules.priority {
        Priority::None => ("none", None),
        Priority::Hall => ("hall", None),
        Priority::Ask { secs } => ("ask", Some(secs)),
    };
    set("priority", priority.to_owned());
    if let Some(secs) = ask {
        set("ask", secs.to_string());
    }
    set("hammer", if rules.hammer { "officer" } else { "none" }.to_owned());
    set("publicity", rules.publicity.days.to_string());
    let working = if rules.publicity.working { "working" } else { "plain" };
    set("publicity_days", working.to_owned());
    set("notice", rules.notice_days.to_string());
    set("pause_days", (rules.pause_secs_max / (24 * 3600)).to_string());
    for (key, at) in [("registers_until", registers_until), ("starts", starts)] {
        if let Some(at) = at {
            set(key, when_text(Stamp::from_micros(at)));
        }
    }
    typed_mode(&mut out, &rules.mode, terms);
    out
}

fn typed_mode(out: &mut Typed, mode: &Mode, terms: &Terms) {
    let mut set = |key: &str, value: String| {
        out.insert(key.to_owned(), value);
    };
    set("mode", crate::model::mode_code(mode).to_owned());
    match mode {
        Mode::English {
            free_secs,
            window_secs,
            cap_secs,
        } => {
            set("free", (free_secs / MINUTE).to_string());
            set("window", window_secs.to_string());
            set(
                "cap",
                cap_secs.map(|secs| (secs / MINUTE).to_string()).unwrap_or_default(),
            );
        }
        Mode::Sealed { open_secs, runoff_secs } => {
            set("open", (open_secs / MINUTE).to_string());
            set("runoff", (runoff_secs / MINUTE).to_string());
        }
        Mode::Scoring {
            open_secs,
            price_weight,
            criteria,
        } => {
            set("open", (open_secs / MINUTE).to_string());
            set("price_weight", price_weight.to_string());
            let line = |criterion: &Criterion| {
                let name = terms.criteria.iter().find(|(key, _)| *key == criterion.key);
                format!("{} {}", name.map_or("", |(_, name)| name), criterion.weight)
            };
            set("criteria", criteria.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        Mode::Dutch {
            step,
            dwell_secs,
            floor,
        } => {
            set("dutch_step", yuan(*step));
            set("dwell", dwell_secs.to_string());
            set("floor", yuan(*floor));
        }
        Mode::Listed {
            open_secs,
            then,
            round_secs,
        } => {
            set("open", (open_secs / MINUTE).to_string());
            set("round", round_secs.to_string());
            let then = if *then == Then::Sealed { "sealed" } else { "english" };
            set("then", then.to_owned());
        }
    }
}

/// An amount in yuan as a field takes it.
#[must_use]
pub(crate) fn yuan(fen: Fen) -> String {
    if fen.get() % 100 == 0 {
        (fen.get() / 100).to_string()
    } else {
        format!("{}.{:02}", fen.get() / 100, fen.get() % 100)
    }
}
