//! What the observations say about an assumption of Keyfob's code.

use std::fmt;

/// The verdict on one question's assumption.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Zoho behaves as assumed.
    Confirmed,
    /// Zoho does not behave as assumed, but Keyfob works all the same.
    Tolerated,
    /// Zoho does not behave as assumed, and Keyfob has to change.
    Broken,
    /// The observations are inconclusive.
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
