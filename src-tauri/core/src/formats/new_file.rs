//! A file to be written where the user says.

use secrecy::SecretString;

/// A file to be written where the user says.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// What the dialog proposes.
    pub name: String,
    /// The whole content.
    pub content: SecretString,
}
