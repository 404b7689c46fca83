//! Whether the machine can be trusted with a lot: the clock of the wall against the monotonic one, and gaps.

use crate::log::{At, Trouble};

/// How far the wall's clock may go apart from the monotonic one between two looks, in microseconds.
pub const CLOCK_JUMP_MICROS_MAX: i64 = 100_000;
/// How long no look may take place, in microseconds.
pub const GAP_MICROS_MAX: i64 = 2_000_000;

/// Looks at both clocks, again and again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Health {
    last: Option<(At, i64)>,
}

impl Health {
    /// A look: by the wall, and by the monotonic clock in microseconds. What is wrong since the last look, if something is.
    pub fn look(&mut self, wall: At, monotonic: i64) -> Option<Trouble> {
        let last = self.last.replace((wall, monotonic))?;
        let (by_wall, by_monotonic) = (wall.since(last.0), monotonic.saturating_sub(last.1));
        if by_monotonic > GAP_MICROS_MAX {
            return Some(Trouble::Gap);
        }
        let apart = by_wall.saturating_sub(by_monotonic);
        (apart.abs() > CLOCK_JUMP_MICROS_MAX).then_some(Trouble::Clock)
    }
}

#[cfg(test)]
mod tests {
    use super::Health;
    use crate::log::{At, Trouble};

    #[test]
    fn jumps_and_gaps_are_seen() {
        let mut health = Health::default();
        assert_eq!(health.look(At(1_000_000), 0), None);
        assert_eq!(health.look(At(1_500_000), 500_000), None);
        assert_eq!(health.look(At(1_550_000), 600_000), None, "a clock that is slewed");
        assert_eq!(health.look(At(1_750_001), 700_000), Some(Trouble::Clock));
        assert_eq!(health.look(At(1_000_000), 800_000), Some(Trouble::Clock), "back");
        assert_eq!(health.look(At(3_100_000), 2_900_000), Some(Trouble::Gap));
    }
}
