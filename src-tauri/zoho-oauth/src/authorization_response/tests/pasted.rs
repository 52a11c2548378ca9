//! Pasted URLs, with the noise that copying adds.

use super::*;

fn pasted(text: &str) -> Result<Said, Unreadable> {
    read_pasted(text, DEEP_LINK).map(|pasted| match pasted {
        Pasted::Answer(callback) => said(&callback),
        Pasted::Code(code) => Said::BareCode(code.secret().clone()),
    })
}

#[test]
fn a_url_is_read_with_quotes_spaces_and_line_breaks() {
    let link = format!("cliqkeyfob://callback?{}", PARTS.join("&"));
    let (start, end) = link.split_at(40);
    for text in [
        link.clone(),
        format!("  {link}\r\n"),
        format!("\"{link}\""),
        format!("'{link}'"),
        format!("“{link}”"),
        format!("`{link}`,"),
        format!("{start}\r\n{end}"),
        format!("\u{feff}{start}\u{200b}{end}"),
        format!("{link}&"),
        format!("{link}#"),
    ] {
        assert_eq!(pasted(&text), Ok(granted()), "{text:?}");
    }
}

#[test]
fn the_query_alone_is_enough() {
    let query = PARTS.join("&");
    for text in [query.clone(), format!("?{query}"), format!(" '?{query}' \n")] {
        assert_eq!(pasted(&text), Ok(granted()), "{text:?}");
    }
    let bare_server = "code=1000.abc.def&state=s-t_a.t~e&location=eu&accounts-server=https://accounts.zoho.eu";
    assert_eq!(pasted(bare_server), Ok(granted()));
}

#[test]
fn the_bare_code_is_enough_and_a_client_id_is_not() {
    for text in ["1000.abc.def", " '1000.abc.\r\ndef' "] {
        assert_eq!(pasted(text), Ok(Said::BareCode("1000.abc.def".to_owned())), "{text:?}");
    }
    assert_eq!(pasted("1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"), Err(Unreadable::Other(ZohoValue::ClientId)));
}

#[test]
fn a_denial_may_be_pasted() {
    assert_eq!(pasted("cliqkeyfob://callback?error=access_denied"), Ok(denied(None)));
    assert_eq!(pasted("?error=access_denied&state=s"), Ok(denied(Some("s"))));
}

#[test]
fn another_url_and_a_url_without_a_code_are_distinguished() {
    for other in ["", "\n", "1000.abc.def.more", "hello"] {
        assert_eq!(pasted(other), Err(Unreadable::NotOurs), "{other:?}");
    }
    for other in [
        "https://evil.example/?code=c&state=s",
        "cliqkeyfob://other?code=c&state=s",
        "cliqkeyfob://callback-of-another?code=c&state=s",
    ] {
        assert_eq!(pasted(other), Err(Unreadable::Other(ZohoValue::Address)), "{other:?}");
    }
    let before_accept =
        "https://accounts.zoho.eu/oauth/v2/auth?client_id=1000.X&state=s&redirect_uri=cliqkeyfob%3A%2F%2Fcallback";
    assert_eq!(pasted(before_accept), Err(Unreadable::NoCode));
    assert_eq!(pasted("cliqkeyfob://callback"), Err(Unreadable::NoCode));
    assert_eq!(pasted("cliqkeyfob://callback?state=s"), Err(Unreadable::NoCode));
    assert_eq!(pasted("?x=1"), Err(Unreadable::NoCode));
    assert_eq!(pasted("code=c"), Err(Unreadable::NoState));
    assert_eq!(pasted("code=c&code=d&state=s"), Err(Unreadable::Doubled));
    assert_eq!(pasted(&"x=1&".repeat(LONGEST)), Err(Unreadable::TooLong));
}

const LOOPBACK: &str = "http://localhost:28473/callback";

#[test]
fn a_url_is_read_in_every_form_that_browsers_give_it() {
    let query = PARTS.join("&");
    for address in [
        format!("https://localhost:28473/callback?{query}"),
        format!("localhost:28473/callback?{query}"),
        format!("http://127.0.0.1:28473/callback?{query}"),
        format!("http://[::1]:28473/callback?{query}"),
        format!("http://localhost:28473/callback/?{query}"),
        format!("HTTP://LOCALHOST:28473/callback?{query}"),
        format!("view-source:http://localhost:28473/callback?{query}"),
    ] {
        let read = read_pasted(&address, LOOPBACK);
        assert!(matches!(&read, Ok(Pasted::Answer(answer)) if said(answer) == granted()), "{address}: {read:?}");
    }
    for address in [format!("cliqkeyfob:///callback?{query}"), format!("cliqkeyfob://callback/?{query}")] {
        assert_eq!(pasted(&address), Ok(granted()), "{address}");
    }
}

#[test]
fn a_url_is_read_in_every_form_that_chats_give_it() {
    let address = format!("http://localhost:28473/callback?{}", PARTS.join("&"));
    let wrapped = url::form_urlencoded::byte_serialize(address.as_bytes()).collect::<String>();
    for text in [
        format!("<{address}>"),
        format!("<{address}|localhost:28473>"),
        format!("[{address}]({address})"),
        format!("I came here: {address}."),
        address.replace('&', "&amp;"),
        format!("https://www.google.com/url?q={wrapped}&sa=D"),
        format!("https://eu.safelinks.protection.outlook.com/?url={wrapped}&data=05"),
    ] {
        let read = read_pasted(&text, LOOPBACK);
        assert!(matches!(&read, Ok(Pasted::Answer(answer)) if said(answer) == granted()), "{text}: {read:?}");
    }
}

#[test]
fn the_url_without_its_query_has_no_code() {
    for (pasted, redirect_uri) in [
        ("http://localhost:28473/callback", LOOPBACK),
        ("https://127.0.0.1:28473/callback/", LOOPBACK),
        ("https://www.example.com/", "https://www.example.com/"),
        ("www.example.com", "https://www.example.com/"),
    ] {
        assert_eq!(read_pasted(pasted, redirect_uri).err(), Some(Unreadable::NoCode), "{pasted}");
    }
    let another = read_pasted("https://www.example.org/", "https://www.example.com/").err();
    assert_eq!(another, Some(Unreadable::Other(ZohoValue::Address)));
}

#[test]
fn another_port_or_path_is_rejected() {
    for address in ["http://localhost:28474/callback?code=c&state=s", "http://localhost:28473/other?code=c&state=s"] {
        assert!(read_pasted(address, LOOPBACK).is_err(), "{address}");
    }
}
