use super::{line, plain};
use crate::domain::problem::disclosure;
use crate::messages::cli::{CliAnswer, CliError, CliReply, CliRequest};

/// The line for a program's request, without the connection's name.
pub(super) fn of_request(request: &CliRequest) -> String {
    match request {
        CliRequest::List => line("list", &[]),
        CliRequest::Token { name: _, good_for, shape, issued_after } => line(
            "token",
            &[("goodFor", plain(*good_for)), ("shape", plain(*shape)), ("fresh", plain(issued_after.is_some()))],
        ),
        CliRequest::Refresh { name: _ } => line("refresh", &[]),
        CliRequest::Test { name: _ } => line("test", &[]),
        CliRequest::Revoke { name: _ } => line("revoke", &[]),
    }
}

/// The line for a reply to a program.
pub(super) fn of_told(told: &CliReply) -> String {
    match told {
        CliReply::Asking => line("asking", &[]),
        CliReply::Token(_) => line("token", &[]),
        CliReply::Said(CliAnswer::Listed { now: _, connections }) => {
            line("listed", &[("connections", connections.len().to_string())])
        }
        CliReply::Said(CliAnswer::Refreshed { expires_at }) => {
            line("refreshed", &[("expiresAt", expires_at.rfc3339())])
        }
        CliReply::Said(CliAnswer::Tested { proof }) => line("tested", &[("proof", plain(*proof))]),
        CliReply::Said(CliAnswer::Revoked { was_known }) => line("revoked", &[("wasKnown", plain(*was_known))]),
        CliReply::Said(CliAnswer::NotDone { why }) => format!("not done: {}", of_refusal(why)),
    }
}

fn of_refusal(why: &CliError) -> String {
    match why {
        CliError::Unknown { names } => line("unknown", &[("connections", names.len().to_string())]),
        CliError::NotAllowed { denied } => line("notAllowed", &[("denied", plain(*denied))]),
        CliError::NotOpen { problem } => line("notOpen", &[("problem", disclosure::line(problem))]),
        CliError::TooShort { expires_at } => line("tooShort", &[("expiresAt", expires_at.rfc3339())]),
        CliError::Busy => line("busy", &[]),
        CliError::Failed { problem, needs_you } => {
            line("failed", &[("problem", disclosure::line(problem)), ("needsYou", plain(*needs_you))])
        }
    }
}
