//! The handle to a running Practice.
//!
//! *Invariant:* it runs on its own thread, unaffected by a caller's runtime or paused time.

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

/// A running Zoho on loopback. Dropping it stops it.
pub struct Practice {
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Practice {
    /// Binds to 127.0.0.1 and starts serving.
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

    /// The origin, such as `http://127.0.0.1:4321`, of all four servers.
    pub fn origin(&self) -> &str {
        &self.world.home.origin
    }

    /// The data centre, as in `location`.
    pub fn location(&self) -> &str {
        &self.world.home.location
    }

    /// The console's first page.
    pub fn console(&self) -> String {
        format!("{}/console", self.origin())
    }

    /// Registers a client without a browser, under the rules of the console's form.
    pub fn register(&self, application: Application) -> Result<Registered, Vec<Complaint>> {
        self.world.zoho().registry.register(application)
    }

    /// Acts as the user in the browser: opens the URL of a sign-in or of scopes to add, presses the button, and returns
    /// the URL to which the browser is redirected.
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

    /// Acts as the user who types a device's code on Zoho's page and presses a button.
    pub fn answer_device(&self, user_code: &str, answer: Answer) -> Result<(), Stop> {
        self.world.answer_device(user_code, answer).map(|_| ()).ok_or(Stop::PageIsOver)
    }

    /// Acts as the user in the console of a Self Client: returns a code valid for `minutes`. `None` after ten codes in
    /// ten minutes.
    pub fn make_code(&self, client_id: &str, scopes: &[&str], minutes: u64) -> Option<String> {
        self.world.make_code(client_id, scopes.iter().map(|scope| (*scope).to_owned()).collect(), minutes)
    }

    /// The user's webhook token at Cliq, which the console shows while [`Trouble::WebhookToken`] is on.
    pub fn webhook_token(&self) -> String {
        self.world.zoho().webhook_token.clone()
    }

    /// Returns all requests so far, in order.
    pub fn requests(&self) -> Vec<Asked> {
        self.world.journal().read()
    }

    /// Returns the requests to one endpoint so far, in order.
    pub fn requests_to(&self, endpoint: Endpoint) -> Vec<Asked> {
        self.requests().into_iter().filter(|asked| asked.endpoint == endpoint).collect()
    }

    /// Returns once the endpoint has had that many requests. The caller sets the time-out.
    pub async fn was_asked(&self, endpoint: Endpoint, times: usize) {
        self.world.was_asked(endpoint, times).await;
    }

    /// Queues the next response of an endpoint.
    pub fn answer_next(&self, endpoint: Endpoint, scripted: Scripted) {
        self.world.prompter().add(endpoint, scripted);
    }

    /// Sets a function that chooses each response of an endpoint by its request; `None` means the usual one. The
    /// function must not script responses itself.
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

    /// Adds another Practice as a further data centre of the same Zoho.
    pub fn add_peer(&self, other: &Self) {
        self.world.meet(&other.world);
    }

    /// Makes all of them data centres of one Zoho.
    pub fn acquaint(all: &[&Self]) {
        for practice in all {
            all.iter().filter(|other| !std::ptr::eq(*practice, **other)).for_each(|other| practice.add_peer(other));
        }
    }

    /// Saves the console's multi-DC setting of a client registered here, and passes it to the other data centres. Does
    /// nothing for a client not registered here, and for a Self Client, which has no such setting.
    pub fn set_multi_dc(&self, client_id: &str, multi_dc: MultiDc) {
        self.world.set_multi_dc(client_id, multi_dc);
    }

    /// Returns a client's secret in this data centre, wherever the client is registered.
    pub fn secret_of(&self, client_id: &str) -> Option<String> {
        self.world.secret_of(client_id)
    }

    /// Sets the data centre of the user's account. From then on a sign-in here returns that data centre's `location`
    /// and `accounts-server`, and its code is valid there only.
    pub fn person_lives_in(&self, location: &str) {
        self.world.person_lives_in(location);
    }

    /// Returns the number of codes and tokens issued to a client here.
    pub fn counts(&self, client_id: &str) -> Counts {
        self.world.zoho().issued.counts(client_id)
    }

    /// Returns every access token ever issued here, oldest first.
    pub fn issued_access_tokens(&self) -> Vec<String> {
        self.world.zoho().issued.every_access_token().to_vec()
    }

    /// Whether an access token is valid now.
    pub fn is_alive(&self, access_token: &str) -> bool {
        let now = self.world.now();
        self.world.zoho().issued.find_access(access_token, now).is_some()
    }

    /// Whether a refresh token is valid now.
    pub fn keeps_refresh_token(&self, refresh_token: &str) -> bool {
        self.world.zoho().issued.find_refresh(refresh_token).is_some()
    }

    /// Returns every valid refresh token, oldest first.
    pub fn kept_refresh_tokens(&self) -> Vec<String> {
        self.world.zoho().issued.kept_refresh_tokens()
    }

    /// Returns the total time spent on responses, for measurements to subtract.
    pub fn time_inside(&self) -> Duration {
        self.world.time_inside()
    }

    /// Stops it and waits until the port is free again.
    pub fn stop(self) {}
}

impl Drop for Practice {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have stopped already.
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
