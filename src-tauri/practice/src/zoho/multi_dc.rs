//! The console's multi-DC setting of one client.

/// By which secret the other data centres know a client, if they know it at all. Its id is the same everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MultiDc {
    /// Not switched on: no other data centre knows the client and answers `invalid_client`.
    Off,
    /// By the same one: "Use the same OAuth credentials for all data centers".
    #[default]
    Shared,
    /// By one that each data centre makes for itself.
    PerRegion,
}

impl MultiDc {
    pub(crate) const EVERY: [Self; 3] = [Self::Off, Self::Shared, Self::PerRegion];
}
