//! A clock that cannot be believed.

use super::Router;

impl Router<'_> {
    /// The clock was set back, or may have been while Keyfob was not running: nobody waits longer than the limit's time
    /// from now.
    pub(super) fn count_from_now(&mut self) {
        let now = self.now;
        self.desk.kept.connections.values_mut().for_each(|c| {
            c.grant.spent.none_later_than(now);
            c.grant.uncertain.none_later_than(now);
        });
    }
}
