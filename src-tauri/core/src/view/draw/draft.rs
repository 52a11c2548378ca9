//! Draws the wizard's draft.

use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::{IDENTITY, Scope, is_known, listed};
use zoho_oauth::self_client::SelfClientCode;

use super::remedy;
use crate::Moment;
use crate::domain::credential_hints::look_at;
use crate::domain::problem::Problem;
use crate::domain::standing::TestResult;
use crate::domain::tasks::{TASKS, Task};
use crate::view::snapshot::{
    ApprovalView, CandidateView, CodeShown, DeviceView, DraftView, GrantedBy, Masked, Note, ScopeChoice,
    SecretElsewhere, TaskChoice, ZohoForm,
};

use crate::domain::draft::{Approval, Candidate, Device, Draft};
use crate::machine::desk::Desk;
use crate::machine::sign_in::{CLIENT_NAME, HOMEPAGE};
use crate::view::qr::Qr;

impl Desk {
    pub(super) fn draft_shown(&self, draft: &Draft, now: Moment) -> DraftView {
        let secret = draft.client_secret.as_ref();
        let replaced = draft.replaced(&self.kept.connections);
        DraftView {
            furthest: draft.furthest(),
            replaces: replaced.map(|c| c.id),
            gives_up: replaced.map(|c| draft.gives_up(c)).unwrap_or_default(),
            region: draft.region.clone(),
            host: draft.region.as_ref().and_then(|code| self.regions.host(code)),
            guess: draft.answers.guess.clone(),
            region_problem: draft.answers.region_refused.clone(),
            client_type: draft.client_type,
            redirect_method: draft.redirect_method(),
            own_redirect: draft.own_redirect.as_ref().map(|own| own.as_str().to_owned()),
            redirect_refused: draft.answers.redirect_refused,
            form: ZohoForm {
                name: CLIENT_NAME.to_owned(),
                homepage: HOMEPAGE.to_owned(),
                redirect_uris: draft.redirect_uris(),
            },
            redirect_uri: draft.redirect_uri(),
            client_id: draft.client_id.clone(),
            client_secret: secret.map(Masked::of),
            secrets_elsewhere: secrets_elsewhere(draft),
            hints: look_at(&draft.client_id, secret),
            paste_refused: draft.answers.paste_refused.clone(),
            tasks: TASKS.iter().map(|task| task_choice(task, draft)).collect(),
            scopes: scope_choices(draft),
            scope_refused: draft.answers.scope_refused.clone(),
            adds: match &draft.approval {
                Approval::Waiting(..) => draft.approval.is_enhancing(),
                Approval::Ready(_)
                | Approval::Checking { .. }
                | Approval::Exchanging
                | Approval::AskingForCode
                | Approval::Device(_)
                | Approval::AskingForToken => draft.only_adds_to(&self.kept.connections, now).is_some(),
            },
            keep_access: draft.keep_access,
            meters: self.meters_ahead(draft, now),
            asked: draft.ask().with_identity().asked(),
            lifetime: draft.lifetime,
            console_code: draft.console_code.as_ref().map(code_shown),
            organisation: draft.organisation.clone(),
            organisation_refused: draft.answers.organisation_refused,
            unproven_without_user: draft.scopes.iter().filter(|s| !s.is_proven_without_user()).cloned().collect(),
            approval: approval(draft),
            redirect_closed: matches!(&draft.approval, Approval::Ready(Some(problem)) if remedy::closes_redirect(problem)),
            other_regions: self.sign_in.other_regions(draft, &self.regions),
            candidate: draft.candidate.as_ref().map(|c| self.candidate_shown(c, draft)),
            kept: draft.kept,
        }
    }

    fn candidate_shown(&self, candidate: &Candidate, draft: &Draft) -> CandidateView {
        let old = draft.replaced(&self.kept.connections);
        let was = old
            .and_then(|c| c.identity.clone())
            .filter(|was| candidate.identity.as_ref().is_some_and(|is| is.email != was.email));
        CandidateView {
            name: old.map_or_else(|| draft.proposed_name(&self.regions, &candidate.grant.region), |c| c.name.clone()),
            region: candidate.grant.region.clone(),
            host: candidate.grant.origins.as_ref().map(|origins| origins.host().to_owned()),
            elsewhere: draft.region.as_ref() != Some(&candidate.grant.region),
            identity: candidate.identity.clone(),
            identity_problem: candidate.identity_problem.clone(),
            was,
            granted: candidate.grant.scopes.clone(),
            granted_by: if candidate.scopes_named { GrantedBy::Zoho } else { GrantedBy::Choice },
            missing: candidate.grant.scopes.missing(&candidate.asked(draft)),
            tested: candidate.tested.as_ref().map(TestResult::from),
            notes: candidate.notes.iter().map(note).collect(),
            lasts: candidate.grant.renews(),
            source: candidate.source,
            organisation: candidate.grant.organisation.clone(),
            testing: self.is_proving(),
            unsaved: self.open_vault().and_then(|v| v.unsaved.clone()),
        }
    }
}

fn code_shown(waiting: &SelfClientCode) -> CodeShown {
    CodeShown { code: Masked::of(&waiting.code), began: waiting.began, ends: waiting.ends }
}

fn note(problem: &Problem) -> Note {
    Note { problem: problem.clone(), action: remedy::of_note(problem) }
}

fn approval(draft: &Draft) -> ApprovalView {
    match &draft.approval {
        Approval::Ready(problem) => ApprovalView::Ready {
            action: problem.as_ref().map(|problem| remedy::of_approval(problem, draft)),
            ways_round: problem.as_ref().map(remedy::ways_round).unwrap_or_default(),
            problem: problem.clone(),
        },
        Approval::Checking { .. } => ApprovalView::Checking,
        Approval::Waiting(consent, problem) => ApprovalView::Waiting {
            began: consent.began,
            ends: consent.ends(),
            action: problem.as_ref().map(remedy::of_waiting),
            by_hand: problem.as_ref().is_some_and(remedy::is_finished_by_hand),
            problem: problem.clone(),
        },
        Approval::Exchanging => ApprovalView::Exchanging,
        Approval::AskingForCode => ApprovalView::AskingForCode,
        Approval::Device(device) => ApprovalView::Device(device_shown(device)),
        Approval::AskingForToken => ApprovalView::AskingForToken,
    }
}

fn device_shown(pending: &Device) -> DeviceView {
    DeviceView {
        user_code: pending.code.user_code.clone(),
        page: pending.code.page.to_string(),
        qr: Qr::of(pending.code.direct.as_str()),
        began: pending.began,
        ends: pending.ends(),
        asked_at: pending.asked_at,
        asks_at: (!pending.asking).then(|| pending.asks_at()),
        region: pending.region.clone(),
        action: pending.problem.as_ref().and_then(remedy::of_device),
        problem: pending.problem.clone(),
    }
}

pub(super) fn task_choice(task: &Task, draft: &Draft) -> TaskChoice {
    let scopes = task.scopes.iter().map(|&s| s.to_owned()).collect();
    TaskChoice { id: task.id.to_owned(), scopes, risk: task.risk, on: draft.has_task(task) }
}

fn scope_choices(draft: &Draft) -> Vec<ScopeChoice> {
    let own = draft.scopes.iter().filter(|s| !is_known(s)).cloned();
    let choice = |scope: Scope| {
        let fixed = scope.as_str() == IDENTITY;
        ScopeChoice { on: fixed || draft.scopes.has(&scope), fixed, known: is_known(&scope), scope }
    };
    listed().chain(own).map(choice).collect()
}

fn secrets_elsewhere(draft: &Draft) -> Vec<SecretElsewhere> {
    let shown =
        |(region, secret): (&RegionCode, _)| SecretElsewhere { region: region.clone(), secret: Masked::of(secret) };
    draft.secrets_elsewhere.iter().map(shown).collect()
}
