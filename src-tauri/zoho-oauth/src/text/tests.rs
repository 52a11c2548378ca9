//! Text from outside is shown printable and short.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

#[test]
fn a_short_text_is_shown_unchanged() {
    for plain in ["", "invalid_scope", "Accès refusé", "拒绝访问", "x".repeat(80).as_str()] {
        assert_eq!(shown(plain), plain);
    }
}

#[test]
fn a_long_text_is_truncated_to_eighty_characters() {
    assert_eq!(shown(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    assert_eq!(shown(&"x".repeat(1 << 20)).chars().count(), 81);
    assert_eq!(shown(&format!("{}\n\n", "x".repeat(80))), "x".repeat(80));
}

#[test]
fn control_and_direction_characters_are_removed() {
    assert_eq!(shown("a\0b\r\nc\u{1b}[31md\u{7f}"), "abc[31md");
    assert_eq!(shown("\u{feff}ab\u{200b}c\u{202e}d\u{2066}e\u{200f}"), "abcde");
}

// Shows T11.
#[test]
fn a_servers_error_is_shown_without_credentials() {
    let (token, secret) = ("1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210", "f00d".repeat(10));
    assert_eq!(said(&format!("no such  token: {token}, of\n{secret}")), "no such token: … of …");
    assert_eq!(said(&format!("{}{token}", "x ".repeat(40))), format!("{}…", "x ".repeat(40)), "not even part of it");
    let plain = [
        "invalid_redirect_uri",
        "too_many_requests_in_10_minutes",
        "INVALID_OAUTH2_SCOPE_FOR_V2",
        "Missing-Permission/of-this-user",
        "https://accounts.zoho.com/oauth/v2/token",
        "Доступ запрещён",
        "",
    ];
    for plain in plain {
        assert_eq!(said(plain), plain);
    }
}

#[test]
fn a_verifier_of_short_parts_is_left_out() {
    assert_eq!(said("code_verifier=tVeqlSqtXZeBrdUceL-PoH63MoDd2-UDo9XYLL3mzn4"), LEFT_OUT);
    assert_eq!(said("no: aB3-cD5_eF7-gH9_iJ1-kL2_mN4"), "no: …");
}

const ID: &str = "1000.ABCDEFGHIJ0123456789KLMNOPQRST";

#[test]
fn a_pasted_value_loses_the_noise_of_copying() {
    for noisy in [
        format!("  {ID}\r\n"),
        format!("\"{ID}\""),
        format!("'{ID}';"),
        format!("`{ID}`,"),
        format!("“{ID}”"),
        format!("«{ID}»"),
        format!("<{ID}>"),
        format!("\u{feff}{ID}\u{200b}"),
        format!("\u{202a}{ID}\u{202c}"),
        format!("\u{a0}{ID}\t"),
        format!("{}\n{}", &ID[..10], &ID[10..]),
        format!("{ID}\0"),
    ] {
        assert_eq!(clean(&noisy), ID, "{noisy:?}");
    }
    assert_eq!(clean(" \r\n"), "");
}

proptest! {
    #[test]
    fn no_random_state_or_verifier_is_shown(random: [u8; 32]) {
        prop_assert_eq!(said(&URL_SAFE_NO_PAD.encode(random)), LEFT_OUT);
    }

    #[test]
    fn no_random_value_in_plain_base64_is_shown(random: [u8; 32]) {
        prop_assert_eq!(said(&STANDARD.encode(random)), LEFT_OUT);
    }

    // Shows T8; ASVS 16.4.1.
    #[test]
    fn any_text_is_shown_short_and_on_one_line(text in any::<String>()) {
        let shown = shown(&text);
        prop_assert!(shown.chars().count() <= 81);
        prop_assert!(!shown.contains(|c: char| c.is_control() || is_invisible(c)));
    }
}
