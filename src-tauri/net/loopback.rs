//! The loopback port that receives the authorization response of a Server-based client (RFC 8252, section 7.3).
//!
//! **Invariant:** only `GET /callback` for our own host and port becomes an event, on Linux only from a program of this user.
//! Any other request costs bounded memory for a bounded time. Deliberately absent: what a response means, which the Desk decides.

mod connections;
mod hall;
mod html;
mod listener;
mod replies;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use keyfob_core::loopback::{Knock, LoopbackPage};
use keyfob_core::{Event, Problem};
use tokio::sync::{mpsc, oneshot};

use self::connections::{Guests, may_ask};
use self::hall::Hall;
use self::listener::Door;
use self::replies::Pages;
use crate::platform::sockets::peer::Owner;

/// Sends [`Event::LoopbackAsked`], [`Event::KnockRefused`] or [`Event::HttpsAsked`].
type Told = Arc<dyn Fn(Event) + Send + Sync>;

/// A handle to the task that owns the port. The task ends when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Loopback {
    orders: mpsc::UnboundedSender<Order>,
    pages: Pages,
}

enum Order {
    Listen(Vec<u16>, Told, oneshot::Sender<Result<u16, Problem>>),
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
    pub fn listen<F>(&self, ports: Vec<u16>, told: F) -> impl Future<Output = Result<u16, Problem>> + Send + use<F>
    where
        F: Fn(Event) + Send + Sync + 'static,
    {
        let (answer, found) = oneshot::channel();
        let busy = Problem::PortsBusy { ports: ports.clone() };
        // The task lives as long as this handle.
        let _ = self.orders.send(Order::Listen(ports, Arc::new(told), answer));
        async move { found.await.unwrap_or(Err(busy)) }
    }

    /// Answers a request with this page.
    pub fn answer(&self, knock: Knock, page: LoopbackPage) {
        self.pages.give(knock, page);
    }

    /// Closes the port. Requests that were accepted are still answered.
    pub fn stop(&self) {
        let _ = self.orders.send(Order::Stop);
    }
}

async fn run(mut orders: mpsc::UnboundedReceiver<Order>, pages: Pages) {
    let (mut open, mut hall, mut guests) = (None::<(Door, Told)>, Hall::default(), Guests::default());
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Stop) => open = None,
                Some(Order::Listen(ports, told, answer)) => {
                    // The new port may be the one that was open.
                    drop(open.take());
                    let found = Door::open(&ports);
                    let _ = answer.send(found.as_ref().map(|door| door.port).map_err(Clone::clone));
                    open = found.ok().map(|door| (door, told));
                }
            },
            came = next(open.as_ref()), if hall.has_room() => if let Some((stream, port, told)) = came {
                hall.take(stream, port, told);
            },
            known = hall.known() => for (newcomer, owner) in known {
                match owner {
                    owner if may_ask(owner) => guests.let_in(newcomer, pages.clone()),
                    // A browser may open a connection and close it unused.
                    Owner::Nobody => {}
                    _ => (newcomer.told)(Event::KnockRefused),
                }
            },
        }
    }
}

/// The next connection; never resolves when no port is open.
async fn next(open: Option<&(Door, Told)>) -> Option<(tokio::net::TcpStream, u16, Told)> {
    match open {
        Some((door, told)) => Some((door.next().await?, door.port, Arc::clone(told))),
        None => std::future::pending().await,
    }
}

impl fmt::Debug for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Order")
    }
}
