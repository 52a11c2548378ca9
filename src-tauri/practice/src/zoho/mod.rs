//! Zoho's rules as plain functions of one state and a moment.
//!
//! *Invariant:* nothing in here waits, listens, reads a clock or renders HTML.

pub(crate) mod application;
pub(crate) mod client_credentials;
pub(crate) mod consent;
pub(crate) mod device;
pub(crate) mod enhance;
pub(crate) mod issue;
pub(crate) mod limits;
pub(crate) mod mint;
pub(crate) mod multi_dc;
pub(crate) mod registry;
pub(crate) mod revoke;
pub(crate) mod scopes;
pub(crate) mod token;
pub(crate) mod trouble;
pub(crate) mod use_token;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::consent::Consents;
use self::device::Devices;
use self::enhance::Enhancing;
use self::issue::Issued;
use self::limits::{Limit, TEN_IN_TEN_MINUTES};
use self::registry::Registry;
use self::trouble::Trouble;
use self::use_token::Calls;
use crate::{Dialect, Person};

/// The state of one data centre.
pub(crate) struct Zoho {
    pub(crate) home: Home,
    pub(crate) person: Person,
    pub(crate) dialect: Dialect,
    pub(crate) registry: Registry,
    pub(crate) consents: Consents,
    pub(crate) devices: Devices,
    pub(crate) enhancing: Enhancing,
    pub(crate) issued: Issued,
    pub(crate) calls: Calls,
    pub(crate) troubles: BTreeSet<Trouble>,
    /// The user's webhook token at Cliq. It is unrelated to OAuth: a program appends it to the URL that it posts to.
    pub(crate) webhook_token: String,
}

impl Zoho {
    pub(crate) fn new(home: Home, person: Person, dialect: Dialect) -> Self {
        Self {
            home,
            person,
            dialect,
            registry: Registry::default(),
            consents: Consents::default(),
            devices: Devices::default(),
            enhancing: Enhancing::default(),
            issued: Issued::default(),
            calls: Calls::default(),
            troubles: BTreeSet::new(),
            webhook_token: mint::webhook_token(),
        }
    }

    /// The webhook token, while the console shows it.
    pub(crate) fn shown_webhook_token(&self) -> Option<String> {
        self.troubles.contains(&Trouble::WebhookToken).then(|| self.webhook_token.clone())
    }

    /// Counts a refresh towards the refresh token's limit; `false` when the limit is exceeded.
    pub(crate) fn may_refresh(&mut self, refresh_token: &str, now: u64) -> bool {
        let most = self.dialect.refreshes();
        self.issued.may_refresh(refresh_token, Limit { most, ..TEN_IN_TEN_MINUTES }, now)
    }
}

/// The data centre's location and origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) location: String,
    pub(crate) origin: String,
}

/// A JSON response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// Accounts reports most errors with status 200.
    pub(crate) fn error(code: &str) -> Self {
        Self::ok(json!({ "error": code }))
    }

    /// The throttle's exact body.
    pub(crate) fn throttled() -> Self {
        Self::ok(json!({
            "error_description": "You have made too many requests continuously. Please try again after some time.",
            "error": "Access Denied",
            "status": "failure",
        }))
    }
}
