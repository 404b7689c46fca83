use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(Analyser::new);

fn terms(text: &str) -> Vec<String> {
    ANALYSER.terms(text).into_iter().map(String::from).collect()
}

#[test]
fn writings_of_one_text_are_one() {
    let normal = |text| ANALYSER.normalise(text);
    assert_eq!(normal("ＡＢＣ　１２３"), "abc 123");
    assert_eq!(normal("鋰離子電池隔膜"), "锂离子电池隔膜");
    assert_eq!(normal("CO₂ 300 ㎡ 25℃ 5µm"), "co2 300 m2 25°c 5μm");
    assert_eq!(terms("鋰離子電池"), terms("锂离子电池"));
}

#[test]
fn words_come_with_the_shorter_ones_inside() {
    let found = terms("高韧性立方氮化硼单晶的制备");
    for word in ["氮化硼", "立方氮化硼", "单晶", "制备"] {
        assert!(found.iter().any(|term| term == word), "{word} in {found:?}");
    }
    for word in ["的", "立方米"] {
        assert!(!found.iter().any(|term| term == word), "{word} in {found:?}");
    }
}

#[test]
fn names_of_one_thing_are_one_term() {
    for (one, other) in [
        ("IGBT", "绝缘栅双极型晶体管"),
        ("光伏", "太阳能发电"),
        ("lithium-ion batteries", "锂离子电池"),
        ("CFRP", "碳纤维复合材料"),
    ] {
        let (one, other) = (terms(one), terms(other));
        assert!(one.iter().any(|term| other.contains(term)), "{one:?} {other:?}");
    }
}

#[test]
fn latin_words_lose_their_plural() {
    assert_eq!(
        terms("Wireless antennas, the analysis"),
        ["wireless", "antenna", "analysis"]
    );
    assert_eq!(terms("12 CN202410123456 98765"), ["cn202410123456", "98765"]);
}

#[test]
fn each_file_is_as_its_reader_wants_it() {
    let mut seen = std::collections::HashSet::new();
    for line in lines(include_str!("../../data/synonyms.txt")) {
        let (first, others) = line.split_once('=').expect("an equals sign");
        for name in others.split(',').chain([first]) {
            let name = ANALYSER.normalise(name);
            assert!(!name.is_empty(), "{line}");
            assert!(seen.insert(name.clone()), "{name} stands twice");
            assert!(name.split(' ').count() <= synonyms::LATIN_WORDS_MAX, "{name}");
        }
    }
    for line in lines(STOP_WORDS).chain(lines(TRADE_WORDS)) {
        assert_eq!(ANALYSER.normalise(line), line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_taken(text in "\\PC{0,80}") {
        for term in ANALYSER.terms(&text) {
            prop_assert!(!term.as_str().is_empty());
        }
    }

    #[test]
    fn normalising_again_changes_nothing(text in "[\u{3400}-\u{9FFF}a-zA-Z0-9０-９²①㎡ ]{0,40}|\\PC{0,60}") {
        let once = ANALYSER.normalise(&text);
        prop_assert_eq!(ANALYSER.normalise(&once), once);
    }

    #[test]
    fn the_terms_of_a_normalised_text_are_those_of_the_text(text in "[\u{4E00}-\u{9FFF}a-zA-Z0-9 ]{0,40}") {
        prop_assert_eq!(ANALYSER.terms(&ANALYSER.normalise(&text)), ANALYSER.terms(&text));
    }
}

#[test]
fn words_of_a_cut_title_are_joined_and_latin_ones_are_not() {
    assert_eq!(closed("水肥 智能 监测 IoT 系统 a b"), "水肥智能监测 IoT 系统 a b");
}
