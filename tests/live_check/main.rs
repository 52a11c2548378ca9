//! The live check, run end to end against a Zoho that is as Keyfob assumes, and against others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(missing_docs, unreachable_pub, reason = "a test crate has no public interface")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod player;
mod terminal;

use keyfob::diagnostics::live_check::person::Prompt;
use keyfob::diagnostics::live_check::report::Report;
use keyfob::diagnostics::live_check::verdict::Verdict;
use keyfob_practice::{Turned, Units};
use zoho_oauth::client::ClientType;

use player::{Answered, Zoho};

fn does_all(_: &Prompt<'_>) -> Answered {
    Answered::Done
}

fn verdicts(report: &Report) -> Vec<(u8, Verdict)> {
    report.findings.iter().map(|finding| (finding.about.number, finding.verdict)).collect()
}

fn holds_no_value(zoho: &Zoho, report: &Report, shown: &str) {
    let values = zoho.values();
    assert!(values.len() > 20, "only {} values to look for", values.len());
    for value in values {
        let found = [report.text(), shown].iter().any(|text| text.contains(&value));
        assert!(!found, "a value of {} characters is in the report", value.len());
    }
    let left_out = report.text().contains("left out");
    assert!(!left_out, "no line had to be left out: {}", report.text());
}

#[tokio::test]
async fn a_zoho_as_assumed_confirms_every_answer_of_the_check() {
    let zoho = Zoho::usual();
    let (report, shown) = zoho.checked_by(does_all).await;
    assert_eq!(
        verdicts(&report),
        (1..=12).map(|number| (number, Verdict::Confirmed)).collect::<Vec<_>>(),
        "{}",
        report.text()
    );
    holds_no_value(&zoho, &report, &shown);
    assert!(!zoho.leaves_something());
    let (given, ended) = report.revoked;
    assert!(given >= 4 && given == ended, "{given} {ended}");
}

#[tokio::test]
async fn an_inverted_zoho_breaks_every_assumption() {
    let zoho = Zoho::turned(&Turned::EVERY, Units::Seconds);
    let (report, shown) = zoho.checked_by(does_all).await;
    assert_eq!(report.findings.len(), 12, "{}", report.text());
    for finding in &report.findings {
        assert!(finding.verdict.is_broken(), "{}: {}", finding.about.number, report.text());
    }
    assert!(
        verdicts(&report).iter().all(|(_, v)| *v == Verdict::Tolerated),
        "Keyfob copes with all: {}",
        report.text()
    );
    holds_no_value(&zoho, &report, &shown);
    assert!(!zoho.leaves_something());
}

#[tokio::test]
async fn each_inverted_assumption_breaks_its_own_answer() {
    for turned in Turned::EVERY {
        let broken: &[u8] = match turned {
            Turned::SecretNotNeeded | Turned::PkceIgnored => &[1, 2],
            Turned::StateNotEchoed => &[3],
            Turned::ErrorsWithStatus => &[4],
            Turned::CodeUsedUpElsewhere => &[5],
            Turned::OlderRevocationOnly => &[6],
            Turned::RefreshNamesNoScopes => &[7],
            Turned::CliqWordsDiffer => &[8],
            Turned::FiveRefreshes | Turned::FailuresCount => &[9],
            Turned::AnyScopeSpelling | Turned::ScopesWithCommas => &[10],
            Turned::ClientCredentialsFree => &[11],
        };
        let (report, _) = Zoho::turned(&[turned], Units::Milliseconds).checked_by(does_all).await;
        for (number, verdict) in verdicts(&report) {
            let expected = broken.contains(&number);
            assert!(verdict.is_broken() == expected && verdict != Verdict::Open, "{turned:?}: {}", report.text());
        }
        assert_eq!(report.findings.len(), 12, "{turned:?}");
    }
}

#[tokio::test]
async fn seconds_of_a_device_are_distinguished_from_milliseconds() {
    let (report, _) = Zoho::turned(&[], Units::Seconds).checked_by(does_all).await;
    assert_eq!(report.verdict(12), Some(Verdict::Tolerated));
    assert!(report.text().contains("expires_in: 300, interval: 30,"), "{}", report.text());
}

#[tokio::test]
async fn skipping_everything_sends_nothing_to_zoho() {
    let zoho = Zoho::usual();
    let answers = |prompt: &Prompt<'_>| match prompt {
        Prompt::Region => Answered::Done,
        _ => Answered::Skipped,
    };
    let (report, _) = zoho.checked_by(answers).await;
    assert_eq!(report.text().matches(" Skipped. ").count(), 12, "{}", report.text());
    assert_eq!((zoho.requests(), report.revoked), (0, (0, 0)));
}

#[tokio::test]
async fn stopping_halfway_still_revokes_everything() {
    let zoho = Zoho::usual();
    let answers = |prompt: &Prompt<'_>| match prompt {
        Prompt::ApproveMore(_) => Answered::Stopped,
        _ => Answered::Done,
    };
    let (report, shown) = zoho.checked_by(answers).await;
    assert_eq!(verdicts(&report).last(), Some(&(6, Verdict::Confirmed)));
    assert_eq!(report.text().matches(" Skipped. ").count(), 6, "{}", report.text());
    assert!(report.revoked.0 > 0 && !zoho.leaves_something());
    holds_no_value(&zoho, &report, &shown);
}

#[tokio::test]
async fn a_self_client_alone_answers_questions_without_a_browser() {
    let zoho = Zoho::usual();
    let answers = |prompt: &Prompt<'_>| match prompt {
        Prompt::ClientId(client, _) if *client != ClientType::SelfClient => Answered::Skipped,
        _ => Answered::Done,
    };
    let (report, _) = zoho.checked_by(answers).await;
    let answered: Vec<u8> =
        verdicts(&report).iter().filter(|(_, v)| *v == Verdict::Confirmed).map(|(n, _)| *n).collect();
    assert_eq!(answered, [4, 5, 6, 8, 9, 11], "{}", report.text());
    assert_eq!(report.verdict(10), Some(Verdict::Open), "the pages of question 10 were not opened");
    assert!(!zoho.leaves_something());
}

#[tokio::test]
async fn a_value_in_the_wrong_place_is_asked_for_again() {
    let zoho = Zoho::usual();
    let answers = |prompt: &Prompt<'_>| match prompt {
        Prompt::Approve(_) => Answered::Typed("https://accounts.zoho.eu/oauth/v2/auth?scope=x"),
        Prompt::ClientId(ClientType::ServerBased, _) => Answered::Typed("1000.abc.def"),
        _ => Answered::Done,
    };
    let (report, shown) = zoho.checked_by(answers).await;
    assert_eq!((report.verdict(1), report.verdict(2)), (None, None));
    assert!(shown.contains("That is no Client ID") && shown.contains("That is not the address"), "{shown}");
    assert_eq!(report.verdict(4), Some(Verdict::Confirmed), "the client itself is used");
}

#[tokio::test]
async fn a_mobile_client_may_have_no_secret() {
    for (turned, expected) in [(&[][..], Verdict::Open), (&[Turned::SecretNotNeeded], Verdict::Tolerated)] {
        let zoho = Zoho::turned(turned, Units::Milliseconds);
        let answers = |prompt: &Prompt<'_>| match prompt {
            Prompt::ClientSecret(ClientType::Mobile) => Answered::Skipped,
            Prompt::Begin(about) if !matches!(about.number, 1 | 6) => Answered::Skipped,
            _ => Answered::Done,
        };
        let (report, _) = zoho.checked_by(answers).await;
        assert_eq!(verdicts(&report), [(1, expected), (6, Verdict::Open)], "{}", report.text());
        assert!(!zoho.leaves_something());
    }
}

#[tokio::test]
async fn the_report_says_what_ends_a_question_early() {
    let zoho = Zoho::usual();
    let answers = |prompt: &Prompt<'_>| match prompt {
        Prompt::ClientSecret(_) => Answered::Typed("0000000000000000000000000000000000000000ff"),
        Prompt::Begin(about) if about.number != 8 => Answered::Skipped,
        _ => Answered::Done,
    };
    let (report, _) = zoho.checked_by(answers).await;
    let line = report.text().lines().find(|line| line.starts_with("8. ")).unwrap();
    assert!(line.contains("an exchange brought HTTP 200 {error: invalid_client_secret}"), "{line}");
    assert!(line.ends_with("This is left open."), "{line}");
}
