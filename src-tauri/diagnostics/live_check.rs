//! `keyfob verify-zoho`: questions that only a live Zoho account can settle, asked with a client that was made for this.
//!
//! **Invariant:** what is recorded of an answer is its shape: status, keys, an error code, how long a value is and of which
//! characters. No value is kept or written, and what Zoho gave is revoked at the end.
//!
//! Deliberately absent: the vault, the keyring and the running Keyfob. [`question`], [`shape`], [`verdict`] and [`report`]
//! know no network.

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

/// Asks all questions, revokes what Zoho gave, and reports. When `stopped` ends first, no more questions are asked. `None`
/// when the user names no region.
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
