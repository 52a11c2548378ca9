//! Before anything else: what is let into the process.
//!
//! **Invariant:** past [`begin`] the arguments are none or one readable link of ours, and nothing in the environment hands
//! the window to another program. A process that was started otherwise becomes one that was not.
//!
//! Deliberately absent: any word about the arguments; a link holds a code.

use std::env;
use std::ffi::{OsStr, OsString};
use std::panic;
use std::process::{Command, ExitCode};

use keyfob_core::callback;
use url::Url;

use crate::log;

/// The link schemes of Keyfob, the default redirect's first.
pub const SCHEMES: [&str; 2] = ["cliqkeyfob", "app.keyfob.cliq"];

/// Lets a driver control the window. Only the desktop tests build Keyfob to obey it.
const REMOTE_CONTROL: &str = "TAURI_WEBVIEW_AUTOMATION";

/// How a process should have been started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// As it was.
    AsItIs,
    /// With this link, or without any.
    With(Option<String>),
}

/// Makes panics quiet and the arguments clean. An error ends the process.
pub fn begin() -> Result<(), ExitCode> {
    quieten_panics();
    let mut arguments = env::args_os();
    let program = arguments.next().unwrap_or_default();
    let arguments: Vec<OsString> = arguments.collect();
    let obeys = !cfg!(feature = "automation") && env::var_os(REMOTE_CONTROL).is_some();
    match judge(&program, &arguments) {
        Start::AsItIs if !obeys => Ok(()),
        Start::AsItIs => Err(start_over(arguments.first())),
        Start::With(link) => Err(start_over(link.as_ref())),
    }
}

/// Compares how a process was started with how it should be: no argument or one link.
pub fn judge(program: &OsStr, arguments: &[OsString]) -> Start {
    let link = arguments.iter().find_map(|argument| link_in(argument));
    let as_it_is = program.to_str().is_some()
        && match arguments {
            [] => true,
            [only] => link.as_ref().is_some_and(|link| only == link.as_str()),
            _ => false,
        };
    if as_it_is { Start::AsItIs } else { Start::With(link) }
}

/// The link an argument is. One that cannot be passed on becomes a link that means nothing, so that it is counted.
pub fn link_in(argument: &OsStr) -> Option<String> {
    let bytes = argument.as_encoded_bytes();
    let is_of = |scheme: &&&str| {
        bytes.get(scheme.len()) == Some(&b':') && bytes[..scheme.len()].eq_ignore_ascii_case(scheme.as_bytes())
    };
    let scheme = SCHEMES.iter().find(is_of)?;
    let readable = |text: &&str| text.len() <= callback::LONGEST && Url::parse(text).is_ok();
    Some(match argument.to_str().filter(readable) {
        Some(text) => text.to_owned(),
        None => format!("{scheme}:unreadable"),
    })
}

/// A panic's message may quote what it stumbled over; its place says enough.
fn quieten_panics() {
    panic::set_hook(Box::new(|panicked| match panicked.location() {
        Some(place) => log::line(format_args!("gave up at {place}")),
        None => log::line(format_args!("gave up")),
    }));
}

/// Becomes the same program, started well. Returns only when that fails or, where a process cannot become another, when
/// that one has ended.
fn start_over(link: Option<impl AsRef<OsStr>>) -> ExitCode {
    let Ok(program) = env::current_exe() else {
        log::line(format_args!("cannot find its own program"));
        return ExitCode::FAILURE;
    };
    let mut again = Command::new(program);
    again.args(link).env_remove(REMOTE_CONTROL);
    run(&mut again)
}

#[cfg(unix)]
fn run(again: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let failed = again.arg0(env!("CARGO_PKG_NAME")).exec();
    log::line(format_args!("cannot start over: {}", failed.kind()));
    ExitCode::FAILURE
}

// Not tested there.
#[cfg(not(unix))]
fn run(again: &mut Command) -> ExitCode {
    match again.status() {
        Ok(ended) => ended
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from),
        Err(failed) => {
            log::line(format_args!("cannot start over: {}", failed.kind()));
            ExitCode::FAILURE
        }
    }
}
