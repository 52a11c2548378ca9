//! Reports the proxy for requests to Zoho, without its password.

use std::env;

use url::Url;

use super::Check;

/// The environment variables that apply to requests; the first that is set counts.
const NAMES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

pub(super) fn looks() -> Check {
    let set = NAMES.iter().find_map(|name| Some((*name, env::var(name).ok().filter(|value| !value.is_empty())?)));
    match set {
        None => Check::fine("Proxy", "none"),
        Some((name, value)) => Check::note("Proxy", format!("{name} is set: {}", place(&value))),
    }
}

/// The host and port only.
fn place(value: &str) -> String {
    let with_scheme = if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    let url = Url::parse(&with_scheme).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    match (host, url.as_ref().and_then(Url::port)) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => "not an address".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_password_is_not_printed() {
        for value in ["http://ada:secret@proxy.example:3128/x", "ada:secret@proxy.example:3128", "proxy.example:3128"] {
            assert_eq!(place(value), "proxy.example:3128");
        }
        assert_eq!(place("socks5://proxy.example"), "proxy.example");
        assert_eq!(place("http://secret@"), "not an address");
    }
}
