//! The forms that a secret may take, and the search for any of them.

/// A secret and its name in messages.
#[derive(Clone)]
pub struct Secret {
    pub name: &'static str,
    pub text: String,
}

/// The place and form of a secret that was found.
#[derive(Debug, Eq, PartialEq)]
pub struct Found {
    pub name: &'static str,
    pub form: &'static str,
    pub place: String,
}

/// The number of forms sought; the last, over two lines, applies to each of the others too.
pub const FORMS: usize = 9;
const OVER_TWO_LINES: &str = "over two lines";

/// A search for secrets in every form.
pub struct Seeker {
    needles: Vec<Needle>,
    /// The needles by their first two bytes: few share a pair, so the search takes one step a byte.
    by_pair: Vec<Vec<usize>>,
}

struct Needle {
    name: &'static str,
    form: &'static str,
    bytes: Vec<u8>,
}

impl Seeker {
    pub fn of(secrets: &[Secret]) -> Self {
        let each = |secret: &Secret| {
            let name = secret.name;
            forms(&secret.text).into_iter().map(move |(form, bytes)| Needle { name, form, bytes })
        };
        let needles: Vec<Needle> = secrets.iter().flat_map(each).collect();
        let mut by_pair = vec![Vec::new(); 1 << 16];
        for (nth, needle) in needles.iter().enumerate() {
            assert!(needle.bytes.len() >= 16, "{} is too short to be told from chance", needle.name);
            by_pair[pair(needle.bytes[0], needle.bytes[1])].push(nth);
        }
        Self { needles, by_pair }
    }

    /// Finds secrets in bytes, once for each form.
    pub fn finds(&self, place: &str, bytes: &[u8]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut before = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let begun = &self.by_pair[pair(before, byte)];
            before = byte;
            if begun.is_empty() || at == 0 {
                continue;
            }
            for needle in begun.iter().map(|nth| &self.needles[*nth]) {
                let Some(over_two_lines) = holds(&bytes[at - 1..], &needle.bytes) else { continue };
                let form = if over_two_lines { OVER_TWO_LINES } else { needle.form };
                if !found.iter().any(|f| f.name == needle.name && f.form == form) {
                    found.push(Found { name: needle.name, form, place: place.to_owned() });
                }
            }
        }
        found
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Whether this text begins with the needle: `Some(true)` when a line break is within it.
fn holds(text: &[u8], needle: &[u8]) -> Option<bool> {
    let same = text.iter().zip(needle).take_while(|(one, other)| one == other).count();
    if same == needle.len() {
        return Some(false);
    }
    let ends: [&[u8]; 3] = [b"\r\n", b"\n", br"\n"];
    let goes_on = |end: &&[u8]| text[same..].strip_prefix(*end).is_some_and(|rest| rest.starts_with(&needle[same..]));
    ends.iter().any(goes_on).then_some(true)
}

/// Every form except over two lines; some in two spellings, base64 at each of its three offsets.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let each =
        |of: fn(u8) -> String, between: &str| text.bytes().map(of).collect::<Vec<_>>().join(between).into_bytes();
    let mut forms = vec![
        ("raw", text.as_bytes().to_vec()),
        ("URL-encoded", each(|byte| format!("%{byte:02X}"), "")),
        ("hex", each(|byte| format!("{byte:02x}"), "")),
        ("hex", each(|byte| format!("{byte:02X}"), "")),
        ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("JSON-escaped", each(|byte| format!("\\u{byte:04x}"), "")),
        ("decimal bytes", each(|byte| byte.to_string(), ", ")),
        ("decimal bytes", each(|byte| byte.to_string(), ",")),
        ("reversed", text.bytes().rev().collect()),
    ];
    let as_in_a_form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    if as_in_a_form != text {
        forms.push(("URL-encoded", as_in_a_form.into_bytes()));
    }
    forms.extend((0..3).map(|shift| ("base64", base64_inside(text, shift))));
    forms
}

/// The same for planting, each once, and over two lines too.
pub fn to_plant(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let (one, other) = text.split_at(text.len() / 2);
    let mut forms = forms(text);
    forms.sort_by_key(|(form, _)| *form);
    forms.dedup_by_key(|(form, _)| *form);
    forms.push((OVER_TWO_LINES, format!("{one}\n{other}").into_bytes()));
    assert_eq!(forms.len(), FORMS);
    forms
}

/// The part of base64 that is the same wherever the text begins, at one of three offsets and without its ends.
fn base64_inside(text: &str, shift: usize) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let whole = &text.as_bytes()[shift..];
    STANDARD.encode(&whole[..whole.len() / 3 * 3]).into_bytes()
}

// Shows T4.
#[test]
fn the_scan_finds_planted_secrets_in_every_form() {
    let text = "1000.0123456789abcdef.fedcba9876543210";
    let seeker = Seeker::of(&[Secret { name: "token", text: text.into() }]);
    for (form, bytes) in forms(text).into_iter().chain(to_plant(text)) {
        let planted = [b"before ".as_slice(), &bytes, b" after"].concat();
        let found = seeker.finds("here", &planted);
        assert!(found.iter().any(|f| f.name == "token" && f.place == "here"), "{form}");
        assert!(found.iter().any(|f| f.form == form || f.form == "raw"), "{form}");
    }
    for split in 2..text.len() {
        let (one, other) = text.split_at(split);
        assert_eq!(seeker.finds("here", format!("{one}\r\n{other}").as_bytes()).len(), 1, "at {split}");
    }
    assert_eq!(seeker.finds("here", b"nothing of the kind, 1000.0123456789abcdef only"), []);
}
