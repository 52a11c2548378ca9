//! Whether the token endpoint requires the client secret, and whether it checks the PKCE verifier.

use super::{About, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// The responses to a client's exchanges.
#[derive(Clone, Debug)]
pub struct SecretAndPkce {
    /// With the secret and a wrong verifier.
    pub wrong_verifier: Shape,
    /// Without the secret.
    pub without_secret: Shape,
    /// With secret and verifier: the same code again, or a new one if that was used up.
    pub complete: Option<Shape>,
    /// Whether the code was still valid after Zoho had refused the exchange without the secret.
    pub code_lasted: Option<bool>,
}

impl SecretAndPkce {
    fn seen(&self) -> Vec<String> {
        let mut seen = vec![
            format!("a wrong PKCE verifier brought {}", self.wrong_verifier),
            format!("no client secret brought {}", self.without_secret),
        ];
        if let Some(complete) = &self.complete {
            seen.push(format!("secret and verifier brought {complete}"));
        }
        match self.code_lasted {
            Some(true) => seen.push("the code was still good after the refusal".to_owned()),
            Some(false) => seen.push("the code was used up by the refusal".to_owned()),
            None => {}
        }
        seen
    }

    fn verdict(&self) -> Verdict {
        let works = self.complete.as_ref().is_some_and(|shape| shape.has_token);
        // A refusal proves something only if Zoho accepts the same request once it is correct.
        let compares = |shape: &Shape, control: bool| match shape {
            shape if shape.has_token => Verdict::Tolerated,
            shape if shape.is_refusal() && control => Verdict::Confirmed,
            _ => Verdict::Open,
        };
        of_parts(&[
            compares(&self.wrong_verifier, works || self.without_secret.has_token),
            compares(&self.without_secret, works),
        ])
    }
}

const STEPS: &str = "You approve the client two or three times in your browser. The code of the first approval is exchanged with a wrong \
                     PKCE verifier, the code of the second without the client secret and, where Zoho refuses that, as Keyfob does it.";

const OTHERWISE: &str = "Keyfob sends the verifier always and the secret where it has one, so it works either way; but a verifier that is not \
                         compared does not protect the code.";

/// The Mobile-based client.
#[derive(Clone, Debug)]
pub struct SecretOfMobile(pub SecretAndPkce);

/// The Server-based client.
#[derive(Clone, Debug)]
pub struct SecretOfServerBased(pub SecretAndPkce);

impl Question for SecretOfMobile {
    const ABOUT: &'static About = &About {
        number: 1,
        title: "Does a Mobile-based client need its secret, and is PKCE enforced for it?",
        steps: STEPS,
        assumption: "The token endpoint wants the secret of a Mobile-based client, and refuses a wrong PKCE verifier.",
        otherwise: OTHERWISE,
    };

    fn seen(&self) -> Vec<String> {
        self.0.seen()
    }

    fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}

impl Question for SecretOfServerBased {
    const ABOUT: &'static About = &About {
        number: 2,
        title: "Does a Server-based client need its secret, and is PKCE enforced for it?",
        steps: STEPS,
        assumption: "The token endpoint wants the secret of a Server-based client, and refuses a wrong PKCE verifier.",
        otherwise: OTHERWISE,
    };

    fn seen(&self) -> Vec<String> {
        self.0.seen()
    }

    fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}
