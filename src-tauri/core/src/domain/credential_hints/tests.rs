//! Hints: pasted values are cleaned, and values that look like something else are pointed out.

use proptest::prelude::*;
use zoho_oauth::text::clean;

use super::*;

const ID: &str = "1000.ABCDEFGHIJ0123456789KLMNOPQRST";
const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789";
const CODE: &str = "1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210";

fn both(client_id: &str, client_secret: &str) -> Hints {
    look_at(client_id, Some(&SecretString::from(client_secret)))
}

fn about_id(text: &str) -> Option<Hint> {
    look_at(text, None).client_id
}

fn about_secret(text: &str) -> Option<Hint> {
    both("", text).client_secret
}

#[test]
fn valid_and_empty_values_get_no_hint() {
    assert_eq!(both(ID, SECRET), Hints::default());
    assert_eq!(both("", ""), Hints::default());
    assert_eq!(look_at(ID, None), Hints::default());
    assert_eq!(about_id("1000.ABCDEFGHIJ0123456789"), None);
    assert_eq!(about_secret(&SECRET[..32]), None);
}

#[test]
fn swapped_values_are_each_pointed_out() {
    let hints = both(SECRET, ID);
    assert_eq!(hints.client_id, Some(Hint::LooksLikeSecret));
    assert_eq!(hints.client_secret, Some(Hint::LooksLikeClientId));
}

#[test]
fn a_code_or_a_token_is_pointed_out_in_either_field() {
    for code in [CODE, "1000.ab.cd", "1004.0123456789abcdef.0123456789abcdef"] {
        assert_eq!(about_id(code), Some(Hint::LooksLikeCode), "{code}");
        assert_eq!(about_secret(code), Some(Hint::LooksLikeCode), "{code}");
    }
}

#[test]
fn every_other_zoho_value_is_named_in_either_field() {
    for (text, hint) in [
        (format!("1001.{}.{}", &SECRET[..32], &SECRET[..32]), Hint::LooksLikeWebhookToken),
        ("ZohoCliq.Channels.READ".to_owned(), Hint::LooksLikeScopes),
        ("https://api-console.zoho.eu/client/1000.X".to_owned(), Hint::LooksLikeAddress),
        ("60012345678".to_owned(), Hint::LooksLikeOrganisationId),
    ] {
        assert_eq!((about_id(&text), about_secret(&text)), (Some(hint), Some(hint)), "{text}");
    }
}

#[test]
fn a_truncated_or_unknown_value_is_unusual() {
    for odd in
        ["1000.", "1000.ABC", "ABCDEFGHIJ0123456789KLMNOPQRST", "1000.abcdefghij0123456789klmn", "1000..", "hello"]
    {
        assert_eq!(about_id(odd), Some(Hint::Unusual), "{odd}");
    }
    let capitals = SECRET.to_uppercase();
    for odd in [&SECRET[..31], capitals.as_str(), "1000.ab.cd.ef", "my secret"] {
        assert_eq!(about_secret(odd), Some(Hint::Unusual), "{odd}");
    }
}

proptest! {
    #[test]
    fn cleaning_is_idempotent_and_keeps_valid_values(
        text in any::<String>(), good in "[0-9A-Za-z._-]{1,60}",
    ) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once.clone());
        let _ = both(&once, &text);
        prop_assert_eq!(clean(&good), good);
    }
}
