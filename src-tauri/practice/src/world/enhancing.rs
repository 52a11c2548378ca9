//! Adding scopes, from the user's answer to the redirect.

use super::World;
use crate::Answer;
use crate::zoho::consent::{self, Request};
use crate::zoho::enhance;

impl World {
    /// Answers the page that adds scopes; returns the redirect.
    pub(super) fn answer_enhancing(&self, request: &Request, enhance_token: &str, answer: Answer) -> String {
        let mut zoho = self.zoho();
        let denial = consent::denial(&zoho, answer);
        enhance::answer(&mut zoho, enhance_token, &request.scopes, denial.is_none());
        if let Some(why) = denial {
            return consent::denied(request, why);
        }
        zoho.consents.note(request);
        consent::enhanced(request, &self.home)
    }
}
