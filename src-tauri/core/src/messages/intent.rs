//! What the user asked: the verbs of the window, by the machine that they are for.
//!
//! Invariant: an intent never fails; a bad one shows as a [`crate::Problem`] in the next snapshot.

mod app;
mod checks;
mod cli;
mod revoke;
mod share;
mod sign_in;
mod tokens;
mod typed_text;
mod vault;

pub use app::AppIntent;
pub use checks::ChecksIntent;
pub use cli::CliIntent;
pub use revoke::RevokeIntent;
pub use share::ShareIntent;
pub use sign_in::SignInIntent;
pub use tokens::TokensIntent;
pub use typed_text::TypedText;
pub use vault::VaultIntent;

use serde::Deserialize;

/// What the user asks.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "machine", rename_all = "camelCase")]
pub enum Intent {
    /// Of the vault.
    Vault(VaultIntent),
    /// Of Keyfob as a whole.
    App(AppIntent),
    /// Of the sign-in.
    SignIn(SignInIntent),
    /// Of the renewing of tokens.
    Tokens(TokensIntent),
    /// Of the harmless reads.
    Checks(ChecksIntent),
    /// Of what is handed out.
    Share(ShareIntent),
    /// Of the end of tokens.
    Revoke(RevokeIntent),
    /// Of what programs may do.
    Cli(CliIntent),
}

/// From a machine's own intent.
macro_rules! from {
    ($($machine:ident: $intent:ident),+ $(,)?) => {
        $(impl From<$intent> for Intent {
            fn from(intent: $intent) -> Self {
                Self::$machine(intent)
            }
        })+
    };
}

from!(
    Vault: VaultIntent,
    App: AppIntent,
    SignIn: SignInIntent,
    Tokens: TokensIntent,
    Checks: ChecksIntent,
    Share: ShareIntent,
    Revoke: RevokeIntent,
    Cli: CliIntent,
);
