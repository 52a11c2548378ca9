//! Link schemes on Linux: desktop files and `xdg-mime`.
//!
//! Keyfob writes its own desktop file only when no other one leads here: an installed package has its own. The plugin's
//! registration is not used: it quotes `Exec`, which the `xdg-open` of Debian 12 cannot read on a bare desktop.

use std::ffi::OsString;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;
use std::{env, fs, io};

use keyfob_core::Problem;
use tokio::process::Command;
use tokio::time::timeout;

use self::entry::DesktopEntry;
use crate::app::launch::{NAME, SCHEMES};
use crate::platform::programs;
use crate::storage::atomic_file;

pub(crate) mod entry;

/// The name of Keyfob's own desktop file.
const OURS: &str = "app.keyfob.cliq.desktop";

/// Time limit of the desktop's tools, which read and write a few small files.
const PATIENCE: Duration = Duration::from_secs(5);

/// The program a link or a login should start: the `AppImage` that Keyfob runs from, or else the one beside this
/// program.
pub fn program(appimage: Option<OsString>) -> io::Result<PathBuf> {
    appimage.map_or_else(programs::front, |appimage| Ok(appimage.into()))
}

/// The desktop's registry of programs and schemes.
#[derive(Debug)]
pub struct Desktop {
    program: PathBuf,
    /// The folders with desktop files, the user's own first.
    folders: Vec<PathBuf>,
    /// For the desktop's tools, in addition to what they inherit.
    environment: Vec<(&'static str, PathBuf)>,
}

enum Leads {
    Here,
    /// To no program, or to another copy of Keyfob.
    Nowhere,
    To(String),
}

impl Desktop {
    /// The registry of this user, whose links should lead to `program`.
    pub fn new(program: PathBuf, data: &Path) -> Self {
        let shared = env::var_os("XDG_DATA_DIRS").filter(|dirs| !dirs.is_empty());
        let shared = shared.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
        let folders = std::iter::once(data.to_owned())
            .chain(env::split_paths(&shared))
            .map(|folder| folder.join("applications"))
            .collect();
        Self { program, folders, environment: Vec::new() }
    }

    /// Ensures that links of every scheme lead to the program. Fails when another program owns a scheme.
    pub async fn prove(&self) -> Result<(), Problem> {
        let nowhere = || Problem::LinkNotOurs { owner: None };
        let lost = self.lost().await?;
        if lost.is_empty() {
            return Ok(());
        }
        self.claim(&lost).await.map_err(|_| nowhere())?;
        if self.lost().await?.is_empty() { Ok(()) } else { Err(nowhere()) }
    }

    /// The schemes that lead nowhere. Fails when another program owns one.
    pub(crate) async fn lost(&self) -> Result<Vec<&'static str>, Problem> {
        let mut lost = Vec::new();
        for scheme in SCHEMES {
            match self.leads(scheme).await {
                Leads::Here => {}
                Leads::Nowhere => lost.push(scheme),
                Leads::To(owner) => return Err(Problem::LinkNotOurs { owner: Some(owner) }),
            }
        }
        Ok(lost)
    }

    async fn leads(&self, scheme: &str) -> Leads {
        match self.handler(scheme).await {
            Some((name, entry)) => self.judge(&name, &entry),
            None => Leads::Nowhere,
        }
    }

    /// The name of the program that opens links of this scheme.
    pub(crate) async fn owner(&self, scheme: &str) -> Option<String> {
        let (_, entry) = self.handler(scheme).await?;
        installed(&entry.program).map(|_| entry.name)
    }

    /// The name and content of the desktop file that opens links of this scheme.
    async fn handler(&self, scheme: &str) -> Option<(String, DesktopEntry)> {
        let answer = self.run("xdg-mime", &["query", "default", &kind_of(scheme)]).await.ok()?;
        let answer = String::from_utf8_lossy(&answer.stdout).into_owned();
        let name = answer.split([';', '\n']).map(str::trim).find(|name| !name.is_empty())?;
        Some((name.to_owned(), self.entry(name)?))
    }

    fn entry(&self, name: &str) -> Option<DesktopEntry> {
        // `xdg-mime` prints a file name; a path is rejected.
        let plain = Path::new(name).file_name().is_some_and(|file| file == name);
        let path = self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
        DesktopEntry::read(&fs::read_to_string(path.filter(|_| plain)?).ok()?)
    }

    fn judge(&self, name: &str, entry: &DesktopEntry) -> Leads {
        let Some(program) = installed(&entry.program) else {
            return Leads::Nowhere;
        };
        if entry.takes_links && is_same(&program, &self.program) {
            Leads::Here
        } else if name == OURS || program.file_name() == Some(NAME.as_ref()) {
            Leads::Nowhere
        } else {
            Leads::To(entry.name.clone())
        }
    }

    async fn claim(&self, schemes: &[&str]) -> io::Result<()> {
        let folder = self.folders.first().ok_or(io::ErrorKind::NotFound)?;
        fs::create_dir_all(folder)?;
        atomic_file::replace(&folder.join(OURS), DesktopEntry::of(&self.program, &SCHEMES.map(kind_of)).as_bytes())?;
        // A cache for faster look-ups, which not every desktop has.
        let _ = self.run("update-desktop-database", &[&folder.to_string_lossy()]).await;
        let kinds: Vec<String> = schemes.iter().map(|scheme| kind_of(scheme)).collect();
        let mut arguments = vec!["default", OURS];
        arguments.extend(kinds.iter().map(String::as_str));
        self.run("xdg-mime", &arguments).await.map(drop)
    }

    async fn run(&self, tool: &str, arguments: &[&str]) -> io::Result<Output> {
        let mut command = Command::new(tool);
        command
            .args(arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        timeout(PATIENCE, command.output()).await.map_err(|_| io::ErrorKind::TimedOut)?
    }
}

fn kind_of(scheme: &str) -> String {
    format!("x-scheme-handler/{scheme}")
}

/// The path of a program named in a desktop file; `None` unless it exists and is executable.
fn installed(program: &str) -> Option<PathBuf> {
    let starts = |path: &PathBuf| fs::metadata(path).is_ok_and(|seen| seen.is_file() && seen.mode() & 0o111 != 0);
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(starts);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(starts)
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
