//! A file to write where the user chooses.

use secrecy::SecretString;

/// A file to write where the user chooses.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The name that the dialog proposes.
    pub name: String,
    /// The whole content.
    pub content: SecretString,
}
