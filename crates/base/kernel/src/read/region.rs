//! Regions as people write them: codes, names, names under the names above them, addresses (domain §4.1).

use super::common::{prepare, shown};
use crate::issue::{Issue, Reading};
use crate::region::{Division, DivisionLevel, Region, Regions, short_name};
use crate::text::{normalise, without_spaces};

/// Most candidates that an issue names.
const MAX_CANDIDATES: usize = 10;
/// Digits of a region's code, and of the longer codes for townships and villages that begin with one.
const CODE_LENGTHS: &[usize] = &[6, 9, 12];
/// Tiers that a name can go through: province, city, county.
const MAX_TIERS: usize = 3;
/// Long words in names of zones, and how they are said in talk.
const ZONE_WORDS: (&str, &str) = ("经济技术开发区", "经开区");

/// Divisions of Jiangsu that became part of others, with what they belong to now. A name of which the parts went to
/// several is missing here, since nobody can tell which is meant.
const FORMER: &[(&str, &str)] = &[
    ("下关区", "320106"),
    ("白下区", "320104"),
    ("大厂区", "320116"),
    ("江浦县", "320111"),
    ("崇安区", "320213"),
    ("南长区", "320213"),
    ("北塘区", "320213"),
    ("无锡新区", "320214"),
    ("戚墅堰区", "320412"),
    ("沧浪区", "320508"),
    ("平江区", "320508"),
    ("金阊区", "320508"),
    ("苏州新区", "320505"),
    ("苏州高新区", "320505"),
    ("港闸区", "320613"),
    ("新浦区", "320706"),
    ("楚州区", "320803"),
    ("清河区", "320812"),
    ("清浦区", "320812"),
    ("维扬区", "321003"),
    ("邳县", "320382"),
];

/// A way to read the beginning of a text as a region.
struct Match<'t> {
    region: Region,
    /// What stands behind it.
    rest: &'t str,
    /// Whether the last name was written in full.
    full: bool,
}

/// Reads a region: a code (`320106`), a name under those above it (`江苏省南京市鼓楼区`, `南京鼓楼区`), or a name that only
/// one region has. A name that several have is refused with `candidates`; see [`region_candidates`].
#[must_use]
pub fn region(text: &str, regions: &Regions) -> Reading<Region> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let (digits, name) = split_code(&prepared);
    let mut reading = if let Some(region) = in_other_order(&prepared, regions) {
        Reading::ok(region)
    } else if digits.is_empty() {
        by_name(&name, regions)
    } else {
        by_code(&digits, &name, regions)
    };
    if let Some(division) = reading
        .value
        .and_then(|region| regions.get(region))
        .filter(|division| division.pseudo)
    {
        reading = reading.and(Issue::warning("region-pseudo").with("name", &division.name));
    }
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// The regions that a text can mean: one if it is plain, several if the name is ambiguous, none if it is unknown. A
/// former name and the beginning of an address are looked up as [`region`] does it.
#[must_use]
pub fn region_candidates(text: &str, regions: &Regions) -> Vec<Region> {
    let (digits, name) = split_code(&normalise(text));
    if let Some(region) = in_other_order(&normalise(text), regions) {
        return vec![region];
    }
    if let Some(code) = digits.get(..6) {
        return regions.get(code).map(|division| division.code).into_iter().collect();
    }
    let lookups: [fn(&str, &Regions) -> Vec<Region>; 3] = [candidates, renamed, at_beginning];
    let mut found = lookups.iter().map(|look_up| look_up(&name, regions));
    found.find(|found| !found.is_empty()).unwrap_or_default()
}

/// The first run of six digits or more, and the rest without spaces, strokes and brackets.
fn split_code(prepared: &str) -> (String, String) {
    let runs = prepared.split(|c: char| !c.is_ascii_digit());
    let digits = runs
        .max_by_key(|run| run.len())
        .filter(|run| run.len() >= 6)
        .unwrap_or("");
    let name = if digits.is_empty() {
        prepared.to_owned()
    } else {
        prepared.replacen(digits, "", 1)
    };
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '(' | ')' | '[' | ']' | ':' | '-' | '>' | '/' | '\\' | '·'))
        .collect();
    let name = without_spaces(&name);
    let name = name.strip_prefix("中国").unwrap_or(&name);
    // The province or city itself, as opposed to those beneath it.
    let name = name.strip_suffix("本级").unwrap_or(name);
    (digits.to_owned(), name.strip_suffix(".0").unwrap_or(name).to_owned())
}

fn by_code(digits: &str, name: &str, regions: &Regions) -> Reading<Region> {
    let division = digits
        .get(..6)
        .filter(|_| CODE_LENGTHS.contains(&digits.len()))
        .and_then(|code| regions.get(code));
    let Some(division) = division else {
        return Reading::fail(Issue::error("region-unknown-code").with("code", shown(digits)));
    };
    let named = candidates(name, regions);
    let agrees = named.iter().any(|named| regions.is_within(division.code, named));
    if named.is_empty() || agrees {
        return Reading::ok(division.code);
    }
    let issue = Issue::error("region-mismatch")
        .with("code", digits)
        .with("name", regions.full_name(division.code));
    Reading::fail(issue)
}

fn by_name(name: &str, regions: &Regions) -> Reading<Region> {
    let listed = |c: char| matches!(c, '、' | ',' | ';');
    let plain: String = name.chars().filter(|c| !listed(*c)).collect();
    match candidates(&plain, regions).as_slice() {
        [region] => return Reading::ok(*region),
        [] => {}
        several => return ambiguous(several, regions),
    }
    let parts: Vec<&str> = name.split(listed).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| !candidates(part, regions).is_empty()) {
        return Reading::fail(Issue::error("region-several"));
    }
    match renamed(&plain, regions).as_slice() {
        [region] => {
            let issue = Issue::warning("region-renamed").with("name", regions.full_name(region));
            return Reading::with(*region, issue);
        }
        [] => {}
        several => return ambiguous(several, regions),
    }
    in_address(&plain, regions)
}

/// The regions that the whole text names. Of regions in different tiers the highest is meant: 淮安 is the city, not its
/// district.
fn candidates(name: &str, regions: &Regions) -> Vec<Region> {
    let mut whole: Vec<Region> = matches(name, regions)
        .into_iter()
        .filter(|one| one.rest.is_empty())
        .map(|one| one.region)
        .collect();
    whole.sort_unstable();
    whole.dedup();
    let highest = whole.iter().map(|region| region.level()).min();
    whole.retain(|region| Some(region.level()) == highest);
    whole
}

/// A division before the one that it lies in, parted by a bracket, a comma or a space: 鼓楼区（徐州）. None if the text
/// is anything else.
fn in_other_order(prepared: &str, regions: &Regions) -> Option<Region> {
    let (lower, upper) = prepared.trim_end_matches(')').split_once(['(', ',', ' '])?;
    let within = candidates(upper.trim(), regions);
    let mut both = candidates(lower.trim(), regions);
    both.retain(|region| {
        within
            .iter()
            .any(|upper| region != upper && regions.is_within(*region, upper))
    });
    match both.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// What a division of a former name, alone or under those above it, belongs to now.
fn merged(name: &str, regions: &Regions) -> Option<Region> {
    let (former, code) = FORMER.iter().find(|(former, _)| name.ends_with(former))?;
    let region = regions.get(*code)?.code;
    let above = name.strip_suffix(former)?;
    let fits = |upper: &Region| regions.is_within(region, upper);
    (above.is_empty() || candidates(above, regions).iter().any(fits)).then_some(region)
}

/// The counties that had another name: 海门市 became 海门区, 白下区 part of 秦淮区.
fn renamed(name: &str, regions: &Regions) -> Vec<Region> {
    if let Some(region) = merged(name, regions) {
        return vec![region];
    }
    let Some(base) = name.strip_suffix(['市', '区', '县']) else {
        return Vec::new();
    };
    let mut found: Vec<Region> = matches(base, regions)
        .into_iter()
        .filter(|one| one.rest.is_empty() && one.region.level() == DivisionLevel::County)
        .map(|one| one.region)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The region at the beginning of an address, if its name stands there in full.
fn in_address(text: &str, regions: &Regions) -> Reading<Region> {
    let best = longest_in_full(text, regions);
    match best.as_slice() {
        [] => Reading::fail(Issue::error("region-unknown")),
        // 南京市/苏州市
        [one] if !candidates(one.rest, regions).is_empty() => Reading::fail(Issue::error("region-several")),
        [one] => {
            let issue = Issue::warning("region-address").with("name", regions.full_name(one.region));
            Reading::with(one.region, issue.with("rest", shown(one.rest)))
        }
        several => ambiguous(&several.iter().map(|one| one.region).collect::<Vec<_>>(), regions),
    }
}

/// The regions whose name stands in full at the beginning of the text.
fn at_beginning(text: &str, regions: &Regions) -> Vec<Region> {
    longest_in_full(text, regions).iter().map(|one| one.region).collect()
}

/// The readings of the beginning of a text that take most of it and end with a name in full.
fn longest_in_full<'t>(text: &'t str, regions: &Regions) -> Vec<Match<'t>> {
    let mut best: Vec<Match<'t>> = matches(text, regions).into_iter().filter(|one| one.full).collect();
    let shortest = best.iter().map(|one| one.rest.len()).min();
    best.retain(|one| Some(one.rest.len()) == shortest);
    best.sort_unstable_by_key(|one| one.region);
    best.dedup_by_key(|one| one.region);
    best
}

fn ambiguous(several: &[Region], regions: &Regions) -> Reading<Region> {
    let named = several
        .iter()
        .take(MAX_CANDIDATES)
        .map(|region| format!("{} {region}", regions.full_name(region)));
    Reading::fail(Issue::error("region-ambiguous").with("candidates", named.collect::<Vec<_>>().join("、")))
}

/// Every way to read the beginning of the text as a region under regions.
fn matches<'t>(text: &'t str, regions: &Regions) -> Vec<Match<'t>> {
    let mut all: Vec<Match<'t>> = Vec::new();
    let mut open: Vec<(Option<Region>, &'t str)> = vec![(None, text)];
    for _ in 0..MAX_TIERS {
        let mut next = Vec::new();
        for (within, rest) in open {
            // Short names begin as the full ones do, so most regions are told by their first character.
            let first = rest.chars().next();
            let named = regions.iter().filter(|division| division.name.chars().next() == first);
            for division in named.filter(|division| lies_within(division, within, regions)) {
                if let Some((rest, full)) = strip_name(rest, &division.name) {
                    all.push(Match {
                        region: division.code,
                        rest,
                        full,
                    });
                    if !rest.is_empty() {
                        next.push((Some(division.code), rest));
                    }
                }
            }
        }
        open = next;
    }
    all
}

fn lies_within(division: &Division, within: Option<Region>, regions: &Regions) -> bool {
    within.is_none_or(|within| division.code != within && regions.is_within(division.code, within))
}

/// What stands behind the name at the beginning of the text, and whether the name was in full.
fn strip_name<'t>(text: &'t str, name: &str) -> Option<(&'t str, bool)> {
    if let Some(rest) = text.strip_prefix(name) {
        return Some((rest, true));
    }
    if name.ends_with(ZONE_WORDS.0) {
        return text
            .strip_prefix(&name.replace(ZONE_WORDS.0, ZONE_WORDS.1))
            .map(|rest| (rest, true));
    }
    text.strip_prefix(short_name(name)?).map(|rest| (rest, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading<Region> {
        region(text, Regions::builtin())
    }

    #[test]
    fn plain_regions_pass() {
        for (text, code) in [
            ("320106", "320106"),
            ("３２０１０６", "320106"),
            ("320106000000", "320106"),
            ("320106 鼓楼区", "320106"),
            ("鼓楼区（320302）", "320302"),
            ("320106.0", "320106"),
            ("南京鼓楼区", "320106"),
            ("南京市鼓楼区", "320106"),
            ("江苏省南京市鼓楼区", "320106"),
            ("江苏 南京 鼓楼", "320106"),
            ("江苏省/徐州市/鼓楼区", "320302"),
            ("江苏省,徐州市,鼓楼区", "320302"),
            ("江苏省鼓楼区320106", "320106"),
            ("苏州", "320500"),
            ("苏州市", "320500"),
            ("淮安", "320800"),
            ("淮安市淮安区", "320803"),
            ("淮安区", "320803"),
            ("江苏", "320000"),
            ("中国江苏省", "320000"),
            ("江苏省（本级）", "320000"),
            ("昆山", "320583"),
            ("江苏昆山市", "320583"),
            ("宁波江北区", "330205"),
            ("江北区", "330205"),
            ("吴中区", "320506"),
            ("丰县", "320321"),
        ] {
            let reading = read(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value.unwrap().as_str(), code, "{text}");
        }
    }

    #[test]
    fn a_shared_name_is_ambiguous() {
        for text in ["鼓楼区", "鼓楼", "江苏省鼓楼区"] {
            let reading = read(text);
            assert!(!reading.is_ok(), "{text}");
            assert_eq!(reading.issues[0].code, "region-ambiguous");
            let candidates = "江苏省南京市鼓楼区 320106、江苏省徐州市鼓楼区 320302";
            assert_eq!(reading.issues[0].arg("candidates"), Some(candidates));
            let codes: Vec<_> = region_candidates(text, Regions::builtin())
                .iter()
                .map(Region::to_string)
                .collect();
            assert_eq!(codes, ["320106", "320302"]);
        }
        assert_eq!(region_candidates("320106", Regions::builtin()).len(), 1);
        assert!(region_candidates("亚特兰蒂斯", Regions::builtin()).is_empty());
        assert_eq!(read("鼓楼区汉口路22号").issues[0].code, "region-ambiguous");
    }

    #[test]
    fn statistical_zones_are_told() {
        for (text, code) in [
            ("320576", "320576"),
            ("苏州工业园区", "320576"),
            ("徐州经济技术开发区", "320371"),
            ("徐州经开区", "320371"),
        ] {
            let reading = read(text);
            assert_eq!(reading.value.unwrap().as_str(), code, "{text}");
            assert_eq!(reading.issues[0].code, "region-pseudo");
        }
    }

    #[test]
    fn old_names_and_addresses_are_told() {
        for (text, code, issue) in [
            ("海门市", "320614", "region-renamed"),
            ("南通海门市", "320614", "region-renamed"),
            ("海安县", "320685", "region-renamed"),
            ("江苏省南京市鼓楼区汉口路22号", "320106", "region-address"),
            ("北京市海淀区", "110000", "region-address"),
        ] {
            let reading = read(text);
            assert_eq!(reading.value.unwrap().as_str(), code, "{text}");
            assert_eq!(reading.issues[0].code, issue, "{text}");
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("329999", "region-unknown-code"),
            ("3201060", "region-unknown-code"),
            ("320106 徐州市", "region-mismatch"),
            ("南京、苏州", "region-several"),
            ("亚特兰蒂斯", "region-unknown"),
            ("南京大学", "region-unknown"),
            ("", "value-empty"),
        ] {
            let reading = read(text);
            assert!(!reading.is_ok(), "{text}");
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
    }
}
