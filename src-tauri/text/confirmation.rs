//! The texts of the questions outside the page.
//!
//! **Invariant:** a text from outside is in quotation marks or on a separate line, so that it cannot pass for Keyfob's.
//! Deliberately absent: the dialog, which `desktop/confirm.rs` shows.

use keyfob_core::confirmation::{Account, Confirmation};
use keyfob_core::handover_file::Lasts;
use zoho_oauth::region::Region;

use crate::text::{filled, words};

/// The texts of a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shown {
    /// One line.
    pub title: String,
    /// Explains what yes means.
    pub body: String,
    /// The button for yes.
    pub allow: &'static str,
    /// The button for no, now and later; `None` when the answers are only yes and not now.
    pub deny: Option<&'static str>,
    /// The button for not now.
    pub dismiss: &'static str,
}

/// Returns the texts of a question.
pub fn shown(question: &Confirmation) -> Shown {
    match question {
        Confirmation::AddRegion { region } => {
            let body = [words("confirm.addRegion.why").to_owned(), servers(region)];
            asked("confirm.addRegion", &region.name, &body, "confirm.addRegion.button")
        }
        Confirmation::AskRegion { host } => {
            about_server(["confirm.askRegion", "confirm.askRegion.why", "confirm.askRegion.button"], host)
        }
        Confirmation::PasteSecret { host } => {
            about_server(["confirm.pasteSecret", "confirm.pasteSecret.why", "confirm.pasteSecret.button"], host)
        }
        Confirmation::UseCode { host } => {
            about_server(["confirm.useCode", "confirm.useCode.why", "confirm.useCode.button"], host)
        }
        Confirmation::UseRefreshToken { host } => about_server(
            ["confirm.useRefreshToken", "confirm.useRefreshToken.why", "confirm.useRefreshToken.button"],
            host,
        ),
        Confirmation::GoElsewhere { host } => {
            about_server(["confirm.goElsewhere", "confirm.goElsewhere.why", "confirm.goElsewhere.button"], host)
        }
        Confirmation::AllowScripts { name, account, .. } => Shown {
            deny: Some(words("scripts.ask.deny")),
            dismiss: words("scripts.ask.later"),
            ..asked(
                "scripts.ask.title",
                name,
                &with_account(&["scripts.ask.what", "scripts.ask.means", "scripts.ask.change"], account),
                "scripts.ask.allow",
            )
        },
        Confirmation::CopyRefreshToken { name, account } => {
            let body = with_account(&["confirm.copyRefreshToken.why"], account);
            asked("confirm.copyRefreshToken", name, &body, "confirm.copyRefreshToken.button")
        }
        Confirmation::Export { name, account, refresh_token, client_secret } => {
            let why = match (refresh_token, client_secret) {
                (true, false) => "confirm.export.refreshToken",
                (false, _) => "confirm.export.clientSecret",
                (true, true) => "confirm.export.both",
            };
            asked("confirm.export", name, &with_account(&[why], account), "confirm.export.button")
        }
        Confirmation::Handover { name, account, to, lasts, key } => {
            asked("confirm.handover", name, &handover(account, to, *lasts, key.as_deref()), "confirm.handover.button")
        }
        Confirmation::Forget { name, account } => {
            let body = with_account(&["confirm.forget.why", "confirm.forget.yourself"], account);
            asked("confirm.forget", name, &body, "confirm.forget.button")
        }
        Confirmation::Revoke { name, account, .. } => {
            let body = with_account(&["confirm.revoke.what", "confirm.revoke.means"], account);
            asked("confirm.revoke", name, &body, "confirm.revoke.button")
        }
    }
}

/// The texts of a question about sending something to this server, by the keys of title, reason and button.
fn about_server([title, why, allow]: [&str; 3], host: &str) -> Shown {
    asked(title, host, &[words(why).to_owned(), host.to_owned()], allow)
}

fn handover(account: &Account, to: &str, lasts: Lasts, key: Option<&str>) -> [String; 2] {
    let to = (!to.is_empty()).then(|| filled("confirm.handover.to", &[("to", to)]));
    let lasts = filled("confirm.handover.lasts", &[("lasts", words(lasting(lasts)))]);
    let lock = match key {
        Some(key) => filled("confirm.handover.key", &[("key", key)]),
        None => words("confirm.handover.passphrase").to_owned(),
    };
    let facts = to.into_iter().chain([lasts, lock]).chain(whose(account)).collect::<Vec<_>>().join("\n");
    [words("confirm.handover.why").to_owned(), facts]
}

fn asked(title: &str, name: &str, body: &[String], allow: &str) -> Shown {
    // A name cannot close the quotation marks around it.
    let name: String =
        name.chars().map(|c| if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') { '\'' } else { c }).collect();
    Shown {
        title: filled(title, &[("name", &name)]),
        body: body.join("\n\n"),
        allow: words(allow),
        deny: None,
        dismiss: words("confirm.cancel"),
    }
}

fn with_account(why: &[&str], account: &Account) -> Vec<String> {
    why.iter().map(|key| words(key).to_owned()).chain(whose(account)).collect()
}

/// The facts about a connection that the page cannot choose, on separate lines.
fn whose(account: &Account) -> Option<String> {
    let email = account.email.as_ref().map(|email| filled("confirm.whose.account", &[("email", email)]));
    let organisation =
        account.organisation.as_ref().map(|number| filled("confirm.whose.organisation", &[("organisation", number)]));
    let host = account.host.as_ref().map(|host| filled("confirm.whose.server", &[("host", host)]));
    let lines: Vec<String> = email.into_iter().chain(organisation).chain(host).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn servers(region: &Region) -> String {
    let Region { accounts, cliq, api, console, .. } = region;
    filled(
        "confirm.addRegion.servers",
        &[
            ("accounts", accounts.as_str()),
            ("cliq", cliq.as_str()),
            ("api", api.as_str()),
            ("console", console.as_str()),
        ],
    )
}

fn lasting(lasts: Lasts) -> &'static str {
    match lasts {
        Lasts::Day => "handover.lasts.day",
        Lasts::Week => "handover.lasts.week",
        Lasts::Month => "handover.lasts.month",
    }
}

#[cfg(test)]
mod tests {
    use zoho_oauth::region::{Origin, RegionCode};

    use super::*;

    fn region() -> Region {
        let at = |host: &str| Origin::new(&format!("https://{host}.sandbox.example")).unwrap();
        Region {
            code: RegionCode::new("sandbox").unwrap(),
            name: "Sandbox {name}".into(),
            accounts: at("accounts"),
            api: at("api"),
            cliq: at("cliq"),
            console: at("console"),
        }
    }

    fn account() -> Account {
        Account { email: Some("ada@firm.example".into()), organisation: None, host: Some("accounts.zoho.eu".into()) }
    }

    fn names_a_connection(question: &Confirmation) -> bool {
        match question {
            Confirmation::AddRegion { .. }
            | Confirmation::AskRegion { .. }
            | Confirmation::PasteSecret { .. }
            | Confirmation::UseCode { .. }
            | Confirmation::UseRefreshToken { .. }
            | Confirmation::GoElsewhere { .. } => false,
            Confirmation::AllowScripts { .. }
            | Confirmation::CopyRefreshToken { .. }
            | Confirmation::Export { .. }
            | Confirmation::Handover { .. }
            | Confirmation::Forget { .. }
            | Confirmation::Revoke { .. } => true,
        }
    }

    // Shows T23.
    #[test]
    fn every_question_has_its_words() {
        let name = || "A <b> & {count} bot".to_owned();
        let exports = [(true, false), (false, true), (true, true)];
        let exports = exports.map(|(refresh_token, client_secret)| Confirmation::Export {
            name: name(),
            account: account(),
            refresh_token,
            client_secret,
        });
        let others = [
            Confirmation::AddRegion { region: Box::new(region()) },
            Confirmation::AskRegion { host: name() },
            Confirmation::PasteSecret { host: name() },
            Confirmation::UseCode { host: name() },
            Confirmation::UseRefreshToken { host: name() },
            Confirmation::GoElsewhere { host: name() },
            Confirmation::AllowScripts { name: name(), account: account(), to_front: true },
            Confirmation::CopyRefreshToken { name: name(), account: account() },
            Confirmation::Handover {
                name: name(),
                account: account(),
                to: String::new(),
                lasts: Lasts::Day,
                key: None,
            },
            Confirmation::Handover {
                name: name(),
                account: account(),
                to: name(),
                lasts: Lasts::Month,
                key: Some("age1".into()),
            },
            Confirmation::Forget { name: name(), account: account() },
            Confirmation::Revoke { name: name(), account: account(), to_front: true },
        ];
        for question in exports.into_iter().chain(others) {
            let shown = shown(&question);
            assert!(shown.title.contains("A <b> & {count} bot") || shown.title.contains("Sandbox {name}"), "{shown:?}");
            for text in [&shown.body, shown.allow, shown.dismiss, shown.deny.unwrap_or("Deny")] {
                assert!(!text.trim().is_empty() && !text.contains("{na"), "{shown:?}");
            }
            let body = &shown.body;
            let is_whole = body.contains("ada@firm.example") && body.contains("accounts.zoho.eu");
            assert!(is_whole || !names_a_connection(&question), "the page can choose the name only: {shown:?}");
        }
    }

    // Shows T23.
    #[test]
    fn a_name_does_not_close_its_quotation_marks() {
        let name = "x”? Routine check. Press “Copy".to_owned();
        let title = shown(&Confirmation::CopyRefreshToken { name, account: account() }).title;
        assert_eq!((title.matches('“').count(), title.matches('”').count()), (1, 1), "{title}");
    }

    // Shows T26.
    #[test]
    fn adding_a_region_names_all_its_servers() {
        let body = shown(&Confirmation::AddRegion { region: Box::new(region()) }).body;
        for host in ["accounts", "api", "cliq", "console"] {
            assert!(body.contains(&format!("https://{host}.sandbox.example")), "{body}");
        }
    }
}
