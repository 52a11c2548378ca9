//! What the user sees in the browser and Keyfob cannot: Zoho's pages that end a consent before asking for it.

use crate::domain::draft::{Approval, Draft};
use crate::domain::fields::ZohoPage;
use crate::domain::problem::Problem;

use super::SignIn;

impl SignIn<'_> {
    /// Ends the attempt for the page that the user saw. Ignored unless a consent is pending.
    pub(in crate::machine) fn saw(&mut self, page: ZohoPage) {
        let open = |d: &&Draft| matches!(d.approval, Approval::Waiting(..));
        let Some(draft) = self.draft.as_ref().filter(open) else { return };
        let problem = match (page, draft.region.clone()) {
            (ZohoPage::Client, Some(region)) => Problem::ClientUnknown { region },
            (ZohoPage::Redirect, _) => {
                Problem::RedirectMismatch { redirect_uri: draft.redirect_uri().unwrap_or_default() }
            }
            (ZohoPage::Scope, _) => Problem::ScopeUnknown,
            (ZohoPage::Client | ZohoPage::ResponseType, _) => Problem::RequestMangled,
        };
        self.stop_consent(Some(problem));
    }
}
