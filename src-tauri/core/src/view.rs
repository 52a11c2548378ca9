//! What is shown: the window's picture, the tray, notifications and reports, as functions of what is true.

pub mod notification;
pub mod report;
pub mod snapshot;
pub mod tray;
