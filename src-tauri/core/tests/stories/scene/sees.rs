//! What the user sees.

use keyfob_core::connection::ConnectionId;
use keyfob_core::notice::NoticeKind;
use keyfob_core::snapshot::{ApprovalView, CandidateView, Card, DraftView, Masked, PassphraseFor, Screen};
use keyfob_core::step::Step;
use keyfob_core::{Effect, Problem, Snapshot};
use secrecy::SecretString;

use super::Scene;
use super::effects::described;
use super::words::{CLIENT_ID, CLIENT_SECRET, good_link};

/// No attempt is pending, and none failed.
pub const READY: ApprovalView = ApprovalView::Ready { problem: None, action: None, ways_round: Vec::new() };

/// The vault is not open.
pub fn closed(problem: &Problem, trying: bool) -> Screen {
    Screen::Vault { problem: problem.clone(), trying, passphrase: PassphraseFor::help_with(problem) }
}

impl Scene {
    pub fn snapshot(&self) -> Snapshot {
        self.desk.snapshot(self.now)
    }

    pub fn screen(&self) -> Screen {
        self.snapshot().screen
    }

    #[track_caller]
    pub fn draft(&self) -> DraftView {
        self.snapshot().draft.expect("there is a draft")
    }

    #[track_caller]
    pub fn approval(&self) -> ApprovalView {
        self.draft().approval
    }

    /// Whether a live file is to be written and its write has not started.
    pub fn a_file_waits_for_the_disk(&self) -> bool {
        let cards = self.snapshot().connections;
        let waiting = cards.iter().filter_map(|card| card.live_file.as_ref()).filter(|live| live.writing).count();
        waiting > self.count(|e| matches!(e, Effect::WriteLiveFile(..)))
    }

    /// Whether a code is to be exchanged and its request has not been sent.
    pub fn a_code_waits_for_the_disk(&self) -> bool {
        let is_sent = |e: &Effect| {
            let what = described(e);
            what.ends_with(" authorization_code") || what.ends_with(" device_token")
        };
        let is_on_its_way = match self.snapshot().draft.map(|draft| draft.approval) {
            Some(ApprovalView::Exchanging) => true,
            Some(ApprovalView::Device(device)) => device.asks_at.is_none(),
            _ => false,
        };
        is_on_its_way && self.count(is_sent) == 0
    }

    #[track_caller]
    pub fn is_waiting(&self) -> bool {
        matches!(self.approval(), ApprovalView::Waiting { .. })
    }

    /// Why the last attempt ended.
    #[track_caller]
    pub fn attempt_ended_with(&self) -> Problem {
        match self.approval() {
            ApprovalView::Ready { problem: Some(problem), .. } => problem,
            other => panic!("the attempt has not ended with a problem: {other:?}"),
        }
    }

    /// The notes shown before the tokens are kept.
    #[track_caller]
    pub fn notes(&self) -> Vec<Problem> {
        self.to_confirm().notes.into_iter().map(|note| note.problem).collect()
    }

    /// The problem shown while the browser is open.
    #[track_caller]
    pub fn said_while_waiting(&self) -> Option<Problem> {
        match self.approval() {
            ApprovalView::Waiting { problem, .. } => problem,
            other => panic!("no consent is pending: {other:?}"),
        }
    }

    /// Asserts that the whole input is still there, without tokens, and that the user can try again.
    #[track_caller]
    pub fn keeps_what_was_typed(&self) {
        let draft = self.draft();
        assert_eq!(draft.client_id, CLIENT_ID);
        assert_eq!(draft.client_secret, Some(masked(CLIENT_SECRET)));
        assert!(draft.region.is_some(), "the region is kept");
        let chosen = |name: &str| draft.scopes.iter().any(|s| s.on && s.scope.as_str() == name);
        assert!(chosen("ZohoCliq.Channels.READ") && chosen("ZohoCliq.Profile.READ"));
        assert!(draft.candidate.is_none() && draft.kept.is_none());
        assert_eq!(draft.furthest, Step::Approve);
    }

    #[track_caller]
    pub fn to_confirm(&self) -> CandidateView {
        self.draft().candidate.expect("there is a candidate")
    }

    /// The only connection.
    #[track_caller]
    pub fn card(&self) -> Card {
        let mut cards = self.snapshot().connections;
        assert_eq!(cards.len(), 1);
        cards.remove(0)
    }

    #[track_caller]
    pub fn card_of(&self, id: ConnectionId) -> Card {
        let card = self.snapshot().connections.into_iter().find(|c| c.id == id);
        card.expect("the connection is there")
    }

    pub fn notices(&self) -> Vec<NoticeKind> {
        self.snapshot().notices.into_iter().map(|n| n.what).collect()
    }

    /// The problems among the notices.
    pub fn troubles(&self) -> Vec<Problem> {
        let trouble = |n| {
            if let NoticeKind::Trouble { problem, .. } = n { Some(problem) } else { None }
        };
        self.notices().into_iter().filter_map(trouble).collect()
    }

    pub fn strays(&self) -> u32 {
        self.snapshot().strays
    }

    /// A good link arrives now and has no effect but to be counted.
    pub fn only_counts_the_link(&mut self) {
        self.forget_what_it_did();
        self.link(&good_link());
        self.did(&[]);
        assert_eq!(self.strays(), 1);
    }
}

/// A secret in the form that the window shows.
pub fn masked(secret: &str) -> Masked {
    Masked::of(&SecretString::from(secret))
}
