//! Zoho's worst responses: each repeats every secret it knows.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::thread;
use std::time::{Duration, Instant};

use keyfob_practice::{Endpoint, Scripted};

use super::surfaces::Surfaces;
use super::{PATIENCE, World};
use crate::patience::until;
use crate::scan::Secret;
use crate::window::{Window, by_test};

/// Produces each fault in turn and scans the page after it; returns the number of faults.
pub async fn happen(world: &World, window: &Window, surfaces: &mut Surfaces, held: &[Secret]) -> usize {
    let said = all(held);
    let mut happened = 0;
    for (endpoint, button, answer) in faults(&said) {
        let before = world.zoho.requests_to(endpoint).len();
        world.zoho.answer_next(endpoint, answer);
        // A button pressed while the last response is still being read does nothing.
        let end = Instant::now() + PATIENCE;
        window.clicks(button).await;
        while !is_soon(|| world.zoho.requests_to(endpoint).len() > before) {
            assert!(Instant::now() < end, "Zoho was asked for fault {happened}");
            window.clicks(button).await;
        }
        window.is_painted().await;
        surfaces.look(window, "a fault").await;
        happened += 1;
    }
    // Commands report the last fault.
    surfaces.keyfob(world, &["refresh", "Finance bot"]);
    surfaces.keyfob(world, &["list", "--json"]);
    surfaces.keyfob(world, &["doctor"]);
    surfaces.keyfob(world, &["doctor", "--log"]);
    happened
}

/// Ends the connection; Zoho refuses at first.
pub async fn revokes(world: &World, window: &Window, surfaces: &mut Surfaces, held: &[Secret]) {
    let refusal = format!(r#"{{"error":"{}"}}"#, all(held));
    for _ in 0..2 {
        world.zoho.answer_next(Endpoint::Revoke, Scripted::json(400, &refusal));
    }
    revoke(window, surfaces).await;
    until("Zoho refused twice", PATIENCE, || world.zoho.requests_to(Endpoint::Revoke).len() == 2);
    window.sees(&format!("{}:enabled", by_test("test"))).await;
    surfaces.look(window, "not revoked").await;
    surfaces.report(world, window).await;
    revoke(window, surfaces).await;
    until("Zoho ended it", PATIENCE, || world.zoho.kept_refresh_tokens().is_empty());
    window.sees(&by_test("start")).await;
    surfaces.look(window, "revoked").await;
}

async fn revoke(window: &Window, surfaces: &mut Surfaces) {
    window.clicks("menu").await;
    window.clicks("menu-revoke").await;
    surfaces.look(window, "revoking").await;
    window.clicks("revoke").await;
}

fn is_soon(is_true: impl Fn() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(1);
    while !is_true() && Instant::now() < end {
        thread::park_timeout(Duration::from_millis(10));
    }
    is_true()
}

fn all(held: &[Secret]) -> String {
    held.iter().map(|secret| secret.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn faults(said: &str) -> Vec<(Endpoint, &'static str, Scripted)> {
    let error = |error: &str| format!(r#"{{"error":"{error}","error_description":"{said}"}}"#);
    // Keyfob tolerates ten responses in ten minutes that leave open whether a token was issued, so there are few of
    // those.
    let refresh = [
        Scripted::json(200, &error(said)),
        Scripted::json(200, &error("invalid_client")),
        Scripted::json(400, &error("invalid_client_secret")),
        Scripted::json(400, &error("general_error")),
        Scripted::json(500, &error(said)),
        Scripted::json(200, &format!(r#"{{"access_token":{{"{said}":1}}}}"#)),
        Scripted::json(200, &format!(r#"{{"access_token":"{said}"#)),
        Scripted::new(200, "application/json", [b"\xff\xfe", said.as_bytes()].concat()),
        Scripted::usual().cut_short(),
    ];
    let test = [
        Scripted::json(401, &format!(r#"{{"code":"{said}","message":"{said}"}}"#)),
        Scripted::json(400, &format!(r#"{{"data":"{said}"}}"#)),
        Scripted::json(500, &error(said)),
        Scripted::json(200, &format!(r#"["{said}"]"#)),
        Scripted::json(200, &format!(r#"{{"error":"{}"}}"#, said.repeat(200))),
        Scripted::json(200, ""),
        Scripted::html(200, &format!("<title>{said}</title>")),
        Scripted::html(502, said),
        Scripted::new(200, "text/plain", said),
        Scripted::new(200, &format!("text/{}", said.replace(' ', "-")), "x"),
        Scripted::redirect(&format!("http://127.0.0.1:9/?{}", said.replace(' ', "&"))),
        Scripted::closed(),
    ];
    let throttle = format!(r#"{{"error":"Access Denied","error_description":"{said}","status":"failure"}}"#);
    let of =
        |endpoint, command, answers: Vec<Scripted>| answers.into_iter().map(move |answer| (endpoint, command, answer));
    let mut faults: Vec<_> = of(Endpoint::Token, "refresh", refresh.into()).collect();
    faults.extend(of(Endpoint::Status, "test", test.into()));
    faults.push((Endpoint::Token, "refresh", Scripted::json(400, &throttle)));
    faults
}
