//! Whether Zoho returns `state`.

use super::{About, Question, Verdict, of_parts};

/// The `state` in a redirect, compared with the one that was sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Echo {
    /// The same one.
    Same,
    /// Another one.
    Other,
    /// None.
    Missing,
}

/// The redirects after Accept and after Reject.
#[derive(Clone, Debug)]
pub struct State {
    /// With a code.
    pub approved: Option<Echo>,
    /// With an error.
    pub denied: Option<Echo>,
    /// The error code, if it is a word.
    pub error: Option<String>,
}

impl Question for State {
    const ABOUT: &'static About = &About {
        number: 3,
        title: "Does `state` come back, on approval and on denial?",
        steps: "You approve in your browser, where you have not yet, and then refuse once. The addresses that the browser comes back with are \
                compared with what was sent.",
        assumption: "`state` comes back unchanged with a code and with `error=access_denied`.",
        otherwise: "Keyfob takes no code without its `state`, unless the user pastes the code alone; of an error without it, only a known code is shown.",
    };

    fn seen(&self) -> Vec<String> {
        let error = self.error.as_deref().unwrap_or("no usual word");
        vec![
            format!("on approval `state` {}", in_words(self.approved)),
            format!("on denial `state` {}, and the error is {error}", in_words(self.denied)),
        ]
    }

    fn verdict(&self) -> Verdict {
        let approved = match self.approved {
            None => Verdict::Open,
            Some(Echo::Same) => Verdict::Confirmed,
            Some(Echo::Missing) => Verdict::Tolerated,
            Some(Echo::Other) => Verdict::Broken,
        };
        let denied = match (self.denied, self.error.as_deref()) {
            (None, _) => Verdict::Open,
            (Some(Echo::Same), Some("access_denied")) => Verdict::Confirmed,
            (Some(Echo::Missing), Some("access_denied")) => Verdict::Tolerated,
            _ => Verdict::Broken,
        };
        of_parts(&[approved, denied])
    }
}

fn in_words(echo: Option<Echo>) -> &'static str {
    match echo {
        Some(Echo::Same) => "came back unchanged",
        Some(Echo::Other) => "came back changed",
        Some(Echo::Missing) => "did not come back",
        None => "was not looked at",
    }
}
