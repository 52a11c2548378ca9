//! Links of ours that someone opened.
//!
//! **Invariant:** a link is handed on as bytes and nothing here looks into it. Only the Desk says what it means and
//! whether the window comes to the front for it. Deliberately absent: the page, which never sees one.

use keyfob::app::engine::Engine;
use keyfob_core::Event;
use secrecy::{ExposeSecret, SecretString};
use tauri::App;
use tauri_plugin_deep_link::DeepLinkExt;

/// Hands on the link of a second start.
pub(super) fn hand_on(link: &SecretString, engine: &Engine) {
    engine.tell(Event::LinkArrived(link.expose_secret().as_bytes().to_vec()));
}

/// Hands on every link the system tells of, also the one that started Keyfob, for which no event fires on Linux and Windows.
pub(super) fn listen(app: &App, engine: &Engine) {
    let heard = engine.clone();
    app.deep_link().on_open_url(move |opened| {
        for link in opened.urls() {
            heard.tell(Event::LinkArrived(String::from(link).into_bytes()));
        }
    });
    for link in app.deep_link().get_current().ok().flatten().unwrap_or_default() {
        engine.tell(Event::LinkArrived(String::from(link).into_bytes()));
    }
}
