//! Regions: the table, the lookup that keeps secrets on known servers, and the guess from an address bar.

mod lookup;

use super::*;

fn code(text: &str) -> RegionCode {
    RegionCode::new(text).unwrap()
}

fn region(code: &str, accounts: &str) -> Region {
    let origin = |text| Origin::new(text).unwrap();
    Region {
        code: RegionCode::new(code).unwrap(),
        name: "Our own".to_owned(),
        accounts: origin(accounts),
        api: origin("https://www.zohoapis.example"),
        cliq: origin("https://cliq.zoho.example"),
        console: origin("https://api-console.zoho.example"),
    }
}

#[test]
fn the_ten_regions_are_complete_and_exact() {
    let rows: Vec<[String; 5]> = Regions::built_in()
        .iter()
        .map(|r| {
            [r.code.as_str(), r.accounts.as_str(), r.api.as_str(), r.cliq.as_str(), r.console.as_str()]
                .map(str::to_owned)
        })
        .collect();
    let wanted = [
        ("us", "accounts.zoho.com", "www.zohoapis.com", "cliq.zoho.com", "api-console.zoho.com"),
        ("eu", "accounts.zoho.eu", "www.zohoapis.eu", "cliq.zoho.eu", "api-console.zoho.eu"),
        ("in", "accounts.zoho.in", "www.zohoapis.in", "cliq.zoho.in", "api-console.zoho.in"),
        ("au", "accounts.zoho.com.au", "www.zohoapis.com.au", "cliq.zoho.com.au", "api-console.zoho.com.au"),
        ("jp", "accounts.zoho.jp", "www.zohoapis.jp", "cliq.zoho.jp", "api-console.zoho.jp"),
        ("ca", "accounts.zohocloud.ca", "www.zohoapis.ca", "cliq.zohocloud.ca", "api-console.zohocloud.ca"),
        ("cn", "accounts.zoho.com.cn", "www.zohoapis.com.cn", "cliq.zoho.com.cn", "api-console.zoho.com.cn"),
        ("sa", "accounts.zoho.sa", "www.zohoapis.sa", "cliq.zoho.sa", "api-console.zoho.sa"),
        ("uk", "accounts.zoho.uk", "www.zohoapis.uk", "cliq.zoho.uk", "api-console.zoho.uk"),
        ("ae", "accounts.zoho.ae", "www.zohoapis.ae", "cliq.zoho.ae", "api-console.zoho.ae"),
    ]
    .map(|(code, a, b, c, d)| {
        let https = |host| format!("https://{host}");
        [code.to_owned(), https(a), https(b), https(c), https(d)]
    });
    assert_eq!(rows, wanted);
}

#[test]
fn no_two_regions_share_a_name_a_code_or_an_accounts_server() {
    let regions = Regions::built_in();
    let distinct = |of: fn(&Region) -> &str| regions.iter().map(of).collect::<std::collections::BTreeSet<_>>().len();
    let all = regions.iter().count();
    assert_eq!(distinct(|r| r.code.as_str()), all);
    assert_eq!(distinct(|r| &r.name), all);
    assert_eq!(distinct(|r| r.accounts.as_str()), all);
}

#[test]
fn a_code_is_two_to_sixteen_lowercase_letters_or_digits() {
    for good in ["eu", "practice", "my-region-2", "0123456789abcdef"] {
        assert_eq!(RegionCode::new(good).unwrap().as_str(), good);
    }
    for bad in ["", "e", "EU", "e u", "eu.", "é1", "0123456789abcdefg", "../x"] {
        assert_eq!(RegionCode::new(bad), None, "{bad:?}");
    }
    assert_eq!(RegionCode::from_static("practice"), code("practice"));
}

#[test]
fn an_added_region_is_found_by_code_and_accounts_server() {
    let mut regions = Regions::built_in();
    let sg = region("sg", "https://accounts.zoho.sg");
    regions.add(sg.clone()).unwrap();
    assert_eq!(regions.find(&code("sg")), Some(&sg));
    assert_eq!(regions.by_accounts("https://accounts.zoho.sg"), Some(&sg));
    assert_eq!(regions.added().collect::<Vec<_>>(), [&sg]);
    assert_eq!(regions.find(&code("nowhere")), None);
}

#[test]
fn adding_a_region_again_replaces_it() {
    let mut regions = Regions::built_in();
    regions.add(region("sg", "https://accounts.zoho.sgg")).unwrap();
    let corrected = region("sg", "https://accounts.zoho.sg");
    regions.add(corrected.clone()).unwrap();
    assert_eq!(regions.added().collect::<Vec<_>>(), [&corrected]);
}

// Shows T18.
#[test]
fn a_built_in_region_and_its_server_cannot_be_taken() {
    let mut regions = Regions::built_in();
    let refused = |regions: &mut Regions, code, accounts| regions.add(region(code, accounts)).unwrap_err();
    assert_eq!(refused(&mut regions, "eu", "https://accounts.evil.example"), RegionConflict::CodeTaken);
    assert_eq!(refused(&mut regions, "mine", "https://accounts.zoho.eu"), RegionConflict::AccountsTaken);
    assert_eq!(refused(&mut regions, "mine", "https://ACCOUNTS.zoho.eu:443/"), RegionConflict::AccountsTaken);
    assert_eq!(regions, Regions::built_in());
}

// Shows T17.
#[test]
fn plain_http_is_allowed_on_loopback_only() {
    for here in ["http://localhost:8080", "http://127.0.0.1", "http://127.8.9.1:5", "http://[::1]:8080"] {
        assert_eq!(Origin::new(here).unwrap().as_str(), here);
    }
    for elsewhere in [
        "http://accounts.zoho.eu",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://192.168.0.1",
        "http://[2001:db8::1]",
        "http://0.0.0.0",
        "ws://localhost",
        "cliqkeyfob://callback",
    ] {
        assert_eq!(Origin::new(elsewhere), Err(OriginRefused::NotHttps), "{elsewhere}");
    }
}

#[test]
fn an_origin_has_only_scheme_host_and_port() {
    for more in [
        "https://user@accounts.zoho.eu",
        "https://user:word@accounts.zoho.eu",
        "https://:word@accounts.zoho.eu",
        "https://accounts.zoho.eu/oauth",
        "https://accounts.zoho.eu//",
        "https://accounts.zoho.eu?x=1",
        "https://accounts.zoho.eu#x",
    ] {
        assert_eq!(Origin::new(more), Err(OriginRefused::MoreThanOrigin), "{more}");
    }
    for none in ["", "accounts.zoho.eu", "https://", "data:text/plain,x", "https://a b"] {
        assert_eq!(Origin::new(none), Err(OriginRefused::NotAnAddress), "{none}");
    }
}

#[test]
fn a_path_never_leaves_its_origin() {
    let origin = Origin::new("https://accounts.zoho.eu").unwrap();
    assert_eq!(origin.at("/oauth/v2/token").as_str(), "https://accounts.zoho.eu/oauth/v2/token");
    assert_eq!(origin.at("//evil.example/x").host_str(), Some("accounts.zoho.eu"));
    assert_eq!(origin.host(), "accounts.zoho.eu");
}

#[test]
fn an_origin_round_trips_and_an_invalid_one_is_refused() {
    let origin = Origin::new("https://accounts.zoho.eu").unwrap();
    let written = serde_json::to_string(&origin).unwrap();
    assert_eq!(written, r#""https://accounts.zoho.eu""#);
    assert_eq!(serde_json::from_str::<Origin>(&written).unwrap(), origin);
    assert!(serde_json::from_str::<Origin>(r#""http://accounts.zoho.eu""#).is_err());
}

#[test]
fn a_host_has_letters_digits_dots_and_hyphens_only() {
    for strange in
        ["a'$(id)`id`;b.example", "a_b.example", "a*b.example", "a,b.example", "a{b}.example", "[2001:db8::1]"]
    {
        let refused = Origin::new(&format!("https://{strange}"));
        assert!(
            matches!(refused, Err(OriginRefused::NotAHost | OriginRefused::NotAnAddress)),
            "{strange}: {refused:?}"
        );
    }
    for (typed, host) in [
        ("https://z\u{f6}ho.example", "xn--zho-sna.example"),
        ("https://xn--zho-sna.example", "xn--zho-sna.example"),
        ("https://ACCOUNTS-1.zoho.example", "accounts-1.zoho.example"),
        ("https://[::1]:8443", "[::1]"),
        ("http://127.0.0.1:9603", "127.0.0.1"),
    ] {
        assert_eq!(Origin::new(typed).unwrap().host(), host);
    }
}

#[test]
fn an_unlisted_region_is_found_but_not_listed() {
    let mut regions = Regions::built_in();
    let ours = region("here", "http://localhost:4711");
    regions.add_unlisted(ours.clone()).unwrap();
    assert_eq!(regions.find(&code("here")), Some(&ours));
    assert_eq!(regions.added().count(), 0);
    assert_eq!(regions.host(&code("here")), None);
}

#[test]
#[should_panic(expected = "two to sixteen")]
fn an_invalid_static_code_panics() {
    RegionCode::from_static("EU");
}
