//! Each Zoho error keeps its class as a problem, and has one sentence.

use serde_json::{Map, Value};
use zoho_oauth::region::{RegionCode, Regions};

use super::*;
use crate::Moment;

/// The page's message catalogue, with a sentence per problem code.
const WORDS: &str = include_str!("../../../../../../ui/src/words/en.json");

/// Each error, and its first sentence.
fn errors() -> Vec<(Error, &'static str)> {
    let host = || "accounts.zoho.eu".to_owned();
    let [eu, us] = ["eu", "us"].map(|code| RegionCode::new(code).unwrap());
    let until = Moment::from_millis(0);
    let refused = |error: &str| Error::Refused { error: error.to_owned() };
    vec![
        (Error::Unreachable { host: host() }, "accounts.zoho.eu cannot be reached"),
        (Error::NotThisUsers { host: host() }, "Another user's program answers at accounts.zoho.eu"),
        (Error::TimedOut { host: host() }, "accounts.zoho.eu did not answer in time"),
        (Error::Untrusted { host: host() }, "The connection to accounts.zoho.eu is not trusted"),
        (Error::Redirected { host: host() }, "accounts.zoho.eu pointed elsewhere"),
        (Error::WebPage { host: host() }, "A web page came instead of an answer"),
        (Error::EmptyAnswer { host: host() }, "The answer was empty"),
        (Error::Garbled { host: host() }, "The answer could not be read"),
        (Error::TooLong { host: host() }, "The answer was far too long"),
        (Error::ServerTrouble { host: host(), status: 500 }, "Zoho has trouble of its own"),
        (Error::Denied, "Zoho says: not approved"),
        (Error::DeviceCodeExpired, "The code ran out"),
        (Error::CodeSpent, "The one-time code is spent"),
        (Error::GrantEnded, "Zoho has ended this sign-in"),
        (Error::ClientUnknown { region: eu.clone() }, "Europe does not know this Client ID"),
        (Error::MultiDcOff { home: us, region: eu.clone() }, "This client is not open for Europe"),
        (Error::SecretWrong, "Zoho does not accept the Client Secret"),
        (Error::SecretWrongThere { region: eu }, "Europe wants another Client Secret"),
        (Error::RedirectMismatch { redirect_uri: String::new() }, "The redirect address is not in Zoho's list"),
        (Error::OrganisationUnknown, "Zoho does not accept this organization ID"),
        (Error::ScopeUnknown, "Zoho does not know one of the permissions"),
        (Error::Throttled { until }, "Zoho has paused new tokens for a while"),
        (refused("general_error"), "Zoho answered with an error"),
        (refused("no_org"), "Zoho answered with an error"),
        (Error::NoToken, "Zoho answered without a token"),
        (Error::TokenDead, "Cliq no longer accepts the token"),
        (Error::ScopeMissing, "The token works, but not for this"),
        (Error::CliqBusy { until }, "Cliq asks to wait"),
        (Error::CliqUnclear { status: 404 }, "Cliq answered something unexpected"),
    ]
}

/// The first sentence of an error, from the page's catalogue.
fn said(error: &Error) -> String {
    let words: Map<String, Value> = serde_json::from_str(WORDS).unwrap();
    let fields = serde_json::to_value(Problem::from(error.clone())).unwrap();
    let sentence = words[&format!("problem.{}", fields["code"].as_str().unwrap())].as_str().unwrap().to_owned();
    fields.as_object().unwrap().iter().fold(sentence, |sentence, (name, value)| {
        let value = match (name.as_str(), value.as_str()) {
            ("region", Some(code)) => Regions::built_in().find(&RegionCode::new(code).unwrap()).unwrap().name.clone(),
            (_, Some(text)) => text.to_owned(),
            _ => value.to_string(),
        };
        sentence.replace(&format!("{{{name}}}"), &value)
    })
}

#[test]
fn a_problem_has_the_class_of_its_error() {
    for (error, _) in errors() {
        assert_eq!(Problem::from(error.clone()).class(), error.class(), "{error:?}");
    }
}

#[test]
fn each_error_has_its_sentence() {
    for (error, sentence) in errors() {
        assert_eq!(said(&error), sentence, "{error:?}");
    }
}
