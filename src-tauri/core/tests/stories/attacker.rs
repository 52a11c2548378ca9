//! An attacker in the page: every intent, in any order, together with a hostile clipboard, a hostile region and a user
//! who allows nothing, or allows everything.
//!
//! After events the watch checks the snapshot and every effect: requests, copies, files, addresses to open and replies
//! to programs. Every secret contains [`world::MARK`], so one search finds any of them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

pub mod chance;
mod intents;
mod plants;
mod watch;
mod world;

use std::thread;
use std::time::Instant;

use chance::Chance;
use world::World;

use crate::proof;

/// The number of intents in one sequence.
const LONG: u64 = 30;

/// Plays one sequence, the same for the same number. The error names the first leak and the events that led to it. Only
/// a sequence that leaks is recorded, in a second run, since recording takes as long as playing.
fn plays(number: u64, plant: Option<plants::Plant>) -> Result<(), String> {
    let Err(leak) = leaks(number, plant, &mut None) else { return Ok(()) };
    let mut story = Some(Vec::new());
    assert_eq!(leaks(number, plant, &mut story).as_ref(), Err(&leak), "the sequence is not reproducible");
    Err(format!("sequence {number}: {leak}\n{}", story.unwrap_or_default().join("\n")))
}

fn leaks(number: u64, plant: Option<plants::Plant>, story: &mut Option<Vec<String>>) -> Result<(), String> {
    let mut chance = Chance::of(number);
    let mut world = World::begins(&mut chance, plant, story);
    (0..LONG).try_for_each(|_| {
        world.step(&mut chance);
        world.leak().map_or(Ok(()), |leak| Err(leak.to_owned()))
    })
}

// Shows T23, T26; ASVS 10.1.1.
#[test]
fn no_sequence_of_intents_leaks_a_secret() {
    // Unoptimised, a sequence takes about thirty times as long.
    let sequences = if cfg!(debug_assertions) { 300 } else { proof::rounds(100_000, 10_000_000) as u64 };
    let began = Instant::now();
    let workers = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let leaks: Vec<String> = thread::scope(|scope| {
        let play = |worker| move || (0..sequences).filter(|n| n % workers == worker).find_map(|n| plays(n, None).err());
        let played: Vec<_> = (0..workers).map(|worker| scope.spawn(play(worker))).collect();
        played.into_iter().filter_map(|worker| worker.join().unwrap()).collect()
    });
    println!("{sequences} sequences of {LONG} intents in {:.1} s", began.elapsed().as_secs_f64());
    proof::figure("sequences of intents by an attacker in the page", sequences, "100,000, or 10,000,000");
    proof::figure(
        "of these: a secret shown, copied, written, sent or given where it does not belong",
        leaks.len(),
        "0",
    );
    assert!(leaks.is_empty(), "{}", leaks.join("\n\n"));
}

// Shows T23.
#[test]
fn a_leak_planted_on_any_surface_is_found() {
    let found = plants::Plant::ALL.into_iter().filter(|plant| {
        let leak = (0..2_000).find_map(|number| plays(number, Some(*plant)).err());
        println!("{plant:?}: {}", leak.as_deref().unwrap_or("not found").lines().next().unwrap_or_default());
        leak.is_some_and(|leak| leak.contains(plant.named()))
    });
    let (found, planted) = (found.count(), plants::Plant::ALL.len());
    proof::figure("leaks planted, one a surface: found", format!("{found} of {planted}"), "all");
    assert_eq!(found, planted);
}

// Shows T23.
#[test]
fn every_intent_of_the_page_is_tried() {
    let bindings = include_str!("../../../../ui/src/bindings.ts");
    let page: std::collections::BTreeSet<_> =
        bindings.split("\"intent\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(page, intents::TAGS.into_iter().map(|(_, tag)| tag).collect());
}
