//! Anyone may send links. Only the one that answers the pending consent has an effect.

use keyfob_core::intent::SignInIntent;
use std::cell::Cell;

use keyfob_core::snapshot::Screen;
use keyfob_core::{Intent, Moment};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::proof;
use crate::scene::*;

// Shows T1.
#[test]
fn with_no_consent_pending_a_link_is_only_counted() {
    let mut at_first = Scene::first_start();
    let (mut connected, _) = Scene::connected();
    for scene in [&mut at_first, &mut Scene::ready_to_approve(), &mut connected] {
        let before = (scene.screen(), scene.snapshot().draft);
        scene.link(&good_link());
        scene.link(&link(&[("error", "access_denied")]));
        scene.did(&[]);
        assert_eq!(scene.strays(), 2);
        assert_eq!((scene.screen(), scene.snapshot().draft), before);
    }
}

/// Links of every kind but the right one.
fn forged() -> Vec<Vec<u8>> {
    let with = |pairs: &[(&str, &str)]| link(pairs).into_bytes();
    let state = |state: &str| with(&[("state", state), ("code", CODE)]);
    let long = format!("cliqkeyfob://callback?state={STATE}&code={}", "x".repeat(1 << 20));
    let mut not_text = format!("cliqkeyfob://callback?state={STATE}&code=").into_bytes();
    not_text.extend([0xff, 0xfe, 0x00]);
    let right = format!("state={STATE}&code={CODE}");
    vec![
        Vec::new(),
        b"\0\0\0".to_vec(),
        b"--help".to_vec(),
        not_text,
        long.into_bytes(),
        state("another-state"),
        state(""),
        state(&STATE[1..]),
        state(&STATE.to_uppercase()),
        state(&format!("{STATE} ")),
        with(&[("code", CODE)]),
        with(&[("state", STATE)]),
        with(&[("state", STATE), ("code", "")]),
        with(&[("state", STATE), ("code", CODE), ("code", CODE)]),
        with(&[("state", STATE), ("state", STATE), ("code", CODE)]),
        with(&[("state", "another-state"), ("state", STATE), ("code", CODE)]),
        with(&[("state", STATE), ("code", CODE), ("location", "eu"), ("location", "us")]),
        with(&[("state", STATE), ("code", CODE), ("accounts-server", "https://a"), ("accounts-server", "https://b")]),
        with(&[("state", "another-state"), ("error", "access_denied")]),
        with(&[("error", "Call 555 0199 and read them your code")]),
        with(&[("error", "https_evil.example")]),
        with(&[("error", &"x".repeat(41))]),
        with(&[("error", "your_account_is_locked_call_zoho")]),
        with(&[("error", "access_denied_call_zoho")]),
        with(&[("error", "Access_Denied")]),
        format!("cliqkeyfob://callback/?{right}").into_bytes(),
        format!("cliqkeyfob://callback/more?{right}").into_bytes(),
        format!("cliqkeyfob://callback#{right}").into_bytes(),
        format!("cliqkeyfob:callback?{right}").into_bytes(),
        format!("CLIQKEYFOB://callback?{right}").into_bytes(),
        format!("cliqkeyfob://Callback?{right}").into_bytes(),
        format!("cliqkeyfob://user@callback?{right}").into_bytes(),
        format!("app.keyfob.cliq://callback?{right}").into_bytes(),
        format!("https://callback?{right}").into_bytes(),
        format!(" cliqkeyfob://callback?{right}").into_bytes(),
    ]
}

// Shows T1; ASVS 10.2.1.
#[test]
fn a_forged_link_does_not_disturb_the_pending_consent() {
    let mut scene = Scene::waiting();
    let before = scene.draft();
    for (count, link) in (1..).zip(forged()) {
        scene.link_bytes(&link);
        scene.did(&[]);
        assert_eq!(scene.strays(), count, "{}", String::from_utf8_lossy(&link[..link.len().min(200)]));
        assert_eq!(scene.draft(), before);
    }
    finishes(&mut scene);
}

// Shows D2.
#[test]
fn a_flood_of_forged_links_changes_nothing() {
    let mut scene = Scene::waiting();
    for number in 0..2_000_u32 {
        scene.link(&link(&[("state", &format!("guess-{number}")), ("code", CODE)]));
    }
    scene.did(&[]);
    assert_eq!(scene.strays(), 2_000);
    finishes(&mut scene);
}

// Shows N10, D2.
#[test]
fn a_repeated_link_is_exchanged_once() {
    let mut scene = Scene::waiting();
    scene.link(&good_link());
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    scene.link(&good_link());
    scene.did_besides_saving(&[]);
    assert_eq!(scene.strays(), 1);

    scene.zoho_says(&tokens());
    scene.forget_what_it_did();
    scene.link(&good_link());
    scene.did(&[]);
    assert_eq!(scene.strays(), 2);

    scene.keeps("Finance bot");
    scene.link(&good_link());
    scene.did(&[]);
    assert_eq!(scene.strays(), 3);
}

// Shows C6; ASVS 10.1.2.
#[test]
fn the_link_of_an_earlier_consent_does_nothing_for_a_later_one() {
    let mut scene = Scene::waiting();
    scene.asks(SignInIntent::CancelConsent);
    scene.settles();
    scene.signs_in_with("state-of-the-second-consent-9876543210");
    scene.forget_what_it_did();

    scene.link(&good_link());
    scene.did(&[]);
    assert!(scene.is_waiting());
    assert_eq!(scene.strays(), 1);

    scene.link(&granted("state-of-the-second-consent-9876543210", "eu", "https://accounts.zoho.eu"));
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
}

#[test]
fn a_redirect_is_shown_wherever_the_user_left_the_window() {
    for leave in [
        Intent::SignIn(SignInIntent::GoHome),
        Intent::SignIn(SignInIntent::Back),
        Intent::SignIn(SignInIntent::GoTo { step: keyfob_core::step::Step::Region }),
    ] {
        let mut scene = Scene::waiting();
        scene.asks(leave);
        scene.link(&good_link());
        assert_eq!(scene.screen(), Screen::Wizard { step: keyfob_core::step::Step::Approve });
        scene.asks(SignInIntent::GoHome);
        scene.zoho_says(&tokens());
        assert_eq!(scene.screen(), Screen::Wizard { step: keyfob_core::step::Step::Confirm });
    }
}

fn finishes(scene: &mut Scene) {
    scene.link(&good_link());
    scene.did_besides_saving(&["raise", "POST accounts.zoho.eu/oauth/v2/token authorization_code"]);
    scene.zoho_says(&tokens());
    assert!(scene.to_confirm().lasts);
}

/// Random bytes, and queries that are nearly right.
fn whatever() -> impl Strategy<Value = (Vec<Vec<u8>>, Vec<String>, u64)> {
    let bytes = prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 10..50);
    let query = "(state|code|error|location|accounts-server|&|=|%|[a-z]|\\PC){0,30}";
    (bytes, prop::collection::vec(query, 10..50), 0_u64..600_000)
}

// Shows T1.
#[test]
fn whatever_comes_as_a_link_nothing_is_sent() {
    // Unoptimised, a link takes about a hundred times as long.
    let cases = if cfg!(debug_assertions) { 64 } else { proof::rounds(2_000, 20_000) };
    let cases = u32::try_from(cases).unwrap();
    let sent = Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    let held = runner.run(&whatever(), |(links, queries, millis)| {
        let mut scene = Scene::waiting();
        let before = scene.draft();
        scene.now = Moment::from_millis(scene.now.millis() + millis);
        for link in &links {
            scene.link_bytes(link);
        }
        for query in &queries {
            scene.link(&format!("cliqkeyfob://callback?{query}"));
        }
        scene.did(&[]);
        sent.set(sent.get() + links.len() + queries.len());
        // An error code without a state is shown, and changes nothing else.
        prop_assert_eq!(
            keyfob_core::snapshot::DraftView { approval: before.approval.clone(), ..scene.draft() },
            before
        );
        prop_assert!(scene.is_waiting());
        finishes(&mut scene);
        Ok(())
    });
    proof::figure(
        "forged links while a sign-in waits, none of which does anything",
        sent.get(),
        "100,000, or a million",
    );
    held.unwrap();
}
