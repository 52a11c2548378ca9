//! The texts of the tray's menu, and the intent of each entry.
//!
//! **Invariant:** an entry's ID contains no data but a connection's number, and nothing in here is a secret.
//! Deliberately absent: the desktop; `desktop/tray.rs` draws the menu.

use keyfob_core::Intent;
use keyfob_core::connection::ConnectionId;
use keyfob_core::export_choice::Shape;
use keyfob_core::intent::{AppIntent, ChecksIntent, ShareIntent, SignInIntent, TokensIntent};
use keyfob_core::tray::{Line, LineState, Tray, TrayState};

use crate::text::{counted, filled, words};

/// What the tray shows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TrayShown {
    /// The icon.
    pub icon: TrayIcon,
    /// The worst state, in a few words.
    pub tooltip: String,
    /// The menu's entries, from top to bottom.
    pub entries: Vec<MenuEntry>,
}

/// The shape of the icon.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TrayIcon {
    /// All is well.
    Fresh,
    /// A token is about to be refreshed.
    Due,
    /// A refresh is delayed or paused.
    Waiting,
    /// The user is needed.
    NeedsYou,
}

/// One entry of the menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MenuEntry {
    /// A text.
    Said(String),
    /// An entry that can be pressed.
    Does {
        /// The ID for [`pressed`].
        id: String,
        /// What it says.
        label: String,
        /// Whether it can be pressed now.
        enabled: bool,
    },
    /// A submenu.
    More {
        /// What it says.
        label: String,
        /// Its entries.
        entries: Vec<MenuEntry>,
    },
    /// A separator.
    Rule,
}

/// The effect of a press.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// The intent, if there is one.
    pub intent: Option<Intent>,
    /// Whether to raise the window.
    pub front: bool,
}

/// Returns what the tray shows.
pub fn shown(tray: &Tray) -> TrayShown {
    let tooltip = state_in_words(tray);
    let head = [MenuEntry::Said(tooltip.clone()), MenuEntry::Rule];
    let lines = tray.lines.iter().map(connection);
    let more = (tray.more > 0).then(|| does("front", counted("tray.more", tray.more as u64, &[]), true));
    let rule = (!tray.lines.is_empty()).then_some(MenuEntry::Rule);
    let pause =
        if tray.paused { does("resume", words("tray.resume"), true) } else { does("pause", words("tray.pause"), true) };
    let pause = (!tray.lines.is_empty()).then_some(pause);
    let foot = [does("front", words("tray.open"), true), does("quit", words("tray.quit"), true)];
    let icon = match tray.state {
        TrayState::Empty | TrayState::Fresh => TrayIcon::Fresh,
        TrayState::Due => TrayIcon::Due,
        TrayState::Waiting => TrayIcon::Waiting,
        TrayState::NeedsYou | TrayState::Closed => TrayIcon::NeedsYou,
    };
    let icon = if tray.paused && icon == TrayIcon::Fresh { TrayIcon::Waiting } else { icon };
    let entries = head.into_iter().chain(lines).chain(more).chain(rule).chain(pause).chain(foot).collect();
    TrayShown { icon, tooltip, entries }
}

/// The effect of pressing the entry with this ID; `None` when there is no such entry.
pub fn pressed(id: &str) -> Option<Pressed> {
    let asks = |intent| Some(Pressed { intent: Some(intent), front: false });
    match id {
        "front" => return Some(Pressed { intent: None, front: true }),
        "quit" => return asks(Intent::App(AppIntent::Quit)),
        "pause" => return asks(Intent::App(AppIntent::PauseRefreshing { on: true })),
        "resume" => return asks(Intent::App(AppIntent::PauseRefreshing { on: false })),
        _ => {}
    }
    let (verb, number) = id.split_once(' ')?;
    let id = ConnectionId(number.parse().ok()?);
    match verb {
        "copy" => asks(Intent::Share(ShareIntent::Copy { id, shape: Shape::Token })),
        "refresh" => asks(Intent::Tokens(TokensIntent::Refresh { id })),
        "test" => asks(Intent::Checks(ChecksIntent::Test { id })),
        "open" => Some(Pressed { intent: Some(Intent::SignIn(SignInIntent::Open { id })), front: true }),
        _ => None,
    }
}

fn state_in_words(tray: &Tray) -> String {
    let count = tray.count as u64;
    match tray.state {
        TrayState::Closed => words("tray.closed").to_owned(),
        TrayState::Empty => words("tray.empty").to_owned(),
        TrayState::NeedsYou => counted("tray.needsYou", count, &[]),
        _ if tray.paused => words("tray.paused").to_owned(),
        TrayState::Waiting => counted("tray.waiting", count, &[]),
        TrayState::Fresh | TrayState::Due => words("tray.fresh").to_owned(),
    }
}

fn connection(line: &Line) -> MenuEntry {
    let state = match line.state {
        LineState::Left { minutes: 0 } => words("tray.line.ended").to_owned(),
        LineState::Left { minutes } => counted("tray.line.left", minutes, &[]),
        LineState::Refreshing => words("tray.line.refreshing").to_owned(),
        LineState::Waiting { minutes } => counted("tray.line.waiting", minutes, &[]),
        LineState::Resting => words("tray.line.resting").to_owned(),
        LineState::FileNotWritten => words("tray.line.file").to_owned(),
        LineState::NeedsYou => words("tray.line.needsYou").to_owned(),
    };
    let each = |verb: &str, label: &str, enabled| does(&format!("{verb} {}", line.id.0), label, enabled);
    MenuEntry::More {
        label: filled("tray.line", &[("name", &line.name), ("state", &state)]),
        entries: vec![
            each("copy", words("tray.copy"), line.copies),
            each("refresh", words("menu.refresh"), line.refreshes),
            each("test", words("menu.test"), line.copies),
            each("open", words("tray.show"), true),
        ],
    }
}

fn does(id: &str, label: impl Into<String>, enabled: bool) -> MenuEntry {
    MenuEntry::Does { id: id.to_owned(), label: label.into(), enabled }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn line(number: u64, state: LineState) -> Line {
        Line { id: ConnectionId(number), name: "Finance {state} bot".into(), state, copies: true, refreshes: true }
    }

    fn tray(state: TrayState, lines: Vec<Line>) -> Tray {
        Tray { state, count: 1, paused: false, lines, more: 0 }
    }

    /// The lines of the menu as the user reads them.
    fn read(entries: &[MenuEntry]) -> Vec<String> {
        let each = |entry: &MenuEntry| match entry {
            MenuEntry::Said(text) => vec![text.clone()],
            MenuEntry::Does { label, enabled, .. } => {
                vec![format!("{label}{}", if *enabled { "" } else { " (not now)" })]
            }
            MenuEntry::More { label, entries } => {
                std::iter::once(label.clone()).chain(read(entries).into_iter().map(|it| format!("  {it}"))).collect()
            }
            MenuEntry::Rule => vec!["--".into()],
        };
        entries.iter().flat_map(each).collect()
    }

    #[test]
    fn the_menu_runs_from_the_worst_state_to_quit() {
        let shown = shown(&tray(TrayState::Fresh, vec![line(3, LineState::Left { minutes: 42 })]));
        let menu = [
            "All tokens are good",
            "--",
            "Finance {state} bot – 42 min",
            "  Copy access token",
            "  Refresh now",
            "  Test",
            "  Show in Keyfob",
            "--",
            "Pause refreshing",
            "Open Keyfob",
            "Quit Keyfob",
        ];
        assert_eq!(read(&shown.entries), menu);
        assert_eq!((shown.icon, shown.tooltip.as_str()), (TrayIcon::Fresh, "All tokens are good"));
    }

    #[test]
    fn each_state_has_its_shape_and_its_words() {
        for (state, icon, words) in [
            (TrayState::Closed, TrayIcon::NeedsYou, "Keyfob cannot open its tokens"),
            (TrayState::Empty, TrayIcon::Fresh, "No connection yet"),
            (TrayState::Due, TrayIcon::Due, "All tokens are good"),
            (TrayState::Waiting, TrayIcon::Waiting, "1 connection is tried again"),
            (TrayState::NeedsYou, TrayIcon::NeedsYou, "1 connection needs you"),
        ] {
            let shown = shown(&tray(state, vec![]));
            assert_eq!((shown.icon, shown.tooltip.as_str()), (icon, words), "{state:?}");
        }
        let paused = shown(&Tray { paused: true, ..tray(TrayState::Fresh, vec![line(1, LineState::NeedsYou)]) });
        assert_eq!((paused.icon, paused.tooltip.as_str()), (TrayIcon::Waiting, "Refreshing is paused"));
        assert!(read(&paused.entries).contains(&"Go on refreshing".to_owned()));
    }

    #[test]
    fn unavailable_entries_are_shown_disabled() {
        let mut one = line(3, LineState::NeedsYou);
        (one.copies, one.refreshes) = (false, false);
        let menu = read(&shown(&Tray { more: 2, ..tray(TrayState::NeedsYou, vec![one]) }).entries);
        for expected in [
            "Finance {state} bot – needs you",
            "  Copy access token (not now)",
            "  Refresh now (not now)",
            "2 more in Keyfob",
        ] {
            assert!(menu.contains(&expected.to_owned()), "{expected} in {menu:?}");
        }
    }

    #[test]
    fn only_the_ids_of_the_menus_entries_are_accepted() {
        fn ids_of(entry: &MenuEntry) -> Vec<&str> {
            match entry {
                MenuEntry::Does { id, .. } => vec![id],
                MenuEntry::More { entries, .. } => entries.iter().flat_map(ids_of).collect(),
                MenuEntry::Said(_) | MenuEntry::Rule => vec![],
            }
        }
        let shown = shown(&tray(TrayState::Fresh, vec![line(3, LineState::Refreshing)]));
        let ids: Vec<_> = shown.entries.iter().flat_map(ids_of).collect();
        assert_eq!(ids, ["copy 3", "refresh 3", "test 3", "open 3", "pause", "front", "quit"]);
        assert!(ids.iter().all(|id| pressed(id).is_some()));
        assert!(matches!(
            pressed("copy 3").unwrap().intent,
            Some(Intent::Share(ShareIntent::Copy { id: ConnectionId(3), .. }))
        ));
        assert!(pressed("open 3").unwrap().front && pressed("front").unwrap().intent.is_none());
        for id in ["", "copy", "copy x", "copy -1", "forget 3", "quit 3"] {
            assert!(pressed(id).is_none(), "{id}");
        }
    }
}
