use std::net::{IpAddr, SocketAddr};

use proptest::prelude::*;

use super::listener::{PortOwner, judged, listening_at};
use super::peer::{between, users};
use super::table::{Socket, sockets, until_connected};

const HEAD: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/// The line of a connected socket.
fn line(from: &str, to: &str, user: u32, inode: u32) -> String {
    row(from, to, "01", user, inode)
}

/// The line of a listening socket.
fn listens(at: &str, user: u32) -> String {
    row(&printed(at), &printed(if at.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" }), "0A", user, 4242)
}

fn row(from: &str, to: &str, state: &str, user: u32, inode: u32) -> String {
    format!(
        "   7: {from} {to} {state} 00000000:00000000 00:00000000 00000000 {user:>5}        0 {inode} 2 0000000000000000\n"
    )
}

/// Formats an address as this machine's kernel does.
fn printed(address: &str) -> String {
    let address: SocketAddr = address.parse().unwrap();
    let octets = match address {
        SocketAddr::V4(it) => it.ip().octets().to_vec(),
        SocketAddr::V6(it) => it.ip().octets().to_vec(),
    };
    let words = octets.chunks(4).map(|word| format!("{:08X}", u32::from_ne_bytes(word.try_into().unwrap())));
    format!("{}:{:04X}", words.collect::<String>(), address.port())
}

fn user(table: &str, from: &str, to: &str) -> Option<u32> {
    users(table).get(&between(from.parse().unwrap(), to.parse().unwrap())).copied()
}

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
#[cfg(target_endian = "little")]
fn listening_and_connected_sockets_are_read() {
    let table = HEAD.to_owned()
        + &row("0100007F:2583", "00000000:0000", "0A", 1000, 4242)
        + &row("0100007F:2583", "0100007F:D431", "01", 65_534, 4243);
    let read: Vec<Socket> = sockets(&table).collect();
    assert_eq!(read.len(), 2);
    let connected = Socket {
        local: "127.0.0.1:9603".parse().unwrap(),
        remote: "127.0.0.1:54321".parse().unwrap(),
        state: 1,
        user: 65_534,
        inode: 4243,
    };
    assert_eq!(read[1], connected);
    assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9603), [1000]);
    assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9604), [0; 0]);
    assert_eq!(listening_at(&table, &ips(&["127.0.0.2"]), 9603), [0; 0]);
}

#[test]
fn every_socket_that_could_accept_the_connection_counts() {
    let table = listens("0.0.0.0:9603", 1)
        + &listens("[::]:9603", 2)
        + &listens("[::1]:9603", 3)
        + &listens("[::ffff:127.0.0.1]:9603", 4)
        + &row(&printed("127.0.0.1:9603"), &printed("0.0.0.0:0"), "0A", 5, 0);
    assert_eq!(listening_at(&table, &ips(&["127.0.0.1"]), 9603), [1, 2, 4, 5]);
    assert_eq!(listening_at(&table, &ips(&["127.0.0.1", "::1"]), 9603), [1, 2, 3, 4, 5]);
}

#[test]
fn only_the_listening_sockets_are_read() {
    let head = HEAD.to_owned() + &listens("0.0.0.0:9603", 1) + &listens("127.0.0.1:9604", 2);
    let table = head.clone() + &line(&printed("127.0.0.1:9603"), &printed("127.0.0.1:52012"), 3, 4);
    assert_eq!(until_connected(table.lines().map(str::to_owned)).collect::<String>(), head);
}

#[test]
fn a_port_is_this_users_only_if_every_listener_is() {
    assert_eq!(judged(&[], 1000), PortOwner::Nobody);
    assert_eq!(judged(&[1000, 1000], 1000), PortOwner::ThisUser);
    assert_eq!(judged(&[1000, 65_534], 1000), PortOwner::Another);
    assert_eq!(judged(&[0, 65_534], 1000), PortOwner::Another);
}

// Shows T17.
#[test]
fn roots_listeners_count_as_this_users() {
    assert_eq!(judged(&[0], 1000), PortOwner::ThisUser);
    assert_eq!(judged(&[1000, 0], 1000), PortOwner::ThisUser);
}

#[test]
#[cfg(target_endian = "little")]
fn a_line_as_linux_prints_it_is_read() {
    let table = format!("{HEAD}{}", line("0100007F:CB2C", "0100007F:6F39", 1000, 41_522));
    assert_eq!(user(&table, "127.0.0.1:52012", "127.0.0.1:28473"), Some(1000));
    let loopback = "00000000000000000000000001000000";
    let table = format!("{HEAD}{}", line(&format!("{loopback}:CB2C"), &format!("{loopback}:6F39"), 1000, 41_522));
    assert_eq!(user(&table, "[::1]:52012", "[::1]:28473"), Some(1000));
}

// Shows T27.
#[test]
fn only_the_callers_end_of_the_same_connection_counts() {
    let [here, there] = ["127.0.0.1:28473", "127.0.0.1:52012"];
    let ours = line(&printed(here), &printed(there), 1000, 5);
    let theirs = line(&printed(there), &printed(here), 65_534, 6);
    let other = line(&printed("127.0.0.1:52013"), &printed(here), 1000, 7);
    let listens = listens(here, 1000);
    let table = [HEAD, &listens, &ours, &other, &theirs].concat();
    assert_eq!(user(&table, there, here), Some(65_534));
    assert_eq!(user(&[HEAD, &listens, &ours, &other].concat(), there, here), None);
}

#[test]
fn a_dual_stack_socket_to_ipv4_is_found() {
    let table =
        [HEAD, &line(&printed("[::ffff:127.0.0.1]:52012"), &printed("[::ffff:127.0.0.1]:28473"), 33, 6)].concat();
    assert_eq!(user(&table, "127.0.0.1:52012", "127.0.0.1:28473"), Some(33));
    assert_eq!(user(&table, "[::ffff:127.0.0.1]:52012", "127.0.0.1:28473"), Some(33));
}

// Shows T6.
#[test]
fn a_closed_socket_has_no_owner() {
    let [here, there] = ["127.0.0.1:28473", "127.0.0.1:52012"];
    let table = [HEAD, &line(&printed(there), &printed(here), 0, 0)].concat();
    assert_eq!(user(&table, there, here), None, "user 0 without an inode is not root");
}

#[test]
fn a_broken_line_does_not_hide_others() {
    let [here, there] = ["127.0.0.1:28473", "127.0.0.1:52012"];
    let good = line(&printed(there), &printed(here), 1000, 6);
    let broken = [
        "\n",
        "   0: 0100007F\n",
        "   0: XX:2583 00000000:0000 0A 0 0 0 1000 0 5\n",
        "\u{e4}: \u{e4}:1 \u{e4}:1 0A 0 0 0 1 0 5\n",
        "   1: 0100007F:6F39\n",
        "   2: 0100007F 0100007F 01 0 0 0 1000 0 5\n",
        "   3: ZZ00007F:6F39 0100007F:CB2C 01 0:0 0:0 0 1000 0 5\n",
        "   4: +100007F:+F39 0100007F:CB2C 01 0:0 0:0 0 -1 0 x\n",
        "   5: \u{e9}\u{e9}\u{e9}\u{e9}:6F39 0100007F:CB2C 01 0:0 0:0 0 1000 0 5\n",
    ];
    assert_eq!(user(&format!("{HEAD}{}{good}", broken.concat()), there, here), Some(1000));
    for text in broken.into_iter().chain(["", HEAD]) {
        assert_eq!(sockets(text).count(), 0, "{text}");
    }
}

proptest! {
    #[test]
    fn no_table_makes_the_parser_panic(table in "(sl|[0-9A-F]{0,33}|:|\n| |\\PC){0,60}") {
        let _ = user(&format!("{HEAD}{table}"), "127.0.0.1:1", "[::1]:2");
    }

    #[test]
    fn any_socket_in_a_table_is_found(ip in any::<[u8; 16]>(), old in any::<[u8; 4]>(), ports in any::<(u16, u16)>(), id in any::<u32>()) {
        for ip in [std::net::IpAddr::from(ip), std::net::IpAddr::from(old)] {
            let [from, to] = [SocketAddr::new(ip, ports.0), SocketAddr::new(ip, ports.1)].map(|it| it.to_string());
            let table = [HEAD, &line(&printed(&from), &printed(&to), id, 1)].concat();
            prop_assert_eq!(user(&table, &from, &to), Some(id));
        }
    }
}
