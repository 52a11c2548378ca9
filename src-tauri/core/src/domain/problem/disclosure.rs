//! Which parts of a problem may be disclosed, in reports and the flight recorder.
//!
//! Invariant: this decides on each field of each problem; a new field does not compile without a decision. A text from
//! outside loses what may be an e-mail address, a credential or a path.

use zoho_oauth::region::RegionCode;
use zoho_oauth::text::{LEFT_OUT, may_be_credential};

use crate::domain::problem::Problem;
use crate::domain::serde_name::word;

/// The problem's code, and its fields that may be disclosed.
pub(crate) fn line(problem: &Problem) -> String {
    with_fields(&word(problem, "code"), &fields(problem))
}

/// A name, and its fields in brackets if there are any.
pub(crate) fn with_fields(name: &str, fields: &[(&str, String)]) -> String {
    let told: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if told.is_empty() { name.to_owned() } else { format!("{name} ({})", told.join(", ")) }
}

/// Any of these problems, whose only field is this one.
macro_rules! with {
    ($field:ident: $($problem:ident)+) => { $(Problem::$problem { $field })|+ };
}

/// Any of these problems, whose only field is not disclosed.
macro_rules! hidden {
    ($field:ident: $($problem:ident)+) => { $(Problem::$problem { $field: _ })|+ };
}

/// Any of these problems, which have no fields; one that gets a field does not compile.
macro_rules! fieldless {
    ($($problem:ident)+) => { $(Problem::$problem)|+ };
}

#[expect(clippy::unnested_or_patterns, reason = "each list of problems is a pattern of its own")]
fn fields(problem: &Problem) -> Vec<(&'static str, String)> {
    use Problem as P;
    match problem {
        P::SentBack { error } | P::Refused { error } => vec![("error", public(error))],
        P::NoAccount { services } => vec![("services", public(&services.join(" ")))],
        P::UnknownRegion { server } => vec![("server", public(server))],
        with!(why: NotTheAddress NotTheCode NotTheRefreshToken) => vec![("why", word(why, ""))],
        P::LinkNotOurs { owner } => owner.iter().map(|owner| ("owner", without_paths(owner))).collect(),
        P::PortsBusy { ports } => vec![("ports", format!("{ports:?}"))],
        with!(until: TooManyCodes Throttled CliqBusy) => vec![("until", until.rfc3339())],
        P::TooManyTokens { until, uncertain } => vec![("until", until.rfc3339()), ("uncertain", uncertain.to_string())],
        P::WouldRetire { kept } => vec![("kept", kept.to_string())],
        P::RegionNotConfirmed { region, host: _ } | with!(region: ClientUnknown SecretWrongThere FileRegion) => {
            vec![("region", code(region))]
        }
        P::MultiDcOff { home, region } => vec![("home", code(home)), ("region", code(region))],
        P::RedirectMismatch { redirect_uri } => vec![("redirectUri", public(redirect_uri))],
        with!(host: WebPage EmptyAnswer Garbled TooLong Unreachable NotThisUsers TimedOut Untrusted Redirected) => {
            vec![("host", public(host))]
        }
        P::ServerTrouble { host, status } => vec![("host", public(host)), ("status", status.to_string())],
        P::CliqUnclear { status } => vec![("status", status.to_string())],
        // The place where it was set aside is a path.
        P::VaultDamaged { set_aside: _, recovered } | P::VaultNotAuthentic { set_aside: _, recovered } => {
            vec![("recovered", recovered.to_string())]
        }
        P::VaultNewer { version } | P::FileNewer { version } => vec![("version", version.to_string())],
        // The reason may quote the file.
        P::RegionsFile { line, reason: _ } => vec![("line", line.to_string())],
        // The place where a file was left is a path.
        P::LiveFileLeft { path: _, reason }
        | with!(
            reason: VaultUnreadable NotSaved RegionRefused RegionsFileNotRead FileNotRead FileNotWritten LiveFileNotWritten
                LoginUnchanged PracticeNotStarted
        ) => vec![("reason", without_paths(reason))],
        P::RegionMoved { region, was, now } => {
            vec![("region", code(region)), ("was", public(was)), ("now", public(now))]
        }
        P::HandoverElsewhere { region, made_for, here } => {
            let made_for = made_for.as_deref().map_or_else(|| "none".to_owned(), public);
            vec![("region", code(region)), ("madeFor", made_for), ("here", public(here))]
        }
        // A connection's name is the user's own text.
        P::RegionInUse { region, users, unfinished } => {
            vec![("region", code(region)), ("users", users.len().to_string()), ("unfinished", unfinished.to_string())]
        }
        P::HandoverExpired { at } => vec![("at", at.rfc3339())],
        hidden!(name: HandoverHere LiveFileTaken)
        | hidden!(path: LiveFileReplaced RegionsFileNotPrivate)
        | hidden!(set_aside: VaultChanged RegionsFileSetAside)
        | fieldless!(
            Denied ConsentExpired DeviceCodeExpired ConsoleCodeOver SignInPending AskedByHttps BrowserNotOpened
            RequestMangled CodeSpent ExchangeCutOff SecretWrong ScopeUnknown GrantEnded RefreshTokenRefused
            OrganisationUnknown NoToken NoRefreshToken NotAdded OddLifetime TokenDead NewTokenDead ScopeMissing
            KeyringAbsent KeyringLocked KeyringSlow KeyringFaulty KeyMissing VaultOlder PassphraseNeeded
            PassphraseWrong FileUnknown FileDamaged HandoverLocked HandoverNotForYou PassphraseWeak KeyUnknown
            ClipboardClosed
        ) => Vec::new(),
    }
}

/// The text without words that may be an e-mail address or a credential.
pub(crate) fn public(text: &str) -> String {
    let tell = |word| if is_personal(word) { LEFT_OUT } else { word };
    text.split_whitespace().map(tell).collect::<Vec<_>>().join(" ")
}

/// The same, and without everything from the first to the last word that may be part of a path: a folder's name may
/// contain blanks.
pub(crate) fn without_paths(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_path = |word: &&str| word.contains(['/', '\\']);
    match (words.iter().position(is_path), words.iter().rposition(is_path)) {
        (Some(first), Some(last)) => public(&[&words[..first], &[LEFT_OUT], &words[last + 1..]].concat().join(" ")),
        _ => public(text),
    }
}

fn is_personal(word: &str) -> bool {
    word.contains('@') || may_be_credential(word)
}

fn code(region: &RegionCode) -> String {
    region.as_str().to_owned()
}
