//! Files: they hold what was selected and nothing else, and their names are valid on any file system.

use proptest::prelude::*;

use super::*;

fn name(connection: &str, format: FileFormat) -> String {
    let kept = Kept::new(connection, "1000.aaaa.bbbb");
    file(Export { format, refresh_token: false, client_secret: false }, &kept.holding()).name
}

// Shows T15; ASVS 14.2.6.
#[test]
fn a_file_holds_only_the_access_token_by_default() {
    for format in FORMATS {
        let text = finance().file(format, false, false);
        assert!(text.contains("1000.aaaa.bbbb"));
        for extra in ["canary", "CLIENT", "oauth/v2/token"] {
            assert!(!text.contains(extra), "{format:?} {extra}");
        }
    }
}

#[test]
fn a_refresh_token_comes_with_what_is_needed_to_use_it() {
    for format in FORMATS {
        let text = finance().file(format, true, false);
        for part in ["1000.refresh.canary", "1000.CLIENT", "https://accounts.zohocloud.ca/oauth/v2/token"] {
            assert!(text.contains(part), "{format:?} {part}");
        }
        assert!(!text.contains("secret-canary"), "{format:?}");
    }
}

#[test]
fn a_client_secret_comes_with_its_id() {
    for format in FORMATS {
        let text = finance().file(format, false, true);
        assert!(text.contains("secret-canary") && text.contains("1000.CLIENT"), "{format:?}");
        assert!(!text.contains("refresh") && !text.contains("oauth/v2/token"), "{format:?}");
    }
}

#[test]
fn a_selected_but_missing_secret_leaves_no_trace() {
    let mut kept = finance();
    (kept.refresh, kept.client_secret) = (None, None);
    for format in FORMATS {
        assert_eq!(kept.file(format, true, true), kept.file(format, false, false));
    }
}

#[test]
fn json_and_dot_env_hold_every_selected_secret() {
    let json: serde_json::Value = serde_json::from_str(&finance().file(FileFormat::Json, true, true)).unwrap();
    assert_eq!(json["refresh_token"], "1000.refresh.canary");
    assert_eq!(json["token_endpoint"], "https://accounts.zohocloud.ca/oauth/v2/token");
    assert_eq!(json["client_id"], "1000.CLIENT");
    assert_eq!(json["client_secret"], "secret-canary");
    let lines = finance().file(FileFormat::DotEnv, true, true);
    let wanted = "ZOHO_CLIQ_REFRESH_TOKEN=1000.refresh.canary\n\
                  ZOHO_CLIQ_TOKEN_ENDPOINT=https://accounts.zohocloud.ca/oauth/v2/token\n\
                  ZOHO_CLIQ_CLIENT_ID=1000.CLIENT\n\
                  ZOHO_CLIQ_CLIENT_SECRET=secret-canary\n";
    assert!(lines.ends_with(wanted), "{lines}");
}

/// The accounts server that a bot with this environment asks for a refresh; `None` when a variable is missing.
fn accounts_server_of_a_bot(lines: &str) -> Option<String> {
    let read = |name: &str| lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    for needed in ["ZOHO_CLIQ_CLIENT_ID", "ZOHO_CLIQ_CLIENT_SECRET", "ZOHO_CLIQ_REFRESH_TOKEN"] {
        read(needed)?;
    }
    let data_center = RegionCode::new(&read("ZOHO_CLIQ_DC").unwrap_or("US").to_lowercase())?;
    Regions::built_in().find(&data_center).map(|region| region.accounts.as_str().to_owned())
}

// Shows T15.
#[test]
fn a_bot_with_the_file_asks_the_connections_region() {
    for region in Regions::built_in().iter() {
        let mut kept = finance();
        kept.region = region.clone();
        let lines = kept.file(FileFormat::DotEnv, true, true);
        assert_eq!(accounts_server_of_a_bot(&lines).as_deref(), Some(region.accounts.as_str()), "{}", region.name);
    }
}

#[test]
fn every_file_names_the_servers_that_accept_its_secrets() {
    for format in FORMATS {
        for (refresh_token, client_secret) in [(false, false), (true, false), (false, true), (true, true)] {
            let text = finance().file(format, refresh_token, client_secret);
            for server in ["\"https://accounts.zohocloud.ca\"", "\"https://cliq.zohocloud.ca\""] {
                let bare = format!("={}\n", server.trim_matches('"'));
                assert!(text.contains(server) || text.contains(&bare), "{format:?}: {server}");
            }
        }
    }
}

#[test]
fn an_added_region_is_not_written_as_a_data_centre() {
    let mut kept = finance();
    kept.zohos_own = false;
    let lines = kept.file(FileFormat::DotEnv, true, true);
    assert!(!lines.contains("ZOHO_CLIQ_DC"), "a bot would look it up among Zoho's data centres: {lines}");
    assert!(lines.contains("ZOHO_CLIQ_REGION=ca\nZOHO_ACCOUNTS_URL=https://accounts.zohocloud.ca\n"), "{lines}");
    let json: serde_json::Value = serde_json::from_str(&kept.file(FileFormat::Json, true, true)).unwrap();
    assert_eq!((&json["region"], json.get("dc")), (&serde_json::json!("ca"), None));
}

#[test]
fn a_postman_file_hides_every_secret() {
    let environment: serde_json::Value =
        serde_json::from_str(&finance().file(FileFormat::Postman, true, true)).unwrap();
    let hidden: Vec<&str> = environment["values"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|v| v["type"] == "secret")
        .map(|v| v["key"].as_str().unwrap())
        .collect();
    assert_eq!(hidden, ["access_token", "refresh_token", "client_secret"]);
}

#[test]
fn a_file_is_named_after_its_connection() {
    assert_eq!(name("Finance bot", FileFormat::DotEnv), "zoho-cliq-Finance-bot.env");
    assert_eq!(name("Finance bot", FileFormat::Json), "zoho-cliq-Finance-bot.json");
    assert_eq!(name("Finance bot", FileFormat::Postman), "zoho-cliq-Finance-bot.postman_environment.json");
    assert_eq!(name("財務 ボット", FileFormat::Json), "zoho-cliq-財務-ボット.json");
}

#[test]
fn an_unsafe_name_becomes_a_safe_file_name() {
    for (connection, wanted) in [
        ("", "zoho-cliq.env"),
        (" . ", "zoho-cliq.env"),
        ("..", "zoho-cliq.env"),
        ("../../etc/passwd", "zoho-cliq-etc-passwd.env"),
        ("C:\\Windows\\win.ini", "zoho-cliq-C-Windows-win-ini.env"),
        ("/", "zoho-cliq.env"),
        ("CON", "zoho-cliq-CON.env"),
        ("-rf *", "zoho-cliq-rf.env"),
        ("a\nb\0c\u{202e}d", "zoho-cliq-a-b-c-d.env"),
        ("$(reboot) %PATH% `x`", "zoho-cliq-reboot-PATH-x.env"),
    ] {
        assert_eq!(name(connection, FileFormat::DotEnv), wanted, "{connection:?}");
    }
}

#[test]
fn a_truncated_file_name_does_not_end_in_a_hyphen() {
    let name = name(&format!("{} bot", "x".repeat(89)), FileFormat::Json);
    assert_eq!(name, format!("zoho-cliq-{}.json", "x".repeat(89)));
}

proptest! {
    #[test]
    fn every_file_name_is_safe_on_every_file_system(connection in any::<String>()) {
        for format in FORMATS {
            let name = name(&connection, format);
            prop_assert!(name.starts_with("zoho-cliq") && name.len() <= 128);
            prop_assert!(name.chars().all(|c| c.is_alphanumeric() || "-._".contains(c)), "{}", name);
            prop_assert!(!name.contains("-.") && !name.contains(".."), "{}", name);
        }
    }

    #[test]
    fn a_very_long_name_is_truncated_between_characters(word in "[a-z財é]{90,300}") {
        let name = name(&word, FileFormat::Postman);
        let stem = name.strip_suffix(".postman_environment.json").unwrap();
        prop_assert!(stem.len() > 90 && stem.len() <= 100);
        prop_assert!(word.starts_with(stem.strip_prefix("zoho-cliq-").unwrap()));
    }
}
