//! When the buttons of a dialog become active.

use std::time::{Duration, Instant};

/// How long the answer buttons stay disabled after the dialog came to the front.
pub(super) const SETTLING: Duration = Duration::from_millis(500);

/// What the timer does that was started when the dialog came to the front.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Due {
    /// Enable the buttons.
    Arm,
    /// The timer fired too early; start it again for this time.
    Wait(Duration),
    /// Do nothing: the dialog has come to the front again, which started another timer.
    Leave,
}

/// Decides what the timer started at `began` does; `last` is when the dialog last came to the front.
pub(super) fn due(began: Instant, last: Instant, now: Instant) -> Due {
    let left = SETTLING.saturating_sub(now.saturating_duration_since(began));
    match left {
        _ if began != last => Due::Leave,
        Duration::ZERO => Due::Arm,
        left => Due::Wait(left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Shows T23.
    #[test]
    fn buttons_become_active_after_half_a_second_in_front() {
        let began = Instant::now();
        let after = |millis| due(began, began, began + Duration::from_millis(millis));
        assert_eq!(after(500), Due::Arm);
        assert_eq!(after(10_000), Due::Arm);
        assert_eq!(after(499), Due::Wait(Duration::from_millis(1)));
        assert_eq!(after(0), Due::Wait(SETTLING));
    }

    #[test]
    fn returning_to_the_front_disables_the_buttons_again() {
        let first = Instant::now();
        let again = first + Duration::from_millis(400);
        assert_eq!(due(first, again, first + SETTLING), Due::Leave);
        assert_eq!(due(again, again, first + SETTLING), Due::Wait(Duration::from_millis(400)));
        assert_eq!(due(again, again, again + SETTLING), Due::Arm);
    }
}
