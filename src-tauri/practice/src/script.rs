//! Responses scripted by a test: queued, or chosen by the request.
//!
//! *Invariant:* a scripted response is used once, in the order given, for its endpoint only.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::watch;

use crate::{Asked, Endpoint};

/// One response in place of the usual one.
#[derive(Clone, Debug)]
pub struct Scripted {
    pub(crate) content: Content,
    pub(crate) delivery: Delivery,
    pub(crate) held: Option<Gate>,
    /// Performs the request first, whatever the response.
    pub(crate) done_first: bool,
    pub(crate) status: Option<u16>,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Usual,
    Own { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
}

#[derive(Clone, Debug)]
pub(crate) enum Delivery {
    Whole,
    CutShort,
    Dripping(Gate),
    Never,
}

impl Scripted {
    /// A response with any status, content type and body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self::own(Content::Own { status, headers, body: body.into() })
    }

    /// A JSON response, given as text so that it may be malformed.
    pub fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json;charset=UTF-8", body)
    }

    /// A web page.
    pub fn html(status: u16, body: &str) -> Self {
        Self::new(status, "text/html;charset=UTF-8", body)
    }

    /// A redirect with status 302.
    pub fn redirect(to: &str) -> Self {
        let headers = vec![("location".to_owned(), to.to_owned())];
        Self::own(Content::Own { status: 302, headers, body: Vec::new() })
    }

    /// Practice's usual response, for use with [`Scripted::held`] and similar methods.
    pub fn usual() -> Self {
        Self::own(Content::Usual)
    }

    /// Closes the connection without a response and without performing the request.
    pub fn closed() -> Self {
        Self { delivery: Delivery::Never, ..Self::html(503, "") }
    }

    /// Performs the request, but the response is lost.
    pub fn lost() -> Self {
        Self { delivery: Delivery::Never, ..Self::usual() }
    }

    /// Performs the request before sending this response.
    #[must_use]
    pub fn after_doing_it(mut self) -> Self {
        self.done_first = true;
        self
    }

    /// The same response with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds a `Retry-After`, which the usual response never has.
    #[must_use]
    pub fn asking_to_wait(mut self, retry_after: &str) -> Self {
        if let Content::Own { headers, .. } = &mut self.content {
            headers.push(("retry-after".to_owned(), retry_after.to_owned()));
        }
        self
    }

    /// Neither performs the request nor responds until the gate opens.
    #[must_use]
    pub fn held(mut self, gate: &Gate) -> Self {
        self.held = Some(gate.clone());
        self
    }

    /// Sends the first half of the body, and the rest when the gate opens.
    #[must_use]
    pub fn dripping(mut self, gate: &Gate) -> Self {
        self.delivery = Delivery::Dripping(gate.clone());
        self
    }

    /// Sends the first half of the body, then breaks the connection.
    #[must_use]
    pub fn cut_short(mut self) -> Self {
        self.delivery = Delivery::CutShort;
        self
    }

    fn own(content: Content) -> Self {
        Self { content, delivery: Delivery::Whole, held: None, done_first: false, status: None }
    }
}

/// Holds responses back until it is opened.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Posts>);

#[derive(Debug)]
struct Posts {
    open: watch::Sender<bool>,
    arrived: watch::Sender<usize>,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self(Arc::new(Posts { open: watch::Sender::new(false), arrived: watch::Sender::new(0) }))
    }

    /// Releases all held and all later responses.
    pub fn open(&self) {
        self.0.open.send_replace(true);
    }

    /// Returns once that many requests have reached the gate.
    pub async fn reached(&self, requests: usize) {
        // The sender lives in self, so waiting cannot fail.
        let _ = self.0.arrived.subscribe().wait_for(|arrived| *arrived >= requests).await;
    }

    pub(crate) async fn pass(&self) {
        self.0.arrived.send_modify(|arrived| *arrived += 1);
        let _ = self.0.open.subscribe().wait_for(|open| *open).await;
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

/// The scripted responses, per endpoint.
#[derive(Default)]
pub(crate) struct Prompter {
    queued: BTreeMap<Endpoint, VecDeque<Scripted>>,
    chosen: BTreeMap<Endpoint, Choice>,
}

/// Chooses a response by the request; `None` for the usual one.
pub(crate) type Choice = Box<dyn FnMut(&Asked) -> Option<Scripted> + Send>;

impl Prompter {
    pub(crate) fn add(&mut self, endpoint: Endpoint, scripted: Scripted) {
        self.queued.entry(endpoint).or_default().push_back(scripted);
    }

    pub(crate) fn choose(&mut self, endpoint: Endpoint, choice: Choice) {
        self.chosen.insert(endpoint, choice);
    }

    /// Returns the next response: queued ones come before chosen ones.
    pub(crate) fn next(&mut self, asked: &Asked) -> Option<Scripted> {
        let queued = self.queued.get_mut(&asked.endpoint).and_then(VecDeque::pop_front);
        queued.or_else(|| self.chosen.get_mut(&asked.endpoint)?(asked))
    }
}
