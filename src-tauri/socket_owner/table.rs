//! Reads the text of `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)).
//!
//! **Invariant:** a line that cannot be read is passed over.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// `TCP_LISTEN` of the kernel's `include/net/tcp_states.h`.
const LISTENING: u8 = 0x0A;

/// One socket of the table. An IPv4 address that is mapped into IPv6 is told as the IPv4 address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Socket {
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    /// As the kernel numbers them.
    pub(crate) state: u8,
    pub(crate) user: u32,
}

/// Every socket of a table, or of both one after the other.
pub(crate) fn owners(table: &str) -> impl Iterator<Item = Socket> {
    table.lines().filter_map(socket)
}

/// The users whose sockets listen at one of these addresses, or at all, on this port.
pub(crate) fn listening_at(table: &str, ips: &[IpAddr], port: u16) -> Vec<u32> {
    let is_there = |ip: IpAddr| ip.is_unspecified() || ips.contains(&ip);
    let listening = owners(table).filter(|s| s.state == LISTENING && s.local.port() == port && is_there(s.local.ip()));
    listening.map(|socket| socket.user).collect()
}

/// A line: number, local address, remote address, state, queues, timer, retransmits, user.
fn socket(line: &str) -> Option<Socket> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_, local, remote, state, _, _, _, user, ..] = fields[..] else { return None };
    Some(Socket {
        local: address(local)?,
        remote: address(remote)?,
        state: u8::from_str_radix(state, 16).ok()?,
        user: user.parse().ok()?,
    })
}

/// `0100007F:6F39`: words of 32 bits in hexadecimal, as they lie in memory, and the port.
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
    Some(SocketAddr::new(ip.to_canonical(), u16::from_str_radix(port, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    fn ips(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn row(local: &str, remote: &str, state: &str, user: u32) -> String {
        format!(
            "   0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000 {user:>5}        0 4242 1 0000000000000000\n"
        )
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn who_listens_and_who_is_connected_are_read() {
        let table = HEAD.to_owned()
            + &row("0100007F:2583", "00000000:0000", "0A", 1000)
            + &row("0100007F:2583", "0100007F:D431", "01", 65_534);
        let read: Vec<Socket> = owners(&table).collect();
        assert_eq!(read.len(), 2);
        let connected = Socket {
            local: "127.0.0.1:9603".parse().unwrap(),
            remote: "127.0.0.1:54321".parse().unwrap(),
            state: 1,
            user: 65_534,
        };
        assert_eq!(read[1], connected);
        assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9603), [1000]);
        assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9604), [0; 0]);
        assert_eq!(listening_at(&table, &ips(&["127.0.0.2"]), 9603), [0; 0]);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn every_socket_that_could_take_the_connection_counts() {
        let (any, any6) = ("00000000:2583", "00000000000000000000000000000000:2583");
        let (loopback6, mapped) = ("00000000000000000000000001000000:2583", "0000000000000000FFFF00000100007F:2583");
        let none6 = "00000000000000000000000000000000:0000";
        let table = row(any, "00000000:0000", "0A", 1)
            + &row(any6, none6, "0A", 2)
            + &row(loopback6, none6, "0A", 3)
            + &row(mapped, none6, "0A", 4);
        assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9603), [1, 2, 4]);
        assert_eq!(listening_at(&table, &ips(&["127.0.0.1", "::1"]), 9603), [1, 2, 3, 4]);
    }

    #[test]
    fn what_is_no_line_of_the_table_is_passed_over() {
        for text in [
            "",
            HEAD,
            "   0: 0100007F",
            "   0: XX:2583 00000000:0000 0A 0 0 0 1000",
            "\u{e4}: \u{e4}:1 \u{e4}:1 0A 0 0 0 1",
        ] {
            assert_eq!(owners(text).count(), 0, "{text}");
        }
    }
}
