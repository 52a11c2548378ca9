//! Links that the system passes to Keyfob.

use super::Router;

impl Router<'_> {
    /// Handles a link: the final page's request to bring Keyfob to the front, or a redirect. Its facts are passed on
    /// before the next link is read, or two that waited for the vault could both answer one sign-in.
    pub(super) fn link_came(&mut self, link: &[u8]) {
        if !self.sign_in().front_asked(link) {
            self.sign_in().link_arrived(link);
            self.pass_on();
        }
    }
}
