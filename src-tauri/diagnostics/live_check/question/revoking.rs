//! Which of the two paths to revoke a token exist, and what they return.

use super::{About, CliqSaid, Meaning, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// One revocation.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// The response.
    pub shape: Shape,
    /// Whether Keyfob reads that as revoked just now.
    pub ended: bool,
    /// What happened when the token was used afterwards.
    pub after: After,
}

/// The use of a token after its revocation.
#[derive(Clone, Debug)]
pub enum After {
    /// A request to Cliq, with an access token.
    Cliq(CliqSaid),
    /// A refresh, with a refresh token.
    Refresh(Shape),
}

impl Revoked {
    fn verdict(&self) -> Verdict {
        let (works, tells) = match &self.after {
            After::Cliq(said) => (matches!(said.meaning, Meaning::Works | Meaning::NoPermission), said.tells()),
            After::Refresh(shape) => (shape.has_token, shape.is_refusal()),
        };
        match (self.ended, works) {
            (true, true) => Verdict::Broken,
            (true, false) if tells => Verdict::Confirmed,
            (false, _) if self.is_no() => Verdict::Tolerated,
            _ => Verdict::Open,
        }
    }

    /// Whether the path refused to revoke the token or does not exist: no server error and no rate limit.
    fn is_no(&self) -> bool {
        !matches!(self.shape.status, None | Some(429 | 500..))
    }

    fn seen(&self) -> String {
        let after = match &self.after {
            After::Cliq(said) => format!("Cliq {}", said.meaning),
            After::Refresh(shape) => format!("a refresh brought {shape}"),
        };
        format!("{}, after which {after}", self.shape)
    }
}

/// The results of both paths.
#[derive(Clone, Debug)]
pub struct Revoking {
    /// The newer path, with the client's credentials, for an access token; `None` for a client without a secret.
    pub newer: Option<Revoked>,
    /// The older path, for another access token.
    pub older: Revoked,
    /// The newer path for the refresh token, and the older one if that did not revoke it.
    pub refresh_token: Revoked,
    /// The older path for the revoked refresh token.
    pub again: Shape,
}

impl Question for Revoking {
    const ABOUT: &'static About = &About {
        number: 6,
        title: "Which path to revoke a token answers what?",
        steps: "Two access tokens and the refresh token of one approval are revoked, by the newer path and by the older, and then tried.",
        assumption: "Both paths end a token at once and answer HTTP 200 with `status: success`.",
        otherwise: "Keyfob asks the newer path, and the older where that does not confirm, so one of them is enough.",
    };

    fn seen(&self) -> Vec<String> {
        let newer =
            self.newer.as_ref().map_or_else(|| "not tried, for the client has no secret".to_owned(), Revoked::seen);
        vec![
            format!("an access token at the newer path: {newer}"),
            format!("an access token at the older path: {}", self.older.seen()),
            format!("the refresh token: {}", self.refresh_token.seen()),
            format!("the ended refresh token at the older path: {}", self.again),
        ]
    }

    fn verdict(&self) -> Verdict {
        let (newer, older) = (self.newer.as_ref().map_or(Verdict::Open, Revoked::verdict), self.older.verdict());
        let paths = if (newer, older) == (Verdict::Tolerated, Verdict::Tolerated) {
            Verdict::Broken
        } else {
            of_parts(&[newer, older])
        };
        // Both paths have been tried for it.
        let refresh_token = match self.refresh_token.verdict() {
            Verdict::Tolerated => Verdict::Broken,
            other => other,
        };
        of_parts(&[paths, refresh_token])
    }
}
