//! A colleague's file, as far as it is open.

use secrecy::SecretSlice;
use zoho_oauth::region::RegionCode;

use crate::domain::problem::Problem;
use crate::formats::handover_file::Handover;
use crate::formats::setup_file::Setup;

/// The content of a file that the user has not taken yet.
#[derive(Debug)]
pub(crate) enum Offer {
    Setup(Setup),
    /// Not open yet, with the reason.
    Sealed {
        file: SecretSlice<u8>,
        trying: bool,
        problem: Option<Problem>,
    },
    /// Open, with the problem of the last try to take it.
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
