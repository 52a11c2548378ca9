//! Questions of the parts that belong to no machine.

use zoho_oauth::region::Region;

use crate::domain::keeping::Keeping;
use crate::domain::notice::CopiedWhat;
use crate::messages::effect::Sensitivity;

/// Questions of the store.
#[derive(Clone, Debug)]
pub(in crate::machine) enum StoreQuestion {
    /// With how the key is held.
    OpenVault(Keeping),
    Save,
}

/// What is being copied, and whether it is secret.
#[derive(Clone, Debug)]
pub(in crate::machine) struct ClipboardQuestion(pub(in crate::machine) CopiedWhat, pub(in crate::machine) Sensitivity);

/// Questions that concern Keyfob as a whole.
#[derive(Clone, Debug)]
pub(in crate::machine) enum DeskQuestion {
    /// Whether this region may be added.
    ConfirmAddRegion(Box<Region>),
    SaveRegions,
    AtLogin,
    StartPractice,
}
