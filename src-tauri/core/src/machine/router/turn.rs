//! One event's turn.

use crate::Moment;
use crate::machine::desk::Desk;

/// The Desk and the time. The router alone sees it.
pub(super) struct Turn<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) now: Moment,
}
