//! Shapes and files hold what the user selected and no other secret.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::export_choice::{Export, FileFormat, Shape};
use keyfob_core::intent::ShareIntent;
use keyfob_core::notice::NoticeKind;
use keyfob_core::{Answer, Problem};
use secrecy::ExposeSecret;

use crate::scene::*;

#[test]
fn every_shape_holds_the_token_and_nothing_more_secret() {
    let (mut scene, id) = Scene::connected();
    for shape in [
        Shape::Token,
        Shape::ZohoHeader,
        Shape::BearerHeader,
        Shape::Curl,
        Shape::DotEnv,
        Shape::PowerShell,
        Shape::Json,
        Shape::Postman,
        Shape::Deluge,
    ] {
        scene.asks(ShareIntent::Copy { id, shape });
        let text = scene.clipboard();
        assert!(text.contains(ACCESS), "{shape:?}");
        assert!(!text.contains(REFRESH) && !text.contains(CLIENT_SECRET), "{shape:?}");
    }
}

// Shows T15.
#[test]
fn a_file_holds_what_was_selected() {
    let (mut scene, id) = Scene::connected();
    for format in [FileFormat::DotEnv, FileFormat::Json, FileFormat::Postman] {
        for (refresh_token, client_secret) in [(false, false), (true, false), (false, true), (true, true)] {
            scene.asks(ShareIntent::Export { id, export: Export { format, refresh_token, client_secret } });
            if refresh_token || client_secret {
                scene.allows();
            }
            let text = scene.file().content.expose_secret();
            assert!(text.contains(ACCESS));
            assert_eq!(text.contains(REFRESH), refresh_token, "{format:?}");
            assert_eq!(text.contains(CLIENT_SECRET), client_secret, "{format:?}");
        }
    }
}

#[test]
fn exports_name_the_servers_of_the_connections_region() {
    let (mut scene, id) = Scene::connected();
    for (format, wanted) in [
        (FileFormat::DotEnv, ["ZOHO_CLIQ_DC=EU\n", "ZOHO_ACCOUNTS_URL=https://accounts.zoho.eu\n", "ZOHO_CLIQ_URL="]),
        (FileFormat::Json, [r#""region": "eu""#, r#""accounts": "https://accounts.zoho.eu""#, r#""cliq": "#]),
    ] {
        scene.asks_and_allows(ShareIntent::Export {
            id,
            export: Export { format, refresh_token: true, client_secret: true },
        });
        let text = scene.file().content.expose_secret();
        assert!(wanted.iter().all(|part| text.contains(part)), "{format:?}: {text}");
    }
    for shape in [Shape::DotEnv, Shape::Json, Shape::Postman, Shape::Curl, Shape::PowerShell, Shape::Deluge] {
        scene.asks(ShareIntent::Copy { id, shape });
        assert!(scene.clipboard().contains("https://cliq.zoho.eu"), "{shape:?} names the server");
    }
}

#[test]
fn an_export_is_reported_unless_it_was_cancelled() {
    let (mut scene, id) = Scene::connected();
    let export = Export { format: FileFormat::Json, refresh_token: false, client_secret: false };
    let refused = Problem::FileNotWritten { reason: "not here".into() };
    for (answer, notices) in [
        (Ok(None), vec![]),
        (Ok(Some("token.json".to_owned())), vec![NoticeKind::FileSaved { file: "token.json".into() }]),
        (
            Err(refused.clone()),
            vec![
                NoticeKind::FileSaved { file: "token.json".into() },
                NoticeKind::Trouble { problem: refused, about: None },
            ],
        ),
    ] {
        scene.asks(ShareIntent::Export { id, export });
        scene.answer(Answer::FileSaved(answer));
        assert_eq!(scene.notices(), notices);
    }
}
