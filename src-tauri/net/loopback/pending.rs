//! Accepted connections whose owner is still unknown.
//!
//! **Invariant:** one read of the system's table serves every waiting connection, so that a flood costs one read.

use std::future;
use std::mem::take;

use tokio::net::TcpStream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::OnRequest;
use crate::platform::sockets::peer::{Ends, Owner, owners};

/// The most connections that wait; the rest stay in the system's queue.
const MOST: usize = 256;

/// A connection that was accepted.
pub(super) struct Accepted {
    pub(super) stream: TcpStream,
    pub(super) ends: Ends,
    pub(super) port: u16,
    pub(super) on_request: OnRequest,
}

#[derive(Default)]
pub(super) struct PendingConnections {
    waiting: Vec<Accepted>,
    looked_up: Option<JoinHandle<Vec<(Accepted, Owner)>>>,
}

impl PendingConnections {
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < MOST
    }

    pub(super) fn take(&mut self, stream: TcpStream, port: u16, on_request: OnRequest) {
        if let Ok(ends) = Ends::of(&stream) {
            self.waiting.push(Accepted { stream, ends, port, on_request });
        }
    }

    /// Waits for connections and returns those whose owner is known. Cancelling it loses no connection.
    pub(super) async fn known(&mut self) -> Vec<(Accepted, Owner)> {
        if self.looked_up.is_none() && !self.waiting.is_empty() {
            let batch = take(&mut self.waiting);
            self.looked_up = Some(spawn_blocking(move || {
                let ends: Vec<Ends> = batch.iter().map(|accepted| accepted.ends).collect();
                batch.into_iter().zip(owners(&ends)).collect()
            }));
        }
        match &mut self.looked_up {
            Some(looking) => {
                let known = looking.await.unwrap_or_default();
                self.looked_up = None;
                known
            }
            None => future::pending().await,
        }
    }
}
