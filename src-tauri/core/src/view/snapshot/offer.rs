//! Offers and handovers as the page shows them.

use serde::Serialize;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Scopes;

use super::TaskChoice;
use crate::Moment;
use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;

/// The offer of a colleague's file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum OfferView {
    /// A setup, without secrets.
    Setup { setup: SetupView },
    /// A sealed file: whether it is being opened, and why it did not open.
    Sealed { trying: bool, problem: Option<Problem> },
    /// An opened handover: the region and accounts server that renew it, which may differ from the client's region,
    /// whether it is being accepted, and why that failed.
    Handover {
        setup: SetupView,
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
pub struct SetupView {
    /// The colleague's name for the connection.
    pub name: String,
    /// The region where the client is registered.
    pub region: RegionCode,
    /// The accounts server of a region that the user added.
    pub host: Option<String>,
    /// The client type.
    pub client_type: ClientType,
    /// The client ID.
    pub client_id: String,
    /// The tasks it may do.
    pub tasks: Vec<TaskChoice>,
    /// The exact scopes it requests.
    pub scopes: Scopes,
    /// Whether it requests lasting access.
    pub keep_access: bool,
}

/// A connection that is being handed over.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HandingOver {
    /// The connection's number.
    pub id: ConnectionId,
    /// Whether the handover is being sealed and saved.
    pub sealing: bool,
    /// Why that failed.
    pub problem: Option<Problem>,
}
