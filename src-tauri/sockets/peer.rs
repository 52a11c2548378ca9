//! Which user's program is at the other end of a connection within this computer.
//!
//! **Invariant:** where the system does not say, nobody is taken for this user; and a socket that no program holds belongs to
//! nobody.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

#[cfg(any(target_os = "linux", test))]
use super::table;

/// Both addresses of a connection that was accepted here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    ours: SocketAddr,
    theirs: SocketAddr,
}

/// Who has the socket at the other end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Owner {
    /// The user that Keyfob runs as.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
    ThisUser,
    /// Another user, or nobody any more: the socket was closed.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
    Another,
    /// The system does not say.
    Unknown,
}

impl Ends {
    pub(crate) fn of(stream: &TcpStream) -> io::Result<Self> {
        Ok(Self { ours: stream.local_addr()?, theirs: stream.peer_addr()? })
    }

    /// Who has the other end now.
    pub(crate) async fn owner(self) -> Owner {
        tokio::task::spawn_blocking(move || look_up(self)).await.unwrap_or(Owner::Unknown)
    }
}

/// Whether this system tells users' sockets apart.
pub(crate) fn can_tell() -> bool {
    cfg!(target_os = "linux") && std::fs::metadata("/proc/net/tcp").is_ok()
}

#[cfg(target_os = "linux")]
fn look_up(ends: Ends) -> Owner {
    /// The kernel prints the table in pieces, so that a line may be missed while others come and go.
    const LOOKS: usize = 3;
    if !can_tell() {
        return Owner::Unknown;
    }
    let tables = if ends.theirs.is_ipv4() { &[table::V4, table::V6][..] } else { &[table::V6] };
    let user = rustix::process::geteuid().as_raw();
    let mut looks = (0..LOOKS).flat_map(|_| tables).map(|path| table::text(path));
    match looks.find_map(|text| user_of(&text, ends.theirs, ends.ours)) {
        Some(found) if found == user => Owner::ThisUser,
        _ => Owner::Another,
    }
}

#[cfg(not(target_os = "linux"))]
fn look_up(_: Ends) -> Owner {
    Owner::Unknown
}

/// The user whose socket goes from one address to the other; `None` when no program holds such a socket.
#[cfg(any(target_os = "linux", test))]
pub(super) fn user_of(text: &str, from: SocketAddr, to: SocketAddr) -> Option<u32> {
    let wanted = (table::canonical(from), table::canonical(to));
    let mut sockets = table::sockets(text).filter(table::Socket::is_held);
    sockets.find(|socket| (socket.local, socket.remote) == wanted).map(|socket| socket.user)
}
