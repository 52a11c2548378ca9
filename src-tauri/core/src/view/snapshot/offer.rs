//! What is handed from one Keyfob to another, as it is shown.

use serde::Serialize;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Scopes;

use super::TaskChoice;
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;

/// What a colleague's file offers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum Offer {
    /// A setup, without secrets.
    Setup { setup: Setup },
    /// A sealed file; whether it is being opened, and why it did not open.
    Sealed { trying: bool, problem: Option<Problem> },
    /// An opened handover; the region and accounts server it is renewed at, which may be elsewhere than the client's region;
    /// whether it is being taken, and why it could not be.
    Handover {
        setup: Setup,
        region: RegionCode,
        host: String,
        to: String,
        made: Moment,
        until: Moment,
        trying: bool,
        problem: Option<Problem>,
    },
}

/// A setup.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Setup {
    /// What the colleague calls it.
    pub name: String,
    /// Where the client is registered.
    pub region: RegionCode,
    /// Its accounts server, where it is one the user added.
    pub host: Option<String>,
    /// Of what type it is.
    pub client_type: ClientType,
    /// Its public half.
    pub client_id: String,
    /// The jobs it may do.
    pub tasks: Vec<TaskChoice>,
    /// What it asks for, exactly.
    pub scopes: Scopes,
    /// Whether access is to last.
    pub keep_access: bool,
}

/// A connection that is being handed over.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HandingOver {
    /// Which.
    pub id: ConnectionId,
    /// It is being sealed and saved.
    pub sealing: bool,
    /// Why it was not.
    pub problem: Option<Problem>,
}
