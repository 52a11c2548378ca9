//! Whether an exchange at another region's server uses the code up.

use std::time::Duration;

use super::{About, Question, Verdict};
use crate::diagnostics::live_check::shape::Shape;

/// A code that is older than this may have expired.
const SURELY_GOOD: Duration = Duration::from_secs(45);

/// The responses to one code sent to two servers.
#[derive(Clone, Debug)]
pub struct OtherRegion {
    /// The other region's response.
    pub there: Shape,
    /// The right region's response after that.
    pub here: Shape,
    /// The time from pasting the code to the second response.
    pub after: Duration,
}

impl Question for OtherRegion {
    const ABOUT: &'static About = &About {
        number: 5,
        title: "Does an exchange at another region's server use the code up?",
        steps: "You approve once. The code and the client's credentials go to another region of Zoho's that you choose, and then to the right one. \
                The code may be lost by that, which does no harm.",
        assumption: "A code that another region's server refused is still good at the right one.",
        otherwise: "Keyfob sends a code once, to the server that the answer names, so nothing fails.",
    };

    fn seen(&self) -> Vec<String> {
        vec![
            format!("the other region answered {}", self.there),
            format!("the right one then answered {}, {} s after the code was pasted", self.here, self.after.as_secs()),
        ]
    }

    fn verdict(&self) -> Verdict {
        if !self.there.is_refusal() {
            Verdict::Open
        } else if self.here.has_token {
            Verdict::Confirmed
        } else if self.here.has_error("invalid_code") && self.after < SURELY_GOOD {
            Verdict::Tolerated
        } else {
            Verdict::Open
        }
    }
}
