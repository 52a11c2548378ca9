//! The proof of the scan: a secret is planted on each surface in each form, and found.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};

use super::World;
use crate::patience::until;
use crate::scan::bus::{self, Record};
use crate::scan::disk::Disk;
use crate::scan::{Found, Secret, Seeker, Watch, memory, to_plant};

const TEXT: &str = "1000.5ca1ab1e5ca1ab1e.0ddba110ddba11";

/// Plants secrets everywhere; returns how many were planted, and how many of them were found.
pub fn everywhere(world: &World) -> (usize, usize) {
    let forms = to_plant(TEXT);
    let names: Vec<&str> = forms.iter().map(|(form, _)| *form).collect();
    let seeker = Seeker::of(&[Secret { name: "planted", text: TEXT.to_owned() }]);
    let at_once = forms.iter().map(|(_, bytes)| bytes.as_slice()).collect::<Vec<_>>().join(&b"  "[..]);

    // A text with a NUL in it cannot be a variable.
    let in_environments: Vec<&str> = names.iter().copied().filter(|form| *form != "UTF-16LE").collect();
    let mut planted = Vec::new();
    for (place, found) in [
        ("text", seeker.finds("text", &at_once)),
        ("home", on_disk(world, &seeker, world.stage.home(), &at_once)),
        ("/tmp", on_disk(world, &seeker, Path::new("/tmp"), &at_once)),
        ("bus", on_the_bus(world, &seeker, &at_once)),
        ("memory", in_memory(world, &seeker, &at_once)),
        ("a command line", in_arguments(world, &seeker, &forms)),
    ] {
        planted.extend(names.iter().map(|form| (place, *form, found.iter().any(|f| f.form == *form))));
    }
    let found = in_environment(world, &seeker, &forms);
    planted.extend(in_environments.iter().map(|form| ("an environment", *form, found.iter().any(|f| f.form == *form))));
    for (place, form, _) in planted.iter().filter(|(.., found)| !found) {
        println!("not found when planted: {form}, {place}");
    }
    (planted.len(), planted.iter().filter(|(.., found)| *found).count())
}

fn on_disk(world: &World, seeker: &Seeker, folder: &Path, bytes: &[u8]) -> Vec<Found> {
    let disk = Disk::begin();
    let mut file = tempfile::Builder::new().prefix("planted").tempfile_in(folder).unwrap();
    file.write_all(bytes).unwrap();
    disk.finds(&world.stage, seeker)
}

fn on_the_bus(world: &World, seeker: &Seeker, bytes: &[u8]) -> Vec<Found> {
    let record = Record::begin(&world.stage);
    bus::say(&world.stage, bytes);
    record.finds(&world.stage, seeker)
}

/// Uses `sort`, which holds its input until the end.
fn in_memory(world: &World, seeker: &Seeker, bytes: &[u8]) -> Vec<Found> {
    let mut sort = world.stage.command("sort");
    let mut sort = sort.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = sort.stdin.take().unwrap();
    lines.write_all(bytes).unwrap();
    let mut found = Vec::new();
    until("the program has read it", super::PATIENCE, || {
        found = memory::of_process(seeker, "memory", sort.id()).0;
        !found.is_empty()
    });
    drop(lines);
    sort.wait().unwrap();
    found
}

fn in_arguments(world: &World, seeker: &Seeker, forms: &[(&str, Vec<u8>)]) -> Vec<Found> {
    // Arguments are separated by NULs, so a text with NULs becomes several arguments.
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let arguments = forms.iter().flat_map(|(_, bytes)| bytes.split(|byte| *byte == 0).map(text).collect::<Vec<_>>());
    let watch = Watch::begin(&world.stage);
    waits_a_moment(
        world.stage.command("sh").args(["-c", "read -r line", "sh"]).args(arguments).stdin(Stdio::piped()).spawn(),
    );
    watch.end(seeker)
}

fn in_environment(world: &World, seeker: &Seeker, forms: &[(&str, Vec<u8>)]) -> Vec<Found> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let plain = forms.iter().filter(|(_, bytes)| !bytes.contains(&0));
    let variables = plain.enumerate().map(|(nth, (_, bytes))| (format!("PLANTED_{nth}"), text(bytes)));
    let watch = Watch::begin(&world.stage);
    waits_a_moment(
        world.stage.command("sh").args(["-c", "read -r line"]).envs(variables).stdin(Stdio::piped()).spawn(),
    );
    watch.end(seeker)
}

/// Keeps the process running long enough for the watch to poll several times.
fn waits_a_moment(child: std::io::Result<Child>) {
    let mut child = child.unwrap();
    let read = || fs::read(format!("/proc/{}/environ", child.id())).is_ok_and(|bytes| !bytes.is_empty());
    until("the program has begun", super::PATIENCE, read);
    std::thread::park_timeout(Watch::EVERY * 20);
    drop(child.stdin.take());
    child.wait().unwrap();
}
