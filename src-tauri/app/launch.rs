//! The first thing that runs: which arguments and environment the process accepts.
//!
//! **Invariant:** after [`begin`] the window has at most one argument, [`HIDDEN`] or one valid Keyfob link, and no
//! environment variable lets another program control the window. A process that was started with anything else restarts
//! itself without it. Arguments that begin with a command belong to the command line, which opens no window. In both
//! cases other programs cannot read the process's memory.
//!
//! Deliberately absent: logging of arguments; a link holds a code.

use std::env;
use std::ffi::{OsStr, OsString};
use std::panic;
use std::process::{Command, ExitCode};

use keyfob_core::loopback::FRONT;
use url::Url;
use zoho_oauth::authorization_response;

use crate::diagnostics::log;
use crate::platform::process_memory;

/// Keyfob's link schemes; that of the default redirect URI comes first.
pub const SCHEMES: [&str; 2] = ["cliqkeyfob", "app.keyfob.cliq"];

/// The argument with which the system starts Keyfob at login, without showing its window.
pub const HIDDEN: &str = "--hidden";

/// The environment variable that lets WebDriver control the window.
const REMOTE_CONTROL: &str = "TAURI_WEBVIEW_AUTOMATION";

/// The program's name, by which desktops match windows to their application.
pub const NAME: &str = env!("CARGO_PKG_NAME");

/// The longest argument that counts as a command, in bytes.
const LONGEST_COMMAND: usize = 32;

/// Whether WebDriver may drive the window, and other programs may read its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// As in the program that users get.
    Refused,
    /// As in the program that the desktop tests drive.
    Allowed,
}

/// What a process is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Open the window, or wait without one until the user asks for it.
    Window,
    /// Run the command in the arguments.
    CommandLine,
}

/// How the process should have been started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Launch {
    /// As it was started.
    AsItIs,
    /// As it was started, as the command line.
    Command,
    /// With this link, or without any.
    With(Option<String>),
}

/// Makes the memory private, keeps panics from printing data, and checks the arguments. On an error, the process must
/// end with its exit code.
pub fn begin(driver: Driver) -> Result<Mode, ExitCode> {
    let allowed = driver == Driver::Allowed;
    process_memory::keep_private(allowed);
    quieten_panics();
    let mut arguments = env::args_os();
    let program = arguments.next().unwrap_or_default();
    let arguments: Vec<OsString> = arguments.collect();
    let clean = allowed || env::var_os(REMOTE_CONTROL).is_none();
    match classify_args(&program, &arguments) {
        Launch::Command => Ok(Mode::CommandLine),
        Launch::AsItIs if clean => Ok(Mode::Window),
        Launch::AsItIs => Err(becomes(&mut again(arguments.first(), driver))),
        Launch::With(link) => Err(becomes(&mut again(link.as_ref(), driver))),
    }
}

/// Compares how a process was started with how it should be: no argument, one link, [`HIDDEN`], or a command.
pub fn classify_args(program: &OsStr, arguments: &[OsString]) -> Launch {
    if arguments.first().is_some_and(|first| is_command(first)) {
        return Launch::Command;
    }
    let link = arguments.iter().find_map(|argument| link_in(argument));
    let as_it_is = program.to_str().is_some()
        && match arguments {
            [] => true,
            [only] if only == HIDDEN => true,
            [only] => link.as_ref().is_some_and(|link| only == link.as_str()),
            _ => false,
        };
    if as_it_is { Launch::AsItIs } else { Launch::With(link) }
}

/// Whether the first argument is a command: any word, so that a mistyped one is reported instead of opening the window,
/// or a request for help or the version. Links, paths and the options that a desktop adds are not commands.
fn is_command(argument: &OsStr) -> bool {
    let asks = ["-h", "--help", "-V", "--version"].iter().any(|known| argument == *known);
    let bytes = argument.as_encoded_bytes();
    let is_word = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.len() <= LONGEST_COMMAND
        && bytes.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    asks || is_word
}

/// The link in an argument; `None` when the argument has none of Keyfob's schemes. An unreadable link becomes a
/// placeholder, so that it is still counted.
pub fn link_in(argument: &OsStr) -> Option<String> {
    let bytes = argument.as_encoded_bytes();
    let is_of = |scheme: &&&str| {
        bytes.get(scheme.len()) == Some(&b':') && bytes[..scheme.len()].eq_ignore_ascii_case(scheme.as_bytes())
    };
    let scheme = SCHEMES.iter().find(is_of)?;
    let readable = |text: &&str| text.len() <= authorization_response::LONGEST && Url::parse(text).is_ok();
    Some(match argument.to_str().filter(readable) {
        Some(text) => text.to_owned(),
        None => format!("{scheme}:unreadable"),
    })
}

/// The link this process was started with.
pub fn link() -> Option<String> {
    env::args_os().nth(1).and_then(|argument| link_in(&argument))
}

/// Whether the link only asks a running Keyfob to show its window. When none runs, there is nothing to do.
pub fn asks_for_front() -> bool {
    link().is_some_and(|link| link == FRONT)
}

/// Whether the process starts without showing its window.
pub fn is_hidden() -> bool {
    env::args_os().nth(1).is_some_and(|argument| argument == HIDDEN)
}

/// Prints where a panic happened, but not its message, which may quote data.
fn quieten_panics() {
    panic::set_hook(Box::new(|panicked| match panicked.location() {
        Some(place) => log::line(format_args!("gave up at {place}")),
        None => log::line(format_args!("gave up")),
    }));
}

/// This program, with arguments and environment that pass the check.
fn again(link: Option<impl AsRef<OsStr>>, driver: Driver) -> Command {
    let mut again = Command::new(env::current_exe().unwrap_or_default());
    again.args(link);
    if driver == Driver::Refused {
        again.env_remove(REMOTE_CONTROL);
    }
    again
}

/// Replaces this process with `program`. Returns only when that fails or, on systems where a process cannot be
/// replaced, when the program has ended.
#[cfg(unix)]
pub(crate) fn becomes(program: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let failed = program.arg0(NAME).exec();
    log::line(format_args!("cannot start its window: {}", failed.kind()));
    ExitCode::FAILURE
}

// Not tested on these systems.
#[cfg(not(unix))]
pub(crate) fn becomes(program: &mut Command) -> ExitCode {
    let code = program.status().ok().and_then(|ended| ended.code());
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
