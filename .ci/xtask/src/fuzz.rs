//! Runs the fuzz targets of `tests/fuzz` and of the crate `zoho-oauth` under libFuzzer.
//!
//! Inputs that crash a target are written to `target/fuzz/NAME/`, where `cargo fuzz fmt` and `cargo fuzz tmin` read them. There is
//! no sanitizer, which the stable compiler lacks; none of the code is `unsafe`, and overflow and debug assertions are on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::figures;
use crate::run::{self, Failure, path, program};

const FOLDERS: [&str; 2] = ["tests/fuzz", "src-tauri/zoho-oauth/fuzz"];
const BUILD: &str = "target/fuzz/build";

pub(crate) fn fuzz(arguments: &[&str]) -> Result<(), Failure> {
    let (seconds, names) = arguments.split_first().unwrap_or((&"40", &[]));
    let seconds: u32 = seconds.parse().map_err(|_| Failure::Unable(format!("{seconds} is no number of seconds")))?;
    let targets = targets()?;
    if let Some(unknown) = names.iter().find(|name| !targets.iter().any(|target| target.name == **name)) {
        return Err(Failure::Unable(format!("There is no fuzz target {unknown}.")));
    }
    run::tool("cargo-fuzz", "0.13.2")?;
    for folder in FOLDERS {
        let build =
            ["fuzz", "build", "--fuzz-dir", folder, "--target-dir", BUILD, "--sanitizer", "none", "--debug-assertions"];
        run::require(program("cargo", &build).env("CARGO_INCREMENTAL", "0"))?;
    }
    let built = path(BUILD).join(host()?).join("release");
    let mut crashed = false;
    for target in targets.iter().filter(|target| names.is_empty() || names.contains(&target.name.as_str())) {
        crashed |= !target.holds(&built.join(&target.name), seconds)?;
    }
    if crashed { Err(Failure::DoesNotHold) } else { Ok(()) }
}

struct Target {
    name: String,
    corpus: PathBuf,
}

/// The targets: each has a folder of inputs.
fn targets() -> Result<Vec<Target>, Failure> {
    let mut targets = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(path(folder).join("corpus"))? {
            let entry = entry?;
            targets.push(Target { name: entry.file_name().to_string_lossy().into_owned(), corpus: entry.path() });
        }
    }
    targets.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(targets)
}

/// The target triple of this computer.
fn host() -> Result<String, Failure> {
    let version = program("rustc", &["-vV"]).output()?.stdout;
    let version = String::from_utf8_lossy(&version).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::Unable("rustc does not name its host".to_owned()))
}

impl Target {
    /// Whether the target ran that long without a crash.
    fn holds(&self, built: &Path, seconds: u32) -> Result<bool, Failure> {
        let found = path("target/fuzz").join(&self.name);
        fs::create_dir_all(found.join("corpus"))?;
        let log = found.join("log");
        fs::write(&log, "")?;
        let mut fuzzer = program(&built.to_string_lossy(), &[]);
        fuzzer.arg(found.join("corpus")).arg(&self.corpus);
        fuzzer.arg(format!("-artifact_prefix={}/", found.display())).arg(format!("-max_total_time={seconds}"));
        fuzzer.args(["-max_len=4096", "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"]);
        let holds = run::succeeds_logged(&mut fuzzer, &log)?;
        let printed = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        if !holds {
            eprintln!("{}", run::last_lines(&printed, 20));
        }
        let runs = statistic(&printed, "number_of_executed_units").unwrap_or(0);
        let peak = statistic(&printed, "peak_rss_mb").map_or("?".to_owned(), |peak| peak.to_string());
        let report = format!("{runs} runs, {} fell, at most {peak} MB", u8::from(!holds));
        println!("{}: {report}", self.name);
        figures::add(&format!("fuzz with coverage, {}", self.name), &report, "0 fell")?;
        Ok(holds)
    }
}

/// A number that libFuzzer prints at the end.
fn statistic(printed: &str, name: &str) -> Option<u64> {
    let prefix = format!("stat::{name}:");
    printed.lines().find_map(|line| line.strip_prefix(&prefix))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_statistic_of_libfuzzer_is_read() {
        let printed = "Done 12 runs\nstat::number_of_executed_units: 1234\nstat::peak_rss_mb:              56\n";
        assert_eq!(super::statistic(printed, "number_of_executed_units"), Some(1234));
        assert_eq!(super::statistic(printed, "peak_rss_mb"), Some(56));
        assert_eq!(super::statistic(printed, "new_units_added"), None);
    }
}
