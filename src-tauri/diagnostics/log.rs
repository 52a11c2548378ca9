//! Lines for whoever started Keyfob from a terminal.
//!
//! **Invariant:** sentences of our own, kinds of errors and places in our code; never a word from outside.

use std::fmt::Arguments;
use std::io::Write;

/// Writes one line. Where nobody listens, nothing is lost.
pub fn line(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "keyfob: {line}");
}
