//! Regions that the user adds, and the file that stores them.

use zoho_oauth::region::{Region, RegionCode, RegionConflict};

use crate::domain::custom_regions::{PRACTICE, RegionForm, RegionRefused, read_regions_file, write_regions_file};
use crate::domain::fingerprint::Fingerprint;
use crate::domain::problem::Problem;
use crate::machine::question::DeskQuestion;
use crate::messages::confirmation::Confirmation;
use crate::messages::effect::Effect;

use super::Router;

impl Router<'_> {
    pub(super) fn take_regions(&mut self, file: &str) -> Result<(), Problem> {
        read_regions_file(file, &mut self.desk.regions).map_err(|broken| {
            let line = u32::try_from(broken.line).unwrap_or(u32::MAX);
            Problem::RegionsFile { line, reason: zoho_oauth::text::shown(&broken.reason) }
        })?;
        self.desk.regions_file.push(Fingerprint::of(file.as_bytes()));
        Ok(())
    }

    /// Asks the user to confirm the region's servers, or shows beside the form what is wrong with it.
    pub(super) fn add_region(&mut self, form: &RegionForm) {
        let refused = |why: RegionRefused| Problem::RegionRefused { reason: why.to_string() };
        let fits = form.read().map_err(refused).and_then(|region| {
            self.desk.may_be_added(&region)?;
            self.desk.regions.clone().add(region.clone()).map_err(RegionRefused::from).map_err(refused)?;
            Ok(region)
        });
        match fits {
            Ok(region) => {
                self.sign_in().edit(|draft| draft.answers.region_refused = None);
                let shown = Confirmation::AddRegion { region: Box::new(region.clone()) };
                self.cx().confirm(DeskQuestion::ConfirmAddRegion(Box::new(region)), shown);
            }
            Err(problem) => self.sign_in().edit(|draft| draft.answers.region_refused = Some(problem)),
        }
    }

    pub(super) fn region_confirmed(&mut self, region: Region) {
        match self.add_to_table(region) {
            Ok(code) => {
                self.save_regions();
                self.sign_in().move_to(&code);
            }
            Err(problem) => self.sign_in().edit(|draft| draft.answers.region_refused = Some(problem)),
        }
    }

    /// Overwrites only contents that Keyfob knows. A file that was not read may hold regions that are nowhere else, so
    /// it is set aside.
    fn save_regions(&mut self) {
        let file = write_regions_file(&self.desk.regions);
        let known = self.desk.regions_file.clone();
        self.desk.regions_file.push(Fingerprint::of(file.as_bytes()));
        self.cx().ask(DeskQuestion::SaveRegions, |ticket| Effect::SaveRegions(ticket, file, known));
    }

    pub(super) fn regions_saved(&mut self, saved: Result<Option<String>, Problem>) {
        match saved {
            Ok(Some(set_aside)) => self.desk.notices.trouble(Problem::RegionsFileSetAside { set_aside }),
            Ok(None) => {}
            Err(problem) => self.desk.notices.trouble(problem),
        }
    }

    fn add_to_table(&mut self, region: Region) -> Result<RegionCode, Problem> {
        let code = region.code.clone();
        self.desk.may_be_added(&region)?;
        let refused = |why: RegionConflict| Problem::RegionRefused { reason: why.to_string() };
        self.desk.regions.add(region).map_err(refused)?;
        self.compare_origins();
        Ok(code)
    }

    pub(super) fn practise(&mut self) {
        if self.desk.open_vault().is_none() {
            return;
        }
        if self.desk.regions.find(&PRACTICE).is_some() {
            self.sign_in().begin_practice();
        } else {
            self.cx().ask(DeskQuestion::StartPractice, Effect::StartPractice);
        }
    }

    pub(super) fn practice_started(&mut self, started: Result<Region, Problem>) {
        let added = started.and_then(|region| {
            let refused = |why: RegionConflict| Problem::PracticeNotStarted { reason: why.to_string() };
            self.desk.regions.add_unlisted(region).map_err(refused)
        });
        match added {
            Ok(()) => self.sign_in().begin_practice(),
            Err(problem) => self.desk.notices.trouble(problem),
        }
    }
}
