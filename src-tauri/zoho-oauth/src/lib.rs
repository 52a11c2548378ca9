#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at secrets and the world")
)]

pub mod authorization_request;
pub mod authorization_response;
pub mod client;
pub mod device_authorization;
pub mod error;
pub mod probe;
pub mod region;
pub mod request;
pub mod scope;
pub mod self_client;
pub mod text;
pub mod token_response;
pub mod value;

mod time;

pub use error::{Class, Error};
pub use time::Moment;

// Their types are in the signatures here.
pub use oauth2;
pub use secrecy;
pub use url;
