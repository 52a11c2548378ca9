//! One running data centre: Zoho's state, the journal, the script, and the other data centres that it knows.
//!
//! *Invariant:* no two states are locked at the same time, so data centres cannot deadlock.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::journal::Journal;
use crate::script::Prompter;
use crate::zoho::{Home, Zoho};
use crate::{Asked, Clock, Endpoint, Plan, Units};

mod consenting;
mod devices;
mod enhancing;
mod neighbours;

pub(crate) use consenting::Opened;

use neighbours::Neighbours;

pub(crate) struct World {
    pub(crate) home: Home,
    pub(crate) clock: Clock,
    pub(crate) slow: Duration,
    pub(crate) units: Units,
    zoho: Mutex<Zoho>,
    journal: Mutex<Journal>,
    prompter: Mutex<Prompter>,
    neighbours: Mutex<Neighbours>,
    inside: AtomicU64,
    heard: watch::Sender<()>,
}

impl World {
    pub(crate) fn new(plan: Plan, origin: String) -> Self {
        let home = Home { location: plan.location, origin };
        Self {
            home: home.clone(),
            clock: plan.clock,
            slow: plan.slow,
            units: plan.units,
            zoho: Mutex::new(Zoho::new(home, plan.person, plan.dialect)),
            journal: Mutex::default(),
            prompter: Mutex::default(),
            neighbours: Mutex::default(),
            inside: AtomicU64::new(0),
            heard: watch::Sender::new(()),
        }
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    pub(crate) fn zoho(&self) -> MutexGuard<'_, Zoho> {
        lock(&self.zoho)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn prompter(&self) -> MutexGuard<'_, Prompter> {
        lock(&self.prompter)
    }

    pub(crate) fn hear(&self, asked: Asked) {
        self.journal().note(asked);
        self.heard.send_replace(());
    }

    pub(crate) async fn was_asked(&self, endpoint: Endpoint, times: usize) {
        let mut heard = self.heard.subscribe();
        // The sender lives in self, so waiting cannot fail.
        let _ = heard.wait_for(|()| self.journal().count(endpoint) >= times).await;
    }

    pub(crate) fn add_time_inside(&self, spent: Duration) {
        self.inside.fetch_add(u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(crate) fn time_inside(&self) -> Duration {
        Duration::from_nanos(self.inside.load(Ordering::Relaxed))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
