//! Links: real ones are read in any order of parameters, all others are rejected without a panic.

mod pasted;

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;
use crate::value::ZohoValue;

/// A redirect URI of a private-use scheme.
const DEEP_LINK: &str = "cliqkeyfob://callback";

/// A comparable copy of a response.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Said {
    Granted { code: String, state: String, location: Option<String>, server: Option<String> },
    Denied { state: Option<String>, error: String },
    Back { state: Option<String> },
    BareCode(String),
}

fn said(callback: &AuthorizationResponse) -> Said {
    let bare = |secret: &SecretString| secret.expose_secret().to_owned();
    match callback {
        AuthorizationResponse::Granted(g) => Said::Granted {
            code: g.code.secret().clone(),
            state: bare(&g.state),
            location: g.location.clone(),
            server: g.accounts_server.clone(),
        },
        AuthorizationResponse::Denied { state, error } => {
            Said::Denied { state: state.as_ref().map(bare), error: error.clone() }
        }
        AuthorizationResponse::Back { state } => Said::Back { state: state.as_ref().map(bare) },
    }
}

fn reading(link: impl AsRef<[u8]>) -> Result<Said, Unreadable> {
    read(link.as_ref(), DEEP_LINK).map(|c| said(&c))
}

fn granted() -> Said {
    Said::Granted {
        code: "1000.abc.def".to_owned(),
        state: "s-t_a.t~e".to_owned(),
        location: Some("eu".to_owned()),
        server: Some("https://accounts.zoho.eu".to_owned()),
    }
}

fn denied(state: Option<&str>) -> Said {
    Said::Denied { state: state.map(str::to_owned), error: "access_denied".to_owned() }
}

const PARTS: [&str; 4] =
    ["state=s-t_a.t~e", "code=1000.abc.def", "location=eu", "accounts-server=https%3A%2F%2Faccounts.zoho.eu"];

#[test]
fn a_link_from_zoho_is_read() {
    assert_eq!(reading(format!("cliqkeyfob://callback?{}", PARTS.join("&"))), Ok(granted()));
}

#[test]
fn parameter_order_and_stray_ampersands_do_not_matter() {
    for turn in 0..PARTS.len() {
        let mut parts = PARTS;
        parts.rotate_left(turn);
        assert_eq!(reading(format!("cliqkeyfob://callback?{}&", parts.join("&"))), Ok(granted()));
        parts.reverse();
        assert_eq!(reading(format!("cliqkeyfob://callback?&{}", parts.join("&&"))), Ok(granted()));
    }
}

#[test]
fn values_are_decoded_once_and_unknown_parameters_skipped() {
    let link = "cliqkeyfob://callback?state=s%2Dt_a%2et%7Ee&co%64e=1000%2Eabc.def&location=eu&iss=x&iss=y\
                &accounts-server=https://accounts.zoho.eu";
    assert_eq!(reading(link), Ok(granted()));
    let Ok(Said::Granted { code, .. }) = reading("cliqkeyfob://callback?state=s&code=a%2520b") else { panic!() };
    assert_eq!(code, "a%20b");
}

#[test]
fn a_link_without_location_and_server_is_read() {
    let Ok(Said::Granted { location, server, .. }) = reading("cliqkeyfob://callback?state=s&code=c&location=") else {
        panic!()
    };
    assert_eq!((location, server), (None, None));
}

#[test]
fn a_denial_is_read_with_and_without_its_state() {
    assert_eq!(reading("cliqkeyfob://callback?error=access_denied"), Ok(denied(None)));
    assert_eq!(reading("cliqkeyfob://callback?error=access_denied&state=s"), Ok(denied(Some("s"))));
    assert_eq!(reading("cliqkeyfob://callback?state=&error=access_denied"), Ok(denied(None)));
}

#[test]
fn an_error_beside_a_code_is_a_denial() {
    let link = "cliqkeyfob://callback?code=1000.abc.def&state=s&error=access_denied";
    assert_eq!(reading(link), Ok(denied(Some("s"))));
}

#[test]
fn a_fragment_is_ignored() {
    let link = format!("cliqkeyfob://callback?{}#state=other&code=other", PARTS.join("&"));
    assert_eq!(reading(link), Ok(granted()));
    assert_eq!(reading("cliqkeyfob://callback#code=c&state=s"), Err(Unreadable::NotOurs));
    assert_eq!(reading("cliqkeyfob://callback?#code=c&state=s"), Err(Unreadable::NoCode));
}

#[test]
fn a_repeated_parameter_makes_the_link_unreadable() {
    for name in ["state", "code", "error", "location", "accounts-server"] {
        let link = format!("cliqkeyfob://callback?{}&{name}=a&{name}=a", "x=1");
        assert_eq!(reading(link), Err(Unreadable::Doubled), "{name}");
    }
    let hidden = "cliqkeyfob://callback?code=a&state=s&st%61te=t";
    assert_eq!(reading(hidden), Err(Unreadable::Doubled));
}

#[test]
fn a_link_without_code_or_state_is_rejected() {
    for empty in ["", "&", "x=1", "state=s", "state=s&code=", "Code=c&State=s", "code"] {
        assert_eq!(reading(format!("cliqkeyfob://callback?{empty}")), Err(Unreadable::NoCode), "{empty:?}");
    }
    for stateless in ["code=c", "code=c&state=", "code=c&STATE=s", "state[]=s&code=c"] {
        assert_eq!(reading(format!("cliqkeyfob://callback?{stateless}")), Err(Unreadable::NoState), "{stateless:?}");
    }
}

#[test]
fn any_url_but_the_registered_one_is_rejected() {
    for other in [
        "",
        "cliqkeyfob://callback",
        "cliqkeyfob:callback?",
        "cliqkeyfob:/callback?",
        "cliqkeyfob:///callback?",
        "cliqkeyfob://callback/?",
        "cliqkeyfob://callback/more?",
        "cliqkeyfob://callbacks?",
        "cliqkeyfob://Callback?",
        "CLIQKEYFOB://callback?",
        "cliqkeyfob://callback:80?",
        "cliqkeyfob://user@callback?",
        "cliqkeyfob://evil/callback?",
        "evil://callback?",
        "https://callback?",
        "https://evil.example/?u=cliqkeyfob://callback?",
        " cliqkeyfob://callback?",
        "\u{feff}cliqkeyfob://callback?",
        "--flag=cliqkeyfob://callback?",
        "app.keyfob.cliq://callback?",
    ] {
        let link = format!("{other}{}", if other.ends_with('?') { PARTS.join("&") } else { String::new() });
        assert_eq!(reading(&link), Err(Unreadable::NotOurs), "{link}");
    }
}

#[test]
fn invalid_utf8_is_rejected_but_not_percent_encoded() {
    let mut link = b"cliqkeyfob://callback?state=s&code=".to_vec();
    link.push(0xff);
    assert_eq!(reading(&link), Err(Unreadable::NotText));
    let Ok(Said::Granted { code, .. }) = reading("cliqkeyfob://callback?state=s&code=%FF%00") else { panic!() };
    assert_eq!(code, "\u{fffd}\0");
}

// Shows D1.
#[test]
fn a_megabyte_is_rejected_by_its_length() {
    let start = "cliqkeyfob://callback?state=s&code=";
    let long = |bytes: usize| format!("{start}{}", "1".repeat(bytes - start.len()));
    assert_eq!(reading(long(1 << 20)), Err(Unreadable::TooLong));
    assert_eq!(reading(vec![0xff; 1 << 20]), Err(Unreadable::TooLong));
    assert_eq!(reading(long(LONGEST + 1)), Err(Unreadable::TooLong));
    assert!(reading(long(LONGEST)).is_ok());
    assert_eq!(LONGEST, 8_192, "far above Zoho's links, and small enough for a flood of them");
}

#[test]
fn debug_prints_neither_code_nor_state() {
    let callback = read(b"cliqkeyfob://callback?state=canary-state&code=canary-code", DEEP_LINK).unwrap();
    let denial = read(b"cliqkeyfob://callback?state=canary-state&error=e", DEEP_LINK).unwrap();
    let printed = format!("{callback:?} {denial:?}");
    assert!(!printed.contains("canary"), "{printed}");
}

#[test]
fn the_page_that_adds_permissions_sends_no_code() {
    let back = |tail: &str| read_enhanced(format!("{DEEP_LINK}{tail}").as_bytes(), DEEP_LINK).map(|c| said(&c));
    let state = |state: &str| Some(state.to_owned());
    assert_eq!(back("?status=success&scope_enhanced=true"), Ok(Said::Back { state: None }));
    assert_eq!(back("?state=s&status=success#end"), Ok(Said::Back { state: state("s") }));
    let denied = |state| Ok(Said::Denied { state, error: "access_denied".to_owned() });
    assert_eq!(back("?error=access_denied"), denied(None));
    assert_eq!(back("?state=s&error=access_denied"), denied(state("s")));
    assert_eq!(back("?state=s&state=t"), Err(Unreadable::Doubled));
    assert_eq!(back("/more?status=success"), Err(Unreadable::NotOurs));
}

proptest! {
    // Shows D1.
    #[test]
    fn no_bytes_whatever_make_it_panic(bytes in any::<Vec<u8>>()) {
        let _ = reading(&bytes);
        let _ = reading([b"cliqkeyfob://callback?".as_slice(), &bytes].concat());
        let text = String::from_utf8_lossy(&bytes);
        let _ = read_pasted(&text, DEEP_LINK);
        let _ = read_pasted(&format!("cliqkeyfob://callback?{text}"), DEEP_LINK);
    }

    #[test]
    fn any_value_from_zoho_is_read_unchanged(
        code in "[!-~]{1,60}", state in "[A-Za-z0-9_-]{1,60}", server in "\\PC{1,40}",
    ) {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("accounts-server", &server)
            .append_pair("code", &code)
            .append_pair("state", &state)
            .finish();
        let wanted = Said::Granted { code, state, location: None, server: Some(server) };
        prop_assert_eq!(reading(format!("cliqkeyfob://callback?{query}")), Ok(wanted));
    }
}
