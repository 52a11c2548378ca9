use super::{line, plain};
use crate::domain::problem::told;
use crate::messages::cli::{NotDone, Said, Told, Wish};

/// The line of what a program asks, without the name of the connection.
pub(super) fn of_wish(wish: &Wish) -> String {
    match wish {
        Wish::List => line("list", &[]),
        Wish::Token { name: _, good_for, shape, issued_after } => line(
            "token",
            &[("goodFor", plain(*good_for)), ("shape", plain(*shape)), ("fresh", plain(issued_after.is_some()))],
        ),
        Wish::Refresh { name: _ } => line("refresh", &[]),
        Wish::Test { name: _ } => line("test", &[]),
        Wish::Revoke { name: _ } => line("revoke", &[]),
    }
}

/// The line of what a program is told.
pub(super) fn of_told(told: &Told) -> String {
    match told {
        Told::Asking => line("asking", &[]),
        Told::Token(_) => line("token", &[]),
        Told::Said(Said::Listed { now: _, connections }) => {
            line("listed", &[("connections", connections.len().to_string())])
        }
        Told::Said(Said::Refreshed { expires_at }) => line("refreshed", &[("expiresAt", expires_at.rfc3339())]),
        Told::Said(Said::Tested { proof }) => line("tested", &[("proof", plain(*proof))]),
        Told::Said(Said::Revoked { was_known }) => line("revoked", &[("wasKnown", plain(*was_known))]),
        Told::Said(Said::NotDone { why }) => format!("not done: {}", of_refusal(why)),
    }
}

fn of_refusal(why: &NotDone) -> String {
    match why {
        NotDone::Unknown { names } => line("unknown", &[("connections", names.len().to_string())]),
        NotDone::NotAllowed { denied } => line("notAllowed", &[("denied", plain(*denied))]),
        NotDone::NotOpen { problem } => line("notOpen", &[("problem", told::line(problem))]),
        NotDone::TooShort { expires_at } => line("tooShort", &[("expiresAt", expires_at.rfc3339())]),
        NotDone::Busy => line("busy", &[]),
        NotDone::Failed { problem, needs_you } => {
            line("failed", &[("problem", told::line(problem)), ("needsYou", plain(*needs_you))])
        }
    }
}
