//! An origin: scheme, host and port.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// An `https` origin, or plain `http` on loopback. It has no path, query or user name.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct Origin {
    url: Url,
    text: String,
}

/// Why a text was refused as an origin to send secrets to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OriginRefused {
    /// Not a URL with a host.
    #[error("is not a web address")]
    NotAnAddress,
    /// Plain `http` to another machine, or another scheme.
    #[error("must begin with https://")]
    NotHttps,
    /// A host with characters not allowed in host names, or an IPv6 address that is not the loopback address.
    #[error("must have a host of letters, digits, dots and hyphens")]
    NotAHost,
    /// More than scheme, host and port.
    #[error("must be only https:// and a host, with no path after it")]
    MoreThanOrigin,
}

impl Origin {
    /// Reads an origin; one trailing slash is allowed, since users copy it.
    pub fn new(text: &str) -> Result<Self, OriginRefused> {
        let url = Url::parse(text.trim()).map_err(|_| OriginRefused::NotAnAddress)?;
        let (loopback, is_host) = match url.host() {
            Some(Host::Domain(name)) => (name == "localhost", is_host_name(name)),
            Some(Host::Ipv4(ip)) => (ip.is_loopback(), true),
            Some(Host::Ipv6(ip)) => (ip.is_loopback(), ip.is_loopback()),
            None => return Err(OriginRefused::NotAnAddress),
        };
        if !(url.scheme() == "https" || url.scheme() == "http" && loopback) {
            return Err(OriginRefused::NotHttps);
        }
        if !is_host {
            return Err(OriginRefused::NotAHost);
        }
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare {
            return Err(OriginRefused::MoreThanOrigin);
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    /// The origin without a trailing slash, as Zoho writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, for messages.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Returns the URL of `path` at this origin.
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }

    /// Returns the length of the address's host suffix that is this origin's site (`zoho.eu` in `cliq.zoho.eu`); `None`
    /// when the host belongs to another site. A name of fewer than three labels, or an IP address, owns only its exact
    /// origin.
    pub(super) fn owns(&self, address: &Url) -> Option<usize> {
        let host = address.host_str()?;
        let Some(site) = self.site() else {
            return (host == self.host() && address.port() == self.url.port()).then_some(host.len());
        };
        let within = host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        within.then_some(site.len())
    }

    fn site(&self) -> Option<&str> {
        let Some(Host::Domain(name)) = self.url.host() else {
            return None;
        };
        name.split_once('.').map(|(_, site)| site).filter(|site| site.contains('.'))
    }
}

/// Whether a name has only the characters of DNS. An international name is in its ASCII form here (`xn--…`), and is
/// shown so.
fn is_host_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

impl TryFrom<String> for Origin {
    type Error = OriginRefused;
    fn try_from(text: String) -> Result<Self, OriginRefused> {
        Self::new(&text)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.text
    }
}
