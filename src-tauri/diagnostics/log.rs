//! Log lines for the terminal that Keyfob was started from.
//!
//! **Invariant:** a line contains only Keyfob's own sentences, kinds of errors and source locations, and no text from
//! outside.

use std::fmt::Arguments;
use std::io::Write;

/// Writes one line to standard error; ignores failures.
pub fn line(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "keyfob: {line}");
}
