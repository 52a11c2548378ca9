//! Links from the world.

use super::Router;

impl Router<'_> {
    /// The page at the end asks for the front by a link, too. What a link brings about is done before the next one is
    /// looked at, or two that waited for the vault could both answer one sign-in.
    pub(super) fn link_came(&mut self, link: &[u8]) {
        if !self.sign_in().front_asked(link) {
            self.sign_in().link_arrived(link);
            self.pass_on();
        }
    }
}
