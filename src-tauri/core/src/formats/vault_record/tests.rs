use std::time::Duration;

use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde_json::{Value, json};
use zoho_oauth::device_authorization::DeviceCode;
use zoho_oauth::probe::Proof;
use zoho_oauth::region::RegionCode;
use zoho_oauth::request::TokenKind;
use zoho_oauth::self_client::SelfClientCode;

use super::{read, write};
use crate::Moment;
use crate::domain::activity::{Activity, Happened};
use crate::domain::connection::ConnectionId;
use crate::domain::custom_regions::PRACTICE;
use crate::domain::draft::{Approval, CandidateSource, Device, Draft};
use crate::domain::kept::Kept;
use crate::domain::problem::{PastedProblem, Problem};
use crate::domain::quota::{ACCESS_TOKENS, ClientKey, Spent, Totals};
use crate::domain::revocation::{Revocation, RevocationId, TokenToRevoke};
use crate::domain::step::Step;

/// A record that the first Keyfob wrote. It never changes: every later version must be able to read it.
const VERSION_1: &str = include_str!("version-1.json");

fn sealed(text: &str) -> SecretSlice<u8> {
    text.as_bytes().to_vec().into()
}

fn opened(record: &SecretSlice<u8>) -> Value {
    serde_json::from_slice(record.expose_secret()).unwrap()
}

fn plain(secret: Option<&SecretString>) -> &str {
    secret.map_or("", |s| s.expose_secret())
}

#[test]
fn a_version_1_record_is_read() {
    let kept = read(&sealed(VERSION_1)).unwrap();
    assert_eq!(kept.numbers.last, 7);
    assert_eq!(kept.connections.keys().map(|id| id.0).collect::<Vec<_>>(), [3, 5]);

    let bot = &kept.connections[&ConnectionId(3)];
    assert_eq!(
        (bot.name.as_str(), bot.registration.client_id.as_str()),
        ("Finance bot", "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123")
    );
    assert_eq!(plain(bot.registration.client_secret.as_ref()), "0123456789abcdef0123456789abcdef0123456789");
    assert_eq!((bot.registration.region.as_str(), bot.grant.region.as_str()), ("eu", "ca"));
    assert!(bot.grant.access.expose_secret().ends_with("aa01"));
    assert!(plain(bot.grant.refresh.as_ref()).ends_with("bb02"));
    assert!(plain(bot.grant.previous_refresh.as_ref()).ends_with("cc03"));
    assert_eq!(bot.grant.scopes.asked(), "AaaServer.profile.READ,ZohoCliq.Profile.READ");
    assert_eq!(bot.asked.asked(), "ZohoCliq.Channels.READ,ZohoCliq.Profile.READ");
    assert_eq!(bot.grant.expires_at.millis() - bot.grant.issued_at.millis(), 3_600_000);
    assert_eq!(bot.identity.as_ref().unwrap().name, "Ada \"Zoë\" —");
    let trouble = bot.trouble.as_ref().unwrap();
    assert_eq!((trouble.times, trouble.again_at), (2, Some(Moment::from_millis(1_795_425_300_000))));
    assert_eq!(bot.tested.as_ref().unwrap().outcome, Ok(Proof::AliveWithoutScope));
    let hour = &kept.connections[&ConnectionId(5)];
    let busy = Problem::ServerTrouble { host: "cliq.zoho.com".into(), status: 503 };
    assert_eq!(hour.tested.as_ref().unwrap().outcome, Err(busy));
    assert!(hour.registration.client_secret.is_none() && hour.grant.refresh.is_none());

    let draft = kept.draft.unwrap();
    assert_eq!((draft.step, draft.replaces, draft.keep_access), (Step::Approve, Some(ConnectionId(3)), true));
    let consent = draft.approval.consent().unwrap();
    assert_eq!(consent.state.expose_secret(), "state-of-the-consent");
    assert_eq!(consent.verifier.expose_secret(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(consent.began.millis(), 1_795_424_400_000);

    let [shelved] = <[Draft; 1]>::try_from(kept.shelved).unwrap();
    assert_eq!((shelved.step, shelved.region), (Step::Confirm, RegionCode::new("jp")));
    let candidate = shelved.candidate.unwrap();
    assert_eq!(candidate.identity.unwrap().email, "bob@firm.example");
    assert_eq!(candidate.notes, [Problem::NoRefreshToken, Problem::OddLifetime]);
}

#[test]
fn a_version_1_record_is_upgraded_without_loss() {
    let written = write(&read(&sealed(VERSION_1)).unwrap());
    assert_eq!(opened(&written)["version"], super::VERSION);
    assert_eq!(opened(&write(&read(&written).unwrap())), opened(&written));
    assert_held(&opened(&sealed(VERSION_1)), &opened(&written));
}

/// Asserts that every fact of version 1 is there, unless this version derives it: the redirect URI follows from the
/// client type.
fn assert_held(old: &Value, new: &Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, fact) in old.iter().filter(|(name, _)| !matches!(name.as_str(), "version" | "redirect_uri")) {
                assert_held(fact, new.get(name).unwrap_or_else(|| panic!("{name} is lost")));
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (old, new) in old.iter().zip(new) {
                assert_held(old, new);
            }
        }
        _ => assert_eq!(old, new),
    }
}

#[test]
fn an_empty_record_reads_back() {
    let empty = write(&Kept::default());
    assert_eq!(
        opened(&empty),
        json!({"version":super::VERSION,"next_id":0,"connections":[],"revocations":[],"draft":null,"shelved":null,"ledger":[],"settings":{"onClose":null,"paused":false}})
    );
    let kept = read(&empty).unwrap();
    assert!(kept.connections.is_empty() && kept.draft.is_none() && kept.shelved.is_empty());
}

// Shows T14.
#[test]
fn pending_revocations_read_back() {
    let mut kept = read(&sealed(VERSION_1)).unwrap();
    assert!(kept.revocations.is_empty(), "version 1 had none");
    kept.numbers.last = 0;
    let bot = &kept.connections[&ConnectionId(3)];
    let waits = |id: u64, trouble| {
        let what = TokenToRevoke::from(bot);
        Revocation { id: RevocationId(id), name: "Old bot".into(), what, since: Moment::from_millis(7), trouble }
    };
    let practice = TokenToRevoke { region: PRACTICE, client: None, ..TokenToRevoke::from(bot) };
    let queue = [waits(8, bot.trouble.clone()), waits(9, None), Revocation { what: practice, ..waits(10, None) }];
    kept.revocations.extend(queue.map(|r| (r.id, r)));

    let written = write(&kept);
    let again = read(&written).unwrap();
    assert_eq!(opened(&write(&again))["revocations"], opened(&written)["revocations"]);
    assert_eq!(again.revocations.keys().map(|id| id.0).collect::<Vec<_>>(), [8, 9], "Practice is left out");
    let first = &again.revocations[&RevocationId(8)];
    assert_eq!((first.name.as_str(), first.since.millis(), first.what.region.as_str()), ("Old bot", 7, "ca"));
    assert!(first.what.token.expose_secret().ends_with("bb02"));
    assert_eq!(first.what.kind, TokenKind::RefreshToken);
    let client = first.what.client.as_ref().unwrap();
    assert_eq!(client.client_id.as_str(), "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123");
    assert_eq!(plain(client.client_secret.as_ref()), "0123456789abcdef0123456789abcdef0123456789");
    assert_eq!(first.trouble.as_ref().unwrap().times, 2);
    assert_eq!(again.numbers.last, 9, "its number is not reused");
}

fn every_problem() -> Vec<Problem> {
    let (host, reason, until) =
        (|| "accounts.zoho.eu".to_owned(), || "no \"space\" left".to_owned(), Moment::from_millis(9));
    vec![
        Problem::Denied,
        Problem::SentBack { error: reason() },
        Problem::ConsentExpired,
        Problem::DeviceCodeExpired,
        Problem::UnknownRegion { server: host() },
        Problem::RegionMoved { region: PRACTICE, was: host(), now: host() },
        Problem::NotTheAddress { why: PastedProblem::NoCode },
        Problem::LinkNotOurs { owner: None },
        Problem::BrowserNotOpened,
        Problem::TooManyCodes { until },
        Problem::TooManyTokens { until, uncertain: true },
        Problem::WouldRetire { kept: 20 },
        Problem::CodeSpent,
        Problem::ExchangeCutOff,
        Problem::ClientUnknown { region: PRACTICE },
        Problem::SecretWrong,
        Problem::SecretWrongThere { region: PRACTICE },
        Problem::MultiDcOff { home: PRACTICE, region: PRACTICE },
        Problem::RedirectMismatch { redirect_uri: host() },
        Problem::ScopeUnknown,
        Problem::Throttled { until },
        Problem::GrantEnded,
        Problem::Refused { error: reason() },
        Problem::NoToken,
        Problem::NoRefreshToken,
        Problem::OddLifetime,
        Problem::WebPage { host: host() },
        Problem::EmptyAnswer { host: host() },
        Problem::Garbled { host: host() },
        Problem::TooLong { host: host() },
        Problem::Unreachable { host: host() },
        Problem::NotThisUsers { host: host() },
        Problem::TimedOut { host: host() },
        Problem::Untrusted { host: host() },
        Problem::Redirected { host: host() },
        Problem::ServerTrouble { host: host(), status: 599 },
        Problem::TokenDead,
        Problem::NewTokenDead,
        Problem::NoAccount { services: vec!["ZohoPeople".into()] },
        Problem::ScopeMissing,
        Problem::CliqBusy { until },
        Problem::CliqUnclear { status: 404 },
        Problem::NotSaved { reason: reason() },
    ]
}

#[test]
fn every_problem_of_a_connection_reads_back() {
    for problem in every_problem() {
        let mut kept = read(&sealed(VERSION_1)).unwrap();
        let bot = kept.connections.get_mut(ConnectionId(3)).unwrap();
        bot.trouble.as_mut().unwrap().problem = problem.clone();
        bot.tested.as_mut().unwrap().outcome = Err(problem.clone());
        let again = read(&write(&kept)).unwrap();
        let bot = &again.connections[&ConnectionId(3)];
        assert_eq!(bot.trouble.as_ref().unwrap().problem, problem);
        assert_eq!(bot.tested.as_ref().unwrap().outcome, Err(problem));
    }
}

#[test]
fn an_unknown_problem_does_not_lose_the_tokens() {
    let record = VERSION_1
        .replace("\"throttled\"", "\"moonPhase\"")
        .replace("\"serverTrouble\"", "\"tide\"")
        .replace("\"oddLifetime\"", "\"oddity\"");
    let mut kept = read(&sealed(&record)).unwrap();
    let bot = &kept.connections[&ConnectionId(3)];
    assert!(bot.trouble.is_none() && plain(bot.grant.refresh.as_ref()).ends_with("bb02"));
    assert!(kept.connections[&ConnectionId(5)].tested.is_none());
    assert!(kept.shelved.remove(0).candidate.unwrap().notes.is_empty());
}

#[test]
fn a_missing_ledger_is_begun_with_existing_refresh_tokens() {
    let kept = read(&sealed(VERSION_1)).unwrap();
    let bot = &kept.connections[&ConnectionId(3)];
    let client = kept.ledger.of(&ClientKey::from(&bot.registration)).unwrap();
    let whose = bot.identity.as_ref().map(|who| who.email.as_str());
    assert_eq!((client.kept_by(whose), client.totals()), (1, Totals::default()));
    assert_eq!(bot.grant.since, bot.grant.issued_at);
    let hour = &kept.connections[&ConnectionId(5)];
    assert!(kept.ledger.of(&ClientKey::from(&hour.registration)).is_none(), "it has no refresh token");
}

// Shows T14.
#[test]
fn ledger_and_activity_read_back() {
    let mut kept = read(&sealed(VERSION_1)).unwrap();
    let now = Moment::from_millis(1_795_424_400_000);
    let bot = kept.connections.get_mut(ConnectionId(3)).unwrap();
    bot.grant.since = now;
    bot.grant.spent.spend(ACCESS_TOKENS, now);
    bot.activity.note(Happened::Refreshed, now);
    kept.ledger.count(&ClientKey::from(&bot.registration)).code(now);
    let again = read(&write(&kept)).unwrap();
    let (bot, read) = (&kept.connections[&ConnectionId(3)], &again.connections[&ConnectionId(3)]);
    assert_eq!((&read.activity, &read.grant.spent, read.grant.since), (&bot.activity, &bot.grant.spent, now));
    assert_eq!(again.ledger, kept.ledger);
}

#[test]
fn an_unreadable_ledger_or_activity_does_not_lose_the_tokens() {
    let mut record = opened(&write(&read(&sealed(VERSION_1)).unwrap()));
    record["ledger"] = json!("no longer a list");
    record["connections"][0]["activity"] = json!({ "entries": 7 });
    record["connections"][0]["grant"]["spent"] = json!("many");
    let kept = read(&sealed(&record.to_string())).unwrap();
    let bot = &kept.connections[&ConnectionId(3)];
    assert!(plain(bot.grant.refresh.as_ref()).ends_with("bb02"));
    assert_eq!((&bot.activity, &bot.grant.spent), (&Activity::default(), &Spent::default()));
    assert!(kept.ledger.of(&ClientKey::from(&bot.registration)).is_some(), "a new one is begun");
}

#[test]
fn an_approval_reads_back_as_ready_and_an_exchange_as_cut_off() {
    let again = |approval| {
        let kept = Kept { draft: Some(Draft { approval, ..Draft::default() }), ..Kept::default() };
        read(&write(&kept)).unwrap().draft.unwrap().approval
    };
    assert!(matches!(again(Approval::Ready(Some(Problem::Denied))), Approval::Ready(None)));
    let checking = Approval::Checking { proven: true, nonce: None, enhance_token: None };
    assert!(matches!(again(checking), Approval::Ready(None)));
    assert!(matches!(again(Approval::Exchanging), Approval::Ready(Some(Problem::ExchangeCutOff))));
}

#[test]
fn a_pending_device_code_reads_back() {
    let code = DeviceCode {
        user_code: "WDJB-MJHT".into(),
        device_code: "1004.d0.d1".into(),
        page: "https://accounts.zoho.eu/oauth/v3/device".parse().unwrap(),
        direct: "https://accounts.zoho.eu/oauth/v3/device?user_code=WDJB-MJHT".parse().unwrap(),
        interval: Duration::from_secs(45),
        lifetime: Duration::from_mins(5),
    };
    let region = |code| RegionCode::new(code).unwrap();
    let mut device = Device::new(code, region("in"), Moment::from_millis(5));
    device.before = vec![region("eu")];
    device.asked_at = Some(Moment::from_millis(7));
    let draft = Draft { approval: Approval::Device(Box::new(device)), ..Draft::default() };
    let written = write(&Kept { draft: Some(draft), ..Kept::default() });
    let Approval::Device(again) = read(&written).unwrap().draft.unwrap().approval else { panic!("it is lost") };
    assert_eq!(again.code.device_code.expose_secret(), "1004.d0.d1");
    assert_eq!((&again.region, &again.before), (&region("in"), &vec![region("eu")]));
    assert_eq!((again.began.millis(), again.asked_at.map(Moment::millis)), (5, Some(7)));
    assert_eq!(opened(&write(&read(&written).unwrap())), opened(&written));
}

#[test]
fn a_console_code_is_saved_only_until_it_is_sent() {
    let waiting = || Some(SelfClientCode::pasted("1000.ab.cd", 7, Moment::from_millis(5)));
    let again = |approval| {
        let draft = Draft { approval, console_code: waiting(), ..Draft::default() };
        read(&write(&Kept { draft: Some(draft), ..Kept::default() })).unwrap().draft.unwrap().console_code
    };
    let kept = again(Approval::Ready(None)).unwrap();
    assert_eq!((kept.code.expose_secret(), kept.began.millis(), kept.ends.millis()), ("1000.ab.cd", 5, 420_005));
    assert!(again(Approval::Exchanging).is_none());
    assert!(read(&sealed(VERSION_1)).unwrap().draft.unwrap().console_code.is_none());
}

#[test]
fn practice_data_is_not_saved() {
    let practice = VERSION_1.replace("\"ca\"", "\"practice\"").replace("\"jp\"", "\"practice\"");
    let written = opened(&write(&read(&sealed(&practice)).unwrap()));
    assert_eq!(written["connections"].as_array().unwrap().len(), 1);
    assert_eq!(written["connections"][0]["name"], "One hour");
    assert_eq!(written["shelved"], Value::Null);
    assert_ne!(written["draft"], Value::Null);
    assert_eq!(written["next_id"], 7, "the numbers given in Practice are not reused");
}

#[test]
fn a_number_in_use_is_never_given_again() {
    let kept = read(&sealed(&VERSION_1.replace("\"next_id\": 7", "\"next_id\": 0"))).unwrap();
    assert_eq!(kept.numbers.last, 5);
}

#[test]
fn a_newer_record_is_told_from_an_invalid_one() {
    for version in [super::VERSION + 1, 1_000, u32::MAX] {
        let newer = format!(r#"{{"connections":"no longer a list","version":{version},"drafts":[]}}"#);
        assert_eq!(read(&sealed(&newer)).unwrap_err(), Problem::VaultNewer { version });
    }
    for none in [
        "",
        "null",
        "[]",
        "{}",
        "1",
        r#"{"version":0}"#,
        r#"{"version":-1}"#,
        r#"{"version":"1"}"#,
        "{\"version\":1}",
        "\u{feff}{}",
    ] {
        assert!(matches!(read(&sealed(none)), Err(Problem::VaultUnreadable { .. })), "{none}");
    }
}

#[test]
fn the_reason_of_an_unreadable_record_holds_no_contents() {
    let secret = "1000.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb02";
    let in_the_wrong_place = [
        VERSION_1.replace("\"next_id\": 7", &format!("\"next_id\": \"{secret}\"")),
        VERSION_1.replace("\"step\": \"approve\"", &format!("\"step\": \"{secret}\"")),
        VERSION_1.replace("\"ZohoCliq.Channels.READ\"", &format!("\"{secret} x\"")),
        VERSION_1.replace("\"client_type\"", &format!("\"{secret}\"")),
        VERSION_1.replace("\"version\": 1", &format!("\"version\": \"{secret}\"")),
    ];
    for record in in_the_wrong_place {
        let Err(Problem::VaultUnreadable { reason }) = read(&sealed(&record)) else { panic!("it was read") };
        assert!(reason.starts_with("line ") && reason.len() < 40, "{reason}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&SecretSlice::from(bytes)).is_err());
    }

    #[test]
    fn a_record_with_one_byte_changed_is_read_or_refused(at in 0..VERSION_1.len(), byte in any::<u8>()) {
        let mut bytes = VERSION_1.as_bytes().to_vec();
        bytes[at] = byte;
        match read(&SecretSlice::from(bytes)) {
            Ok(kept) => prop_assert!(read(&write(&kept)).is_ok()),
            Err(Problem::VaultUnreadable { reason }) => prop_assert!(reason.len() < 40),
            Err(other) => prop_assert!(matches!(other, Problem::VaultNewer { .. }), "{:?}", other),
        }
    }

    #[test]
    fn a_truncated_record_is_refused(at in 0..VERSION_1.trim_end().len()) {
        prop_assert!(read(&SecretSlice::from(VERSION_1.as_bytes()[..at].to_vec())).is_err());
    }

    #[test]
    fn any_text_reads_back(name in any::<String>(), secret in any::<String>()) {
        let mut kept = read(&sealed(VERSION_1)).unwrap();
        let bot = kept.connections.get_mut(ConnectionId(3)).unwrap();
        bot.name.clone_from(&name);
        bot.grant.access = secret.clone().into();
        bot.registration.client_secret = Some(secret.clone().into());
        let again = read(&write(&kept)).unwrap();
        let bot = &again.connections[&ConnectionId(3)];
        prop_assert_eq!(&bot.name, &name);
        prop_assert_eq!(bot.grant.access.expose_secret(), &secret);
        prop_assert_eq!(plain(bot.registration.client_secret.as_ref()), &secret);
    }
}

#[test]
fn a_handovers_source_and_name_read_back() {
    let old = read(&sealed(VERSION_1)).unwrap();
    assert!(old.draft.unwrap().name.is_empty());
    let [mut candidate] = <[Draft; 1]>::try_from(old.shelved).unwrap();
    assert_eq!(candidate.candidate.as_ref().unwrap().source, CandidateSource::SignIn);

    candidate.name = "Finance bot".to_owned();
    candidate.candidate.as_mut().unwrap().source = CandidateSource::Handover;
    let kept = read(&write(&Kept { draft: Some(candidate), ..Kept::default() })).unwrap();
    let draft = kept.draft.unwrap();
    assert!(draft.name == "Finance bot" && draft.candidate.unwrap().source == CandidateSource::Handover);
}

#[test]
fn shelved_drafts_keep_their_order() {
    let named = |name: &str| Draft { name: name.to_owned(), ..Draft::default() };
    let shelved = ["first", "second", "third"].map(named).into();
    let kept = read(&write(&Kept { shelved, ..Kept::default() })).unwrap();
    assert_eq!(kept.shelved.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["first", "second", "third"]);
}

#[test]
fn secrets_of_other_regions_read_back() {
    let mut kept = read(&sealed(VERSION_1)).unwrap();
    let bot = kept.connections.get_mut(ConnectionId(3)).unwrap();
    assert!(bot.registration.secrets_elsewhere.is_empty());
    assert!(kept.draft.as_ref().unwrap().secrets_elsewhere.is_empty());

    bot.registration.secrets_elsewhere.insert(PRACTICE, "of-the-bot".into());
    kept.draft.as_mut().unwrap().secrets_elsewhere.insert(PRACTICE, "of-the-draft".into());
    let again = read(&write(&kept)).unwrap();
    let registration = &again.connections[&ConnectionId(3)].registration;
    assert_eq!(plain(registration.secrets_elsewhere.get(&PRACTICE)), "of-the-bot");
    assert_eq!(plain(again.draft.unwrap().secrets_elsewhere.get(&PRACTICE)), "of-the-draft");
}
