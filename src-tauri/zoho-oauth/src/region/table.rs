//! Zoho's ten regions: accounts, API, Cliq and console origins.
//!
//! Sources: zoho.com/accounts/protocol/oauth/multi-dc.html (accounts servers), www.zoho.com/cliq/help/restapi/v2/
//! (Cliq hosts of US, EU, IN, AU, CN, JP). CA and SA are confirmed by several integrations in use, UK by one, AE by
//! few.

use super::{Origin, Region, RegionCode};

/// Code, name, accounts, API, Cliq, console.
#[rustfmt::skip]
const TABLE: [[&str; 6]; 10] = [
    ["us", "United States", "accounts.zoho.com", "www.zohoapis.com", "cliq.zoho.com", "api-console.zoho.com"],
    ["eu", "Europe", "accounts.zoho.eu", "www.zohoapis.eu", "cliq.zoho.eu", "api-console.zoho.eu"],
    ["in", "India", "accounts.zoho.in", "www.zohoapis.in", "cliq.zoho.in", "api-console.zoho.in"],
    ["au", "Australia", "accounts.zoho.com.au", "www.zohoapis.com.au", "cliq.zoho.com.au", "api-console.zoho.com.au"],
    ["jp", "Japan", "accounts.zoho.jp", "www.zohoapis.jp", "cliq.zoho.jp", "api-console.zoho.jp"],
    ["ca", "Canada", "accounts.zohocloud.ca", "www.zohoapis.ca", "cliq.zohocloud.ca", "api-console.zohocloud.ca"],
    ["cn", "China", "accounts.zoho.com.cn", "www.zohoapis.com.cn", "cliq.zoho.com.cn", "api-console.zoho.com.cn"],
    ["sa", "Saudi Arabia", "accounts.zoho.sa", "www.zohoapis.sa", "cliq.zoho.sa", "api-console.zoho.sa"],
    ["uk", "United Kingdom", "accounts.zoho.uk", "www.zohoapis.uk", "cliq.zoho.uk", "api-console.zoho.uk"],
    ["ae", "United Arab Emirates", "accounts.zoho.ae", "www.zohoapis.ae", "cliq.zoho.ae", "api-console.zoho.ae"],
];

/// Skips a row that is not a valid region; a test asserts that there is none.
pub(super) fn built_in() -> Vec<Region> {
    TABLE.iter().filter_map(region).collect()
}

fn region([code, name, accounts, api, cliq, console]: &[&str; 6]) -> Option<Region> {
    let https = |host: &str| Origin::new(&format!("https://{host}")).ok();
    Some(Region {
        code: RegionCode::new(code)?,
        name: (*name).to_owned(),
        accounts: https(accounts)?,
        api: https(api)?,
        cliq: https(cliq)?,
        console: https(console)?,
    })
}
