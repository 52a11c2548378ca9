//! The other data centres of the same Zoho: which ones this one knows, which one has the user's account, and which
//! clients they know.

use std::sync::{Arc, Weak};

use super::{World, lock};
use crate::zoho::Home;
use crate::zoho::registry::Registration;
use crate::{Asked, MultiDc, Turned};

#[derive(Default)]
pub(super) struct Neighbours {
    known: Vec<Weak<World>>,
    person_lives_in: Option<String>,
}

/// The data centre of the user's account.
pub(super) enum HomeOfPerson {
    Here,
    At(Arc<World>),
    Nowhere,
}

impl World {
    /// Adds a data centre. One added late still gets its secrets immediately: the user copies them before signing in.
    pub(crate) fn meet(&self, other: &Arc<Self>) {
        if self.known_neighbours().iter().any(|known| Arc::ptr_eq(known, other)) {
            return;
        }
        lock(&self.neighbours).known.push(Arc::downgrade(other));
        let clients = self.zoho().registry.all_own().to_vec();
        for client in clients.into_iter().filter(|client| client.multi_dc == MultiDc::PerRegion) {
            other.zoho().registry.adopt(client);
        }
    }

    pub(crate) fn person_lives_in(&self, location: &str) {
        lock(&self.neighbours).person_lives_in = Some(location.to_owned());
    }

    /// Saves the setting and passes it to the other data centres; `None` for a client that is not registered here or
    /// has no such setting.
    pub(crate) fn set_multi_dc(&self, client_id: &str, multi_dc: MultiDc) -> Option<Registration> {
        let registration = self.zoho().registry.set_multi_dc(client_id, multi_dc)?;
        for other in self.known_neighbours() {
            other.zoho().registry.adopt(registration.clone());
        }
        Some(registration)
    }

    pub(crate) fn secret_of(&self, client_id: &str) -> Option<String> {
        self.zoho().registry.find(client_id).map(|known| known.keys.client_secret.clone())
    }

    /// Returns a client's location and secret for each data centre that knows it.
    pub(crate) fn secrets_of(&self, client_id: &str) -> Vec<(String, String)> {
        let others = self.known_neighbours();
        let all = std::iter::once(self).chain(others.iter().map(AsRef::as_ref));
        all.filter_map(|world| Some((world.home.location.clone(), world.secret_of(client_id)?))).collect()
    }

    pub(super) fn home_of_person(&self, elsewhere: bool) -> HomeOfPerson {
        let mut known = self.known_neighbours().into_iter();
        let lives_in = lock(&self.neighbours).person_lives_in.clone();
        match lives_in.filter(|place| *place != self.home.location) {
            Some(place) => {
                known.find(|other| other.home.location == place).map_or(HomeOfPerson::Nowhere, HomeOfPerson::At)
            }
            None if elsewhere => known.next().map_or(HomeOfPerson::Nowhere, HomeOfPerson::At),
            None => HomeOfPerson::Here,
        }
    }

    /// Handles a code sent here by an unknown client: in the dialect that consumes it, the data centre that issued it
    /// drops it.
    pub(crate) fn code_was_elsewhere(&self, asked: &Asked) {
        let used_up = self.zoho().dialect.has(Turned::CodeUsedUpElsewhere);
        let Some(code) = asked.either("code").filter(|_| used_up) else { return };
        self.known_neighbours().iter().for_each(|other| other.zoho().issued.take_code(code));
    }

    fn known_neighbours(&self) -> Vec<Arc<Self>> {
        lock(&self.neighbours).known.iter().filter_map(Weak::upgrade).collect()
    }
}

/// A data centre in no region table. The address is reserved, so no server can answer there.
pub(super) fn nowhere() -> Home {
    Home { location: "elsewhere".to_owned(), origin: "https://accounts.elsewhere.example".to_owned() }
}
