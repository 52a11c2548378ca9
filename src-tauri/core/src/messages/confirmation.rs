//! Questions that the user answers outside the page, in an operating system dialog.
//!
//! Invariant: the page can trigger a question but never answer one, so a script in the page cannot hand out a secret,
//! name a server that secrets go to, or drop tokens that still work. Deliberately absent: sentences; the message
//! catalogue has them.

use zoho_oauth::region::Region;

use crate::formats::handover_file::Lasts;

/// The owner of the connection that a question is about. The page chooses a connection's name, but nothing in here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// As reported by the region's server; `None` when it was not, or when the server is no longer known.
    pub email: Option<String>,
    /// The organisation of a token issued to the client itself; `None` for a user's token.
    pub organisation: Option<String>,
    /// The accounts server; `None` when the region is not in the table.
    pub host: Option<String>,
}

/// An action that the user is asked to allow.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Confirmation {
    /// Add a region, whose servers then receive client secrets and tokens.
    AddRegion { region: Box<Region> },
    /// Send the client's ID and secret to this accounts server, to learn whether it knows the client.
    AskRegion { host: String },
    /// Let programs of this user read the connection's access token. `to_front` is false when a dialog for the same
    /// connection took the focus recently.
    AllowScripts { name: String, account: Account, to_front: bool },
    /// Take a client secret from the clipboard, to be sent to this accounts server of an added region.
    PasteSecret { host: String },
    /// Send the client and the code from the console's file to this accounts server of an added region.
    UseCode { host: String },
    /// Send the client and the refresh token that the user already has to this accounts server of an added region.
    UseRefreshToken { host: String },
    /// Send a sign-in's code and client secret to this accounts server, which has the account, in a region that the
    /// secret was not given for.
    GoElsewhere { host: String },
    /// Copy the connection's refresh token to the clipboard.
    CopyRefreshToken { name: String, account: Account },
    /// Write these secrets of the connection to a file, besides its access token.
    Export { name: String, account: Account, refresh_token: bool, client_secret: bool },
    /// Write the connection with its secrets to a sealed file for this recipient, whose Keyfob accepts it for the time
    /// `lasts`. `key` is the key it is sealed to; `None` for a passphrase.
    Handover { name: String, account: Account, to: String, lasts: Lasts, key: Option<String> },
    /// Forget tokens that still work at Zoho.
    Forget { name: String, account: Account },
    /// Revoke the connection's tokens at Zoho and delete it, as a program requests. `to_front` as in
    /// [`Self::AllowScripts`].
    Revoke { name: String, account: Account, to_front: bool },
}

/// The user's answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Yes.
    Allow,
    /// No, now and later. Only [`Confirmation::AllowScripts`] has a button for it.
    Deny,
    /// Not now: the button, Escape, or a closed dialog.
    Dismiss,
}
