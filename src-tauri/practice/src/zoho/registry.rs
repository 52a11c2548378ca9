//! The console's register of clients.
//!
//! *Invariant:* a client's id and secret never change; what was filled in may.

use super::application::{Application, ClientType, Complaint, check};
use super::mint;

/// What the console hands out.
#[derive(Clone, PartialEq, Eq)]
pub struct Registered {
    /// Client ID.
    pub client_id: String,
    /// Client Secret.
    pub client_secret: String,
}

impl std::fmt::Debug for Registered {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Registered").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// One line of the register.
#[derive(Clone)]
pub(crate) struct Registration {
    pub(crate) keys: Registered,
    pub(crate) application: Application,
}

/// All clients of the account, oldest first.
#[derive(Default)]
pub(crate) struct Registry(Vec<Registration>);

impl Registry {
    /// Registers a client. A Self Client exists once per account, so asking again gives the same one.
    pub(crate) fn register(&mut self, application: Application) -> Result<Registered, Vec<Complaint>> {
        if application.client_type == ClientType::SelfClient {
            if let Some(known) = self.0.iter().find(|known| known.application.client_type == ClientType::SelfClient) {
                return Ok(known.keys.clone());
            }
        } else {
            check(&application)?;
        }
        let keys = Registered { client_id: mint::client_id(), client_secret: mint::client_secret() };
        self.0.push(Registration { keys: keys.clone(), application });
        Ok(keys)
    }

    /// Changes what was filled in; id and secret stay.
    pub(crate) fn update(&mut self, client_id: &str, application: Application) -> Result<(), Vec<Complaint>> {
        check(&application)?;
        if let Some(known) = self.0.iter_mut().find(|known| known.keys.client_id == client_id) {
            known.application = application;
        }
        Ok(())
    }

    /// Takes over a client of another data centre, as multi-DC with shared credentials does.
    pub(crate) fn adopt(&mut self, registration: Registration) {
        self.0.retain(|known| known.keys.client_id != registration.keys.client_id);
        self.0.push(registration);
    }

    pub(crate) fn find(&self, client_id: &str) -> Option<&Registration> {
        self.0.iter().find(|known| known.keys.client_id == client_id)
    }

    pub(crate) fn all(&self) -> &[Registration] {
        &self.0
    }
}
