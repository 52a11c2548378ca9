//! How much a proof tries, and where it says what it found.
//!
//! `make test` tries enough to see a fault soon; `make prove` sets `KEYFOB_PROVE` and tries all there is time for. Figures go to
//! the test's output, and to the file that `KEYFOB_FIGURES` names, from which `make prove` makes its table.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write;

/// Whether all is tried that there is time for.
pub fn is_full() -> bool {
    std::env::var_os("KEYFOB_PROVE").is_some()
}

/// How many times to try: in `make test`, and in `make prove`.
pub fn rounds(gate: usize, full: usize) -> usize {
    if is_full() { full } else { gate }
}

/// Says what was found beside what was wanted. It does not judge: the test that found it does.
pub fn figure(measure: &str, found: impl Display, wanted: &str) {
    println!("figure: {measure}: {found} (wanted: {wanted})");
    let Some(path) = std::env::var_os("KEYFOB_FIGURES") else { return };
    let line = format!("{measure}\t{found}\t{wanted}\n");
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(line.as_bytes())).expect("KEYFOB_FIGURES names a file that can be written");
}
