//! The registered clients: this console's own, and those of other data centres that multi-DC makes known here.
//!
//! *Invariant:* an own client's ID and secret never change, whatever other data centres send; its form data may.

use super::application::{Application, ClientType, Complaint, check};
use super::mint;
use super::multi_dc::MultiDc;

/// A client's credentials.
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

/// One registered client.
#[derive(Clone)]
pub(crate) struct Registration {
    pub(crate) keys: Registered,
    pub(crate) application: Application,
    pub(crate) multi_dc: MultiDc,
}

/// All clients, oldest first.
#[derive(Default)]
pub(crate) struct Registry {
    own: Vec<Registration>,
    adopted: Vec<Registration>,
}

impl Registry {
    /// Registers a client. A Self Client exists once per account, so registering again returns the same one.
    pub(crate) fn register(&mut self, application: Application) -> Result<Registered, Vec<Complaint>> {
        if application.client_type == ClientType::SelfClient {
            if let Some(known) = self.own.iter().find(|known| known.application.client_type == ClientType::SelfClient) {
                return Ok(known.keys.clone());
            }
        } else {
            check(&application)?;
        }
        let keys = Registered { client_id: mint::client_id(), client_secret: mint::client_secret() };
        self.own.push(Registration { keys: keys.clone(), application, multi_dc: MultiDc::default() });
        Ok(keys)
    }

    /// Changes the form data; ID and secret stay.
    pub(crate) fn update(&mut self, client_id: &str, application: Application) -> Result<(), Vec<Complaint>> {
        check(&application)?;
        if let Some(known) = self.own_mut(client_id) {
            known.application = application;
        }
        Ok(())
    }

    /// Changes the multi-DC setting of an own client; `None` when the console does not offer it.
    pub(crate) fn set_multi_dc(&mut self, client_id: &str, multi_dc: MultiDc) -> Option<Registration> {
        let known = self.own_mut(client_id).filter(|known| known.application.client_type.offers_multi_dc())?;
        known.multi_dc = multi_dc;
        Some(known.clone())
    }

    /// Adopts a client of another data centre as its setting requires; returns whether it is known here.
    pub(crate) fn adopt(&mut self, mut registration: Registration) -> bool {
        let client_id = registration.keys.client_id.as_str();
        if self.own(client_id).is_some() {
            return true;
        }
        let before = self.adopted.iter().position(|known| known.keys.client_id == client_id);
        let before = before.map(|at| self.adopted.remove(at));
        match registration.multi_dc {
            MultiDc::Off => return false,
            MultiDc::Shared => {}
            MultiDc::PerRegion => {
                let kept = before.filter(|before| before.multi_dc == MultiDc::PerRegion);
                registration.keys.client_secret =
                    kept.map_or_else(mint::client_secret, |before| before.keys.client_secret);
            }
        }
        self.adopted.push(registration);
        true
    }

    /// Returns a client, wherever it is registered.
    pub(crate) fn find(&self, client_id: &str) -> Option<&Registration> {
        self.own.iter().chain(&self.adopted).find(|known| known.keys.client_id == client_id)
    }

    /// Returns a client of this console.
    pub(crate) fn own(&self, client_id: &str) -> Option<&Registration> {
        self.own.iter().find(|known| known.keys.client_id == client_id)
    }

    /// Returns all clients of this console.
    pub(crate) fn all_own(&self) -> &[Registration] {
        &self.own
    }

    fn own_mut(&mut self, client_id: &str) -> Option<&mut Registration> {
        self.own.iter_mut().find(|known| known.keys.client_id == client_id)
    }
}
