//! The two fixed ports, for one test at a time: also of other programs and other copies of this project.

use std::fs::File;

use keyfob_core::registration::LOOPBACK_PORTS;

/// Nobody else has the ports while this is held.
pub struct Ports(File);

impl Ports {
    /// Waits until nobody else has them.
    pub async fn alone() -> Self {
        tokio::task::spawn_blocking(|| {
            let lock = File::create(std::env::temp_dir().join("keyfob-loopback-ports.lock")).unwrap();
            lock.lock().unwrap();
            Self(lock)
        })
        .await
        .unwrap()
    }

    /// Whether nobody listens on this one.
    pub fn is_free(&self, port: u16) -> bool {
        std::net::TcpListener::bind(("127.0.0.1", port)).is_ok()
    }

    /// Another program takes the first.
    pub fn take_first(&self) -> std::net::TcpListener {
        std::net::TcpListener::bind(("127.0.0.1", LOOPBACK_PORTS[0])).unwrap()
    }
}

impl Drop for Ports {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
