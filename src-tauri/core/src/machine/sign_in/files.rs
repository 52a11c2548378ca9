//! Files that the user drops on the window, or picks.
//!
//! Invariant: a file's content decides what it is, never its name, and one that is not understood changes nothing.
#![expect(clippy::disallowed_methods, reason = "parses an opened file")]

use secrecy::{ExposeSecret, SecretSlice};
use zoho_oauth::self_client::{SelfClientFile, is_self_client};

use crate::domain::problem::Problem;
use crate::formats::handover_file;
use crate::formats::setup_file::{self, Setup};

use super::SignIn;

impl SignIn<'_> {
    pub(super) fn file_picked(&mut self, picked: Result<Option<SecretSlice<u8>>, Problem>) {
        match picked {
            Ok(Some(file)) => self.take_file(file),
            Ok(None) => {}
            Err(problem) => self.cx.notices.trouble(problem),
        }
    }

    /// Ignores a file before the vault is open: its content has nowhere to go.
    pub(in crate::machine) fn file_dropped(&mut self, dropped: Result<SecretSlice<u8>, Problem>) {
        if self.store.opened().is_some() {
            self.file_picked(dropped.map(Some));
        }
    }

    fn take_file(&mut self, file: SecretSlice<u8>) {
        let bytes = file.expose_secret();
        if is_self_client(bytes) && !setup_file::is_keyfobs(bytes) {
            match SelfClientFile::read(bytes) {
                Some(read) => self.self_client_came(&read),
                None => self.cx.notices.trouble(Problem::FileUnknown),
            }
        } else if handover_file::is_sealed(bytes) {
            self.sealed_came(file);
        } else if let Some(read) = Setup::read(bytes) {
            self.setup_came(read);
        } else {
            self.cx.notices.trouble(Problem::FileUnknown);
        }
    }
}
