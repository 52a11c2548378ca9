//! The dialog on Windows and macOS, from Tauri's plugin. Not tested on either.

use keyfob::text::confirmation::Shown;
use keyfob_core::Ticket;
use keyfob_core::confirmation::Decision;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind, MessageDialogResult};

use crate::window;

pub(super) fn open(
    app: &AppHandle,
    _: Ticket,
    shown: &Shown,
    _to_front: bool,
    answer: impl FnOnce(Decision) + Send + 'static,
) {
    let (allow, dismiss) = (shown.allow.to_owned(), shown.dismiss.to_owned());
    let buttons = match shown.deny.map(str::to_owned) {
        Some(deny) => MessageDialogButtons::YesNoCancelCustom(allow.clone(), deny, dismiss),
        None => MessageDialogButtons::OkCancelCustom(allow.clone(), dismiss),
    };
    let deny = shown.deny;
    let mut dialog =
        app.dialog().message(&shown.body).title(&shown.title).kind(MessageDialogKind::Warning).buttons(buttons);
    if let Some(parent) = window::of(app) {
        dialog = dialog.parent(&parent);
    }
    dialog.show_with_result(move |pressed| {
        answer(match pressed {
            MessageDialogResult::Custom(label) if label == allow => Decision::Allow,
            MessageDialogResult::Custom(label) if Some(label.as_str()) == deny => Decision::Deny,
            _ => Decision::Dismiss,
        });
    });
}

/// Does nothing: a program cannot close the plugin's dialog. Its answer is dropped later.
pub(super) fn close(_: Ticket) {}
