//! The terminal shows what is typed, and the user is warned. Not tested on such a system.

use std::io::{self, Write};

pub(crate) struct HiddenInput;

impl HiddenInput {
    pub(crate) fn begin() -> Option<Self> {
        let _ = writeln!(io::stderr(), "(What you type is shown.)");
        None
    }
}
