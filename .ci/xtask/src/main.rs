//! Development tasks that are more than one command: `cargo xtask TASK`.
//!
//! A task exits with 1 when what it checks does not hold, and with 2 when it cannot check.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a task reports to the terminal")]

mod figures;
mod flakes;
mod fuzz;
mod mutants;
mod prove;
mod run;
mod sbom;

use std::env;
use std::process::ExitCode;

use run::Failure;

const USAGE: &str = "\
Usage: cargo xtask TASK

  prove [PART …]           run every proof at its full size, or these parts, and print a table
  mutants [SHARD]          count the small changes to the code that tests notice; SHARD is 0/16 unless given
  fuzz [SECONDS [NAME …]]  run the fuzz targets under libFuzzer, 40 seconds each unless given
  flakes PART [FILTER …]   run a part of the tests repeatedly and name those that fail sometimes
  sbom                     list what a package is made of, as CycloneDX, in target/sbom/";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.split_first() {
        Some((&"prove", parts)) => prove::prove(parts),
        Some((&"mutants", shard)) => mutants::mutants(shard),
        Some((&"fuzz", arguments)) => fuzz::fuzz(arguments),
        Some((&"flakes", arguments)) => flakes::flakes(arguments),
        Some((&"sbom", [])) => sbom::sbom(),
        _ => Err(Failure::Unable(USAGE.to_owned())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::DoesNotHold) => ExitCode::from(1),
        Err(Failure::Unable(why)) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}
