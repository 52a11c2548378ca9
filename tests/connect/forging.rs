//! An attacker who knows the public key and can write to the vault's folder seals a forged vault to that key.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::ShareIntent;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use age::x25519::Recipient;
use keyfob::app::host::{Answers, Host};
use keyfob::app::in_flight::InFlight;
use keyfob::storage::vault::{Key, Vault};
use keyfob::storage::vault_thread::VaultThread;
use keyfob_core::export_choice::FileFormat;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::Screen;
use keyfob_core::{Answer, Effect, Problem, Snapshot};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};

use crate::noted::Noted;
use crate::world::{Keyfob, Time, Zoho};

/// The test world, with a vault on the disk.
struct OnDisk {
    within: Arc<dyn Host>,
    vault: VaultThread,
    saves: InFlight,
}

impl Host for OnDisk {
    fn perform(&self, effect: Effect, answers: Answers) {
        match effect {
            Effect::OpenVault(ticket, by) => {
                self.vault.open(by, move |opened| answers.give(ticket, Answer::VaultOpened(opened)));
            }
            Effect::Save(ticket, record) => {
                let mark = self.saves.begin();
                self.vault.save(record, move |saved| {
                    answers.give(ticket, Answer::Saved(saved));
                    drop(mark);
                });
            }
            other => self.within.perform(other, answers),
        }
    }
}

/// A vault file of version 1 or 2, as anyone who knows the format can write it.
fn forged(version: u32, public: &str, record: &SecretSlice<u8>) -> Vec<u8> {
    let sealed = age::encrypt(&public.parse::<Recipient>().unwrap(), record.expose_secret()).unwrap();
    let line = if version == 1 { String::new() } else { format!("9 {:x}\n", Sha256::digest(&sealed)) };
    let body = [line.as_bytes(), &sealed].concat();
    let title = format!("keyfob vault {version}");
    let sum = Sha256::digest([title.as_bytes(), b"\n", &body].concat());
    [format!("{title} {sum:x}\n").as_bytes(), &body].concat()
}

/// The record of a connection with this live file.
async fn record_with_live_file(folder: &Path, zoho: &Zoho, time: &Time) -> SecretSlice<u8> {
    let keyfob = Keyfob::knowing(&[zoho.region()], time).await;
    keyfob.chooses(folder);
    let id = zoho.connect(&keyfob).await.id;
    keyfob.asks(ShareIntent::ChooseLiveFile { id, format: FileFormat::DotEnv });
    let is_written = |s: &Snapshot| s.connections[0].live_file.as_ref().is_some_and(|live| live.written_at.is_some());
    keyfob.sees("its file is written", is_written).await;
    keyfob.record_with("\"written_at\":1").await
}

// Shows S10.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_vault_is_reported_and_writes_no_live_file() {
    let (time, folder, files) = (Time::new(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let zoho = Zoho::start("here", &time);
    let record = record_with_live_file(files.path(), &zoho, &time).await;
    let file = files.path().join("zoho-cliq-Finance-bot.env");
    let keyring = Arc::new(Noted::default());
    let key = || Key::Keyring { keychain: keyring.clone(), patience: Duration::from_secs(20) };
    let saves = InFlight::nothing();
    let start = || {
        let saves = saves.clone();
        let vault = VaultThread::start(folder.path().to_owned(), keyring.clone()).unwrap();
        let around = |within| Arc::new(OnDisk { within, vault, saves }) as Arc<dyn Host>;
        Keyfob::begins_within(around, &[zoho.region()], &time)
    };

    let mut own = Vault::open(folder.path(), key()).unwrap().vault;
    own.save(&record).unwrap();
    let public = own.own_key().unwrap();
    fs::remove_file(&file).unwrap();
    let keyfob = start();
    keyfob.sees("a vault of its own is used", |s| !s.connections.is_empty() && file.exists()).await;
    saves.settled().await;
    drop(keyfob);

    for version in [1, 2] {
        fs::remove_file(&file).unwrap();
        let _ = fs::remove_file(folder.path().join("vault.previous.age"));
        fs::write(folder.path().join("vault.age"), forged(version, &public, &record)).unwrap();
        let keyfob = start();
        let said = |s: &Snapshot| {
            let is_named = |problem: &Problem| matches!(problem, Problem::VaultNotAuthentic { recovered: false, .. });
            s.notices.iter().any(|n| matches!(&n.what, NoticeKind::Trouble { problem, .. } if is_named(problem)))
        };
        let seen = keyfob.sees("it is named", said).await;
        assert_eq!((seen.connections.len(), &seen.screen), (0, &Screen::Welcome));
        assert!(!file.exists(), "its live file was written");
        fs::write(&file, "").unwrap();
    }
}
