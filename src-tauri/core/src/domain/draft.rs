//! The wizard's draft: everything typed and chosen so far, kept until it is used or discarded.
#![expect(clippy::disallowed_methods, reason = "checks the shape of what was entered")]

mod answers;
mod approval;
mod candidate;
mod console;
mod device;
mod redirect;
mod replaced;

pub(crate) use answers::Answers;
pub use answers::{Guess, OtherRegion, PasteRefused, RegionSaid};
pub(crate) use approval::Approval;
pub(crate) use candidate::Candidate;
pub use candidate::CandidateSource;
pub(crate) use device::Device;

use std::collections::BTreeMap;

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use zoho_oauth::authorization_request::AccessRequest;
use zoho_oauth::client::{Client, ClientType, OrganisationId, RedirectUri};
use zoho_oauth::region::{Origins, RegionCode, Regions};
use zoho_oauth::scope::{Scope, Scopes};
use zoho_oauth::self_client::{LIFETIMES, SelfClientCode};

use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::custom_regions::PRACTICE;
use crate::domain::quota::ClientKey;
use crate::domain::redirect_method::{RedirectMethod, loopback, redirect_uris};
use crate::domain::step::Step;

/// A connection in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) step: Step,
    pub(crate) replaces: Option<ConnectionId>,
    /// A colleague's name for the connection; empty when there is none.
    pub(crate) name: String,
    pub(crate) region: Option<RegionCode>,
    /// The addresses of the added regions that the draft holds secrets for, as they were when the secrets were given.
    pub(crate) origins: BTreeMap<RegionCode, Origins>,
    pub(crate) client_type: ClientType,
    pub(crate) client_id: String,
    /// The client's own redirect URI; `None` when it uses Keyfob's.
    pub(crate) own_redirect: Option<RedirectUri>,
    pub(crate) client_secret: Option<SecretString>,
    pub(crate) secrets_elsewhere: BTreeMap<RegionCode, SecretString>,
    pub(crate) scopes: Scopes,
    pub(crate) keep_access: bool,
    /// The lifetime of a code made in the console, in minutes.
    pub(crate) lifetime: u8,
    pub(crate) console_code: Option<SelfClientCode>,
    /// The organisation that the client itself was last asked to get tokens for.
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) approval: Approval,
    pub(crate) candidate: Option<Candidate>,
    pub(crate) kept: Option<ConnectionId>,
    pub(crate) answers: Answers,
}

impl Default for Draft {
    /// Preselects reading the user's own status: it is harmless, and the test call needs it.
    fn default() -> Self {
        Self {
            step: Step::Region,
            replaces: None,
            name: String::new(),
            region: None,
            origins: BTreeMap::new(),
            client_type: ClientType::default(),
            client_id: String::new(),
            own_redirect: None,
            client_secret: None,
            secrets_elsewhere: BTreeMap::new(),
            scopes: Scope::new("ZohoCliq.Profile.READ").into_iter().collect(),
            keep_access: true,
            lifetime: LIFETIMES[0],
            console_code: None,
            organisation: None,
            approval: Approval::Ready(None),
            candidate: None,
            kept: None,
            answers: Answers::default(),
        }
    }
}

impl Draft {
    /// A draft of a connection's client, ready to be approved again.
    pub(crate) fn again(connection: &Connection) -> Self {
        let of = &connection.registration;
        Self {
            step: Step::Approve,
            replaces: Some(connection.id),
            region: Some(of.region.clone()),
            client_type: of.client_type,
            client_id: of.client_id.as_str().to_owned(),
            own_redirect: of.own_redirect.clone(),
            client_secret: of.client_secret.clone(),
            organisation: connection.grant.organisation.clone(),
            secrets_elsewhere: of.secrets_elsewhere.clone(),
            scopes: connection.has_or_asked(),
            keep_access: connection.grant.refresh.is_some() || connection.grant.previous_refresh.is_some(),
            ..Self::default()
        }
    }

    /// The scopes that the replaced connection has or asked for and this draft does not.
    pub(crate) fn gives_up(&self, replaced: &Connection) -> Scopes {
        self.scopes.missing(&replaced.has_or_asked())
    }

    /// Whether it is for Practice, the Zoho inside the app.
    pub(crate) fn is_practice(&self) -> bool {
        self.region.as_ref().is_some_and(|code| *code == PRACTICE)
    }

    /// Changes the region, and drops the secrets that were not given for it. A secret from the vault stays with its
    /// connection's region; a typed one may go to any of Zoho's own regions, which know the same client, or else only
    /// to its own.
    pub(crate) fn move_to(&mut self, code: &RegionCode, regions: &Regions) {
        let shared = match &self.region {
            // A secret typed before a region was chosen is from Zoho's console.
            None => regions.is_zohos_own(code),
            Some(from) => regions.share_secrets(from, code),
        };
        let same = self.region.as_ref() == Some(code);
        if !(same || shared && self.replaces.is_none()) {
            self.drop_secrets();
        }
        if !shared {
            // Another server's tokens make another connection, which inherits neither script access nor files.
            self.replaces = None;
        }
        self.region = Some(code.clone());
    }

    /// Changes the client type. A secret from the vault stays with its connection's client type.
    pub(crate) fn become_of_type(&mut self, client_type: ClientType) {
        if self.replaces.is_some() && self.client_type != client_type {
            self.drop_secrets();
        }
        self.client_type = client_type;
    }

    /// Every client secret in the draft, with the region it was given for.
    pub(crate) fn client_secrets(&self) -> impl Iterator<Item = (&RegionCode, &SecretString)> {
        let common = self.region.as_ref().zip(self.client_secret.as_ref());
        common.into_iter().chain(&self.secrets_elsewhere)
    }

    fn drop_secrets(&mut self) {
        self.client_secret = None;
        self.secrets_elsewhere.clear();
        self.console_code = None;
    }

    /// The client, once the draft has a region and a client ID.
    pub(crate) fn registration(&self) -> Option<Client> {
        let complete = !self.client_id.is_empty();
        Some(Client {
            region: self.region.clone().filter(|_| complete)?,
            client_type: self.client_type,
            client_id: ClientId::new(self.client_id.clone()),
            own_redirect: self.own_redirect.clone(),
            client_secret: self.client_secret.clone().filter(|s| !s.expose_secret().is_empty()),
            secrets_elsewhere: self.secrets_elsewhere.clone(),
        })
    }

    /// The client's key in the ledger.
    pub(crate) fn client(&self) -> Option<ClientKey> {
        self.registration().as_ref().map(ClientKey::from)
    }

    /// The redirect URI of the pending authorization request, or of one that would begin now.
    pub(crate) fn redirect_uri(&self) -> Option<String> {
        let pending = self.approval.consent().map(|consent| consent.redirect_uri.clone());
        let found = self.answers.port.filter(|_| self.redirect_method() == RedirectMethod::Loopback).map(loopback);
        pending.or(found).or_else(|| self.redirect_uris().into_iter().next())
    }

    /// Whether an attempt is pending, or has a result that the user has not dealt with yet.
    pub(crate) fn awaits_an_end(&self) -> bool {
        self.candidate.is_some() || !matches!(self.approval, Approval::Ready(None))
    }

    /// Whether it is filled in and no attempt is in progress.
    pub(crate) fn is_ready_to_approve(&self) -> bool {
        self.furthest() == Step::Approve && !self.approval.is_under_way()
    }

    /// Shows these tokens for confirmation.
    pub(crate) fn propose(&mut self, candidate: Candidate) {
        self.candidate = Some(candidate);
        self.approval = Approval::Ready(None);
        self.step = Step::Confirm;
    }

    pub(crate) fn ask(&self) -> AccessRequest {
        AccessRequest { scopes: self.scopes.clone(), keep_access: self.keep_access }
    }

    /// The last step that the draft's content allows.
    pub(crate) fn furthest(&self) -> Step {
        if self.kept.is_some() {
            Step::Use
        } else if self.candidate.is_some() {
            Step::Confirm
        } else if self.region.is_none() {
            Step::Region
        } else if self.answers.redirect_refused.is_some() && !redirect_uris(self.client_type).is_empty() {
            Step::Register
        } else if self.client_id.is_empty() {
            Step::Credentials
        } else if self.scopes.is_empty() {
            Step::Scopes
        } else {
            Step::Approve
        }
    }

    /// The first step that the user can go back to: a finished step is not repeated, nor a kept connection undone.
    pub(crate) fn nearest(&self) -> Step {
        if self.kept.is_some() {
            Step::Use
        } else if self.candidate.is_some() {
            Step::Confirm
        } else {
            Step::Region
        }
    }
}
