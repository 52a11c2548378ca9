//! The two fixed ports, for one test at a time, also across programs and other copies of this project.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs::File;

/// Exclusive use of the ports while this is held.
pub struct Ports(File);

impl Ports {
    /// Waits until the ports are free.
    pub async fn alone() -> Self {
        tokio::task::spawn_blocking(|| {
            let lock = File::create(std::env::temp_dir().join("keyfob-loopback-ports.lock")).unwrap();
            lock.lock().unwrap();
            Self(lock)
        })
        .await
        .unwrap()
    }

    /// Whether a port is free.
    pub fn is_free(port: u16) -> bool {
        std::net::TcpListener::bind(("127.0.0.1", port)).is_ok()
    }
}

impl Drop for Ports {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
