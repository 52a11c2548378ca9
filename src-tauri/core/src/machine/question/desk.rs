//! What the parts ask that belong to no machine.

use zoho_oauth::region::Region;

use crate::domain::keeping::Keeping;
use crate::domain::notice::CopiedWhat;
use crate::messages::effect::Sensitivity;

/// What the store asks.
#[derive(Clone, Debug)]
pub(in crate::machine) enum StoreQuestion {
    /// With how the key is held.
    OpenVault(Keeping),
    Save,
}

/// What was copied.
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
