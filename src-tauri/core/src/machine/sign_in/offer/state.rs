//! A file of a colleague's, as far as it is open.

use secrecy::SecretSlice;
use zoho_oauth::region::RegionCode;

use crate::domain::problem::Problem;
use crate::formats::handover_file::Handover;
use crate::formats::setup_file::Setup;

/// What a file brings that the user has not taken yet.
#[derive(Debug)]
pub(crate) enum Offer {
    Setup(Setup),
    /// Not open yet; with why it is not.
    Sealed {
        file: SecretSlice<u8>,
        trying: bool,
        problem: Option<Problem>,
    },
    /// Open; with what was in the way of taking it.
    Handover {
        handover: Box<Handover>,
        trying: bool,
        problem: Option<Problem>,
    },
}

impl Offer {
    /// Whether it is for this region, as far as it is open.
    pub(in crate::machine) fn names(&self, code: &RegionCode) -> bool {
        match self {
            Self::Setup(it) => it.region == *code,
            Self::Sealed { .. } => false,
            Self::Handover { handover, .. } => handover.region == *code || handover.setup.region == *code,
        }
    }
}
