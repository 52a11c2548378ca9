//! The action of each problem at each place, written to a file for the page's tests.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use zoho_oauth::client::ClientType;

use super::*;
use crate::domain::draft::Draft;
use crate::domain::serde_name::word;
use crate::formats::report::tests::every_problem;
use crate::view::snapshot::PassphraseFor;

const ID: ConnectionId = ConnectionId(1);

fn draft(client_type: ClientType) -> Draft {
    Draft { client_type, ..Draft::default() }
}

fn action_at_each_place(problem: &Problem) -> Value {
    let approval = |draft: &Draft| json!({ "action": of_approval(problem, draft), "waysRound": ways_round(problem) });
    let notice = |about| Notice { id: 1, what: NoticeKind::Trouble { problem: problem.clone(), about } };
    json!({
        "connection": of_connection(problem, ID),
        "notice": of_notice(&notice(Some(ID))),
        "noticeOfNone": of_notice(&notice(None)),
        "approval": approval(&draft(ClientType::Mobile)),
        "consoleApproval": approval(&draft(ClientType::SelfClient)),
        "waiting": { "action": of_waiting(problem), "byHand": is_finished_by_hand(problem) },
        "device": of_device(problem),
        "note": of_note(problem),
        "passphrase": PassphraseFor::help_with(problem),
    })
}

#[test]
fn the_pages_fixture_has_the_actions_of_the_core() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/tests/fixtures/actions.json");
    let problems = every_problem("a text").into_iter().map(|(problem, _)| problem);
    let all: BTreeMap<String, Value> =
        problems.map(|problem| (word(&problem, "code"), action_at_each_place(&problem))).collect();
    let lines: Vec<String> = all.iter().map(|(code, actions)| format!("  \"{code}\": {actions}")).collect();
    let wanted = format!("{{\n{}\n}}\n", lines.join(",\n"));
    if std::env::var_os("KEYFOB_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, &wanted).expect("the file can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "ui/tests/fixtures/actions.json is out of date; run `make bindings`");
}

#[test]
fn a_refused_second_redirect_uri_is_the_one_copied() {
    let draft = draft(ClientType::ServerBased);
    let [first, second] = [0, 1].map(|at| draft.redirect_uris()[at].clone());
    let copies = |redirect_uri| of_approval(&Problem::RedirectMismatch { redirect_uri }, &draft);
    assert_eq!(copies(first), SignInAction::CopyForForm { field: FormField::RedirectUri }.into());
    assert_eq!(copies(second), SignInAction::CopyForForm { field: FormField::SecondRedirectUri }.into());
}

#[test]
fn a_connection_that_works_needs_no_action() {
    for standing in [
        Standing::Fresh,
        Standing::Due,
        Standing::Resting,
        Standing::HeldBack { again_at: crate::Moment::from_millis(0) },
    ] {
        assert_eq!(of_standing(&standing, ID), None, "{standing:?}");
    }
    assert_eq!(of_standing(&Standing::Ended, ID), Some(SignInAction::SignInAgain { id: ID }.into()));
}
