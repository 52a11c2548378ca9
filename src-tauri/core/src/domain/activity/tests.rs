use serde_json::json;

use super::*;

fn at(hours: u64) -> Moment {
    Moment::from_millis(1_795_392_000_000).plus(Duration::from_hours(hours))
}

// Shows C5; ASVS 14.2.7.
#[test]
fn the_oldest_of_more_than_five_hundred_entries_are_dropped() {
    let mut activity = Activity::default();
    for minute in 0..600 {
        activity.note(Happened::Renamed, at(0).plus(Duration::from_mins(minute)));
    }
    let kept: Vec<_> = activity.newest(at(10)).map(|entry| entry.at).collect();
    assert_eq!(
        (kept.len(), kept[0], kept[499]),
        (MOST, at(0).plus(Duration::from_mins(599)), at(0).plus(Duration::from_mins(100)))
    );
}

#[test]
fn a_year_of_refreshes_folds_into_ninety_entries() {
    let mut activity = Activity::default();
    for hour in 0..365 * 24 {
        activity.note(Happened::Refreshed, at(hour));
    }
    assert_eq!(activity.0.len(), 90);
}

#[test]
fn an_entry_between_two_refreshes_does_not_stop_their_folding() {
    let mut activity = Activity::default();
    for (hour, what) in [(0, Happened::Refreshed), (1, Happened::Renamed), (2, Happened::Refreshed)] {
        activity.note(what, at(hour));
    }
    let told: Vec<_> = activity.newest(at(2)).map(|e| (e.what.clone(), e.at, e.last, e.times)).collect();
    assert_eq!(told, [(Happened::Refreshed, at(0), at(2), 2), (Happened::Renamed, at(1), at(1), 1)]);
}

#[test]
fn unknown_entries_are_dropped_and_the_rest_is_read() {
    let entry = |what: serde_json::Value| json!({ "at": 1, "last": 1, "times": 1, "what": what });
    let kept = json!([
        entry(json!({ "kind": "renamed" })),
        entry(json!({ "kind": "teleported", "to": "moon" })),
        entry(json!({ "kind": "failed", "act": "refresh", "problem": { "code": "moonPhase" } })),
        "no entry at all",
        entry(json!({ "kind": "copied", "shape": "token" })),
    ]);
    let activity: Activity = serde_json::from_value(kept).unwrap();
    let what: Vec<_> = activity.0.into_iter().map(|entry| entry.what).collect();
    assert_eq!(what, [Happened::Renamed, Happened::Copied { shape: Shape::Token }]);
}
