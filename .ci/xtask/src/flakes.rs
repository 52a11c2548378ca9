//! Runs a part of the tests repeatedly, idle and beside busy loops, and names the tests that fail sometimes.
//!
//! The part is `all`, a test target of cargo's, or `desktop`, the tests in a real window, which need `make releases` first. `RUNS` (5)
//! and `BUSY` (2) set the number of runs and of busy loops; without busy loops only the idle runs are made. Each run's output is
//! in `target/flakes/PART/`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::hint;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use crate::run::{self, Failure, WORKSPACE, path, program};

/// Where the desktop tests leave their pictures.
const PICTURES: &str = "target/flakes/pictures";

pub(crate) fn flakes(arguments: &[&str]) -> Result<(), Failure> {
    let Some((part, filters)) = arguments.split_first() else {
        return Err(Failure::Unable("Name a part: a test target of cargo's, all or desktop.".to_owned()));
    };
    let (runs, busy) = (number("RUNS", 5)?, number("BUSY", 2)?);
    let mut flakes = Flakes {
        part,
        filters,
        logs: run::empty_folder(&format!("target/flakes/{part}"))?,
        package: None,
        count: 0,
        failed: 0,
        fell: BTreeMap::new(),
    };
    if *part == "desktop" {
        flakes.package = Some(package()?);
        fs::create_dir_all(path(PICTURES))?;
    }
    // A test that does not compile is not flaky.
    run::require(&mut flakes.command(&["--no-run"], &[]))?;
    for nth in 1..=runs {
        flakes.run("idle", nth)?;
    }
    if busy > 0 {
        beside(busy, || (1..=runs).try_for_each(|nth| flakes.run("busy", nth)))?;
    }
    flakes.report(&if busy > 0 { format!("{runs} idle, {runs} beside {busy} busy loops") } else { "idle".to_owned() });
    if flakes.failed == 0 { Ok(()) } else { Err(Failure::DoesNotHold) }
}

fn number(variable: &str, default: usize) -> Result<usize, Failure> {
    let given = env::var(variable).ok();
    let read = given.map_or(Ok(default), |given| given.parse());
    read.map_err(|_| Failure::Unable(format!("{variable} is not a number.")))
}

/// The package that `make releases` made.
fn package() -> Result<PathBuf, Failure> {
    let made =
        fs::read_dir(path("target/release/bundle/deb")).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut packages = made.filter(|path| path.extension().is_some_and(|ending| ending == "deb"));
    packages.next().ok_or_else(|| Failure::Unable("There is no package; `make releases` makes it.".to_owned()))
}

/// Does this beside so many threads that never rest.
fn beside<T>(busy: usize, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..busy {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    hint::spin_loop();
                }
            });
        }
        let outcome = work();
        done.store(true, Ordering::Relaxed);
        outcome
    })
}

struct Flakes<'a> {
    part: &'a str,
    filters: &'a [&'a str],
    logs: PathBuf,
    package: Option<PathBuf>,
    count: usize,
    failed: usize,
    /// The runs in which each test failed.
    fell: BTreeMap<String, Vec<String>>,
}

impl Flakes<'_> {
    fn command(&self, options: &[&str], for_the_tests: &[&str]) -> Command {
        let mut command = program("cargo", &[&["test"], &WORKSPACE[..], &["--no-fail-fast"], options].concat());
        match (self.part, &self.package) {
            ("all", _) => {}
            (part, None) => {
                command.args(["--test", part]);
            }
            (part, Some(package)) => {
                command.args(["--test", part]).env("KEYFOB_DEB", package);
                run::drive_window(&mut command, PICTURES);
            }
        }
        command.args(for_the_tests);
        command
    }

    /// Runs the part once and prints a line about it.
    fn run(&mut self, condition: &str, nth: usize) -> Result<(), Failure> {
        let (began, log) = (Instant::now(), self.logs.join(format!("{condition}-{nth}.log")));
        let one_by_one: &[&str] = if self.package.is_some() { &["--nocapture", "--test-threads", "1"] } else { &[] };
        let passed = run::succeeds_logged(&mut self.command(&[], &[&["--"], one_by_one, self.filters].concat()), &log)?;
        let (part, seconds) = (self.part, began.elapsed().as_secs());
        self.count += 1;
        println!("{part}, {condition}, run {nth}: {} in {seconds} s", if passed { "passed" } else { "FAILED" });
        if passed {
            return Ok(());
        }
        self.failed += 1;
        let printed = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let mut names = failed_tests(&printed);
        if names.is_empty() {
            names.insert("(the run itself)");
        }
        for name in names {
            self.fell.entry(name.to_owned()).or_default().push(format!("{condition}-{nth}"));
        }
        Ok(())
    }

    fn report(&self, how: &str) {
        println!("\n{}: {} of {} runs failed ({how})", self.part, self.failed, self.count);
        let mut fell: Vec<_> = self.fell.iter().collect();
        fell.sort_by_key(|(_, runs)| std::cmp::Reverse(runs.len()));
        for (name, runs) in fell {
            println!("{:4} times  {name}  in {}  ({}/)", runs.len(), runs.join(" "), self.logs.display());
        }
    }
}

/// The tests that failed in a run. With `--nocapture` a test's own output may separate its name from its outcome; then its
/// panic names it.
fn failed_tests(log: &str) -> BTreeSet<&str> {
    let failed = log.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    let panicked =
        log.lines().filter(|line| line.contains("panicked at")).filter_map(|line| line.strip_prefix("thread '"));
    let panicked = panicked.filter_map(|line| line.split('\'').next()).filter(|name| name.contains("::"));
    failed.chain(panicked).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_failed_test_is_named_by_its_outcome_or_its_panic() {
        let log = "test a::passes ... ok\ntest a::fails ... FAILED\ntest b::prints ... some output\n\
                   thread 'b::panics' (12) panicked at tests/b.rs:3:5:\nthread 'tokio-rt-worker' panicked at x.rs:1:1:\n";
        assert_eq!(super::failed_tests(log).into_iter().collect::<Vec<_>>(), ["a::fails", "b::panics"]);
    }
}
