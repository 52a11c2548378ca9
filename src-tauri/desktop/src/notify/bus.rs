//! The desktop's notification service, over the session bus.
//!
//! Source: specifications.freedesktop.org/notification-spec 1.2.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gio::glib::Variant;
use gio::prelude::*;
use keyfob::diagnostics::log;
use keyfob::storage::job_queue::Queue;
use keyfob::text::notification::{open, shown};
use keyfob_core::notification::{About, Notification};

use crate::bus_name;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// In milliseconds. A service that the bus has to start first takes a while.
const PATIENCE: i32 = 5_000;

/// The key of the action for a click on the notification itself.
const CLICK: &str = "default";

/// Shows notifications and receives clicks on them.
pub(super) struct Notifier {
    /// `None` when there is no session bus.
    bus: Option<gio::DBusConnection>,
    up: Up,
    failed: AtomicBool,
}

/// The service's IDs of the notifications shown. Locked while the service assigns an ID, so that a click that arrives
/// before the ID waits for it.
#[derive(Clone, Default)]
struct Up(Arc<Mutex<BTreeMap<About, u32>>>);

impl Notifier {
    /// Connects to the session bus. Must be called on the thread of the main loop; `clicked` is called on another
    /// thread.
    pub(super) fn start(clicked: impl Fn(About) + Send + 'static) -> Self {
        let (bus, up) = (gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).ok(), Up::default());
        if let Some(bus) = &bus {
            listen(bus, up.clone(), clicked);
        }
        Self { bus, up, failed: AtomicBool::new(false) }
    }

    /// Shows a notification in place of the one about the same subject. Waits for the service.
    pub(super) fn show(&self, notification: &Notification) {
        let (about, said) = (notification.about, shown(notification));
        // Urgency: low for what is over, normal for the rest; a critical notification would never expire.
        let urgency = u8::from(!notification.over);
        let hints: HashMap<&str, Variant> =
            HashMap::from([("urgency", urgency.to_variant()), ("desktop-entry", "Keyfob".to_variant())]);
        let mut up = self.up.lock();
        let before = up.get(&about).copied().unwrap_or_default();
        let what = ("Keyfob", before, "keyfob", said.title, said.body, vec![CLICK, open()], hints, -1_i32);
        let id = self.call("Notify", &what.to_variant()).and_then(|told| told.child_value(0).get::<u32>());
        match id {
            Some(id) => {
                up.insert(about, id);
            }
            None if !self.failed.swap(true, Ordering::SeqCst) => {
                log::line(format_args!("this desktop shows no notifications"));
            }
            None => {}
        }
    }

    pub(super) fn close(&self, about: About) {
        let id = self.up.lock().remove(&about);
        if let Some(id) = id {
            // It may have closed already.
            let _ = self.call("CloseNotification", &(id,).to_variant());
        }
    }

    pub(super) fn close_all(&self) {
        let all: Vec<About> = self.up.lock().keys().copied().collect();
        for about in all {
            self.close(about);
        }
    }

    fn call(&self, method: &str, what: &Variant) -> Option<Variant> {
        let (none, plain) = (gio::Cancellable::NONE, gio::DBusCallFlags::NONE);
        let bus = self.bus.as_ref()?;
        bus.call_sync(Some(SERVICE), PATH, SERVICE, method, Some(what), None, plain, PATIENCE, none).ok()
    }
}

impl Up {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<About, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn about(&self, id: u32) -> Option<About> {
        self.lock().iter().find(|(_, up)| **up == id).map(|(about, _)| *about)
    }
}

fn listen(bus: &gio::DBusConnection, up: Up, clicked: impl Fn(About) + Send + 'static) {
    let Ok(ear) = Queue::start("notifications", (up, clicked)) else { return };
    let heard = ear.clone();
    // Subscribed as long as Keyfob runs. Every program receives the signals of all notifications; `up` has only
    // Keyfob's.
    let _ = bus.signal_subscribe(
        Some(SERVICE),
        Some(SERVICE),
        None,
        Some(PATH),
        None,
        gio::DBusSignalFlags::NONE,
        move |_, _, _, _, signal, told| {
            let Some(id) = told.child_value(0).get::<u32>() else { return };
            match signal {
                "ActionInvoked" if told.child_value(1).str() == Some(CLICK) => heard.put(move |(up, clicked)| {
                    if let Some(about) = up.about(id) {
                        clicked(about);
                    }
                }),
                "NotificationClosed" => heard.put(move |(up, _)| up.lock().retain(|_, up| *up != id)),
                _ => {}
            }
        },
    );
    // Another service starts counting IDs again.
    bus_name::when_left(bus, SERVICE, move || ear.put(|(up, _)| up.lock().clear()));
}
