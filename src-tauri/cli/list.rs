//! Prints the connections as a table or as JSON.

use std::fmt::Write;

use keyfob_core::Moment;
use keyfob_core::cli::{Listed, ListedState};
use keyfob_core::script_access::ScriptAccess;
use serde_json::json;

/// Formats a table. Each column is as wide as its longest entry, with two spaces between columns.
pub(super) fn table(connections: &[Listed], now: Moment) -> String {
    let head = ["NAME", "STATE", "LEFT", "SCRIPTS"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(connections.iter().map(|c| row(c, now))).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for [name, state, left, scripts] in &rows {
        // Writing to a String does not fail.
        let _ = writeln!(text, "{name:0$}  {state:1$}  {left:>2$}  {scripts}", widths[0], widths[1], widths[2]);
    }
    text
}

/// Formats a JSON array with one object for each connection and times as in RFC 3339.
pub(super) fn array(connections: &[Listed]) -> String {
    let object = |c: &Listed| {
        json!({
            "id": c.id,
            "name": c.name,
            "region": c.region,
            "state": c.state,
            "expires_at": c.expires_at.rfc3339(),
            "scripts": c.scripts,
        })
    };
    let all: Vec<_> = connections.iter().map(object).collect();
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn row(of: &Listed, now: Moment) -> [String; 4] {
    let state = match of.state {
        ListedState::Fresh => "fresh",
        ListedState::Due => "due",
        ListedState::Resting => "resting",
        ListedState::Waiting => "waiting",
        ListedState::NeedsYou => "needs you",
    };
    let scripts = match of.scripts {
        ScriptAccess::NotAsked => "not asked",
        ScriptAccess::Allowed => "allowed",
        ScriptAccess::Denied => "denied",
    };
    let minutes = of.expires_at.since(now).as_secs().div_ceil(60);
    let left = if minutes == 0 { "-".to_owned() } else { format!("{minutes} min") };
    [of.name.clone(), state.to_owned(), left, scripts.to_owned()]
}

#[cfg(test)]
mod tests {

    use keyfob_core::connection::ConnectionId;
    use zoho_oauth::region::RegionCode;

    use super::*;

    fn listed(name: &str, state: ListedState, left: u64, scripts: ScriptAccess) -> Listed {
        let region = RegionCode::new("eu").unwrap();
        let expires_at = Moment::from_millis(1_795_424_400_000 + left * 1000);
        Listed { id: ConnectionId(7), name: name.to_owned(), region, state, expires_at, scripts }
    }

    #[test]
    fn table_columns_align_for_names_of_any_length() {
        let now = Moment::from_millis(1_795_424_400_000);
        let all = [
            listed("Büro", ListedState::Fresh, 42 * 60 - 1, ScriptAccess::Allowed),
            listed("A very long name", ListedState::NeedsYou, 0, ScriptAccess::NotAsked),
        ];
        let expected = "NAME              STATE        LEFT  SCRIPTS\n\
                        Büro              fresh      42 min  allowed\n\
                        A very long name  needs you       -  not asked\n";
        assert_eq!(table(&all, now), expected);
        assert_eq!(table(&[], now), "NAME  STATE  LEFT  SCRIPTS\n");
    }

    #[test]
    fn json_lists_what_a_program_needs() {
        let read: serde_json::Value =
            serde_json::from_str(&array(&[listed("Büro", ListedState::NeedsYou, 60, ScriptAccess::Denied)])).unwrap();
        let expected = json!([{
            "id": 7, "name": "Büro", "region": "eu", "state": "needs-you",
            "expires_at": "2026-11-23T09:01:00Z", "scripts": "denied",
        }]);
        assert_eq!(read, expected);
    }
}
