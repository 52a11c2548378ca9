//! A port, open on both of the machine's loopback addresses: `localhost` may be either.
//!
//! **Invariant:** a port is had on both, or not at all; only a machine without the newer one does with one.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener as StdListener};
use std::time::Duration;

use keyfob_core::Problem;
use tokio::net::{TcpListener, TcpStream};

/// When nobody can be let in (no more files may be open, say), that will not change at once.
const PAUSE: Duration = Duration::from_millis(100);

/// An open port.
pub(super) struct Door {
    pub(super) port: u16,
    old: TcpListener,
    new: Option<TcpListener>,
}

impl Door {
    /// The first of these that is free. Needs a tokio runtime.
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

    /// Who comes next; nobody, when that failed.
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
