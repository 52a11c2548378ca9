use oauth2::ClientId;
use proptest::prelude::*;
use zoho_oauth::client::{Client, ClientType};
use zoho_oauth::token_response::TokenResponse;

use super::*;
use crate::domain::activity::Activity;
use crate::domain::connection::{ConnectionId, Grant};

const NOW: Moment = Moment::from_millis(1_795_424_400_000);

fn connection() -> Connection {
    let (eu, ca) = (RegionCode::new("eu").unwrap(), RegionCode::new("ca").unwrap());
    let tokens = |access: &str, refresh: &str| TokenResponse {
        access: access.into(),
        refresh: Some(refresh.into()),
        scopes: Some(Scopes::granted("ZohoCliq.Channels.READ AaaServer.profile.READ")),
        expires_at: NOW.plus(Duration::from_hours(1)),
        odd_lifetime: false,
    };
    let mut grant = Grant::new(ca, tokens("1000.aa.00", "1000.cc.03"), &Scopes::default(), NOW);
    grant.renew(tokens("1000.aa.01", "1000.bb.02"), NOW);
    Connection {
        id: ConnectionId(3),
        name: "Finance bot".to_owned(),
        registration: Client {
            region: eu,
            client_type: ClientType::Mobile,
            client_id: ClientId::new("1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123".to_owned()),
            own_redirect: None,
            client_secret: Some("0123456789abcdef".into()),
            secrets_elsewhere: std::collections::BTreeMap::new(),
        },
        asked: Scopes::granted("ZohoCliq.Channels.READ"),
        grant,
        identity: None,
        trouble: None,
        tested: None,
        keep_fresh: true,
        scripts: crate::domain::script_access::ScriptAccess::NotAsked,
        live_file: None,
        activity: Activity::default(),
    }
}

fn handover() -> Handover {
    Handover::of(&connection(), " Ben\u{202e} ", Lasts::Day, NOW).unwrap()
}

fn plain(secret: &SecretString) -> &str {
    secret.expose_secret()
}

#[test]
fn a_written_handover_reads_back() {
    let read = Handover::read(&handover().write(), NOW).unwrap();
    assert_eq!(read.setup, Setup::of(&connection()));
    assert_eq!(read.client_secret.as_ref().map(plain), Some("0123456789abcdef"));
    assert_eq!(plain(&read.refresh), "1000.bb.02");
    assert_eq!(
        (read.granted.asked().as_str(), read.region.as_str()),
        ("AaaServer.profile.READ,ZohoCliq.Channels.READ", "ca")
    );
    assert_eq!((read.to.as_str(), read.made, read.until), ("Ben", NOW, NOW.plus(Duration::from_hours(24))));
}

#[test]
fn neither_access_nor_previous_refresh_token_is_included() {
    let written = String::from_utf8(handover().write().expose_secret().to_vec()).unwrap();
    assert!(!written.contains("1000.aa.01") && !written.contains("1000.cc.03"));
}

#[test]
fn a_handover_expires_at_its_moment() {
    let (written, end) = (handover().write(), NOW.plus(Duration::from_hours(24)));
    assert!(Handover::read(&written, Moment::from_millis(end.millis() - 1)).is_ok());
    assert_eq!(Handover::read(&written, end).unwrap_err(), Problem::HandoverExpired { at: end });
}

#[test]
fn sealed_files_are_recognised() {
    assert!(is_sealed(b"age-encryption.org/v1\n-> X25519"));
    assert!(is_sealed(b"\n-----BEGIN AGE ENCRYPTED FILE-----\n"));
    for other in [&b""[..], b"{}", b"age", b"%PDF-1.7 age-encryption.org/v1", b"-----BEGIN CERTIFICATE-----"] {
        assert!(!is_sealed(other));
    }
}

proptest! {
    #[test]
    fn any_sealed_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Handover::read(&bytes.into(), NOW).is_err());
    }

    /// With any byte changed, what is still read is valid for a request and a region lookup.
    #[test]
    fn a_changed_handover_is_refused_or_valid(at in 0..600_usize, to in any::<u8>()) {
        let mut bytes = handover().write().expose_secret().to_vec();
        let at = at % bytes.len();
        bytes[at] = to;
        if let Ok(read) = Handover::read(&bytes.into(), NOW) {
            prop_assert!(read.until > NOW && is_one_word(&read.refresh));
            prop_assert!(read.client_secret.as_ref().is_none_or(is_one_word));
            prop_assert!(RegionCode::new(read.region.as_str()).is_some());
        }
    }
}
