//! The scopes Cliq knows and the jobs people have for them, as data.
//!
//! Source: www.zoho.com/cliq/help/restapi/v2/ and /v3/oauth/, as restated by integrations in use; the spelling is
//! theirs, odd cases included (`messages`, `messageactions`, `Applications.update`, `Organisation` beside
//! `OrganizationChats`).

/// Names the account a token belongs to. Zoho Accounts, not Cliq; asked for with every consent.
pub const IDENTITY: &str = "AaaServer.profile.READ";

/// A job in plain words that needs some scopes. Its words are in the page's catalogue under its id.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Stable id.
    pub id: &'static str,
    /// What it needs.
    pub scopes: &'static [&'static str],
    /// What it could do in wrong hands.
    pub risk: Risk,
}

/// How far a task reaches.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Risk {
    /// Reads about oneself.
    Low,
    /// Reads what colleagues wrote, or writes in one's name.
    Medium,
    /// Changes or deletes, or reads the whole organisation.
    High,
}

/// The jobs the wizard offers, the most asked-for first.
#[rustfmt::skip]
pub const TASKS: &[Task] = &[
    Task { id: "post", scopes: &["ZohoCliq.Webhooks.CREATE"], risk: Risk::Medium },
    Task { id: "read-channels", scopes: &["ZohoCliq.Channels.READ"], risk: Risk::Low },
    Task { id: "manage-channels", scopes: &["ZohoCliq.Channels.CREATE", "ZohoCliq.Channels.READ", "ZohoCliq.Channels.UPDATE"], risk: Risk::Medium },
    Task { id: "delete-channels", scopes: &["ZohoCliq.Channels.DELETE", "ZohoCliq.Channels.READ"], risk: Risk::High },
    Task { id: "read-messages", scopes: &["ZohoCliq.Chats.READ", "ZohoCliq.Messages.READ"], risk: Risk::Medium },
    Task { id: "edit-messages", scopes: &["ZohoCliq.Messages.READ", "ZohoCliq.Messages.UPDATE", "ZohoCliq.Messages.DELETE"], risk: Risk::High },
    Task { id: "schedule-messages", scopes: &["ZohoCliq.messages.CREATE"], risk: Risk::Medium },
    Task { id: "react", scopes: &["ZohoCliq.messageactions.CREATE", "ZohoCliq.messageactions.READ"], risk: Risk::Low },
    Task { id: "files", scopes: &["ZohoCliq.Attachments.READ"], risk: Risk::Medium },
    Task { id: "read-people", scopes: &["ZohoCliq.Users.READ"], risk: Risk::Medium },
    Task { id: "read-teams", scopes: &["ZohoCliq.Teams.READ", "ZohoCliq.Departments.READ", "ZohoCliq.Designations.READ"], risk: Risk::Low },
    Task { id: "manage-teams", scopes: &["ZohoCliq.Teams.ALL", "ZohoCliq.Departments.ALL", "ZohoCliq.Designations.ALL"], risk: Risk::High },
    Task { id: "status", scopes: &["ZohoCliq.Profile.READ"], risk: Risk::Low },
    Task { id: "set-status", scopes: &["ZohoCliq.Profile.READ", "ZohoCliq.Profile.UPDATE"], risk: Risk::Medium },
    Task { id: "reminders", scopes: &["ZohoCliq.Reminders.ALL"], risk: Risk::Medium },
    Task { id: "bots", scopes: &["ZohoCliq.Bots.READ", "ZohoCliq.Webhooks.CREATE"], risk: Risk::Medium },
    Task { id: "databases", scopes: &["ZohoCliq.StorageData.ALL"], risk: Risk::High },
    Task { id: "calls", scopes: &["ZohoCliq.MediaSession.READ"], risk: Risk::Medium },
    Task { id: "export", scopes: &["ZohoCliq.OrganizationChannels.READ", "ZohoCliq.OrganizationChats.READ", "ZohoCliq.OrganizationMessages.READ"], risk: Risk::High },
];

/// Every scope the wizard lists, by resource.
pub const CATALOGUE: &[&str] = &[
    IDENTITY,
    "ZohoCliq.Applications.update",
    "ZohoCliq.Attachments.READ",
    "ZohoCliq.BotMessages.CREATE",
    "ZohoCliq.Bots.CREATE",
    "ZohoCliq.Bots.READ",
    "ZohoCliq.Bots.UPDATE",
    "ZohoCliq.Buddies.READ",
    "ZohoCliq.CalendarEvents.ALL",
    "ZohoCliq.Channels.ALL",
    "ZohoCliq.Channels.CREATE",
    "ZohoCliq.Channels.DELETE",
    "ZohoCliq.Channels.READ",
    "ZohoCliq.Channels.UPDATE",
    "ZohoCliq.Chats.ALL",
    "ZohoCliq.Chats.CREATE",
    "ZohoCliq.Chats.DELETE",
    "ZohoCliq.Chats.READ",
    "ZohoCliq.Chats.UPDATE",
    "ZohoCliq.Departments.ALL",
    "ZohoCliq.Departments.CREATE",
    "ZohoCliq.Departments.DELETE",
    "ZohoCliq.Departments.READ",
    "ZohoCliq.Departments.UPDATE",
    "ZohoCliq.Designations.ALL",
    "ZohoCliq.Designations.CREATE",
    "ZohoCliq.Designations.DELETE",
    "ZohoCliq.Designations.READ",
    "ZohoCliq.Designations.UPDATE",
    "ZohoCliq.MediaSession.READ",
    "ZohoCliq.Messages.DELETE",
    "ZohoCliq.Messages.READ",
    "ZohoCliq.Messages.UPDATE",
    "ZohoCliq.Organisation.CREATE",
    "ZohoCliq.Organisation.DELETE",
    "ZohoCliq.Organisation.READ",
    "ZohoCliq.Organisation.UPDATE",
    "ZohoCliq.OrganizationChannels.READ",
    "ZohoCliq.OrganizationChats.READ",
    "ZohoCliq.OrganizationMessages.READ",
    "ZohoCliq.Profile.ALL",
    "ZohoCliq.Profile.CREATE",
    "ZohoCliq.Profile.DELETE",
    "ZohoCliq.Profile.READ",
    "ZohoCliq.Profile.UPDATE",
    "ZohoCliq.Reminders.ALL",
    "ZohoCliq.Reminders.CREATE",
    "ZohoCliq.Reminders.DELETE",
    "ZohoCliq.Reminders.READ",
    "ZohoCliq.Reminders.UPDATE",
    "ZohoCliq.StorageData.ALL",
    "ZohoCliq.StorageData.CREATE",
    "ZohoCliq.StorageData.DELETE",
    "ZohoCliq.StorageData.READ",
    "ZohoCliq.StorageData.UPDATE",
    "ZohoCliq.Teams.ALL",
    "ZohoCliq.Teams.CREATE",
    "ZohoCliq.Teams.DELETE",
    "ZohoCliq.Teams.READ",
    "ZohoCliq.Teams.UPDATE",
    "ZohoCliq.UserFields.CREATE",
    "ZohoCliq.UserFields.DELETE",
    "ZohoCliq.UserFields.UPDATE",
    "ZohoCliq.Users.CREATE",
    "ZohoCliq.Users.READ",
    "ZohoCliq.Users.UPDATE",
    "ZohoCliq.Webhooks.CREATE",
    "ZohoCliq.messageactions.CREATE",
    "ZohoCliq.messageactions.DELETE",
    "ZohoCliq.messageactions.READ",
    "ZohoCliq.messages.CREATE",
];
