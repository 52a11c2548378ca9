//! The cost of a thousand connections in the core, beside the least possible: printed but not checked, since it depends
//! on the machine as much as on Keyfob. `make bench` runs it.
//!
//! Each figure is the minimum of many runs, since other load only adds time. Below it is the cheapest work of the same
//! kind on the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test's helpers fail by panicking too")]
#![allow(clippy::print_stdout, missing_docs, unreachable_pub, reason = "a test prints what it found")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod crowd;
mod sealing;
mod stopwatch;
#[path = "../../src-tauri/core/tests/stories"]
#[allow(dead_code, unused_imports, clippy::missing_panics_doc, reason = "the stories use what this does not")]
mod stories {
    pub mod scene;
}

use keyfob_core::intent::AppIntent;
use std::hint::black_box;

use keyfob_core::connection::ConnectionId;
use keyfob_core::tray::Tray;
use keyfob_core::{Answer, Event, Intent, Moment};
use secrecy::{ExposeSecret, SecretSlice};

use crowd::{crowd, opened, saved_by, started};
use stopwatch::{row, title};

const MANY: usize = 1_000;

fn main() {
    let (record, now) = crowd(MANY);
    let bytes = record.expose_secret();
    println!("{MANY} connections, {} kB as a record", bytes.len() / 1000);
    title("Start");
    sealing::rows(bytes);
    start_rows(&record, now);
    title("Each event");
    event_rows(&record, now);
}

fn start_rows(record: &SecretSlice<u8>, now: Moment) {
    let bytes = record.expose_secret();
    row(
        "open: read the record, look for what is due",
        || started(now),
        |(mut desk, asked)| opened(&mut desk, asked, record, now),
    );
    row(
        "  at least: the same text into bare values",
        || (),
        |()| serde_json::from_slice::<serde_json::Value>(bytes).unwrap(),
    );
}

fn event_rows(record: &SecretSlice<u8>, now: Moment) {
    let (mut desk, asked) = started(now);
    opened(&mut desk, asked, record, now);
    let picture = desk.snapshot(now);
    let text = serde_json::to_vec(&picture).unwrap();
    println!("the picture: {} kB of text for the page", text.len() / 1000);

    row("an event that changes nothing", || (), |()| desk.handle(Event::Looked, now));
    row("the picture", || (), |()| desk.snapshot(now));
    row("  at least: a copy of it", || (), |()| picture.clone());
    row("the picture, as text for the page", || (), |()| serde_json::to_vec(&picture).unwrap());
    row("  at least: a copy of the text", || (), |()| text.clone());
    row("the tray", || (), |()| Tray::of(&picture, now));

    let mut turn = 0;
    row(
        "an event that is saved: a new name, and the record",
        || (),
        |()| {
            turn += 1;
            let name = if turn % 2 == 0 { "Payroll" } else { "Wages" };
            let effects = desk.handle(
                Event::Asked(Intent::App(AppIntent::Rename { id: ConnectionId(1), name: name.to_owned() })),
                now,
            );
            let (ticket, record) = saved_by(&effects).expect("it is saved");
            desk.handle(Event::Answered(ticket, Answer::Saved(Ok(None))), now);
            record
        },
    );
    let values: serde_json::Value = serde_json::from_slice(record.expose_secret()).unwrap();
    row("  at least: bare values as the same text", || (), |()| serde_json::to_vec(&values).unwrap());
    black_box(desk);
}
