//! The loopback port that receives the authorization response of a Server-based client (RFC 8252, section 7.3).
//!
//! **Invariant:** only `GET /callback` for the port's own host becomes an event, on Linux only from a program of this
//! user. Any other request costs bounded memory for a bounded time. Deliberately absent: what a response means, which
//! the Desk decides.

mod connections;
mod html;
mod listener;
mod pending;
mod replies;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use keyfob_core::loopback::{LoopbackPage, LoopbackRequest};
use keyfob_core::{Event, Problem};
use tokio::sync::{mpsc, oneshot};

use self::connections::{Connections, may_ask};
use self::listener::Listener;
use self::pending::PendingConnections;
use self::replies::Pages;
use crate::platform::sockets::peer::Owner;

/// Sends [`Event::LoopbackAsked`], [`Event::LoopbackRefused`] or [`Event::HttpsAsked`].
type OnRequest = Arc<dyn Fn(Event) + Send + Sync>;

/// A handle to the task that owns the port. The task ends when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Loopback {
    orders: mpsc::UnboundedSender<Order>,
    pages: Pages,
}

enum Order {
    Listen(Vec<u16>, OnRequest, oneshot::Sender<Result<u16, Problem>>),
    Stop,
}

impl Loopback {
    /// Starts the task on the current tokio runtime. It does not listen yet.
    pub fn start() -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let pages = Pages::default();
        tokio::spawn(run(inbox, pages.clone()));
        Self { orders, pages }
    }

    /// Listens on the first free port when it returns; closes the port it listened on before.
    pub fn listen<F>(
        &self,
        ports: Vec<u16>,
        on_request: F,
    ) -> impl Future<Output = Result<u16, Problem>> + Send + use<F>
    where
        F: Fn(Event) + Send + Sync + 'static,
    {
        let (answer, found) = oneshot::channel();
        let busy = Problem::PortsBusy { ports: ports.clone() };
        // The task lives as long as this handle.
        let _ = self.orders.send(Order::Listen(ports, Arc::new(on_request), answer));
        async move { found.await.unwrap_or(Err(busy)) }
    }

    /// Answers a request with this page.
    pub fn answer(&self, request: LoopbackRequest, page: LoopbackPage) {
        self.pages.give(request, page);
    }

    /// Closes the port. Requests that were accepted are still answered.
    pub fn stop(&self) {
        let _ = self.orders.send(Order::Stop);
    }
}

async fn run(mut orders: mpsc::UnboundedReceiver<Order>, pages: Pages) {
    let (mut open, mut pending, mut connections) =
        (None::<(Listener, OnRequest)>, PendingConnections::default(), Connections::default());
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Stop) => open = None,
                Some(Order::Listen(ports, on_request, answer)) => {
                    // The new port may be the one that was open.
                    drop(open.take());
                    let found = Listener::open(&ports);
                    let _ = answer.send(found.as_ref().map(|listener| listener.port).map_err(Clone::clone));
                    open = found.ok().map(|listener| (listener, on_request));
                }
            },
            came = next(open.as_ref()), if pending.has_room() => if let Some((stream, port, on_request)) = came {
                pending.take(stream, port, on_request);
            },
            known = pending.known() => for (accepted, owner) in known {
                match owner {
                    owner if may_ask(owner) => connections.accept(accepted, pages.clone()),
                    // A browser may open a connection and close it unused.
                    Owner::Nobody => {}
                    _ => (accepted.on_request)(Event::LoopbackRefused),
                }
            },
        }
    }
}

/// The next connection; never resolves when no port is open.
async fn next(open: Option<&(Listener, OnRequest)>) -> Option<(tokio::net::TcpStream, u16, OnRequest)> {
    match open {
        Some((listener, on_request)) => Some((listener.next().await?, listener.port, Arc::clone(on_request))),
        None => std::future::pending().await,
    }
}

impl fmt::Debug for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Order")
    }
}
