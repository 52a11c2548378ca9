//! A port for a program that must know its number before it listens.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::fs::File;
use std::net::TcpListener;

/// Below the ephemeral ports of Linux (32768), Windows and macOS (49152), so that no other program on this machine gets
/// one of these by chance; above those of well-known services.
const RANGE: std::ops::Range<u16> = 21_000..32_000;

/// A port that no other test takes while this is held, in this checkout or another; a file lock reserves it.
pub struct OwnPort(u16, #[allow(dead_code, reason = "held for its lock")] File);

impl OwnPort {
    pub fn take() -> Self {
        let mut numbers = RANGE;
        numbers.find_map(Self::take_this).expect("one of eleven thousand ports is free")
    }

    /// `None` when another test has reserved it, or any program listens there.
    fn take_this(number: u16) -> Option<Self> {
        let lock = File::create(std::env::temp_dir().join(format!("keyfob-port-{number}.lock"))).ok()?;
        lock.try_lock().ok()?;
        let is_free = ["127.0.0.1", "::1"].iter().all(|address| TcpListener::bind((*address, number)).is_ok());
        is_free.then_some(Self(number, lock))
    }

    pub fn number(&self) -> u16 {
        self.0
    }
}
