//! The protocol of the socket: one line of JSON each way, for a request or a second start.
//!
//! **Invariant:** both ends are the same version of Keyfob; a line of another version, or an unreadable one, ends the
//! connection.
#![expect(clippy::disallowed_methods, reason = "writes the lines of the socket")]

use keyfob_core::cli::{CliAnswer, CliReply, CliRequest};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

/// Raised with every incompatible change.
const VERSION: u32 = 1;

/// The first version that supports this request. An older running Keyfob ends the connection: it would return the
/// current token where the request is for a newer one.
fn version_for(request: &CliRequest) -> u32 {
    match request {
        CliRequest::Revoke { .. } | CliRequest::Token { issued_after: Some(_), .. } => 2,
        CliRequest::List | CliRequest::Token { .. } | CliRequest::Refresh { .. } | CliRequest::Test { .. } => VERSION,
    }
}

/// The longest line that is read, in bytes. A list of a thousand connections takes a fifth of it.
pub(crate) const LONGEST_LINE: u64 = 1024 * 1024;

/// Why Keyfob was started again.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecondStart {
    /// The user opened it.
    #[serde(rename = "byAPerson")]
    ByUser,
    /// The user logged in; no window is shown.
    AtLogin,
    /// A link was opened.
    ByALink(#[serde(serialize_with = "as_it_is")] SecretString),
}

/// The reply that accepts a second start, which may then end.
pub(crate) const TAKEN: &[u8] = b"\"taken\"\n";

#[derive(Deserialize, Serialize)]
struct Begun {
    keyfob: u32,
    start: SecondStart,
}

/// A request about Keyfob itself instead of a connection.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum OfItself {
    /// The entries of the flight recorder.
    Log,
}

#[derive(Deserialize, Serialize)]
struct AskedOfItself {
    keyfob: u32,
    ask: OfItself,
}

#[derive(Deserialize, Serialize)]
struct Asked {
    keyfob: u32,
    #[serde(rename = "wish")]
    request: CliRequest,
}

/// A reply to be written.
#[derive(Serialize)]
#[serde(tag = "told", rename_all = "camelCase")]
enum Message<'a> {
    Asking,
    Token { token: &'a str },
    CliAnswer { what: &'a CliAnswer },
}

/// A reply that was read.
#[derive(Deserialize)]
#[serde(tag = "told", rename_all = "camelCase")]
enum Heard {
    Asking,
    Token { token: SecretString },
    CliAnswer { what: CliAnswer },
}

/// The line of a request.
pub(crate) fn request_line(request: &CliRequest) -> Option<SecretString> {
    line(&Asked { keyfob: version_for(request), request: request.clone() })
}

/// The request in a line; `None` when it is not one.
pub(crate) fn read_request(line: &[u8]) -> Option<CliRequest> {
    let asked: Asked = serde_json::from_slice(line).ok()?;
    (asked.keyfob == version_for(&asked.request)).then_some(asked.request)
}

/// The line of a second start.
pub(crate) fn start_line(start: &SecondStart) -> Option<SecretString> {
    line(&Begun { keyfob: VERSION, start: start.clone() })
}

/// The second start in a line; `None` when it is not one.
pub(crate) fn read_start(line: &[u8]) -> Option<SecondStart> {
    let begun: Begun = serde_json::from_slice(line).ok()?;
    (begun.keyfob == VERSION).then_some(begun.start)
}

/// The line that asks for the flight recorder's entries. The reply is one line of JSON.
pub(crate) fn log_request() -> Option<SecretString> {
    line(&AskedOfItself { keyfob: VERSION, ask: OfItself::Log })
}

/// Whether a line asks for the flight recorder's entries.
pub(crate) fn asks_for_log(line: &[u8]) -> bool {
    serde_json::from_slice(line).is_ok_and(|AskedOfItself { keyfob, ask: OfItself::Log }| keyfob == VERSION)
}

/// The line of a reply.
pub(crate) fn told_line(told: &CliReply) -> Option<SecretString> {
    line(&match told {
        CliReply::Asking => Message::Asking,
        CliReply::Token(token) => Message::Token { token: token.expose_secret() },
        CliReply::Said(what) => Message::CliAnswer { what },
    })
}

/// The reply in a line; `None` when it is not one.
pub(crate) fn read_told(line: &[u8]) -> Option<CliReply> {
    Some(match serde_json::from_slice(line).ok()? {
        Heard::Asking => CliReply::Asking,
        Heard::Token { token } => CliReply::Token(token),
        Heard::CliAnswer { what } => CliReply::Said(what),
    })
}

fn as_it_is<S: Serializer>(link: &SecretString, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(link.expose_secret())
}

fn line(what: &impl Serialize) -> Option<SecretString> {
    serde_json::to_string(what).ok().map(|text| SecretString::from(text + "\n"))
}

#[cfg(test)]
mod tests {

    use keyfob_core::cli::CliError;
    use keyfob_core::export_choice::Shape;
    use keyfob_core::{Moment, Problem};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_request_round_trips_in_one_line() {
        let request = CliRequest::Token {
            name: "Büro \"1\"\n".to_owned(),
            good_for: 300,
            shape: Shape::Curl,
            issued_after: None,
        };
        let fresh = CliRequest::Token {
            name: "x".to_owned(),
            good_for: 0,
            shape: Shape::Token,
            issued_after: Some(Moment::from_millis(1_795_424_400_000)),
        };
        let others =
            [CliRequest::List, CliRequest::Refresh { name: "x".to_owned() }, CliRequest::Test { name: String::new() }];
        for request in [request, fresh, CliRequest::Revoke { name: "x".to_owned() }].into_iter().chain(others) {
            let line = request_line(&request).unwrap();
            assert_eq!(line.expose_secret().matches('\n').count(), 1, "it is one line");
            assert_eq!(read_request(line.expose_secret().as_bytes()).unwrap(), request);
        }
    }

    #[test]
    fn a_second_start_round_trips_and_is_not_a_request() {
        let there_and_back =
            |start: &SecondStart| read_start(start_line(start).unwrap().expose_secret().as_bytes()).unwrap();
        assert!(matches!(there_and_back(&SecondStart::ByUser), SecondStart::ByUser));
        assert!(matches!(there_and_back(&SecondStart::AtLogin), SecondStart::AtLogin));
        let link = SecondStart::ByALink("cliqkeyfob://callback?code=\"1000.a\n".to_owned().into());
        let SecondStart::ByALink(read) = there_and_back(&link) else { panic!("a link") };
        assert_eq!(read.expose_secret(), "cliqkeyfob://callback?code=\"1000.a\n");
        assert!(read_request(start_line(&link).unwrap().expose_secret().as_bytes()).is_none());
        assert!(read_start(request_line(&CliRequest::List).unwrap().expose_secret().as_bytes()).is_none());
        assert!(read_start(br#"{"keyfob":2,"start":"atLogin"}"#).is_none());
        assert!(!format!("{link:?}").contains("1000.a"), "its code is not shown");
    }

    #[test]
    fn a_log_request_is_neither_a_cli_request_nor_a_start() {
        let request = log_request().unwrap();
        let line = request.expose_secret().as_bytes();
        assert!(asks_for_log(line) && read_request(line).is_none() && read_start(line).is_none());
        for other in [r#"{"keyfob":2,"ask":"log"}"#, r#"{"keyfob":1,"ask":"vault"}"#, r#"{"keyfob":1}"#, ""] {
            assert!(!asks_for_log(other.as_bytes()), "{other}");
        }
        assert!(!asks_for_log(request_line(&CliRequest::List).unwrap().expose_secret().as_bytes()));
    }

    #[test]
    fn a_reply_round_trips() {
        let token = told_line(&CliReply::Token("1000.a\nb\"c".to_owned().into())).unwrap();
        let Some(CliReply::Token(read)) = read_told(token.expose_secret().as_bytes()) else { panic!("a token") };
        assert_eq!(read.expose_secret(), "1000.a\nb\"c");

        let why = CliError::Failed { problem: Problem::GrantEnded, needs_you: true };
        let said = told_line(&why.clone().into()).unwrap();
        let Some(CliReply::Said(read)) = read_told(said.expose_secret().as_bytes()) else { panic!("something said") };
        assert_eq!(read, CliAnswer::NotDone { why });
        let asking = told_line(&CliReply::Asking).unwrap();
        assert!(matches!(read_told(asking.expose_secret().as_bytes()), Some(CliReply::Asking)));
    }

    #[test]
    fn lines_of_another_version_are_rejected() {
        assert!(read_request(br#"{"keyfob":1,"wish":{"wish":"list"}}"#).is_some());
        for strange in
            [r#"{"keyfob":2,"wish":{"wish":"list"}}"#, r#"{"wish":{"wish":"list"}}"#, r#"{"keyfob":1}"#, "", "[]"]
        {
            assert_eq!(read_request(strange.as_bytes()), None, "{strange}");
        }
    }

    #[test]
    fn old_requests_are_read_and_new_ones_need_version_2() {
        let before = br#"{"keyfob":1,"wish":{"wish":"token","name":"Bot","good_for":300,"shape":"token"}}"#;
        let request = read_request(before).unwrap();
        assert!(matches!(&request, CliRequest::Token { name, issued_after: None, .. } if name == "Bot"), "{request:?}");
        assert_eq!(
            request_line(&request).unwrap().expose_secret().trim_end().as_bytes(),
            before,
            "it is written the same"
        );

        let CliRequest::Token { name, good_for, shape, .. } = request else { panic!("a token") };
        let fresh = CliRequest::Token { name, good_for, shape, issued_after: Some(Moment::from_millis(1)) };
        for newer in [fresh, CliRequest::Revoke { name: "Bot".to_owned() }] {
            let line = request_line(&newer).unwrap().expose_secret().to_owned();
            assert!(line.starts_with(r#"{"keyfob":2,"#), "a Keyfob with version 1 only does not reply: {line}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_are_parsed_or_rejected(bytes in prop::collection::vec(any::<u8>(), 0..200), name in ".*", good_for: u64) {
            let _ = (read_request(&bytes), read_start(&bytes), read_told(&bytes), asks_for_log(&bytes));
            let request = CliRequest::Token { name, good_for, shape: Shape::Token, issued_after: None };
            prop_assert_eq!(read_request(request_line(&request).unwrap().expose_secret().as_bytes()), Some(request));
        }
    }
}
