//! The memory of a process, as a debugger reads it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use super::forms::{Found, Seeker};

const PAGE: u64 = 4096;

/// Larger mappings are read in pieces of this size.
const PIECE: u64 = 16 << 20;

/// The overlap of pieces, at least the longest form of a secret.
const OVERLAP: u64 = PAGE;

/// Finds secrets in all writable memory of a process; also returns the number of bytes read.
pub fn of_process(seeker: &Seeker, place: &str, pid: u32) -> (Vec<Found>, u64) {
    let open =
        |name: &str| File::open(format!("/proc/{pid}/{name}")).unwrap_or_else(|e| panic!("{place}: {name}: {e}"));
    let (memory, pages) = (open("mem"), open("pagemap"));
    let (mut found, mut read) = (Vec::new(), 0);
    for (begin, end) in written(pid).into_iter().flat_map(|(begin, end)| there(&pages, begin, end)) {
        let mut at = begin;
        while at < end {
            let until = end.min(at + PIECE);
            let mut bytes = vec![0; usize::try_from(until - at).unwrap()];
            // The memory may be freed this very moment.
            if memory.read_exact_at(&mut bytes, at).is_ok() {
                read += until - at;
                found.extend(seeker.finds(place, &bytes));
            }
            at = if until == end { end } else { until - OVERLAP };
        }
    }
    found.sort_by_key(|f| (f.name, f.form));
    found.dedup();
    (found, read)
}

/// The writable mappings with any content.
fn written(pid: u32) -> Vec<(u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap_or_default();
    let (mut mappings, mut last) = (Vec::new(), None);
    for line in text.lines() {
        let mut fields = line.split_whitespace();
        let (first, second) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        if let Some((begin, end)) = first.split_once('-') {
            let number = |hex| u64::from_str_radix(hex, 16).unwrap();
            last = second.starts_with("rw").then(|| (number(begin), number(end)));
        } else if first == "Rss:" && second != "0" {
            mappings.extend(last);
        }
    }
    mappings
}

/// The parts of a mapping that are in memory: much of it may only be reserved.
fn there(pages: &File, begin: u64, end: u64) -> Vec<(u64, u64)> {
    const PRESENT: u8 = 0x80;
    let mut entries = vec![0; usize::try_from((end - begin) / PAGE * 8).unwrap()];
    if pages.read_exact_at(&mut entries, begin / PAGE * 8).is_err() {
        return vec![(begin, end)];
    }
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (at, entry) in (begin..end).step_by(4096).zip(entries.chunks_exact(8)) {
        if entry[7] & PRESENT == 0 {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 += PAGE,
            _ => runs.push((at, at + PAGE)),
        }
    }
    runs
}
