//! What the button of a problem does, depending on where the problem is shown.

use crate::domain::connection::ConnectionId;
use crate::domain::draft::Draft;
use crate::domain::fields::{CorrectedField, FormField};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::problem::Problem;
use crate::domain::problem::remedy::Remedy;
use crate::domain::redirect_method::RedirectMethod;
use crate::domain::standing::Standing;
use crate::domain::step::Step;
use crate::view::action::{
    Action, AppAction, ChecksAction, PreparedIntent, ShareAction, SignInAction, TokensAction, VaultAction,
};

const SIGN_IN: SignInAction = SignInAction::SignIn { anyway: false };

/// The action on a connection's card and page.
pub(super) fn of_connection(problem: &Problem, id: ConnectionId) -> Action {
    match problem.remedy() {
        Remedy::TestAgain => ChecksAction::Test { id }.into(),
        Remedy::SignInAgain | Remedy::GoTo(_) | Remedy::OpenConsole | Remedy::RegisterRedirectUri => {
            SignInAction::SignInAgain { id }.into()
        }
        Remedy::AddPermissions => SignInAction::AddPermissions { id }.into(),
        Remedy::WriteLiveFile => ShareAction::WriteLiveFile { id }.into(),
        Remedy::SaveAgain => VaultAction::RetrySave.into(),
        Remedy::TryAgain
        | Remedy::Correct(_)
        | Remedy::OpenBrowser
        | Remedy::GoHome
        | Remedy::Practise
        | Remedy::OpenFile
        | Remedy::StartWizard
        | Remedy::CopyOwnKey
        | Remedy::Dismiss => TokensAction::Refresh { id }.into(),
    }
}

/// What the user can do about a connection's state; `None` when there is no problem.
pub(super) fn of_standing(standing: &Standing, id: ConnectionId) -> Option<Action> {
    match standing {
        Standing::Waiting { problem, .. } | Standing::NeedsYou { problem } => Some(of_connection(problem, id)),
        Standing::Ended => Some(SignInAction::SignInAgain { id }.into()),
        Standing::Fresh | Standing::Due | Standing::Resting | Standing::HeldBack { .. } => None,
    }
}

/// The action in a notice. A notice without a problem has no button, and one about a revocation has its own.
pub(super) fn of_notice(notice: &Notice) -> Option<Action> {
    let NoticeKind::Trouble { problem, about } = &notice.what else { return None };
    Some(match problem.remedy() {
        Remedy::Dismiss => AppAction::Dismiss { notice: notice.id }.into(),
        Remedy::SaveAgain => VaultAction::RetrySave.into(),
        Remedy::Practise => AppAction::Practise.into(),
        Remedy::OpenFile => SignInAction::OpenFile.into(),
        Remedy::StartWizard => SignInAction::Start.into(),
        Remedy::CopyOwnKey => AppAction::CopyOwnKey.into(),
        // Outside a sign-in, the browser is only opened for the console.
        Remedy::OpenBrowser => SignInAction::OpenConsole.into(),
        Remedy::TryAgain
        | Remedy::SignInAgain
        | Remedy::AddPermissions
        | Remedy::GoTo(_)
        | Remedy::Correct(_)
        | Remedy::OpenConsole
        | Remedy::RegisterRedirectUri
        | Remedy::GoHome
        | Remedy::TestAgain
        | Remedy::WriteLiveFile => match about {
            Some(id) => of_connection(problem, *id),
            None => AppAction::Dismiss { notice: notice.id }.into(),
        },
    })
}

/// The action in the approval step, after an attempt that ended.
pub(super) fn of_approval(problem: &Problem, draft: &Draft) -> Action {
    match (problem.remedy(), problem) {
        (Remedy::GoTo(step), _) => SignInAction::GoTo { step }.into(),
        (Remedy::OpenBrowser, _) => SignInAction::OpenAgain.into(),
        (Remedy::OpenConsole, _) => SignInAction::OpenConsole.into(),
        (Remedy::GoHome, _) => SignInAction::GoHome.into(),
        // A pasted address is corrected only while the browser is open.
        (Remedy::Correct(field), _) if field != CorrectedField::Address => Action::Correct { field },
        (_, Problem::RedirectMismatch { redirect_uri }) => {
            let is_second = draft.redirect_uris().get(1) == Some(redirect_uri);
            let field = if is_second { FormField::SecondRedirectUri } else { FormField::RedirectUri };
            SignInAction::CopyForForm { field }.into()
        }
        (_, Problem::ExchangeCutOff) if draft.redirect_method() == RedirectMethod::ConsoleCode => {
            Action::Fill { field: CorrectedField::ConsoleCode }
        }
        _ => SIGN_IN.into(),
    }
}

/// The other ways to continue, beside that button.
#[expect(clippy::wildcard_enum_match_arm, reason = "most problems have none")]
pub(super) fn ways_round(problem: &Problem) -> Vec<PreparedIntent> {
    let ways = if is_passable(problem) {
        let other_type = closes_redirect(problem).then_some(SignInAction::GoTo { step: Step::Register });
        std::iter::once(SignInAction::SignIn { anyway: true }).chain(other_type).collect()
    } else {
        match problem {
            Problem::ExchangeCutOff => vec![SignInAction::OpenConnectedApps],
            Problem::WouldRetire { .. } => vec![SignInAction::RetireOldest],
            Problem::RedirectMismatch { .. } => vec![SignInAction::OpenConsole],
            _ => Vec::new(),
        }
    };
    ways.into_iter().map(PreparedIntent::SignIn).collect()
}

/// Whether the user may sign in all the same, and finish by hand.
fn is_passable(problem: &Problem) -> bool {
    closes_redirect(problem) || problem.is_of_the_keyring()
}

/// Whether the redirect method cannot return a response. Another client type has another method.
pub(super) fn closes_redirect(problem: &Problem) -> bool {
    matches!(problem, Problem::LinkNotOurs { .. } | Problem::PortsBusy { .. })
}

/// The action while the browser is open.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other remedy needs a fresh start in the browser")]
pub(super) fn of_waiting(problem: &Problem) -> Action {
    match problem.remedy() {
        Remedy::SignInAgain => SIGN_IN.into(),
        Remedy::Correct(field @ CorrectedField::Address) => Action::Correct { field },
        _ => SignInAction::OpenAgain.into(),
    }
}

/// Whether the user has to paste the address that Zoho redirected to.
pub(super) fn is_finished_by_hand(problem: &Problem) -> bool {
    matches!(problem, Problem::NotTheAddress { .. } | Problem::PortsBusy { .. })
}

/// The action while a user code is shown. Keyfob polls again after a failure, so most problems need none.
pub(super) fn of_device(problem: &Problem) -> Option<Action> {
    (problem.remedy() == Remedy::OpenBrowser).then(|| SignInAction::OpenAgain.into())
}

/// The action of a note on a candidate; `None` when the note is only for information.
pub(super) fn of_note(note: &Problem) -> Option<Action> {
    (note.remedy() == Remedy::SignInAgain).then(|| SIGN_IN.into())
}

#[cfg(test)]
mod tests;
