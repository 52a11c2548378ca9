//! HTTP: requests to Zoho, and the servers on loopback ports.

pub mod https;
pub mod loopback;
pub mod one_time_redirect;
