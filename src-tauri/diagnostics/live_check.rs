//! `keyfob verify-zoho`: asks the questions that only a live Zoho account can settle, with a client made for this
//! check.
//!
//! **Invariant:** only the shape of a response is recorded: its status, its keys, an error code, and the length and
//! character class of its values. No value is kept or written, and all tokens are revoked at the end.
//!
//! Deliberately absent: the vault, the keyring and the running Keyfob. [`question`], [`shape`], [`verdict`] and
//! [`report`] do not use the network.

pub mod person;
pub mod question;
pub mod report;
pub mod shape;
pub mod verdict;

mod approval;
mod clients;
mod grants;
mod session;
mod walk;

pub use approval::redirect_uri;
pub use session::Session;

pub(crate) use walk::walk;

use std::future::Future;

use self::person::Person;
use self::report::Report;

/// Asks all questions, revokes the tokens received, and returns the report. When `stopped` completes first, asks no
/// more questions. `None` when the user names no region.
pub async fn check<P: Person>(
    person: P,
    regions: zoho_oauth::region::Regions,
    clock: crate::app::engine::Clock,
    stopped: impl Future<Output = ()>,
) -> Option<Report> {
    let mut stopped = std::pin::pin!(stopped);
    let begun = tokio::select! {
        session = Session::begin(person, regions, clock) => session,
        () = &mut stopped => None,
    };
    let mut session = begun?;
    tokio::select! {
        () = walk(&mut session) => {}
        () = stopped => {}
    }
    Some(session.end().await)
}
