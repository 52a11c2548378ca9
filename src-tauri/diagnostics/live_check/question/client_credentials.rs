//! The client credentials grant: a token for a client itself, without a user.

use super::{About, CliqSaid, Question, Verdict, of_parts};
use crate::diagnostics::live_check::shape::Shape;

/// The responses to requests for client credentials.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// Without an organisation.
    pub without: Shape,
    /// With an organisation; `None` when the user named none.
    pub with: Option<Shape>,
    /// What Cliq says about the token; `None` when none was issued.
    pub cliq: Option<CliqSaid>,
}

impl Question for ClientCredentials {
    const ABOUT: &'static About = &About {
        number: 11,
        title: "What do client credentials bring, with an organisation (`soid`) and without?",
        steps: "The client asks for a token of its own, without an organisation and with the one you name, and Cliq is asked for a status with it.",
        assumption: "Zoho wants an organisation (`missing_org_info`), and Cliq does not take such a token for a person's own status.",
        otherwise: "Keyfob offers no client credentials, so nothing fails; it might offer them.",
    };

    fn seen(&self) -> Vec<String> {
        let with = self.with.as_ref().map_or_else(|| "not tried".to_owned(), Shape::to_string);
        let mut seen = vec![format!("without an organisation: {}", self.without), format!("with one: {with}")];
        seen.extend(self.cliq.iter().map(|said| format!("with the token Cliq answered {}", said.shape)));
        seen
    }

    fn verdict(&self) -> Verdict {
        let without = match &self.without {
            shape if shape.has_token => Verdict::Tolerated,
            shape if shape.has_error("missing_org_info") => Verdict::Confirmed,
            shape if shape.is_refusal() && self.with.as_ref().is_some_and(|with| with.has_token) => Verdict::Confirmed,
            _ => Verdict::Open,
        };
        let cliq = match &self.cliq {
            Some(said) if said.takes() => Verdict::Tolerated,
            Some(said) if said.tells() => Verdict::Confirmed,
            _ => Verdict::Open,
        };
        of_parts(&[without, cliq])
    }
}
