//! The open questions about Zoho: what each is about, what was seen, and what that says of an assumption of the code.
//!
//! Deliberately absent: how it is found out; see `live_check/walk`.

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

/// A question, as it is before anything was asked.
#[derive(Debug)]
pub struct About {
    /// Its place in the report.
    pub number: u8,
    /// The question.
    pub title: &'static str,
    /// What is done to find out, and why.
    pub steps: &'static str,
    /// What the code takes for granted.
    pub assumption: &'static str,
    /// What Keyfob does where Zoho is otherwise.
    pub otherwise: &'static str,
}

/// What was seen of one question.
pub trait Question {
    /// The question.
    const ABOUT: &'static About;

    /// What was seen, one thing each, without any value.
    fn seen(&self) -> Vec<String>;

    /// What that says of the assumption.
    fn verdict(&self) -> Verdict;
}

/// All of them, in order.
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

/// Of several parts: broken where one is, confirmed where all are.
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
