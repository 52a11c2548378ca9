//! The table of tasks: jobs to do with Cliq, and the scopes they need.

/// A job in plain words and the scopes it needs. Its text is in the page's catalogue under its ID.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The stable ID.
    pub id: &'static str,
    /// The scopes it needs.
    pub scopes: &'static [&'static str],
    /// The harm it could do in the wrong hands.
    pub risk: Risk,
}

/// How far a task reaches.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Risk {
    /// Reads about the user.
    Low,
    /// Reads what colleagues wrote, or writes in the user's name.
    Medium,
    /// Changes or deletes, or reads the whole organisation.
    High,
}

/// The tasks that the wizard offers, the most requested first.
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

#[cfg(test)]
mod tests;
