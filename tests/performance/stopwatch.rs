//! Measures how long something takes.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::hint::black_box;
use std::time::{Duration, Instant};

const RUNS: usize = 60;

pub fn title(text: &str) {
    println!("\n{text}");
}

/// Prints the minimum time of `work` on prepared input.
pub fn row<T, R>(name: &str, mut ready: impl FnMut() -> T, mut work: impl FnMut(T) -> R) {
    let mut least = Duration::MAX;
    for _ in 0..RUNS {
        let made = ready();
        let began = Instant::now();
        let result = black_box(work(made));
        least = least.min(began.elapsed());
        drop(result);
    }
    println!("{name:<56}{:>9.3} ms", least.as_secs_f64() * 1000.0);
}
