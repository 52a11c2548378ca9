//! Changes Keyfob in small ways, one at a time, and counts how many changes the tests notice: cargo-mutants over the modules
//! where a fault costs most.
//!
//! Changes that no test noticed are listed in `target/mutants/NAME/mutants.out/missed.txt`.

use std::fs;

use crate::figures;
use crate::run::{self, Failure, path, program};

/// The least share of changes to notice in each area, in per cent.
const FLOOR: usize = 80;

/// Without a shard, a sixteenth of all changes, always the same.
const SHARD: &str = "0/16";

/// Modules that are changed together, and the tests that have to notice.
struct Area {
    name: &'static str,
    package: &'static str,
    files: &'static [&'static str],
    options: &'static [&'static str],
    cargo: &'static [&'static str],
    tests: &'static [&'static str],
}

/// No test is named for the first two areas: cargo-mutants tries the unchanged dialect with its own tests alone, and the stories
/// are the core's. That run is short and says nothing of the time a changed one takes, hence the explicit limit.
const STORIES: [&str; 6] = ["--skip", "a_year", "--skip", "a_thousand_back", "--skip", "chaos"];
const AREAS: [Area; 3] = [
    Area {
        name: "dialect",
        package: "zoho-oauth",
        files: &[
            "src-tauri/zoho-oauth/src/request.rs",
            "src-tauri/zoho-oauth/src/authorization_request.rs",
            "src-tauri/zoho-oauth/src/authorization_response.rs",
            "src-tauri/zoho-oauth/src/region.rs",
            "src-tauri/zoho-oauth/src/region/origin.rs",
            "src-tauri/zoho-oauth/src/token_response.rs",
            "src-tauri/zoho-oauth/src/token_response/body.rs",
            "src-tauri/zoho-oauth/src/token_response/error_code.rs",
        ],
        options: &["--test-package=zoho-oauth,keyfob-core", "--timeout=300"],
        cargo: &["--tests"],
        tests: &STORIES,
    },
    Area {
        name: "core",
        package: "keyfob-core",
        files: &[
            "src-tauri/core/src/formats/vault_record.rs",
            "src-tauri/core/src/machine/tokens.rs",
            "src-tauri/core/src/machine/sign_in/redirect.rs",
            "src-tauri/core/src/machine/sign_in/exchange.rs",
        ],
        options: &["--timeout=300"],
        cargo: &["--tests"],
        tests: &STORIES,
    },
    Area {
        name: "shell",
        package: "keyfob",
        files: &[
            "src-tauri/storage/vault.rs",
            "src-tauri/storage/atomic_file.rs",
            "src-tauri/net/https.rs",
            "src-tauri/storage/vault/*.rs",
        ],
        options: &[],
        cargo: &["--test=vault", "--test=durable", "--test=handover", "--test=zoho", "--test=network"],
        tests: &[],
    },
];

pub(crate) fn mutants(arguments: &[&str]) -> Result<(), Failure> {
    let shard = match arguments {
        [] => SHARD,
        [shard] => shard,
        _ => return Err(Failure::Unable("Name one shard, such as 0/4.".to_owned())),
    };
    run::tool("cargo-mutants", "27.1.0")?;
    let mut holds = true;
    for area in &AREAS {
        holds &= area.is_noticed(shard)?;
    }
    if holds { Ok(()) } else { Err(Failure::DoesNotHold) }
}

impl Area {
    fn is_noticed(&self, shard: &str) -> Result<bool, Failure> {
        let output = path("target/mutants").join(self.name);
        fs::create_dir_all(&output)?;
        let mut mutants = program("cargo", &["mutants", "--no-config", "--package", self.package]);
        // Prints for people who debug change nothing, and flags without a common bit are the same either way. The built page is ignored
        // by git, and needed.
        mutants.args([
            "--exclude-re",
            "impl fmt::Debug",
            "--exclude-re",
            r"replace \| with \^",
            "--gitignore",
            "false",
        ]);
        mutants.args([
            "--shard",
            shard,
            "--sharding",
            "round-robin",
            "--no-shuffle",
            "--jobs",
            "1",
            "--colors",
            "never",
        ]);
        mutants.arg("--output").arg(&output).args(self.files.iter().flat_map(|file| ["--file", *file]));
        mutants.args(self.options).arg("--cargo-arg=--locked");
        mutants.args(self.cargo.iter().map(|argument| format!("--cargo-arg={argument}")));
        if !self.tests.is_empty() {
            mutants.args(["--", "--"]).args(self.tests);
        }
        mutants.env("CARGO_TARGET_DIR", path("target/mutants/build"));
        mutants.env("CARGO_INCREMENTAL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
        // A change is noticed by the first few cases of a property, or by none.
        mutants.env("PROPTEST_CASES", "32");
        // The figures of a changed program count for nothing.
        mutants.env_remove("KEYFOB_PROVE").env_remove(figures::FILE);
        // It fails wherever a change was missed; the lists say how many.
        run::succeeds(&mut mutants)?;

        let count = |list: &str| -> Result<usize, Failure> {
            let list = fs::read_to_string(output.join("mutants.out").join(format!("{list}.txt")))?;
            Ok(list.lines().count())
        };
        // A change that makes the tests run for ever is noticed too.
        let (noticed, missed) = (count("caught")? + count("timeout")?, count("missed")?);
        let all = noticed + missed;
        if all == 0 {
            return Err(Failure::Unable(format!("{}: nothing was changed", self.name)));
        }
        let percent = 100 * noticed / all;
        println!(
            "{}: {noticed} of {all} changes were noticed, {percent} %; at least {FLOOR} % are required.",
            self.name
        );
        figures::add(
            &format!("changes (mutants) of the {} that tests notice, {shard}", self.name),
            &format!("{noticed} of {all}, {percent} %"),
            &format!("at least {FLOOR} %"),
        )?;
        Ok(percent >= FLOOR)
    }
}
