//! The registration form of a client and its validation.
//!
//! *Invariant:* no redirect URI is accepted that a browser would run as script.

use url::Url;

/// The client types that the console offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// Server-based Applications: redirects to http or https.
    ServerBased,
    /// Mobile-based Applications: redirects to the app's own scheme.
    MobileBased,
    /// Non-browser Applications: no redirect.
    NonBrowser,
    /// Self Client: no redirect, the console creates the code.
    SelfClient,
}

impl ClientType {
    pub(crate) fn needs_redirects(self) -> bool {
        matches!(self, Self::ServerBased | Self::MobileBased)
    }

    /// Whether the type has a multi-DC setting. A Self Client has none: it is for one account, and so for one data
    /// centre.
    pub(crate) fn offers_multi_dc(self) -> bool {
        self != Self::SelfClient
    }
}

/// The registration form of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The client type.
    pub client_type: ClientType,
    /// Client Name.
    pub name: String,
    /// Homepage URL.
    pub homepage: String,
    /// Authorized Redirect URIs.
    pub redirects: Vec<String>,
}

/// A field of the console's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Client Name.
    Name,
    /// Homepage URL.
    Homepage,
    /// Authorized Redirect URIs.
    Redirects,
}

/// Why the form was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The field.
    pub field: Field,
    /// The error message.
    pub sentence: &'static str,
}

/// Splits redirect URIs typed with commas between them.
pub(crate) fn split_redirects(typed: &str) -> Vec<String> {
    typed.split([',', '\n', '\r']).map(str::trim).filter(|uri| !uri.is_empty()).map(str::to_owned).collect()
}

/// Returns all errors of the form.
pub(crate) fn check(application: &Application) -> Result<(), Vec<Complaint>> {
    let complaints: Vec<Complaint> =
        [name(application), homepage(application), redirects(application)].into_iter().flatten().collect();
    if complaints.is_empty() { Ok(()) } else { Err(complaints) }
}

fn name(application: &Application) -> Option<Complaint> {
    let allowed = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '&');
    let sentence = if application.name.trim().is_empty() {
        "Enter a name."
    } else if application.name.chars().count() > 100 {
        "Use at most 100 characters."
    } else if !application.name.chars().all(allowed) {
        "Use letters, digits, spaces, _ and & only."
    } else {
        return None;
    };
    Some(Complaint { field: Field::Name, sentence })
}

fn homepage(application: &Application) -> Option<Complaint> {
    let sound = is_web_address(&application.homepage);
    (!sound).then_some(Complaint {
        field: Field::Homepage,
        sentence: "Enter a web address that begins with http:// or https://.",
    })
}

fn redirects(application: &Application) -> Option<Complaint> {
    let uris = &application.redirects;
    let sentence = match application.client_type {
        ClientType::NonBrowser | ClientType::SelfClient => return None,
        _ if uris.is_empty() => "Enter at least one redirect URI.",
        ClientType::ServerBased if !uris.iter().all(|uri| is_web_address(uri)) => {
            "A server-based application is sent back to http:// or https:// only."
        }
        ClientType::MobileBased if !uris.iter().all(|uri| is_app_address(uri)) => {
            "A mobile-based application is sent back to a scheme of its own in lower case, such as myapp://callback."
        }
        _ => return None,
    };
    Some(Complaint { field: Field::Redirects, sentence })
}

fn is_web_address(text: &str) -> bool {
    let begins = text.starts_with("http://") || text.starts_with("https://");
    begins && Url::parse(text).is_ok_and(|url| url.host_str().is_some() && url.fragment().is_none())
}

fn is_app_address(text: &str) -> bool {
    const NEVER: [&str; 11] =
        ["http", "https", "javascript", "vbscript", "data", "file", "blob", "about", "view-source", "ws", "wss"];
    let Some((scheme, _)) = text.split_once("://") else {
        return false;
    };
    let lower = scheme.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    lower && !NEVER.contains(&scheme) && Url::parse(text).is_ok()
}
