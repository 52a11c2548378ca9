//! A task panics during its work: the failure is reported, no caller waits for ever, and everything else keeps working.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::{AppIntent, ShareIntent, SignInIntent, TokensIntent, VaultIntent};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyfob::app::engine::Engine;
use keyfob::app::host::{Answers, Host};
use keyfob::ipc::{Callers, socket};
use keyfob::storage::keychain::{Keychain, KeychainProblem};
use keyfob::storage::vault::{Key, Vault};
use keyfob::storage::vault_thread::VaultThread;
use keyfob_core::cli::CliRequest;
use keyfob_core::export_choice::{FileFormat, Shape};
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{ApprovalView, Card, Screen};
use keyfob_core::standing::Standing;
use keyfob_core::{Answer, Desk, Effect, Moment, Problem, Snapshot};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use crate::command_line::{AN_HOUR, BOT, Desk as Desktop, through};
use crate::noted::Noted;
use crate::world::{Keyfob, Time, Zoho};

const SOON: Duration = Duration::from_secs(20);

/// Makes effects and calls of this name panic.
#[derive(Clone, Default)]
struct Fault(Arc<Mutex<Option<&'static str>>>);

impl Fault {
    fn inject(&self, name: &'static str) {
        *self.0.lock().unwrap() = Some(name);
    }

    fn clear(&self) {
        *self.0.lock().unwrap() = None;
    }

    fn is_due(&self, name: &str) -> bool {
        self.0.lock().unwrap().is_some_and(|due| due == name)
    }

    fn panic_if_due(&self, name: &str) {
        assert!(!self.is_due(name), "{name} panics");
    }
}

/// The test world, with a vault on the disk and injected panics.
struct Faulty {
    within: Arc<dyn Host>,
    vault: VaultThread,
    fault: Fault,
}

impl Host for Faulty {
    fn perform(&self, effect: Effect, answers: Answers) {
        let fault = self.fault.clone();
        let name = format!("{effect:?}");
        let name = name.split('(').next().unwrap_or_default();
        match effect {
            Effect::OpenVault(ticket, by) => {
                self.vault.open(by, move |opened| answers.give(ticket, Answer::VaultOpened(opened)));
            }
            Effect::Save(ticket, record) => self.vault.save(record, move |saved| {
                fault.panic_if_due("Save");
                answers.give(ticket, Answer::Saved(saved));
            }),
            _ if fault.is_due(name) => {
                tokio::spawn(async move { panic!("{effect:?} panics, and drops {answers:?}") });
            }
            other => self.within.perform(other, answers),
        }
    }
}

/// A keyring with injected panics.
#[derive(Clone, Default)]
struct Keyring(Arc<Noted>, Fault);

impl Keychain for Keyring {
    fn load(&self, patience: Duration) -> Result<Option<SecretString>, KeychainProblem> {
        self.1.panic_if_due("load");
        self.0.load(patience)
    }

    fn store(&self, secret: &SecretString, patience: Duration) -> Result<(), KeychainProblem> {
        self.0.store(secret, patience)
    }

    fn delete(&self, patience: Duration) -> Result<(), KeychainProblem> {
        self.0.delete(patience)
    }

    fn probe(&self, patience: Duration) -> Result<(), KeychainProblem> {
        self.1.panic_if_due("probe");
        self.0.probe(patience)
    }
}

fn troubles(of: &Snapshot) -> Vec<Problem> {
    let trouble = |what: &NoticeKind| match what {
        NoticeKind::Trouble { problem, .. } => Some(problem.clone()),
        _ => None,
    };
    of.notices.iter().filter_map(|notice| trouble(&notice.what)).collect()
}

// Shows S9.
#[tokio::test(flavor = "multi_thread")]
async fn a_panicking_task_is_reported_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let (fault, time) = (Fault::default(), Time::new());
    let keyring = Keyring(Arc::default(), fault.clone());
    let vault = VaultThread::start(folder.path().to_owned(), Arc::new(keyring.clone())).unwrap();
    let zoho = Zoho::start("here", &time);
    let around = |within| Arc::new(Faulty { within, vault, fault: fault.clone() }) as Arc<dyn Host>;
    let it_broke_off = || "it broke off".to_owned();

    fault.inject("probe");
    let keyfob = Keyfob::begins_within(around, &[zoho.region()], &time);
    let closed =
        Screen::Vault { problem: Problem::VaultUnreadable { reason: it_broke_off() }, trying: false, passphrase: None };
    keyfob.sees("the vault did not open", |s| s.screen == closed).await;
    fault.clear();
    keyfob.asks(VaultIntent::TryVaultAgain);
    keyfob.sees("the vault is open", |s| s.screen == Screen::Welcome).await;

    fault.inject("OpenBrowser");
    zoho.fill_in(&keyfob);
    keyfob.asks(SignInIntent::SignIn { anyway: false });
    let unopened = |approval: &ApprovalView| {
        matches!(approval, ApprovalView::Waiting { problem: Some(Problem::BrowserNotOpened), .. })
    };
    keyfob.sees("no browser opened", |s| s.draft.as_ref().is_some_and(|draft| unopened(&draft.approval))).await;
    fault.clear();
    keyfob.asks(SignInIntent::CancelConsent);
    let id = zoho.connect(&keyfob).await.id;

    fault.inject("Copy");
    keyfob.asks(ShareIntent::Copy { id, shape: Shape::Token });
    keyfob.sees("it was not copied", |s| troubles(s).contains(&Problem::ClipboardClosed)).await;
    fault.clear();
    keyfob.asks(ShareIntent::Copy { id, shape: Shape::Token });
    assert!(zoho.zoho.is_alive(&keyfob.copied().await));

    fault.inject("Send");
    keyfob.asks(TokensIntent::Refresh { id });
    let waits = |card: &Card| card.doing.is_none() && matches!(card.standing, Standing::Waiting { .. });
    keyfob.card("the request broke off", waits).await;
    keyfob.chooses(folder.path());
    fault.inject("WriteLiveFile");
    keyfob.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::Json });
    let unwritten = |card: &Card| card.live_file.as_ref().is_some_and(|file| !file.writing && file.problem.is_some());
    keyfob.card("its file was not written", unwritten).await;
    fault.clear();
    time.passes(Duration::from_mins(5));
    keyfob.asks(TokensIntent::Refresh { id });
    let is_well = |card: &Card| {
        card.standing == Standing::Fresh && card.live_file.as_ref().is_some_and(|file| file.problem.is_none())
    };
    keyfob.card("it has a new token, and so has its file", is_well).await;

    fault.inject("Save");
    keyfob.asks(AppIntent::Rename { id, name: "Invoice bot".to_owned() });
    let not_saved = Problem::NotSaved { reason: it_broke_off() };
    keyfob.sees("it was not saved", |s| troubles(s).contains(&not_saved)).await;
    fault.clear();
    keyfob.asks(VaultIntent::RetrySave);
    keyfob.sees("it is saved", |s| !troubles(s).contains(&not_saved)).await;
    let key = Key::Keyring { keychain: Arc::new(keyring), patience: SOON };
    let kept = Vault::open(folder.path(), key).unwrap().contents.unwrap();
    assert!(String::from_utf8_lossy(kept.expose_secret()).contains("Invoice bot"));
}

/// A world that answers nothing.
#[derive(Default)]
struct Silent(Mutex<Vec<Answers>>);

impl Host for Silent {
    fn perform(&self, _: Effect, answers: Answers) {
        self.0.lock().unwrap().push(answers);
    }
}

// Shows S9.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_engine_is_noticed_and_its_callers_released() {
    let broken = Arc::new(AtomicBool::new(false));
    let breaks = Arc::clone(&broken);
    let clock = move || {
        assert!(!breaks.load(Ordering::SeqCst), "the clock panics");
        Moment::from_millis(1_795_424_400_000)
    };
    let world = Arc::new(Silent::default());
    let engine = Engine::start(Desk::default(), world, Arc::new(clock), Ok(None), "a test".to_owned());
    let (folder, callers) = (tempfile::tempdir().unwrap(), Callers::default());
    socket::attend(folder.path(), engine.clone(), callers.clone(), Arc::new(|_| false)).unwrap();
    let mut outside = socket::Talk::begin(folder.path(), &CliRequest::List).await.unwrap();
    let mut inside = callers.arrives();

    broken.store(true, Ordering::SeqCst);
    engine.ask(SignInIntent::Start);

    timeout(SOON, engine.ended()).await.expect("the failure is noticed");
    assert!(timeout(SOON, inside.hears(&engine)).await.expect("it is released").is_none());
    assert!(timeout(SOON, outside.hears()).await.expect("it is released").is_none());
}

/// Runs a command with `mib` MiB of memory; returns its exit code unless a signal ended it, and its output.
async fn within(mib: u64, command: &Command) -> (Option<i32>, String, String) {
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v \"$0\" && exec \"$@\"", &(mib * 1024).to_string()]);
    let mut limited = tokio::process::Command::from(through(limited, command));
    let said = timeout(SOON, limited.stdin(Stdio::null()).output()).await.expect("it ends").unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (said.status.code(), text(said.stdout), text(said.stderr))
}

// Shows S9.
#[tokio::test(flavor = "multi_thread")]
async fn with_too_little_memory_a_token_is_valid_or_not_printed() {
    let desk = Desktop::with_connection_made(AN_HOUR, true).await;
    // The least memory for a bare start with all libraries, which differs between machines.
    let (mut too_little, mut enough) = (0, 4096);
    while enough - too_little > 1 {
        let tried = u64::midpoint(too_little, enough);
        match within(tried, &desk.command(&["--version"])).await {
            (Some(0), ..) => enough = tried,
            _ => too_little = tried,
        }
    }
    let mut failed = 0;
    for more in [0, 1, 2, 4, 8, 16, 32, 64, 96, 128, 256, 512] {
        let (code, out, err) = within(enough + more, &desk.command(&["token", BOT])).await;
        assert!(!err.contains("1000."), "{err}");
        if code == Some(0) {
            assert!(desk.zoho.zoho.is_alive(out.trim()), "{out}");
        } else {
            assert_eq!(out, "", "a failed command prints nothing that could be taken for a token");
            failed += 1;
        }
    }
    assert!(failed > 0, "no run had too little memory");
    let said = desk.runs(&["token", BOT]).await;
    assert!(said.code == 0 && desk.zoho.zoho.is_alive(said.out.trim()), "{said:?}");
}
