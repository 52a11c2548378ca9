//! Failures that the user or a test can switch on.

/// A failure that occurs while it is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// Every sign-in is refused, even after Accept.
    Refused,
    /// Every sign-in fails with `no_org`: the account does not use the product of a scope.
    NoOrg,
    /// The next sign-in returns from another region. Switches itself off.
    OtherRegion,
    /// No new tokens: too many requests.
    Throttled,
    /// No new tokens: `general_error`, which Zoho does not document.
    GeneralError,
    /// A code has expired by the time it is used.
    CodesExpireAtOnce,
    /// Programs get no response; the connection closes.
    Unreachable,
    /// A sign-in yields no refresh token, so access ends after an hour.
    NoRefreshToken,
    /// No scopes can be added to a refresh token, as for a client type that may not.
    NoEnhancing,
    /// Programs get each response after a long delay.
    Slow,
    /// Cliq answers each list with status 204 and no body.
    EmptyLists,
    /// Cliq answers each call with status 400 and `request_limit_exceeded`.
    CliqLimit,
    /// The next access token sent to Cliq has been displaced by ten newer ones of its refresh token. Switches itself
    /// off.
    PushedOut,
    /// The console shows a webhook token beside the code for a Self Client.
    WebhookToken,
}

impl Trouble {
    /// All failures, in the order shown.
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
