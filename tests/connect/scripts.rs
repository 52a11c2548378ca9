//! Programs at the socket of a running Keyfob, against a Zoho that counts requests.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{AppIntent, CliIntent};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use keyfob::ipc::SecondStart;
use keyfob::ipc::socket::{Talk, handover};
use keyfob_core::cli::{CliAnswer, CliError, CliReply, CliRequest};
use keyfob_core::confirmation::Decision;
use keyfob_core::export_choice::Shape;
use keyfob_practice::Endpoint;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::UnixStream;

use crate::world::{Keyfob, Time, Zoho};

pub fn token(name: &str) -> CliRequest {
    CliRequest::Token { name: name.to_owned(), good_for: 300, shape: Shape::Token, issued_after: None }
}

/// The number of refresh requests to Zoho.
pub fn refreshes(zoho: &Zoho) -> usize {
    let asked = zoho.zoho.requests_to(Endpoint::Token);
    asked.iter().filter(|request| request.form("grant_type") == Some("refresh_token")).count()
}

/// A connection whose token programs may read, an hour after it was made.
async fn an_hour_later(time: &Time) -> (Zoho, Keyfob, TempDir) {
    let zoho = Zoho::start("here", time);
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    let id = zoho.connect(&keyfob).await.id;
    keyfob.asks_and_allows(CliIntent::AllowScripts { id, on: true }).await;
    keyfob.asks(AppIntent::PauseRefreshing { on: true });
    keyfob.sees("nothing goes on by itself", |s| s.settings.paused).await;
    time.passes(Duration::from_hours(1));
    let folder = tempfile::tempdir().unwrap();
    keyfob.attends(folder.path());
    (zoho, keyfob, folder)
}

async fn is_told(folder: &Path, request: &CliRequest) -> Option<CliReply> {
    Talk::begin(folder, request).await?.hears().await
}

#[tokio::test]
async fn sixty_four_parallel_programs_share_one_request() {
    let (zoho, _keyfob, folder) = an_hour_later(&Time::new()).await;
    let asking: Vec<_> = (0..64)
        .map(|_| {
            let folder = folder.path().to_owned();
            tokio::spawn(async move { is_told(&folder, &token("Finance bot")).await })
        })
        .collect();
    let mut tokens = Vec::new();
    for asked in asking {
        let Some(CliReply::Token(text)) = asked.await.unwrap() else { panic!("a token") };
        tokens.push(text.expose_secret().to_owned());
    }
    assert_eq!(refreshes(&zoho), 1);
    let newest = zoho.zoho.issued_access_tokens().pop().unwrap();
    assert!(zoho.zoho.is_alive(&newest) && tokens.iter().all(|token| *token == newest));
}

// Shows T28; ASVS 13.3.2.
#[tokio::test]
async fn the_socket_is_private_and_nonsense_ends_the_connection() {
    let (_zoho, keyfob, folder) = an_hour_later(&Time::new()).await;
    let socket = folder.path().join("keyfob.socket");
    assert_eq!(socket.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    for nonsense in
        ["\n", "hello\n", r#"{"keyfob":99,"wish":{"wish":"list"}}"#, "{\"keyfob\":1,\"wish\":{\"wish\":\"steal\"}}\n"]
    {
        let mut stream = UnixStream::connect(&socket).await.unwrap();
        stream.write_all(nonsense.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut said = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut said).await.unwrap();
        assert!(said.is_empty(), "{nonsense:?} is not answered");
    }
    let mut endless = UnixStream::connect(&socket).await.unwrap();
    let flood = vec![b'x'; 4 * 1024 * 1024];
    assert!(endless.write_all(&flood).await.is_err(), "an endless message was read to the end");

    let listed = is_told(folder.path(), &CliRequest::List).await;
    assert!(
        matches!(listed, Some(CliReply::Said(CliAnswer::Listed { .. }))),
        "other programs are still served: {listed:?}"
    );
    drop(keyfob);
}

// Shows T28; ASVS 13.2.2.
#[tokio::test]
async fn a_program_that_disconnects_withdraws_its_question() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    zoho.connect(&keyfob).await;
    let folder = tempfile::tempdir().unwrap();
    keyfob.attends(folder.path());

    let mut first = Talk::begin(folder.path(), &token("Finance bot")).await.unwrap();
    assert!(matches!(first.hears().await, Some(CliReply::Asking)));
    keyfob.is_asking(true).await;
    drop(first);
    keyfob.is_asking(false).await;

    let mut second = Talk::begin(folder.path(), &token("Finance bot")).await.unwrap();
    assert!(matches!(second.hears().await, Some(CliReply::Asking)));
    keyfob.decides(Decision::Deny).await;
    let told = second.hears().await;
    let Some(CliReply::Said(CliAnswer::NotDone { why: CliError::NotAllowed { denied: true } })) = told else {
        panic!("it is turned away: {told:?}")
    };
    assert!(second.hears().await.is_none(), "nothing follows");
}

// Shows T5.
#[tokio::test]
async fn a_second_start_is_taken_over_unless_keyfob_quits() {
    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    let folder = tempfile::tempdir().unwrap();
    let start = SecondStart::ByALink("cliqkeyfob://callback?state=s&code=1000.c".to_owned().into());
    assert!(!handover(folder.path(), &start).await, "nobody is there");

    let (taken, starts) = mpsc::channel();
    let quits = Arc::new(AtomicBool::new(false));
    let begun = Arc::clone(&quits);
    keyfob.attends_and(folder.path(), move |start| !begun.load(SeqCst) && taken.send(start).is_ok());
    assert!(handover(folder.path(), &start).await);
    let SecondStart::ByALink(link) = starts.recv().unwrap() else { panic!("the link") };
    assert_eq!(link.expose_secret(), "cliqkeyfob://callback?state=s&code=1000.c");

    quits.store(true, SeqCst);
    assert!(!handover(folder.path(), &start).await, "it is left to the next start");
    assert!(is_told(folder.path(), &CliRequest::List).await.is_some(), "programs are served until it has quit");
}

#[tokio::test]
async fn a_stale_socket_does_not_block_the_next_keyfob() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Talk::begin(folder.path(), &CliRequest::List).await.is_none(), "nobody is there");
    drop(std::os::unix::net::UnixListener::bind(folder.path().join("keyfob.socket")).unwrap());
    assert!(Talk::begin(folder.path(), &CliRequest::List).await.is_none(), "nobody answers there");

    let time = Time::new();
    let zoho = Zoho::start("here", &time);
    let keyfob = Keyfob::knowing(&[zoho.region()], &time).await;
    keyfob.attends(folder.path());
    assert!(is_told(folder.path(), &CliRequest::List).await.is_some());
}
