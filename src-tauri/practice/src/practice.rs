//! The handle on a running Practice.
//!
//! *Invariant:* it runs on a thread of its own, so no caller's runtime, and no caller's paused time, touches it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;
use url::Url;

use crate::world::{Opened, World};
use crate::{
    Answer, Application, Asked, Complaint, Counts, Endpoint, MultiDc, Plan, Registered, Scripted, Stop, Trouble, web,
};

/// A running Zoho on loopback. Dropping it ends it.
pub struct Practice {
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Practice {
    /// Listens on 127.0.0.1 and begins to answer.
    pub fn start(plan: Plan) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, plan.port))?;
        listener.set_nonblocking(true)?;
        let origin = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(World::new(plan, origin));
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let served = Arc::clone(&world);
        let thread = std::thread::Builder::new().name("practice".to_owned()).spawn(move || {
            runtime.block_on(web::serve(listener, served, stopped));
            runtime.shutdown_background();
        })?;
        Ok(Self { world, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it answers, such as `http://127.0.0.1:4321`. All four parts live there.
    pub fn origin(&self) -> &str {
        &self.world.home.origin
    }

    /// The data centre it plays.
    pub fn location(&self) -> &str {
        &self.world.home.location
    }

    /// The console's first page.
    pub fn console(&self) -> String {
        format!("{}/console", self.origin())
    }

    /// Registers a client without the browser, by the same rules as the console's form.
    pub fn register(&self, application: Application) -> Result<Registered, Vec<Complaint>> {
        self.world.zoho().registry.register(application)
    }

    /// Plays the user in the browser: opens the address, of a sign-in or of scopes to add, presses the button, and
    /// returns where the browser goes.
    pub fn consent(&self, auth_url: &str, answer: Answer) -> Result<String, Stop> {
        let url = Url::parse(auth_url).map_err(|_| Stop::NotHere)?;
        let endpoint = Endpoint::of(url.path());
        if url.origin().ascii_serialization() != self.origin() || !endpoint.asks_a_person() {
            return Err(Stop::NotHere);
        }
        let asked = Asked {
            endpoint,
            method: "GET".to_owned(),
            path: url.path().to_owned(),
            query: url.query_pairs().into_owned().collect(),
            form: Vec::new(),
            authorization: None,
            at: self.world.now(),
        };
        self.world.hear(asked.clone());
        match self.world.open_consent(&asked)? {
            Opened::Skipped(back) => Ok(back),
            Opened::Page { ticket, .. } => {
                let request = self.world.close_consent(&ticket)?;
                Ok(self.world.answer_consent(&request, answer))
            }
        }
    }

    /// Plays the user who types a device's code at Zoho's page and presses a button.
    pub fn answer_device(&self, user_code: &str, answer: Answer) -> Result<(), Stop> {
        self.world.answer_device(user_code, answer).map(|_| ()).ok_or(Stop::PageIsOver)
    }

    /// Plays the user in the console of a Self Client: the code it makes, good for so many minutes. `None` when ten
    /// were made in ten minutes.
    pub fn make_code(&self, client_id: &str, scopes: &[&str], minutes: u64) -> Option<String> {
        self.world.make_code(client_id, scopes.iter().map(|scope| (*scope).to_owned()).collect(), minutes)
    }

    /// The user's webhook token at Cliq, which the console shows while [`Trouble::WebhookToken`] is on.
    pub fn webhook_token(&self) -> String {
        self.world.zoho().webhook_token.clone()
    }

    /// Everything that was asked so far, in order.
    pub fn requests(&self) -> Vec<Asked> {
        self.world.journal().read()
    }

    /// What one endpoint was asked so far, in order.
    pub fn requests_to(&self, endpoint: Endpoint) -> Vec<Asked> {
        self.requests().into_iter().filter(|asked| asked.endpoint == endpoint).collect()
    }

    /// Returns once the endpoint was asked that many times. Give it a deadline of your own.
    pub async fn was_asked(&self, endpoint: Endpoint, times: usize) {
        self.world.was_asked(endpoint, times).await;
    }

    /// Puts the next answer of an endpoint in its mouth; several queue up.
    pub fn answer_next(&self, endpoint: Endpoint, scripted: Scripted) {
        self.world.prompter().add(endpoint, scripted);
    }

    /// Chooses each answer of an endpoint by what is asked, from now on. `None` gives the usual one. What it calls may not
    /// put answers into Practice's mouth itself.
    pub fn answer_by(&self, endpoint: Endpoint, choice: impl FnMut(&Asked) -> Option<Scripted> + Send + 'static) {
        self.world.prompter().choose(endpoint, Box::new(choice));
    }

    /// Switches a trouble on.
    pub fn trouble(&self, trouble: Trouble) {
        self.world.zoho().troubles.insert(trouble);
    }

    /// Switches every trouble off.
    pub fn back_to_normal(&self) {
        self.world.zoho().troubles.clear();
    }

    /// Makes another Practice known as a further data centre of the same Zoho.
    pub fn add_peer(&self, other: &Self) {
        self.world.meet(&other.world);
    }

    /// Makes each of them known to all the others.
    pub fn acquaint(all: &[&Self]) {
        for practice in all {
            all.iter().filter(|other| !std::ptr::eq(*practice, **other)).for_each(|other| practice.add_peer(other));
        }
    }

    /// Saves the console's multi-DC setting of a client registered here, and tells all data centres it knows. Nothing
    /// happens for a client that is not registered here, and for a Self Client, which has no such setting.
    pub fn set_multi_dc(&self, client_id: &str, multi_dc: MultiDc) {
        self.world.set_multi_dc(client_id, multi_dc);
    }

    /// The secret by which this data centre knows a client, wherever it was registered.
    pub fn secret_of(&self, client_id: &str) -> Option<String> {
        self.world.secret_of(client_id)
    }

    /// Says in which data centre the user's account lives. From then on a sign-in here comes back with that
    /// one's `location` and `accounts-server`, and its code is good there only.
    pub fn person_lives_in(&self, location: &str) {
        self.world.person_lives_in(location);
    }

    /// How many codes and tokens one client was given here.
    pub fn counts(&self, client_id: &str) -> Counts {
        self.world.zoho().issued.counts(client_id)
    }

    /// Every access token that was ever handed out here, oldest first.
    pub fn issued_access_tokens(&self) -> Vec<String> {
        self.world.zoho().issued.every_access_token().to_vec()
    }

    /// Whether an access token would be accepted now.
    pub fn is_alive(&self, access_token: &str) -> bool {
        let now = self.world.now();
        self.world.zoho().issued.find_access(access_token, now).is_some()
    }

    /// Whether a refresh token would be accepted now.
    pub fn keeps_refresh_token(&self, refresh_token: &str) -> bool {
        self.world.zoho().issued.find_refresh(refresh_token).is_some()
    }

    /// Every refresh token that would be accepted now, oldest first.
    pub fn kept_refresh_tokens(&self) -> Vec<String> {
        self.world.zoho().issued.kept_refresh_tokens()
    }

    /// All the time spent answering, so that a measurement can take Practice's own share off.
    pub fn time_inside(&self) -> Duration {
        self.world.time_inside()
    }

    /// Ends it and waits until the port is free again.
    pub fn stop(self) {}
}

impl Drop for Practice {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself; then there is nothing to tell.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Practice").field("home", &self.world.home).finish_non_exhaustive()
    }
}
