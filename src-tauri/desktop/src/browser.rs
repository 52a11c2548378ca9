//! Opens addresses in the user's browser.
//!
//! **Invariant:** a private address is in no program's arguments: the browser opens a one-time redirect or, when that
//! is not available, a file that only its owner can read. Only on Windows it may be given the address itself, through
//! `ShellExecute`: there only the user and administrators can read a program's arguments. Not tested on Windows and
//! macOS.

#[cfg(not(windows))]
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use keyfob::net::one_time_redirect::OneTimeRedirect;
use keyfob_core::Problem;
use keyfob_core::browser::Address;
#[cfg(not(windows))]
use tempfile::NamedTempFile;
use url::Url;

/// Opens the browser. The redirect to the last private address is kept until the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Browser(Arc<Mutex<Option<Led>>>);

/// Redirects a browser to a private address while this lives.
#[derive(Debug)]
#[expect(dead_code, reason = "held for their end: the port closes, the file goes")]
enum Led {
    Redirect(OneTimeRedirect),
    #[cfg(not(windows))]
    File(NamedTempFile),
}

impl Browser {
    /// Opens a web address. Takes up to a quarter of a second, to see whether the browser starts.
    pub(super) async fn open(&self, address: Address) -> Result<(), Problem> {
        if !matches!(address.url().scheme(), "http" | "https") {
            return Err(Problem::BrowserNotOpened);
        }
        let shown = match address {
            Address::Public(url) => url,
            Address::Private(url) => self.lead_to(url).await?,
        };
        let opened = super::world::aside(move || tauri_plugin_opener::open_url(shown, None::<&str>)).await;
        opened.and_then(Result::ok).ok_or(Problem::BrowserNotOpened)
    }

    /// Returns an address that need not be secret and redirects to the private one.
    async fn lead_to(&self, address: Url) -> Result<Url, Problem> {
        let (url, led) = match OneTimeRedirect::to(&address).await {
            Ok(redirect) => (redirect.url().clone(), Led::Redirect(redirect)),
            #[cfg(windows)]
            Err(_) => return Ok(address),
            #[cfg(not(windows))]
            Err(_) => file_to(&address).ok_or(Problem::BrowserNotOpened)?,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(led);
        Ok(url)
    }
}

/// Writes a page with mode 0600 that redirects to the address, in the user's runtime folder or else among the temporary
/// files.
#[cfg(not(windows))]
fn file_to(address: &Url) -> Option<(Url, Led)> {
    let folder = dirs::runtime_dir().unwrap_or_else(std::env::temp_dir);
    let mut file = tempfile::Builder::new().prefix("keyfob-").suffix(".html").tempfile_in(folder).ok()?;
    // A parsed address holds no quotes or angle brackets.
    let to = address.as_str().replace('&', "&amp;").replace('"', "&quot;");
    let page = format!(
        r#"<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={to}">"#
    );
    file.write_all(page.as_bytes()).ok()?;
    Some((Url::from_file_path(file.path()).ok()?, Led::File(file)))
}
