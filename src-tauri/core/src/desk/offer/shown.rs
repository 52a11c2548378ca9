//! Drawing what a file offers, and what is being handed over.

use crate::desk::Desk;
use crate::desk::draft_picture::task_choice;
use crate::domain::draft::Draft;
use crate::formats::setup_file::SetUp;
use crate::region::{Origins, Regions};
use crate::scope::TASKS;
use crate::view::snapshot::{HandingOver, Offer as OfferShown, SetUp as SetUpShown};

use super::Offer;

impl Offer {
    pub(in crate::desk) fn shown(&self, regions: &Regions) -> OfferShown {
        match self {
            Self::SetUp(it) => OfferShown::SetUp { set_up: set_up(it, regions) },
            Self::Sealed { trying, problem, .. } => OfferShown::Sealed { trying: *trying, problem: problem.clone() },
            Self::HandOver { hand_over: it, trying, problem } => OfferShown::HandOver {
                set_up: set_up(&it.set_up, regions),
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
}

impl Desk {
    pub(in crate::desk) fn handing_over(&self) -> Option<HandingOver> {
        let handing = self.handing.as_ref().filter(|h| self.kept.connections.contains_key(&h.id))?;
        Some(HandingOver { id: handing.id, sealing: handing.sealing, problem: handing.problem.clone() })
    }
}

/// A job is shown where each of its permissions is asked for.
fn set_up(it: &SetUp, regions: &Regions) -> SetUpShown {
    let draft = Draft::from_set_up(it.clone());
    SetUpShown {
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
