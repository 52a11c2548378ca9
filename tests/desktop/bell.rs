//! A fake notification service: it keeps notifications, as real ones do, and clicks on them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "what the bus calls has the shape the specification gives it"
)]

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedValue;

use crate::patience::until;
use crate::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(40);
const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The running service.
pub struct Bell {
    bus: Connection,
    told: Arc<Mutex<Told>>,
}

/// A notification that is shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notification {
    pub id: u32,
    pub title: String,
    pub body: String,
    pub actions: Vec<String>,
}

#[derive(Default)]
struct Told {
    last_id: u32,
    up: BTreeMap<u32, Notification>,
    /// All notifications so far, replaced or not.
    all: Vec<Notification>,
    /// Whether the next one is clicked before its sender knows its ID.
    clicks_next: bool,
}

struct Service(Arc<Mutex<Told>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    async fn notify(
        &self,
        #[zbus(connection)] bus: &zbus::Connection,
        _program: &str,
        replaces: u32,
        _icon: &str,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _lasts: i32,
    ) -> u32 {
        let (id, is_clicked) = self.0.lock().unwrap().keep(replaces, title, body, actions);
        if is_clicked {
            let nobody: Option<&str> = None;
            bus.emit_signal(nobody, PATH, NAME, "ActionInvoked", &(id, "default")).await.unwrap();
            bus.emit_signal(nobody, PATH, NAME, "NotificationClosed", &(id, 2_u32)).await.unwrap();
        }
        id
    }

    fn close_notification(&self, id: u32) {
        self.0.lock().unwrap().up.remove(&id);
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ["Bell", "Stage", "1", "1.2"].map(str::to_owned).into()
    }
}

impl Told {
    /// Stores a notification; returns its ID and whether it is clicked.
    fn keep(&mut self, replaces: u32, title: String, body: String, actions: Vec<String>) -> (u32, bool) {
        let id = if self.up.contains_key(&replaces) { replaces } else { self.last_id + 1 };
        self.last_id = self.last_id.max(id);
        let notification = Notification { id, title, body, actions };
        self.all.push(notification.clone());
        let is_clicked = std::mem::take(&mut self.clicks_next);
        if !is_clicked {
            self.up.insert(id, notification);
        }
        (id, is_clicked)
    }
}

impl Bell {
    pub fn on(stage: &Stage) -> Self {
        let told = Arc::new(Mutex::new(Told::default()));
        let bus = connection::Builder::address(stage.bus())
            .and_then(|bus| bus.name(NAME))
            .and_then(|bus| bus.serve_at(PATH, Service(Arc::clone(&told))))
            .and_then(connection::Builder::build)
            .expect("the notification service is on the bus");
        Self { bus, told }
    }

    /// Returns the notifications shown.
    pub fn up(&self) -> Vec<Notification> {
        self.told.lock().unwrap().up.values().cloned().collect()
    }

    /// Returns all notifications since the start.
    pub fn all(&self) -> Vec<Notification> {
        self.told.lock().unwrap().all.clone()
    }

    /// Waits until only this notification is shown.
    pub fn shows_at_last(&self, title: &str) -> Notification {
        let is_it = || self.up().iter().map(|it| it.title.clone()).collect::<Vec<_>>() == [title];
        until(&format!("only {title} is shown"), PATIENCE, is_it);
        self.up().remove(0)
    }

    pub fn shows_nothing_at_last(&self) {
        until("no notification is shown any more", PATIENCE, || self.up().is_empty());
    }

    /// Makes the next notification be clicked the moment it arrives.
    pub fn clicks_the_next(&self) {
        self.told.lock().unwrap().clicks_next = true;
    }

    /// Clicks the notification, which then closes.
    pub fn clicks(&self, notification: &Notification) {
        self.told.lock().unwrap().up.remove(&notification.id);
        let nobody: Option<&str> = None;
        let says =
            |signal: &str, second: &dyn Fn() -> zbus::Result<()>| second().unwrap_or_else(|e| panic!("{signal}: {e}"));
        says("ActionInvoked", &|| {
            self.bus.emit_signal(nobody, PATH, NAME, "ActionInvoked", &(notification.id, "default"))
        });
        says("NotificationClosed", &|| {
            self.bus.emit_signal(nobody, PATH, NAME, "NotificationClosed", &(notification.id, 2_u32))
        });
    }
}
