//! Adding permissions to a refresh token.

use super::{About, Echo, Question, Verdict};
use crate::diagnostics::live_check::shape::Shape;

/// The responses while a permission is added.
#[derive(Clone, Debug)]
pub struct Enhancing {
    /// The response to the request for the page's token, for the Server-based client.
    pub begun: Shape,
    /// The same for a Mobile-based client; `None` when there is none with a refresh token.
    pub begun_for_mobile: Option<Shape>,
    /// What the redirect did with `state`; `None` when the user did not return with an approval.
    pub back: Option<Echo>,
    /// The next refresh, and whether it names the permission that was added.
    pub refreshed: Option<(Shape, bool)>,
}

impl Question for Enhancing {
    const ABOUT: &'static About = &About {
        number: 7,
        title: "What does adding a permission answer, and does a refresh name it?",
        steps: "Zoho is asked for the page that adds a permission (to read channels) to a refresh token that is there. You approve it in your browser, \
                and the token is refreshed.",
        assumption: "A Server-based client gets a token for the page, and a refresh after the approval names the permission that was added.",
        otherwise: "Where Zoho gives no token for the page, Keyfob signs in for all permissions; where a refresh does not name the permission, Keyfob \
                    says that Zoho did not confirm it, and offers to sign in for all.",
    };

    fn seen(&self) -> Vec<String> {
        let mut seen = vec![format!("asking for the page brought {}", self.begun)];
        seen.extend(self.begun_for_mobile.iter().map(|shape| format!("for a Mobile-based client {shape}")));
        seen.extend(self.back.map(|echo| match echo {
            Echo::Same => "the way back has the same `state`".to_owned(),
            Echo::Other => "the way back has another `state`".to_owned(),
            Echo::Missing => "the way back has no `state`".to_owned(),
        }));
        seen.extend(self.refreshed.iter().map(|(shape, named)| {
            format!("the refresh brought {shape} and {} the permission", if *named { "names" } else { "does not name" })
        }));
        seen
    }

    fn verdict(&self) -> Verdict {
        if self.begun.is_refusal() {
            return Verdict::Tolerated;
        }
        match &self.refreshed {
            Some((_, true)) => Verdict::Confirmed,
            Some((shape, false)) if shape.has_token => Verdict::Tolerated,
            _ => Verdict::Open,
        }
    }
}
