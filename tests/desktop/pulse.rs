//! The responsiveness of a window: the gaps between its frames, and how long Keyfob takes to answer its page.

use std::time::Duration;

use crate::proof;
use crate::window::Window;

/// The shortest delay, in milliseconds, that the user notices.
const HITCH: f64 = 100.0;

/// The limit on a busy machine, in milliseconds, beyond which the window hangs.
const HANGING: f64 = 1000.0;

/// One measurement: the longest frame gap and answer in milliseconds, and the number of answers.
#[derive(Clone, Copy, Debug)]
struct Look {
    frame: f64,
    answer: f64,
    answers: f64,
}

/// Measures frames, and requests the snapshot through the page's own command, whose channel this takes over. The page
/// is reloaded afterwards.
const LOOKING: &str = r"
    const done = arguments[0], tauri = window.__TAURI_INTERNALS__, begun = performance.now(), end = begun + 1500;
    const seen = { frame: 0, answer: 0, answers: 0 };
    let last = begun;
    const frame = () => {
        const now = performance.now();
        seen.frame = Math.max(seen.frame, now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const answer = (heard) => tauri.invoke('snapshot', { pictures: '__CHANNEL__:' + tauri.transformCallback(heard) });
    const ask = async () => {
        const asked = performance.now();
        await new Promise(answer);
        seen.answer = Math.max(seen.answer, performance.now() - asked);
        seen.answers += 1;
        if (performance.now() < end) return setTimeout(ask, 20);
        seen.frame = Math.max(seen.frame, performance.now() - last);
        done(seen);
    };
    ask();
";

/// Measures three times, prints the longest values, and judges the best of the three: what blocks a window does so
/// every time, other load does not.
pub async fn is_lively(window: &Window, while_what: &str) {
    window.is_painted().await;
    let mut looks = Vec::new();
    for _ in 0..3 {
        let seen = window.script_async(LOOKING).await;
        let of = |name: &str| seen[name].as_f64().unwrap_or_else(|| panic!("{name} was measured: {seen}"));
        looks.push(Look { frame: of("frame"), answer: of("answer"), answers: of("answers") });
    }
    assert!(looks.iter().all(|look| look.answers > 5.0), "something was measured: {looks:?}");
    window.loads_anew().await;
    let limit = if proof::is_full() { HITCH } else { HANGING };
    for (what, of) in [
        ("longest gap between two frames", (|look| look.frame) as fn(&Look) -> f64),
        ("longest wait for a picture", |look| look.answer),
    ] {
        let (worst, best) = looks.iter().map(of).fold((0.0, f64::MAX), |(w, b): (f64, f64), of| (w.max(of), b.min(of)));
        let found = format!("{worst:.0} ms, best of three looks {best:.0} ms");
        proof::figure(&format!("{what} while {while_what}"), found, "under 100 ms");
        assert!(best < limit, "the window is blocked while {while_what}: {looks:?}");
    }
}

/// Prints how long something took beside the required time, and checks it; on a busy machine against Keyfob's own
/// limit.
pub fn took(what: &str, time: Duration, wanted: Duration, allowed: Duration) {
    proof::figure(what, format!("{} ms", time.as_millis()), &format!("at most {} ms", wanted.as_millis()));
    let limit = if proof::is_full() { wanted } else { allowed };
    assert!(time <= limit, "{what}: {time:?}");
}
