use proptest::prelude::*;

use super::*;

fn setup() -> Setup {
    Setup {
        name: "Finance bot".to_owned(),
        region: RegionCode::new("eu").unwrap(),
        client_type: ClientType::ServerBased,
        client_id: "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123".to_owned(),
        scopes: Scopes::granted("ZohoCliq.Channels.READ AaaServer.profile.READ"),
        keep_access: false,
    }
}

#[test]
fn a_written_setup_reads_back() {
    assert_eq!(Setup::read(setup().write().as_bytes()), Some(Ok(setup())));
}

#[test]
fn a_version_1_setup_reads_and_writes_unchanged() {
    let first = r#"{
  "keyfob": "set-up",
  "version": 1,
  "name": "Finance bot",
  "region": "eu",
  "clientType": "serverBased",
  "clientId": "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123",
  "scopes": [
    "AaaServer.profile.READ",
    "ZohoCliq.Channels.READ"
  ],
  "keepAccess": false
}
"#;
    assert_eq!(Setup::read(first.as_bytes()), Some(Ok(setup())));
    assert_eq!(setup().write(), first);
}

#[test]
fn a_far_too_long_setup_is_refused() {
    let mut long = setup().write();
    long.push_str(&" ".repeat(LARGEST));
    assert_eq!(Setup::read(long.as_bytes()), Some(Err(Problem::FileDamaged)));
}

proptest! {
    #[test]
    fn any_bytes_are_not_a_valid_setup(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!matches!(Setup::read(&bytes), Some(Ok(_))));
    }

    /// With any byte changed, what is still read is valid input.
    #[test]
    fn a_changed_setup_is_refused_or_valid(at in 0..300_usize, to in any::<u8>()) {
        let mut bytes = setup().write().into_bytes();
        let at = at % bytes.len();
        bytes[at] = to;
        if let Some(Ok(read)) = Setup::read(&bytes) {
            prop_assert!(is_client_id(&read.client_id) && RegionCode::new(read.region.as_str()).is_some());
            prop_assert!(!read.scopes.is_empty() && read.scopes.iter().all(|s| Scope::new(s.as_str()).is_ok()));
            prop_assert_eq!(Setup::read(read.write().as_bytes()), Some(Ok(read)));
        }
    }
}
