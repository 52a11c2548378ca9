//! Redirects the user's browser to a private address, so that the address is in no program's arguments.
//!
//! The browser opens `http://127.0.0.1:PORT/RANDOM` and is redirected from there. **Invariant:** the private address is
//! sent once, and only to a socket of the user that Keyfob runs as: other users can read the random path in the
//! arguments of the program that opens the browser, so the path protects against web pages only. Any other request gets
//! nothing and does not use up the redirect. Deliberately absent: what the address means, and the browser.
#![expect(clippy::disallowed_methods, reason = "draws a random path")]

mod answer;

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use oauth2::CsrfToken;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};
use url::Url;

use self::answer::Once;
use crate::platform::sockets::peer::{self, Ends, Owner};

/// How long a browser may take to start.
const WAITS: Duration = Duration::from_mins(2);
/// How long a reload of the page is answered with the page that says it was opened already.
const EXPLAINS: Duration = Duration::from_secs(30);
/// Time limit of a connection.
const STAY: Duration = Duration::from_secs(10);
/// Time limit for receiving a request.
const ASKING: Duration = Duration::from_secs(5);
/// The largest request head, in bytes. It may hold cookies that other programs set for this computer.
const LONGEST: usize = 64 * 1024;
/// The most connections of this user's programs that are open at a time.
const AT_ONCE: usize = 32;

/// An open port that waits for the browser. Dropping it closes the port.
#[derive(Debug)]
pub struct OneTimeRedirect {
    url: Url,
    task: AbortHandle,
}

impl OneTimeRedirect {
    /// Whether the system tells which user owns a socket; otherwise no redirect is opened.
    pub fn is_possible() -> bool {
        peer::can_tell()
    }

    /// Opens a port that redirects this user's browser to `address`, once and within two minutes. Fails when no port is
    /// free or [`Self::is_possible`] is false. Must be called on a tokio runtime.
    pub async fn to(address: &Url) -> io::Result<Self> {
        if !Self::is_possible() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = door.local_addr()?.port();
        // 256 bits.
        let path = format!("/{}", CsrfToken::new_random_len(32).secret());
        let url = Url::parse(&format!("http://127.0.0.1:{port}{path}")).map_err(io::Error::other)?;
        let once = Arc::new(Once::new(port, path, address)?);
        let task = tokio::spawn(serve(door, once)).abort_handle();
        Ok(Self { url, task })
    }

    /// The address at which to open the browser.
    pub fn url(&self) -> &Url {
        &self.url
    }
}

impl Drop for OneTimeRedirect {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(door: TcpListener, once: Arc<Once>) {
    let given = Arc::new(Notify::new());
    let ends = async {
        // The port closes, whether the address was sent or not.
        if timeout(WAITS, given.notified()).await.is_ok() {
            sleep(EXPLAINS).await;
        }
    };
    tokio::select! {
        () = ends => {}
        () = accept(door, once, Arc::clone(&given)) => {}
    }
}

async fn accept(door: TcpListener, once: Arc<Once>, given: Arc<Notify>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    while let Ok(seat) = Arc::clone(&room).acquire_owned().await {
        let Ok((stream, _)) = door.accept().await else {
            // The process may be out of file descriptors until a connection ends.
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Connections of other users do not count against the limit.
        if !is_this_users(&stream).await {
            continue;
        }
        let (once, given) = (Arc::clone(&once), Arc::clone(&given));
        tokio::spawn(async move {
            // A connection that lasts too long is closed.
            drop(timeout(STAY, talk(stream, &once, &given)).await);
            drop(seat);
        });
    }
}

async fn is_this_users(stream: &TcpStream) -> bool {
    match Ends::of(stream) {
        Ok(ends) => ends.owner().await == Owner::ThisUser,
        Err(_) => false,
    }
}

async fn talk(stream: TcpStream, once: &Once, given: &Notify) {
    let service = service_fn(|request| async move { Ok::<_, Infallible>(once.answer(&request, given)) });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(ASKING).max_buf_size(LONGEST).keep_alive(false);
    // A connection that does not speak HTTP gets no response.
    let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
}
