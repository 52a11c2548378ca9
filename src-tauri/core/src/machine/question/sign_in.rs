//! The questions of the sign-in machine to Zoho, the host and the user.

use secrecy::SecretString;
use zoho_oauth::client::{Client, OrganisationId};
use zoho_oauth::region::RegionCode;

use crate::domain::elsewhere::Elsewhere;
use crate::domain::fields::PasteField;

/// The question that an answer is for.
#[derive(Clone, Debug)]
pub(in crate::machine) enum SignInQuestion {
    /// Whether the link scheme opens this Keyfob.
    RedirectMethod,
    /// The same for the link on the final page; nothing depends on it.
    LinkBack,
    /// Which port is open.
    Port,
    Nonce,
    /// The token for Zoho's page to add permissions. `anyway` skips the check of the redirect.
    Enhance {
        anyway: bool,
    },
    Browser,
    Exchange(RegionCode),
    /// An exchange that the user cancelled: tokens that still arrive are revoked.
    Discard(RegionCode, Option<Box<Client>>),
    DeviceCode(RegionCode),
    /// Whether the user has approved a device code.
    Poll(RegionCode),
    /// Whether this region knows the draft's client.
    KnowsClient(RegionCode),
    /// Who owns the candidate's token.
    Identify,
    /// Whether Cliq accepts the candidate's token.
    Prove,
    /// A token for this organisation, issued to the client itself at this region.
    ClientToken(RegionCode, OrganisationId),
    /// Whether the refresh token that the user already has is valid at this region.
    ProveRefreshToken(RegionCode, SecretString),
    Paste(PasteField),
    PasteSecretFor(RegionCode),
    File,
    Unseal,
    TakeOver,
    /// Whether this region may be asked about this client.
    ConfirmAskRegion(Box<Client>, RegionCode),
    /// Whether a client secret may be pasted for this region; `None` as `field` is the draft's own field.
    ConfirmPasteSecret {
        text: SecretString,
        to: RegionCode,
        field: Option<RegionCode>,
    },
    /// Whether the console's code may be sent to this region.
    ConfirmUseCode(RegionCode),
    /// Whether this refresh token may be sent to this region.
    ConfirmUseRefreshToken {
        token: SecretString,
        at: RegionCode,
    },
    /// Whether a sign-in may continue in the region of its account, which its secrets were not given for.
    ConfirmGoElsewhere(Box<Elsewhere>),
}
