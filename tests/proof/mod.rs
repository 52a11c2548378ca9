//! The size of a proof, and its figures.
//!
//! `make test` runs proofs at a size that shows a fault soon; `make prove` sets `KEYFOB_PROVE` and runs them in full. Figures go to
//! the test's output, and to the file that `KEYFOB_FIGURES` names, from which `make prove` makes its table.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write;

/// Whether proofs run at their full size.
pub fn is_full() -> bool {
    std::env::var_os("KEYFOB_PROVE").is_some()
}

/// The number of rounds: `gate` in `make test`, `full` in `make prove`.
pub fn rounds(gate: usize, full: usize) -> usize {
    if is_full() { full } else { gate }
}

/// Reports what was found beside what is required. It does not judge; the test does.
pub fn figure(measure: &str, found: impl Display, wanted: &str) {
    println!("figure: {measure}: {found} (wanted: {wanted})");
    let Some(path) = std::env::var_os("KEYFOB_FIGURES") else { return };
    let line = format!("{measure}\t{found}\t{wanted}\n");
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(line.as_bytes())).expect("KEYFOB_FIGURES names a file that can be written");
}
