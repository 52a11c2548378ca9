//! The region table: ten built-in regions, and those that the user adds.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::custom_regions::RegionForm;
use keyfob_core::export_choice::{Export, FileFormat};
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::intent::{AppIntent, ChecksIntent, RevokeIntent, ShareIntent, SignInIntent};
use keyfob_core::snapshot::Screen;
use keyfob_core::standing::Standing;
use keyfob_core::step::Step;
use keyfob_core::{Answer, Problem};
use secrecy::ExposeSecret;
use zoho_oauth::region::RegionCode;

use crate::scene::*;

fn sandbox(accounts: &str) -> RegionForm {
    RegionForm { accounts: accounts.into(), ..region_form("sandbox", "sandbox") }
}

/// The browser is open at a region that the user has added.
fn signing_in_at_the_sandbox() -> Scene {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.asks_and_allows(AppIntent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    scene.types_credentials();
    scene.asks(SignInIntent::ChooseScope { scope: "ZohoCliq.Channels.READ".into(), on: true });
    scene.signs_in();
    scene
}

#[test]
fn a_broken_regions_file_is_reported_and_built_in_ones_work() {
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

// Shows T18.
#[test]
fn an_unused_regions_file_is_reported_with_its_reason() {
    for problem in [
        Problem::RegionsFileNotPrivate { path: "/home/maya/.config/app.keyfob.cliq/regions.json".into() },
        Problem::RegionsFileNotRead { reason: "the file is far too large".into() },
    ] {
        let mut scene = Scene::new();
        scene.starts_with(Err(problem.clone()));
        scene.vault_opens(None);
        assert_eq!(scene.troubles(), [problem]);
        assert_eq!(scene.snapshot().regions.len(), 10);
    }
}

// Shows T26.
#[test]
fn an_unused_regions_file_is_set_aside_and_reported() {
    let path = "/home/maya/.config/app.keyfob.cliq/regions.set-aside-1.json";
    for unused in [
        Ok(Some("[\n {\"code\": \"xx\",\n  \"name\": }\n]".to_owned())),
        Err(Problem::RegionsFileNotPrivate { path: "/home/maya/.config/app.keyfob.cliq".into() }),
        Err(Problem::RegionsFileNotRead { reason: "the file is far too large".into() }),
    ] {
        let mut scene = Scene::new();
        scene.starts_with(unused);
        scene.vault_opens(None);
        scene.asks(SignInIntent::Start);
        scene.adds_region(sandbox("https://accounts.sandbox.example"));
        assert_eq!(scene.regions_file_replaces(), [], "the file's content was not read");
        scene.answer(Answer::RegionsSaved(Ok(Some(path.into()))));
        assert!(scene.troubles().contains(&Problem::RegionsFileSetAside { set_aside: path.into() }));
    }
}

#[test]
fn a_regions_file_replaces_only_what_was_read_or_saved() {
    let mut first = Scene::first_start();
    first.asks(SignInIntent::Start);
    first.adds_region(sandbox("https://accounts.sandbox.example"));
    let file = first.regions_file().to_owned();

    let mut scene = Scene::new();
    scene.starts(Some(&file));
    scene.vault_opens(None);
    scene.asks(SignInIntent::Start);
    let named = |code: &str| RegionForm { code: code.into(), ..sandbox(&format!("https://accounts.{code}.example")) };
    scene.adds_region(named("second"));
    assert_eq!(scene.regions_file_replaces(), [Fingerprint::of(file.as_bytes())]);
    let second = scene.regions_file().to_owned();
    scene.adds_region(named("third"));
    assert!(
        scene.regions_file_replaces().contains(&Fingerprint::of(second.as_bytes())),
        "the previous save may be replaced"
    );
}

#[test]
fn two_problems_at_startup_are_both_shown() {
    let mut scene = Scene::new();
    scene.starts(Some("nonsense"));
    let damaged = Problem::VaultDamaged { set_aside: "vault.damaged.age".into(), recovered: true };
    scene.vault_opens_and_says(None, damaged.clone());
    assert_eq!(scene.troubles().len(), 2);
    assert!(scene.troubles().contains(&damaged));
}

// Shows T26; ASVS 13.2.4.
#[test]
fn an_added_region_is_saved_chosen_and_used() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.asks(AppIntent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    scene.did_besides_saving(&["ask to add https://accounts.sandbox.example"]);
    assert_eq!(scene.snapshot().regions.len(), 10, "nothing is added before the user allows it");
    scene.allows();
    scene.did_besides_saving(&["save the regions"]);
    assert_eq!(scene.draft().region, RegionCode::new("sandbox"));
    let shown = scene.snapshot().regions;
    assert_eq!(shown.len(), 11);
    assert!(shown[..10].iter().all(|zohos| zohos.host.is_none()));
    assert_eq!(shown[10].host.as_deref(), Some("accounts.sandbox.example"), "an added region shows its host");
    let file = scene.regions_file().to_owned();
    scene.answer(Answer::RegionsSaved(Ok(None)));

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
fn an_added_regions_export_names_its_servers_and_no_data_centre() {
    let mut scene = signing_in_at_the_sandbox();
    scene.link(&granted(STATE, "sandbox", "https://accounts.sandbox.example"));
    scene.zoho_says(&tokens());
    scene.keeps("Sandbox bot");
    let export = Export { format: FileFormat::DotEnv, refresh_token: true, client_secret: true };
    scene.asks_and_allows(ShareIntent::Export { id: scene.card().id, export });
    let text = scene.file().content.expose_secret();
    assert!(!text.contains("ZOHO_CLIQ_DC"), "a bot would look it up among Zoho's data centres: {text}");
    for line in ["ZOHO_ACCOUNTS_URL=https://accounts.sandbox.example", "ZOHO_CLIQ_URL=https://cliq.sandbox.example"] {
        assert!(text.lines().any(|each| each == line), "{line} in {text}");
    }
}

#[test]
fn an_invalid_region_is_refused_with_a_reason_beside_the_form() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.settles();
    scene.forget_what_it_did();
    let plain = sandbox("http://accounts.sandbox.example");
    let zoho_s_own = sandbox("https://accounts.zoho.eu");
    let built_in = RegionForm { code: "eu".into(), ..sandbox("https://accounts.sandbox.example") };
    for form in [plain, zoho_s_own, built_in] {
        scene.asks(AppIntent::AddRegion { form });
        scene.did_besides_saving(&[]);
        assert!(matches!(scene.draft().region_problem, Some(Problem::RegionRefused { .. })));
        assert_eq!(scene.snapshot().regions.len(), 10);
    }
    scene.asks_and_allows(AppIntent::AddRegion { form: sandbox("https://accounts.sandbox.example") });
    assert_eq!(scene.draft().region_problem, None);
    scene.answer(Answer::RegionsSaved(Err(Problem::FileNotWritten { reason: "read only".into() })));
    assert_eq!(scene.troubles(), [Problem::FileNotWritten { reason: "read only".into() }]);
    assert_eq!(scene.snapshot().regions.len(), 11, "the region is usable in this run");
}

#[test]
pub fn a_missing_region_is_reported_and_its_tokens_are_kept() {
    let mut scene = signing_in_at_the_sandbox();
    scene.link(&link(&[("state", STATE), ("code", CODE)]));
    scene.zoho_says(&tokens());
    scene.settles();
    let gone = Problem::UnknownRegion { server: "sandbox".into() };

    // The regions file has been deleted.
    let mut candidate = scene.starts_again();
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.to_confirm().identity_problem, Some(gone.clone()));
    candidate.asks(SignInIntent::Keep { name: "Sandbox bot".into() });
    candidate.asks(SignInIntent::GoHome);
    candidate.later(minutes(56));
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.card().standing, Standing::NeedsYou { problem: gone.clone() });
    let id = candidate.card().id;
    candidate.asks(ChecksIntent::Test { id });
    assert_eq!(candidate.card().tested.unwrap().problem, Some(gone.clone()));
    candidate.asks(RevokeIntent::RevokeAndDelete { id });
    candidate.did_besides_saving(&[]);
    assert_eq!(candidate.snapshot().connections.len(), 1, "it cannot be revoked, so it is kept");

    candidate.asks(SignInIntent::SignInAgain { id });
    candidate.asks(SignInIntent::SignIn { anyway: false });
    candidate.redirect_method(Ok(()));
    candidate.draws();
    candidate.settles();
    candidate.did_besides_saving(&["check the redirect", "draw"]);
    assert_eq!(candidate.attempt_ended_with(), gone);
    candidate.keeps_what_was_typed();
}

#[test]
fn the_region_is_guessed_from_an_address() {
    let mut scene = Scene::first_start();
    scene.asks(SignInIntent::Start);
    scene.asks(SignInIntent::GuessRegion { address: "cliq.zoho.com.au/company/1/chats/2".into() });
    assert_eq!(scene.draft().region, RegionCode::new("au"));
    scene.asks(SignInIntent::GuessRegion { address: "https://example.com".into() });
    assert_eq!(scene.draft().region, RegionCode::new("au"), "the chosen region stays");
    assert_eq!(scene.draft().guess.unwrap().region, None);
    scene.asks(SignInIntent::GuessRegion { address: "  ".into() });
    assert_eq!(scene.draft().guess, None);

    scene.asks(SignInIntent::Next);
    assert_eq!(scene.screen(), Screen::Wizard { step: Step::Register });
    scene.asks(SignInIntent::OpenConsole);
    assert_eq!(scene.address().as_str(), "https://api-console.zoho.com.au/");
}
