//! How Cliq refuses a dead token, and one that lacks a permission.

use std::fmt;

use super::{About, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// How Keyfob reads a response of Cliq.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Meaning {
    /// The token works.
    Works,
    /// The token is valid but lacks the permission.
    NoPermission,
    /// The token is no longer valid.
    Dead,
    /// Anything else.
    Other,
}

impl fmt::Display for Meaning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Works => "takes it",
            Self::NoPermission => "says that a permission is missing",
            Self::Dead => "says that it is dead",
            Self::Other => "says something that Keyfob does not know",
        })
    }
}

/// Cliq's response to a request.
#[derive(Clone, Debug)]
pub struct CliqSaid {
    /// The response.
    pub shape: Shape,
    /// How Keyfob reads it.
    pub meaning: Meaning,
}

impl CliqSaid {
    /// Whether it is a complete response about the token, and neither a server error nor a rate limit.
    pub(super) fn tells(&self) -> bool {
        !matches!(self.shape.status, None | Some(429 | 500..))
    }

    /// Whether Cliq accepted the token.
    pub(super) fn takes(&self) -> bool {
        self.meaning == Meaning::Works
    }
}

/// Three requests to Cliq.
#[derive(Clone, Debug)]
pub struct RefusedToken {
    /// With a token that has the permission.
    pub good: CliqSaid,
    /// With the same token, for which it lacks the permission.
    pub missing: CliqSaid,
    /// With a revoked token; `None` when Zoho did not confirm the revocation.
    pub dead: Option<CliqSaid>,
}

impl Question for RefusedToken {
    const ABOUT: &'static About = &About {
        number: 8,
        title: "How does Cliq refuse a dead token, and one that lacks a permission?",
        steps: "Cliq is asked for your own status, then for departments, which the token may not read, then for your status with a token that was \
                revoked.",
        assumption: "Cliq answers HTTP 401, with `oauthtoken_invalid` for a dead token and `oauthtoken_scope_invalid` for a missing permission.",
        otherwise: "Keyfob knows some other codes and sentences, takes any other 401 for a dead token, and tries once with a new token after any other \
                    403.",
    };

    fn seen(&self) -> Vec<String> {
        let mut seen = vec![
            format!("a good token brought {}", self.good.shape),
            format!(
                "a missing permission brought {}, in which Keyfob reads that Cliq {}",
                self.missing.shape, self.missing.meaning
            ),
        ];
        seen.push(match &self.dead {
            Some(CliqSaid { shape, meaning }) => {
                format!("a dead token brought {shape}, in which Keyfob reads that Cliq {meaning}")
            }
            None => "no token could be ended".to_owned(),
        });
        seen
    }

    fn verdict(&self) -> Verdict {
        if !self.good.takes() {
            return Verdict::Open;
        }
        let missing = judge(&self.missing, "oauthtoken_scope_invalid", Meaning::NoPermission);
        let dead = self.dead.as_ref().map_or(Verdict::Open, |dead| judge(dead, "oauthtoken_invalid", Meaning::Dead));
        of_parts(&[missing, dead])
    }
}

fn judge(said: &CliqSaid, error: &str, meant: Meaning) -> Verdict {
    match said {
        said if !said.tells() => Verdict::Open,
        said if said.meaning == Meaning::Other && said.shape.status == Some(403) => Verdict::Tolerated,
        said if said.meaning != meant => Verdict::Broken,
        said if said.shape.is(401, error) => Verdict::Confirmed,
        _ => Verdict::Tolerated,
    }
}
