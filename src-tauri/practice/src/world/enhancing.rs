//! Adding scopes, from the person's button to the way back.

use super::World;
use crate::zoho::consent::{self, Request};
use crate::zoho::enhance;
use crate::{Answer, Trouble};

impl World {
    /// The person presses a button; what comes back is where the browser goes.
    pub(super) fn answer_enhancing(&self, request: &Request, enhance_token: &str, answer: Answer) -> String {
        let mut zoho = self.zoho();
        let agreed = answer == Answer::Accept && !zoho.troubles.contains(&Trouble::Refused);
        enhance::answer(&mut zoho, enhance_token, &request.scopes, agreed);
        if !agreed {
            return consent::denied(request);
        }
        zoho.consents.note(request);
        consent::enhanced(request, &self.home)
    }
}
