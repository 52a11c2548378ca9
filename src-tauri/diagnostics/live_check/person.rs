//! The user who answers the check's questions, which a test simulates, and the questions.

use std::fmt::Write;
use std::future::Future;

use secrecy::SecretString;
use url::Url;
use zoho_oauth::client::ClientType;
use zoho_oauth::region::Region;

use super::question::About;

/// The user at the terminal, or a simulated one.
pub trait Person {
    /// Shows a text that needs no answer.
    fn tell(&mut self, text: &str);

    /// Asks, and waits for the answer.
    fn ask(&mut self, prompt: &Prompt<'_>) -> impl Future<Output = Said>;
}

/// What the user answered.
#[derive(Debug)]
pub enum Said {
    /// A text.
    Text(SecretString),
    /// Skip this.
    Skip,
    /// Ask no more questions.
    Stop,
}

/// A question to the user.
#[derive(Clone, Copy, Debug)]
pub enum Prompt<'a> {
    /// In which region the client was made.
    Region,
    /// Whether to ask Zoho this question.
    Begin(&'a About),
    /// The ID of a client of this type.
    ClientId(ClientType, Option<&'a str>),
    /// Its secret.
    ClientSecret(ClientType),
    /// To approve at this address, and to paste the address that the browser is redirected to.
    Approve(&'a Url),
    /// To refuse at this address.
    Deny(&'a Url),
    /// To approve more permissions at this address.
    ApproveMore(&'a Url),
    /// Whether Zoho shows an error at this address, with these permissions.
    ShowsError(&'a Url, &'a str),
    /// A code from the console of a Self Client.
    ConsoleCode(&'a str),
    /// To which other region to send a code.
    OtherRegion(&'a Region),
    /// The organisation's number.
    Organisation,
    /// To type this code on this page.
    TypeCode(&'a Url, &'a str),
}

impl Prompt<'_> {
    /// Whether the answer must not be shown on the screen.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::ClientSecret(_))
    }

    /// Whether the answer is a value that no report may hold.
    pub fn wants_a_value(&self) -> bool {
        !matches!(
            self,
            Self::Region | Self::Begin(_) | Self::ShowsError(..) | Self::OtherRegion(_) | Self::TypeCode(..)
        )
    }

    /// The question, for a terminal.
    pub fn in_words(&self) -> String {
        match self {
            Self::Region => "In which region did you make the client? Type its code, such as us, eu or in, or paste the address of your \
                             Zoho page."
                .to_owned(),
            Self::Begin(about) => begin(about),
            Self::ClientId(client, redirect) => {
                let register = redirect.map_or_else(String::new, |uri| format!(" with the redirect URI {uri}"));
                format!("The Client ID of a {} client{register}. Enter alone skips this client.", type_of(*client))
            }
            Self::ClientSecret(ClientType::Mobile) => "The Client Secret of the Mobile-based client. It is not shown. Enter alone where \
                                                       Zoho's console has none."
                .to_owned(),
            Self::ClientSecret(client) => {
                format!("The Client Secret of the {} client. It is not shown.", type_of(*client))
            }
            Self::Approve(url) => format!(
                "Open this address in your browser and accept:\n\n{url}\n\nThe browser then goes to an address that does not open. Paste that \
                 address within a minute."
            ),
            Self::Deny(url) => format!(
                "Open this address in your browser and refuse:\n\n{url}\n\nPaste the address that the browser then goes to."
            ),
            Self::ApproveMore(url) => format!(
                "Open this address in your browser and accept the permission that is added:\n\n{url}\n\nPaste the address that the browser \
                 then goes to."
            ),
            Self::ShowsError(url, what) => format!(
                "Open this address in your browser; its permissions have {what}:\n\n{url}\n\nDoes Zoho show an error instead of asking you? \
                 Answer yes or no. You need not approve."
            ),
            Self::ConsoleCode(scopes) => format!(
                "In the console of the Self Client, generate a code with the scope\n\n{scopes}\n\nand paste the code."
            ),
            Self::OtherRegion(likely) => format!(
                "To which other region of Zoho's may the code and the client's secret be sent? Type its code, such as {}.",
                likely.code.as_str()
            ),
            Self::Organisation => "The number of your organisation in Cliq (Zoho calls it zsoid). It is not recorded.".to_owned(),
            Self::TypeCode(page, code) => format!(
                "Open {page} in your browser, type the code {code} and accept. Then type done here."
            ),
        }
    }
}

fn begin(about: &About) -> String {
    let mut text = format!("{} of {}. {}\n", about.number, super::question::EVERY.len(), about.title);
    // Writing to a String does not fail.
    let _ = write!(text, "{} Keyfob assumes: {}\n\nType yes to do it.", about.steps, about.assumption);
    text
}

/// The name of the client type in Zoho's console.
pub fn type_of(client: ClientType) -> &'static str {
    match client {
        ClientType::Mobile => "Mobile-based",
        ClientType::ServerBased => "Server-based",
        ClientType::SelfClient => "Self Client",
        ClientType::NonBrowser => "Non-browser",
    }
}
