//! A world without a window: the engine's effects are performed here, with real HTTP; the rest is recorded.
#![allow(dead_code, reason = "each test uses what it needs of it")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::intent::SignInIntent;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use age::x25519;
use keyfob::app::engine::{Clock, Engine};
use keyfob::app::host::{Answers, Host};
use keyfob::ipc::{Callers, SecondStart, socket};
use keyfob::net::https::{self, Patience};
use keyfob::net::loopback::Loopback;
use keyfob::storage::live_file;
use keyfob::storage::vault::transfer;
use keyfob_core::confirmation::{Confirmation, Decision};
use keyfob_core::effect::{Opened, Unlock};
use keyfob_core::keeping::Keeping;
use keyfob_core::redirect_method::{LOOPBACK_PORTS, loopback};
use keyfob_core::snapshot::{ApprovalView, CandidateView, Card, Screen};
use keyfob_core::{Answer, Desk, Effect, Event, Intent, Moment, Problem, Snapshot, Ticket};
use keyfob_practice::{Application, ClientType, Dialect, Plan, Practice, Registered, Turned, Units};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;
use url::Url;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TransportError;

/// The time limit of each wait.
const PATIENCE: Duration = Duration::from_secs(20);
/// The smallest work factor of age, for tests.
const QUICK: u8 = 2;

/// The time of both Keyfob and its Zoho, moved by the test.
#[derive(Clone)]
pub struct Time(Arc<Mutex<u64>>);

impl Time {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(1_795_424_400_000)))
    }

    /// Starts at the machine's time minus `span`.
    pub fn ago(span: Duration) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().saturating_sub(span);
        Self(Arc::new(Mutex::new(u64::try_from(now.as_millis()).unwrap())))
    }

    pub fn passes(&self, span: Duration) {
        *self.0.lock().unwrap() += u64::try_from(span.as_millis()).unwrap();
    }

    pub fn is_set_back(&self, span: Duration) {
        *self.0.lock().unwrap() -= u64::try_from(span.as_millis()).unwrap();
    }

    pub fn now(&self) -> Moment {
        Moment::from_millis(self.millis())
    }

    fn millis(&self) -> u64 {
        *self.0.lock().unwrap()
    }

    fn for_zoho(&self) -> keyfob_practice::Clock {
        let time = self.clone();
        keyfob_practice::Clock::new(move || time.millis())
    }

    fn for_keyfob(&self) -> Clock {
        let time = self.clone();
        Arc::new(move || time.now())
    }
}

/// The recorded effects, shared by every copy, and whether the program that performs them has ended.
#[derive(Clone)]
struct Done(Arc<Noted>, Arc<AtomicBool>);

struct Noted {
    loopback: Loopback,
    browsed: Mutex<Option<Url>>,
    copied: Mutex<Option<SecretString>>,
    saved: Mutex<Option<SecretSlice<u8>>>,
    /// The last sealed file.
    sealed: Mutex<Option<String>>,
    /// The folder that the user chooses for files.
    folder: Mutex<Option<PathBuf>>,
    /// The vault's key.
    key: x25519::Identity,
    callers: Callers,
    /// The question to the user outside the page.
    question: watch::Sender<Option<Question>>,
    /// The time-out of a request.
    patience: Mutex<Patience>,
    /// Signals an effect; the snapshot may be unchanged.
    happened: watch::Sender<()>,
}

/// A question waiting for the user.
struct Question {
    ticket: Ticket,
    what: Confirmation,
    answers: Answers,
}

impl Done {
    fn nothing() -> Self {
        let (browsed, copied, saved, sealed) = (Mutex::default(), Mutex::default(), Mutex::default(), Mutex::default());
        let key = x25519::Identity::generate();
        let (loopback, folder, callers) = (Loopback::start(), Mutex::default(), Callers::default());
        let question = watch::Sender::new(None);
        let patience = Mutex::new(Patience { connecting: Duration::from_secs(2), whole: Duration::from_secs(2) });
        Self(
            Arc::new(Noted {
                loopback,
                browsed,
                copied,
                saved,
                sealed,
                folder,
                key,
                callers,
                question,
                patience,
                happened: watch::Sender::new(()),
            }),
            Arc::default(),
        )
    }
}

impl Host for Done {
    fn perform(&self, effect: Effect, answers: Answers) {
        self.does(effect, answers);
        self.0.happened.send_replace(());
    }
}

impl Done {
    fn does(&self, effect: Effect, answers: Answers) {
        if self.1.load(Ordering::SeqCst) {
            return;
        }
        match effect {
            Effect::OpenVault(ticket, _) => {
                let record = self.0.saved.lock().unwrap().clone();
                let own_key = Some(self.0.key.to_public().to_string());
                answers.give(ticket, Answer::VaultOpened(Ok(Opened { record, notice: None, own_key })));
            }
            Effect::Save(ticket, record) => {
                *self.0.saved.lock().unwrap() = Some(record);
                answers.give(ticket, Answer::Saved(Ok(None)));
            }
            Effect::CheckRedirect(ticket) => answers.give(ticket, Answer::RedirectChecked(Ok(()))),
            Effect::Listen(ticket, ports) => {
                let heard = answers.clone();
                let told = move |event| heard.tell(event);
                let found = self.0.loopback.listen(ports, told);
                tokio::spawn(async move { answers.give(ticket, Answer::Listening(found.await)) });
            }
            Effect::AnswerLoopback(request, page) => self.0.loopback.answer(request, page),
            Effect::StopListening => self.0.loopback.stop(),
            Effect::OpenBrowser(ticket, address) => {
                *self.0.browsed.lock().unwrap() = Some(address.url().clone());
                answers.give(ticket, Answer::BrowserOpened(Ok(())));
            }
            Effect::Send(ticket, call) => {
                // Zoho's own regions are in every table; no test may send anything off this machine.
                if !stays_here(&call.host()) {
                    return answers.give(ticket, Answer::Replied(Err(TransportError::Unreachable)));
                }
                let patience = *self.0.patience.lock().unwrap();
                tokio::spawn(async move { answers.give(ticket, Answer::Replied(https::send(call, patience).await)) });
            }
            Effect::Confirm(ticket, what) => {
                self.0.question.send_replace(Some(Question { ticket, what, answers }));
            }
            Effect::StopConfirming(_) => {
                self.0.question.send_replace(None);
            }
            Effect::Copy(ticket, text, _) => {
                *self.0.copied.lock().unwrap() = Some(text);
                answers.give(ticket, Answer::Copied(Ok(())));
            }
            Effect::ChoosePlace(ticket, name) => {
                let folder = self.0.folder.lock().unwrap().clone().expect("a test that chooses a place sets a folder");
                let path = folder.join(name).into_os_string().into_string().unwrap();
                answers.give(ticket, Answer::PlaceChosen(Ok(Some(path))));
            }
            Effect::WriteLiveFile(ticket, path, content, ours) => {
                answers.give(ticket, Answer::LiveFileWritten(live_file::write(&path, &content, &ours)));
            }
            Effect::RemoveLiveFile(ticket, path, ours) => {
                answers.give(ticket, Answer::LiveFileRemoved(live_file::remove(&path, &ours)));
            }
            Effect::SaveSealed(ticket, sealing) => {
                let text = transfer::seal(&sealing.content, &sealing.lock, QUICK);
                let saved = text.map(|text| {
                    *self.0.sealed.lock().unwrap() = Some(text);
                    Some(sealing.name)
                });
                answers.give(ticket, Answer::FileSaved(saved));
            }
            Effect::Unseal(ticket, file, unlock) => {
                let opened = match &unlock {
                    Unlock::Passphrase(passphrase) => transfer::open_with_passphrase(passphrase, file.expose_secret()),
                    Unlock::OwnKey => transfer::open_with(Some(&self.0.key), file.expose_secret()),
                };
                answers.give(ticket, Answer::Unsealed(opened));
            }
            Effect::TellScript(caller, told) => self.0.callers.tell(caller, told),
            Effect::Raise | Effect::ClearClipboard => {}
            other => panic!("no test here expects {other:?}"),
        }
    }
}

/// Replaces the address of a region in a record.
pub fn moved(record: &SecretSlice<u8>, from: &str, to: &str) -> SecretSlice<u8> {
    String::from_utf8_lossy(record.expose_secret()).replace(from, to).into_bytes().into()
}

/// Whether a host is this machine, a name that never resolves (RFC 6761, section 6.4), or an unreachable address.
fn stays_here(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "255.255.255.255") || host.ends_with(".invalid")
}

/// Keyfob's engine and its recorded effects.
pub struct Keyfob {
    pub engine: Engine,
    done: Done,
}

impl Keyfob {
    /// Starts with an empty vault and these Zohos as added regions, named by their location.
    pub async fn knowing(zohos: &[(&str, &str)], time: &Time) -> Self {
        Self::within(|world| world, zohos, time).await
    }

    /// The same, with a host around this world that gets the effects first.
    pub async fn within(
        around: impl FnOnce(Arc<dyn Host>) -> Arc<dyn Host>,
        zohos: &[(&str, &str)],
        time: &Time,
    ) -> Self {
        let keyfob = Self::begins_within(around, zohos, time);
        keyfob.sees("the vault is open", |s| s.screen == Screen::Welcome).await;
        keyfob
    }

    /// The same, without waiting for the vault to open.
    pub fn begins_within(
        around: impl FnOnce(Arc<dyn Host>) -> Arc<dyn Host>,
        zohos: &[(&str, &str)],
        time: &Time,
    ) -> Self {
        let done = Done::nothing();
        Self::start(around(Arc::new(done.clone())), done, zohos, time)
    }

    /// Restarts Keyfob with nothing but what it saved.
    pub async fn starts_again(self, zohos: &[(&str, &str)], time: &Time) -> Self {
        // A program that has ended performs nothing more and listens nowhere.
        self.done.1.store(true, Ordering::SeqCst);
        let _ = self.done.0.loopback.listen(Vec::new(), |_| {}).await;
        let done = Done(self.done.0, Arc::default());
        let keyfob = Self::start(Arc::new(done.clone()), done, zohos, time);
        keyfob.sees("the vault is open", |s| s.keeping != Keeping::NotYet).await;
        keyfob
    }

    /// The same, after replacing the region's address in what it saved.
    pub async fn starts_again_at(self, zohos: &[(&str, &str)], from: &str, to: &str, time: &Time) -> Self {
        self.done.1.store(true, Ordering::SeqCst);
        let moved = self.done.0.saved.lock().unwrap().take().map(|record| moved(&record, from, to));
        *self.done.0.saved.lock().unwrap() = moved;
        self.starts_again(zohos, time).await
    }

    fn start(host: Arc<dyn Host>, done: Done, zohos: &[(&str, &str)], time: &Time) -> Self {
        let region = |(code, origin): &(&str, &str)| json!({ "code": code, "name": code, "accounts": origin, "api": origin, "cliq": origin, "console": origin });
        let file = json!(zohos.iter().map(region).collect::<Vec<_>>()).to_string();
        let engine = Engine::start(Desk::default(), host, time.for_keyfob(), Ok(Some(file)), "a test".to_owned());
        Self { engine, done }
    }

    /// Serves programs at the socket of this folder, and takes over no second start.
    pub fn attends(&self, folder: &Path) {
        self.attends_and(folder, |_| false);
    }

    /// The same, with a function that decides about second starts.
    pub fn attends_and(&self, folder: &Path, takes_over: impl Fn(SecondStart) -> bool + Send + Sync + 'static) {
        socket::attend(folder, self.engine.clone(), self.done.0.callers.clone(), Arc::new(takes_over)).unwrap();
    }

    /// Returns the last saved record, once it contains this text.
    pub async fn record_with(&self, text: &str) -> SecretSlice<u8> {
        let saved = || self.done.0.saved.lock().unwrap().clone();
        let holds = |record: SecretSlice<u8>| String::from_utf8_lossy(record.expose_secret()).contains(text);
        self.sees("it is saved", |_| saved().is_some_and(holds)).await;
        saved().unwrap()
    }

    /// Waits until the user is asked, or no longer asked.
    pub async fn is_asking(&self, asking: bool) {
        let mut question = self.done.0.question.subscribe();
        let seen = question.wait_for(|question| question.is_some() == asking);
        timeout(PATIENCE, seen).await.expect("the question comes or goes in time").unwrap();
    }

    /// Answers the user's question, once it is asked, and returns it.
    pub async fn decides(&self, decision: Decision) -> Confirmation {
        self.is_asking(true).await;
        let Question { ticket, what, answers } = self.done.0.question.send_replace(None).expect("a question");
        answers.give(ticket, Answer::Confirmed(decision));
        what
    }

    /// Dispatches an intent that the user then allows.
    pub async fn asks_and_allows(&self, intent: impl Into<Intent>) {
        self.asks(intent);
        self.decides(Decision::Allow).await;
    }

    pub fn asks(&self, intent: impl Into<Intent>) {
        self.engine.ask(intent);
    }

    /// Fills in the wizard for this client.
    pub fn fills_in(&self, region: &str, client_id: &str, client_secret: &str, scopes: &[&str]) {
        self.asks(SignInIntent::Start);
        self.asks(SignInIntent::ChooseRegion { region: RegionCode::new(region).unwrap() });
        self.asks(SignInIntent::TypeClientId { text: client_id.to_owned() });
        self.asks(SignInIntent::TypeClientSecret { text: client_secret.to_owned().into() });
        for scope in scopes {
            self.asks(SignInIntent::ChooseScope { scope: (*scope).into(), on: true });
        }
    }

    /// Starts the approval and returns the URL that the browser opens.
    pub async fn signs_in(&self) -> String {
        self.is_sent_to(Intent::SignIn(SignInIntent::SignIn { anyway: false })).await
    }

    /// The same, even when the redirect cannot be received.
    pub async fn signs_in_anyway(&self) -> String {
        self.is_sent_to(Intent::SignIn(SignInIntent::SignIn { anyway: true })).await
    }

    /// Dispatches an intent and returns the URL that the browser opens.
    pub async fn is_sent_to(&self, intent: impl Into<Intent>) -> String {
        self.done.0.browsed.lock().unwrap().take();
        self.asks(intent);
        self.sees("the browser is open", |_| self.done.0.browsed.lock().unwrap().is_some()).await;
        self.done.0.browsed.lock().unwrap().clone().unwrap().into()
    }

    /// Sets the time-out of requests.
    pub fn has(&self, patience: Patience) {
        *self.done.0.patience.lock().unwrap() = patience;
    }

    /// Sets the folder that the user chooses for files.
    pub fn chooses(&self, folder: &Path) {
        *self.done.0.folder.lock().unwrap() = Some(folder.to_owned());
    }

    pub fn happens(&self, event: Event) {
        self.engine.tell(event);
    }

    pub fn link(&self, link: &str) {
        self.engine.tell(Event::LinkArrived(link.as_bytes().to_vec()));
    }

    /// Tells Keyfob that time has passed.
    pub fn looks(&self) {
        self.engine.tell(Event::Looked);
    }

    /// Waits until the snapshot, or the world, satisfies a condition, checked whenever either changes.
    pub async fn sees(&self, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let (mut snapshots, mut done) = (self.engine.snapshots(), self.done.0.happened.subscribe());
        let seeing = async {
            loop {
                done.mark_unchanged();
                let picture = snapshots.borrow_and_update().clone();
                if is_so(&picture) {
                    return picture;
                }
                tokio::select! {
                    drawn = snapshots.changed() => drawn.unwrap(),
                    happened = done.changed() => happened.unwrap(),
                }
            }
        };
        let seen = timeout(PATIENCE, seeing).await;
        seen.unwrap_or_else(|_| panic!("timed out waiting for: {what}; {:?}", self.engine.snapshot()))
    }

    /// The candidate, once it is identified and tested.
    pub async fn candidate(&self) -> CandidateView {
        let told = |c: &CandidateView| (c.identity.is_some() || c.identity_problem.is_some()) && c.tested.is_some();
        let is_told = |s: &Snapshot| s.draft.as_ref().and_then(|d| d.candidate.as_ref()).is_some_and(told);
        let seen = self.sees("a candidate", is_told).await;
        seen.draft.as_ref().unwrap().candidate.clone().unwrap()
    }

    /// Waits until the sign-in fails, and returns why.
    pub async fn attempt_ends(&self) -> Problem {
        let why = |s: &Snapshot| match s.draft.as_ref().map(|d| &d.approval) {
            Some(ApprovalView::Ready { problem: Some(problem), .. }) => Some(problem.clone()),
            _ => None,
        };
        why(self.sees("the attempt ends with a problem", |s| why(s).is_some()).await.as_ref()).unwrap()
    }

    /// Keeps the candidate and returns its card.
    pub async fn keeps(&self, name: &str) -> Card {
        self.asks(SignInIntent::Keep { name: name.to_owned() });
        let seen = self.sees("it is kept", |s| s.connections.iter().any(|c| c.name == name)).await;
        seen.connections.iter().find(|c| c.name == name).unwrap().clone()
    }

    /// Returns the only card, once it satisfies a condition.
    pub async fn card(&self, what: &str, is_so: impl Fn(&Card) -> bool) -> Card {
        self.sees(what, |s| s.connections.len() == 1 && is_so(&s.connections[0])).await.connections[0].clone()
    }

    /// Returns the sealed file, once it is written.
    pub async fn sealed(&self) -> String {
        self.sees("a file is sealed", |_| self.done.0.sealed.lock().unwrap().is_some()).await;
        self.done.0.sealed.lock().unwrap().take().unwrap()
    }

    pub async fn copied(&self) -> String {
        self.sees("something is copied", |_| self.done.0.copied.lock().unwrap().is_some()).await;
        self.done.0.copied.lock().unwrap().take().unwrap().expose_secret().to_owned()
    }
}

/// A Zoho on loopback with a registered Mobile-based client.
pub struct Zoho {
    pub zoho: Arc<Practice>,
    pub registered: Registered,
}

impl Zoho {
    pub fn start(location: &str, time: &Time) -> Self {
        let redirects = vec!["cliqkeyfob://callback".to_owned()];
        Self::for_client(ClientType::MobileBased, redirects, location, Units::default(), time)
    }

    /// The same with a Server-based client and both loopback redirect URIs registered.
    pub fn with_server_based_client(location: &str, time: &Time) -> Self {
        let redirects = LOOPBACK_PORTS.map(loopback).to_vec();
        Self::for_client(ClientType::ServerBased, redirects, location, Units::default(), time)
    }

    /// The same with a Server-based client and this redirect URI only.
    pub fn with_redirect(redirect: &str, location: &str, time: &Time) -> Self {
        Self::for_client(ClientType::ServerBased, vec![redirect.to_owned()], location, Units::default(), time)
    }

    /// The same with a Non-browser client and times in these units.
    pub fn for_devices(location: &str, units: Units, time: &Time) -> Self {
        Self::for_client(ClientType::NonBrowser, Vec::new(), location, units, time)
    }

    /// With a client of this type and these assumptions about Zoho inverted.
    pub fn turned(kind: ClientType, turned: &[Turned], time: &Time) -> Self {
        let dialect = Dialect::with(turned.iter().copied());
        let plan = Plan { location: "here".to_owned(), clock: time.for_zoho(), dialect, ..Plan::default() };
        let redirects = match kind {
            ClientType::ServerBased => LOOPBACK_PORTS.map(loopback).to_vec(),
            _ => vec!["cliqkeyfob://callback".to_owned()],
        };
        Self::planned(plan, kind, redirects)
    }

    fn for_client(kind: ClientType, redirects: Vec<String>, location: &str, units: Units, time: &Time) -> Self {
        let plan = Plan { location: location.to_owned(), clock: time.for_zoho(), units, ..Plan::default() };
        Self::planned(plan, kind, redirects)
    }

    fn planned(plan: Plan, kind: ClientType, redirects: Vec<String>) -> Self {
        let zoho = Practice::start(plan).unwrap();
        let (name, homepage) = ("Keyfob".to_owned(), "https://keyfob.example".to_owned());
        let registered = zoho.register(Application { client_type: kind, name, homepage, redirects });
        Self { zoho: Arc::new(zoho), registered: registered.unwrap() }
    }

    pub fn region(&self) -> (&str, &str) {
        (self.zoho.location(), self.zoho.origin())
    }

    /// Fills in the wizard for this client.
    pub fn fill_in(&self, keyfob: &Keyfob) {
        let Registered { client_id, client_secret, .. } = &self.registered;
        keyfob.fills_in(self.zoho.location(), client_id, client_secret, &["ZohoCliq.Channels.READ"]);
    }

    /// Signs in and keeps the connection.
    pub async fn connect(&self, keyfob: &Keyfob) -> Card {
        self.fill_in(keyfob);
        let address = keyfob.signs_in().await;
        keyfob.link(&self.accepts(&address));
        keyfob.candidate().await;
        keyfob.keeps("Finance bot").await
    }

    /// Presses Accept as the user and returns the redirect.
    pub fn accepts(&self, address: &str) -> String {
        self.zoho.consent(address, keyfob_practice::Answer::Accept).unwrap()
    }
}
