//! What was seen says of an assumption of Keyfob's code.

use std::fmt;

/// The answer to one question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Zoho is as assumed.
    Confirmed,
    /// Zoho is not as assumed, and Keyfob gets along all the same.
    Tolerated,
    /// Zoho is not as assumed, and Keyfob has to change.
    Broken,
    /// What was seen does not tell.
    Open,
}

impl Verdict {
    /// Whether the assumption was wrong, whatever that means for Keyfob.
    pub fn is_broken(self) -> bool {
        matches!(self, Self::Tolerated | Self::Broken)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Confirmed => "confirmed",
            Self::Tolerated => "broken, but Keyfob copes",
            Self::Broken => "broken",
            Self::Open => "left open",
        })
    }
}
