//! The scopes that Cliq knows, the harmless reads that test them, and names that are mistaken for scopes. All data.
//!
//! Source: www.zoho.com/cliq/help/restapi/v2/ and /v3/oauth/, as restated by integrations in use. The spelling is
//! theirs, with its inconsistencies (`messages`, `messageactions`, `Applications.update`, `Organisation` beside
//! `OrganizationChats`). The limits and locks of the reads are from the same pages; where none is given, the strictest
//! of the others is used.

use super::Read;

/// The scope that identifies the account. It belongs to Zoho Accounts, not Cliq, and every consent requests it.
pub const IDENTITY: &str = "AaaServer.profile.READ";

/// A resource and the verbs of its scopes.
#[derive(Clone, Copy, Debug)]
pub struct Resource {
    /// Service and name, such as `ZohoCliq.Channels`.
    pub name: &'static str,
    /// The verbs, in order.
    pub verbs: &'static [&'static str],
    /// The call that tests whether a token may read it.
    pub read: Option<Read>,
}

const EVERY: &[&str] = &["ALL", "CREATE", "DELETE", "READ", "UPDATE"];

const fn unread(name: &'static str, verbs: &'static [&'static str]) -> Resource {
    Resource { name, verbs, read: None }
}

const fn read(name: &'static str, verbs: &'static [&'static str], read: Read) -> Resource {
    Resource { name, verbs, read: Some(read) }
}

/// Every resource, sorted by name.
#[rustfmt::skip]
pub const CATALOGUE: &[Resource] = &[
    read("AaaServer.profile", &["READ"], Read::account("/oauth/user/info", 20, 10)),
    unread("Profile.orguserphoto", &["UPDATE"]),
    unread("ZohoCalendar.calendar", &["ALL"]),
    unread("ZohoCalendar.event", &["ALL"]),
    unread("ZohoCalendar.search", &["READ"]),
    unread("ZohoCliq.Applications", &["update"]),
    unread("ZohoCliq.Attachments", &["READ"]),
    unread("ZohoCliq.BotMessages", &["CREATE"]),
    read("ZohoCliq.Bots", &["CREATE", "READ", "UPDATE"], Read::first_of("/api/v3/bots", 20, 10)),
    unread("ZohoCliq.Buddies", EVERY),
    unread("ZohoCliq.CalendarEvents", &["ALL"]),
    read("ZohoCliq.Channels", EVERY, Read::first_of("/api/v2/channels", 30, 5)),
    read("ZohoCliq.Chats", EVERY, Read::first_of("/api/v2/chats", 30, 5)),
    read("ZohoCliq.Departments", EVERY, Read::whole("/api/v2/departments", 30, 10)),
    read("ZohoCliq.Designations", EVERY, Read::whole("/api/v2/designations", 30, 10)),
    unread("ZohoCliq.MediaSession", &["READ"]),
    unread("ZohoCliq.Messages", &["DELETE", "READ", "UPDATE"]),
    unread("ZohoCliq.Organisation", &["CREATE", "DELETE", "READ", "UPDATE"]),
    unread("ZohoCliq.OrganizationChannels", &["READ"]),
    unread("ZohoCliq.OrganizationChats", &["READ"]),
    unread("ZohoCliq.OrganizationMessages", &["READ"]),
    read("ZohoCliq.Profile", EVERY, OWN_STATUS),
    unread("ZohoCliq.Reminders", EVERY),
    unread("ZohoCliq.StorageData", EVERY),
    read("ZohoCliq.Teams", EVERY, Read::whole("/api/v2/teams", 30, 10)),
    unread("ZohoCliq.UserFields", &["CREATE", "DELETE", "UPDATE"]),
    unread("ZohoCliq.Userfields", &["CREATE", "DELETE", "UPDATE"]),
    read("ZohoCliq.Users", &["CREATE", "READ", "UPDATE"], Read::first_of("/api/v2/users", 30, 10)),
    unread("ZohoCliq.Webhooks", &["CREATE"]),
    unread("ZohoCliq.messageactions", &["CREATE", "DELETE", "READ"]),
    unread("ZohoCliq.messages", &["CREATE"]),
    unread("ZohoPeople.attendance", EVERY),
    unread("ZohoPeople.employee", EVERY),
    unread("ZohoPeople.forms", EVERY),
];

/// The smallest read, used as the test call.
pub const OWN_STATUS: Read = Read::whole("/api/v2/statuses/current", 20, 10);

/// Scopes that scripts and blogs name but Zoho does not have, with the one that is meant. A name without a verb matches
/// all of its verbs.
pub const NOT_REAL: &[(&str, Option<&str>)] = &[
    ("ZohoCliq.files.CREATE", Some("ZohoCliq.Webhooks.CREATE")),
    ("ZohoCliq.files.READ", Some("ZohoCliq.Attachments.READ")),
    ("ZohoCliq.files", None),
    ("ZohoCliq.full_access", None),
    ("ZohoCliq.Reactions.CREATE", Some("ZohoCliq.messageactions.CREATE")),
    ("ZohoCliq.Reactions.DELETE", Some("ZohoCliq.messageactions.DELETE")),
    ("ZohoCliq.Reactions.READ", Some("ZohoCliq.messageactions.READ")),
    ("ZohoCliq.Reactions", None),
];
