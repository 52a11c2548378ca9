//! Who hears of what: each event, intent and answer beside the function for it, and what a turn begins and ends with.

mod decisions;
mod facts;
mod keeping;

use std::mem;

use crate::Moment;
use crate::messages::effect::{Answer, Effect, Ticket};
use crate::messages::event::Event;
use crate::messages::intent::Intent;

use super::Desk;
use super::outbox::Question;
use super::turn::Turn;

impl Desk {
    /// Takes one event at a moment, and answers with what to do.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let set_back = now < mem::replace(&mut self.latest, now);
        let mut turn = Turn::new(self, now);
        if set_back {
            turn.count_from_now();
        }
        match event {
            Event::Started { regions_file, system } => turn.start(regions_file, system),
            Event::Asked(intent) => turn.intent_came(intent),
            Event::LinkArrived(link) => turn.link_came(&link),
            Event::LoopbackAsked { knock, target } => turn.loopback_asked(knock, &target),
            Event::KnockRefused => turn.knock_refused(),
            Event::HttpsAsked => turn.https_asked(),
            Event::FileDropped(dropped) => turn.file_dropped(dropped),
            Event::StartsAtLogin(on) => turn.desk.at_login = on,
            Event::CloseAsked { tray } => turn.close_asked(tray),
            Event::ScriptAsked { caller, wish } => turn.script_asked(caller, wish),
            Event::ScriptLeft(caller) => turn.script_left(caller),
            Event::Answered(ticket, answer) => turn.answer_came(ticket, answer),
            Event::Looked => turn.look(),
            Event::Woke | Event::NetworkBack => turn.way_may_be_open(),
        }
        turn.end()
    }
}

impl Turn<'_> {
    pub(super) fn intent_came(&mut self, intent: Intent) {
        match intent {
            Intent::TryVaultAgain => self.open_with_keyring(),
            Intent::UsePassphrase { passphrase } => self.open_with_passphrase(passphrase),
            Intent::UseThisRunOnly => self.open_for_this_run(),
            Intent::RetrySave => self.changed(),
            Intent::Start => self.start_wizard(),
            Intent::Practise => self.practise(),
            Intent::OpenPractice => self.open_practice(),
            Intent::GoHome => self.go_home(),
            Intent::Open { id } => self.open_connection(id),
            Intent::GoTo { step } => self.go_to(step),
            Intent::Next => self.next(),
            Intent::Back => self.back(),
            Intent::ForgetDraft => self.forget_draft(),
            Intent::Dismiss { notice } => self.desk.notices.withdraw(|n| n.id == notice),
            Intent::ChooseOnClose { on_close } => self.choose_on_close(on_close),
            Intent::StayOpen => self.stay_open(),
            Intent::PauseRefreshing { on } => self.pause_refreshing(on),
            Intent::StartAtLogin { on } => self.ask(Question::AtLogin, |ticket| Effect::StartAtLogin(ticket, on)),
            Intent::Quit => self.quit_asked(),
            Intent::QuitUnsaved => self.tell(Effect::Quit),
            Intent::ChooseRegion { region } => self.choose_region(&region),
            Intent::ChooseClientType { client_type } => self.choose_client_type(client_type),
            Intent::OpenFile => self.ask(Question::File, Effect::PickFile),
            Intent::GuessRegion { address } => self.guess_region(&address),
            Intent::AddRegion { form } => self.add_region(&form),
            Intent::CopyForForm { field } => self.copy_for_form(field),
            Intent::UseRedirectUri { address } => self.use_redirect_uri(&address),
            Intent::OpenConsole => self.open_console(),
            Intent::OpenConnectedApps => self.open_connected_apps(),
            Intent::TypeClientId { text } => self.type_client_id(&text),
            Intent::TypeClientSecret { text } => self.type_client_secret(&text),
            Intent::TypeSecretFor { region, text } => self.type_secret_for(region, &text),
            Intent::PasteSecretFor { region } => self.ask(Question::PasteSecretFor(region), Effect::Paste),
            Intent::Paste { field } => self.ask(Question::Paste(field), Effect::Paste),
            Intent::ChooseTask { task, on } => self.choose_task(&task, on),
            Intent::ChooseScope { scope, on } => self.choose_scope(&scope, on),
            Intent::KeepAccess { on } => self.keep_access(on),
            Intent::SignIn { anyway } => self.begin_sign_in(anyway),
            Intent::RetireOldest => self.retire_oldest(),
            Intent::OpenAgain => self.open_again(),
            Intent::CopyLink => self.copy_link(),
            Intent::CopyUserCode => self.copy_user_code(),
            Intent::HaveAdded => {
                self.has_added();
            }
            Intent::PasteAddress { text } => self.address_pasted(&text),
            Intent::PasteCode { text } => self.code_pasted(&text),
            Intent::UseClientCredentials { organisation } => self.use_client_credentials(&organisation),
            Intent::UseRefreshToken { text } => self.use_refresh_token(&text),
            Intent::ChooseLifetime { minutes } => self.choose_lifetime(minutes),
            Intent::CopyScopes => self.copy_scopes(),
            Intent::Saw { page } => self.saw(page),
            Intent::AskOtherRegions => self.ask_other_regions(),
            Intent::AskRegion { region } => self.ask_region(&region),
            Intent::StopAsking => self.stop_asking(),
            Intent::SwitchRegion { region } => self.switch_region(&region),
            Intent::CancelConsent => self.stop_consent(None),
            Intent::CheckAgain => self.check_candidate(),
            Intent::Keep { name } => self.keep(&name),
            Intent::NotMe => self.not_me(),
            Intent::Copy { id, shape } => self.copy(id, shape),
            Intent::Export { id, export } => self.export(id, export),
            Intent::ExportActivity { id } => self.export_activity(id),
            Intent::ChooseLiveFile { id, format } => self.choose_live_file(id, format),
            Intent::WriteLiveFile { id } => self.write_live_file(id),
            Intent::StopLiveFile { id } => self.stop_live_file(id),
            Intent::KeepFresh { id, on } => self.keep_fresh(id, on),
            Intent::AllowScripts { id, on } => self.allow_scripts(id, on),
            Intent::CopyCommand { id } => self.copy_command(id),
            Intent::Refresh { id } => self.refresh(id, None),
            Intent::Test { id } => self.test(id),
            Intent::ProbeScopes { id } => self.probe_scopes(id),
            Intent::StopProbing { id } => self.stop_probing(id),
            Intent::Rename { id, name } => self.rename(id, &name),
            Intent::SignInAgain { id } => self.sign_in_again(id),
            Intent::AddPermissions { id } => self.add_permissions(id),
            Intent::RevokeAndDelete { id } => self.revoke_and_delete(id),
            Intent::DeleteHere { id } => self.delete_here(id),
            Intent::RevokeLater { id } => self.revoke_later(id),
            Intent::RevokeNow { revocation } => self.revoke_now(revocation),
            Intent::ForgetRevocation { revocation } => self.forget_revocation(revocation),
            Intent::SaveSetUp { id } => self.save_set_up(id),
            Intent::BeginHandOver { id } => self.begin_hand_over(id),
            Intent::StopHandOver => self.stop_hand_over(),
            Intent::HandOver { to, lasts, lock } => self.hand_over(&to, lasts, lock),
            Intent::OpenSealed { passphrase } => self.open_sealed(&passphrase),
            Intent::TakeOffer => self.take_offer(),
            Intent::LeaveOffer => self.leave_offer(),
            Intent::CopyOwnKey => self.copy_own_key(),
            Intent::CopyReport { about } => self.copy_report(about),
        }
    }

    /// An answer meets its question; any other pair is an old ticket's, and dropped.
    pub(super) fn answer_came(&mut self, ticket: Ticket, answer: Answer) {
        let Some(question) = self.desk.outbox.settle(ticket) else {
            return;
        };
        match (question, answer) {
            (Question::OpenVault(keeping), Answer::VaultOpened(opened)) => self.vault_answered(keeping, opened),
            (Question::Save, Answer::Saved(saved)) => self.saved(saved),
            (Question::WayHome, Answer::WayHomeProven(proof)) => self.way_home_proven(proof),
            (Question::WayHome, Answer::Listening(found)) => self.listening(found),
            (Question::Nonce, Answer::Drawn(nonce)) => self.nonce_drawn(nonce),
            (Question::Browser, Answer::BrowserOpened(opened)) => self.browser_opened(opened),
            (Question::Enhance { anyway }, Answer::Replied(outcome)) => self.may_enhance(anyway, outcome),
            (Question::Exchange(region), Answer::Replied(outcome)) => self.exchanged(region, outcome),
            (Question::DeviceCode(region), Answer::Replied(outcome)) => self.device_code_came(&region, outcome),
            (Question::Poll(region), Answer::Replied(outcome)) => self.polled(region, outcome),
            (Question::Discard(region, client), Answer::Replied(outcome)) => {
                self.discard(&region, client.map(|c| *c), outcome);
            }
            (Question::KnowsClient(region), Answer::Replied(outcome)) => self.region_told(region, outcome),
            (Question::Identify, Answer::Replied(outcome)) => self.identified(outcome),
            (Question::Prove, Answer::Replied(outcome)) => self.proven(outcome),
            (Question::ClientToken(at, organisation), Answer::Replied(outcome)) => {
                self.client_token_came(at, organisation, outcome);
            }
            (Question::ProveRefreshToken(at, token), Answer::Replied(outcome)) => {
                self.refresh_token_proven(at, token, outcome);
            }
            (Question::Refresh(id), Answer::Replied(outcome)) => self.refreshed(id, outcome),
            (Question::Test(id, attempt), Answer::Replied(outcome)) => self.tested(id, attempt, outcome),
            (Question::Probe(id, read), Answer::Replied(outcome)) => self.probed(id, read, outcome),
            (Question::Revoke(whose, path), Answer::Replied(outcome)) => {
                self.revocation_answered(whose, path, outcome);
            }
            (Question::Confirm(what), Answer::Confirmed(decision)) => self.decided(what, decision),
            (Question::Copy(what, sensitivity), Answer::Copied(copied)) => self.copy_ended(what, sensitivity, copied),
            (Question::Paste(field), Answer::Pasted(pasted)) => self.pasted(field, pasted),
            (Question::PasteSecretFor(region), Answer::Pasted(pasted)) => self.secret_pasted_for(region, pasted),
            (Question::File, Answer::FilePicked(picked)) => self.file_picked(picked),
            (Question::SaveFile(of), Answer::FileSaved(saved)) => self.file_saved(of, saved),
            (Question::HandOver(handed), Answer::FileSaved(saved)) => self.handed_over(handed, saved),
            (Question::LivePlace(id, format), Answer::PlaceChosen(chosen)) => {
                self.live_place_chosen(id, format, chosen);
            }
            (Question::WriteLiveFile(id, path, next), Answer::LiveFileWritten(written)) => {
                self.live_file_written(id, &path, Some(next), written);
            }
            (Question::LastOfLiveFile(path, ours), Answer::LiveFileWritten(_)) => self.remove_file(path, ours),
            (Question::Unseal, Answer::Unsealed(opened)) => self.unsealed(opened),
            (Question::TakeOver, Answer::Replied(outcome)) => self.taken_over(outcome),
            (Question::AtLogin, Answer::StartsAtLogin(Ok(on))) => self.desk.at_login = on,
            (Question::SaveRegions, Answer::RegionsSaved(Ok(set_aside))) => self.regions_saved(set_aside),
            (Question::SaveRegions, Answer::RegionsSaved(Err(problem)))
            | (Question::RemoveLiveFile, Answer::LiveFileRemoved(Err(problem)))
            | (Question::AtLogin, Answer::StartsAtLogin(Err(problem))) => self.desk.notices.trouble(problem),
            (Question::StartPractice, Answer::PracticeStarted(region)) => self.practice_started(region.map(|r| *r)),
            _ => {}
        }
    }

    /// The page at the end asks for the front by a link, too. What a link brings about is done before the next one is
    /// looked at, or two that waited for the vault could both answer one sign-in.
    fn link_came(&mut self, link: &[u8]) {
        if !self.front_asked(link) {
            self.link_arrived(link);
            self.pass_on();
        }
    }

    /// Continues whatever waited for this time.
    pub(super) fn look(&mut self) {
        self.desk.looking_at = None;
        if !self.desk.attended {
            return;
        }
        self.end_old_consent();
        self.poll_in_time();
        self.end_old_code();
        self.clear_clipboard_in_time();
        self.refresh_what_is_due();
        self.revoke_what_is_due();
    }

    /// Zoho may be reachable again: retries what failed for that reason, a few at a time.
    pub(super) fn way_may_be_open(&mut self) {
        let (now, kept) = (self.now, &mut self.desk.kept);
        let refreshes = kept.connections.values_mut().map(|c| &mut c.trouble);
        let revocations = kept.revocations.values_mut().map(|r| &mut r.trouble);
        refreshes.chain(revocations).flatten().for_each(|trouble| trouble.way_may_be_open(now));
        self.look();
    }

    /// Saves what changed and says when to look again.
    pub(super) fn end(mut self) -> Vec<Effect> {
        self.pass_on();
        self.close_port();
        self.end_search();
        self.tell_scripts();
        self.ask_about_scripts();
        self.pass_on();
        if self.changed {
            self.note_origins_of_drafts();
            self.save();
        }
        self.desk.find_places(self.now);
        let next = self.next_look();
        if next != self.desk.looking_at {
            self.desk.looking_at = next;
            if let Some(next) = next {
                self.tell(Effect::LookAt(next));
            }
        }
        self.desk.outbox.take()
    }

    fn next_look(&self) -> Option<Moment> {
        if !self.desk.attended {
            return None;
        }
        let mine = [self.consent_ends(), self.code_ends(), self.next_poll(), self.clipboard_ends()];
        let others = [self.next_refresh(), self.next_revocation(), self.scripts_wait_until()];
        mine.into_iter().chain(others).flatten().min()
    }
}
