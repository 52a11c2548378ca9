//! What can go wrong, as switches the user or a test can turn.

/// One thing that goes wrong while it is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// Every sign-in is refused, even after Accept.
    Refused,
    /// Every sign-in comes back as `no_org`: the account does not use a product that a permission is of.
    NoOrg,
    /// The next sign-in comes back from another region. Switches itself off.
    OtherRegion,
    /// No new tokens: too many requests.
    Throttled,
    /// No new tokens: `general_error`, which no page of Zoho's describes.
    GeneralError,
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
    /// Cliq answers each list with status 204 and no body.
    EmptyLists,
    /// Cliq answers each call with status 400 and `request_limit_exceeded`.
    CliqLimit,
    /// The next access token that Cliq is called with was ended by ten newer ones of its refresh token. Switches itself off.
    PushedOut,
    /// The console shows a webhook token beside what it makes for a Self Client.
    WebhookToken,
}

impl Trouble {
    /// All of them, in the order they are shown.
    pub(crate) const EVERY: [Self; 14] = [
        Self::Refused,
        Self::NoOrg,
        Self::OtherRegion,
        Self::CodesExpireAtOnce,
        Self::WebhookToken,
        Self::NoRefreshToken,
        Self::NoEnhancing,
        Self::Throttled,
        Self::GeneralError,
        Self::PushedOut,
        Self::CliqLimit,
        Self::EmptyLists,
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
            Self::NoOrg => "no-org",
            Self::GeneralError => "general-error",
            Self::EmptyLists => "empty-lists",
            Self::CliqLimit => "cliq-limit",
            Self::PushedOut => "pushed-out",
            Self::WebhookToken => "webhook-token",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|trouble| trouble.key() == key)
    }
}
