//! The person's own browser.

use keyfob_core::Problem;
use url::Url;

/// Opens an address of the web there. Takes up to a quarter of a second, to see whether the browser starts.
pub(super) fn open(address: &Url) -> Result<(), Problem> {
    if !matches!(address.scheme(), "http" | "https") {
        return Err(Problem::BrowserNotOpened);
    }
    tauri_plugin_opener::open_url(address, None::<&str>).map_err(|_| Problem::BrowserNotOpened)
}
