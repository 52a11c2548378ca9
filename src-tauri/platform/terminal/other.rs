//! The terminal shows what is typed, and that is said. This has not run there.

use std::io::{self, Write};

pub(crate) struct HiddenInput;

impl HiddenInput {
    pub(crate) fn begin() -> Option<Self> {
        let _ = writeln!(io::stderr(), "(What you type is shown.)");
        None
    }
}
