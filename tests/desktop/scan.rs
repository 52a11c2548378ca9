//! Looking for secrets where none may be: the page, the log, the command lines, the disk.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::stage::{Stage, people_of};

/// A secret, and what to call it when it is found.
#[derive(Clone)]
pub struct Secret {
    pub name: &'static str,
    pub text: String,
}

/// Where a secret was found.
#[derive(Debug, Eq, PartialEq)]
pub struct Found {
    pub name: &'static str,
    pub place: String,
}

/// The secrets found in these bytes: as they are, URL-encoded, base64, hex, UTF-16, or as decimal bytes.
pub fn in_bytes(secrets: &[Secret], place: &str, bytes: &[u8]) -> Vec<Found> {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    let hit = |secret: &&Secret| forms(&secret.text).iter().any(|form| holds(form));
    secrets.iter().filter(hit).map(|s| Found { name: s.name, place: place.to_owned() }).collect()
}

/// The secrets found in the files under the stage's home, but those under the browser's profile: it is the person's
/// own browser, and has to see the code.
pub fn on_disk(secrets: &[Secret], stage: &Stage) -> Vec<Found> {
    let mut found = Vec::new();
    for file in files(stage.home()) {
        if file.starts_with(stage.home().join("browser")) {
            continue;
        }
        if let Ok(bytes) = fs::read(&file) {
            found.extend(in_bytes(secrets, &file.display().to_string(), &bytes));
        }
    }
    found
}

/// Looks at the command line and environment of every process on a stage, all the while.
pub struct Watch {
    over: Arc<AtomicBool>,
    seen: JoinHandle<HashSet<Vec<u8>>>,
}

impl Watch {
    /// Often enough to meet a second Keyfob, which lives for a tenth of a second.
    const EVERY: Duration = Duration::from_millis(20);

    pub fn begin(stage: &Stage) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (home, ended) = (stage.home().to_owned(), Arc::clone(&over));
        let seen = thread::spawn(move || {
            let mut seen = HashSet::new();
            while !ended.load(Ordering::Relaxed) {
                for pid in people_of(&home) {
                    for part in ["cmdline", "environ"] {
                        seen.extend(fs::read(format!("/proc/{pid}/{part}")));
                    }
                }
                thread::park_timeout(Self::EVERY);
            }
            seen
        });
        Self { over, seen }
    }

    /// The secrets that were ever there.
    pub fn end(self, secrets: &[Secret]) -> Vec<Found> {
        self.over.store(true, Ordering::Relaxed);
        let seen = self.seen.join().expect("the watch has kept watching");
        seen.iter().flat_map(|bytes| in_bytes(secrets, "a command line or environment", bytes)).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|r| r.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let each = |path: PathBuf| {
        let kind = fs::symlink_metadata(&path).map(|m| m.file_type());
        match kind {
            Ok(kind) if kind.is_dir() => files(&path),
            Ok(kind) if kind.is_file() => vec![path],
            _ => Vec::new(),
        }
    };
    entries.into_iter().map(|e| e.path()).flat_map(each).collect()
}

fn forms(text: &str) -> Vec<Vec<u8>> {
    let hex = text.bytes().map(|b| format!("{b:02x}")).collect::<Vec<_>>().concat();
    let decimal = text.bytes().map(|b| b.to_string()).collect::<Vec<_>>().join(", ");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let mut forms = vec![text.as_bytes().to_vec(), encoded.into_bytes(), hex.into_bytes(), decimal.into_bytes(), wide];
    forms.extend((0..3).map(|shift| base64_inside(text, shift)));
    forms
}

/// The part of base64 that stays the same wherever the text begins: at each of three offsets, without its ends.
fn base64_inside(text: &str, shift: usize) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole: Vec<u8> = text.bytes().skip(shift).collect();
    let threes = whole.chunks_exact(3);
    threes
        .flat_map(|t| {
            let bits = u32::from(t[0]) << 16 | u32::from(t[1]) << 8 | u32::from(t[2]);
            [18, 12, 6, 0].map(|by| ALPHABET[(bits >> by & 63) as usize])
        })
        .collect()
}

#[test]
fn the_scan_finds_what_is_planted_in_every_form() {
    let secrets = [Secret { name: "token", text: "1000.0123456789abcdef.fedcba9876543210".into() }];
    for (nth, form) in forms(&secrets[0].text).into_iter().enumerate() {
        let planted = [b"before ".as_slice(), &form, b" after"].concat();
        assert_eq!(in_bytes(&secrets, "here", &planted).len(), 1, "form {nth}");
    }
    assert_eq!(in_bytes(&secrets, "here", b"nothing of the kind"), []);
}
