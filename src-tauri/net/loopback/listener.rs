//! A port on both loopback addresses, since `localhost` may resolve to either.
//!
//! **Invariant:** the port is bound on IPv4 and IPv6, or binding fails. IPv4 alone is enough only where IPv6 is unavailable.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener as StdListener};
use std::time::Duration;

use keyfob_core::Problem;
use tokio::net::{TcpListener, TcpStream};

/// The pause after accepting fails, for example because the process is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// An open port.
pub(super) struct Listener {
    pub(super) port: u16,
    old: TcpListener,
    new: Option<TcpListener>,
}

impl Listener {
    /// Binds the first free one of these ports. Must be called on a tokio runtime.
    pub(super) fn open(ports: &[u16]) -> Result<Self, Problem> {
        let first = ports.iter().find_map(|port| Self::at(*port).ok());
        first.ok_or_else(|| Problem::PortsBusy { ports: ports.to_vec() })
    }

    fn at(port: u16) -> io::Result<Self> {
        let old = listener(Ipv4Addr::LOCALHOST.into(), port)?;
        let new = match listener(Ipv6Addr::LOCALHOST.into(), port) {
            Ok(listener) => Some(listener),
            Err(failed) if matches!(failed.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {
                return Err(failed);
            }
            Err(_) => None,
        };
        Ok(Self { port, old, new })
    }

    /// The next connection; `None` when accepting failed.
    pub(super) async fn next(&self) -> Option<TcpStream> {
        let new = async {
            match &self.new {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        let came = tokio::select! {
            came = self.old.accept() => came,
            came = new => came,
        };
        if came.is_err() {
            tokio::time::sleep(PAUSE).await;
        }
        came.ok().map(|(stream, _)| stream)
    }
}

fn listener(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let listener = StdListener::bind((address, port))?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}
