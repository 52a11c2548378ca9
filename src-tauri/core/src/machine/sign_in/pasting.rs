//! Pasting a value from the clipboard.
//!
//! Invariant: the clipboard's text is untrusted until it has the shape of its field and is none of Keyfob's own
//! secrets. Anything else is not kept, shown or sent. The page can request a paste at any time, so otherwise it could
//! read whatever the user copies, and a token that Keyfob itself put there.
#![expect(clippy::disallowed_methods, reason = "parses what was pasted")]

use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::region::RegionCode;
use zoho_oauth::text::clean;

use crate::domain::credential_hints::{Hint, look_at};
use crate::domain::draft::{Approval, Draft, PasteRefused};
use crate::domain::fields::PasteField;
use crate::domain::problem::{PastedProblem, Problem};
use crate::machine::question::SignInQuestion;
use crate::messages::confirmation::Confirmation;

use super::SignIn;

impl SignIn<'_> {
    pub(super) fn pasted(&mut self, field: PasteField, pasted: Result<SecretString, Problem>) {
        let text = match pasted {
            Ok(text) => text,
            Err(problem) => return self.cx.notices.trouble(problem),
        };
        match field {
            PasteField::ClientId | PasteField::ClientSecret => self.credential_pasted(field, None, &text),
            PasteField::Address if self.is_own_secret(&text) => {
                self.say_while_waiting(Problem::NotTheAddress { why: PastedProblem::OwnSecret });
            }
            PasteField::Address => self.address_pasted(&text),
            PasteField::Code if self.is_own_secret(&text) => {
                let ready = |draft: &&mut Draft| !draft.approval.is_under_way();
                if let Some(draft) = self.draft.as_mut().filter(ready) {
                    let problem = Problem::NotTheCode { why: PastedProblem::OwnSecret };
                    draft.approval = Approval::Ready(Some(problem));
                }
            }
            PasteField::Code => self.code_pasted(&text),
            PasteField::RefreshToken => self.use_refresh_token(&text),
        }
    }

    pub(super) fn secret_pasted_for(&mut self, region: RegionCode, pasted: Result<SecretString, Problem>) {
        match pasted {
            Ok(text) => self.credential_pasted(PasteField::ClientSecret, Some(region), &text),
            Err(problem) => self.cx.notices.trouble(problem),
        }
    }

    fn credential_pasted(&mut self, field: PasteField, region: Option<RegionCode>, text: &SecretString) {
        if let Some(hint) = self.misfit(field, region.as_ref(), text) {
            return self.edit(|draft| draft.answers.paste_refused = Some(PasteRefused { field, region, hint }));
        }
        if field == PasteField::ClientId {
            return self.type_client_id(text.expose_secret());
        }
        let drafted = || self.draft.as_ref().and_then(|draft| draft.region.clone());
        let to = region.clone().or_else(drafted);
        match to.and_then(|to| self.cx.regions.host(&to).map(|host| (to, host))) {
            // Anyone may run an added region's server, and the page can request a paste at any time.
            Some((to, host)) => {
                let what = SignInQuestion::ConfirmPasteSecret { text: text.clone(), to, field: region };
                self.cx.confirm(what, Confirmation::PasteSecret { host });
            }
            None => self.take_secret(text, region),
        }
    }

    /// Takes the secret, or drops it if the draft is for another region by now.
    pub(super) fn secret_confirmed(&mut self, text: &SecretString, to: &RegionCode, field: Option<RegionCode>) {
        let is_for = |draft: &Draft| field.is_some() || draft.region.as_ref() == Some(to);
        if self.draft.as_ref().is_some_and(is_for) {
            self.take_secret(text, field);
        }
    }

    fn take_secret(&mut self, text: &SecretString, region: Option<RegionCode>) {
        match region {
            Some(region) => self.type_secret_for(region, text),
            None => self.type_client_secret(text),
        }
    }
}

impl SignIn<'_> {
    /// Why a text is not taken as the client ID, or as the client secret of the draft or of this region.
    fn misfit(&self, field: PasteField, region: Option<&RegionCode>, text: &SecretString) -> Option<Hint> {
        let cleaned = SecretString::from(clean(text.expose_secret()));
        let is_id = field == PasteField::ClientId;
        let own = if is_id { self.is_own_secret(text) } else { self.belongs_elsewhere(region, text) };
        if own {
            return Some(Hint::Own);
        }
        if cleaned.expose_secret().is_empty() {
            return Some(Hint::Unusual);
        }
        if is_id { look_at(cleaned.expose_secret(), None).client_id } else { look_at("", Some(&cleaned)).client_secret }
    }

    /// Whether a text is a secret of Keyfob's for other servers. A client secret may be pasted again for its own
    /// region: for a second connection of that client.
    fn belongs_elsewhere(&self, region: Option<&RegionCode>, text: &SecretString) -> bool {
        let to = region.or(self.draft.as_ref().and_then(|draft| draft.region.as_ref()));
        self.is_own(text, |of| to.is_none_or(|to| !self.cx.regions.share_secrets(of, to)))
    }
}
