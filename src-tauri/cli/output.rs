//! What the command line prints, and where.
//!
//! **Invariant:** standard output gets the requested data, whole or not at all; everything else is a sentence on
//! standard error, without a secret.
#![expect(clippy::disallowed_methods, reason = "prints the token that the user asked for")]

use std::io::{self, Write};
use std::process::ExitCode;

use keyfob_core::cli::{CliAnswer, CliError, CliReply, CliRequest};
use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::probe::Proof;

use super::exit_code::Exit;
use super::{list, problem, quoted};

/// The most names that a sentence lists.
const MOST_NAMES: usize = 10;

/// A name that is at least this similar is suggested.
const ALIKE: f64 = 0.8;

/// The output of a command and its exit code.
pub(super) struct Output {
    exit: Exit,
    out: SecretSlice<u8>,
    err: String,
}

impl Output {
    /// The requested data, for standard output.
    pub(super) fn out(out: impl Into<Vec<u8>>) -> Self {
        Self { exit: Exit::Done, out: SecretSlice::from(out.into()), err: String::new() }
    }

    /// Returns the same output with another exit code.
    pub(super) fn ends(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    /// Returns the same output with a sentence for standard error.
    pub(super) fn with_note(self, sentence: &str) -> Self {
        Self { err: sentence.to_owned(), ..self }
    }

    /// A failure, and why.
    pub(super) fn err(exit: Exit, sentence: &str) -> Self {
        Self { exit, ..Self::note(sentence.to_owned()) }
    }

    /// A sentence for standard error, without a failure.
    pub(super) fn note(sentence: String) -> Self {
        Self { exit: Exit::Done, out: SecretSlice::default(), err: sentence }
    }

    /// Prints it; `write` writes the part for standard output.
    pub(super) fn with_out(&self, write: impl FnOnce(&[u8]) -> io::Result<()>) -> ExitCode {
        if !self.err.is_empty() {
            // When standard error is closed, the exit code still says it.
            let _ = writeln!(io::stderr(), "keyfob: {}", self.err);
        }
        let written = write(self.out.expose_secret());
        if written.is_ok() { self.exit.into() } else { Exit::Failed.into() }
    }
}

/// The note that Keyfob is asking the user.
pub(super) fn asking(request: &CliRequest) -> Output {
    let which = quoted(request);
    Output::note(match request {
        CliRequest::Revoke { .. } => format!("Keyfob asks in a dialog whether to revoke and delete {which}."),
        _ => format!("Keyfob asks in a dialog whether scripts may read {which}."),
    })
}

/// The output for the reply to a request.
pub(super) fn of(request: &CliRequest, told: &CliReply, json: bool) -> Output {
    match told {
        CliReply::Asking => Output::note(String::new()),
        CliReply::Token(text) => {
            let text = text.expose_secret();
            Output::out(if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") })
        }
        CliReply::Said(CliAnswer::Listed { connections, .. }) if json => Output::out(list::array(connections)),
        CliReply::Said(CliAnswer::Listed { connections, .. }) if connections.is_empty() => {
            Output::note("There is no connection yet. Open Keyfob to make one.".to_owned())
        }
        CliReply::Said(CliAnswer::Listed { connections, now }) => Output::out(list::table(connections, *now)),
        CliReply::Said(CliAnswer::Refreshed { expires_at }) => {
            Output::out(format!("{} has a new token, good until {}\n", quoted(request), expires_at.rfc3339()))
        }
        CliReply::Said(CliAnswer::Tested { proof: Proof::Works }) => {
            Output::out(format!("{} works\n", quoted(request)))
        }
        CliReply::Said(CliAnswer::Tested { proof: Proof::AliveWithoutScope }) => {
            Output::out(format!("{} works; it may not read its own status, which was not asked for\n", quoted(request)))
        }
        CliReply::Said(CliAnswer::Revoked { was_known: true }) => {
            Output::out(format!("{} is deleted, and Zoho has ended its tokens\n", quoted(request)))
        }
        CliReply::Said(CliAnswer::Revoked { was_known: false }) => {
            Output::out(format!("{} is deleted; Zoho no longer knew its tokens\n", quoted(request)))
        }
        CliReply::Said(CliAnswer::NotDone { why }) => not_done(request, why),
    }
}

fn not_done(request: &CliRequest, why: &CliError) -> Output {
    let which = quoted(request);
    match why {
        CliError::Unknown { names } => {
            Output::err(Exit::Unknown, &format!("No connection is called {which}. {}", hint(request, names)))
        }
        CliError::NotAllowed { denied: true } => Output::err(
            Exit::NotAllowed,
            &format!("Scripts are turned away from {which}. It can be changed on its page in Keyfob."),
        ),
        CliError::NotAllowed { denied: false } if matches!(request, CliRequest::Revoke { .. }) => Output::err(
            Exit::NotAllowed,
            &format!(
                "Nobody has confirmed that {which} is to be revoked, so nothing was done. Open Keyfob, try again, and say yes in its dialog."
            ),
        ),
        CliError::NotAllowed { denied: false } => Output::err(
            Exit::NotAllowed,
            &format!(
                "Nobody has allowed scripts to read {which}. Open it in Keyfob and tick “Allow scripts to read this connection”."
            ),
        ),
        CliError::NotOpen { problem } => Output::err(Exit::NotOpen, &problem::in_words(problem)),
        CliError::TooShort { expires_at } => Output::err(
            Exit::Failed,
            &format!("The newest token of {which} is good until {} only.", expires_at.rfc3339()),
        ),
        CliError::Busy => Output::err(Exit::Later, "Too many programs are asking Keyfob at once."),
        CliError::Failed { problem, needs_you } => {
            let exit = match needs_you {
                true => Exit::NeedsYou,
                false if problem.class().passes() => Exit::Later,
                false => Exit::Failed,
            };
            Output::err(exit, &format!("{which}: {}", problem::in_words(problem)))
        }
    }
}

fn hint(request: &CliRequest, names: &[String]) -> String {
    let wanted = request.name().unwrap_or_default().to_lowercase();
    let likeness = |name: &String| strsim::jaro_winkler(&wanted, &name.to_lowercase());
    let nearest = names.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match nearest {
        None => "There is none yet. Open Keyfob to make one.".to_owned(),
        Some(near) if likeness(near) >= ALIKE => format!("Did you mean “{near}”?"),
        Some(_) if names.len() <= MOST_NAMES => {
            let all: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
            format!("There {} {}.", if all.len() == 1 { "is" } else { "are" }, all.join(", "))
        }
        Some(_) => "keyfob list shows them all.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use keyfob_core::Problem;

    use super::*;

    fn request(name: &str) -> CliRequest {
        CliRequest::Refresh { name: name.to_owned() }
    }

    fn says(request: &CliRequest, why: CliError) -> (Exit, String) {
        let saying = of(request, &why.into(), false);
        assert!(saying.out.expose_secret().is_empty(), "nothing is taken for a token");
        (saying.exit, saying.err)
    }

    #[test]
    fn an_unknown_name_suggests_the_closest_one() {
        let names = ["Finance bot".to_owned(), "Zeta".to_owned()];
        let unknown = |name: &str, names: &[String]| says(&request(name), CliError::Unknown { names: names.to_vec() });
        let (exit, text) = unknown("finanse bot", &names);
        assert_eq!(
            (exit, text.as_str()),
            (Exit::Unknown, "No connection is called “finanse bot”. Did you mean “Finance bot”?")
        );
        assert_eq!(unknown("x", &names).1, "No connection is called “x”. There are “Finance bot”, “Zeta”.");
        assert_eq!(unknown("x", &[]).1, "No connection is called “x”. There is none yet. Open Keyfob to make one.");
        let many: Vec<String> = (0..11).map(|n| format!("Bot {n}")).collect();
        assert_eq!(unknown("x", &many).1, "No connection is called “x”. keyfob list shows them all.");
    }

    #[test]
    fn each_kind_of_failure_has_its_exit_code() {
        let failed = |problem, needs_you| says(&request("Bot"), CliError::Failed { problem, needs_you }).0;
        assert_eq!(failed(Problem::GrantEnded, true), Exit::NeedsYou);
        assert_eq!(failed(Problem::Unreachable { host: "h".to_owned() }, false), Exit::Later);
        assert_eq!(failed(Problem::Untrusted { host: "h".to_owned() }, false), Exit::Later);
        assert_eq!(failed(Problem::Redirected { host: "h".to_owned() }, false), Exit::Later);
        assert_eq!(failed(Problem::NotSaved { reason: "full".to_owned() }, false), Exit::Failed);
        assert_eq!(says(&request("Bot"), CliError::Busy).0, Exit::Later);
        assert_eq!(says(&request("Bot"), CliError::NotAllowed { denied: true }).0, Exit::NotAllowed);
        let revoking = says(&CliRequest::Revoke { name: "Bot".to_owned() }, CliError::NotAllowed { denied: false });
        assert!(revoking.0 == Exit::NotAllowed && revoking.1.contains("nothing was done"), "{revoking:?}");
        assert_eq!(says(&request("Bot"), CliError::NotOpen { problem: Problem::KeyringLocked }).0, Exit::NotOpen);
    }

    #[test]
    fn output_ends_with_one_line_break() {
        for text in ["1000.a", "A=1\nB=2\n"] {
            let saying = of(&request("Bot"), &CliReply::Token(text.to_owned().into()), false);
            let out = String::from_utf8_lossy(saying.out.expose_secret()).into_owned();
            assert_eq!(out, format!("{}\n", text.trim_end()));
        }
    }
}
