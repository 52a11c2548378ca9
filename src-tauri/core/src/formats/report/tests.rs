//! What a report discloses of each problem, and what it never does.

use super::*;
use crate::domain::problem::PastedProblem;

const E_MAIL: &str = "ada@firm.example";
const CLIENT_ID: &str = "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123";
const TOKEN: &str = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789";
const PATH: &str = "/home/Ada Lovelace/.local/share/app.keyfob.cliq/vault.age";
const WINDOWS_PATH: &str = r"C:\Users\Ada Lovelace\vault.age";

/// One of each problem, with the fields that its line in a report has.
pub(crate) fn every_problem(text: &str) -> Vec<(Problem, String)> {
    [sign_in_problems(text), storage_problems(text)].concat()
}

fn sign_in_problems(text: &str) -> Vec<(Problem, String)> {
    use Problem as P;
    let (host, text) = (|| "accounts.zoho.eu".to_owned(), || text.to_owned());
    let until = Moment::from_millis(1_795_424_400_000);
    let (eu, ca) = (|| RegionCode::new("eu").unwrap(), || RegionCode::new("ca").unwrap());
    let with = |field: &str, told: &str| format!("({field}={told})");
    let public = |field| with(field, &disclosure::public(&text()));
    let (at_host, at_nine) = (with("host", "accounts.zoho.eu"), |field| with(field, "2026-11-23T09:00:00Z"));
    let plain = String::new;
    vec![
        (P::Denied, plain()),
        (P::SentBack { error: text() }, public("error")),
        (P::ConsentExpired, plain()),
        (P::DeviceCodeExpired, plain()),
        (P::UnknownRegion { server: text() }, public("server")),
        (P::NotTheAddress { why: PastedProblem::NoCode }, with("why", "noCode")),
        (P::NotTheCode { why: PastedProblem::ClientId }, with("why", "clientId")),
        (P::NotTheRefreshToken { why: PastedProblem::Scopes }, with("why", "scopes")),
        (P::RefreshTokenRefused, plain()),
        (P::OrganisationUnknown, plain()),
        (P::ConsoleCodeOver, plain()),
        (P::SignInPending, plain()),
        (P::LinkNotOurs { owner: Some(text()) }, with("owner", &disclosure::without_paths(&text()))),
        (P::PortsBusy { ports: vec![28_473, 28_474] }, with("ports", "[28473, 28474]")),
        (P::AskedByHttps, plain()),
        (P::BrowserNotOpened, plain()),
        (P::RequestMangled, plain()),
        (P::TooManyCodes { until }, at_nine("until")),
        (P::TooManyTokens { until, uncertain: true }, "(until=2026-11-23T09:00:00Z, uncertain=true)".to_owned()),
        (P::NoAccount { services: vec![text()] }, public("services")),
        (P::WouldRetire { kept: 20 }, with("kept", "20")),
        (P::CodeSpent, plain()),
        (P::ExchangeCutOff, plain()),
        (P::ClientUnknown { region: eu() }, with("region", "eu")),
        (P::SecretWrong, plain()),
        (P::SecretWrongThere { region: ca() }, with("region", "ca")),
        (P::MultiDcOff { home: eu(), region: ca() }, "(home=eu, region=ca)".to_owned()),
        (P::RedirectMismatch { redirect_uri: text() }, public("redirectUri")),
        (P::ScopeUnknown, plain()),
        (P::Throttled { until }, at_nine("until")),
        (P::GrantEnded, plain()),
        (P::Refused { error: text() }, public("error")),
        (P::NoToken, plain()),
        (P::NoRefreshToken, plain()),
        (P::NotAdded, plain()),
        (P::OddLifetime, plain()),
        (P::WebPage { host: host() }, at_host.clone()),
        (P::EmptyAnswer { host: host() }, at_host.clone()),
        (P::Garbled { host: host() }, at_host.clone()),
        (P::TooLong { host: host() }, at_host.clone()),
        (P::Unreachable { host: host() }, at_host.clone()),
        (P::NotThisUsers { host: host() }, at_host.clone()),
        (P::TimedOut { host: host() }, at_host.clone()),
        (P::Untrusted { host: host() }, at_host.clone()),
        (P::Redirected { host: host() }, at_host),
        (P::ServerTrouble { host: host(), status: 503 }, "(host=accounts.zoho.eu, status=503)".to_owned()),
        (P::TokenDead, plain()),
        (P::NewTokenDead, plain()),
        (P::ScopeMissing, plain()),
        (P::CliqBusy { until }, at_nine("until")),
        (P::CliqUnclear { status: 418 }, with("status", "418")),
    ]
}

fn storage_problems(text: &str) -> Vec<(Problem, String)> {
    use Problem as P;
    let (host, text) = (|| "accounts.zoho.eu".to_owned(), || text.to_owned());
    let until = Moment::from_millis(1_795_424_400_000);
    let eu = || RegionCode::new("eu").unwrap();
    let with = |field: &str, told: &str| format!("({field}={told})");
    let reason = || with("reason", &disclosure::without_paths(&text()));
    let plain = String::new;
    vec![
        (P::KeyringAbsent, plain()),
        (P::KeyringLocked, plain()),
        (P::KeyringSlow, plain()),
        (P::KeyringFaulty, plain()),
        (P::KeyMissing, plain()),
        (P::LiveFileReplaced { path: text() }, plain()),
        (P::VaultOlder, plain()),
        (P::PassphraseNeeded, plain()),
        (P::PassphraseWrong, plain()),
        (P::VaultDamaged { set_aside: text(), recovered: true }, with("recovered", "true")),
        (P::VaultNotAuthentic { set_aside: text(), recovered: true }, with("recovered", "true")),
        (P::VaultChanged { set_aside: text() }, plain()),
        (P::VaultNewer { version: 7 }, with("version", "7")),
        (P::VaultUnreadable { reason: text() }, reason()),
        (P::NotSaved { reason: text() }, reason()),
        (P::RegionsFile { line: 3, reason: text() }, with("line", "3")),
        (P::RegionsFileNotPrivate { path: text() }, plain()),
        (P::RegionsFileNotRead { reason: text() }, reason()),
        (P::RegionsFileSetAside { set_aside: text() }, plain()),
        (P::RegionRefused { reason: text() }, reason()),
        (
            P::RegionInUse { region: eu(), users: vec![text()], unfinished: true },
            "(region=eu, users=1, unfinished=true)".to_owned(),
        ),
        (
            P::RegionMoved { region: eu(), was: host(), now: "accounts.zoho.example".to_owned() },
            "(region=eu, was=accounts.zoho.eu, now=accounts.zoho.example)".to_owned(),
        ),
        (P::RegionNotConfirmed { region: eu(), host: host() }, with("region", "eu")),
        (P::FileNotRead { reason: text() }, reason()),
        (P::FileUnknown, plain()),
        (P::FileNewer { version: 2 }, with("version", "2")),
        (P::FileDamaged, plain()),
        (P::FileRegion { region: eu() }, with("region", "eu")),
        (P::HandoverExpired { at: until }, with("at", "2026-11-23T09:00:00Z")),
        (P::HandoverLocked, plain()),
        (P::HandoverNotForYou, plain()),
        (
            P::HandoverElsewhere { region: eu(), made_for: Some(host()), here: "accounts.zoho.example".to_owned() },
            "(region=eu, madeFor=accounts.zoho.eu, here=accounts.zoho.example)".to_owned(),
        ),
        (P::HandoverHere { name: text() }, plain()),
        (P::PassphraseWeak, plain()),
        (P::KeyUnknown, plain()),
        (P::FileNotWritten { reason: text() }, reason()),
        (P::LiveFileNotWritten { reason: text() }, reason()),
        (P::LiveFileTaken { name: text() }, plain()),
        (P::LiveFileLeft { path: text(), reason: text() }, reason()),
        (P::LoginUnchanged { reason: text() }, reason()),
        (P::ClipboardClosed, plain()),
        (P::PracticeNotStarted { reason: text() }, reason()),
    ]
}

fn report(problem: &Problem, system: &str) -> String {
    let (about, now, keeping) = (ReportAbout::Approval, Moment::from_millis(1_795_424_400_000), Keeping::Keyring);
    Report { system, now, problem, about, keeping, lines: vec!["Client registered in: eu".to_owned()] }.text()
}

#[test]
fn a_report_is_a_few_plain_lines() {
    let text = report(&Problem::ClientUnknown { region: RegionCode::new("eu").unwrap() }, "linux x86_64");
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "Keyfob {version}, linux x86_64\n2026-11-23T09:00:00Z\nProblem: clientUnknown (region=eu)\n\
         Shown at: approval\nClient registered in: eu\nSecrets kept by: keyring\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn a_report_has_each_problems_code_and_disclosable_fields() {
    for (problem, fields) in every_problem("no space left") {
        let code = word(&problem, "code");
        assert_eq!(disclosure::line(&problem), format!("{code} {fields}").trim(), "{problem:?}");
    }
    let variants: std::collections::BTreeSet<_> =
        every_problem("").iter().map(|(problem, _)| word(problem, "code")).collect();
    let listed = include_str!("../../domain/problem.rs")
        .split("pub enum Problem {")
        .nth(1)
        .unwrap()
        .split("\n}")
        .next()
        .unwrap();
    let is_variant = |line: &&str| line.trim().starts_with(|c: char| c.is_ascii_uppercase());
    assert_eq!(variants.len(), listed.lines().filter(is_variant).count(), "one of each");
}

// Shows T11; ASVS 14.2.3, 16.5.1.
#[test]
fn no_report_holds_a_credential_address_or_path() {
    for kept_back in [E_MAIL, CLIENT_ID, TOKEN, SECRET] {
        for text in [kept_back.to_owned(), format!("refused: {kept_back}, sorry"), format!("id={kept_back}")] {
            for (problem, _) in every_problem(&text) {
                assert!(!report(&problem, "linux").contains(kept_back), "{problem:?}");
            }
        }
    }
    let paths = |problem: &Problem| {
        let code = word(problem, "code");
        ["vaultUnreadable", "notSaved", "vaultDamaged", "fileNotWritten", "liveFileNotWritten", "liveFileLeft"]
            .contains(&code.as_str())
    };
    for path in [PATH, WINDOWS_PATH] {
        let texts = every_problem(&format!("the file {path} is not a plain file"));
        for (problem, _) in texts.iter().filter(|(problem, _)| paths(problem)) {
            let told = report(problem, "linux");
            assert!(!told.contains("Ada") && !told.contains("vault.age"), "{told}");
        }
    }
}

#[test]
fn a_text_that_is_not_a_credential_is_kept() {
    for plain in [
        "invalid_client_secret",
        "https://accounts.zoho.com.au",
        "http://localhost:28473/callback",
        "cliqkeyfob://callback",
        "Доступ запрещён",
    ] {
        assert_eq!(disclosure::public(plain), plain);
    }
    assert_eq!(disclosure::without_paths(&format!("{PATH} belongs to another user")), "… belongs to another user");
    assert_eq!(disclosure::without_paths("another-app.desktop"), "another-app.desktop");
}

#[test]
fn unlisted_permissions_are_only_counted() {
    let scopes = Scopes::granted("ZohoCliq.Channels.READ ZohoCRM.modules.ALL");
    assert_eq!(permissions(&scopes), "Permissions: ZohoCliq.Channels.READ; others: 1");
}

#[test]
fn a_long_system_name_is_truncated() {
    let long = report(&Problem::Denied, &"x\n".repeat(500));
    assert!(long.lines().next().unwrap().len() < 110, "{long}");
}
