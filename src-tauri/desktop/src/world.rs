//! Performs every [`Effect`] with Tauri and the operating system.
//!
//! **Invariant:** nothing here blocks the engine's task. The vault, the clipboard and the settings (the added regions
//! and whether Keyfob starts at login) have a thread each that works in order, so that the last request wins.
//! Everything else runs in parallel.

use std::future::Future;
use std::sync::Arc;

use keyfob::app::host::{Answers, Host};
use keyfob::app::in_flight::InFlight;
use keyfob::ipc::Callers;
use keyfob::net::https::{self, Patience};
use keyfob::net::loopback::Loopback;
use keyfob::platform::tray_host;
use keyfob::storage::job_queue::Queue;
use keyfob::storage::live_file;
use keyfob::storage::regions_file::RegionsFile;
use keyfob::storage::vault_thread::VaultThread;
use keyfob_core::browser::Address;
use keyfob_core::effect::Unlock;
use keyfob_core::fingerprint::Fingerprint;
use keyfob_core::{Answer, Effect, Ticket};
use secrecy::SecretSlice;
use tauri::{AppHandle, async_runtime};
use zoho_oauth::request::Request;

use super::browser::Browser;
use super::clipboard::Clipboard;
use super::practice_region::PracticeRegion;
use super::quit::Quit;
use super::{at_login, confirm, file, scheme, sealed, window};

/// Performs effects for the engine.
#[derive(Debug)]
pub(super) struct World {
    pub(super) app: AppHandle,
    pub(super) vault: VaultThread,
    pub(super) clipboard: Clipboard,
    pub(super) settings: Queue<RegionsFile>,
    pub(super) practice: Arc<PracticeRegion>,
    pub(super) callers: Callers,
    pub(super) loopback: Loopback,
    pub(super) browser: Browser,
    pub(super) in_flight: InFlight,
    pub(super) quit: Quit,
}

impl Host for World {
    fn perform(&self, effect: Effect, answers: Answers) {
        let app = self.app.clone();
        match effect {
            Effect::OpenVault(ticket, by) => {
                self.vault.open(by, move |opened| answers.give(ticket, Answer::VaultOpened(opened)));
            }
            Effect::Save(ticket, record) => self.save(ticket, record, answers),
            Effect::Send(ticket, request) => self.send(ticket, request, answers),
            Effect::CheckRedirect(ticket) => later(ticket, answers, check_redirect(app)),
            Effect::Listen(ticket, ports) => self.listen(ticket, ports, answers),
            Effect::AnswerLoopback(request, page) => self.loopback.answer(request, page),
            Effect::StopListening => self.loopback.stop(),
            Effect::OpenBrowser(ticket, address) => self.open_browser(ticket, address, answers),
            Effect::Confirm(ticket, question) => confirm::ask(&app, ticket, &question, answers),
            Effect::StopConfirming(ticket) => confirm::stop(&app, ticket),
            Effect::Copy(ticket, text, how) => self.clipboard.copy(ticket, text, how, answers),
            Effect::ClearClipboard => self.clipboard.clear(),
            Effect::Paste(ticket) => self.clipboard.paste(ticket, answers),
            Effect::PickFile(ticket) => {
                later(ticket, answers, async move { Answer::FilePicked(file::pick(app).await) });
            }
            Effect::SaveFile(ticket, file) => {
                later(ticket, answers, async move { Answer::FileSaved(file::save(app, file).await) });
            }
            Effect::ChoosePlace(ticket, name) => {
                later(ticket, answers, async move { Answer::PlaceChosen(file::choose_place(app, &name).await) });
            }
            Effect::WriteLiveFile(ticket, path, content, ours) => self.on_the_disk(ticket, answers, move || {
                Answer::LiveFileWritten(live_file::write(&path, &content, &ours))
            }),
            Effect::RemoveLiveFile(ticket, path, ours) => {
                self.on_the_disk(ticket, answers, move || Answer::LiveFileRemoved(live_file::remove(&path, &ours)));
            }
            Effect::SaveSealed(ticket, sealing) => {
                later(ticket, answers, async move { Answer::FileSaved(sealed::save(app, sealing).await) });
            }
            Effect::Unseal(ticket, file, unlock) => self.unseal(ticket, file, unlock, answers),
            Effect::SaveRegions(ticket, text, known) => self.save_regions(ticket, text, known, answers),
            Effect::StartAtLogin(ticket, on) => {
                self.settings.put(move |_| answers.give(ticket, Answer::StartsAtLogin(at_login::change(&app, on))));
            }
            Effect::StartPractice(ticket) => self.start_practice(ticket, answers),
            Effect::TellScript(caller, told) => self.callers.tell(caller, told),
            Effect::Raise => window::raise(&app),
            Effect::Withdraw => {
                async_runtime::spawn_blocking(move || window::withdraw(&app, tray_host::is_there()));
            }
            Effect::Quit => self.quit.begin(),
            // The engine performs these.
            Effect::Draw(_) | Effect::LookAt(_) | Effect::CopyReport(..) => {}
        }
    }
}

impl World {
    fn save(&self, ticket: Ticket, record: SecretSlice<u8>, answers: Answers) {
        let mark = self.in_flight.begin();
        self.vault.save(record, move |saved| {
            answers.give(ticket, Answer::Saved(saved));
            drop(mark);
        });
    }

    fn send(&self, ticket: Ticket, request: Request, answers: Answers) {
        let mark = self.in_flight.begin();
        async_runtime::spawn(async move {
            answers.give(ticket, Answer::Replied(https::send(request, Patience::default()).await));
            drop(mark);
        });
    }

    fn listen(&self, ticket: Ticket, ports: Vec<u16>, answers: Answers) {
        let heard = answers.clone();
        let told = move |event| heard.tell(event);
        let found = self.loopback.listen(ports, told);
        later(ticket, answers, async move { Answer::Listening(found.await) });
    }

    fn open_browser(&self, ticket: Ticket, address: Address, answers: Answers) {
        let browser = self.browser.clone();
        later(ticket, answers, async move { Answer::BrowserOpened(browser.open(address).await) });
    }

    /// Runs work that is finished before Keyfob quits.
    fn on_the_disk(&self, ticket: Ticket, answers: Answers, work: impl FnOnce() -> Answer + Send + 'static) {
        let mark = self.in_flight.begin();
        async_runtime::spawn_blocking(move || {
            answers.give(ticket, work());
            drop(mark);
        });
    }

    fn unseal(&self, ticket: Ticket, file: SecretSlice<u8>, unlock: Unlock, answers: Answers) {
        match unlock {
            Unlock::OwnKey => {
                self.vault.unseal(file, move |opened| answers.give(ticket, Answer::Unsealed(opened)));
            }
            Unlock::Passphrase(passphrase) => {
                later(ticket, answers, async move { Answer::Unsealed(sealed::open(file, passphrase).await) });
            }
        }
    }

    fn save_regions(&self, ticket: Ticket, text: String, known: Vec<Fingerprint>, answers: Answers) {
        let mark = self.in_flight.begin();
        self.settings.put(move |regions| {
            answers.give(ticket, Answer::RegionsSaved(regions.write(&text, &known)));
            drop(mark);
        });
    }

    fn start_practice(&self, ticket: Ticket, answers: Answers) {
        let practice = Arc::clone(&self.practice);
        later(ticket, answers, async move { Answer::PracticeStarted(practice.start().await.map(Box::new)) });
    }
}

async fn check_redirect(app: AppHandle) -> Answer {
    Answer::RedirectChecked(scheme::prove(&app).await)
}

fn later(ticket: Ticket, answers: Answers, work: impl Future<Output = Answer> + Send + 'static) {
    async_runtime::spawn(async move { answers.give(ticket, work.await) });
}

/// Runs a blocking function on another thread; `None` when it panicked.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    async_runtime::spawn_blocking(work).await.ok()
}
