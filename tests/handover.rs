//! Handovers sealed with age: only the recipient opens them, they round-trip, and no file takes too long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::io::Read;
use std::iter;
use std::time::{Duration, Instant};

use age::armor::ArmoredReader;
use age::{Decryptor, scrypt, x25519};
use keyfob::storage::vault::transfer::{open_with_passphrase, seal};
use keyfob::storage::vault::{Key, Vault, WORK_FACTOR};
use keyfob_core::Problem;
use keyfob_core::effect::NotUnsealed;
use keyfob_core::handover_file::{Lock, is_sealed};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

const CONTENT: &[u8] = br#"{"keyfob":"hand-over"}"#;
const PASSPHRASE: &str = "quiet rivers carry boats";
/// A low work factor, for tests.
const QUICK: u8 = 2;

fn content() -> SecretSlice<u8> {
    CONTENT.to_vec().into()
}

fn by_passphrase() -> String {
    seal(&content(), &Lock::Passphrase { passphrase: PASSPHRASE.into() }, QUICK).unwrap()
}

fn open(file: &[u8], passphrase: &str) -> Result<Vec<u8>, NotUnsealed> {
    open_with_passphrase(&SecretString::from(passphrase), file).map(|opened| opened.expose_secret().to_vec())
}

/// A vault with a key, and its folder.
fn vault() -> (tempfile::TempDir, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::Passphrase { passphrase: "for the vault alone".into(), work_factor: QUICK };
    let mut vault = Vault::open(folder.path(), key).unwrap().vault;
    vault.prove().unwrap();
    (folder, vault)
}

#[test]
fn a_passphrase_file_opens_here_and_in_any_age_program() {
    let file = by_passphrase();
    assert!(is_sealed(file.as_bytes()) && !file.contains("keyfob"));
    assert_eq!(open(file.as_bytes(), PASSPHRASE).unwrap(), CONTENT);
    assert_eq!(open(format!("\r\n  {file}\n\n").as_bytes(), PASSPHRASE).unwrap(), CONTENT, "as mail leaves it");

    let theirs = scrypt::Identity::new(PASSPHRASE.into());
    let sealed = Decryptor::new_buffered(ArmoredReader::new(file.as_bytes())).unwrap();
    let mut read = Vec::new();
    sealed.decrypt(iter::once(&theirs as &dyn age::Identity)).unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, CONTENT);
}

#[test]
fn only_the_vault_with_the_key_opens_a_handover() {
    let ((_keep, ours), (_keep_too, theirs)) = (vault(), vault());
    let file = seal(&content(), &Lock::Key { key: theirs.own_key().unwrap() }, QUICK).unwrap();
    assert_eq!(theirs.unseal(file.as_bytes()).unwrap().expose_secret(), CONTENT);
    assert_eq!(ours.unseal(file.as_bytes()).unwrap_err(), NotUnsealed::NotForUs);
    assert_eq!(open(file.as_bytes(), PASSPHRASE).unwrap_err(), NotUnsealed::NotForUs);
}

#[test]
fn a_vaults_public_key_stays_the_same() {
    let (folder, first) = vault();
    let key = || Key::Passphrase { passphrase: "for the vault alone".into(), work_factor: QUICK };
    let again = Vault::open(folder.path(), key()).unwrap().vault;
    assert_eq!(again.own_key(), first.own_key());
    let for_this_run = Vault::open(folder.path(), Key::ThisRunOnly).unwrap().vault;
    assert_eq!(for_this_run.own_key(), None);
    assert_eq!(for_this_run.unseal(by_passphrase().as_bytes()).unwrap_err(), NotUnsealed::NeedsPassphrase);
}

#[test]
fn a_missing_or_wrong_passphrase_is_reported() {
    let (_keep, vault) = vault();
    let file = by_passphrase();
    assert_eq!(vault.unseal(file.as_bytes()).unwrap_err(), NotUnsealed::NeedsPassphrase);
    for wrong in ["", "Quiet rivers carry boats", "quiet rivers carry boats "] {
        assert_eq!(open(file.as_bytes(), wrong).unwrap_err(), NotUnsealed::WrongPassphrase);
    }
}

#[test]
fn a_malformed_key_seals_nothing() {
    let (_keep, vault) = vault();
    let key = vault.own_key().unwrap();
    let mistyped =
        if key.ends_with('q') { format!("{}p", &key[..key.len() - 1]) } else { format!("{}q", &key[..key.len() - 1]) };
    for wrong in [mistyped, "age1".to_owned(), "1000.A".to_owned()] {
        assert_eq!(seal(&content(), &Lock::Key { key: wrong }, QUICK).unwrap_err(), Problem::KeyUnknown);
    }
}

// Shows T29.
#[test]
fn a_handover_cut_short_or_changed_anywhere_never_opens() {
    let (_keep, vault) = vault();
    let (file, to_key) =
        (by_passphrase(), seal(&content(), &Lock::Key { key: vault.own_key().unwrap() }, QUICK).unwrap());
    for file in [file.as_bytes(), to_key.as_bytes()] {
        let whole = |bytes: &[u8]| vault.unseal(bytes).or_else(|_| open_with_passphrase(&PASSPHRASE.into(), bytes));
        for end in 0..file.trim_ascii_end().len() {
            assert!(whole(&file[..end]).is_err(), "cut at {end}");
        }
        for at in 0..file.len() {
            let mut changed = file.to_vec();
            changed[at] ^= 1;
            // A line break may become another blank, which changes nothing: the content is what was sealed.
            if let Ok(opened) = whole(&changed) {
                assert_eq!(opened.expose_secret(), CONTENT, "changed at {at}");
            }
        }
    }
}

#[test]
fn an_excessive_work_factor_is_refused_immediately() {
    let bomb = by_passphrase_header(WORK_FACTOR + 1);
    let before = Instant::now();
    assert_eq!(open(&bomb, PASSPHRASE).unwrap_err(), NotUnsealed::Damaged);
    assert!(before.elapsed() < Duration::from_secs(1));
}

/// An age file whose scrypt stanza requests 2 to the power of `work` rounds.
fn by_passphrase_header(work: u8) -> Vec<u8> {
    let recipient = {
        let mut recipient = scrypt::Recipient::new(PASSPHRASE.into());
        recipient.set_work_factor(QUICK);
        recipient
    };
    let file = age::encrypt(&recipient, CONTENT).unwrap();
    let split = file.windows(2).position(|w| w == b" 2").unwrap();
    [&file[..split], format!(" {work}").as_bytes(), &file[split + 2..]].concat()
}

#[test]
fn arbitrary_bytes_are_not_a_handover() {
    let (_keep, vault) = vault();
    let stranger = x25519::Identity::generate().to_public();
    let many = vec![b'-'; 200_000];
    let other = age::encrypt(&stranger, CONTENT).unwrap();
    for bytes in [&b""[..], b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n", &many, &other] {
        assert!(vault.unseal(bytes).is_err() && open(bytes, PASSPHRASE).is_err());
    }
}

/// The file was stored at commit `dd2ef93`.
#[test]
fn a_stored_handover_opens() {
    let content = open(include_bytes!("stored/handover.keyfob.age"), PASSPHRASE).unwrap();
    assert_eq!(content, include_bytes!("stored/handover.json"));
}
