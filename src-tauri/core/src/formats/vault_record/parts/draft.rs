//! The wizard's draft, with its pending authorization request and candidate, if any.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zoho_oauth::authorization_request::AuthorizationRequest;
use zoho_oauth::client::{ClientType, OrganisationId, RedirectUri};
use zoho_oauth::probe::Identity;
use zoho_oauth::region::{Origins, RegionCode};
use zoho_oauth::scope::Scopes;
use zoho_oauth::self_client::SelfClientCode;

use super::connection::GrantPart;
use super::device::DevicePart;
use super::{or_nothing, seal, seal_each, unseal, unseal_each};
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::draft::{Approval, Candidate, CandidateSource, Draft};
use crate::domain::problem::Problem;
use crate::domain::redirect_method::DEEP_LINK;
use crate::domain::sealed::Sealed;
use crate::domain::step::Step;

#[derive(Deserialize, Serialize)]
pub(in crate::formats::vault_record) struct DraftPart {
    step: Step,
    replaces: Option<ConnectionId>,
    #[serde(default)]
    name: String,
    region: Option<RegionCode>,
    /// Missing in older records.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    origins: BTreeMap<RegionCode, Origins>,
    client_type: ClientType,
    client_id: String,
    /// `None` in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own_redirect: Option<String>,
    client_secret: Option<Sealed>,
    #[serde(default)]
    secrets_elsewhere: BTreeMap<RegionCode, Sealed>,
    scopes: Scopes,
    keep_access: bool,
    consent: Option<ConsentPart>,
    /// Whether the code was being exchanged when this was written.
    exchanging: bool,
    candidate: Option<CandidatePart>,
    #[serde(default)]
    console_code: Option<ConsoleCodePart>,
    kept: Option<ConnectionId>,
    /// `None` in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
    #[serde(default)]
    device: Option<DevicePart>,
}

#[derive(Deserialize, Serialize)]
struct ConsentPart {
    state: Sealed,
    verifier: Sealed,
    /// Missing in version 1, which knew only one.
    #[serde(default = "deep_link")]
    redirect_uri: String,
    began: Moment,
    #[serde(default)]
    enhance_token: Option<Sealed>,
}

#[derive(Deserialize, Serialize)]
struct ConsoleCodePart {
    code: Sealed,
    began: Moment,
    ends: Moment,
}

#[derive(Deserialize, Serialize)]
struct CandidatePart {
    grant: GrantPart,
    identity: Option<Identity>,
    #[serde(deserialize_with = "or_nothing")]
    notes: Vec<Problem>,
    /// `None` in older records, which have `handed_over`.
    #[serde(default)]
    source: Option<CandidateSource>,
    #[serde(default = "yes")]
    scopes_named: bool,
    #[serde(default, skip_serializing)]
    handed_over: bool,
}

fn yes() -> bool {
    true
}

fn deep_link() -> String {
    DEEP_LINK.to_owned()
}

impl From<&Draft> for DraftPart {
    fn from(d: &Draft) -> Self {
        let consent = |c: &AuthorizationRequest| ConsentPart {
            state: Sealed(c.state.clone()),
            verifier: Sealed(c.verifier.clone()),
            redirect_uri: c.redirect_uri.clone(),
            began: c.began,
            enhance_token: seal(c.enhance_token.as_ref()),
        };
        let candidate = |c: &Candidate| CandidatePart {
            grant: GrantPart::from(&c.grant),
            identity: c.identity.clone(),
            notes: c.notes.clone(),
            source: Some(c.source),
            scopes_named: c.scopes_named,
            handed_over: false,
        };
        Self {
            step: d.step,
            replaces: d.replaces,
            name: d.name.clone(),
            region: d.region.clone(),
            origins: d.origins.clone(),
            client_type: d.client_type,
            client_id: d.client_id.clone(),
            own_redirect: d.own_redirect.as_ref().map(|own| own.as_str().to_owned()),
            client_secret: seal(d.client_secret.as_ref()),
            secrets_elsewhere: seal_each(&d.secrets_elsewhere),
            scopes: d.scopes.clone(),
            keep_access: d.keep_access,
            consent: d.approval.consent().map(consent),
            exchanging: matches!(d.approval, Approval::Exchanging),
            candidate: d.candidate.as_ref().map(candidate),
            console_code: d.console_code.as_ref().map(|c| ConsoleCodePart {
                code: Sealed(c.code.clone()),
                began: c.began,
                ends: c.ends,
            }),
            kept: d.kept,
            organisation: d.organisation.clone(),
            device: match &d.approval {
                Approval::Device(device) => Some(DevicePart::from(&**device)),
                Approval::Ready(_)
                | Approval::Checking { .. }
                | Approval::Waiting(..)
                | Approval::Exchanging
                | Approval::AskingForCode
                | Approval::AskingForToken => None,
            },
        }
    }
}

impl From<DraftPart> for Draft {
    fn from(d: DraftPart) -> Self {
        let consent = |c: ConsentPart| AuthorizationRequest {
            state: c.state.0,
            verifier: c.verifier.0,
            redirect_uri: c.redirect_uri,
            began: c.began,
            enhance_token: unseal(c.enhance_token),
        };
        let candidate = |c: CandidatePart| Candidate {
            grant: c.grant.into(),
            identity: c.identity,
            identity_problem: None,
            tested: None,
            notes: c.notes,
            source: c.source.unwrap_or(if c.handed_over { CandidateSource::Handover } else { CandidateSource::SignIn }),
            scopes_named: c.scopes_named,
        };
        Self {
            step: d.step,
            replaces: d.replaces,
            name: d.name,
            region: d.region,
            origins: d.origins,
            client_type: d.client_type,
            client_id: d.client_id,
            own_redirect: d.own_redirect.as_deref().and_then(|text| RedirectUri::new(text).ok()),
            client_secret: unseal(d.client_secret),
            secrets_elsewhere: unseal_each(d.secrets_elsewhere),
            scopes: d.scopes,
            keep_access: d.keep_access,
            approval: match (d.consent, d.device.and_then(DevicePart::read)) {
                (Some(pending), _) => Approval::Waiting(consent(pending), None),
                (None, Some(device)) => Approval::Device(Box::new(device)),
                (None, None) => Approval::Ready(d.exchanging.then_some(Problem::ExchangeCutOff)),
            },
            candidate: d.candidate.map(candidate),
            // A code whose exchange was in flight may be spent; the user can easily make a new one.
            console_code: d.console_code.filter(|_| !d.exchanging).map(|c| SelfClientCode {
                code: c.code.0,
                began: c.began,
                ends: c.ends,
            }),
            organisation: d.organisation,
            kept: d.kept,
            ..Self::default()
        }
    }
}
