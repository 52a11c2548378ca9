//! The calls that accept a token: user info at Accounts, and some calls of Cliq.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::limits::{Limit, MINUTE, Meter};
use super::{Reply, Zoho, client_credentials, scopes, trouble::Trouble};
use crate::{Asked, Endpoint, Turned};

/// The counts of each Cliq call.
#[derive(Default)]
pub(crate) struct Calls(BTreeMap<Endpoint, Meter>);

/// `/oauth/user/info`.
pub(crate) fn user_info(zoho: &Zoho, asked: &Asked, now: u64) -> Reply {
    let granted = granted(zoho, asked, now);
    let refused = |code: &str| Reply { status: 401, body: json!({ "error": code }) };
    let Some(granted) = granted else {
        return refused("INVALID_OAUTHTOKEN");
    };
    if !scopes::cover(&granted, "AaaServer.profile.READ") {
        return refused("INVALID_OAUTHSCOPE");
    }
    let person = &zoho.person;
    Reply::ok(json!({
        "ZUID": person.zuid.parse::<u64>().map_or_else(|_| json!(person.zuid), |number| json!(number)),
        "Email": person.email,
        "Display_Name": person.display_name(),
        "First_Name": person.first_name,
        "Last_Name": person.last_name,
    }))
}

/// A Cliq call: checks the token, then the scope, then the rate limit.
pub(crate) fn cliq(zoho: &mut Zoho, asked: &Asked, now: u64) -> Reply {
    let Some((scope, limit)) = rule(asked.endpoint) else {
        return Reply { status: 404, body: json!({ "message": "There is nothing at this address." }) };
    };
    if zoho.troubles.contains(&Trouble::PushedOut)
        && bearer(asked).is_some_and(|token| zoho.issued.push_out(token, now))
    {
        zoho.troubles.remove(&Trouble::PushedOut);
    }
    let Some(granted) = granted(zoho, asked, now) else {
        return refused(zoho, asked, "oauthtoken_invalid", "Request was rejected because of invalid AuthToken.");
    };
    if !scopes::cover(&granted, scope) || is_of_client(zoho, asked, now) && !client_credentials::may(zoho, scope) {
        let sentence = "Request was rejected because it does not have enough permission.";
        return refused(zoho, asked, "oauthtoken_scope_invalid", sentence);
    }
    if zoho.troubles.contains(&Trouble::CliqLimit) {
        let sentence = "You have exceeded the URL throttle limits.";
        return Reply { status: 400, body: json!({ "code": "request_limit_exceeded", "message": sentence }) };
    }
    if !zoho.calls.0.entry(asked.endpoint).or_default().allows(limit, now) {
        return Reply { status: 429, body: json!({ "message": "Too many calls. Wait some minutes." }) };
    }
    answer(zoho, asked)
}

/// Version 2 returns a code, version 3 only a message.
fn refused(zoho: &Zoho, asked: &Asked, code: &str, sentence: &str) -> Reply {
    if zoho.dialect.has(Turned::CliqWordsDiffer) {
        let code = if code == "oauthtoken_invalid" { "session_over" } else { "not_for_you" };
        return Reply { status: 403, body: json!({ "code": code }) };
    }
    let sentence_only = asked.path.starts_with("/api/v3/");
    let body =
        if sentence_only { json!({ "message": sentence }) } else { json!({ "code": code, "message": sentence }) };
    Reply { status: 401, body }
}

fn rule(endpoint: Endpoint) -> Option<(&'static str, Limit)> {
    let limit = |most, minutes: u64| Limit { most, within: MINUTE, lock: minutes * MINUTE };
    Some(match endpoint {
        Endpoint::Status => ("ZohoCliq.Profile.READ", limit(20, 10)),
        Endpoint::Channels => ("ZohoCliq.Channels.READ", limit(30, 5)),
        Endpoint::Users => ("ZohoCliq.Users.READ", limit(30, 10)),
        Endpoint::Chats => ("ZohoCliq.Chats.READ", limit(30, 5)),
        Endpoint::Teams => ("ZohoCliq.Teams.READ", limit(30, 10)),
        Endpoint::Departments => ("ZohoCliq.Departments.READ", limit(30, 10)),
        Endpoint::Designations => ("ZohoCliq.Designations.READ", limit(30, 10)),
        Endpoint::Bots => ("ZohoCliq.Bots.READ", limit(30, 10)),
        Endpoint::Message => ("ZohoCliq.Webhooks.CREATE", limit(50, 10)),
        _ => return None,
    })
}

fn answer(zoho: &Zoho, asked: &Asked) -> Reply {
    match asked.endpoint {
        Endpoint::Status => Reply::ok(json!({
            "data": { "code": "available", "message": "Practising", "id": "1775998000034476001" }
        })),
        _ if zoho.troubles.contains(&Trouble::EmptyLists) => empty(),
        Endpoint::Channels => Reply::ok(json!({ "channels": channels(zoho, asked), "has_more": false })),
        Endpoint::Users => Reply::ok(json!({ "data": users(zoho, asked), "has_more": false })),
        Endpoint::Chats => Reply::ok(json!({ "chats": named(asked, &["Robin Practice", "Front desk"]) })),
        Endpoint::Teams => Reply::ok(json!({ "teams": named(asked, &["Night shift"]) })),
        Endpoint::Departments => Reply::ok(json!({ "departments": named(asked, &["Reception", "Accounts"]) })),
        Endpoint::Designations => Reply::ok(json!({ "designations": named(asked, &["Assistant"]) })),
        Endpoint::Bots => Reply::ok(json!({ "bots": named(asked, &["Reminder bot"]) })),
        // A posted message.
        _ => empty(),
    }
}

/// Cliq's response without a body: for a posted message, and sometimes for an empty list.
fn empty() -> Reply {
    Reply { status: 204, body: Value::Null }
}

fn channels(zoho: &Zoho, asked: &Asked) -> Vec<Value> {
    let all = [("Announcements", "announcements"), ("Front desk", "frontdesk"), ("Practice room", "practiceroom")];
    let all = all.into_iter().enumerate().map(|(number, (name, unique_name))| {
        json!({
            "name": format!("#{name}"),
            "unique_name": unique_name,
            "channel_id": format!("O1775998000000{number}"),
            "chat_id": format!("CT_1775998000000{number}_{}", zoho.person.zuid),
            "level": "organization",
            "status": "created",
            "joined": true,
        })
    });
    all.take(most(asked)).collect()
}

fn users(zoho: &Zoho, asked: &Asked) -> Vec<Value> {
    let person = &zoho.person;
    let all = [
        (person.zuid.as_str(), person.display_name(), person.email.as_str()),
        ("700000002", "Robin Practice".to_owned(), "robin@practice.example"),
    ];
    let all = all.into_iter().map(|(id, name, email)| json!({ "id": id, "display_name": name, "email_id": email }));
    all.take(most(asked)).collect()
}

fn named(asked: &Asked, names: &[&str]) -> Vec<Value> {
    let numbered = names.iter().enumerate();
    numbered.map(|(number, name)| json!({ "id": number.to_string(), "name": name })).take(most(asked)).collect()
}

fn most(asked: &Asked) -> usize {
    asked.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(100)
}

/// Whether the token in the header is for no user.
fn is_of_client(zoho: &Zoho, asked: &Asked, now: u64) -> bool {
    bearer(asked).and_then(|token| zoho.issued.find_access(token, now)).is_some_and(|known| known.of_client)
}

/// The scopes of the valid token in the header; both schemes of the header are accepted.
fn granted(zoho: &Zoho, asked: &Asked, now: u64) -> Option<Vec<String>> {
    zoho.issued.find_access(bearer(asked)?, now).map(|known| known.scopes.clone())
}

fn bearer(asked: &Asked) -> Option<&str> {
    let header = asked.authorization.as_deref()?;
    header.strip_prefix("Zoho-oauthtoken ").or_else(|| header.strip_prefix("Bearer "))
}
