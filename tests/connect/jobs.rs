//! What a job's script does when Cliq refuses its token, and when its work ends: `keyfob token --fresh` and `keyfob
//! revoke`, as processes of their own.

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
async fn a_fresh_token_is_new_and_the_next_one_asked_for_is_the_same() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    let refused = desk.runs(&["token", BOT]).await.out;
    let fresh = desk.runs(&["token", BOT, "--fresh"]).await;
    assert_eq!((fresh.code, fresh.out.trim()), (0, desk.newest_token().as_str()), "{fresh:?}");
    assert_ne!(fresh.out, refused);
    assert!(desk.zoho.zoho.is_alive(fresh.out.trim()));
    assert_eq!(desk.runs(&["token", BOT]).await.out, fresh.out);
    assert_eq!(refreshes(&desk.zoho), 1);
}

/// Returns once each of these commands has begun to ask: it has what its runtime waits by.
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

/// Four ask for a fresh token, and Zoho answers once all of them have begun to.
async fn four_share_a_request(desk: &Desk) {
    let (gate, before) = (Gate::new(), refreshes(&desk.zoho));
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::usual().held(&gate));
    let jobs: Vec<Child> = (0..4).map(|_| desk.starts(&["token", BOT, "--fresh"])).collect();
    have_begun(&jobs).await;
    gate.reached(1).await;
    // The test's own Keyfob has a clock that stands still otherwise.
    desk.time.passes(TEN_MINUTES);
    gate.open();
    for job in jobs {
        let said = ends(job).await;
        assert_eq!((said.code, said.out.trim()), (0, desk.newest_token().as_str()), "{said:?}");
    }
    assert_eq!(refreshes(&desk.zoho) - before, 1);
}

#[tokio::test]
async fn four_jobs_that_want_a_fresh_token_share_one_request() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    four_share_a_request(&desk).await;
    let _instance = desk.keyfob_runs();
    four_share_a_request(&desk).await;
}

#[tokio::test]
async fn where_no_fresh_token_can_be_had_nothing_is_printed() {
    let desk = Desk::with_connection_made(TEN_MINUTES, true).await;
    desk.zoho.zoho.answer_next(Endpoint::Token, Scripted::closed());
    failed(&desk.runs(&["token", BOT, "--fresh"]).await, 7, "“Finance bot”: ");
    let asked = refreshes(&desk.zoho);
    failed(&desk.runs(&["token", BOT, "--fresh"]).await, 7, "“Finance bot”: ");
    assert_eq!(refreshes(&desk.zoho), asked, "half a minute is let pass before Zoho is asked again");
    assert_eq!(desk.runs(&["token", BOT]).await.code, 0, "who does not insist gets the one at hand");
}

#[tokio::test]
async fn a_job_that_ends_its_work_has_its_tokens_ended_once_the_user_agrees() {
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
async fn without_a_yes_nothing_is_revoked() {
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
    assert_eq!(desk.runs(&["token", BOT]).await.code, 0, "it is as good as before");
}

#[tokio::test]
async fn a_zoho_out_of_reach_keeps_the_connection_for_another_try() {
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
