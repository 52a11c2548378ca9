//! A code is exchanged in a region of the table and nowhere else.

use keyfob_core::Problem;
use keyfob_core::intent::{ChecksIntent, RevokeIntent, TokensIntent};
use keyfob_core::snapshot::Card;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::proof;
use crate::scene::*;

/// Values that an attacker may put in place of an accounts server: they look right and lead elsewhere.
fn hostile_servers() -> Vec<String> {
    let disguises = |host: &str| {
        let cyrillic = host.replace('o', "\u{43e}");
        let escaped = host.replacen('a', "%61", 1);
        let shorter = host.replacen("accounts", "account", 1);
        let capital = host.to_uppercase();
        vec![
            format!("https://{host}.evil.example"),
            format!("https://evil.example/{host}"),
            format!("https://evil.example?{host}"),
            format!("https://evil.example#{host}"),
            format!("https://{host}@evil.example"),
            format!("https://{host}%2eevil.example"),
            format!("https://{host}\\.evil.example"),
            format!("https://evil.example\\@{host}"),
            format!("https://evil.example@{host}"),
            format!("https://{host}:443"),
            format!("https://{host}:8443"),
            format!("https://{host}/"),
            format!("https://{host}/oauth/v2"),
            format!("https://{host}?"),
            format!("https://{host}#"),
            format!("https://{host}."),
            format!("https://{host}\t"),
            format!("https://{host}\n.evil.example"),
            format!("https://{host}\0"),
            format!(" https://{host}"),
            format!("https:/{host}"),
            format!("https:{host}"),
            format!("https:\\\\{host}"),
            format!("//{host}"),
            host.to_owned(),
            format!("http://{host}"),
            format!("ftp://{host}"),
            format!("HTTPS://{host}"),
            format!("https://{capital}"),
            format!("https://{cyrillic}"),
            format!("https://{escaped}"),
            format!("https://{shorter}"),
            format!("https://api.{host}"),
            format!("[\"https://{host}\"]"),
        ]
    };
    let known = ["zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp", "zohocloud.ca", "zoho.uk"];
    let elsewhere = [
        "https://[::1]",
        "https://127.0.0.1",
        "http://localhost:8080",
        "javascript:alert(1)",
        "file:///etc",
        "https://zoho.eu",
    ];
    let hosts = known.iter().map(|site| format!("accounts.{site}"));
    hosts.flat_map(|host| disguises(&host)).chain(elsewhere.map(str::to_owned)).collect()
}

// Shows T7; ASVS 10.2.2, 14.2.3.
#[test]
fn no_request_goes_to_a_server_outside_the_region_table() {
    let hostile = hostile_servers();
    assert!(hostile.len() >= 200, "{}", hostile.len());
    let mut sent = 0;
    for (server, with_location) in hostile.iter().zip([true, false].into_iter().cycle()) {
        let mut scene = Scene::waiting();
        let location = with_location.then_some(("location", "eu"));
        let pairs = [("state", STATE), ("code", CODE), ("accounts-server", server)];
        scene.link(&link(&pairs.into_iter().chain(location).collect::<Vec<_>>()));
        sent += scene.requests().len();
        scene.did_besides_saving(&["raise"]);
        let visible: String = server.chars().filter(|c| !c.is_control()).collect();
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: visible });
        scene.keeps_what_was_typed();
    }
    proof::figure(
        "hostile names of servers: requests sent",
        format!("{sent} for {}", hostile.len()),
        "0 for at least 200",
    );
}

#[test]
fn an_unknown_location_is_named_too() {
    for location in ["xx", "EU", "eu ", "../eu", "practice", "accounts.zoho.eu", "e"] {
        let mut scene = Scene::waiting();
        scene.link(&link(&[("state", STATE), ("code", CODE), ("location", location)]));
        scene.did_besides_saving(&["raise"]);
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: location.into() });
    }
}

#[test]
fn a_redirect_that_names_two_regions_is_refused() {
    let mut scene = Scene::waiting();
    scene.link(&granted(STATE, "us", "https://accounts.zoho.eu"));
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: "us / https://accounts.zoho.eu".into() });
    scene.keeps_what_was_typed();
}

#[test]
pub fn an_account_of_another_region_is_used_at_its_region() {
    let mut scene = Scene::waiting();
    scene.link(&granted(STATE, "ca", "https://accounts.zohocloud.ca"));
    scene.did_besides_saving(&["raise", "POST accounts.zohocloud.ca/oauth/v2/token authorization_code"]);
    scene.zoho_says(&tokens());
    let candidate = scene.to_confirm();
    assert!(candidate.elsewhere);
    assert_eq!((candidate.region.as_str(), candidate.name.as_str()), ("ca", "Cliq Canada"));
    scene.did_besides_saving(&[
        "raise",
        "GET accounts.zohocloud.ca/oauth/user/info",
        "GET cliq.zohocloud.ca/api/v2/statuses/current",
    ]);

    scene.keeps("Canada bot");
    let Card { id, region, .. } = scene.card();
    assert_eq!(region.as_str(), "ca");
    scene.asks(TokensIntent::Refresh { id });
    scene.asks(ChecksIntent::Test { id });
    scene.asks(RevokeIntent::RevokeAndDelete { id });
    scene.did_besides_saving(&[
        "POST accounts.zohocloud.ca/oauth/v2/token refresh_token",
        "GET cliq.zohocloud.ca/api/v2/statuses/current",
        "POST accounts.zohocloud.ca/oauth/v2/revoke/token",
    ]);
}

#[test]
fn location_or_server_is_enough_and_the_own_region_is_default() {
    let found = |more: &[(&str, &str)]| {
        let mut scene = Scene::waiting();
        let pairs: Vec<_> = [("state", STATE), ("code", CODE)].iter().chain(more).copied().collect();
        scene.link(&link(&pairs));
        scene.request().host()
    };
    assert_eq!(found(&[("location", "in")]), "accounts.zoho.in");
    assert_eq!(found(&[("accounts-server", "https://accounts.zoho.com.cn")]), "accounts.zoho.com.cn");
    assert_eq!(found(&[]), "accounts.zoho.eu");
}

// Shows T7; ASVS 13.2.4.
#[test]
fn a_random_server_leads_to_the_region_table_or_no_request() {
    let cases = proof::rounds(256, 5_000);
    let config =
        ProptestConfig { cases: u32::try_from(cases).unwrap(), failure_persistence: None, ..ProptestConfig::default() };
    let server = prop::option::of("(https?://)?(accounts\\.|@|:|/|\\\\|#|\\?|%|zoho|\\.|com|eu|in|\\PC){0,12}");
    let location = prop::option::of("(us|eu|in|ca|practice|[a-z]{0,3}|\\PC{0,8})");
    let outcome = TestRunner::new(config).run(&(server, location), |(server, location)| {
        let mut scene = Scene::waiting();
        let told = [("accounts-server", &server), ("location", &location)];
        let told = told.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        scene.link(&link(&[("state", STATE), ("code", CODE)].into_iter().chain(told).collect::<Vec<_>>()));
        let regions = scene.snapshot().regions;
        for call in scene.requests() {
            prop_assert!(regions.iter().any(|r| call.url == r.region.accounts.at("/oauth/v2/token")), "{}", call.url);
        }
        if scene.requests().is_empty() {
            let explained = matches!(scene.attempt_ended_with(), Problem::UnknownRegion { .. });
            prop_assert!(explained);
        }
        Ok(())
    });
    outcome.unwrap();
    proof::figure("generated names of servers, each to the table or nowhere", cases, "5,000");
}
