//! The record's parts: the same facts as the types they mirror, with their secrets written out.

use oauth2::ClientId;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::Moment;
use crate::cliq::{Identity, Proof};
use crate::connection::{Connection, ConnectionId, Grant, Tested, Trouble};
use crate::consent::Consent;
use crate::desk::{Approval, Candidate, Draft};
use crate::problem::Problem;
use crate::region::RegionCode;
use crate::registration::{ClientType, Registration};
use crate::scope::Scopes;
use crate::snapshot::Step;

/// A secret that may be sealed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
struct Sealed(SecretString);

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

fn seal(secret: Option<&SecretString>) -> Option<Sealed> {
    secret.cloned().map(Sealed)
}

fn unseal(sealed: Option<Sealed>) -> Option<SecretString> {
    sealed.map(|s| s.0)
}

/// What is known of a connection's troubles is not worth its tokens: a problem this Keyfob has no word for is let go.
fn or_nothing<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(part: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(part)?).unwrap_or_default())
}

#[derive(Deserialize, Serialize)]
pub(super) struct ConnectionPart {
    pub(super) id: ConnectionId,
    name: String,
    registration: RegistrationPart,
    asked: Scopes,
    grant: GrantPart,
    identity: Option<Identity>,
    #[serde(deserialize_with = "or_nothing")]
    trouble: Option<TroublePart>,
    #[serde(deserialize_with = "or_nothing")]
    tested: Option<TestedPart>,
}

#[derive(Deserialize, Serialize)]
struct RegistrationPart {
    region: RegionCode,
    client_type: ClientType,
    client_id: String,
    client_secret: Option<Sealed>,
    redirect_uri: String,
}

#[derive(Deserialize, Serialize)]
struct GrantPart {
    region: RegionCode,
    access: Sealed,
    refresh: Option<Sealed>,
    previous_refresh: Option<Sealed>,
    scopes: Scopes,
    issued_at: Moment,
    expires_at: Moment,
}

#[derive(Deserialize, Serialize)]
struct TroublePart {
    problem: Problem,
    times: u32,
    again_at: Option<Moment>,
}

#[derive(Deserialize, Serialize)]
struct TestedPart {
    at: Moment,
    outcome: Result<Proof, Problem>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct DraftPart {
    step: Step,
    replaces: Option<ConnectionId>,
    region: Option<RegionCode>,
    client_type: ClientType,
    client_id: String,
    client_secret: Option<Sealed>,
    redirect_uri: String,
    scopes: Scopes,
    keep_access: bool,
    consent: Option<ConsentPart>,
    /// The code was on its way when this was written.
    exchanging: bool,
    candidate: Option<CandidatePart>,
    kept: Option<ConnectionId>,
}

#[derive(Deserialize, Serialize)]
struct ConsentPart {
    state: Sealed,
    verifier: Sealed,
    began: Moment,
}

#[derive(Deserialize, Serialize)]
struct CandidatePart {
    grant: GrantPart,
    identity: Option<Identity>,
    #[serde(deserialize_with = "or_nothing")]
    notes: Vec<Problem>,
}

impl From<&Connection> for ConnectionPart {
    fn from(c: &Connection) -> Self {
        let of = &c.registration;
        Self {
            id: c.id,
            name: c.name.clone(),
            registration: RegistrationPart {
                region: of.region.clone(),
                client_type: of.client_type,
                client_id: of.client_id.as_str().to_owned(),
                client_secret: seal(of.client_secret.as_ref()),
                redirect_uri: of.redirect_uri.clone(),
            },
            asked: c.asked.clone(),
            grant: GrantPart::from(&c.grant),
            identity: c.identity.clone(),
            trouble: c.trouble.clone().map(|Trouble { problem, times, again_at }| TroublePart {
                problem,
                times,
                again_at,
            }),
            tested: c.tested.clone().map(|Tested { at, outcome }| TestedPart { at, outcome }),
        }
    }
}

impl From<ConnectionPart> for Connection {
    fn from(c: ConnectionPart) -> Self {
        let of = c.registration;
        Self {
            id: c.id,
            name: c.name,
            registration: Registration {
                region: of.region,
                client_type: of.client_type,
                client_id: ClientId::new(of.client_id),
                client_secret: unseal(of.client_secret),
                redirect_uri: of.redirect_uri,
            },
            asked: c.asked,
            grant: c.grant.into(),
            identity: c.identity,
            trouble: c.trouble.map(|TroublePart { problem, times, again_at }| Trouble { problem, times, again_at }),
            tested: c.tested.map(|TestedPart { at, outcome }| Tested { at, outcome }),
        }
    }
}

impl From<&Grant> for GrantPart {
    fn from(g: &Grant) -> Self {
        Self {
            region: g.region.clone(),
            access: Sealed(g.access.clone()),
            refresh: seal(g.refresh.as_ref()),
            previous_refresh: seal(g.previous_refresh.as_ref()),
            scopes: g.scopes.clone(),
            issued_at: g.issued_at,
            expires_at: g.expires_at,
        }
    }
}

impl From<GrantPart> for Grant {
    fn from(g: GrantPart) -> Self {
        Self {
            region: g.region,
            access: g.access.0,
            refresh: unseal(g.refresh),
            previous_refresh: unseal(g.previous_refresh),
            scopes: g.scopes,
            issued_at: g.issued_at,
            expires_at: g.expires_at,
        }
    }
}

impl From<&Draft> for DraftPart {
    fn from(d: &Draft) -> Self {
        let consent = |c: &Consent| ConsentPart {
            state: Sealed(c.state.clone()),
            verifier: Sealed(c.verifier.clone()),
            began: c.began,
        };
        let candidate = |c: &Candidate| CandidatePart {
            grant: GrantPart::from(&c.grant),
            identity: c.identity.clone(),
            notes: c.notes.clone(),
        };
        Self {
            step: d.step,
            replaces: d.replaces,
            region: d.region.clone(),
            client_type: d.client_type,
            client_id: d.client_id.clone(),
            client_secret: seal(d.client_secret.as_ref()),
            redirect_uri: d.redirect_uri.clone(),
            scopes: d.scopes.clone(),
            keep_access: d.keep_access,
            consent: d.approval.consent().map(consent),
            exchanging: matches!(d.approval, Approval::Exchanging),
            candidate: d.candidate.as_ref().map(candidate),
            kept: d.kept,
        }
    }
}

impl From<DraftPart> for Draft {
    fn from(d: DraftPart) -> Self {
        let consent = |c: ConsentPart| Consent { state: c.state.0, verifier: c.verifier.0, began: c.began };
        let candidate = |c: CandidatePart| Candidate {
            grant: c.grant.into(),
            identity: c.identity,
            identity_problem: None,
            tested: None,
            notes: c.notes,
        };
        Self {
            step: d.step,
            replaces: d.replaces,
            region: d.region,
            client_type: d.client_type,
            client_id: d.client_id,
            client_secret: unseal(d.client_secret),
            redirect_uri: d.redirect_uri,
            scopes: d.scopes,
            keep_access: d.keep_access,
            approval: match d.consent {
                Some(pending) => Approval::Waiting(consent(pending), None),
                // Keyfob ended before the answer came; a code is good once, so the person has to approve again.
                None => Approval::Ready(d.exchanging.then_some(Problem::CodeSpent)),
            },
            candidate: d.candidate.map(candidate),
            kept: d.kept,
            ..Self::default()
        }
    }
}
