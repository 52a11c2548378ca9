//! Which user's program is the peer of a connection within this computer.
//!
//! **Invariant:** when the system does not tell the owner, no connection counts as this user's; a socket that no
//! program holds has no owner.

#[cfg(any(target_os = "linux", test))]
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

#[cfg(any(target_os = "linux", test))]
use super::table;

/// Both addresses of an accepted connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    ours: SocketAddr,
    theirs: SocketAddr,
}

/// Who owns the peer's socket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Owner {
    /// The user that Keyfob runs as.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
    ThisUser,
    /// Another user.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
    Another,
    /// Nobody: the socket was closed.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
    Nobody,
    /// The system does not tell.
    Unknown,
}

impl Ends {
    pub(crate) fn of(stream: &TcpStream) -> io::Result<Self> {
        Ok(Self { ours: stream.local_addr()?, theirs: stream.peer_addr()? })
    }

    /// Who owns the peer's socket now.
    pub(crate) async fn owner(self) -> Owner {
        let found = tokio::task::spawn_blocking(move || owners(&[self])).await.unwrap_or_default();
        found.first().copied().unwrap_or(Owner::Unknown)
    }
}

/// Whether this system tells which user owns a socket.
pub(crate) fn can_tell() -> bool {
    cfg!(target_os = "linux") && std::fs::metadata("/proc/net/tcp").is_ok()
}

/// Who owns the peer's socket of each of these now. Reads the kernel's table, so it blocks.
#[cfg(target_os = "linux")]
pub(crate) fn owners(all: &[Ends]) -> Vec<Owner> {
    /// The kernel prints the table in pieces, so a read may miss a line while others are added and removed.
    const LOOKS: usize = 3;
    if !can_tell() {
        return vec![Owner::Unknown; all.len()];
    }
    let mut found = vec![None; all.len()];
    for _ in 0..LOOKS {
        if found.iter().all(Option::is_some) {
            break;
        }
        let users = users(&[table::V4, table::V6].map(table::text).concat());
        for (user, ends) in found.iter_mut().zip(all).filter(|(user, _)| user.is_none()) {
            *user = users.get(&between(ends.theirs, ends.ours)).copied();
        }
    }
    let this = rustix::process::geteuid().as_raw();
    let owner = |user| match user {
        Some(user) if user == this => Owner::ThisUser,
        Some(_) => Owner::Another,
        None => Owner::Nobody,
    };
    found.into_iter().map(owner).collect()
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn owners(all: &[Ends]) -> Vec<Owner> {
    vec![Owner::Unknown; all.len()]
}

/// The users of all sockets that a program holds, by local and remote address.
#[cfg(any(target_os = "linux", test))]
pub(super) fn users(text: &str) -> HashMap<(SocketAddr, SocketAddr), u32> {
    let mut users = HashMap::new();
    for socket in table::sockets(text).filter(table::Socket::is_held) {
        users.entry((socket.local, socket.remote)).or_insert(socket.user);
    }
    users
}

/// The key of the socket that connects one address to the other.
#[cfg(any(target_os = "linux", test))]
pub(super) fn between(from: SocketAddr, to: SocketAddr) -> (SocketAddr, SocketAddr) {
    (table::canonical(from), table::canonical(to))
}
