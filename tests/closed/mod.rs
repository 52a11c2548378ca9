//! A port of this machine that refuses every connection while a test holds it.
#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs of it")]

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpSocket;

/// A socket that is bound but does not listen: Linux refuses connections to it, and gives its port to no other program.
///
/// A port that was bound and released is not the same: the server of a parallel test may get it.
pub struct Closed(TcpSocket);

impl Closed {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        Self(socket)
    }

    pub fn at(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }
}
