//! What is said of a server, and the file with regions a person added.

use std::sync::LazyLock;

use keyfob_core::custom_regions::{read_regions_file, write_regions_file};
use url::Url;
use zoho_oauth::region::{Origin, RegionCode, Regions};

/// Written by hand, not read from the table.
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

/// What ends the hosts of each region's pages.
const ENDINGS: [&str; 10] = ["com", "eu", "in", "com.au", "jp", "ca", "com.cn", "sa", "uk", "ae"];

/// `accounts-server`, `location`, `api_domain` and an address bar lead to the table or nowhere.
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
        assert!(names.into_iter().any(|site| is_of(&site)), "{text:?} is no page of Zoho's");
    }
    if let Ok(origin) = Origin::new(&text) {
        let plain = origin.as_str().starts_with("http://");
        let here = ["localhost", "127.", "[::1]"].iter().any(|host| origin.as_str()[7..].starts_with(host));
        assert!(!plain || here, "{origin:?} is plain and elsewhere");
        assert_eq!(Origin::new(origin.as_str()).as_ref(), Ok(&origin), "an origin is read as it was written");
    }
}

/// All regions of the file are added or none; no built-in one changes, and no two share an accounts server.
pub fn regions_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let before = &*BUILT_IN;
    let mut regions = before.clone();
    if read_regions_file(&text, &mut regions).is_err() {
        assert_eq!(&regions, before, "a file that is refused adds nothing");
        return;
    }
    assert!(before.iter().zip(regions.iter()).all(|(was, is)| was == is), "a built-in region was replaced");
    let mut accounts: Vec<&str> = regions.iter().map(|region| region.accounts.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    assert_eq!(accounts.len(), regions.iter().count(), "two regions share an accounts server");
    let mut again = before.clone();
    read_regions_file(&write_regions_file(&regions), &mut again).expect("what was written is read");
    assert_eq!(again, regions);
}
