//! Draws the offer of a file, and the connection that is being handed over.

use zoho_oauth::region::{Origins, Regions};

use crate::domain::draft::Draft;
use crate::domain::tasks::TASKS;
use crate::formats::setup_file::Setup;
use crate::machine::desk::Desk;
use crate::machine::sign_in::Offer;
use crate::view::snapshot::{HandingOver, OfferView, SetupView};

use super::draft::task_choice;

/// An offer as the page shows it.
pub(super) fn shown(offer: &Offer, regions: &Regions) -> OfferView {
    match offer {
        Offer::Setup(it) => OfferView::Setup { setup: setup(it, regions) },
        Offer::Sealed { trying, problem, .. } => OfferView::Sealed { trying: *trying, problem: problem.clone() },
        Offer::Handover { handover: it, trying, problem } => OfferView::Handover {
            setup: setup(&it.setup, regions),
            region: it.region.clone(),
            host: regions.find(&it.region).map(|r| Origins::from(r).host().to_owned()).unwrap_or_default(),
            to: it.to.clone(),
            made: it.made,
            until: it.until,
            trying: *trying,
            problem: problem.clone(),
        },
    }
}

impl Desk {
    pub(super) fn handing_over(&self) -> Option<HandingOver> {
        let handing = self.share.handing.as_ref().filter(|h| self.kept.connections.contains_key(&h.id))?;
        Some(HandingOver { id: handing.id, sealing: handing.sealing, problem: handing.problem.clone() })
    }
}

/// Draws a setup. A task is listed when the setup requests all of its permissions.
fn setup(it: &Setup, regions: &Regions) -> SetupView {
    let draft = Draft::from_setup(it.clone());
    SetupView {
        name: it.name.clone(),
        region: it.region.clone(),
        host: regions.host(&it.region),
        client_type: it.client_type,
        client_id: it.client_id.clone(),
        tasks: TASKS.iter().map(|task| task_choice(task, &draft)).filter(|task| task.on).collect(),
        scopes: it.scopes.clone(),
        keep_access: it.keep_access,
    }
}
