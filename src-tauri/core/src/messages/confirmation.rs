//! Questions that the user answers outside the page, in a dialog of the operating system.
//!
//! Invariant: the page can cause a question and never answer one, so a script in the page cannot hand out a secret,
//! name a server that secrets go to, or drop tokens that still work. Deliberately absent: sentences; the message
//! catalogue has them.

use zoho_oauth::region::Region;

use crate::formats::handover_file::Lasts;

/// Whose connection a question is about. The page chooses a connection's name, and none of this.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// As the region's server told it; `None` where it did not, or is not known any more.
    pub email: Option<String>,
    /// The organization that a client's own token is for; `None` where it is a user's.
    pub organisation: Option<String>,
    /// The accounts server; `None` where the region is in no table.
    pub host: Option<String>,
}

/// What the user is asked to allow.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Confirmation {
    /// Add a region, whose servers are then sent client secrets and tokens.
    AddRegion { region: Box<Region> },
    /// Send the client's ID and secret to this accounts server, to learn whether it knows the client.
    AskRegion { host: String },
    /// Let programs of this user read the connection's access token. `to_front` is false where a dialog for the same
    /// connection took the focus a short while ago.
    AllowScripts { name: String, account: Account, to_front: bool },
    /// Take a client secret from the clipboard that is then sent to this accounts server of an added region.
    PasteSecret { host: String },
    /// Send the client and the code of the console's file to this accounts server of an added region.
    UseCode { host: String },
    /// Send the client and the refresh token that the user already has to this accounts server of an added region.
    UseRefreshToken { host: String },
    /// Send the code and the client secret of a sign-in to this accounts server, where its account is, in a region that the
    /// secret was not given for.
    GoElsewhere { host: String },
    /// Copy the connection's refresh token to the clipboard.
    CopyRefreshToken { name: String, account: Account },
    /// Write these secrets of the connection to a file, besides its access token.
    Export { name: String, account: Account, refresh_token: bool, client_secret: bool },
    /// Write the connection with its secrets to a sealed file, for whom, and for how long Keyfob takes it there. `key` is the
    /// key it is sealed to; `None` for a passphrase.
    Handover { name: String, account: Account, to: String, lasts: Lasts, key: Option<String> },
    /// Forget tokens that still work at Zoho.
    Forget { name: String, account: Account },
    /// End the connection's tokens at Zoho and delete it, as a program asks. `to_front` as in [`Self::AllowScripts`].
    Revoke { name: String, account: Account, to_front: bool },
}

/// What the user answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No, now and later. Only [`Confirmation::AllowScripts`] has a button for it.
    Deny,
    /// Not now: the button, Escape, or a closed dialog.
    Dismiss,
}
