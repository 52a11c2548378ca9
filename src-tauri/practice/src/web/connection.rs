//! A TCP connection that can be broken on purpose, so that no response arrives.

use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Breaks one connection: nothing more is written to it.
#[derive(Clone)]
pub(super) struct Cut(Arc<Wire>);

struct Wire {
    broken: AtomicBool,
    flushed: watch::Sender<()>,
}

impl Cut {
    fn new() -> Self {
        Self(Arc::new(Wire { broken: AtomicBool::new(false), flushed: watch::Sender::new(()) }))
    }

    pub(super) fn now(&self) {
        self.0.broken.store(true, Ordering::Release);
    }

    /// Reports when the data written so far has been sent.
    pub(super) fn watch_flushes(&self) -> watch::Receiver<()> {
        self.0.flushed.subscribe()
    }

    fn check(&self) -> io::Result<()> {
        if self.0.broken.load(Ordering::Acquire) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl Connected<IncomingStream<'_, Door>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().cut.clone()
    }
}

/// The listener.
pub(super) struct Door(TcpListener);

impl Door {
    pub(super) fn new(listener: StdListener) -> io::Result<Self> {
        TcpListener::from_std(listener).map(Self)
    }
}

impl Listener for Door {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.0).await;
        // Responses are small; without this some would wait for an acknowledgement.
        let _ = stream.set_nodelay(true);
        (Line { stream, cut: Cut::new() }, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// One connection.
pub(super) struct Line {
    stream: TcpStream,
    cut: Cut,
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.cut.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.cut.check()?;
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.cut.0.flushed.send_replace(());
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
