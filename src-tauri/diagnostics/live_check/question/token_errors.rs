//! The status and the code of each error of the token endpoint.

use super::{About, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// The response to each wrong request.
#[derive(Clone, Debug)]
pub struct TokenErrors {
    /// A code that was never issued.
    pub code: Shape,
    /// A refresh token that was never issued.
    pub refresh_token: Shape,
    /// A client ID that does not exist.
    pub client: Shape,
    /// A wrong secret.
    pub secret: Shape,
}

impl TokenErrors {
    fn each(&self) -> [(&'static str, &Shape, &'static str); 4] {
        [
            ("a wrong code", &self.code, "invalid_code"),
            ("a wrong refresh token", &self.refresh_token, "invalid_code"),
            ("an unknown client ID", &self.client, "invalid_client"),
            ("a wrong secret", &self.secret, "invalid_client_secret"),
        ]
    }
}

impl Question for TokenErrors {
    const ABOUT: &'static About = &About {
        number: 4,
        title: "With which HTTP status and which code does the token endpoint refuse?",
        steps: "Four requests that must fail: a wrong code, a wrong refresh token, an unknown client ID, a wrong client secret.",
        assumption: "Each comes with HTTP 200 and `invalid_code`, `invalid_code`, `invalid_client`, `invalid_client_secret`.",
        otherwise: "Keyfob reads the code with any status below 500 but 429; another code is shown as it is, without an explanation.",
    };

    fn seen(&self) -> Vec<String> {
        self.each().iter().map(|(what, shape, _)| format!("{what} brought {shape}")).collect()
    }

    fn verdict(&self) -> Verdict {
        let verdicts = self.each().map(|(_, shape, error)| match shape {
            shape if shape.is(200, error) => Verdict::Confirmed,
            shape if shape.is_refusal() && shape.has_error(error) => Verdict::Tolerated,
            shape if shape.is_refusal() => Verdict::Broken,
            _ => Verdict::Open,
        });
        of_parts(&verdicts)
    }
}
