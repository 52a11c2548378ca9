//! Which of the two paths to revoke a token is there, and what it answers.

use super::{About, CliqSaid, Meaning, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// One revocation.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// What was answered.
    pub shape: Shape,
    /// Whether Keyfob reads that as ended just now.
    pub ended: bool,
    /// What Cliq then says of the token; what a refresh then says, for a refresh token.
    pub after: After,
}

/// What became of a revoked token.
#[derive(Clone, Debug)]
pub enum After {
    /// Cliq was asked with it.
    Cliq(CliqSaid),
    /// It was to bring a new access token.
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

    /// Whether the path was there and did not end the token, or is not there.
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

/// Both paths.
#[derive(Clone, Debug)]
pub struct Revoking {
    /// The newer path, with the client's credentials, for an access token; nothing for a client without a secret.
    pub newer: Option<Revoked>,
    /// The older path, for another access token.
    pub older: Revoked,
    /// The newer path for the refresh token, and the older where that did not end it.
    pub refresh_token: Revoked,
    /// The older path for the refresh token that has ended.
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
        // By now both paths were tried for it.
        let refresh_token = match self.refresh_token.verdict() {
            Verdict::Tolerated => Verdict::Broken,
            other => other,
        };
        of_parts(&[paths, refresh_token])
    }
}
