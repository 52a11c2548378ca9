//! The console's multi-DC setting of one client.

/// The secret that a client has in the other data centres, if they know it. Its ID is the same everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MultiDc {
    /// Off: no other data centre knows the client; each answers `invalid_client`.
    Off,
    /// The same secret: "Use the same OAuth credentials for all data centers".
    #[default]
    Shared,
    /// A secret that each data centre creates for itself.
    PerRegion,
}

impl MultiDc {
    pub(crate) const EVERY: [Self; 3] = [Self::Off, Self::Shared, Self::PerRegion];
}
