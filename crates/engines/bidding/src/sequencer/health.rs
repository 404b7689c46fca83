//! Whether the machine can be trusted with a lot: the clock of the wall against the monotonic one, and gaps.

use crate::log::{At, Trouble};

/// How far the wall's clock may go apart from the monotonic one between two looks, in microseconds.
pub const CLOCK_JUMP_MICROS_MAX: i64 = 100_000;
/// How long no look may take place, in microseconds.
pub const GAP_MICROS_MAX: i64 = 2_000_000;

/// Looks at both clocks, again and again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Health {
    last: Option<(At, i64, i64)>,
}

impl Health {
    /// A look: by the wall, and by the monotonic clock in microseconds. What is wrong since the last look, if something is.
    pub fn look(&mut self, wall: At, monotonic: i64) -> Option<Trouble> {
        self.look_between(wall, monotonic, monotonic)
    }

    /// A look at a wall's clock that is far away: it was read at some time between two instants of the monotonic one, and
    /// what it may be apart by that is no jump.
    pub fn look_between(&mut self, wall: At, before: i64, after: i64) -> Option<Trouble> {
        let (wall_then, before_then, after_then) = self.last.replace((wall, before, after))?;
        let by_wall = wall.since(wall_then);
        let (least, most) = (before.saturating_sub(after_then), after.saturating_sub(before_then));
        if least > GAP_MICROS_MAX {
            return Some(Trouble::Gap);
        }
        let slow = by_wall.saturating_add(CLOCK_JUMP_MICROS_MAX) < least;
        let fast = by_wall.saturating_sub(CLOCK_JUMP_MICROS_MAX) > most;
        (slow || fast).then_some(Trouble::Clock)
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

    #[test]
    fn a_slow_answer_is_no_jump() {
        let mut health = Health::default();
        assert_eq!(health.look_between(At(1_000_000), 0, 900_000), None);
        // Between 0.1 and 1.9 s went by, and the far clock says 1.2.
        assert_eq!(health.look_between(At(2_200_000), 1_000_000, 1_900_000), None);
        assert_eq!(
            health.look_between(At(4_400_000), 2_000_000, 2_100_000),
            Some(Trouble::Clock)
        );
    }
}
