//! The arguments of the programs that Keyfob starts, which every user of the computer can read.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;

use keyfob_practice::{Endpoint, Practice};

use crate::fixture::World;
use crate::scan::Secret;
use crate::stage::Theme;
use crate::window::{Window, window_program};

/// The values with which another user could finish a sign-in: the parameters in the URLs that the browser opened.
pub fn to_sign_in_with(zoho: &Practice) -> Vec<Secret> {
    let mut asked = zoho.requests_to(Endpoint::Consent);
    asked.extend(zoho.requests_to(Endpoint::AddExtraScope));
    let of = |name: &'static str| {
        let found = asked.iter().filter_map(move |asked| asked.query.iter().find(|(known, _)| known == name));
        found.map(move |(_, value)| Secret { name, text: value.clone() }).collect::<Vec<_>>()
    };
    ["state", "code_challenge", "enhance_token"].into_iter().flat_map(of).collect()
}

// Shows T4, T27; ASVS 14.2.1.
#[tokio::test]
async fn no_program_has_sign_in_secrets_in_its_arguments() {
    let world = World::new(Theme::Light);
    let stage = &world.stage;
    stage.has_a_browser_that_only_notes();
    let window = Window::open(stage).await;
    let [keyfob] = stage.running(&window_program())[..] else { panic!("one Keyfob runs") };
    let starts = stage.home().join("starts");
    let mut strace = stage.command("strace");
    strace.args(["-f", "-p", &keyfob.to_string(), "-s", "9999", "-e", "trace=execve,execveat"]).arg("-o").arg(&starts);
    let hold = stage.attach_strace(strace, "strace-starts.log");

    let address = world.asks(&window, 1).await;
    assert!(address.contains("state=") && address.contains("code_challenge="), "the browser opened it: {address}");
    window.clicks("open-again").await;
    let again = stage.noted(2);
    assert_eq!(again, address, "opening it again leads to the same URL");
    drop(hold);

    let started = fs::read_to_string(&starts).unwrap();
    assert!(started.matches("http://127.0.0.1:").count() >= 2, "strace saw the browser being started: {started}");
    let carried: Vec<_> = ["state=", "code_challenge", "enhance_token", "/oauth/"]
        .into_iter()
        .filter(|part| started.contains(part))
        .collect();
    assert!(carried.is_empty(), "{carried:?}");
    window.close(stage).await;
}
