//! The command line, for scripts and for users at a terminal.
//!
//! **Invariant:** standard output gets the requested value and nothing else, and no secret goes anywhere else. A command asks
//! the running Keyfob; if none runs, it does the same work itself, under the same lock and with the same vault.

mod arguments;
mod doctor;
mod exit_code;
mod list;
mod live_check;
mod output;
pub mod problem;
mod request;
mod standalone;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use clap_complete::generate;
use keyfob_core::Problem;
use keyfob_core::cli::{CliReply, CliRequest};
use tokio::runtime::{Builder, Runtime};
use zoho_oauth::text;

use self::arguments::{Arguments, Verb};
pub use self::exit_code::EXIT_CODES;

use self::exit_code::Exit;
use self::output::Output;
use crate::app::engine::wall_clock;
use crate::storage::folders::Folders;

/// The command and its arguments, from which the manual is generated.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the command that the arguments name. The first argument is the program's name.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let verb = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.verb,
        Err(told) => return shown(&told),
    };
    match verb {
        Verb::List { json } => asks(&CliRequest::List, json),
        Verb::Token { name, format, min_valid, fresh } => {
            let issued_after = fresh.then(|| wall_clock()());
            asks(&CliRequest::Token { name, good_for: min_valid.as_secs(), shape: format.into(), issued_after }, false)
        }
        Verb::Refresh { name } => asks(&CliRequest::Refresh { name }, false),
        Verb::Test { name } => asks(&CliRequest::Test { name }, false),
        Verb::Revoke { name } => asks(&CliRequest::Revoke { name }, false),
        Verb::Doctor { json, log: false } => {
            in_the_world(|folders, runtime| said(&runtime.block_on(doctor::looks(folders, json))))
        }
        Verb::Doctor { json, log: true } => {
            in_the_world(|folders, runtime| said(&runtime.block_on(doctor::log::shows(folders, json))))
        }
        Verb::VerifyZoho { report } => without_folders(|runtime| said(&runtime.block_on(live_check::checks(report)))),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            generate(shell, &mut command(), "keyfob", &mut script);
            said(&Output::out(script))
        }
    }
}

fn asks(request: &CliRequest, json: bool) -> ExitCode {
    let waits = || {
        let _ = said(&output::asking(request));
    };
    in_the_world(|folders, runtime| match runtime.block_on(request::ask(folders, request, waits)) {
        Ok(answer) => {
            let code = said(&output::of(request, &answer.told, json));
            if let Some(problem) = answer.not_saved {
                let _ = said(&Output::note(problem::in_words(&problem)));
            }
            code
        }
        Err(unasked) => said(&Output::err(Exit::Later, &unasked.to_string())),
    })
}

/// Runs the work with the user's folders and a runtime.
fn in_the_world(work: impl FnOnce(&Folders, &Runtime) -> ExitCode) -> ExitCode {
    let Some(folders) = Folders::of_this_person() else {
        return said(&Output::err(Exit::Failed, "The system does not say where your files are."));
    };
    without_folders(|runtime| work(&folders, runtime))
}

/// Runs the work with a runtime.
fn without_folders(work: impl FnOnce(&Runtime) -> ExitCode) -> ExitCode {
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => work(&runtime),
        Err(_) => said(&Output::err(Exit::Failed, "The system has no room for another program.")),
    }
}

/// Prints clap's help, or its error about the arguments.
fn shown(told: &clap::Error) -> ExitCode {
    let _ = told.print();
    if told.use_stderr() { Exit::Usage } else { Exit::Done }.into()
}

/// Writes a text to a stream. A reader that has closed the stream is no error.
fn said(saying: &Output) -> ExitCode {
    saying.with_out(|out| {
        let mut to = io::stdout().lock();
        to.write_all(out).and_then(|()| to.flush())
    })
}

fn quoted(request: &CliRequest) -> String {
    format!("“{}”", text::shown(request.name().unwrap_or_default()))
}

/// Prints an answer, and the problem if it could not be saved.
struct CliResponse {
    told: CliReply,
    not_saved: Option<Problem>,
}
