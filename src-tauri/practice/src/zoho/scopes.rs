//! The existing scopes, in their exact case, and which covers which.

const ALL: &[&str] = &["READ", "CREATE", "UPDATE", "DELETE", "ALL"];

/// Resource, its verbs, and a description in plain words.
const CATALOGUE: &[(&str, &[&str], &str)] = &[
    ("ZohoCliq.Channels", ALL, "channels and their members"),
    ("ZohoCliq.Chats", ALL, "chats and who is in them"),
    ("ZohoCliq.Messages", &["READ", "UPDATE", "DELETE", "ALL"], "messages in chats and channels"),
    ("ZohoCliq.messages", &["CREATE"], "scheduled messages"),
    ("ZohoCliq.Webhooks", &["CREATE", "UPDATE", "DELETE", "ALL"], "messages and files in your name"),
    ("ZohoCliq.messageactions", &["READ", "CREATE", "DELETE", "ALL"], "reactions to messages"),
    ("ZohoCliq.Attachments", &["READ"], "files that were shared"),
    ("ZohoCliq.Users", ALL, "people in your organisation"),
    ("ZohoCliq.UserFields", ALL, "extra fields in people's profiles"),
    ("ZohoCliq.Userfields", &["CREATE", "UPDATE", "DELETE"], "extra fields in people's profiles"),
    ("ZohoCliq.Profile", ALL, "your own status"),
    ("ZohoCliq.Buddies", ALL, "your contacts"),
    ("ZohoCliq.Teams", ALL, "teams"),
    ("ZohoCliq.Departments", ALL, "departments"),
    ("ZohoCliq.Designations", ALL, "job titles"),
    ("ZohoCliq.Reminders", ALL, "reminders"),
    ("ZohoCliq.StorageData", ALL, "records in Cliq databases"),
    ("ZohoCliq.Bots", ALL, "bots and their subscribers"),
    ("ZohoCliq.BotMessages", &["CREATE"], "messages as a bot"),
    ("ZohoCliq.Applications", &["update"], "map tickers in widgets"),
    ("ZohoCliq.MediaSession", &["READ"], "the history of calls and meetings"),
    ("ZohoCliq.CalendarEvents", ALL, "events in your calendar"),
    ("ZohoCliq.Organisation", ALL, "roles, custom domain and e-mail of the organisation"),
    ("ZohoCliq.OrganizationChats", &["READ"], "all chats of the organisation"),
    ("ZohoCliq.OrganizationChannels", &["READ"], "all channels of the organisation"),
    ("ZohoCliq.OrganizationMessages", &["READ"], "all messages of the organisation"),
    ("ZohoCalendar.calendar", &["ALL"], "calendars"),
    ("ZohoCalendar.event", &["ALL"], "calendar events"),
    ("ZohoCalendar.search", &["READ"], "search in calendars"),
    ("ZohoPeople.forms", ALL, "forms in Zoho People"),
    ("ZohoPeople.employee", ALL, "employee records in Zoho People"),
    ("ZohoPeople.attendance", ALL, "attendance in Zoho People"),
    ("Profile.orguserphoto", &["UPDATE"], "photos of people in your organisation"),
    (PROFILE, &["READ"], "your name and e-mail address"),
];

const PROFILE: &str = "AaaServer.profile";

/// Whether a scope of exactly this spelling exists.
pub fn exists(scope: &str) -> bool {
    find(scope).is_some()
}

/// Returns the first requested scope that does not exist; an empty request counts as one.
pub(crate) fn first_unknown(scopes: &[String]) -> Option<&str> {
    if scopes.is_empty() {
        return Some("");
    }
    scopes.iter().map(String::as_str).find(|scope| !exists(scope))
}

/// Splits requested scopes at commas.
pub(crate) fn split(asked: &str) -> Vec<String> {
    asked.split(',').filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// Splits at commas and spaces, and returns known scopes in their own spelling.
pub(crate) fn split_loosely(asked: &str) -> Vec<String> {
    let known = CATALOGUE.iter().flat_map(|(name, verbs, _)| verbs.iter().map(move |verb| format!("{name}.{verb}")));
    let known: Vec<String> = known.collect();
    let meant = |scope: &str| known.iter().find(|known| known.eq_ignore_ascii_case(scope)).cloned();
    let each = asked.split([',', ' ']).filter(|scope| !scope.is_empty());
    each.map(|scope| meant(scope).unwrap_or_else(|| scope.to_owned())).collect()
}

/// Whether one of the granted scopes covers `needed`; `.ALL` covers all verbs of its resource.
pub(crate) fn cover(granted: &[String], needed: &str) -> bool {
    let everything = needed.rsplit_once('.').map(|(resource, _)| format!("{resource}.ALL"));
    granted.iter().any(|scope| scope == needed || Some(scope) == everything.as_ref())
}

/// Describes a scope, for the consent page.
pub(crate) fn in_words(scope: &str) -> String {
    let Some((verb, thing)) = find(scope) else {
        return scope.to_owned();
    };
    let doing = match verb {
        "READ" => "See",
        "CREATE" if thing.starts_with("messages") => "Post",
        "CREATE" => "Add",
        "UPDATE" | "update" => "Change",
        "DELETE" => "Delete",
        _ => "See, add, change and delete",
    };
    format!("{doing} {thing}")
}

fn find(scope: &str) -> Option<(&str, &'static str)> {
    let (resource, verb) = scope.rsplit_once('.')?;
    let (_, verbs, thing) = CATALOGUE.iter().find(|(name, _, _)| *name == resource)?;
    verbs.contains(&verb).then_some((verb, thing))
}
