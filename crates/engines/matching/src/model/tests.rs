use super::file::half;
use super::*;

/// A model of two pieces, one layer and 32 numbers, in which every tensor is there and small.
fn tiny() -> Vec<u8> {
    let mut out = b"E5S1".to_vec();
    let ints = |out: &mut Vec<u8>, all: &[u32]| all.iter().for_each(|x| out.extend(x.to_le_bytes()));
    ints(&mut out, &[1, 32, 1, 2, 64, 6, 8, 1]);
    out.extend(1e-5_f32.to_le_bytes());
    ints(&mut out, &[1, 6, 0, 2, 1, 3]);
    let pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "电池"];
    let blob: String = pieces.concat();
    out.extend((blob.len() as u64).to_le_bytes());
    let mut offset = 0;
    for piece in pieces.iter().chain([&""]) {
        ints(&mut out, &[offset]);
        offset += u32::try_from(piece.len()).unwrap();
    }
    (0..6).for_each(|n| out.extend((-1.0 - n as f32).to_le_bytes()));
    out.extend(blob.as_bytes());
    // One mapping: a full-width space to a space.
    ints(&mut out, &[1, 9, 0x3000]);
    out.push(1);
    ints(&mut out, &[0x20]);
    let mut tensors: Vec<(String, usize, bool)> = vec![
        ("emb.word".into(), 6 * 32, true),
        ("emb.pos".into(), 8 * 32, false),
        ("emb.type".into(), 32, false),
    ];
    for name in ["emb.ln", "l0.aln", "l0.oln"] {
        tensors.push((format!("{name}.w"), 32, false));
        tensors.push((format!("{name}.b"), 32, false));
    }
    for (name, from, to) in [
        ("q", 32, 32),
        ("k", 32, 32),
        ("v", 32, 32),
        ("ao", 32, 32),
        ("fi", 32, 64),
        ("fo", 64, 32),
    ] {
        tensors.push((format!("l0.{name}.w"), from * to, true));
        tensors.push((format!("l0.{name}.b"), to, false));
    }
    let head: usize = 4 + tensors.iter().map(|(name, ..)| 2 + name.len() + 21).sum::<usize>();
    let mut data = Vec::new();
    let begin = out.len() + head;
    ints(&mut out, &[u32::try_from(tensors.len()).unwrap()]);
    for (name, elements, is_quantised) in tensors {
        out.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        out.extend(name.as_bytes());
        out.push(u8::from(is_quantised));
        out.extend(u32::try_from(elements).unwrap().to_le_bytes());
        out.extend(((begin + data.len()) as u64).to_le_bytes());
        let before = data.len();
        if is_quantised {
            for n in 0..elements / 32 {
                data.extend(0x2E66_u16.to_le_bytes());
                (0..16_usize).for_each(|k| data.push(u8::try_from((n * 7 + k * 13) % 256).unwrap()));
            }
        } else {
            (0..elements).for_each(|n| data.extend((0.01 * (n % 5) as f32 + 0.1).to_le_bytes()));
        }
        out.extend(((data.len() - before) as u64).to_le_bytes());
    }
    out.extend(data);
    out
}

#[test]
fn a_model_gives_unit_vectors_that_tell_texts_apart() {
    let model = Model::new(tiny()).unwrap();
    let (one, other) = (
        model.embed("电池", Side::Query),
        model.embed("电池电池电池", Side::Query),
    );
    assert!((one.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-4);
    assert!(one.iter().zip(&other).any(|(a, b)| (a - b).abs() > 1e-4));
    assert_eq!(model.embed("电池", Side::Query), one);
}

#[test]
fn an_item_is_its_title_and_some_of_its_body() {
    let model = Model::new(tiny()).unwrap();
    let alone = model.direction("电池", " ", Side::Passage);
    assert!(
        alone
            .iter()
            .zip(model.embed("电池", Side::Passage))
            .all(|(a, b)| (a - b).abs() < 1e-5)
    );
    let both = model.direction("电池", "电池龘", Side::Passage);
    assert!((both.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-4);
    assert!(both.iter().zip(&alone).any(|(a, b)| (a - b).abs() > 1e-5));
}

#[test]
fn texts_are_cut_as_the_model_knows_them() {
    let model = Model::new(tiny()).unwrap();
    assert_eq!(model.cut("电池\u{3000}  电池"), [0, 4, 5, 4, 5, 2]);
    assert_eq!(model.cut("龘电池"), [0, 4, 3, 5, 2]);
    assert_eq!(model.cut(&"电池".repeat(2_000)).len(), PIECES_MAX);
}

#[test]
fn what_is_no_model_is_refused() {
    let whole = tiny();
    assert_eq!(Model::new(b"GGUF".to_vec()).unwrap_err(), BadModel::NotAModel);
    for cut in (0..whole.len()).step_by(97) {
        assert!(Model::new(whole[..cut].to_vec()).is_err(), "{cut}");
    }
    // No byte of the head, however changed, brings it down.
    for at in 4..700 {
        for value in [0, 1, 127, 255] {
            let mut other = whole.clone();
            other[at] = value;
            if let Ok(model) = Model::new(other) {
                let _ = model.embed("电池", Side::Passage);
            }
        }
    }
}

#[test]
fn halves_are_read() {
    for (bits, value) in [
        (0x3C00, 1.0),
        (0xC000, -2.0),
        (0x0001, 2_f32.powi(-24)),
        (0x2E66, 0.099_975_586),
        (0, 0.0),
    ] {
        assert_eq!(half(bits), value);
    }
    assert!(half(0x7C00).is_infinite());
}
