//! Requests to Zoho, and what is served on ports of this computer.

pub mod https;
pub mod loopback;
pub mod one_time_redirect;
