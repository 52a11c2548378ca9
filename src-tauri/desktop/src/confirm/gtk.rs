//! The dialog on Linux.
//!
//! Invariant: the buttons that mean yes or no are disabled for the first half second, so that a click or a key meant
//! for another window does not answer. All of this runs on GTK's thread.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use gtk::glib::Propagation;
use gtk::prelude::*;
use gtk::{ButtonsType, DialogFlags, MessageDialog, MessageType, ResponseType, Window, glib};
use keyfob::text::confirmation::Shown;
use keyfob_core::Ticket;
use keyfob_core::confirmation::Decision;
use tauri::AppHandle;

use super::settling::{self, Due, SETTLING};
use crate::window;

thread_local! {
    static OPEN: RefCell<BTreeMap<Ticket, MessageDialog>> = const { RefCell::new(BTreeMap::new()) };
    /// When the open dialog last came to the front. At most one is open at a time.
    static SETTLED_SINCE: Cell<Instant> = Cell::new(Instant::now());
}

pub(super) fn open(
    app: &AppHandle,
    ticket: Ticket,
    shown: &Shown,
    to_front: bool,
    answer: impl FnOnce(Decision) + 'static,
) {
    let seen = |w: &tauri::WebviewWindow| w.is_visible().unwrap_or_default() && !w.is_minimized().unwrap_or(true);
    let parent = window::of(app).filter(seen).and_then(|w| w.gtk_window().ok());
    let dialog = MessageDialog::new(
        parent.as_ref().map(Cast::upcast_ref::<Window>),
        // Without a parent window the dialog is not modal.
        if parent.is_some() { DialogFlags::MODAL } else { DialogFlags::empty() },
        MessageType::Question,
        ButtonsType::None,
        &shown.title,
    );
    // Screen readers and the taskbar use this title.
    dialog.set_title(&shown.title);
    dialog.set_secondary_text(Some(&shown.body));
    // Escape presses this button, so it needs no mnemonic.
    dialog.add_button(&plain(shown.dismiss), ResponseType::Cancel);
    if let Some(deny) = shown.deny {
        dialog.add_button(&mnemonic(deny), ResponseType::No);
    }
    dialog.add_button(&mnemonic(shown.allow), ResponseType::Yes);
    dialog.set_default_response(ResponseType::Cancel);
    // Settle each time the dialog comes to the front: it may have been behind another window.
    settle(&dialog);
    dialog.connect_map(settle);
    dialog.connect_focus_in_event(|dialog, _| {
        settle(dialog);
        Propagation::Proceed
    });

    let answer = RefCell::new(Some(answer));
    dialog.connect_response(move |dialog, pressed| {
        OPEN.with_borrow_mut(|open| open.remove(&ticket));
        if let Some(answer) = answer.take() {
            answer(match pressed {
                ResponseType::Yes => Decision::Allow,
                ResponseType::No => Decision::Deny,
                _ => Decision::Dismiss,
            });
        }
        dialog.close();
    });
    dialog.set_focus_on_map(to_front);
    dialog.show_all();
    if to_front {
        dialog.present();
    }
    OPEN.with_borrow_mut(|open| open.insert(ticket, dialog));
}

pub(super) fn close(ticket: Ticket) {
    if let Some(dialog) = OPEN.with_borrow_mut(|open| open.remove(&ticket)) {
        dialog.close();
    }
}

/// Disables the answer buttons for [`SETTLING`] from now.
fn settle(dialog: &MessageDialog) {
    takes_presses(dialog, false);
    let began = Instant::now();
    SETTLED_SINCE.set(began);
    arm_after(SETTLING, dialog, began);
}

fn arm_after(wait: Duration, dialog: &MessageDialog, began: Instant) {
    let dialog = dialog.downgrade();
    glib::timeout_add_local_once(wait, move || {
        let Some(dialog) = dialog.upgrade() else { return };
        match settling::due(began, SETTLED_SINCE.get(), Instant::now()) {
            Due::Arm => takes_presses(&dialog, true),
            Due::Wait(left) => arm_after(left, &dialog, began),
            Due::Leave => {}
        }
    });
}

fn takes_presses(dialog: &MessageDialog, on: bool) {
    for which in [ResponseType::Yes, ResponseType::No] {
        dialog.set_response_sensitive(which, on);
    }
}

/// The label with its first letter as mnemonic.
fn mnemonic(label: &str) -> String {
    format!("_{}", plain(label))
}

/// The label with its underscores escaped.
fn plain(label: &str) -> String {
    label.replace('_', "__")
}
