//! Keyfob's side of a story, in a separate process: it performs the operation and reports the results.
//!
//! It reports by a system call that nothing else here makes (`writev`), so that it works while every `write` fails.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;

use keyfob::storage::atomic_file;
use keyfob::storage::instance_lock::Instance;
use keyfob::storage::live_file;
use keyfob::storage::vault::Vault;
use secrecy::{SecretSlice, SecretString};

use crate::home::Home;
use crate::story::{Operation, Story};

/// More calls of each kind than this process's first thread ever makes. strace counts the calls of each thread
/// separately but injects at the same number in all, so the story's own thread has to be ahead.
const AHEAD: usize = 60;

pub struct Side {
    heard: File,
    home: Home,
    story: Story,
}

impl Side {
    pub fn new(home: &Path, story: &str) -> Self {
        let heard = File::from(io::stdout().as_fd().try_clone_to_owned().unwrap());
        Self { heard, home: Home::at(home), story: Story::told(story) }
    }

    pub fn does_it(&mut self) {
        get_ahead();
        self.says("begin");
        match self.story.operation {
            Operation::PutAway => self.puts_away(),
            operation if operation.is_on_the_vault() => self.runs("open sesame"),
            Operation::LiveFileRemoved => {
                let file = self.home.file();
                self.tries("nothing", || live_file::remove(file.to_str().unwrap(), &[]).map_err(|p| format!("{p:?}")));
            }
            operation => {
                for number in operation.writes() {
                    self.writes_a_file(number);
                }
            }
        }
        self.says("done");
    }

    /// Starts as Keyfob does, and saves.
    fn runs(&mut self, passphrase: &str) {
        let Some((_instance, mut vault)) = self.starts(passphrase) else { return };
        for number in self.story.operation.writes() {
            let content = SecretSlice::from(self.story.content(number));
            self.tries(&number.to_string(), || vault.save(&content).map_err(|problem| problem.to_string()));
        }
    }

    fn starts(&mut self, passphrase: &str) -> Option<(Instance, Vault)> {
        let (folder, held_by) = (self.home.folder(), self.story.held_by);
        for _ in 0..2 {
            let mut not_renewed = None;
            let mut start = || {
                let instance = Instance::claim(&folder).map_err(|why| why.to_string())?;
                let mut opened = self.home.open(held_by, passphrase).map_err(|why| why.to_string())?;
                not_renewed = opened.not_renewed.take();
                if opened.contents.is_none() {
                    opened.vault.prove().map_err(|why| why.to_string())?;
                }
                Ok::<_, String>((instance, opened.vault))
            };
            let started = start();
            if let Some(why) = not_renewed {
                self.says(&format!("not renewed: {why}"));
            }
            match started {
                Ok(started) => {
                    self.says("opened");
                    return Some(started);
                }
                Err(why) => self.says(&format!("not opened: {why}")),
            }
        }
        None
    }

    fn puts_away(&mut self) {
        for _ in 0..2 {
            match Vault::put_away(&self.home.folder()) {
                Ok(_) => {
                    self.says("put away");
                    return self.runs("open barley");
                }
                Err(why) => self.says(&format!("not put away: {why}")),
            }
        }
    }

    fn writes_a_file(&mut self, number: usize) {
        let (file, content) = (self.home.file(), self.story.content(number));
        if self.story.operation == Operation::LiveFile {
            let content = SecretString::from(String::from_utf8(content).unwrap());
            let write = || live_file::write(file.to_str().unwrap(), &content, &[]).map_err(|p| format!("{p:?}"));
            self.tries(&number.to_string(), write);
        } else {
            self.tries(&number.to_string(), || atomic_file::replace(&file, &content).map_err(|why| why.to_string()));
        }
    }

    /// Saves, and retries once after a failure, as the user does.
    fn tries<E: Display>(&mut self, what: &str, mut save: impl FnMut() -> Result<(), E>) {
        for _ in 0..2 {
            self.says(&format!("saving {what}"));
            match save() {
                Ok(()) => return self.says(&format!("saved {what}")),
                Err(why) => self.says(&format!("not saved {what}: {why}")),
            }
        }
    }

    fn says(&mut self, what: &str) {
        let line = format!("\n> {what}\n");
        let told = self.heard.write_vectored(&[IoSlice::new(line.as_bytes())]).unwrap();
        assert_eq!(told, line.len());
    }
}

fn get_ahead() {
    for _ in 0..AHEAD {
        let mut nowhere = File::options().read(true).write(true).open("/dev/null").unwrap();
        nowhere.write_all(b"x").unwrap();
        assert_eq!(nowhere.read(&mut [0]).unwrap(), 0);
        assert!(fs::symlink_metadata("/dev/null").is_ok());
    }
}
