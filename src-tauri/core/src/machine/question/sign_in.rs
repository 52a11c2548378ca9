//! What the sign-in machine asks of Zoho, of the world and of the user.

use secrecy::SecretString;
use zoho_oauth::client::{Client, OrganisationId};
use zoho_oauth::region::RegionCode;

use crate::domain::elsewhere::Elsewhere;
use crate::domain::fields::PasteField;

/// What an answer is for.
#[derive(Clone, Debug)]
pub(in crate::machine) enum SignInQuestion {
    /// Whether links lead here.
    RedirectMethod,
    /// The same for the link of the page at the end; nothing depends on it.
    LinkBack,
    /// Which port is listened on.
    Port,
    Nonce,
    /// For the page to add permissions. `anyway` skips the check of the redirect.
    Enhance {
        anyway: bool,
    },
    Browser,
    Exchange(RegionCode),
    /// An exchange that the user cancelled: tokens that still come are revoked.
    Discard(RegionCode, Option<Box<Client>>),
    DeviceCode(RegionCode),
    /// Whether the user has approved a device code.
    Poll(RegionCode),
    /// Whether this region knows the draft's client.
    KnowsClient(RegionCode),
    /// Whose token the candidate's is.
    Identify,
    /// Whether Cliq takes the candidate's token.
    Prove,
    /// A token for this organisation, issued to the client itself at this region.
    ClientToken(RegionCode, OrganisationId),
    /// Whether the refresh token that the user already has is good, at this region.
    ProveRefreshToken(RegionCode, SecretString),
    Paste(PasteField),
    PasteSecretFor(RegionCode),
    File,
    Unseal,
    TakeOver,
    /// Whether this region may be asked about this client.
    ConfirmAskRegion(Box<Client>, RegionCode),
    /// From the clipboard, for this region; into the draft's own field or that of another data center.
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
    /// The account of a sign-in is in a region that its secrets were not given for.
    ConfirmGoElsewhere(Box<Elsewhere>),
}
