//! The start-up times of the two programs, and the time of a link to the running Keyfob: printed but not checked.
//! `make bench` runs it.
//!
//! The measured programs alternate, so that other load affects each of them; a figure is the median.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, missing_docs, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

#[path = "../idle_keyfob/mod.rs"]
mod idle_keyfob;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use keyfob::ipc::SecondStart;
use keyfob_core::Event;
use secrecy::ExposeSecret;

/// The number of measurements of each.
const TURNS: usize = 20;

const KEYFOB: &str = env!("CARGO_BIN_EXE_keyfob");
const LINK: &str = "cliqkeyfob://callback?state=s&code=c";

fn main() {
    let window = Path::new(KEYFOB).with_file_name("keyfob-window");
    assert!(window.is_file(), "the window's program is built first: make bench does so");
    let home = tempfile::tempdir().unwrap();
    let handed = attend(home.path());

    let version = |program: &Path| ended(home.path(), program, &["--version"]);
    let link = || {
        let began = Instant::now();
        let mut keyfob = command(home.path(), KEYFOB.as_ref()).arg(LINK).spawn().unwrap();
        let took = handed.recv().unwrap().duration_since(began);
        assert!(keyfob.wait().unwrap().success());
        took
    };
    let [mut nothing, mut front, mut with_a_window, mut links] = [const { Vec::new() }; 4];
    for _ in 0..TURNS {
        nothing.push(ended(home.path(), "true".as_ref(), &[]));
        front.push(version(KEYFOB.as_ref()));
        with_a_window.push(version(&window));
        links.push(link());
    }
    println!("Programs, the median of {TURNS}");
    for (name, times) in [
        ("true", nothing),
        ("keyfob --version", front),
        ("keyfob-window --version", with_a_window),
        ("keyfob LINK, until the engine of the running Keyfob has it", links),
    ] {
        println!("{name:<62}{:>9.3} ms", median(times).as_secs_f64() * 1000.0);
    }
}

fn command(home: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", home).env("XDG_DATA_HOME", home.join("data")).env("XDG_CONFIG_HOME", home.join("config"));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Returns the time from a program's start to its end.
fn ended(home: &Path, program: &Path, arguments: &[&str]) -> Duration {
    let began = Instant::now();
    assert!(command(home, program).args(arguments).status().unwrap().success());
    began.elapsed()
}

/// Runs a Keyfob; receives the times at which its engine gets a link.
fn attend(home: &Path) -> mpsc::Receiver<Instant> {
    let (hands, handed) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        idle_keyfob::attend(&home.join("data/app.keyfob.cliq"), move |engine, start| {
            let SecondStart::ByALink(link) = start else { return false };
            engine.tell(Event::LinkArrived(link.expose_secret().as_bytes().to_vec()));
            hands.send(Instant::now()).is_ok()
        });
    });
    // It serves for as long as the program runs.
    std::mem::forget(runtime);
    handed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
