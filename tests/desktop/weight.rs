//! The resources that a program and its children use while idle.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

/// The duration of a measurement.
const SPAN: Duration = Duration::from_secs(30);

/// The total memory and work of some processes.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    pub processes: usize,
    /// Proportional set size: private memory and a share of shared memory, in KiB.
    pub memory: u64,
    /// Wake-ups of their threads per second.
    pub wakeups: f64,
    /// CPU time, in thousandths of one CPU.
    pub work: f64,
}

impl Weight {
    /// Measures idle processes.
    pub async fn of(processes: &[u32]) -> Self {
        let sum = |read: fn(u32) -> u64| processes.iter().map(|pid| read(*pid)).sum::<u64>();
        let (switches, ticks) = (sum(switches), sum(ticks));
        sleep(SPAN).await;
        let span = SPAN.as_secs_f64();
        Self {
            processes: processes.len(),
            memory: sum(memory),
            wakeups: number(sum(self::switches) - switches) / span,
            work: number(sum(self::ticks) - ticks) / 100.0 / span * 1000.0,
        }
    }

    /// Formats a row of the table.
    pub fn told(&self, name: &str) -> String {
        let megabytes = number(self.memory) / 1024.0;
        format!("{name:<28} {:>9} {megabytes:>9.1} {:>10.1} {:>8.2}", self.processes, self.wakeups, self.work)
    }
}

/// Formats the header of the table.
pub fn head() -> String {
    format!(
        "{:<28} {:>9} {:>9} {:>10} {:>8}",
        "idle for half a minute", "processes", "MiB (PSS)", "wake-ups/s", "CPU/1000"
    )
}

/// Converts a count; none here exceeds a `u32`.
fn number(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn memory(pid: u32) -> u64 {
    number_after(Path::new(&format!("/proc/{pid}/smaps_rollup")), "Pss:")
}

fn switches(pid: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    threads.map(|thread| number_after(&thread.path().join("status"), "voluntary_ctxt_switches:")).sum()
}

/// CPU time in hundredths of a second.
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn number_after(file: &Path, name: &str) -> u64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
