//! `keyfob token --fresh` and `keyfob revoke`, for a script whose token Cliq refuses and whose work ends, in their own
//! processes.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::process::Child;
use std::time::Duration;

use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_practice::{Endpoint, Gate, Scripted};

use crate::command_line::{AN_HOUR, BOT, Desk, Said, ends, failed};
use crate::scripts::refreshes;

const TEN_MINUTES: Duration = Duration::from_mins(10);

fn revocations(desk: &Desk) -> usize {
    desk.zoho.zoho.requests_to(Endpoint::Revoke).len()
}

#[tokio::test]
async fn a_fresh_token_is_new_and_then_reused() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    let refused = desk.runs(&["token", BOT]).await.out;
    let fresh = desk.runs(&["token", BOT, "--fresh"]).await;
    assert_eq!((fresh.code, fresh.out.trim()), (0, desk.newest_token().as_str()), "{fresh:?}");
    assert_ne!(fresh.out, refused);
    assert!(desk.zoho.zoho.is_alive(fresh.out.trim()));
    assert_eq!(desk.runs(&["token", BOT]).await.out, fresh.out);
    assert_eq!(refreshes(&desk.zoho), 1);
}

/// Returns once each command has begun its request, that is, has its runtime's event poll.
async fn have_begun(commands: &[Child]) {
    let waits = |command: &Child| {
        let open = fs::read_dir(format!("/proc/{}/fd", command.id())).into_iter().flatten().flatten();
        open.filter_map(|file| fs::read_link(file.path()).ok()).any(|to| to.to_string_lossy().contains("eventpoll"))
    };
    let all = async {
        while !commands.iter().all(waits) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(AN_HOUR / 60, all).await.expect("they begin in time");
}

/// Four commands request a fresh token, and Zoho responds once all have begun.
async fn four_share_a_request(desk: &Desk) {
    let (gate, before) = (Gate::new(), refreshes(&desk.zoho));
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::usual().held(&gate));
    let jobs: Vec<Child> = (0..4).map(|_| desk.starts(&["token", BOT, "--fresh"])).collect();
    have_begun(&jobs).await;
    gate.reached(1).await;
    // The clock of the test's own Keyfob only moves when the test moves it.
    desk.time.passes(TEN_MINUTES);
    gate.open();
    for job in jobs {
        let said = ends(job).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
    assert_eq!(refreshes(&desk.zoho) - before, 1);
}

#[tokio::test]
async fn four_jobs_share_one_request_for_a_fresh_token() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    four_share_a_request(&desk).await;
    let _instance = desk.keyfob_runs();
    four_share_a_request(&desk).await;
}

#[tokio::test]
async fn without_a_fresh_token_nothing_is_printed() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::closed());
    failed(&desk.runs(&["token", BOT, "--fresh"]).await, 7, "“Finance bot”: ");
    let asked = refreshes(&desk.zoho);
    failed(&desk.runs(&["token", BOT, "--fresh"]).await, 7, "“Finance bot”: ");
    assert_eq!(refreshes(&desk.zoho), asked, "Zoho is not asked again within half a minute");
    assert_eq!(desk.runs(&["token", BOT]).await.code, 0, "without `--fresh` the current token is printed");
}

#[tokio::test]
async fn revoke_ends_the_tokens_once_the_user_agrees() {
    let desk = Desk::with_connection_made(Duration::ZERO, true).await;
    let token = desk.newest_token();
    let _instance = desk.keyfob_runs();
    let waiting = desk.starts(&["revoke", "finance BOT"]);
    let question = desk.keyfob.decides(Decision::Allow).await;
    assert!(matches!(&question, Confirmation::Revoke { name, .. } if name == BOT), "{question:?}");
    let said = ends(waiting).await;
    let expected = Said {
        code: 0,
        out: "“finance BOT” is deleted, and Zoho has ended its tokens\n".to_owned(),
        err: "keyfob: Keyfob asks in a dialog whether to revoke and delete “finance BOT”.\n".to_owned(),
    };
    assert_eq!(said, expected);
    assert!(!desk.zoho.zoho.is_alive(&token));
    failed(&desk.runs(&["revoke", BOT]).await, 3, "There is none yet.");
}

// Shows T28.
#[tokio::test]
async fn without_the_users_consent_nothing_is_revoked() {
    let desk = Desk::with_connection_made(Duration::ZERO, true).await;
    failed(&desk.runs(&["revoke", BOT]).await, 4, "Nobody has confirmed that “Finance bot” is to be revoked");
    failed(&desk.runs(&["revoke", "Finanse bot"]).await, 3, "Did you mean “Finance bot”?");

    let _instance = desk.keyfob_runs();
    for decision in [Decision::Dismiss, Decision::Deny] {
        let waiting = desk.starts(&["revoke", BOT]);
        desk.keyfob.decides(decision).await;
        let said = ends(waiting).await;
        assert!(said.code == 4 && said.out.is_empty() && said.err.contains("nothing was done"), "{said:?}");
    }
    assert_eq!(revocations(&desk), 0);
    assert_eq!(desk.runs(&["token", BOT]).await.code, 0, "the connection still works");
}

#[tokio::test]
async fn an_unreachable_zoho_keeps_the_connection() {
    let desk = Desk::with_connection_made(AN_HOUR, true).await;
    let _instance = desk.keyfob_runs();
    desk.zoho.zoho.answer_next(Endpoint::Revoke, Scripted::closed());
    let waiting = desk.starts(&["revoke", BOT]);
    desk.keyfob.decides(Decision::Allow).await;
    let said = ends(waiting).await;
    assert!(said.code == 7 && said.err.contains("“Finance bot”: 127.0.0.1"), "{said:?}");
    assert!(desk.runs(&["list"]).await.out.contains(BOT), "nothing is lost");

    let waiting = desk.starts(&["revoke", BOT]);
    desk.keyfob.decides(Decision::Allow).await;
    assert_eq!(ends(waiting).await.code, 0);
}
