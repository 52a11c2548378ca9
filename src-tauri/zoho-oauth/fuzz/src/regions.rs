//! Server names, from responses and address bars.

use std::sync::LazyLock;

use url::Url;
use zoho_oauth::region::{Origin, RegionCode, Regions};

/// Written by hand, not derived from the table.
pub const ACCOUNTS: [&str; 10] = [
    "https://accounts.zoho.com",
    "https://accounts.zoho.eu",
    "https://accounts.zoho.in",
    "https://accounts.zoho.com.au",
    "https://accounts.zoho.jp",
    "https://accounts.zohocloud.ca",
    "https://accounts.zoho.com.cn",
    "https://accounts.zoho.sa",
    "https://accounts.zoho.uk",
    "https://accounts.zoho.ae",
];
static BUILT_IN: LazyLock<Regions> = LazyLock::new(Regions::built_in);

/// The suffixes of the hosts of each region's pages.
const ENDINGS: [&str; 10] = ["com", "eu", "in", "com.au", "jp", "ca", "com.cn", "sa", "uk", "ae"];

/// `accounts-server`, `location`, `api_domain` and an address bar resolve to an entry of the table or to nothing.
pub fn region(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let regions = &*BUILT_IN;
    if let Some(found) = regions.by_accounts(&text) {
        assert!(ACCOUNTS.contains(&&*text), "{text:?} led to {}", found.accounts.as_str());
    }
    if let Some(found) = RegionCode::new(&text).as_ref().and_then(|code| regions.find(code)) {
        assert_eq!(found.code.as_str(), text);
    }
    if let Some(found) = regions.in_address_bar(&text) {
        assert!(ACCOUNTS.contains(&found.accounts.as_str()));
        let whole = if text.contains("://") { text.trim().to_owned() } else { format!("https://{}", text.trim()) };
        let host = Url::parse(&whole).ok().and_then(|url| Some(url.host_str()?.to_owned())).expect("it has a host");
        let is_of = |site: &str| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let names =
            ENDINGS.iter().flat_map(|ending| ["zoho", "zohoapis", "zohocloud"].map(|name| format!("{name}.{ending}")));
        assert!(names.into_iter().any(|site| is_of(&site)), "{text:?} is not a page of Zoho's");
    }
    if let Ok(origin) = Origin::new(&text) {
        let plain = origin.as_str().starts_with("http://");
        let here = ["localhost", "127.", "[::1]"].iter().any(|host| origin.as_str()[7..].starts_with(host));
        assert!(!plain || here, "{origin:?} is plain http to another machine");
        assert_eq!(Origin::new(origin.as_str()).as_ref(), Ok(&origin), "an origin round-trips");
    }
}
