//! Power loss, derived from the order of calls: data that was not flushed may be lost, whatever followed it.
//!
//! Invariant: a file is flushed before it is renamed, and every folder whose names changed before anything is reported.

use std::collections::BTreeSet;

use crate::home::{Home, is_part};
use crate::strace::Call;

/// The files and folders that a power loss would affect now.
#[derive(Default)]
struct Unflushed {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

/// Returns the number of names created or removed; fails with what was not flushed in time.
pub fn judge(calls: &[Call], home: &Home) -> Result<usize, String> {
    let mut unflushed = Unflushed::default();
    let mut names = 0;
    let keyring = home.path().join("keyring");
    let is_ours =
        |path: &str| path.starts_with(home.path().to_str().unwrap()) && !path.starts_with(keyring.to_str().unwrap());
    for call in calls.iter().filter(|call| !call.line.contains(" = -1 ")) {
        if call.tells() {
            if (call.line.contains("> saved") || call.line.contains("> put away"))
                && !(unflushed.files.is_empty() && unflushed.folders.is_empty())
            {
                let Unflushed { files, folders } = unflushed;
                return Err(format!("{}\nbut not flushed: {files:?} {folders:?}", call.line));
            }
            continue;
        }
        let Some(first) = path_of(call, 0).filter(|path| is_ours(path)) else { continue };
        match call.name.as_str() {
            "write" | "ftruncate" => drop(unflushed.files.insert(first)),
            "fsync" | "fdatasync" => {
                unflushed.files.remove(&first);
                unflushed.folders.remove(&first);
            }
            "rename" | "renameat" | "renameat2" => {
                let to = path_of(call, 1).ok_or_else(|| format!("unknown form of call: {}", call.line))?;
                if unflushed.files.contains(&first) {
                    return Err(format!("renamed before it was flushed: {}", call.line));
                }
                unflushed.folders.insert(folder_of(&to));
                names += 1;
            }
            // A stray that reappears is swept again.
            "unlink" | "unlinkat" | "mkdir" | "mkdirat" if !is_part(&first) => {
                unflushed.folders.insert(folder_of(&first));
                names += 1;
            }
            _ => {}
        }
    }
    Ok(names)
}

/// Returns a path among a call's arguments: in quotes, or after a descriptor.
fn path_of(call: &Call, nth: usize) -> Option<String> {
    let arguments = call.line.split_once('(')?.1;
    let quoted: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
    let takes_a_descriptor = matches!(call.name.as_str(), "write" | "ftruncate" | "fsync" | "fdatasync");
    if takes_a_descriptor {
        return arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(path, _)| path.to_owned());
    }
    quoted.get(nth).map(|path| (*path).to_owned())
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or_else(|| path.to_owned(), |(folder, _)| folder.to_owned())
}
