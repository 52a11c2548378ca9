//! The page that the user has open, once the vault is open.

use crate::domain::connection::ConnectionId;

/// The page of the window.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum OpenPage {
    #[default]
    Home,
    Wizard,
    Connection(ConnectionId),
}
