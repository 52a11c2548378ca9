//! Receives Keyfob links that were opened.
//!
//! **Invariant:** links are forwarded as bytes and not parsed here. Only the Desk decides what a link means and whether
//! it raises the window. Deliberately absent: the page, which never sees a link.
#![expect(clippy::disallowed_methods, reason = "passes a link on")]

use keyfob::app::engine::Engine;
use keyfob_core::Event;
use secrecy::{ExposeSecret, SecretString};
use tauri::App;
use tauri_plugin_deep_link::DeepLinkExt;

/// Forwards the link of a second start.
pub(super) fn hand_on(link: &SecretString, engine: &Engine) {
    engine.tell(Event::LinkArrived(link.expose_secret().as_bytes().to_vec()));
}

/// Forwards every link that the system reports, including the one that started Keyfob, for which Linux and Windows fire
/// no event.
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
