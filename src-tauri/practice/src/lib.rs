//! Practice: a Zoho on loopback, to rehearse with and to test against.
//!
//! One origin serves as Accounts, the API host, Cliq and the API Console. It behaves as the real Zoho is known to
//! behave, limits and quirks included. The user sees its pages in a browser; a test holds a [`Practice`], acts as the
//! user, scripts responses and reads the requests.
//!
//! ```
//! use keyfob_practice::{Answer, Application, ClientType, Plan, Practice};
//!
//! let practice = Practice::start(Plan::default())?;
//! let keys = practice
//!     .register(Application {
//!         client_type: ClientType::MobileBased,
//!         name: "Keyfob".to_owned(),
//!         homepage: "https://keyfob.example".to_owned(),
//!         redirects: vec!["cliqkeyfob://callback".to_owned()],
//!     })
//!     .expect("the console accepts it");
//! let auth_url = format!(
//!     "{}/oauth/v2/auth?client_id={}&response_type=code&redirect_uri=cliqkeyfob://callback&scope=ZohoCliq.Users.READ",
//!     practice.origin(),
//!     keys.client_id,
//! );
//! let callback = practice.consent(&auth_url, Answer::Accept).expect("a valid request");
//! assert!(callback.starts_with("cliqkeyfob://callback?code=1000."));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! *Invariant:* it listens on loopback only, and none of its own responses names a real Zoho address.
//! *Deliberately absent:* HTTPS, and any state that outlives the process.

mod clock;
mod dialect;
mod journal;
mod pages;
mod plan;
mod practice;
mod script;
mod web;
mod world;
mod zoho;

pub use clock::Clock;
pub use dialect::{Dialect, Turned};
pub use journal::{Asked, Endpoint};
pub use plan::{Person, Plan, Units};
pub use practice::Practice;
pub use script::{Gate, Scripted};
pub use zoho::application::{Application, ClientType, Complaint, Field};
pub use zoho::consent::{Answer, Stop};
pub use zoho::issue::Counts;
pub use zoho::multi_dc::MultiDc;
pub use zoho::registry::Registered;
pub use zoho::scopes::exists as scope_exists;
pub use zoho::trouble::Trouble;
