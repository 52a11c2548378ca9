//! Which user's program listens at an address of this computer.
//!
//! **Invariant:** a port counts as this user's only where every socket that could take the connection is, or is root's, who can
//! read all of this user's anyway.
//!
//! Left out: a look at the connection that is used. The HTTP client does not say which socket it is before it has sent, so a
//! port that changes hands in the moment between is not noticed.

use std::net::IpAddr;

use url::{Host, Url};

#[cfg(any(target_os = "linux", test))]
use super::table;

#[cfg(any(target_os = "linux", test))]
const ROOT: u32 = 0;

/// Who listens at an address of this computer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Listener {
    /// This user's programs and root's alone, or the system does not tell.
    ThisUser,
    /// Another user's.
    Another,
    /// None.
    Nobody,
}

/// Who listens where this address leads. `localhost` may lead to either loopback address, so both are looked at.
pub(crate) fn at(address: &Url) -> Listener {
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
    // Without the tables no listener is known.
    let text = [table::V4, table::V6].map(table::listening).concat();
    judged(&listening_at(&text, ips, port), rustix::process::geteuid().as_raw())
}

#[cfg(not(target_os = "linux"))]
fn look_up(_ips: &[IpAddr], _port: u16) -> Listener {
    Listener::ThisUser
}

/// The users whose sockets listen at one of these addresses, or at all, on this port.
#[cfg(any(target_os = "linux", test))]
pub(super) fn listening_at(text: &str, ips: &[IpAddr], port: u16) -> Vec<u32> {
    let is_there = |ip: IpAddr| ip.is_unspecified() || ips.contains(&ip);
    let could_take = |it: &table::Socket| it.is_listening() && it.local.port() == port && is_there(it.local.ip());
    table::sockets(text).filter(could_take).map(|socket| socket.user).collect()
}

#[cfg(any(target_os = "linux", test))]
pub(super) fn judged(users: &[u32], this: u32) -> Listener {
    if users.is_empty() {
        Listener::Nobody
    } else if users.iter().all(|user| *user == this || *user == ROOT) {
        Listener::ThisUser
    } else {
        Listener::Another
    }
}
