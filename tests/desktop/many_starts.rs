//! Keyfob is started repeatedly: by links, by attackers, with any arguments, and many times in parallel.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use keyfob_practice::{Answer, Endpoint};
use rustix::process::Signal;
use zbus::blocking::{Connection, connection};

use crate::fixture::World;
use crate::patience::until;
use crate::proof::{figure, rounds};
use crate::pulse::took;
use crate::stage::{Stage, Theme};
use crate::window::{Window, app, window_program};

const PATIENCE: Duration = Duration::from_secs(20);

/// The time limit for twenty starts that wait for one, on a busy machine.
const LONG: Duration = Duration::from_mins(1);

/// The memory that a flood of starts may add, in KiB.
const MEMORY_LIMIT: u64 = 10 * 1024;

/// The bus name and path by which single-instance libraries find the first instance.
const NAME: &str = "app.keyfob.cliq.SingleInstance";
const OBJECT_PATH: &str = "/app/keyfob/cliq/SingleInstance";

fn starts(stage: &Stage, arguments: &[impl AsRef<OsStr>]) -> Child {
    stage.command(app()).args(arguments).stderr(stage.log("app.log")).spawn().unwrap()
}

/// Returns the exit status if the process has ended.
fn has_ended(child: &mut Child) -> Option<ExitStatus> {
    child.try_wait().unwrap()
}

/// Checks that the process ends in time and successfully.
fn ends_well(mut child: Child, what: &str) {
    until(&format!("it ends: {what}"), PATIENCE, || has_ended(&mut child).is_some());
    assert_eq!(child.wait().unwrap().code(), Some(0), "{what}");
}

/// Starts Keyfob with these arguments and expects that the running one takes over.
fn is_taken_over(stage: &Stage, arguments: &[impl AsRef<OsStr>], what: &str) {
    ends_well(starts(stage, arguments), what);
}

/// Minimizes the window in front.
fn is_small(stage: &Stage) {
    until("the window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    stage.looks_away();
}

/// The memory that a process currently uses, in KiB.
fn in_use(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it says what it uses");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Leaves a sign-in that waits for its link in the vault, with no running Keyfob; returns the link.
async fn waits_for_its_link(world: &World) -> String {
    let window = Window::open(&world.stage).await;
    let link = world.link_of(&window, 1).await;
    world.stage.signals(&window_program(), Signal::KILL);
    until("Keyfob is dead", PATIENCE, || world.stage.running(&window_program()).is_empty());
    window.forget();
    link
}

// Shows D7.
#[tokio::test]
async fn of_twenty_parallel_starts_one_stays_and_gets_the_link() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let link = waits_for_its_link(&world).await;

    let with = |nth| if nth == 13 { vec![link.clone()] } else { Vec::new() };
    let mut all: Vec<Child> = (0..20).map(|nth| starts(stage, &with(nth))).collect();
    let mut ended = Vec::new();
    until("nineteen have ended", LONG, || {
        all.retain_mut(|child| {
            let how = has_ended(child);
            ended.extend(how);
            how.is_none()
        });
        ended.len() >= 19
    });
    assert!(ended.iter().all(ExitStatus::success), "{ended:?}");
    until("the token is proven", PATIENCE, || !zoho.requests_to(Endpoint::Status).is_empty());
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1, "one code, one exchange");
    until("its window is in front", PATIENCE, || stage.in_front() == "Keyfob");
    assert_eq!((all.len(), stage.running(&window_program()).len()), (1, 1), "one stays");
    // A window manager may report the window in front before it lists it.
    until("its window is listed", PATIENCE, || stage.has_window());
    assert_eq!(stage.windows(), 1, "with one window");
    stage.closes(&window_program());
    ends_well(all.remove(0), "the one that stayed");

    let window = Window::open(stage).await;
    window.reads_at_last("email", "admin@practice.example").await;
    window.close(stage).await;
}

// Shows T4.
#[tokio::test]
async fn a_link_reaches_zoho_quickly_and_a_second_start_ends() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let link = waits_for_its_link(&world).await;

    let begun = Instant::now();
    let keyfob = starts(stage, &[&link]);
    until("the code is at Zoho", PATIENCE, || zoho.requests_to(Endpoint::Token).len() == 1);
    let (wanted, allowed) = (Duration::from_millis(1500), Duration::from_secs(10));
    took("from a link that starts Keyfob until its code is sent", begun.elapsed(), wanted, allowed);
    until("its window is in front", PATIENCE, || stage.in_front() == "Keyfob");

    let second = || {
        let begun = Instant::now();
        is_taken_over(stage, &[&link], "the link, used");
        begun.elapsed()
    };
    let longest = (0..20).map(|_| second()).max().unwrap();
    let (wanted, allowed) = (Duration::from_millis(500), Duration::from_secs(5));
    took("the longest life of twenty second starts", longest, wanted, allowed);
    stage.closes(&window_program());
    ends_well(keyfob, "the first");
}

/// Accepts everything passed to it, as the first Keyfob would, and reports success.
struct Impostor(Arc<Mutex<Vec<String>>>);

#[zbus::interface(name = "org.SingleInstance.DBus")]
impl Impostor {
    fn execute_callback(&self, arguments: Vec<String>, folder: String) {
        self.0.lock().unwrap().extend(arguments.into_iter().chain([folder]));
    }
}

fn takes_the_name(stage: &Stage, handed: &Arc<Mutex<Vec<String>>>) -> Connection {
    connection::Builder::address(stage.bus())
        .and_then(|bus| bus.serve_at(OBJECT_PATH, Impostor(Arc::clone(handed))))
        .and_then(|bus| bus.name(NAME))
        .and_then(connection::Builder::build)
        .expect("the impostor owns the name")
}

// Shows T5.
#[tokio::test]
async fn an_impostor_on_the_bus_gets_no_link() {
    let world = World::new(Theme::Dark);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let handed = Arc::default();
    let _impostor = takes_the_name(stage, &handed);

    let window = Window::open(stage).await;
    let link = world.link_of(&window, 1).await;
    is_taken_over(stage, &[&link], "the link");
    window.reads_at_last("email", "admin@practice.example").await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1);

    is_small(stage);
    is_taken_over(stage, &[] as &[&str], "the user starts it again");
    is_small(stage);
    is_taken_over(stage, &["--hidden"], "the session's own start");
    assert_ne!(stage.in_front(), "Keyfob", "a hidden start does not raise it");
    assert_eq!(stage.running(&window_program()).len(), 1);
    assert_eq!(*handed.lock().unwrap(), [] as [String; 0], "nothing was passed to the impostor");
    window.close(stage).await;
}

/// Arguments with which anyone may start Keyfob, and their description.
fn anything() -> Vec<(&'static str, Vec<OsString>)> {
    let raw = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let forged = "cliqkeyfob://callback?state=forged&code=1000.stranger&location=test";
    vec![
        ("bytes that are no text", vec![raw(b"\xff\xfe\x80"), raw(b"--\xc3\x28")]),
        ("a link whose bytes are no text", vec![raw(b"cliqkeyfob://callback?state=\xff\xfe&code=\xf0\x28")]),
        ("a link of 120 KB", vec![OsString::from(format!("{forged}&x={}", "A".repeat(120_000)))]),
        ("an argument of 120 KB", vec![OsString::from("-".repeat(120_000))]),
        (
            "options, two links and a file",
            ["--gapplication-service", "--display=:77", "--gtk-module=x", forged, forged, "/etc/passwd"]
                .map(OsString::from)
                .to_vec(),
        ),
        ("a link of another scheme", vec![OsString::from("https://accounts.zoho.example/callback?code=x")]),
        ("nothing, as an argument", vec![OsString::new()]),
    ]
}

// Shows D1.
#[tokio::test]
async fn any_arguments_are_survived_at_a_first_and_a_second_start() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();

    // No Keyfob runs yet: it opens its window as usual.
    for (what, arguments) in anything() {
        let keyfob = starts(stage, &arguments);
        until(&format!("there is a window, started with {what}"), PATIENCE, || stage.has_window());
        assert_eq!(stage.running(&window_program()).len(), 1, "{what}");
        stage.closes(&window_program());
        ends_well(keyfob, what);
    }

    // Keyfob runs, and a sign-in waits: it keeps waiting, and then its own link counts.
    let window = Window::open(stage).await;
    let link = world.link_of(&window, 1).await;
    for (what, arguments) in anything() {
        is_taken_over(stage, &arguments, what);
        assert_eq!(stage.running(&window_program()).len(), 1, "{what}");
    }
    window.reads_at_last("strays", "3 links").await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 0, "no forged code was sent");
    is_taken_over(stage, &[&link], "the link");
    window.reads_at_last("email", "admin@practice.example").await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1);
    window.close(stage).await;
}

/// Starts Keyfob with each link, eight at a time; each has to end successfully.
fn flood(stage: &Stage, links: impl Iterator<Item = String>) {
    let mut under_way = VecDeque::new();
    for link in links {
        if under_way.len() == 8 {
            ends_well(under_way.pop_front().unwrap(), "one of many");
        }
        under_way.push_back(starts(stage, &[link]));
    }
    for child in under_way {
        ends_well(child, "one of the last");
    }
}

// Shows D2.
#[tokio::test]
async fn in_a_flood_of_forged_links_the_real_sign_in_succeeds() {
    let world = World::new(Theme::Light);
    let (stage, zoho) = (&world.stage, &world.zoho);
    stage.has_a_browser_that_only_notes();
    let window = Window::open(stage).await;
    let address = world.asks(&window, 1).await;
    let keyfob = stage.running(&window_program())[0];
    let half = rounds(200, 2000) / 2;
    let forged = |nth| format!("cliqkeyfob://callback?state=forged-{nth}&code=1000.forged.{nth}&location=test");

    // The first few load what the page needs to report them at all.
    flood(stage, (0..8).map(forged));
    window.sees("[data-test=\"strays\"]").await;
    let before = in_use(keyfob);
    flood(stage, (8..half).map(forged));
    window.reads_at_last("strays", &format!("{half} links")).await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 0, "no forged code was sent");

    // The real link arrives among them, and repeatedly once it is used. Its code is valid for a minute.
    let link = zoho.consent(&address, Answer::Accept).unwrap();
    flood(stage, (half..2 * half).map(|nth| if nth % 2 == 0 { forged(nth) } else { link.clone() }));
    window.reads_at_last("email", "admin@practice.example").await;
    assert_eq!(zoho.requests_to(Endpoint::Token).len(), 1, "one code, one exchange, however often it comes");
    assert_eq!(stage.running(&window_program()), [keyfob], "the same process, and no other");
    let grown = in_use(keyfob).saturating_sub(before);
    let measure = format!("memory that {} starts with used and forged links add, in KiB", 2 * half);
    figure(&measure, grown, &format!("less than {MEMORY_LIMIT}"));
    assert!(grown < MEMORY_LIMIT, "{before} KiB grew by {grown}");

    window.types("connection-name", "Finance bot").await;
    window.clicks("keep").await;
    window.sees("[data-test=\"step-use\"]").await;
    assert!(zoho.is_alive(&world.newest_token()));
    window.close(stage).await;
}
