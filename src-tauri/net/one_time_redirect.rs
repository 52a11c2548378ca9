//! Leads the user's browser to a private address that stands in no program's arguments.
//!
//! The browser is opened at `http://127.0.0.1:PORT/RANDOM`, and what listens there sends it on. **Invariant:** the private
//! address is given once, and only to a socket of the user Keyfob runs as: other users can read the random path in the
//! arguments of the program that opens the browser, so the path guards against web pages only. Whoever else comes gets
//! nothing and uses nothing up. Deliberately absent: what the address means, and the browser.

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
/// How long one that loads the page again is told that it was opened already.
const EXPLAINS: Duration = Duration::from_secs(30);
/// One connection, whole.
const STAY: Duration = Duration::from_secs(10);
/// Until its request is there.
const ASKING: Duration = Duration::from_secs(5);
/// A request with its headers. Other programs' cookies for this computer come along.
const LONGEST: usize = 64 * 1024;
/// Connections of this user's programs at once.
const AT_ONCE: usize = 32;

/// An open port that waits for the browser. Dropped, it closes.
#[derive(Debug)]
pub struct OneTimeRedirect {
    url: Url,
    task: AbortHandle,
}

impl OneTimeRedirect {
    /// Whether this system tells whose a socket is, without which there is no such port.
    pub fn is_possible() -> bool {
        peer::can_tell()
    }

    /// Opens a port that sends this user's browser on to `address`, once and within two minutes. Fails where no port can be
    /// had, or [`Self::is_possible`] is false. Must be called on a tokio runtime.
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

    /// What to open the browser at.
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
        // Whether it was given or nobody came, the port closes.
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
            // No more files can be opened, perhaps; that does not change at once.
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Another user's programs take no seat.
        if !is_this_users(&stream).await {
            continue;
        }
        let (once, given) = (Arc::clone(&once), Arc::clone(&given));
        tokio::spawn(async move {
            // One that stays too long is cut off.
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
    // What is not HTTP gets no answer.
    let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
}
