//! The state transitions that scenes see, compared with the diagram in ARCHITECTURE.md.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::cell::RefCell;
use std::collections::BTreeSet;

use keyfob_core::stages::{Stages, StoreStage};

/// A machine, a state and the next state.
pub type Arrow = (String, String, String);

const PAGE: &str = include_str!("../../../../../ARCHITECTURE.md");

thread_local! {
    /// The arrows that the stories on this thread have seen.
    static SEEN: RefCell<BTreeSet<Arrow>> = const { RefCell::new(BTreeSet::new()) };
    static DRAWN: BTreeSet<Arrow> = drawn();
}

/// The arrows of the diagram, except those into the first state.
pub fn drawn() -> BTreeSet<Arrow> {
    let diagram = PAGE.split("```mermaid").nth(1).and_then(|rest| rest.split("```").next()).expect("a diagram");
    let mut machine = "";
    let mut arrows = BTreeSet::new();
    for line in diagram.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("state ").and_then(|line| line.strip_suffix(" {")) {
            machine = name;
        } else if let Some((from, to)) = line.split_once(" --> ") {
            let to = to.split(':').next().unwrap_or(to);
            if from != "[*]" || machine == "tokens" {
                arrows.insert((machine.to_owned(), from.to_owned(), to.to_owned()));
            }
        }
    }
    arrows
}

/// The arrows that the stories on this thread have seen so far.
pub fn seen() -> BTreeSet<Arrow> {
    SEEN.with_borrow(BTreeSet::clone)
}

/// Records the transitions of an event. What an opened vault restores is not a transition.
#[track_caller]
pub fn note(before: &Stages, after: &Stages) {
    see("store", format!("{:?}", before.store), format!("{:?}", after.store));
    if before.store == StoreStage::Opening {
        return;
    }
    see("sign_in", format!("{:?}", before.sign_in), format!("{:?}", after.sign_in));
    let stage = |stages: &Stages, id| stages.tokens.get(id).map_or("[*]".to_owned(), |stage| format!("{stage:?}"));
    for id in before.tokens.keys().chain(after.tokens.keys()) {
        see("tokens", stage(before, id), stage(after, id));
    }
}

#[track_caller]
fn see(machine: &str, from: String, to: String) {
    if from == to {
        return;
    }
    let arrow = (machine.to_owned(), from, to);
    let is_drawn = DRAWN.with(|drawn| drawn.contains(&arrow));
    assert!(is_drawn, "ARCHITECTURE.md does not draw {arrow:?}");
    SEEN.with_borrow_mut(|seen| seen.insert(arrow));
}
