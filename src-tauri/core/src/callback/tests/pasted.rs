//! The address a person pasted by hand, with what copying brings along.

use super::*;

fn pasted(text: &str) -> Result<Said, Unreadable> {
    read_pasted(text, DEEP_LINK).map(|pasted| match pasted {
        Pasted::Answer(callback) => said(&callback),
        Pasted::Code(code) => Said::BareCode(code.secret().clone()),
    })
}

#[test]
fn the_whole_address_is_read_with_quotes_blanks_and_line_breaks_around_or_in_it() {
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
fn the_part_from_the_question_mark_on_will_do() {
    let query = PARTS.join("&");
    for text in [query.clone(), format!("?{query}"), format!(" '?{query}' \n")] {
        assert_eq!(pasted(&text), Ok(granted()), "{text:?}");
    }
    let bare_server = "code=1000.abc.def&state=s-t_a.t~e&location=eu&accounts-server=https://accounts.zoho.eu";
    assert_eq!(pasted(bare_server), Ok(granted()));
}

#[test]
fn so_will_the_bare_code_and_a_client_id_is_told_apart_from_it() {
    for text in ["1000.abc.def", " '1000.abc.\r\ndef' "] {
        assert_eq!(pasted(text), Ok(Said::BareCode("1000.abc.def".to_owned())), "{text:?}");
    }
    assert_eq!(pasted("1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"), Err(Unreadable::ClientId));
}

#[test]
fn a_denial_may_be_pasted_too() {
    assert_eq!(pasted("cliqkeyfob://callback?error=access_denied"), Ok(denied(None)));
    assert_eq!(pasted("?error=access_denied&state=s"), Ok(denied(Some("s"))));
}

#[test]
fn another_address_is_told_apart_from_ours_without_a_code() {
    for other in [
        "",
        "\n",
        "1000.abc.def.more",
        "hello",
        "https://accounts.zoho.eu/oauth/v2/auth?client_id=1000.X&state=s&code=c",
        "https://evil.example/?code=c&state=s",
        "cliqkeyfob://other?code=c&state=s",
        "cliqkeyfob://callback",
        "see: cliqkeyfob://callback?code=c&state=s",
    ] {
        assert_eq!(pasted(other), Err(Unreadable::NotOurs), "{other:?}");
    }
    assert_eq!(pasted("cliqkeyfob://callback?state=s"), Err(Unreadable::NoCode));
    assert_eq!(pasted("?x=1"), Err(Unreadable::NoCode));
    assert_eq!(pasted("code=c"), Err(Unreadable::NoState));
    assert_eq!(pasted("code=c&code=d&state=s"), Err(Unreadable::Doubled));
    assert_eq!(pasted(&"x=1&".repeat(LONGEST)), Err(Unreadable::TooLong));
}
