//! Owns the only [`Desk`]: event in, snapshot and effects out.
//!
//! Invariant: one task handles every event, in order; nothing else writes state. Keyfob reads the clock and draws
//! random values only here. Events and their effects are recorded for a report, without private data.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the engine reads the clock and draws random values for the core"
)]

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use keyfob_core::effect::Sensitivity;
use keyfob_core::{Answer, Desk, Effect, Event, Intent, Moment, Problem, Snapshot, log_line};
use oauth2::{CsrfToken, PkceCodeVerifier};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;
use zoho_oauth::authorization_request::Nonce;

use crate::app::host::{Answers, Host};
use crate::diagnostics::flight_recorder::FlightRecorder;

/// The longest time between two readings of the clock: a timer stops while the machine sleeps, the wall clock does not.
const NAP: Duration = Duration::from_secs(30);

/// Returns the current time.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// A handle to the running engine, which runs as long as its runtime.
#[derive(Clone, Debug)]
pub struct Engine {
    events: mpsc::UnboundedSender<Event>,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    recorder: FlightRecorder,
}

impl Engine {
    /// Starts the engine's task on the current tokio runtime, with a Desk that has handled no event yet. `system`
    /// briefly describes the operating system.
    pub fn start(
        desk: Desk,
        host: Arc<dyn Host>,
        clock: Clock,
        regions_file: Result<Option<String>, Problem>,
        system: String,
    ) -> Self {
        let (events, inbox) = mpsc::unbounded_channel();
        let (publish, snapshots) = watch::channel(Arc::new(desk.snapshot(clock())));
        let (answers, read) = (events.clone(), clock());
        let recorder = FlightRecorder::default();
        let task = Task { desk, host, clock, publish, answers, look_at: None, read, recorder: recorder.clone() };
        tokio::spawn(task.run(inbox));
        let engine = Self { events, snapshots, recorder };
        engine.tell(Event::Started { regions_file, system });
        engine
    }

    /// Sends an event.
    pub fn tell(&self, event: Event) {
        // While Keyfob quits, the engine may have ended.
        let _ = self.events.send(event);
    }

    /// Sends what the user asked for.
    pub fn ask(&self, intent: impl Into<Intent>) {
        self.tell(Event::Asked(intent.into()));
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.borrow().clone()
    }

    /// The snapshot and its changes.
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }

    /// The flight recorder; it can be read after the engine has ended.
    pub fn recorder(&self) -> &FlightRecorder {
        &self.recorder
    }

    /// Waits until the engine has ended. While a handle exists, that means it panicked.
    pub async fn ended(&self) {
        self.events.closed().await;
    }
}

/// The machine's wall clock.
pub fn wall_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    })
}

struct Task {
    desk: Desk,
    host: Arc<dyn Host>,
    clock: Clock,
    publish: watch::Sender<Arc<Snapshot>>,
    answers: mpsc::UnboundedSender<Event>,
    look_at: Option<Moment>,
    /// The time when the clock was last read.
    read: Moment,
    recorder: FlightRecorder,
}

impl Task {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Event>) {
        loop {
            let event = tokio::select! {
                event = inbox.recv() => match event {
                    Some(event) => event,
                    None => return,
                },
                () = sleep(self.nap()), if self.look_at.is_some() => {
                    if !self.is_time_to_look() {
                        continue;
                    }
                    self.look_at = None;
                    Event::Looked
                }
            };
            self.handle(event);
        }
    }

    fn handle(&mut self, event: Event) {
        let now = self.now();
        self.recorder.begins(now, &log_line::of_event(&event));
        let effects = self.desk.handle(event, now);
        self.recorder.ends(&effects.iter().map(log_line::of_effect).collect::<Vec<_>>());
        self.publish(now);
        for effect in effects {
            match effect {
                Effect::Draw(ticket) => {
                    // This task receives it.
                    let _ = self.answers.send(Event::Answered(ticket, Answer::Drawn(nonce())));
                }
                Effect::LookAt(moment) => self.look_at = Some(moment),
                Effect::CopyReport(ticket, report) => {
                    let text = self.recorder.appended_to(&report);
                    self.perform(Effect::Copy(ticket, text.into(), Sensitivity::Plain));
                }
                other => self.perform(other),
            }
        }
    }

    /// Publishes the snapshot when it has changed.
    fn publish(&self, now: Moment) {
        let drawn = self.desk.snapshot(now);
        self.publish.send_if_modified(|shown| {
            let changed = **shown != drawn;
            if changed {
                *shown = Arc::new(drawn);
            }
            changed
        });
    }

    fn perform(&self, effect: Effect) {
        let answers = Answers::to(&effect, self.answers.clone());
        self.host.perform(effect, answers);
    }

    fn now(&mut self) -> Moment {
        self.read = (self.clock)();
        self.read
    }

    /// Whether the wake-up time has come, or the clock was set back, after which that time may be years away.
    fn is_time_to_look(&mut self) -> bool {
        let before = self.read;
        let now = self.now();
        now < before || self.look_at <= Some(now)
    }

    fn nap(&self) -> Duration {
        let until = self.look_at.map_or(NAP, |moment| moment.since((self.clock)()));
        until.min(NAP)
    }
}

/// A `state` of 256 bits, and a verifier of 256 bits as RFC 7636 recommends.
pub(crate) fn nonce() -> Nonce {
    let random = || CsrfToken::new_random_len(32);
    Nonce { state: random(), verifier: PkceCodeVerifier::new(random().into_secret()) }
}
