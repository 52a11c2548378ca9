//! What can go wrong, as switches a person or a test can turn.

/// One thing that goes wrong while it is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// Every sign-in is refused, even after Accept.
    Refused,
    /// The next sign-in comes back from another region. Switches itself off.
    OtherRegion,
    /// No new tokens: too many requests.
    Throttled,
    /// A code has run out by the time it is used.
    CodesExpireAtOnce,
    /// Programs get no answer; the connection just closes.
    Unreachable,
    /// A sign-in gives an hour only.
    NoRefreshToken,
    /// No scopes can be added to a refresh token, as for a client that may not ask for it.
    NoEnhancing,
    /// Programs wait long for each answer.
    Slow,
}

impl Trouble {
    /// All of them, in the order they are shown.
    pub(crate) const EVERY: [Self; 8] = [
        Self::Refused,
        Self::OtherRegion,
        Self::CodesExpireAtOnce,
        Self::NoRefreshToken,
        Self::NoEnhancing,
        Self::Throttled,
        Self::Slow,
        Self::Unreachable,
    ];

    /// Its name in a form.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::OtherRegion => "other-region",
            Self::Throttled => "throttled",
            Self::CodesExpireAtOnce => "codes-expire",
            Self::Unreachable => "unreachable",
            Self::NoRefreshToken => "no-refresh-token",
            Self::NoEnhancing => "no-enhancing",
            Self::Slow => "slow",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|trouble| trouble.key() == key)
    }
}
