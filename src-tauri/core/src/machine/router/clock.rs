//! Handling a clock that cannot be trusted.

use super::Router;

impl Router<'_> {
    /// Limits each wait for a quota to the quota's window from now, since the clock was set back, or may have been
    /// while Keyfob was not running.
    pub(super) fn count_from_now(&mut self) {
        let now = self.now;
        self.desk.kept.connections.values_mut().for_each(|c| {
            c.grant.spent.none_later_than(now);
            c.grant.uncertain.none_later_than(now);
        });
    }
}
