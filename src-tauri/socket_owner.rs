//! Which user's program has a TCP socket of this computer.
//!
//! **Invariant:** a port counts as this user's only where every socket that could take the connection is. Only Linux tells, in
//! `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)); elsewhere nothing is looked up, and none of this has run there.
//!
//! Left out: a look at the connection that is used. The HTTP client does not say which socket it is before it has sent, so a
//! port that changes hands in the moment between is not noticed.

#[cfg(any(target_os = "linux", test))]
mod table;

use std::net::IpAddr;

use url::{Host, Url};

/// Who listens at an address of this computer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Listener {
    /// This user's programs alone, or the system does not tell.
    ThisUser,
    /// Another user's.
    Another,
    /// Nobody.
    Nobody,
}

/// Who listens where this address leads. `localhost` may lead to either loopback address, so both are looked at.
pub(crate) fn listener(address: &Url) -> Listener {
    let (Some(host), Some(port)) = (address.host(), address.port_or_known_default()) else {
        return Listener::Nobody;
    };
    let ips = match host {
        Host::Ipv4(ip) => vec![IpAddr::from(ip)],
        Host::Ipv6(ip) => vec![IpAddr::from(ip)],
        Host::Domain(_) => vec![IpAddr::from([127, 0, 0, 1]), IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])],
    };
    look_up(&ips, port)
}

#[cfg(target_os = "linux")]
fn look_up(ips: &[IpAddr], port: u16) -> Listener {
    let mut text = String::new();
    // Without IPv6 there is no second table; without the first, nobody is known to listen.
    for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
        text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
    }
    judged(&table::listening_at(&text, ips, port), rustix::process::geteuid().as_raw())
}

#[cfg(not(target_os = "linux"))]
fn look_up(_ips: &[IpAddr], _port: u16) -> Listener {
    Listener::ThisUser
}

#[cfg(any(target_os = "linux", test))]
fn judged(users: &[u32], this: u32) -> Listener {
    if users.is_empty() {
        Listener::Nobody
    } else if users.iter().all(|user| *user == this) {
        Listener::ThisUser
    } else {
        Listener::Another
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_this_users_only_where_every_listener_is() {
        assert_eq!(judged(&[], 1000), Listener::Nobody);
        assert_eq!(judged(&[1000, 1000], 1000), Listener::ThisUser);
        assert_eq!(judged(&[1000, 65_534], 1000), Listener::Another);
        assert_eq!(judged(&[0], 1000), Listener::Another);
    }
}
