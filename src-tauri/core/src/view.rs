//! What is shown: the window's snapshot, the tray and notifications, as functions of the state.

pub mod action;
mod draw;
pub mod notification;
pub mod qr;
pub mod snapshot;
pub mod stages;
pub mod tray;
