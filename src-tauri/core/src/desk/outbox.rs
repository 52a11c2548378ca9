//! What is asked of the world, which answers are awaited, and what each is for.

use std::collections::BTreeMap;

use secrecy::SecretString;
use zoho_oauth::client::{Client, OrganisationId};
use zoho_oauth::region::RegionCode;
use zoho_oauth::scope::Read;

use crate::domain::activity::Happened;
use crate::domain::connection::ConnectionId;
use crate::domain::export_choice::FileFormat;
use crate::domain::fields::PasteField;
use crate::domain::keeping::Keeping;
use crate::domain::live_file::Fingerprint;
use crate::domain::notice::CopiedWhat;
use crate::domain::revocation::RevocationId;
use crate::messages::effect::{Effect, Sensitivity, Ticket};

use super::confirming::Confirmed;
use super::handing_over::Handed;
use super::testing::Attempt;

/// The effects of this turn, and the open questions. A ticket that is not here is old; its answer is dropped.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    last: u64,
    open: BTreeMap<Ticket, Question>,
    effects: Vec<Effect>,
}

/// What an answer is for.
#[derive(Clone, Debug)]
pub(super) enum Question {
    OpenVault(Keeping),
    Save,
    WayHome,
    /// The link of the page at the end; nothing depends on it.
    LinkBack,
    Nonce,
    /// For the page to add permissions; with whether the way home is to be proven.
    Enhance {
        anyway: bool,
    },
    Browser,
    Exchange(RegionCode),
    /// An exchange the person cancelled: tokens that still come are revoked.
    Discard(RegionCode, Option<Box<Client>>),
    DeviceCode(RegionCode),
    /// Whether the person has approved a device code.
    Poll(RegionCode),
    /// Whether this region knows the draft's client.
    KnowsClient(RegionCode),
    Identify,
    Prove,
    /// A token for this organisation, issued to the client itself at this region.
    ClientToken(RegionCode, OrganisationId),
    /// Whether the refresh token that the user already has is good, at this region.
    ProveRefreshToken(RegionCode, SecretString),
    Refresh(ConnectionId),
    Test(ConnectionId, Attempt),
    Probe(ConnectionId, Read),
    Revoke(Whose, RevokePath),
    /// The user is asked outside the page.
    Confirm(Confirmed),
    Copy(CopiedWhat, Sensitivity),
    Paste(PasteField),
    PasteSecretFor(RegionCode),
    File,
    /// With what is noted once it is written, where anything is.
    SaveFile(Option<(ConnectionId, Happened)>),
    HandOver(Handed),
    LivePlace(ConnectionId, FileFormat),
    /// At this path.
    WriteLiveFile(ConnectionId, String, Fingerprint),
    /// The connection is gone since; what is being written at this path is removed after that.
    LastOfLiveFile(String, Vec<Fingerprint>),
    RemoveLiveFile,
    Unseal,
    TakeOver,
    SaveRegions,
    AtLogin,
    StartPractice,
}

/// Whose token is being revoked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Whose {
    /// On its card until Zoho has answered.
    Connection(ConnectionId),
    /// On the list of those that wait.
    Queued(RevocationId),
}

/// Which of Zoho's two revocation paths was asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RevokePath {
    Newer,
    Older,
}

impl Outbox {
    /// Asks the world something.
    pub(super) fn ask(&mut self, question: Question, effect: impl FnOnce(Ticket) -> Effect) {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.insert(ticket, question);
        self.effects.push(effect(ticket));
    }

    /// Does something that answers nothing.
    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The effects so far, in order; the next turn begins without any.
    pub(super) fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Takes the question an answer is for.
    pub(super) fn settle(&mut self, ticket: Ticket) -> Option<Question> {
        self.open.remove(&ticket)
    }

    /// Gives up the questions that `which` picks; their answers will be dropped.
    pub(super) fn forget(&mut self, which: impl Fn(&Question) -> bool) {
        self.open.retain(|_, question| !which(question));
    }

    /// Takes back the questions that `which` picks, and returns their tickets.
    pub(super) fn take_back(&mut self, which: impl Fn(&Question) -> bool) -> Vec<Ticket> {
        self.open.extract_if(.., |_, question| which(question)).map(|(ticket, _)| ticket).collect()
    }

    /// Turns one question into another, whose answer is then read differently.
    pub(super) fn change(&mut self, to: impl Fn(&Question) -> Option<Question>) {
        for question in self.open.values_mut() {
            if let Some(other) = to(question) {
                *question = other;
            }
        }
    }

    /// How many questions `which` picks.
    pub(super) fn count(&self, which: impl Fn(&Question) -> bool) -> usize {
        self.open.values().filter(|q| which(q)).count()
    }
}
