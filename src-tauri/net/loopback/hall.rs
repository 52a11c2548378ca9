//! Accepted connections whose owner is still unknown.
//!
//! **Invariant:** one read of the system's table serves every waiting connection, so that a flood costs one read.

use std::future;
use std::mem::take;

use tokio::net::TcpStream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::Told;
use crate::platform::sockets::peer::{Ends, Owner, owners};

/// How many wait at once; the rest stay in the system's queue.
const MOST: usize = 256;

/// A connection that was accepted.
pub(super) struct Newcomer {
    pub(super) stream: TcpStream,
    pub(super) ends: Ends,
    pub(super) port: u16,
    pub(super) told: Told,
}

#[derive(Default)]
pub(super) struct Hall {
    waiting: Vec<Newcomer>,
    looked_up: Option<JoinHandle<Vec<(Newcomer, Owner)>>>,
}

impl Hall {
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < MOST
    }

    pub(super) fn take(&mut self, stream: TcpStream, port: u16, told: Told) {
        if let Ok(ends) = Ends::of(&stream) {
            self.waiting.push(Newcomer { stream, ends, port, told });
        }
    }

    /// Waits for connections and returns those whose owner is known. Cancelling it loses no connection.
    pub(super) async fn known(&mut self) -> Vec<(Newcomer, Owner)> {
        if self.looked_up.is_none() && !self.waiting.is_empty() {
            let batch = take(&mut self.waiting);
            self.looked_up = Some(spawn_blocking(move || {
                let ends: Vec<Ends> = batch.iter().map(|newcomer| newcomer.ends).collect();
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
