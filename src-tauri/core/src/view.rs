//! What is shown: the window's picture, the tray, notifications and reports, as functions of what is true.

pub mod action;
mod draw;
pub mod notification;
pub mod qr;
pub mod snapshot;
pub mod stages;
pub mod tray;
