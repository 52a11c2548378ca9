//! The console's file, as users have it.

use super::*;

const NOW: Moment = Moment::from_millis(1_795_424_400_000);
const ID: &str = "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123";

fn read(fields: &str) -> Option<SelfClientFile> {
    let text = format!(r#"{{"client_id":"{ID}"{fields}}}"#);
    assert!(is_self_client(text.as_bytes()));
    SelfClientFile::read(text.as_bytes())
}

fn ends(expiry_time: &str) -> Moment {
    read(&format!(r#","code":"1000.ab.cd","expiry_time":{expiry_time}"#)).unwrap().code(3, NOW).unwrap().ends
}

#[test]
fn expiry_is_read_in_either_unit_and_capped() {
    assert_eq!(ends("1795424460000"), NOW.plus(Duration::from_mins(1)));
    assert_eq!(ends("1795424460"), NOW.plus(Duration::from_mins(1)));
    assert_eq!(ends("\"1795424460\""), NOW.plus(Duration::from_mins(1)));
    assert_eq!(ends("18446744073709551615"), NOW.plus(LONGEST_LIFE));
    for unclear in ["null", "-1", "\"soon\"", "1e30", "[]"] {
        assert_eq!(ends(unclear), NOW.plus(Duration::from_mins(3)), "{unclear}");
    }
}

#[test]
fn scopes_are_a_list_or_a_string() {
    for told in [r#"["ZohoCliq.Users.READ","ZohoCliq.Chats.READ"]"#, r#""ZohoCliq.Users.READ,ZohoCliq.Chats.READ""#] {
        let scopes = read(&format!(r#","scope":{told}"#)).unwrap().scopes;
        assert_eq!(scopes.asked(), "ZohoCliq.Chats.READ,ZohoCliq.Users.READ");
    }
    assert!(read(r#","scope":7"#).unwrap().scopes.is_empty());
}

#[test]
fn the_last_duplicate_counts_and_a_client_id_is_required() {
    assert_eq!(
        read(r#","client_id":"1000.ZZZZZZZZZZZZZZZZZZZZZZZZ""#).unwrap().client_id,
        "1000.ZZZZZZZZZZZZZZZZZZZZZZZZ"
    );
    assert!(SelfClientFile::read(br#"{"client_id":7}"#).is_none());
    assert!(SelfClientFile::read(br#"{"client_id":"https://evil.example"}"#).is_none());
    assert!(!is_self_client(br#"["client_id"]"#) && !is_self_client(b""));
}
