use proptest::prelude::*;

use super::*;
use crate::table::DIMS;

fn towards(at: usize) -> Vector {
    let mut direction = [0.0; DIMS];
    direction[at] = 1.0;
    Vector::unit(&direction)
}

fn offer(at: usize) -> Item {
    Item::new(towards(at), [(at as u64, 1.0)])
}

fn judged(need: u128, at: usize, level: f32) -> Judged {
    Judged {
        need,
        need_vector: towards(usize::try_from(need).unwrap()),
        offer: offer(at),
        level,
        expected: 2.0,
    }
}

#[test]
fn a_verdict_moves_like_offers_of_its_need_at_once() {
    let memory = Memory::new(vec![judged(1, 10, 4.0), judged(1, 20, 1.0)]);
    let shift = |need, at| {
        memory
            .says(need, &towards(usize::try_from(need).unwrap()), &offer(at), None)
            .shift()
    };
    assert!(shift(1, 10) > 0.5, "{}", shift(1, 10));
    assert!(shift(1, 20) < -0.3, "{}", shift(1, 20));
    assert!(shift(1, 30).abs() < 0.2, "{}", shift(1, 30));
    assert!(shift(2, 10) < shift(1, 10));
    let none = Memory::default().says(1, &towards(1), &offer(10), None);
    assert_eq!(none.shift(), 0.0);
}

#[test]
fn a_verdict_left_out_says_nothing() {
    let memory = Memory::new(vec![judged(1, 10, 4.0)]);
    let says = memory.says(1, &towards(1), &offer(10), Some(0));
    assert_eq!(
        (says.count, says.prior, says.near, says.nearest),
        (0.0, 0.0, [0.0; 3], 0.0)
    );
}

#[test]
fn only_reasons_of_the_matter_teach() {
    assert_eq!(Why::ALL.iter().filter(|why| why.is_of_the_matter()).count(), 3);
    assert_eq!(serde_json::to_string(&Why::OtherField).unwrap(), "\"other-field\"");
}

#[test]
fn a_fit_finds_the_order_of_levels() {
    let rows: Vec<Vec<f32>> = (0..400).map(|n| vec![n as f32 / 100.0, (n % 7) as f32]).collect();
    let levels: Vec<u8> = (0..400_u32).map(|n| u8::try_from(1 + n / 100).unwrap()).collect();
    let model = Ordinal::fit(&rows, &levels).unwrap();
    for (row, level) in rows.iter().zip(&levels).skip(20).step_by(50) {
        let p = model.probabilities(row);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(p[usize::from(*level) - 1] > 0.5, "{row:?} {level} {p:?}");
    }
    let means: Vec<f32> = rows
        .iter()
        .map(|row| expected_level(&model.probabilities(row)))
        .collect();
    assert!(means.is_sorted_by(|a, b| *a <= *b + 0.2));
    assert_eq!(Ordinal::fit(&[], &[]), None);
    assert_eq!(Ordinal::fit(&[vec![1.0], vec![]], &[1, 2]), None);
}

proptest! {
    #[test]
    fn any_rows_can_be_fitted(
        rows in proptest::collection::vec(proptest::collection::vec(-1e4_f32..1e4, 3), 1..40),
        level in 1_u8..=4,
    ) {
        let levels: Vec<u8> = (0..rows.len()).map(|n| if n % 3 == 0 { level } else { 1 }).collect();
        let model = Ordinal::fit(&rows, &levels).unwrap();
        for row in &rows {
            let p = model.probabilities(row);
            prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", p);
        }
    }
}
