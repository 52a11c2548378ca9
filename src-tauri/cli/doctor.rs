//! `keyfob doctor`: checks what Keyfob needs from this computer.
//!
//! **Invariant:** it changes nothing and prints no secret: no token, no user name, no proxy password.

pub(super) mod log;
mod network;
mod proxy;

use std::fmt::Write;
use std::time::Duration;

use keyfob_core::cli::{CliAnswer, CliError, CliReply, CliRequest, Listed};
use keyfob_core::custom_regions::read_regions_file;
use serde_json::json;
use zoho_oauth::region::{Region, Regions};

use super::exit_code::Exit;
use super::output::Output;
use super::problem::in_words;
use super::{CliResponse, request};
use crate::ipc::socket;
use crate::platform::os_name;
use crate::platform::{scheme, tray_host};
use crate::storage::folders::Folders;
use crate::storage::keychain::{Keychain, OsKeychain};
use crate::storage::regions_file::RegionsFile;

/// A keyring that takes longer is waiting for the user.
const PATIENCE: Duration = Duration::from_secs(10);

/// The result of one check.
#[derive(Debug, Eq, PartialEq)]
struct Check {
    what: &'static str,
    how: How,
    said: String,
}

/// The state of what was checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum How {
    Fine,
    /// Not ideal, but Keyfob works with it.
    Note,
    Wrong,
}

impl How {
    fn in_a_word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Note => "note",
            Self::Wrong => "wrong",
        }
    }
}

impl Check {
    fn fine(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, how: How::Fine, said: said.into() }
    }

    fn note(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, how: How::Note, said: said.into() }
    }

    fn wrong(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, how: How::Wrong, said: said.into() }
    }
}

/// Runs all checks and reports their findings.
pub(super) async fn looks(folders: &Folders, as_json: bool) -> Output {
    let (vault, connections) = vault(folders).await;
    let regions = regions(folders, &connections);
    let mut found = vec![itself(folders).await, vault, keyring(), links().await, browser().await, tray()];
    found.extend(network::looks(&regions).await);
    found.push(proxy::looks());
    let exit = if found.iter().any(|finding| finding.how == How::Wrong) { Exit::Failed } else { Exit::Done };
    Output::out(if as_json { array(&found) } else { table(&found) }).ends(exit)
}

async fn itself(folders: &Folders) -> Check {
    let running = socket::is_attended(&folders.kept).await;
    let state = if running { "running" } else { "not running; commands open the vault themselves" };
    Check::fine("Keyfob", format!("{} on {}, {state}", env!("CARGO_PKG_VERSION"), os_name::in_words()))
}

async fn vault(folders: &Folders) -> (Check, Vec<Listed>) {
    const WHAT: &str = "Vault";
    match request::ask(folders, &CliRequest::List, || ()).await {
        Ok(CliResponse { told: CliReply::Said(CliAnswer::Listed { connections, .. }), .. }) => {
            let count = connections.len();
            let said = if count == 1 {
                "opens, with 1 connection".to_owned()
            } else {
                format!("opens, with {count} connections")
            };
            (Check::fine(WHAT, said), connections)
        }
        Ok(CliResponse { told: CliReply::Said(CliAnswer::NotDone { why: CliError::NotOpen { problem } }), .. }) => {
            (Check::wrong(WHAT, in_words(&problem)), Vec::new())
        }
        Ok(_) => (Check::wrong(WHAT, "did not say what is in it"), Vec::new()),
        Err(unasked) => (Check::wrong(WHAT, unasked.to_string()), Vec::new()),
    }
}

/// The regions of the connections; the first region of all when there are no connections.
fn regions(folders: &Folders, connections: &[Listed]) -> Vec<Region> {
    let mut known = Regions::built_in();
    if let Ok(Some(text)) = RegionsFile::in_folder(&folders.config).read() {
        // The window reports what is wrong with that file.
        let _ = read_regions_file(&text, &mut known);
    }
    let used = |region: &&Region| connections.iter().any(|c| c.region == region.code);
    let found: Vec<Region> = known.iter().filter(used).cloned().collect();
    if found.is_empty() { known.iter().take(1).cloned().collect() } else { found }
}

fn keyring() -> Check {
    const WHAT: &str = "Keyring";
    match OsKeychain::default().probe(PATIENCE) {
        Ok(()) => Check::fine(WHAT, "keeps a secret and gives it back"),
        Err(why) => Check::wrong(WHAT, in_words(&why.into())),
    }
}

async fn links() -> Check {
    const WHAT: &str = "Links";
    match scheme::look().await {
        Ok(true) => Check::fine(WHAT, "cliqkeyfob: leads to this Keyfob"),
        Ok(false) => Check::note(WHAT, "cliqkeyfob: leads nowhere yet; Keyfob sees to that before the next sign-in"),
        Err(problem) => Check::wrong(WHAT, in_words(&problem)),
    }
}

async fn browser() -> Check {
    const WHAT: &str = "Browser";
    match scheme::browser().await {
        Some(name) => Check::fine(WHAT, name),
        None => Check::wrong(WHAT, "none opens https addresses; a link can still be copied from Keyfob's window"),
    }
}

fn tray() -> Check {
    const WHAT: &str = "Tray";
    if tray_host::is_there() {
        Check::fine(WHAT, "this desktop shows icons")
    } else {
        Check::note(WHAT, "this desktop shows none; closed, Keyfob stays as a small window")
    }
}

fn table(found: &[Check]) -> String {
    let mut text = String::new();
    for Check { what, how, said } in found {
        let word = how.in_a_word();
        let mark = if *how == How::Wrong { word.to_uppercase() } else { word.to_owned() };
        // Writing to a String does not fail.
        let _ = writeln!(text, "{mark:<5}  {what:<7}  {said}");
    }
    text
}

fn array(found: &[Check]) -> String {
    let object = |Check { what, how, said }: &Check| json!({ "what": what.to_lowercase(), "state": how.in_a_word(), "said": said });
    let all: Vec<_> = found.iter().map(object).collect();
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn wrong_findings_stand_out() {
        let found = [Check::fine("Keyring", "keeps"), Check::note("Tray", "none"), Check::wrong("Links", "lost")];
        assert_eq!(table(&found), "ok     Keyring  keeps\nnote   Tray     none\nWRONG  Links    lost\n");
        let read: serde_json::Value = serde_json::from_str(&array(&found)).unwrap();
        assert_eq!(read[2], json!({ "what": "links", "state": "wrong", "said": "lost" }));
    }
}
