//! What goes over the socket: a line of JSON each way.
//!
//! **Invariant:** both ends are this very program; a line of another version, or one that cannot be read, ends the talk.

use keyfob_core::script::{Said, Told, Wish};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Changes whenever one end could no longer understand the other.
const VERSION: u32 = 1;

/// The longest line that is read. A thousand connections are listed in a fifth of it.
pub(super) const LONGEST_LINE: u64 = 1024 * 1024;

#[derive(Deserialize, Serialize)]
struct Asked {
    keyfob: u32,
    wish: Wish,
}

/// What is said, before it is written.
#[derive(Serialize)]
#[serde(tag = "told", rename_all = "camelCase")]
enum Saying<'a> {
    Asking,
    Token { token: &'a str },
    Said { what: &'a Said },
}

/// The same, read.
#[derive(Deserialize)]
#[serde(tag = "told", rename_all = "camelCase")]
enum Heard {
    Asking,
    Token { token: SecretString },
    Said { what: Said },
}

/// The line of a wish.
pub(super) fn wish_line(wish: &Wish) -> Option<SecretString> {
    line(&Asked { keyfob: VERSION, wish: wish.clone() })
}

/// What a line wishes.
pub(super) fn read_wish(line: &[u8]) -> Option<Wish> {
    let asked: Asked = serde_json::from_slice(line).ok()?;
    (asked.keyfob == VERSION).then_some(asked.wish)
}

/// The line of an answer.
pub(super) fn told_line(told: &Told) -> Option<SecretString> {
    line(&match told {
        Told::Asking => Saying::Asking,
        Told::Token(token) => Saying::Token { token: token.expose_secret() },
        Told::Said(what) => Saying::Said { what },
    })
}

/// What a line tells.
pub(super) fn read_told(line: &[u8]) -> Option<Told> {
    Some(match serde_json::from_slice(line).ok()? {
        Heard::Asking => Told::Asking,
        Heard::Token { token } => Told::Token(token),
        Heard::Said { what } => Told::Said(what),
    })
}

fn line(what: &impl Serialize) -> Option<SecretString> {
    serde_json::to_string(what).ok().map(|text| SecretString::from(text + "\n"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use keyfob_core::Problem;
    use keyfob_core::export::Shape;
    use keyfob_core::script::NotDone;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wish_arrives_as_it_was_sent() {
        let wish = Wish::Token { name: "Büro \"1\"\n".to_owned(), good_for: 300, shape: Shape::Curl };
        for wish in [wish, Wish::List, Wish::Refresh { name: "x".to_owned() }, Wish::Test { name: String::new() }] {
            let line = wish_line(&wish).unwrap();
            assert_eq!(line.expose_secret().matches('\n').count(), 1, "it is one line");
            assert_eq!(read_wish(line.expose_secret().as_bytes()).unwrap(), wish);
        }
    }

    #[test]
    fn an_answer_arrives_as_it_was_given() {
        let token = told_line(&Told::Token("1000.a\nb\"c".to_owned().into())).unwrap();
        let Some(Told::Token(read)) = read_told(token.expose_secret().as_bytes()) else { panic!("a token") };
        assert_eq!(read.expose_secret(), "1000.a\nb\"c");

        let why = NotDone::Failed { problem: Problem::GrantEnded, needs_you: true };
        let said = told_line(&why.clone().into()).unwrap();
        let Some(Told::Said(read)) = read_told(said.expose_secret().as_bytes()) else { panic!("something said") };
        assert_eq!(read, Said::NotDone { why });
        let asking = told_line(&Told::Asking).unwrap();
        assert!(matches!(read_told(asking.expose_secret().as_bytes()), Some(Told::Asking)));
    }

    #[test]
    fn a_keyfob_of_another_version_is_not_guessed_at() {
        assert!(read_wish(br#"{"keyfob":1,"wish":{"wish":"list"}}"#).is_some());
        for strange in
            [r#"{"keyfob":2,"wish":{"wish":"list"}}"#, r#"{"wish":{"wish":"list"}}"#, r#"{"keyfob":1}"#, "", "[]"]
        {
            assert_eq!(read_wish(strange.as_bytes()), None, "{strange}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_in_is_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200), name in ".*", good_for: u64) {
            let _ = (read_wish(&bytes), read_told(&bytes));
            let wish = Wish::Token { name, good_for, shape: Shape::Token };
            prop_assert_eq!(read_wish(wish_line(&wish).unwrap().expose_secret().as_bytes()), Some(wish));
        }
    }
}
