//! Log lines for the terminal that Keyfob was started from.
//!
//! **Invariant:** a line holds our own sentences, kinds of errors and places in our code; no text from outside.

use std::fmt::Arguments;
use std::io::Write;

/// Writes one line; does nothing when there is no terminal.
pub fn line(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "keyfob: {line}");
}
