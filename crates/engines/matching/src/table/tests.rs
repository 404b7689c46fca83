use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::shipped().unwrap());

#[test]
fn the_shipped_table_is_whole() {
    assert!(TABLE.len() > 20_000, "{}", TABLE.len());
    assert!(SHIPPED.len() < 5 << 20, "{}", SHIPPED.len());
}

#[test]
fn texts_of_one_matter_are_near_though_they_share_no_word() {
    let near = |a: &str, b: &str| TABLE.embed_text(a).cosine(&TABLE.embed_text(b));
    for (one, same, other) in [
        ("锂离子电池", "储能电芯", "水稻育种"),
        ("污水处理", "水体净化", "芯片封装"),
        ("虫害防治", "农药", "焊接机器人"),
        ("抗癌药物", "肿瘤治疗", "风力发电机"),
    ] {
        assert!(
            near(one, same) > near(one, other) + 0.1,
            "{one}: {same} {} {other} {}",
            near(one, same),
            near(one, other)
        );
    }
}

#[test]
fn the_title_counts_more_than_the_body() {
    let both = TABLE.embed("锂离子电池", "水稻育种的新方法");
    let battery = both.cosine(&TABLE.embed_text("锂离子电池"));
    let rice = both.cosine(&TABLE.embed_text("水稻育种的新方法"));
    assert!(battery > rice, "{battery} {rice}");
}

#[test]
fn nothing_known_is_nothing() {
    assert_eq!(TABLE.embed("", ""), Vector::ZERO);
    assert_eq!(Vector::ZERO.less(&[0.0; DIMS]), Vector::ZERO);
}

#[test]
fn damage_is_found() {
    assert_eq!(Table::read(b"JB").unwrap_err(), BadTable::NotATable);
    assert_eq!(Table::read(b"XXXXXXXXXXXX").unwrap_err(), BadTable::NotATable);
    assert_eq!(
        Table::read(&SHIPPED[..SHIPPED.len() - 1]).unwrap_err(),
        BadTable::Damaged
    );
    let mut other = SHIPPED.to_vec();
    other[4] = 9;
    assert_eq!(Table::read(&other).unwrap_err(), BadTable::OtherVersion);
    let mut huge = SHIPPED[..600].to_vec();
    huge[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(Table::read(&huge).unwrap_err(), BadTable::Damaged);
}

#[test]
fn the_mean_of_one_is_itself() {
    let vector = TABLE.embed_text("锂离子电池");
    assert_eq!(Vector::unit(&mean([&vector])), vector);
    assert_eq!(mean([]), [0.0; DIMS]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_has_a_vector_of_unit_length_or_none(title in "\\PC{0,40}", body in "\\PC{0,300}") {
        let vector = TABLE.embed(&title, &body);
        let length = vector.cosine(&vector);
        prop_assert!(vector == Vector::ZERO || (0.9..1.1).contains(&length), "{}", length);
    }

    #[test]
    fn a_vector_comes_back_from_bytes_and_json(numbers in proptest::collection::vec(any::<i8>(), DIMS)) {
        let vector = Vector(numbers.try_into().unwrap());
        prop_assert_eq!(Vector::from_bytes(vector.to_bytes()), vector);
        let json = serde_json::to_string(&vector).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vector>(&json).unwrap(), vector);
    }

    #[test]
    fn any_bytes_are_taken_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let mut table = b"JBST\x01\x00\x00\x00".to_vec();
        table.extend(bytes);
        let _ = Table::read(&table);
    }
}

/// The likeliest way by trying all, to compare with.
fn cut_slowly(pieces: &[(&str, u32, f32)], unknown: f32, chars: &[char]) -> f32 {
    if chars.is_empty() {
        return 0.0;
    }
    let one = unknown + cut_slowly(pieces, unknown, &chars[1..]);
    pieces
        .iter()
        .filter(|(piece, ..)| {
            let piece: Vec<char> = piece.chars().collect();
            chars.starts_with(&piece)
        })
        .map(|(piece, _, score)| score + cut_slowly(pieces, unknown, &chars[piece.chars().count()..]))
        .fold(one, f32::max)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Also where characters are of one kind to the tree, and beyond the first plane.
    #[test]
    fn a_text_is_cut_in_the_likeliest_way(text in "[一七丿a𠀀𠁀]{0,9}", scores in proptest::collection::vec(-9_f32..-1.0, 7)) {
        let names = ["一", "一七", "七丿a", "丿", "a𠀀", "𠀀𠁀", "𠁀"];
        let pieces: Vec<(&str, u32, f32)> = names.iter().zip(&scores).zip(0..).map(|((name, score), id)| (*name, id, *score)).collect();
        let unknown = scores.iter().copied().fold(0.0, f32::min) - 10.0;
        let chars: Vec<char> = text.chars().collect();
        let cut = Pieces::numbered(pieces.iter().copied()).cut(&text);
        let cost: f32 = cut.iter().map(|piece| piece.map_or(unknown, |id| scores[id])).sum();
        prop_assert!((cost - cut_slowly(&pieces, unknown, &chars)).abs() < 1e-3, "{cut:?}");
    }
}
