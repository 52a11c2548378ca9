//! Keyfob without a window, for one question: the same engine, the same Desk, the same vault.

use std::sync::{Arc, Mutex, PoisonError};

use keyfob_core::script::{Told, Wish};
use keyfob_core::{Answer, Desk, Effect, Event, Problem};

use super::Heard;
use crate::engine::{self, Engine};
use crate::folders::Folders;
use crate::host::{Answers, Host};
use crate::keychain::OsKeychain;
use crate::live_file;
use crate::regions::RegionsFile;
use crate::scripts::Callers;
use crate::system;
use crate::unfinished::Unfinished;
use crate::vault_thread::VaultThread;
use crate::zoho::{self, Patience};

/// The world of one question.
struct Alone {
    vault: VaultThread,
    callers: Callers,
    unfinished: Unfinished,
    not_saved: Arc<Mutex<Option<Problem>>>,
}

/// Asks, and waits until what came of it is saved. The folder's lock must be held.
pub(super) async fn ask(folders: &Folders, wish: &Wish) -> Option<Heard> {
    let vault = VaultThread::start(folders.kept.clone(), Arc::new(OsKeychain::default())).ok()?;
    let (callers, unfinished, not_saved) = (Callers::default(), Unfinished::nothing(), Arc::default());
    let mut hearing = callers.arrives();
    let world = Alone { vault, callers, unfinished: unfinished.clone(), not_saved: Arc::clone(&not_saved) };
    let regions_file = RegionsFile::in_folder(&folders.config).read();
    let engine =
        Engine::start(Desk::unattended(), Arc::new(world), engine::wall_clock(), regions_file, system::in_words());
    engine.tell(Event::ScriptAsked { caller: hearing.caller, wish: wish.clone() });
    let told = loop {
        match hearing.hears().await? {
            Told::Asking => {}
            told => break told,
        }
    };
    unfinished.settled().await;
    let not_saved = not_saved.lock().unwrap_or_else(PoisonError::into_inner).take();
    Some(Heard { told, not_saved })
}

impl Host for Alone {
    fn perform(&self, effect: Effect, answers: Answers) {
        match effect {
            Effect::OpenVault(ticket, by) => {
                self.vault.open(by, move |opened| answers.give(ticket, Answer::VaultOpened(opened)));
            }
            Effect::Save(ticket, record) => {
                let mark = self.unfinished.begin();
                let not_saved = Arc::clone(&self.not_saved);
                self.vault.save(record, move |saved| {
                    *not_saved.lock().unwrap_or_else(PoisonError::into_inner) = saved.as_ref().err().cloned();
                    answers.give(ticket, Answer::Saved(saved));
                    drop(mark);
                });
            }
            Effect::Send(ticket, call) => {
                let mark = self.unfinished.begin();
                tokio::spawn(async move {
                    answers.give(ticket, Answer::Replied(zoho::send(call, Patience::default()).await));
                    drop(mark);
                });
            }
            Effect::WriteLiveFile(ticket, path, content) => {
                let mark = self.unfinished.begin();
                tokio::task::spawn_blocking(move || {
                    answers.give(ticket, Answer::LiveFileWritten(live_file::write(&path, &content)));
                    drop(mark);
                });
            }
            Effect::TellScript(caller, told) => self.callers.tell(caller, told),
            // A Desk that nobody attends to wants nothing else.
            _ => {}
        }
    }
}
