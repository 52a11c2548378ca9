//! Reads `/proc/net/tcp` and `/proc/net/tcp6` (proc(5); the kernel's `get_tcp4_sock` and `get_tcp6_sock`).
//!
//! **Invariant:** an unreadable line is skipped and does not hide others.

#[cfg(target_os = "linux")]
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// `TCP_LISTEN` of the kernel's `include/net/tcp_states.h`.
const LISTENING: u8 = 0x0A;

/// The table of IPv4 sockets.
#[cfg(target_os = "linux")]
pub(super) const V4: &str = "/proc/net/tcp";
/// The table of IPv6 sockets, which may be connected over IPv4 as well.
#[cfg(target_os = "linux")]
pub(super) const V6: &str = "/proc/net/tcp6";

/// One socket of a table, with [`canonical`] addresses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Socket {
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    /// The kernel's number of the state.
    pub(super) state: u8,
    pub(super) user: u32,
    /// 0 when no program holds the socket.
    pub(super) inode: u64,
}

impl Socket {
    pub(super) fn is_listening(&self) -> bool {
        self.state == LISTENING
    }

    /// Whether a program holds the socket. After it is closed, the kernel prints user 0, which is also root's ID.
    pub(super) fn is_held(&self) -> bool {
        self.inode != 0
    }
}

/// The text of a table; empty when it does not exist, for example when IPv6 is disabled.
#[cfg(target_os = "linux")]
pub(super) fn text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The part of a table with the listening sockets. The kernel prints them first; stopping there saves it the work of
/// printing the connections.
#[cfg(target_os = "linux")]
pub(super) fn listening(path: &str) -> String {
    let Ok(file) = std::fs::File::open(path) else { return String::new() };
    let lines = BufReader::new(file).lines().map_while(Result::ok);
    until_connected(lines).collect()
}

/// The lines before the first socket that does not listen.
pub(super) fn until_connected(lines: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let listens_or_is_none = |line: &String| socket(line).is_none_or(|socket| socket.is_listening());
    lines.take_while(listens_or_is_none).map(|line| line + "\n")
}

/// Every socket of a table, or of both tables concatenated.
pub(super) fn sockets(text: &str) -> impl Iterator<Item = Socket> {
    text.lines().filter_map(socket)
}

/// Converts an IPv4-mapped IPv6 address to the IPv4 address.
pub(super) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Reads a line: number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode, and
/// more.
fn socket(line: &str) -> Option<Socket> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_, local, remote, state, _, _, _, user, _, inode, ..] = fields[..] else { return None };
    Some(Socket {
        local: address(local)?,
        remote: address(remote)?,
        state: u8::from_str_radix(state, 16).ok()?,
        user: user.parse().ok()?,
        inode: inode.parse().ok()?,
    })
}

/// Reads an address such as `0100007F:6F39`: hexadecimal 32-bit words in memory order, and the port.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let word = |at: usize| Some(u32::from_str_radix(ip.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    let ip = match ip.len() {
        8 => IpAddr::from(Ipv4Addr::from(word(0)?)),
        32 => {
            let bytes: [u8; 16] = [word(0)?, word(8)?, word(16)?, word(24)?].concat().try_into().ok()?;
            IpAddr::from(Ipv6Addr::from(bytes))
        }
        _ => return None,
    };
    Some(canonical(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?)))
}
