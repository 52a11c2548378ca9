//! Reads the text of `/proc/net/tcp` and `/proc/net/tcp6` (proc(5); the kernel's `get_tcp4_sock` and `get_tcp6_sock`).
//!
//! **Invariant:** a line that cannot be read is passed over, and a socket that no program holds belongs to nobody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The user whose socket goes from one address to the other; `None` when no program holds such a socket.
pub(super) fn user_of(table: &str, from: SocketAddr, to: SocketAddr) -> Option<u32> {
    let wanted = (canonical(from), canonical(to));
    let mut sockets = table.lines().skip(1).filter_map(socket);
    sockets.find(|socket| (socket.from, socket.to) == wanted).map(|socket| socket.user)
}

struct Socket {
    from: (IpAddr, u16),
    to: (IpAddr, u16),
    user: u32,
}

/// A line: number, local address, remote address, state, queues, timer, retransmits, user, time-out, inode, and more.
fn socket(line: &str) -> Option<Socket> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_, from, to, _, _, _, _, user, _, inode, ..] = fields[..] else { return None };
    // After a program has closed its socket the kernel prints user 0, which is root's number, and no inode.
    if inode.parse::<u64>().ok()? == 0 {
        return None;
    }
    Some(Socket { from: address(from)?, to: address(to)?, user: user.parse().ok()? })
}

/// `0100007F:6F39`: words of 32 bits in hexadecimal, as they lie in memory, and the port.
fn address(text: &str) -> Option<(IpAddr, u16)> {
    let (ip, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let word = |at: usize| Some(u32::from_str_radix(ip.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    let ip = match ip.len() {
        8 => IpAddr::from(Ipv4Addr::from(word(0)?)),
        32 => {
            let words = [word(0)?, word(8)?, word(16)?, word(24)?];
            let bytes: [u8; 16] = words.concat().try_into().ok()?;
            IpAddr::from(Ipv6Addr::from(bytes))
        }
        _ => return None,
    };
    Some((ip.to_canonical(), port))
}

/// An IPv4 address that is mapped into IPv6 is the IPv4 address.
fn canonical(address: SocketAddr) -> (IpAddr, u16) {
    (address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests;
