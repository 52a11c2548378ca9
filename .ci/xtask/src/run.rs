//! Runs other programs in the project's folder.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The arguments of `cargo` for the whole workspace: the same features everywhere, so that nothing is compiled twice.
pub(crate) const WORKSPACE: [&str; 4] = ["--locked", "--workspace", "--features", "tauri/custom-protocol"];

/// Why a task failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What it checks does not hold. The reason is already printed.
    DoesNotHold,
    /// It could not check, and why.
    Unable(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unable(error.to_string())
    }
}

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.ancestors().nth(2).unwrap_or(xtask)
}

/// A path in the project's folder.
pub(crate) fn path(within: &str) -> PathBuf {
    root().join(within)
}

/// A folder of the project, empty.
pub(crate) fn empty_folder(within: &str) -> Result<PathBuf, Failure> {
    let folder = path(within);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&folder)?,
    }
    Ok(folder)
}

/// A program to run in the project's folder, without input; tools of `.ci/tool` are in its `PATH`.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut path_variable = path("target/tools/bin").into_os_string();
    if let Some(inherited) = env::var_os("PATH") {
        path_variable.push(":");
        path_variable.push(inherited);
    }
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).env("PATH", path_variable).stdin(Stdio::null());
    command
}

/// Whether the program succeeds; its output goes to the terminal.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| Failure::Unable(format!("{name}: {error}")))?;
    Ok(status.success())
}

/// Whether the program succeeds; its output goes to the end of this file.
pub(crate) fn succeeds_logged(command: &mut Command, log: &Path) -> Result<bool, Failure> {
    let log = File::options().create(true).append(true).open(log)?;
    succeeds(command.stdout(log.try_clone()?).stderr(log))
}

/// Runs a program that the task needs.
pub(crate) fn require(command: &mut Command) -> Result<(), Failure> {
    if succeeds(command)? { Ok(()) } else { Err(Failure::Unable(format!("{command:?} failed"))) }
}

/// Lets the desktop tests find the program that `WebDriver` may steer, and a folder for their pictures.
pub(crate) fn drive_window(tests: &mut Command, pictures: &str) {
    tests.env("KEYFOB_APP", path("target/automation/keyfob")).env("KEYFOB_PICTURES", path(pictures));
}

/// Installs a tool of cargo's in this version, where it is missing.
pub(crate) fn tool(name: &str, version: &str) -> Result<(), Failure> {
    require(&mut program(".ci/tool", &[name, version]))
}

/// The last lines of a log.
pub(crate) fn last_lines(log: &str, count: usize) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
