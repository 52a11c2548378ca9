//! Runs the fuzz targets with any compiler and without coverage guidance: a generator with a fixed seed mutates the
//! corpus. A failure prints its bytes and writes them to `target/fuzz/`, from where they can be added to the corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

#[path = "../proof/mod.rs"]
mod proof;
#[path = "../split_mix/mod.rs"]
mod split_mix;
#[path = "src/lib.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use split_mix::SplitMix;

/// What an attacker who has read the sources would insert.
const WORDS: [&[u8]; 40] = [
    b"cliqkeyfob://callback?",
    b"http://localhost:28473/callback?",
    b"state=",
    b"code=1000.",
    b"&",
    b"=",
    b"%",
    b"#",
    b"error=",
    b"access_denied",
    b"location=",
    b"accounts-server=",
    b"https://",
    b"accounts.zoho.eu",
    b"accounts.zoho.com",
    b".evil.example",
    b"@",
    b"\"access_token\":",
    b"\"refresh_token\":",
    b"\"error\":",
    b"\"expires_in\":",
    b"\"expires_in_sec\":",
    b"null",
    b"3600000",
    b"-1",
    b"1e308",
    b"{",
    b"}",
    b"[",
    b"\"",
    b",",
    b"\\ud800",
    b"\0",
    b"\xff",
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    b"age-encryption.org/v1\n",
    b"keyfob vault 1 ",
    b"\n",
    b"18446744073709551615",
];

struct Chance(SplitMix);

impl Chance {
    /// A number below `limit`; 0 when `limit` is 0.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.0.next() >> 1).unwrap() % limit.max(1)
    }

    fn one_of<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A seed with one to eight changes.
    fn changed(&mut self, seeds: &[&[u8]]) -> Vec<u8> {
        let mut bytes = self.one_of(seeds).to_vec();
        for _ in 0..=self.below(8) {
            let (at, byte) = (self.below(bytes.len() + 1), self.0.next().to_le_bytes()[0]);
            let until = at + self.below(bytes.len() - at + 1).min(32);
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, byte),
                2 => drop(bytes.drain(at..until)),
                3 => drop(bytes.splice(at..at, self.one_of(&WORDS).iter().copied())),
                4 => drop(bytes.splice(at..until, self.one_of(&WORDS).iter().copied())),
                5 => {
                    let other = self.one_of(seeds);
                    let from = self.below(other.len() + 1);
                    drop(bytes.splice(at.., other[from..].iter().copied()));
                }
                6 => bytes.extend_from_within(at..until),
                _ => {
                    if let Some(changed) = bytes.get_mut(at) {
                        *changed ^= 1 << (byte % 8);
                    }
                }
            }
        }
        bytes.truncate(1 << 14);
        bytes
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folders = ["tests/fuzz/corpus", "src-tauri/zoho-oauth/fuzz/corpus"].map(|of| root().join(of).join(name));
    let folder = folders.into_iter().find(|folder| folder.is_dir()).expect("the target has a corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "the corpus of {name} is empty");
    let mut seeds: Vec<Vec<u8>> = files.into_iter().map(|path| fs::read(path).unwrap()).collect();
    if name == "record" {
        seeds.push(targets::kept());
    }
    seeds
}

const MILLION: usize = 1_000_000;

/// Runs a target a million times, or six million, and panics when a run fails.
fn survives(name: &str) {
    survives_runs(name, proof::rounds(MILLION, 6 * MILLION));
}

/// The same with this number of runs.
fn survives_runs(name: &str, runs: usize) {
    let seeds = corpus(name);
    let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
    let mut chance = Chance(SplitMix(name.bytes().map(u64::from).sum()));
    for run in 0..runs.max(seeds.len()) {
        let bytes = seeds.get(run).map_or_else(|| chance.changed(&seeds), |seed| seed.to_vec());
        if catch_unwind(|| targets::run(name, &bytes)).is_err() {
            let left = root().join("target/fuzz").join(format!("{name}.by-chance"));
            fs::create_dir_all(left.parent().unwrap()).unwrap();
            fs::write(&left, &bytes).unwrap();
            panic!("{name} fell at run {run}; its bytes are in {}: {}", left.display(), bytes.escape_ascii());
        }
    }
    proof::figure(&format!("fuzz by chance, {name}"), format!("{runs} runs, 0 fell"), "0 fell");
}

// Shows N5, N9.
#[test]
fn a_response_becomes_tokens_or_a_problem() {
    survives("answer");
}

// Shows D1.
#[test]
fn a_link_is_read_or_refused() {
    survives("callback");
}

#[test]
fn a_server_date_is_a_moment_or_none() {
    survives("date");
}

// Shows N9.
#[test]
fn a_device_response_opens_only_the_regions_own_page() {
    survives("device");
}

#[test]
fn a_handover_is_whole_or_refused() {
    survives("handover");
}

// Shows T23.
#[test]
fn no_intent_of_the_page_leaks_a_secret() {
    survives_runs("intent", proof::rounds(50_000, 300_000));
}

// Shows T1.
#[test]
fn a_million_links_do_nothing_without_the_state() {
    survives("link");
}

// Shows T24.
#[test]
fn a_pasted_text_is_read_or_refused() {
    survives_runs("pasted", proof::rounds(MILLION, 3 * MILLION));
}

#[test]
fn a_record_is_read_or_left_unchanged() {
    survives_runs("record", proof::rounds(100_000, MILLION));
}

// Shows T7.
#[test]
fn a_server_is_in_the_region_table_or_refused() {
    survives("region");
}

// Shows T7.
#[test]
fn a_regions_file_adds_all_regions_or_none() {
    survives("regions_file");
}

#[test]
fn a_console_file_is_read_or_refused() {
    survives("self_client");
}

#[test]
fn a_setup_is_well_formed_or_refused() {
    survives("setup_file");
}

#[test]
fn typed_permissions_are_scope_tokens_or_refused() {
    survives_runs("typed", proof::rounds(200_000, MILLION));
}

#[test]
fn a_vault_file_is_whole_or_rejected() {
    survives("vault");
}

#[test]
fn a_socket_line_is_a_request_or_ignored() {
    survives("cli_request");
}

#[test]
fn every_target_is_run_here_and_has_a_corpus() {
    let source = include_str!("by_chance.rs");
    for (name, _) in targets::all() {
        let run = [format!("    survives(\"{name}\");"), format!("    survives_runs(\"{name}\", ")];
        assert!(run.iter().any(|line| source.contains(line)) && !corpus(name).is_empty(), "{name}");
    }
}
