//! Where a code is exchanged: in a region of the table, and nowhere else.

use keyfob_core::region::{RegionCode, RegionForm};
use keyfob_core::snapshot::{Card, Screen, Standing, Step};
use keyfob_core::{Answer, Intent, Problem};

use crate::scene::*;

/// What somebody may put in place of each accounts server, so that it looks right and leads elsewhere.
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
    let elsewhere = ["https://[::1]", "https://127.0.0.1", "http://localhost:8080", "javascript:alert(1)", "file:///etc", "https://zoho.eu"];
    let hosts = known.iter().map(|site| format!("accounts.{site}"));
    hosts.flat_map(|host| disguises(&host)).chain(elsewhere.map(str::to_owned)).collect()
}

#[test]
fn no_request_leaves_for_a_server_outside_the_table_and_the_sentence_names_it() {
    let hostile = hostile_servers();
    assert!(hostile.len() >= 200, "{}", hostile.len());
    for (server, with_location) in hostile.iter().zip([true, false].into_iter().cycle()) {
        let mut scene = Scene::waiting();
        let location = with_location.then_some(("location", "eu"));
        let pairs = [("state", STATE), ("code", CODE), ("accounts-server", server)];
        scene.link(&link(&pairs.into_iter().chain(location).collect::<Vec<_>>()));
        scene.did_besides_saving(&["raise"]);
        let visible: String = server.chars().filter(|c| !c.is_control()).collect();
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: visible });
        scene.keeps_what_was_typed();
    }
}

#[test]
fn a_location_outside_the_table_is_named_too() {
    for location in ["xx", "EU", "eu ", "../eu", "practice", "accounts.zoho.eu", "e"] {
        let mut scene = Scene::waiting();
        scene.link(&link(&[("state", STATE), ("code", CODE), ("location", location)]));
        scene.did_besides_saving(&["raise"]);
        assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: location.into() });
    }
}

#[test]
fn two_regions_in_one_answer_are_believed_neither() {
    let mut scene = Scene::waiting();
    scene.link(&granted(STATE, "us", "https://accounts.zoho.eu"));
    scene.did_besides_saving(&["raise"]);
    assert_eq!(scene.attempt_ended_with(), Problem::UnknownRegion { server: "us / https://accounts.zoho.eu".into() });
    scene.keeps_what_was_typed();
}

#[test]
fn an_account_of_another_region_is_exchanged_refreshed_tested_and_revoked_there() {
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
    scene.asks(Intent::Refresh { id });
    scene.asks(Intent::Test { id });
    scene.asks(Intent::RevokeAndDelete { id });
    scene.did_besides_saving(&[
        "POST accounts.zohocloud.ca/oauth/v2/token refresh_token",
        "GET cliq.zohocloud.ca/api/v2/statuses/current",
        "POST accounts.zohocloud.ca/oauth/v2/token/revoke",
    ]);
}

#[test]
fn one_of_the_two_is_enough_and_with_neither_the_registration_s_own_region_is_meant() {
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

#[test]
fn a_broken_file_of_regions_is_named_with_its_line_and_the_built_in_ones_still_work() {
    let mut scene = Scene::new();
    scene.starts(Some("[\n {\"code\": \"xx\",\n  \"name\": }\n]"));
    scene.vault_opens(None);
    let [Problem::RegionsFile { line: 3, reason }] = &scene.troubles()[..] else { panic!("{:?}", scene.troubles()) };
    assert!(!reason.is_empty());
    assert_eq!(scene.snapshot().regions.len(), 10);

    scene.fills_in("jp");
    scene.signs_in();
    assert_eq!(scene.address().host_str(), Some("accounts.zoho.jp"));
}

#[test]
fn two_troubles_at_the_start_are_both_told() {
    let mut scene = Scene::new();
    scene.starts(Some("nonsense"));
    let damaged = Problem::VaultDamaged { set_aside: "vault.damaged.age".into(), recovered: true };
    scene.vault_opens_and_says(None, damaged.clone());
    assert_eq!(scene.troubles().len(), 2);
    assert!(scene.troubles().contains(&damaged));
}

fn sandbox(accounts: &str) -> RegionForm {
    let of = |host: &str| format!("https://{host}.sandbox.example");
    RegionForm {
        code: "sandbox".into(),
        name: "Sandbox".into(),
        accounts: accounts.into(),
        api: of("api"),
        cliq: of("cliq"),
        console: of("console"),
    }
}

#[test]
fn a_region_a_person_adds_is_kept_chosen_and_used() {
    let mut scene = Scene::first_start();
    scene.asks(Intent::Start);
    scene.asks(Intent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    scene.did_besides_saving(&["save the regions"]);
    assert_eq!(scene.draft().region, RegionCode::new("sandbox"));
    assert_eq!(scene.snapshot().regions.len(), 11);
    let file = scene.regions_file().to_owned();
    scene.answer(Answer::RegionsSaved(Ok(())));

    scene.types_credentials();
    scene.signs_in();
    assert_eq!(scene.address().host_str(), Some("accounts.sandbox.example"));
    scene.link(&granted(STATE, "sandbox", "https://accounts.sandbox.example"));
    assert_eq!(scene.request().host(), "accounts.sandbox.example");

    let mut again = Scene::new();
    again.starts(Some(&file));
    again.vault_opens(None);
    assert_eq!(again.snapshot().regions, scene.snapshot().regions);
    assert_eq!(again.troubles(), []);
}

#[test]
fn a_region_that_does_not_fit_is_refused_with_a_reason_beside_the_form() {
    let mut scene = Scene::first_start();
    scene.asks(Intent::Start);
    scene.settles();
    scene.forget_what_it_did();
    let plain = sandbox("http://accounts.sandbox.example");
    let zoho_s_own = sandbox("https://accounts.zoho.eu");
    let built_in = RegionForm { code: "eu".into(), ..sandbox("https://accounts.sandbox.example") };
    for form in [plain, zoho_s_own, built_in] {
        scene.asks(Intent::AddRegion { form });
        scene.did_besides_saving(&[]);
        assert!(matches!(scene.draft().region_problem, Some(Problem::RegionRefused { .. })));
        assert_eq!(scene.snapshot().regions.len(), 10);
    }
    scene.asks(Intent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    assert_eq!(scene.draft().region_problem, None);
    scene.answer(Answer::RegionsSaved(Err(Problem::FileNotWritten { reason: "read only".into() })));
    assert_eq!(scene.troubles(), [Problem::FileNotWritten { reason: "read only".into() }]);
    assert_eq!(scene.snapshot().regions.len(), 11, "it is known in this run all the same");
}

#[test]
fn a_region_that_is_gone_is_said_and_nothing_of_it_is_lost() {
    let mut scene = Scene::first_start();
    scene.asks(Intent::Start);
    scene.asks(Intent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    scene.types_credentials();
    scene.asks(Intent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    scene.signs_in();
    scene.link(&link(&[("state", STATE), ("code", CODE)]));
    scene.zoho_says(&tokens());
    scene.settles();
    let gone = Problem::UnknownRegion { server: "sandbox".into() };

    // The file with the region is not there any more.
    let mut candidate = scene.starts_again();
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.to_confirm().identity_problem, Some(gone.clone()));
    candidate.asks(Intent::Keep { name: "Sandbox bot".into() });
    candidate.asks(Intent::GoHome);
    candidate.later(minutes(56));
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.card().standing, Standing::NeedsYou { problem: gone.clone() });
    let id = candidate.card().id;
    candidate.asks(Intent::Test { id });
    assert_eq!(candidate.card().tested.unwrap().problem, Some(gone.clone()));
    candidate.asks(Intent::RevokeAndDelete { id });
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.snapshot().connections.len(), 1, "it cannot be revoked, so it stays");

    candidate.asks(Intent::SignInAgain { id });
    candidate.asks(Intent::SignIn { anyway: false });
    candidate.way_home(Ok(()));
    candidate.draws();
    candidate.settles();
    candidate.did_besides_saving(&["prove the way home", "draw"]);
    assert_eq!(candidate.attempt_ended_with(), gone);
    candidate.keeps_what_was_typed();
}

#[test]
fn the_region_is_told_from_the_address_bar() {
    let mut scene = Scene::first_start();
    scene.asks(Intent::Start);
    scene.asks(Intent::GuessRegion { address: "cliq.zoho.com.au/company/1/chats/2".into() });
    assert_eq!(scene.draft().region, RegionCode::new("au"));
    scene.asks(Intent::GuessRegion { address: "https://example.com".into() });
    assert_eq!(scene.draft().region, RegionCode::new("au"), "what was chosen stays");
    assert_eq!(scene.draft().guess.unwrap().region, None);
    scene.asks(Intent::GuessRegion { address: "  ".into() });
    assert_eq!(scene.draft().guess, None);

    scene.asks(Intent::Next);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Register });
    scene.asks(Intent::OpenConsole);
    assert_eq!(scene.address().as_str(), "https://api-console.zoho.com.au/");
}
