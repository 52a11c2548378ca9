//! All responses of Zoho, Cliq and the network that do not end a grant, and what Keyfob must report for each.

use std::time::Duration;

use keyfob_core::problem::Class;
use keyfob_core::{Moment, Problem};
use keyfob_practice::Scripted;
use zoho_oauth::probe::{CLIQ_LOCK, Proof};
use zoho_oauth::token_response::THROTTLE_REST;

/// The problem of a response received at a moment, and its class.
pub type Meaning = (Class, fn(Moment) -> Problem);

/// A response to a refresh, its meaning unless it is good, and whether Zoho issued a token nevertheless.
pub type Refresh = (fn() -> Scripted, Option<Meaning>, bool);

/// A response of Cliq, what it proves or means, and whether Practice checks the token itself.
pub type Read = (fn() -> Scripted, Result<Proof, Meaning>, bool);

/// Cliq's own response to an invalid token.
pub const REFUSED: Result<Proof, Meaning> = Err(TOKEN_DEAD);

/// The status that stands for a response that comes too late for Keyfob, so that the test need not wait.
pub const LATE: u16 = 598;

/// The status that stands for a server whose certificate is not trusted.
pub const UNTRUSTED: u16 = 599;

/// The status that stands for an unreachable server.
pub const NO_ROUTE: u16 = 597;

pub const TOO_MANY: &str = r#"{"error_description":"You have made too many requests continuously. Please try again after some time.","error":"Access Denied","status":"failure"}"#;
const LIMIT: &str = r#"{"code":"request_limit_exceeded","message":"You have exceeded the URL throttle limits."}"#;
const DEAD: &str = r#"{"code":"oauthtoken_invalid"}"#;
const NO_SCOPE: &str = r#"{"code":"oauthtoken_scope_invalid"}"#;

fn host() -> String {
    "127.0.0.1".to_owned()
}

fn after(seconds: u64, now: Moment) -> Moment {
    now.plus(Duration::from_secs(seconds))
}

fn page() -> Scripted {
    Scripted::html(200, "<html>Sign in to the network</html>")
}

fn very_long() -> Scripted {
    Scripted::json(200, &"x".repeat(70_000))
}

const THROTTLED: Meaning = (Class::RateLimited, |now| Problem::Throttled { until: now.plus(THROTTLE_REST) });
const UNREACHABLE: Meaning = (Class::Transport, |_| Problem::Unreachable { host: host() });
const TIMED_OUT: Meaning = (Class::Transport, |_| Problem::TimedOut { host: host() });
const NOT_TRUSTED: Meaning = (Class::Transport, |_| Problem::Untrusted { host: host() });
const REDIRECTED: Meaning = (Class::Intercepted, |_| Problem::Redirected { host: host() });
const WEB_PAGE: Meaning = (Class::Intercepted, |_| Problem::WebPage { host: host() });
const EMPTY: Meaning = (Class::Server, |_| Problem::EmptyAnswer { host: host() });
const GARBLED: Meaning = (Class::Server, |_| Problem::Garbled { host: host() });
const TOO_LONG: Meaning = (Class::Server, |_| Problem::TooLong { host: host() });
const BUSY: Meaning = (Class::RateLimited, |now| Problem::CliqBusy { until: now.plus(CLIQ_LOCK) });
const TOKEN_DEAD: Meaning = (Class::Refused, |_| Problem::TokenDead);

pub const GOOD: Refresh = (Scripted::usual, None, true);

/// The responses to a refresh.
pub const REFRESHES: &[Refresh] = &[
    GOOD,
    (|| Scripted::usual().with_status(400), None, true),
    (|| Scripted::json(200, TOO_MANY), Some(THROTTLED), false),
    (|| Scripted::json(400, TOO_MANY), Some(THROTTLED), false),
    (
        || Scripted::json(429, "").asking_to_wait("60"),
        Some((Class::RateLimited, |now| Problem::Throttled { until: after(60, now) })),
        false,
    ),
    (|| Scripted::json(500, ""), Some(trouble::<500>()), false),
    (|| Scripted::usual().with_status(502), Some(trouble::<502>()), true),
    (|| Scripted::json(503, "").asking_to_wait("120"), Some(trouble::<503>()), false),
    (|| Scripted::json(504, "").after_doing_it(), Some(trouble::<504>()), true),
    (|| Scripted::json(407, ""), Some(WEB_PAGE), false),
    (|| Scripted::html(511, "<html>"), Some(WEB_PAGE), false),
    (page, Some(WEB_PAGE), false),
    (|| Scripted::json(200, "").after_doing_it(), Some(EMPTY), true),
    (|| Scripted::json(200, "{\"access_tok").after_doing_it(), Some(GARBLED), true),
    (|| Scripted::usual().cut_short(), Some(GARBLED), true),
    (|| very_long().after_doing_it(), Some(TOO_LONG), true),
    (|| Scripted::json(200, "{}"), Some((Class::Unclear, |_| Problem::NoToken)), false),
    (|| Scripted::json(200, r#"{"error":"general_error"}"#), Some(refused_as_general_error()), false),
    (
        || Scripted::json(400, r#"{"error":"access_denied"}"#),
        Some((Class::Unclear, |_| Problem::Refused { error: "access_denied".to_owned() })),
        false,
    ),
    (|| Scripted::html(LATE, "").after_doing_it(), Some(TIMED_OUT), true),
    (|| Scripted::html(LATE, ""), Some(TIMED_OUT), false),
    (|| Scripted::html(UNTRUSTED, ""), Some(NOT_TRUSTED), false),
    (|| Scripted::redirect("https://elsewhere.example/"), Some(REDIRECTED), false),
    (|| Scripted::html(NO_ROUTE, ""), Some(UNREACHABLE), false),
    (Scripted::closed, Some(UNREACHABLE), false),
    (Scripted::lost, Some(UNREACHABLE), true),
];

/// Cliq refuses a token that others displaced.
pub const PUSHED_OUT: Read = (Scripted::usual, REFUSED, true);

const WORKS: Read = (Scripted::usual, Ok(Proof::Works), true);

/// The responses to a test.
pub const READS: &[Read] = &[
    WORKS,
    (|| Scripted::json(204, ""), Ok(Proof::Works), false),
    (|| Scripted::json(401, NO_SCOPE), Ok(Proof::AliveWithoutScope), false),
    (|| Scripted::json(401, DEAD), REFUSED, false),
    (|| Scripted::json(400, LIMIT), Err(BUSY), false),
    (|| Scripted::json(429, "{}"), Err(BUSY), false),
    (|| Scripted::json(404, "{}"), Err((Class::Unclear, |_| Problem::CliqUnclear { status: 404 })), false),
    (|| Scripted::json(500, "{}"), Err(trouble::<500>()), false),
    (page, Err(WEB_PAGE), false),
    (very_long, Err(TOO_LONG), false),
    (|| Scripted::json(200, ""), Err(EMPTY), false),
    (|| Scripted::usual().cut_short(), Err(GARBLED), false),
    (|| Scripted::html(LATE, ""), Err(TIMED_OUT), false),
    (|| Scripted::html(UNTRUSTED, ""), Err(NOT_TRUSTED), false),
    (|| Scripted::redirect("https://elsewhere.example/"), Err(REDIRECTED), false),
    (Scripted::closed, Err(UNREACHABLE), false),
];

const fn trouble<const STATUS: u16>() -> Meaning {
    (Class::Server, |_| Problem::ServerTrouble { host: host(), status: STATUS })
}

const fn refused_as_general_error() -> Meaning {
    (Class::Unclear, |_| Problem::Refused { error: "general_error".to_owned() })
}
