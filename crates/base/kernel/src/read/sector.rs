//! Sectors as people write them, with the names that other programmes use for them (domain §4.2).

use super::common::{prepare, shown, without_number};
use crate::issue::{Issue, Reading};
use crate::sector::Sector::{self, Agr, Ai, Bio, Env, Eq, It, Ne, Nm, Other};
use crate::text::{fold, folds_to};

/// Names read for a sector; a name that two share stands for both, and a person has to choose.
const ALIASES: &[(&str, &[Sector])] = &[
    ("新一代信息技术", &[It]),
    ("新一代信息技术产业", &[It]),
    ("信息技术", &[It]),
    ("电子信息", &[It]),
    ("新一代电子信息", &[It]),
    ("集成电路", &[It]),
    ("半导体", &[It]),
    ("软件", &[It]),
    ("软件和信息服务", &[It]),
    ("数字创意", &[It]),
    ("information technology", &[It]),
    ("人工智能", &[Ai]),
    ("大数据", &[Ai]),
    ("大数据与AI", &[Ai]),
    ("大数据与人工智能", &[Ai]),
    ("人工智能与大数据", &[Ai]),
    ("artificial intelligence", &[Ai]),
    ("生物技术", &[Bio]),
    ("生物", &[Bio]),
    ("生物产业", &[Bio]),
    ("生物医药", &[Bio]),
    ("生物技术与新医药", &[Bio]),
    ("生物与新医药", &[Bio]),
    ("新医药", &[Bio]),
    ("医疗器械", &[Bio]),
    ("生命健康", &[Bio]),
    ("biotechnology", &[Bio]),
    ("新能源", &[Ne]),
    ("新能源产业", &[Ne]),
    ("新能源与节能", &[Ne]),
    ("新能源新光源", &[Ne]),
    ("光伏", &[Ne]),
    ("new energy", &[Ne]),
    ("新材料", &[Nm]),
    ("新材料产业", &[Nm]),
    ("新型材料", &[Nm]),
    ("new materials", &[Nm]),
    ("高端装备", &[Eq]),
    ("高端装备制造", &[Eq]),
    ("装备制造", &[Eq]),
    ("先进制造", &[Eq]),
    ("先进制造与自动化", &[Eq]),
    ("智能制造", &[Eq]),
    ("海工装备与高技术船舶", &[Eq]),
    ("新型电力装备", &[Eq]),
    ("汽车及零部件", &[Eq]),
    ("advanced equipment", &[Eq]),
    ("high-end equipment", &[Eq]),
    ("绿色环保", &[Env]),
    ("节能环保", &[Env]),
    ("环保", &[Env]),
    ("绿色低碳", &[Env]),
    ("资源与环境", &[Env]),
    ("碳达峰碳中和", &[Env]),
    ("双碳", &[Env]),
    ("environment", &[Env]),
    ("green technology", &[Env]),
    ("现代农业", &[Agr]),
    ("农业", &[Agr]),
    ("农业林业", &[Agr]),
    ("农业科技", &[Agr]),
    ("食品", &[Agr]),
    ("富硒食品", &[Agr]),
    ("modern agriculture", &[Agr]),
    ("agriculture", &[Agr]),
    ("其他", &[Other]),
    ("其它", &[Other]),
    ("other", &[Other]),
    ("新能源汽车", &[Ne, Eq]),
    ("新能源车", &[Ne, Eq]),
    ("智能网联汽车", &[It, Eq]),
    ("智能机器人", &[Ai, Eq]),
    ("机器人", &[Ai, Eq]),
    ("生物农业", &[Bio, Agr]),
    ("光伏装备", &[Ne, Eq]),
    ("新能源装备", &[Ne, Eq]),
    ("环保装备", &[Env, Eq]),
];

/// Reads one sector or several, by code, name or alias. A name that stands for two sectors gives both, with a warning.
#[must_use]
pub fn sectors(text: &str) -> Reading<Vec<Sector>> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let mut reading = Reading::ok(Vec::new());
    // A name may itself hold a separator (生物/医药), so the whole is looked up before its pieces.
    let pieces: Vec<&str> = match look_up(&prepared) {
        Some(_) => vec![&prepared],
        None => prepared
            .split(['、', ';', ',', '/', '|', '+'])
            .flat_map(at_spaces)
            .filter(|piece| !piece.trim().is_empty())
            .collect(),
    };
    for piece in pieces {
        let found = shown(piece.trim());
        match look_up(piece) {
            None => reading = reading.and(Issue::error("sector-unknown").with("found", found)),
            Some(sectors) => {
                if sectors.len() > 1 {
                    let names: Vec<&str> = sectors.iter().map(|sector| sector.name_zh()).collect();
                    let issue = Issue::warning("sector-ambiguous").with("found", found);
                    reading = reading.and(issue.with("candidates", names.join("、")));
                }
                add(&mut reading, &sectors);
            }
        }
    }
    match reading.value.as_deref() {
        Some([]) => Reading::fail(Issue::error("sector-unknown").with("found", shown(&prepared))),
        _ => reading,
    }
}

/// The names that spaces or line breaks part, if each stands for a sector; else the piece as it is.
fn at_spaces(piece: &str) -> Vec<&str> {
    let words: Vec<&str> = piece.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && look_up(piece).is_none() && words.iter().all(|word| look_up(word).is_some()) {
        words
    } else {
        vec![piece]
    }
}

fn add(reading: &mut Reading<Vec<Sector>>, sectors: &[Sector]) {
    let Some(list) = &mut reading.value else { return };
    for sector in sectors {
        if !list.contains(sector) {
            list.push(*sector);
        }
    }
}

/// The sectors that one name stands for.
fn look_up(name: &str) -> Option<Vec<Sector>> {
    let key = fold(without_number(name.trim()));
    let by_code = Sector::ALL
        .into_iter()
        .find(|sector| folds_to(sector.code(), &key))
        .map(|sector| vec![sector]);
    let by_alias = |key: &str| {
        let alias = ALIASES.iter().find(|(alias, _)| folds_to(alias, key))?;
        Some(alias.1.to_vec())
    };
    by_code.or_else(|| by_alias(&key)).or_else(|| {
        let shorter = ["技术领域", "产业领域", "领域", "产业", "行业", "类"]
            .iter()
            .find_map(|ending| key.strip_suffix(ending))?;
        by_alias(shorter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_lead_to_sectors() {
        for (text, expected) in [
            ("IT", vec![It]),
            ("bio", vec![Bio]),
            ("新一代信息技术", vec![It]),
            ("1.新一代信息技术", vec![It]),
            ("新一代电子信息", vec![It]),
            ("大数据与ＡＩ", vec![Ai]),
            ("生物技术与新医药", vec![Bio]),
            ("新能源与节能", vec![Ne]),
            ("新型材料", vec![Nm]),
            ("高端装备制造", vec![Eq]),
            ("碳达峰、碳中和", vec![Env]),
            ("富硒食品", vec![Agr]),
            ("其他", vec![Other]),
            ("新材料领域", vec![Nm]),
            ("新材料、人工智能；新材料", vec![Nm, Ai]),
            ("New Energy / Other", vec![Ne, Other]),
        ] {
            let reading = sectors(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value, Some(expected), "{text}");
        }
        for sector in Sector::ALL {
            assert_eq!(sectors(sector.name_zh()).value, Some(vec![sector]));
        }
    }

    #[test]
    fn a_name_of_two_sectors_gives_both() {
        let reading = sectors("新材料，新能源汽车");
        assert_eq!(reading.value, Some(vec![Nm, Ne, Eq]));
        assert_eq!(reading.issues[0].code, "sector-ambiguous");
        assert_eq!(reading.issues[0].arg("candidates"), Some("新能源、高端装备"));
    }

    #[test]
    fn an_unknown_name_is_told() {
        let reading = sectors("新材料、炼金术");
        assert!(!reading.is_ok());
        assert_eq!(reading.issues[0].arg("found"), Some("炼金术"));
        assert!(sectors("、").has("value-empty") && sectors("+").has("sector-unknown"));
    }
}
