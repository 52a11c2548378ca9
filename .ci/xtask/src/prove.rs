//! Runs every proof at its full size and prints a table of what was found beside what was required.
//!
//! A part that fails is named in the table, and the others still run. The parts' output and the table are in `target/proof/`.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::figures;
use crate::run::{self, Failure, WORKSPACE, program};

/// A part of the proof and what it runs, in this order, until one fails.
struct Part {
    name: &'static str,
    steps: &'static [Step],
}

/// What one step runs, with its arguments.
enum Step {
    /// `cargo test` over the workspace.
    Tests(&'static str),
    /// `cargo test` of the core's stories.
    Stories(&'static str),
    /// `cargo test` of the core, optimised.
    Optimised(&'static str),
    /// The desktop tests, one after another, with the program that `WebDriver` may steer.
    Window(&'static str),
    /// Another task.
    Task(&'static str),
}

const PARTS: [Part; 10] = [
    Part { name: "killed", steps: &[Step::Tests("--test killed -- --nocapture")] },
    Part { name: "memory", steps: &[Step::Tests("--test memory")] },
    Part { name: "secrets", steps: &[Step::Window("secrets:: hostile:: many_starts::")] },
    Part {
        name: "network",
        steps: &[
            Step::Tests("--test network -- --nocapture --test-threads 1"),
            Step::Tests("--test connect -- --nocapture deliveries round_after_round thirty_days"),
            Step::Stories("-- --nocapture regions"),
        ],
    },
    Part { name: "between", steps: &[Step::Tests("--test connect -- --nocapture between")] },
    Part {
        name: "keyring",
        steps: &[Step::Tests("--test keychain -- --nocapture"), Step::Window("keyring:: ending::")],
    },
    Part {
        name: "many",
        steps: &[Step::Optimised(
            "--test stories -- --include-ignored --nocapture a_year whatever_comes_as_a_link attacker thirty_days",
        )],
    },
    Part { name: "chance", steps: &[Step::Optimised("--test fuzz -- --nocapture")] },
    Part { name: "fuzz", steps: &[Step::Task("fuzz 60")] },
    Part { name: "mutants", steps: &[Step::Task("mutants")] },
];

pub(crate) fn prove(names: &[&str]) -> Result<(), Failure> {
    if let Some(unknown) = names.iter().find(|name| !PARTS.iter().any(|part| part.name == **name)) {
        let known: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(Failure::Unable(format!("There is no part {unknown}; there are: {}", known.join(" "))));
    }
    let folder = run::empty_folder("target/proof")?;
    let file = folder.join("figures.tsv");
    fs::write(&file, "")?;
    let mut failed = Vec::new();
    for part in PARTS.iter().filter(|part| names.is_empty() || names.contains(&part.name)) {
        eprintln!("== {}", part.name);
        let (began, log) = (Instant::now(), folder.join(part.name).with_extension("log"));
        let holds = part.holds(&file, &log)?;
        if !holds {
            failed.push(part.name);
            eprintln!("{}", run::last_lines(&String::from_utf8_lossy(&fs::read(&log)?), 30));
        }
        let outcome = format!("{} in {} s", if holds { "held" } else { "FAILED" }, began.elapsed().as_secs());
        figures::add_to(&file, &format!("part: {}", part.name), &outcome, "all of its tests pass")?;
    }
    let figures = fs::read_to_string(&file)?;
    let fuzzed = fuzz_runs(&figures);
    if fuzzed > 0 {
        figures::add_to(&file, "fuzz, all runs together", &fuzzed.to_string(), "100,000,000")?;
    }
    let table = format!("{}\n\n{}", heading()?, figures::table(&fs::read_to_string(&file)?));
    fs::write(folder.join("table.md"), &table)?;
    print!("{table}");
    if failed.is_empty() {
        return Ok(());
    }
    eprintln!("These failed: {}; their output is in target/proof/.", failed.join(" "));
    Err(Failure::DoesNotHold)
}

impl Part {
    fn holds(&self, figures: &Path, log: &Path) -> Result<bool, Failure> {
        for step in self.steps {
            for mut command in step.commands()? {
                command.env("KEYFOB_PROVE", "1").env(figures::FILE, figures);
                if !run::succeeds_logged(&mut command, log)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

impl Step {
    fn commands(&self) -> Result<Vec<Command>, Failure> {
        let split = |arguments: &'static str| arguments.split(' ').collect::<Vec<_>>();
        Ok(match self {
            Self::Tests(arguments) => vec![program("cargo", &[&["test"], &WORKSPACE[..], &split(arguments)].concat())],
            Self::Stories(arguments) => {
                let stories = ["test", "--locked", "--package", "keyfob-core", "--test", "stories"];
                vec![program("cargo", &[&stories[..], &split(arguments)].concat())]
            }
            Self::Optimised(arguments) => {
                let core = ["test", "--locked", "--profile", "quick", "--package", "keyfob-core"];
                vec![program("cargo", &[&core[..], &split(arguments)].concat())]
            }
            Self::Window(filters) => {
                let desktop = ["--test", "desktop", "--", "--nocapture", "--test-threads", "1"];
                let mut tests = program("cargo", &[&["test"], &WORKSPACE[..], &desktop, &split(filters)].concat());
                run::drive_window(&mut tests, "target/proof/pictures");
                vec![program("make", &["--no-print-directory", "automation"]), tests]
            }
            Self::Task(arguments) => vec![program(&env::current_exe()?.to_string_lossy(), &split(arguments))],
        })
    }
}

/// The runs of all fuzz tests and fuzz targets together.
fn fuzz_runs(figures: &str) -> u64 {
    let found = figures.lines().filter(|line| line.starts_with("fuzz ")).filter_map(|line| line.split('\t').nth(1));
    found.filter_map(|found| found.split(' ').next()?.replace(',', "").parse::<u64>().ok()).sum()
}

/// When, where and of what the table is.
fn heading() -> Result<String, Failure> {
    let said = |name: &str, arguments: &[&str]| -> Result<String, Failure> {
        Ok(String::from_utf8_lossy(&program(name, arguments).output()?.stdout).trim().to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    let (day, system) = (said("date", &["-u", "+%F"])?, said("uname", &["-sm"])?);
    Ok(format!("{day}, {system}, {cores} cores, commit {}", said("git", &["rev-parse", "--short", "HEAD"])?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_runs_of_all_fuzz_tests_are_summed() {
        let figures = "fuzz by chance, link\t1000000\t1,000,000\nfuzz with coverage, intent\t2500 runs, 0 fell, at most 50 MB\t0 fell\npart: fuzz\theld in 3 s\t-\n";
        assert_eq!(super::fuzz_runs(figures), 1_002_500);
    }
}
