use std::time::Duration;

use proptest::prelude::*;
use secrecy::ExposeSecret;
use zoho_oauth::probe::Proof;

use super::*;
use crate::domain::export_choice::{FileFormat, Shape};
use crate::domain::problem::Problem;

fn at(hours: u64) -> Moment {
    Moment::from_millis(1_795_392_000_000).plus(Duration::from_hours(hours))
}

/// Reads a table according to RFC 4180.
fn read_table(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match (is_quoted, c) {
            (true, '"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
            (true, '"') => is_quoted = false,
            (false, '"') => is_quoted = true,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (_, c) => cell.push(c),
        }
    }
    rows
}

#[test]
fn details_are_stable_words() {
    let host = "accounts.zoho.eu".to_owned();
    let cases = [
        (Happened::Tested { proof: Proof::AliveWithoutScope }, "tested", "aliveWithoutScope"),
        (Happened::Copied { shape: Shape::RefreshToken }, "copied", "refreshToken"),
        (
            Happened::Exported { format: FileFormat::DotEnv, refresh_token: true, client_secret: true },
            "exported",
            "dotEnv+refreshToken+clientSecret",
        ),
        (Happened::Failed { act: Act::Refresh, problem: Problem::TimedOut { host } }, "failed", "refresh: timedOut"),
        (Happened::LiveFileBegun { format: FileFormat::Json }, "liveFileBegun", "json"),
        (Happened::LiveFileStopped, "liveFileStopped", ""),
        (Happened::SignedInAgain, "signedInAgain", ""),
    ];
    for (what, kind, detail) in cases {
        let mut activity = Activity::default();
        activity.note(what, at(0));
        let table = read_table(file("Bot", &activity, at(0)).content.expose_secret());
        assert_eq!(table[1][4..], [kind, detail]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    // Shows T15; ASVS 16.4.1.
    #[test]
    fn any_name_reads_back_and_is_not_a_formula(name in any::<String>(), first in "[=+@\t\r\n-]?") {
        let name = first + &name;
        let mut activity = Activity::default();
        activity.note(Happened::Consented, at(0));
        let table = read_table(file(&name, &activity, at(0)).content.expose_secret());
        prop_assert_eq!((table.len(), table[1].len()), (2, 6));
        let cell = &table[1][3];
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        prop_assert_eq!(cell.strip_prefix('\'').filter(|_| *cell != name).unwrap_or(cell), &name);
    }
}
