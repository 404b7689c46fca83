//! Many rows in statements of few lengths.

use uuid::Uuid;

use crate::{Conn, ROWS_A_STATEMENT, Result, on};

/// Cuts rows into parts whose lengths are powers of two, at most `max` long: 200 rows into 128, 64 and 8. Statements of
/// many rows then have a dozen texts in all, which stay prepared, whatever the numbers of rows are.
pub fn by_powers<T>(rows: &[T], max: usize) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let most = rest.len().min(max.max(1));
        let length = 1_usize << most.checked_ilog2()?;
        let (part, behind) = rest.split_at(length);
        rest = behind;
        Some(part)
    })
}

/// Runs a statement that ends with `IN (…)` for ids, as often as their number asks for. `head` goes up to the bracket.
///
/// # Errors
/// The store's.
pub async fn for_ids(conn: &mut Conn, head: &'static str, ids: &[Uuid]) -> Result<u64> {
    let mut done = 0;
    for part in by_powers(ids, ROWS_A_STATEMENT) {
        done += on!(&mut *conn, c => {
            let mut query = sqlx::QueryBuilder::new(head);
            query.push("(");
            let mut list = query.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            query.push(")");
            query.build().execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::by_powers;

    #[test]
    fn parts_are_powers_and_all() {
        for (rows, max) in [(0, 5), (1, 1), (200, 500), (1000, 300), (7, 0)] {
            let all: Vec<usize> = (0..rows).collect();
            let parts: Vec<&[usize]> = by_powers(&all, max).collect();
            assert_eq!(parts.concat(), all);
            assert!(
                parts
                    .iter()
                    .all(|part| part.len().is_power_of_two() && part.len() <= max.max(1))
            );
        }
        let lengths: Vec<usize> = by_powers(&[0; 200], 500).map(<[i32]>::len).collect();
        assert_eq!(lengths, [128, 64, 8]);
    }
}
