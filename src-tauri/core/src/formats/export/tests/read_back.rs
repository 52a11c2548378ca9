//! Whatever a name or a token holds, the target program reads back exactly that.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Names with everything that some shell, file format or script language treats specially.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,30}",
        "['\"`$\\\\%#!;=&|<>(){}*?~\n\r\t ‘’‚‛“”é財a]{0,20}",
        any::<String>().prop_map(|text| text.replace('\0', "")),
    ]
}

/// Tokens, up to the worst that they may be made of.
fn token() -> impl Strategy<Value = String> {
    prop_oneof!["1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}", "[!-~]{1,40}", "['\"`$\\\\]{1,8}"]
}

fn kept() -> impl Strategy<Value = Kept> {
    (name(), token(), token(), token()).prop_map(|(name, access, refresh, secret)| {
        let mut kept = Kept::new(&name, &access);
        (kept.refresh, kept.client_secret) = (Some(refresh.into()), Some(secret.into()));
        kept
    })
}

/// The values to read back from a file with everything selected.
fn wanted(kept: &Kept) -> [(&'static str, String); 4] {
    let bare = |secret: &SecretString| secret.expose_secret().to_owned();
    [
        ("name", kept.name.clone()),
        ("access_token", bare(&kept.access)),
        ("refresh_token", bare(kept.refresh.as_ref().unwrap())),
        ("client_secret", bare(kept.client_secret.as_ref().unwrap())),
    ]
}

/// Reads `.env` text: a name, `=`, and a value that is bare, in single or in double quotes; quotes may span lines.
fn read_dot_env(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let mut letters = after.char_indices();
        let quote = letters.next().map(|(_, c)| c).filter(|c| matches!(c, '\'' | '"'));
        let (value, length) = match quote {
            None => (after.lines().next().unwrap_or_default().to_owned(), after.find('\n').unwrap_or(after.len())),
            Some('\'') => {
                let end = after[1..].find('\'').unwrap();
                (after[1..=end].to_owned(), end + 2)
            }
            Some(_) => {
                let mut value = String::new();
                let end = loop {
                    match letters.next().unwrap() {
                        (at, '"') => break at + 1,
                        (_, '\\') => value.push(letters.next().unwrap().1),
                        (_, letter) => value.push(letter),
                    }
                };
                (value, end)
            }
        };
        assert!(found.insert(name.to_owned(), value).is_none(), "{name} is there twice");
        rest = after[length..].strip_prefix('\n').unwrap_or_default();
    }
    found
}

/// The single-quoted texts, as PowerShell reads them.
fn power_shell_texts(text: &str) -> Vec<String> {
    let is_quote = |c: char| "'‘’‚‛".contains(c);
    let mut letters = text.chars().peekable();
    let mut found = Vec::new();
    while let Some(letter) = letters.next() {
        if !is_quote(letter) {
            continue;
        }
        let mut inside = String::new();
        while let Some(letter) = letters.next() {
            if is_quote(letter) && letters.next_if(|next| is_quote(*next)).is_none() {
                break;
            }
            inside.push(letter);
        }
        found.push(inside);
    }
    found
}

/// The double-quoted texts, as Deluge reads them.
fn deluge_texts(text: &str) -> Vec<String> {
    let mut letters = text.chars();
    let mut found = Vec::new();
    while letters.any(|c| c == '"') {
        let mut inside = String::new();
        loop {
            match letters.next().unwrap() {
                '"' => break,
                '\\' => inside.push(match letters.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    other => other,
                }),
                letter => inside.push(letter),
            }
        }
        found.push(inside);
    }
    found
}

/// What a real shell prints for this script, split at NUL.
#[cfg(unix)]
fn shell(script: &str) -> Vec<String> {
    let ran = std::process::Command::new("sh").env_clear().args(["-c", script]).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

proptest! {
    #[test]
    fn json_reads_back(kept in kept()) {
        let json: serde_json::Value = serde_json::from_str(&kept.file(FileFormat::Json, true, true)).unwrap();
        for (name, value) in wanted(&kept) {
            prop_assert_eq!(&json[name], &value);
        }
        prop_assert_eq!(json.as_object().unwrap().len(), 15);
    }

    #[test]
    fn a_postman_environment_reads_back(kept in kept()) {
        let json: serde_json::Value = serde_json::from_str(&kept.file(FileFormat::Postman, true, true)).unwrap();
        let variables = json["values"].as_array().unwrap();
        for (name, value) in wanted(&kept) {
            let of_name: Vec<_> = variables.iter().filter(|v| v["key"] == name).map(|v| &v["value"]).collect();
            prop_assert_eq!(of_name, [&value]);
        }
        prop_assert_eq!(&json["name"], &kept.name);
    }

    #[test]
    fn dot_env_reads_back(kept in kept()) {
        let lines = read_dot_env(&kept.file(FileFormat::DotEnv, true, true));
        for (name, value) in wanted(&kept) {
            prop_assert_eq!(&lines[&format!("ZOHO_CLIQ_{}", name.to_uppercase())], &value);
        }
        prop_assert_eq!(lines.len(), 15, "no value adds a line");
    }

    #[test]
    fn power_shell_reads_back(token in token(), odd in name()) {
        for token in [token, odd] {
            let texts = power_shell_texts(&Kept::new("n", &token).shaped(Shape::PowerShell));
            let url = "https://cliq.zohocloud.ca/api/v2/statuses/current".to_owned();
            prop_assert_eq!(texts, [format!("Zoho-oauthtoken {token}"), url]);
        }
    }

    #[test]
    fn deluge_reads_back(token in token(), odd in name()) {
        for token in [token, odd] {
            let snippet = Kept::new("n", &token).shaped(Shape::Deluge);
            prop_assert_eq!(snippet.split(['\n', '\r']).count(), 9, "no text adds a line");
            let texts = deluge_texts(&snippet);
            let url = "https://cliq.zohocloud.ca/api/v2/statuses/current".to_owned();
            prop_assert_eq!(texts, ["Authorization".to_owned(), format!("Zoho-oauthtoken {token}"), url]);
        }
    }
}

#[cfg(unix)]
proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    // Shows T15.
    #[test]
    fn a_real_shell_reads_the_dot_env_lines_back(kept in kept()) {
        let lines = kept.file(FileFormat::DotEnv, true, true);
        let wanted = wanted(&kept);
        let variables = wanted.each_ref().map(|(name, _)| format!("\"$ZOHO_CLIQ_{}\"", name.to_uppercase()));
        let found = shell(&format!("{lines}printf '%s\\0' {}", variables.join(" ")));
        prop_assert_eq!(found, wanted.map(|(_, value)| value));
    }

    #[test]
    fn a_real_shell_passes_curl_the_header_and_url_unchanged(token in token(), odd in name()) {
        for token in [token, odd] {
            let command = Kept::new("n", &token).shaped(Shape::Curl);
            let found = shell(&format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}"));
            let header = format!("Authorization: Zoho-oauthtoken {token}");
            let url = "https://cliq.zohocloud.ca/api/v2/statuses/current";
            prop_assert_eq!(found, ["--silent", "--show-error", "--header", &header, url]);
        }
    }
}
