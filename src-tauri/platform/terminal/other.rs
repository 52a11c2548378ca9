//! Systems where the terminal shows the input: the user is warned. Not tested there.

use std::io::{self, Write};

pub(crate) struct HiddenInput;

impl HiddenInput {
    pub(crate) fn begin() -> Option<Self> {
        let _ = writeln!(io::stderr(), "(What you type is shown.)");
        None
    }
}
