//! The user's intents: the verbs of the window, grouped by the machine that handles them.
//!
//! Invariant: an intent never fails; an invalid one appears as a [`crate::Problem`] in the next snapshot.

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

/// A request by the user.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "machine", rename_all = "camelCase")]
pub enum Intent {
    /// About the vault.
    Vault(VaultIntent),
    /// About Keyfob as a whole.
    App(AppIntent),
    /// About the sign-in.
    SignIn(SignInIntent),
    /// About refreshing tokens.
    Tokens(TokensIntent),
    /// About the harmless reads.
    Checks(ChecksIntent),
    /// About copies, exports, live files and handovers.
    Share(ShareIntent),
    /// About revoking tokens.
    Revoke(RevokeIntent),
    /// About what programs may do.
    Cli(CliIntent),
}

/// Converts a machine's own intent.
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
