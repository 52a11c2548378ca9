//! What happened.

use crate::effect::{Answer, Ticket};
use crate::intent::Intent;

/// One thing that happened, in the order it did.
#[derive(Debug)]
pub enum Event {
    /// Keyfob started, and this is what `regions.json` holds, where it is there.
    Started {
        /// The file's text.
        regions_file: Option<String>,
    },
    /// A person asked for something.
    Asked(Intent),
    /// A link of ours was opened, by whomever; any bytes.
    LinkArrived(Vec<u8>),
    /// An effect answered.
    Answered(Ticket, Answer),
    /// It was time to look again, or the machine woke up.
    Looked,
}
