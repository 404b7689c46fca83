//! The year as a calendar file (RFC 5545) that every office program can subscribe to (R162).

use jcore::{App, Lang};
use kernel::{Day, Stamp};
use rulebook::Programme;

/// Octets a line may have before it is folded, by RFC 5545.
const LINE_OCTETS_MAX: usize = 73;

/// Phases, deadlines and bidding days.
#[must_use]
pub(crate) fn ics(app: &App, lang: Lang, programme: &Programme, now: Stamp) -> String {
    let mut out = String::new();
    let stamp = now.format_cn().replace(['-', ':'], "").replace(' ', "T") + "00";
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//jiebang//programme//ZH");
    line(
        &mut out,
        &format!("X-WR-CALNAME:{}", escape(programme.name.get(lang.code()))),
    );
    let mut event = |uid: String, from: Day, to: Day, title: &str| {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}-{uid}@jiebang", programme.key));
        line(&mut out, &format!("DTSTAMP:{stamp}"));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(from)));
        // The end of an all-day event is the first day that no longer belongs to it.
        line(
            &mut out,
            &format!("DTEND;VALUE=DATE:{}", compact(to.tomorrow().unwrap_or(to))),
        );
        line(&mut out, &format!("SUMMARY:{}", escape(title)));
        line(&mut out, "END:VEVENT");
    };
    for w in &programme.windows {
        event(
            format!("window-{}", w.key),
            w.from,
            w.to.unwrap_or(w.from),
            w.name.get(lang.code()),
        );
    }
    for d in &programme.deadlines {
        event(
            format!("deadline-{}", d.key),
            d.last_day(),
            d.last_day(),
            d.name.get(lang.code()),
        );
    }
    let title = app.words.get(lang, "programme-bidding-day", &[]);
    for day in programme
        .bidding_days()
        .iter()
        .filter_map(rulebook::BiddingDay::takes_place)
    {
        event(format!("bidding-{day}"), day, day, &title);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&mut out, &"专利拍卖季".repeat(20));
        assert!(out.lines().all(|l| l.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "专利拍卖季".repeat(20));
    }
}
