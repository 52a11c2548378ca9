//! Who wrote the vault? The forger here knows the format, the public key and the folder, but no secret.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use super::*;
use age::x25519::{Identity, Recipient};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const NO_PROOF: &str = "0000000000000000000000000000000000000000000000000000000000000000";

// Shows S10; ASVS 13.3.1.
#[test]
fn a_vault_forged_with_the_public_key_alone_is_refused() {
    let desk = Desk::holding(&["one", "two"]);
    let public = desk.open().unwrap().vault.own_key().unwrap();
    for (how, forged) in forgeries(&public) {
        desk.refuses_as_current(&forged, how);
    }
}

// Shows S10.
#[test]
fn a_forged_previous_generation_is_not_used_either() {
    for number in 0..forgeries(&stranger()).len() {
        let desk = Desk::holding(&["one", "two"]);
        let public = desk.open().unwrap().vault.own_key().unwrap();
        let (how, forged) = forgeries(&public).swap_remove(number);
        fs::remove_file(desk.current()).unwrap();
        fs::write(desk.previous(), &forged).unwrap();

        let opened = desk.open().unwrap();

        assert!(opened.contents.is_none(), "{how}");
        assert_eq!(opened.not_authentic, [desk.at("vault.previous.not-authentic-1.age")], "{how}");
        assert_eq!(fs::read(&opened.not_authentic[0]).unwrap(), forged, "{how}");
    }
}

// Shows S10.
#[test]
fn a_vault_forged_while_keyfob_runs_is_set_aside() {
    let desk = Desk::holding(&["one", "two"]);
    let mut running = desk.open().unwrap().vault;
    for (number, (how, forged)) in forgeries(&running.own_key().unwrap()).into_iter().enumerate() {
        fs::write(desk.current(), &forged).unwrap();
        fs::write(desk.previous(), &forged).unwrap();
        running.save(&bytes("three")).unwrap();
        for name in ["vault", "vault.previous"] {
            let aside = desk.at(&format!("{name}.not-authentic-{}.age", number + 1));
            assert_eq!(fs::read(aside).unwrap(), forged, "{how}");
        }
        desk.finds("three", Generation::Current);
        assert!(!desk.previous().exists(), "{how}: what was forged takes no generation's place");
    }
}

#[test]
fn a_vault_sealed_to_another_key_is_no_forgery() {
    let desk = Desk::holding(&["one", "two"]);
    fs::write(desk.current(), forgeries(&stranger()).swap_remove(0).1).unwrap();
    let before = desk.files();
    assert_eq!(desk.open().unwrap_err(), VaultProblem::KeyMissing);
    assert_eq!(desk.files(), before);
}

// Shows S10.
#[test]
fn the_proof_is_an_hmac_under_a_key_of_the_private_key() {
    let desk = Desk::holding(&["one", "two"]);
    let kept = desk.keyring.kept().unwrap();
    let (identity, rest) = kept.split_once('\n').unwrap();
    assert_eq!(rest, "keyfob vault 2");
    let mac = |key: &[u8], text: &[u8]| Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize();
    let secret = mac(identity.as_bytes(), b"keyfob vault authenticity 1").into_bytes();
    let body = body_of(&fs::read(desk.current()).unwrap());
    let sealed = body_of(&body);
    let proof = mac(&secret, &[b"keyfob vault 2\n2\n", &sealed[..]].concat()).into_bytes();
    assert_eq!(body, [format!("2 {proof:x}\n").as_bytes(), &sealed].concat());
}

#[test]
fn a_vault_under_the_number_of_another_save_is_refused() {
    let desk = Desk::holding(&["one", "two"]);
    let body = body_of(&fs::read(desk.current()).unwrap());
    for number in ["1", "3", "02", "+2", " 2", ""] {
        let renumbered = [number.as_bytes(), &body[1..]].concat();
        desk.refuses_as_current(&in_envelope("vault", 2, &renumbered), number);
    }
}

// Shows S10.
#[test]
fn an_old_vault_opens_once_and_is_authenticated_from_then_on() {
    let desk = Desk::new();
    let old = desk.as_before_authentication(&["one", "two"]);

    let opened = desk.finds("two", Generation::Current);

    assert_eq!(opened.not_renewed, None);
    assert!(desk.keyring.kept().unwrap().ends_with("\nkeyfob vault 2"));
    for place in [desk.current(), desk.previous()] {
        assert!(fs::read(&place).unwrap().starts_with(b"keyfob vault 2 "), "{}", place.display());
    }
    fs::write(desk.previous(), &old[0]).unwrap();
    fs::write(desk.current(), &old[1]).unwrap();
    let opened = desk.open().unwrap();
    assert!(opened.contents.is_none(), "a vault from before could be anybody's");
    assert_eq!(opened.not_authentic.len(), 2);
}

#[test]
fn a_key_that_a_passphrase_holds_remembers_it_as_well() {
    let desk = Desk::new();
    let old = desk.as_before_authentication(&["one"]);
    let identity = desk.keyring.kept().unwrap();
    let mut lock = age::scrypt::Recipient::new(SecretString::from("open sesame"));
    lock.set_work_factor(2);
    let key = age::encrypt(&lock, identity.as_bytes()).unwrap();
    fs::write(desk.at("vault.key.age"), in_envelope("key", 1, &key)).unwrap();

    for _ in 0..2 {
        let opened = desk.open_with(passphrase("open sesame")).unwrap();
        assert_eq!((opened.contents.unwrap().expose_secret(), opened.not_renewed), (&b"one"[..], None));
    }
    assert!(fs::read(desk.at("vault.key.age")).unwrap().starts_with(b"keyfob key 2 "));
    fs::write(desk.current(), &old[0]).unwrap();
    let opened = desk.open_with(passphrase("open sesame")).unwrap();
    assert_eq!(opened.not_authentic, [desk.at("vault.not-authentic-1.age")]);
}

// Shows S10.
#[test]
fn a_keyring_that_keeps_nothing_more_loses_nothing() {
    for (mood, why) in [
        (Mood::ReadOnly, KeychainProblem::Locked),
        (Mood::Forgetful, KeychainProblem::Unfaithful),
        (Mood::KeepsButSaysSlow, KeychainProblem::Slow),
    ] {
        let desk = Desk::new();
        desk.as_before_authentication(&["one"]);
        desk.keyring.answers(mood);
        let mut opened = desk.finds("one", Generation::Current);
        assert_eq!(opened.not_renewed, Some(VaultProblem::Keychain(why)), "{mood:?}");
        opened.vault.save(&bytes("two")).unwrap();

        desk.keyring.answers(Mood::Faithful);
        let next = desk.finds("two", Generation::Current);
        assert_eq!(next.not_renewed, None, "the next start tries again");
        assert!(desk.keyring.kept().unwrap().ends_with("\nkeyfob vault 2"));
    }
}

// Shows S10.
#[test]
fn an_older_vault_beside_a_newer_one_is_noticed_once() {
    let desk = Desk::holding(&["one", "two"]);
    assert!(!desk.finds("two", Generation::Current).is_older);
    let (one, two) = (fs::read(desk.previous()).unwrap(), fs::read(desk.current()).unwrap());
    fs::write(desk.current(), &one).unwrap();
    assert!(!desk.finds("one", Generation::Current).is_older, "a save that was killed leaves the same");

    fs::write(desk.previous(), &two).unwrap();
    let mut opened = desk.finds("one", Generation::Current);
    assert!(opened.is_older);
    opened.vault.save(&bytes("three")).unwrap();
    assert!(!desk.finds("three", Generation::Current).is_older);
}

/// Complete vault files with content of the forger's choice, sealed to this key by the forger's own program.
fn forgeries(public: &str) -> Vec<(&'static str, Vec<u8>)> {
    let recipient: Recipient = public.parse().unwrap();
    let sealed = age::encrypt(&recipient, b"FORGED").unwrap();
    let under = |line: String| in_envelope("vault", 2, &[line.as_bytes(), b"\n", &sealed].concat());
    let mut by_the_public_key = Hmac::<Sha256>::new_from_slice(public.as_bytes()).unwrap();
    by_the_public_key.update(&[b"keyfob vault 2\n9\n", &sealed[..]].concat());
    let unkeyed = Sha256::digest(&sealed);
    vec![
        ("as an earlier version did", in_envelope("vault", 1, &sealed)),
        ("without a proof", in_envelope("vault", 2, &sealed)),
        ("with an empty line", under(String::new())),
        ("with a proof made up", under(format!("9 {NO_PROOF}"))),
        ("with a short proof", under("9 00".to_owned())),
        ("with a hash for a proof", under(format!("9 {unkeyed:x}"))),
        ("with a proof by the public key", under(format!("9 {:x}", by_the_public_key.finalize().into_bytes()))),
    ]
}

fn stranger() -> String {
    Identity::generate().to_public().to_string()
}

impl Desk {
    /// Fills the folder and the keyring as an earlier version did, oldest content first. Returns the files.
    fn as_before_authentication(&self, generations: &[&str]) -> Vec<Vec<u8>> {
        let identity = Identity::generate();
        self.keyring.set(Some(identity.to_string().expose_secret().to_owned()));
        fs::create_dir(self.folder()).unwrap();
        let seal = |contents: &&str| {
            in_envelope("vault", 1, &age::encrypt(&identity.to_public(), contents.as_bytes()).unwrap())
        };
        let files: Vec<Vec<u8>> = generations.iter().map(seal).collect();
        for (file, place) in files.iter().rev().zip([self.current(), self.previous()]) {
            fs::write(place, file).unwrap();
        }
        files
    }
}
