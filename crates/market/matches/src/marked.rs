//! Texts with the words marked that were searched for, as templates write them: piece by piece, each escaped.

use matching::Marked;
use serde::Serialize;
use utoipa::ToSchema;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Piece {
    /// The piece.
    pub(crate) text: String,
    /// Whether it was searched for.
    pub(crate) marked: bool,
}

/// The pieces of a marked text, in order.
#[must_use]
pub(crate) fn pieces(marked: &Marked) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut add = |text: Option<&str>, marked: bool| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.push(Piece {
                text: text.to_owned(),
                marked,
            });
        }
    };
    for range in &marked.marks {
        add(marked.text.get(at..range.start), false);
        add(marked.text.get(range.clone()), true);
        at = range.end;
    }
    add(marked.text.get(at..), false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_the_text_again() {
        let marked = Marked {
            text: "磷酸铁锂回收方法".into(),
            marks: vec![0..12, 12..18],
        };
        let all = pieces(&marked);
        assert_eq!(all.iter().map(|p| p.text.as_str()).collect::<String>(), marked.text);
        assert_eq!(all.iter().map(|p| p.marked).collect::<Vec<_>>(), [true, true, false]);
        // A mark that does not fit the text marks nothing and breaks nothing.
        let odd = Marked {
            text: "电池".into(),
            marks: std::iter::once(1..4).collect(),
        };
        assert!(pieces(&odd).iter().all(|p| !p.marked));
    }
}
