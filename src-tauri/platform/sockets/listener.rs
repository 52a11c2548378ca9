//! Which user's program listens on an address of this computer.
//!
//! **Invariant:** a port counts as this user's only if every socket that could accept the connection belongs to this
//! user or to root, who can read all of this user's data anyway.
//!
//! Deliberately absent: a check of the connection itself. The HTTP client does not reveal its socket before it has sent
//! the request, so a port that changes owners in between is not noticed.

use std::net::IpAddr;

use url::{Host, Url};

#[cfg(any(target_os = "linux", test))]
use super::table;

#[cfg(any(target_os = "linux", test))]
const ROOT: u32 = 0;

/// Who listens on an address of this computer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PortOwner {
    /// Only this user's and root's programs, or the system does not tell.
    ThisUser,
    /// Another user's program.
    Another,
    /// No program.
    Nobody,
}

/// Who listens on the port of this URL. `localhost` may resolve to either loopback address, so both are checked.
pub(crate) fn at(address: &Url) -> PortOwner {
    let (Some(host), Some(port)) = (address.host(), address.port_or_known_default()) else {
        return PortOwner::Nobody;
    };
    let ips = match host {
        Host::Ipv4(ip) => vec![IpAddr::from(ip)],
        Host::Ipv6(ip) => vec![IpAddr::from(ip)],
        Host::Domain(_) => vec![IpAddr::from([127, 0, 0, 1]), IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])],
    };
    look_up(&ips, port)
}

#[cfg(target_os = "linux")]
fn look_up(ips: &[IpAddr], port: u16) -> PortOwner {
    // If the tables cannot be read, there is no known listener.
    let text = [table::V4, table::V6].map(table::listening).concat();
    judged(&listening_at(&text, ips, port), rustix::process::geteuid().as_raw())
}

#[cfg(not(target_os = "linux"))]
fn look_up(_ips: &[IpAddr], _port: u16) -> PortOwner {
    PortOwner::ThisUser
}

/// The users whose sockets listen on this port, at one of these addresses or at all of them.
#[cfg(any(target_os = "linux", test))]
pub(super) fn listening_at(text: &str, ips: &[IpAddr], port: u16) -> Vec<u32> {
    let is_there = |ip: IpAddr| ip.is_unspecified() || ips.contains(&ip);
    let could_take = |it: &table::Socket| it.is_listening() && it.local.port() == port && is_there(it.local.ip());
    table::sockets(text).filter(could_take).map(|socket| socket.user).collect()
}

#[cfg(any(target_os = "linux", test))]
pub(super) fn judged(users: &[u32], this: u32) -> PortOwner {
    if users.is_empty() {
        PortOwner::Nobody
    } else if users.iter().all(|user| *user == this || *user == ROOT) {
        PortOwner::ThisUser
    } else {
        PortOwner::Another
    }
}
