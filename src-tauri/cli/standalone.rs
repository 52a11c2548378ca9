//! Keyfob without a window, for one request: the same engine, the same Desk, the same vault.

use std::sync::Arc;

use keyfob_core::cli::{CliReply, CliRequest};
use keyfob_core::notice::NoticeKind;
use keyfob_core::{Answer, Desk, Effect, Event, Problem, Snapshot};

use super::CliResponse;
use super::request::Unasked;
use crate::app::engine::{self, Engine};
use crate::app::host::{Answers, Host};
use crate::app::in_flight::InFlight;
use crate::diagnostics::flight_recorder::CrashFile;
use crate::ipc::Callers;
use crate::net::https::{self, Patience};
use crate::platform::os_name;
use crate::storage::folders::Folders;
use crate::storage::keychain::OsKeychain;
use crate::storage::live_file;
use crate::storage::regions_file::RegionsFile;
use crate::storage::vault_thread::VaultThread;

/// Performs the effects of one request.
struct Alone {
    vault: VaultThread,
    callers: Callers,
    in_flight: InFlight,
}

/// Handles the request, and waits until its results are saved. Fails when the engine panics. The caller must hold the
/// folder's lock.
pub(super) async fn ask(folders: &Folders, request: &CliRequest) -> Result<CliResponse, Unasked> {
    let vault = VaultThread::start(folders.kept.clone(), Arc::new(OsKeychain::default()));
    let vault = vault.map_err(|_| Unasked::Broke(""))?;
    let (callers, in_flight) = (Callers::default(), InFlight::nothing());
    let mut hearing = callers.arrives();
    let world = Alone { vault, callers, in_flight: in_flight.clone() };
    let regions_file = RegionsFile::in_folder(&folders.config).read();
    let engine =
        Engine::start(Desk::unattended(), Arc::new(world), engine::wall_clock(), regions_file, os_name::in_words());
    engine.tell(Event::ScriptAsked { caller: hearing.caller, request: request.clone() });
    let told = loop {
        match hearing.hears(&engine).await {
            None => return Err(Unasked::Broke(CrashFile::in_folder(&folders.kept).leave(engine.recorder()))),
            Some(CliReply::Asking) => {}
            Some(told) => break told,
        }
    };
    in_flight.settled().await;
    Ok(CliResponse { told, not_saved: not_saved(&engine.snapshot()) })
}

/// The problem in the snapshot when a save failed.
fn not_saved(picture: &Snapshot) -> Option<Problem> {
    picture.notices.iter().find_map(|notice| match &notice.what {
        NoticeKind::Trouble { problem: problem @ Problem::NotSaved { .. }, .. } => Some(problem.clone()),
        _ => None,
    })
}

impl Host for Alone {
    fn perform(&self, effect: Effect, answers: Answers) {
        match effect {
            Effect::OpenVault(ticket, by) => {
                self.vault.open(by, move |opened| answers.give(ticket, Answer::VaultOpened(opened)));
            }
            Effect::Save(ticket, record) => {
                let mark = self.in_flight.begin();
                self.vault.save(record, move |saved| {
                    answers.give(ticket, Answer::Saved(saved));
                    drop(mark);
                });
            }
            Effect::Send(ticket, call) => {
                let mark = self.in_flight.begin();
                tokio::spawn(async move {
                    answers.give(ticket, Answer::Replied(https::send(call, Patience::default()).await));
                    drop(mark);
                });
            }
            Effect::WriteLiveFile(ticket, path, content, ours) => {
                let mark = self.in_flight.begin();
                tokio::task::spawn_blocking(move || {
                    answers.give(ticket, Answer::LiveFileWritten(live_file::write(&path, &content, &ours)));
                    drop(mark);
                });
            }
            Effect::TellScript(caller, told) => self.callers.tell(caller, told),
            // An unattended Desk needs no other effect.
            _ => {}
        }
    }
}
