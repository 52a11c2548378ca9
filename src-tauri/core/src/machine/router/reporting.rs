//! Copies a report of a problem to the clipboard.
//!
//! Invariant: the page says only where the problem is shown; the problem, and what is reported with it, are found here.

use crate::Moment;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::draft::{Approval, Draft};
use crate::domain::keeping::Keeping;
use crate::domain::notice::{CopiedWhat, NoticeKind};
use crate::domain::problem::Problem;
use crate::domain::redirect_method::RedirectMethod;
use crate::domain::report_place::ReportAbout;
use crate::domain::standing::Standing;
use crate::formats::report::{self, Report};
use crate::machine::desk::Desk;
use crate::machine::sign_in::Offer;
use crate::machine::store::State;

use super::Router;

impl Router<'_> {
    /// Leaves the clipboard alone when no problem is shown there any more.
    pub(super) fn copy_report(&mut self, about: ReportAbout) {
        let Some(problem) = self.desk.problem_at(about, self.now) else {
            return;
        };
        let report = Report {
            system: &self.desk.system,
            now: self.now,
            problem: &problem,
            about,
            keeping: self.desk.open_vault().map_or(Keeping::NotYet, |open| open.keeping),
            lines: self.desk.lines_at(about, self.now),
        };
        let text = report.text();
        self.cx().put_report_on_clipboard(CopiedWhat::Report { about }, text);
    }
}

impl Desk {
    fn problem_at(&self, about: ReportAbout, now: Moment) -> Option<Problem> {
        let draft = self.kept.draft.as_ref();
        match about {
            ReportAbout::Vault => match self.store.state() {
                State::Opening(problem) => problem.clone(),
                State::Closed(problem) => Some(problem.clone()),
                State::Open(_) => None,
            },
            ReportAbout::Notice { notice } => self.noticed(notice)?.problem().cloned(),
            ReportAbout::RegionForm => draft?.answers.region_refused.clone(),
            ReportAbout::Approval => match &draft?.approval {
                Approval::Ready(problem) | Approval::Waiting(_, problem) => problem.clone(),
                Approval::Device(device) => device.problem.clone(),
                Approval::Checking { .. }
                | Approval::Exchanging
                | Approval::AskingForCode
                | Approval::AskingForToken => None,
            },
            ReportAbout::Identity => draft?.candidate.as_ref()?.identity_problem.clone(),
            ReportAbout::Proof => draft?.candidate.as_ref()?.tested.as_ref()?.outcome.as_ref().err().cloned(),
            ReportAbout::Note { nth } => draft?.candidate.as_ref()?.notes.get(usize::try_from(nth).ok()?).cloned(),
            ReportAbout::Saving => self.open_vault()?.unsaved.clone(),
            ReportAbout::Connection { id } => match self.kept.settings.standing(self.kept.connections.get(&id)?, now) {
                Standing::Waiting { problem, .. } | Standing::NeedsYou { problem } => Some(problem),
                Standing::Fresh | Standing::Due | Standing::Resting | Standing::HeldBack { .. } | Standing::Ended => {
                    None
                }
            },
            ReportAbout::Test { id } => {
                self.kept.connections.get(&id)?.tested.as_ref()?.outcome.as_ref().err().cloned()
            }
            ReportAbout::LiveFile { id } => self.kept.connections.get(&id)?.live_file.as_ref()?.problem.clone(),
            ReportAbout::Revocation { revocation } => {
                self.kept.revocations.get(&revocation)?.trouble.as_ref().map(|t| t.problem.clone())
            }
            ReportAbout::Handover => self.share.handing.as_ref()?.problem.clone(),
            ReportAbout::Offer => match self.sign_in.offer.as_ref()? {
                Offer::Sealed { problem, .. } | Offer::Handover { problem, .. } => problem.clone(),
                Offer::Setup(_) => None,
            },
        }
    }

    /// The report's lines about what the problem there concerns.
    fn lines_at(&self, about: ReportAbout, now: Moment) -> Vec<String> {
        let connection = |id: ConnectionId| self.kept.connections.get(&id);
        let of = |found: Option<&Connection>| found.map(|it| report::connection(it, now)).unwrap_or_default();
        match about {
            ReportAbout::Vault => Vec::new(),
            ReportAbout::Notice { notice } => {
                of(self.noticed(notice).and_then(NoticeKind::connection).and_then(connection))
            }
            ReportAbout::Connection { id } | ReportAbout::Test { id } | ReportAbout::LiveFile { id } => {
                of(connection(id))
            }
            ReportAbout::Handover => of(self.share.handing.as_ref().and_then(|handing| connection(handing.id))),
            ReportAbout::Revocation { revocation } => {
                self.kept.revocations.get(&revocation).map(report::revocation).unwrap_or_default()
            }
            ReportAbout::RegionForm
            | ReportAbout::Approval
            | ReportAbout::Identity
            | ReportAbout::Proof
            | ReportAbout::Note { .. }
            | ReportAbout::Saving => self.kept.draft.as_ref().map(draft_lines).unwrap_or_default(),
            ReportAbout::Offer => match &self.sign_in.offer {
                Some(Offer::Handover { handover: it, .. }) => report::client(
                    Some(&it.setup.region),
                    it.setup.client_type,
                    RedirectMethod::of(it.setup.client_type),
                ),
                Some(Offer::Sealed { .. } | Offer::Setup(_)) | None => Vec::new(),
            },
        }
    }

    fn noticed(&self, notice: u32) -> Option<&NoticeKind> {
        self.notices.shown().iter().find(|n| n.id == notice).map(|n| &n.what)
    }
}

fn draft_lines(draft: &Draft) -> Vec<String> {
    let mut lines = report::client(draft.region.as_ref(), draft.client_type, draft.redirect_method());
    if let Some(candidate) = &draft.candidate {
        lines.push(format!("Approved in: {}", candidate.grant.region.as_str()));
    }
    lines.push(report::permissions(&draft.scopes));
    lines
}
