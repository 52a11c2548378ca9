//! A server that a browser names finds a region only when it is exactly that region's accounts origin.

use std::collections::BTreeSet;

use super::*;

/// Written by hand: each is another attempt at a careless comparison.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "null",
    "undefined",
    "*",
    "eu",
    "accounts",
    "zoho.eu",
    "https://",
    "https:///",
    "//",
    "https://zoho.eu",
    "https://cliq.zoho.eu",
    "https://www.zohoapis.eu",
    "https://api-console.zoho.eu",
    "https://accounts.zoho.sg",
    "https://accounts.zoho.au",
    "https://accounts.zoho.ca",
    "https://accounts.zohoapis.eu",
    "https://accounts.zohocloud.com",
    "https://evil.example",
    "https://127.0.0.1",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://0x7f000001",
    "https://2130706433",
    "http://localhost:8080",
    "file:///etc/passwd",
    "javascript:alert(1)//https://accounts.zoho.eu",
    "data:text/html,https://accounts.zoho.eu",
    "https://acc\u{43e}unts.zoho.eu",
    "https://accounts.z\u{43e}ho.eu",
    "https://accounts.zoho.e\u{3c5}",
    "https://accounts.zoho.\u{217d}om",
    "https://\u{ff41}ccounts.zoho.eu",
    "https://xn--accunts-0nf.zoho.eu",
    "https://accounts\u{200b}.zoho.eu",
    "https://accounts\u{ad}.zoho.eu",
    "https://\u{202e}ue.ohoz.stnuocca",
    "[\"https://accounts.zoho.eu\"]",
    "{\"eu\":\"https://accounts.zoho.eu\"}",
    "https://accounts.zoho.eu,https://accounts.zoho.com",
    "https://accounts.zoho.eu https://accounts.zoho.com",
    "https://accounts.zoho.com.au.com.cn",
    "https://accounts.zoho.com.evil.tld",
];

/// Variations of a real accounts server.
fn variations(real: &str) -> Vec<String> {
    let host = real.strip_prefix("https://").unwrap();
    let (first, rest) = host.split_once('.').unwrap();
    let mut list = vec![
        host.to_owned(),
        format!("//{host}"),
        format!("http://{host}"),
        format!("HTTPS://{host}"),
        format!("https:{host}"),
        format!("https:/{host}"),
        format!("https:\\\\{host}"),
        format!("https:///{host}"),
        format!("ftp://{host}"),
        format!("https://{}", host.to_uppercase()),
        format!("https://A{}", &host[1..]),
        format!("https://{host}/"),
        format!("https://{host}."),
        format!("https://{host}:443"),
        format!("https://{host}:8443"),
        format!("https://{host}:"),
        format!("https://{host}?"),
        format!("https://{host}#"),
        format!("https://{host}/oauth"),
        format!("https://{host}/..//evil.example"),
        format!("https://{host}\\@evil.example"),
        format!("https://{host}@evil.example"),
        format!("https://user@{host}"),
        format!("https://user:word@{host}"),
        format!("https://@{host}"),
        format!("https://evil.example/{host}"),
        format!("https://evil.example?{real}"),
        format!("https://evil.example#{real}"),
        format!("https://{host}.evil.example"),
        format!("https://evil{host}"),
        format!("https://evil.{host}"),
        format!("https://{first}-{rest}"),
        format!("https://{first}..{rest}"),
        format!("https://{first}%2e{rest}"),
        format!("https://{first}\u{3002}{rest}"),
        format!("https://{first}\t.{rest}"),
        format!("https://{first}\n.{rest}"),
        format!("https://{first}\0.{rest}"),
        format!(" {real}"),
        format!("{real} "),
        format!("{real}\n"),
        format!("{real}\t"),
        format!("{real}\0"),
        format!("\u{feff}{real}"),
        format!("{real}{real}"),
        format!("{real}%00"),
        format!("https%3A%2F%2F{host}"),
        format!("'{real}'"),
    ];
    list.extend(["com", "eu", "evil"].map(|ending| format!("{real}.{ending}")));
    list
}

#[test]
fn each_accounts_server_finds_its_own_region() {
    let regions = Regions::built_in();
    for region in regions.iter() {
        assert_eq!(regions.by_accounts(region.accounts.as_str()), Some(region));
    }
}

#[test]
fn hundreds_of_hostile_accounts_servers_find_no_region() {
    let regions = Regions::built_in();
    let generated = regions.iter().flat_map(|region| variations(region.accounts.as_str()));
    let hostile: BTreeSet<String> = HOSTILE.iter().map(|s| (*s).to_owned()).chain(generated).collect();
    assert!(hostile.len() >= 200, "only {}", hostile.len());
    for server in hostile {
        assert_eq!(regions.by_accounts(&server), None, "{server:?}");
    }
}

#[test]
fn an_address_bar_finds_the_region() {
    let regions = Regions::built_in();
    for (shown, wanted) in [
        ("https://cliq.zoho.eu/company/6001/chats/1", "eu"),
        ("cliq.zoho.com.au", "au"),
        ("zoho.com.au", "au"),
        ("accounts.zohocloud.ca", "ca"),
        ("https://cliq.zohocloud.ca/", "ca"),
        ("www.zohoapis.ca", "ca"),
        ("  HTTPS://API-CONSOLE.ZOHO.IN/client  ", "in"),
        ("https://crm.zoho.com/crm/org1/tab", "us"),
        ("mail.zoho.com.cn/zm/#mail", "cn"),
        ("https://accounts.zoho.jp:443/signin?servicename=ZohoCliq", "jp"),
        ("zoho.uk", "uk"),
        ("https://one.zoho.sa", "sa"),
        ("https://cliq.zoho.ae", "ae"),
    ] {
        let found = regions.in_address_bar(shown).map(|r| r.code.as_str());
        assert_eq!(found, Some(wanted), "{shown}");
    }
}

#[test]
fn an_address_bar_of_another_site_finds_no_region() {
    let regions = Regions::built_in();
    for shown in [
        "",
        "zoho",
        "zoho eu",
        "evilzoho.eu",
        "zoho.eu.evil.example",
        "https://evil.example/zoho.eu",
        "https://zoho.eu@evil.example",
        "zohocloud.com",
        "zoho.au",
        "com.au",
        "z\u{43e}ho.eu",
        "127.0.0.1",
        "localhost:8080",
        "about:blank",
    ] {
        assert_eq!(regions.in_address_bar(shown), None, "{shown}");
    }
}

#[test]
fn regions_on_this_machine_are_distinguished_by_port() {
    let mut regions = Regions::built_in();
    for (code, port) in [("left", 4711), ("right", 4712)] {
        let here = Origin::new(&format!("http://localhost:{port}")).unwrap();
        let [accounts, api, cliq, console] = [here.clone(), here.clone(), here.clone(), here];
        let code = RegionCode::new(code).unwrap();
        regions.add(Region { name: code.as_str().to_owned(), code, accounts, api, cliq, console }).unwrap();
    }
    let found = |shown| regions.in_address_bar(shown).map(|r| r.code.as_str());
    assert_eq!(found("http://localhost:4711/console"), Some("left"));
    assert_eq!(found("localhost:4712"), Some("right"));
    assert_eq!(found("localhost:4713"), None);
    assert_eq!(found("evil.localhost:4711"), None);
}
