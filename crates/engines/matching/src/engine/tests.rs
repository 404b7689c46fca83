//! The engine as those above it use it.

use std::sync::OnceLock;

use kernel::{Day, Fen};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{Facts, Family};

fn offer(id: u128, title: &str, body: &str) -> Document {
    Document {
        id: Uuid::from_u128(id),
        family: Family::Offer,
        kind: "patent".into(),
        title: title.into(),
        body: body.into(),
        facts: Facts::default(),
    }
}

fn some() -> Vec<Document> {
    let mut out = vec![
        offer(
            1,
            "一种磷酸铁锂正极材料的回收方法",
            "本发明把废旧锂离子电池的正极片浸出，回收锂和铁。",
        ),
        offer(
            2,
            "低温锂离子电池电解液",
            "在零下四十度仍有八成容量。The LiFePO4 battery electrolyte.",
        ),
        offer(3, "银行客户风险预警系统", "用图神经网络识别异常交易。"),
        offer(4, "水稻病虫害无人机巡检", "用高光谱图像识别稻瘟病。"),
        offer(5, "苏州市某某大学校园卡", "没有什么可转让。"),
    ];
    out[0].facts.numbers = vec!["ZL202010123456.2".into(), "CN112345678A".into()];
    out[0].facts.fields = vec!["NE".into()];
    out[0].facts.region = Some("320500".into());
    out[0].facts.maturity = Some(7);
    out[0].facts.price_min = Some(Fen::new(50_000_000));
    out[1].facts.fields = vec!["NE".into()];
    out[1].facts.region = Some("320106".into());
    out[1].facts.modes = vec!["licence".into()];
    out[2].facts.until = Some(Day::constant(2023, 6, 30));
    out
}

/// What reads texts is made once.
fn options() -> Options {
    static PARTS: OnceLock<(Analyser, Table)> = OnceLock::new();
    let (analyser, table) = PARTS.get_or_init(|| (Analyser::new(), Table::shipped().unwrap()));
    Options {
        analyser: Some(analyser.clone()),
        table: Some(table.clone()),
    }
}

fn engine() -> Engine {
    let engine = Engine::open(None, options()).unwrap();
    engine.put(&some()).unwrap();
    engine.commit(7).unwrap();
    engine
}

fn ask(title: &str) -> Query {
    Query {
        title: title.into(),
        limit: 10,
        ..Query::default()
    }
}

fn ids(found: &Found) -> Vec<u128> {
    found.items.iter().map(|item| item.id.as_u128()).collect()
}

fn hits(engine: &Engine, text: &str) -> Vec<u128> {
    let search = Search {
        text: text.into(),
        ..Search::default()
    };
    engine
        .search(&search)
        .unwrap()
        .items
        .iter()
        .map(|item| item.id.as_u128())
        .collect()
}

#[test]
fn what_fits_best_comes_first_and_says_why() {
    let engine = engine();
    let found = engine.find(&ask("废旧磷酸铁锂电池正极材料回收")).unwrap();
    assert_eq!(found.items[0].id.as_u128(), 1);
    assert!(found.items[0].score > found.items[1].score);
    assert_eq!(found.compared, 5);
    let words: Vec<&Reason> = found.items[0].reasons.iter().collect();
    assert!(
        words
            .iter()
            .any(|reason| matches!(reason, Reason::Word { term, .. } if term == "回收")),
        "{words:?}"
    );
    assert_eq!(engine.find(&ask("废旧磷酸铁锂电池正极材料回收")).unwrap(), found);
}

#[test]
fn what_is_put_again_replaces_and_what_is_removed_is_gone() {
    let engine = engine();
    assert_eq!((engine.len(), engine.cursor()), (5, Some(7)));
    engine
        .put(&[offer(1, "一种风电叶片", ""), offer(1, "一种海上风电叶片", "")])
        .unwrap();
    engine.remove(&[Uuid::from_u128(2), Uuid::from_u128(99)]).unwrap();
    assert_eq!(engine.len(), 5, "nothing changes before the commit");
    engine.commit(8).unwrap();
    assert_eq!((engine.len(), engine.cursor()), (4, Some(8)));
    assert_eq!(hits(&engine, "风电叶片"), [1]);
    assert!(hits(&engine, "磷酸铁锂").is_empty() && hits(&engine, "202010123456").is_empty());
    assert_eq!(engine.document(Uuid::from_u128(1)).unwrap().title, "一种海上风电叶片");
    assert_eq!(engine.document(Uuid::from_u128(2)), None);
    assert!(!ids(&engine.find(&ask("锂离子电池电解液")).unwrap()).contains(&2));
}

#[test]
fn wants_filters_and_the_item_itself_are_heeded() {
    let engine = engine();
    let mut query = ask("锂电池");
    query.exclude = Some(Uuid::from_u128(1));
    assert!(!ids(&engine.find(&query).unwrap()).contains(&1));
    query.exclude = None;
    query.want.families = vec![Family::Need];
    assert!(engine.find(&query).unwrap().items.is_empty());
    query.want = Want {
        families: vec![Family::Offer],
        kinds: vec!["patent".into()],
    };
    query.filters.region = Some("320500".into());
    let found = engine.find(&query).unwrap();
    assert_eq!(ids(&found), [1]);
    assert_eq!(
        found.left_out,
        [LeftOut {
            filter: Filter::Region,
            count: 4
        }]
    );
    query.filters = Filters {
        price_max: Some(Fen::new(40_000_000)),
        on: Some(Day::constant(2023, 7, 1)),
        ..Filters::default()
    };
    let mut left = ids(&engine.find(&query).unwrap());
    left.sort_unstable();
    assert_eq!(left, [2, 4, 5], "too dear and run out are left out, unknown is not");
}

#[test]
fn verdicts_move_what_is_alike() {
    let engine = engine();
    let mut query = ask("用图像识别");
    let before = engine.find(&query).unwrap();
    assert_eq!(before.items[0].id.as_u128(), 4);
    query.verdicts = vec![Verdict {
        id: Uuid::from_u128(4),
        is_relevant: false,
        why: None,
    }];
    let after = engine.find(&query).unwrap();
    let score = |found: &Found| {
        found
            .items
            .iter()
            .find(|item| item.id.as_u128() == 4)
            .map(|item| item.score)
    };
    assert!(score(&after) < score(&before));
}

#[test]
fn a_price_or_a_lapse_counts_against_that_item_alone() {
    let engine = engine();
    let mut query = ask("锂离子电池");
    let before = engine.find(&query).unwrap();
    let first = before.items[0].id;
    query.verdicts = vec![Verdict {
        id: first,
        is_relevant: false,
        why: Some(crate::Why::TooDear),
    }];
    let after = engine.find(&query).unwrap();
    for item in &before.items {
        let now = after.items.iter().find(|other| other.id == item.id).unwrap();
        assert_eq!(now.score < item.score, item.id == first);
    }
}

#[test]
fn the_engine_ranks_as_the_measured_corpus_does() {
    let docs = some();
    let (analyser, table) = (Analyser::new(), Table::shipped().unwrap());
    let texts = docs.iter().map(|doc| (doc.title.as_str(), doc.body.as_str()));
    let corpus = crate::corpus::Corpus::new(analyser, table, texts);
    let engine = engine();
    for (title, body) in [
        ("锂电池正极回收", "浸出 锂离子"),
        ("用图像识别病虫害", ""),
        ("", "银行"),
        ("", ""),
    ] {
        let measured = corpus.scores(title, body).fused();
        let found = engine
            .find(&Query {
                body: body.into(),
                ..ask(title)
            })
            .unwrap();
        assert_eq!(found.items.len(), docs.len());
        for item in found.items {
            let at = docs.iter().position(|doc| doc.id == item.id).unwrap();
            assert!(
                (item.score - measured[at]).abs() < 0.01,
                "{title}: {} {}",
                item.score,
                measured[at]
            );
        }
    }
}

#[test]
fn a_search_finds_every_way_of_writing() {
    let engine = engine();
    for (text, id) in [
        ("电池", 2),
        ("磷酸铁锂", 1),
        ("正极材料 回收", 1),
        ("料的", 1),
        ("lzdc", 2),
        ("lstl", 1),
        ("lithium", 0),
        ("linsuantieli", 1),
        ("lin suan tie li", 1),
        ("yinhang", 3),
        ("银航客户", 3),
        ("battery", 2),
        ("batery", 2),
        ("electrolite", 2),
        ("BATTERY", 2),
        ("lifepo4", 2),
        ("ZL 2020 1 0123456.2", 1),
        ("202010123456.2", 1),
        ("2020101234562", 1),
        ("202010123456", 1),
        ("20201012", 1),
        ("CN112345678A", 1),
        ("112345678", 1),
        ("图神经网络", 3),
        ("高光谱", 4),
    ] {
        let found = hits(&engine, text);
        assert_eq!(found.contains(&id), id != 0, "{text}: {found:?}");
    }
}

#[test]
fn hits_are_counted_narrowed_and_marked() {
    let engine = engine();
    let mut search = Search {
        text: "锂离子电池".into(),
        ..Search::default()
    };
    let found = engine.search(&search).unwrap();
    assert_eq!(found.total, 2);
    assert_eq!(found.facets.fields.get("NE"), Some(&2));
    assert_eq!(found.facets.regions.len(), 2);
    assert_eq!(found.facets.maturity.get("7"), Some(&1));
    let first = &found.items[0];
    assert_eq!(first.id.as_u128(), 2);
    assert_eq!(&first.title.text[first.title.marks[0].clone()], "锂离子电池");
    search.region = Some("320100".into());
    assert_eq!(engine.search(&search).unwrap().total, 1);
    search.region = None;
    search.maturity = Some(6..=9);
    assert_eq!(engine.search(&search).unwrap().items[0].id.as_u128(), 1);
    search.maturity = None;
    search.modes = vec!["licence".into()];
    assert_eq!(engine.search(&search).unwrap().total, 1);
    search.families = vec![Family::Need];
    assert_eq!(engine.search(&search).unwrap().total, 0);
    let everything = engine.search(&Search::default()).unwrap();
    assert_eq!((everything.total, everything.facets.kinds.get("patent")), (5, Some(&5)));
    let second = Search {
        page: 2,
        per_page: 3,
        ..Search::default()
    };
    assert_eq!(engine.search(&second).unwrap().items.len(), 2);
    let loose = Search {
        text: "水稻 天线".into(),
        ..Search::default()
    };
    assert_eq!(engine.search(&loose).unwrap().total, 0, "half is not most");
    let loose = Search {
        text: "水稻 无人机 天线".into(),
        ..Search::default()
    };
    let loose = engine.search(&loose).unwrap();
    assert!(loose.is_loose && loose.total == 1);
}

#[test]
fn titles_are_suggested_while_typing() {
    let engine = engine();
    let first = |text: &str| engine.suggest(text, 5).first().map(|one| one.id.as_u128());
    for (text, id) in [
        ("电解", 2),
        ("dianj", 2),
        ("dianjie", 2),
        ("djy", 2),
        ("磷酸", 1),
        ("2020101", 1),
        ("小稻", 0),
    ] {
        assert_eq!(first(text).unwrap_or(0), id, "{text}");
    }
    assert!(engine.suggest("", 5).is_empty() && engine.suggest("电", 0).is_empty());
}

#[test]
fn an_index_on_disk_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let found = {
        let engine = Engine::open(Some(folder.path()), options()).unwrap();
        assert!(engine.needs_rebuild());
        let rebuild = engine.rebuild().unwrap();
        assert!(matches!(engine.rebuild(), Err(EngineError::Busy)));
        rebuild.put(&some()).unwrap();
        rebuild.finish(3).unwrap();
        assert!(!engine.needs_rebuild());
        engine.remove(&[Uuid::from_u128(5)]).unwrap();
        engine.commit(4).unwrap();
        engine.find(&ask("锂离子电池")).unwrap()
    };
    let engine = Engine::open(Some(folder.path()), options()).unwrap();
    assert!(!engine.needs_rebuild());
    assert_eq!((engine.len(), engine.cursor()), (4, Some(4)));
    assert_eq!(engine.find(&ask("锂离子电池")).unwrap(), found);
    assert_eq!(hits(&engine, "电解液"), [2]);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(&path));
        } else {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn built(folder: &Path) {
    let engine = Engine::open(Some(folder), options()).unwrap();
    let rebuild = engine.rebuild().unwrap();
    rebuild.put(&some()).unwrap();
    rebuild.finish(1).unwrap();
}

/// Files of which tantivy keeps what it needs no more, or that are only locks.
fn is_vital(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    !name.ends_with(".lock") && !name.starts_with(".managed")
}

#[test]
fn any_damaged_or_missing_file_asks_for_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path());
    let vital: Vec<PathBuf> = files(folder.path()).into_iter().filter(|path| is_vital(path)).collect();
    assert!(vital.len() > 5, "{vital:?}");
    for path in vital {
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x10;
        for bytes in [&whole[..whole.len() / 2], &flipped[..], b""] {
            std::fs::write(&path, bytes).unwrap();
            let engine = Engine::open(Some(folder.path()), options()).unwrap();
            assert!(engine.needs_rebuild(), "{} of {} bytes", path.display(), bytes.len());
            assert!(engine.find(&ask("锂离子电池")).unwrap().items.is_empty());
        }
        std::fs::remove_file(&path).unwrap();
        assert!(Engine::open(Some(folder.path()), options()).unwrap().needs_rebuild());
        std::fs::write(&path, whole).unwrap();
    }
    let engine = Engine::open(Some(folder.path()), options()).unwrap();
    assert!(!engine.needs_rebuild() && engine.len() == 5);
}

#[test]
fn a_crash_between_files_leaves_the_commit_before() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path());
    let engine = Engine::open(Some(folder.path()), options()).unwrap();
    // A segment and a manifest were written, the words not committed.
    let place = files(folder.path())
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == "manifest"))
        .unwrap();
    std::fs::write(place.with_file_name("00000099.manifest"), b"half").unwrap();
    std::fs::write(place.with_file_name("00000098.segment"), b"half").unwrap();
    // Put but never committed.
    engine.put(&[offer(77, "没有提交的条目", "")]).unwrap();
    drop(engine);
    let engine = Engine::open(Some(folder.path()), options()).unwrap();
    assert!(!engine.needs_rebuild());
    assert_eq!((engine.len(), engine.cursor()), (5, Some(1)));
    assert!(
        files(folder.path())
            .iter()
            .all(|path| !path.to_string_lossy().contains("0000009")),
        "swept"
    );
}

#[test]
fn the_old_index_serves_while_a_new_one_is_built() {
    let engine = engine();
    let rebuild = engine.rebuild().unwrap();
    rebuild.put(&[offer(9, "新的索引", "")]).unwrap();
    assert_eq!(engine.len(), 5);
    drop(rebuild);
    let rebuild = engine.rebuild().unwrap();
    rebuild.put(&[offer(9, "新的索引", "")]).unwrap();
    rebuild.finish(9).unwrap();
    assert_eq!((engine.len(), engine.cursor()), (1, Some(9)));
}

#[test]
fn many_small_commits_become_few_segments() {
    let engine = Engine::open(None, options()).unwrap();
    for round in 0..60_u128 {
        let docs: Vec<Document> = (0..3)
            .map(|n| offer(round * 2 + n, &format!("第{round}批 电池{n}"), "正极"))
            .collect();
        engine.put(&docs).unwrap();
        engine.commit(i64::try_from(round).unwrap()).unwrap();
    }
    assert_eq!(engine.len(), 121);
    let parts = engine.index().snapshot().parts.len();
    assert!(parts < 20, "{parts}");
    let mut query = ask("电池");
    query.limit = 500;
    let mut found = ids(&engine.find(&query).unwrap());
    found.sort_unstable();
    assert_eq!(found, (0..121).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_text_is_too_odd(text in "(\\PC|锂|电|[a-z]|[0-9]|[\"+*:()~^\\-\\\\]){0,60}") {
        // One engine for all cases: making one takes longer than all searches.
        static ENGINE: OnceLock<Engine> = OnceLock::new();
        let engine = ENGINE.get_or_init(engine);
        hits(engine, &text);
        let _ = engine.suggest(&text, 8);
        let found = engine.find(&Query { body: text.clone(), ..ask(&text) }).unwrap();
        prop_assert_eq!(found.items.len(), 5);
        prop_assert!(found.items.iter().all(|item| item.score.is_finite()));
    }

    #[test]
    fn what_is_indexed_is_found(rounds in prop::collection::vec(prop::collection::vec((0u128..12, prop::bool::ANY), 1..8), 1..5)) {
        let engine = Engine::open(None, options()).unwrap();
        let mut there = std::collections::BTreeMap::new();
        for (round, changes) in rounds.iter().enumerate() {
            for (id, is_put) in changes {
                if *is_put {
                    let title = format!("第{round}版 锂电池材料");
                    engine.put(&[offer(*id, &title, "")]).unwrap();
                    there.insert(*id, title);
                } else {
                    engine.remove(&[Uuid::from_u128(*id)]).unwrap();
                    there.remove(id);
                }
            }
            engine.commit(0).unwrap();
            let mut found = ids(&engine.find(&Query { limit: 100, ..ask("锂电池") }).unwrap());
            found.sort_unstable();
            let expected: Vec<u128> = there.keys().copied().collect();
            prop_assert_eq!(&found, &expected);
            let mut found = hits(&engine, "材料");
            found.sort_unstable();
            prop_assert_eq!(&found, &expected);
            for (id, title) in &there {
                prop_assert_eq!(&engine.document(Uuid::from_u128(*id)).unwrap().title, title);
            }
        }
    }

    #[test]
    fn every_document_is_found_by_its_numbers_and_initials(
        words in prop::collection::vec(prop::collection::vec(0usize..NAMES.len(), 2..5), 1..12),
        digits in 1_000_000u64..9_999_999,
    ) {
        let engine = Engine::open(None, options()).unwrap();
        let docs: Vec<Document> = words.iter().enumerate().map(|(at, words)| {
            let title: String = words.iter().map(|word| NAMES[*word].0).collect();
            let mut doc = offer(at as u128, &title, "");
            doc.facts.numbers = vec![format!("ZL 2021 1 {:07}.{}", digits + at as u64, at % 10), format!("CN{}A", digits * 7 + at as u64)];
            doc
        }).collect();
        engine.put(&docs).unwrap();
        engine.commit(0).unwrap();
        for (doc, words) in docs.iter().zip(&words) {
            let id = doc.id.as_u128();
            let initials: String = words.iter().map(|word| NAMES[*word].1).collect();
            let mut asked: Vec<String> = vec![initials.chars().take(12).collect(), initials[..2].to_owned(), doc.title.clone()];
            for number in &doc.facts.numbers {
                let bare: String = number.chars().filter(char::is_ascii_digit).collect();
                asked.extend([number.clone(), number.replace(' ', ""), number.to_lowercase(), bare.clone(), bare[..bare.len() - 1].to_owned()]);
            }
            for text in asked {
                let search = Search { text: text.clone(), per_page: 100, ..Search::default() };
                let found = engine.search(&search).unwrap();
                prop_assert!(found.items.iter().any(|hit| hit.id.as_u128() == id), "{} for {}", text, doc.title);
            }
        }
    }
}

/// Words with their initials.
const NAMES: [(&str, &str); 10] = [
    ("电池", "dc"),
    ("正极", "zj"),
    ("材料", "cl"),
    ("回收", "hs"),
    ("机器人", "jqr"),
    ("视觉", "sj"),
    ("银行", "yh"),
    ("重庆", "cq"),
    ("音乐", "yy"),
    ("石墨烯", "smx"),
];
