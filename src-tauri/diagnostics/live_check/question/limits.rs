//! How many access tokens Zoho issues for a refresh token in ten minutes, and whether failures count.

use super::{About, Question, Verdict};
use crate::diagnostics::live_check::shape::Shape;

/// The number of refreshes that must fail.
pub const FAILING: usize = 3;

/// The most refreshes tried after those: one more than the assumed limit.
pub const MOST_REFRESHES: usize = 11;

const ASSUMED: usize = 10;

/// The results of refreshes with a refresh token that had not been used before.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many failed on purpose, because of a wrong secret.
    pub failed: usize,
    /// How many returned a token after that.
    pub brought: usize,
    /// The response to the refresh that failed; `None` when all returned a token.
    pub ended: Option<Shape>,
    /// Whether Keyfob reads that response as Zoho's rate limit.
    pub throttled: bool,
}

impl Question for Limits {
    const ABOUT: &'static About = &About {
        number: 9,
        title: "How many access tokens does a refresh token bring in ten minutes, and do failures count?",
        steps: "Three refreshes with a wrong client secret, which must fail, and then up to eleven that are right. Zoho may then block this refresh \
                token for ten minutes or more; it is a token of this check alone.",
        assumption: "Ten in ten minutes; refreshes that fail and the exchange itself do not count.",
        otherwise: "Keyfob stops at ten by itself, and rests where Zoho says sooner that it is too much.",
    };

    fn seen(&self) -> Vec<String> {
        let mut seen = vec![format!("after {} that failed, {} brought a token", self.failed, self.brought)];
        match &self.ended {
            Some(shape) if self.throttled => seen.push(format!("the next met the limit: {shape}")),
            Some(shape) => seen.push(format!("the next brought {shape}, which Keyfob does not read as a limit")),
            None => seen.push("no limit was met".to_owned()),
        }
        let fits = match self.brought {
            brought if !self.throttled || brought >= ASSUMED => None,
            brought if brought + 1 == ASSUMED => Some("this fits where the exchange counts"),
            brought if brought + self.failed == ASSUMED => Some("this fits where failures count"),
            brought if brought + self.failed + 1 == ASSUMED => Some("this fits where failures and the exchange count"),
            _ => Some("this fits a smaller limit"),
        };
        seen.extend(fits.map(str::to_owned));
        seen
    }

    fn verdict(&self) -> Verdict {
        match (&self.ended, self.throttled, self.brought) {
            (None, _, MOST_REFRESHES..) => Verdict::Tolerated,
            (_, true, ASSUMED) => Verdict::Confirmed,
            (_, true, _) => Verdict::Tolerated,
            (Some(shape), false, _) if shape.is_refusal() => Verdict::Broken,
            _ => Verdict::Open,
        }
    }
}
