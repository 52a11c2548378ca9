//! `keyfob doctor --log`: the latest events of the running Keyfob, or those that a Keyfob left when its engine broke.

use super::super::exit_code::Exit;
use super::super::output::Output;
use crate::diagnostics::flight_recorder::{CrashFile, Entry, as_json, as_text};
use crate::ipc::socket;
use crate::storage::folders::Folders;

const LEFT: &str = "No Keyfob is running. This is what the last one that made a mistake left.";

const NONE: &str = "No Keyfob is running, and none that made a mistake left anything. Open Keyfob, and ask again.";

/// Asks the running Keyfob; when none runs, reads the file in its folder.
pub(in super::super) async fn shows(folders: &Folders, json: bool) -> Output {
    match of_the_running_one(folders).await {
        Err(silent) => Output::err(Exit::Later, &silent),
        Ok(Some(entries)) => printed(&entries, json),
        Ok(None) => match CrashFile::in_folder(&folders.kept).read() {
            Ok(Some(entries)) => printed(&entries, json).with_note(LEFT),
            Ok(None) => Output::out(if json { as_json(&[]) } else { String::new() }).with_note(NONE),
            Err(why) => Output::err(
                Exit::Failed,
                &format!("The file that a Keyfob which made a mistake left is not shown: {why}."),
            ),
        },
    }
}

fn printed(entries: &[Entry], json: bool) -> Output {
    Output::out(if json { as_json(entries) } else { as_text(entries) })
}

async fn of_the_running_one(folders: &Folders) -> Result<Option<Vec<Entry>>, String> {
    let silent = |silent: socket::Silent| format!("{silent}. It may be another version.");
    socket::recorded(&folders.kept).await.map_err(silent)
}
