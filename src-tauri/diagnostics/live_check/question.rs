//! The open questions about Zoho: what each asks, what was observed, and whether that confirms an assumption of the
//! code.
//!
//! Deliberately absent: how each is answered; see `live_check/walk`.

mod client_credentials;
mod device;
mod enhancing;
mod limits;
mod other_region;
mod refused_token;
mod revoking;
mod scopes;
mod secret_and_pkce;
mod state;
mod token_errors;

pub use client_credentials::ClientCredentials;
pub use device::DeviceTimes;
pub use enhancing::Enhancing;
pub use limits::{FAILING, Limits, MOST_REFRESHES};
pub use other_region::OtherRegion;
pub use refused_token::{CliqSaid, Meaning, RefusedToken};
pub use revoking::{After, Revoked, Revoking};
pub use scopes::{Named, Spelling};
pub use secret_and_pkce::{SecretAndPkce, SecretOfMobile, SecretOfServerBased};
pub use state::{Echo, State};
pub use token_errors::TokenErrors;

use super::verdict::Verdict;

/// The fixed description of a question.
#[derive(Debug)]
pub struct About {
    /// Its number in the report.
    pub number: u8,
    /// The question.
    pub title: &'static str,
    /// How the check finds out, and why.
    pub steps: &'static str,
    /// What the code assumes.
    pub assumption: &'static str,
    /// What Keyfob does when the assumption is wrong.
    pub otherwise: &'static str,
}

/// The observations for one question.
pub trait Question {
    /// The question.
    const ABOUT: &'static About;

    /// The observations, one a string, without any value.
    fn seen(&self) -> Vec<String>;

    /// What they say about the assumption.
    fn verdict(&self) -> Verdict;
}

/// All questions, in order.
pub const EVERY: [&About; 12] = [
    SecretOfMobile::ABOUT,
    SecretOfServerBased::ABOUT,
    State::ABOUT,
    TokenErrors::ABOUT,
    OtherRegion::ABOUT,
    Revoking::ABOUT,
    Enhancing::ABOUT,
    RefusedToken::ABOUT,
    Limits::ABOUT,
    Spelling::ABOUT,
    ClientCredentials::ABOUT,
    DeviceTimes::ABOUT,
];

/// The verdict on several parts: broken if one is, confirmed if all are.
fn of_parts(parts: &[Verdict]) -> Verdict {
    let has = |verdict| parts.contains(&verdict);
    if has(Verdict::Broken) {
        Verdict::Broken
    } else if has(Verdict::Tolerated) {
        Verdict::Tolerated
    } else if has(Verdict::Open) {
        Verdict::Open
    } else {
        Verdict::Confirmed
    }
}

#[cfg(test)]
mod tests;
