use std::time::Duration;

use keyfob_core::Moment;

use super::*;

/// 2026-11-23 09:00 UTC.
const NINE: Moment = Moment::from_millis(1_795_424_400_000);

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn an_entry_is_one_line_with_its_time_event_and_effects() {
    let recorder = FlightRecorder::default();
    recorder.begins(NINE, "asked: start");
    recorder.ends(&lines(&["save 3", "lookAt (at=2026-11-23T09:55:00Z)"]));
    recorder.begins(NINE.plus(Duration::from_secs(1)), "looked");
    recorder.ends(&[]);
    recorder.begins(NINE.plus(Duration::from_secs(2)), "asked: signIn (anyway=false)");
    assert_eq!(
        as_text(&recorder.entries()),
        "2026-11-23T09:00:00Z asked: start -> save 3; lookAt (at=2026-11-23T09:55:00Z)\n\
         2026-11-23T09:00:01Z looked\n\
         2026-11-23T09:00:02Z asked: signIn (anyway=false) -> not finished\n"
    );
}

// Shows ASVS 16.1.1.
#[test]
fn only_the_last_500_entries_are_kept() {
    let recorder = FlightRecorder::default();
    for nth in 0..1_234 {
        recorder.begins(NINE, &format!("event {nth}"));
        recorder.ends(&[]);
    }
    let entries = recorder.entries();
    assert_eq!(entries.len(), KEPT);
    assert_eq!((entries[0].event.as_str(), entries[KEPT - 1].event.as_str()), ("event 734", "event 1233"));
}

// Shows S9.
#[test]
fn entries_stay_bounded_and_fit_the_socket() {
    let recorder = FlightRecorder::default();
    let long = "\"ж\\\u{1b}\n".repeat(1_000);
    for _ in 0..KEPT {
        recorder.begins(NINE, &long);
        recorder.ends(&vec![long.clone(); 1_000]);
    }
    let nothing_said = FlightRecorder::default();
    nothing_said.begins(NINE, "");
    nothing_said.ends(&vec![String::new(); 1_000]);
    assert!(nothing_said.entries()[0].left_out > 700, "empty lines count as well");
    let entries = recorder.entries();
    for entry in &entries {
        let effects = entry.effects.as_ref().unwrap();
        let length: usize = effects.iter().map(String::len).sum();
        assert!(entry.event.len() + length <= LONGEST, "{entry:?}");
        assert!(entry.event.ends_with(CUT) && effects.len() + entry.left_out == 1_000);
    }
    let json = as_json(&entries);
    assert!(json.len() < 1024 * 1024, "a line on the socket may be that long: {}", json.len());
    assert_eq!(read_json(json.as_bytes()).unwrap(), entries);
    assert!(as_text(&entries[..1]).ends_with("; 999 more\n"), "{}", entries[0]);
}

#[test]
fn a_report_ends_with_the_newest_50_entries() {
    let recorder = FlightRecorder::default();
    for nth in 0..60 {
        recorder.begins(NINE, &format!("event {nth}"));
        recorder.ends(&[]);
    }
    let text = recorder.appended_to("Keyfob 1.0\nProblem: denied\n");
    let all: Vec<&str> = text.lines().collect();
    assert_eq!(all[..2], ["Keyfob 1.0", "Problem: denied"]);
    assert_eq!(all.len(), 3 + IN_A_REPORT);
    assert_eq!((all[3], all[52]), ("2026-11-23T09:00:00Z event 10", "2026-11-23T09:00:00Z event 59"));
}

#[test]
fn an_invalid_recording_is_not_read() {
    let entry = |event: &str| format!(r#"{{"at":"2026","event":{event:?},"effects":null,"left_out":0}}"#);
    assert_eq!(read_json(format!("[{}]", entry("looked")).as_bytes()).unwrap().len(), 1);
    let clears_the_screen = r#"[{"at":"2026","event":"\u001b[2J","effects":[],"left_out":0}]"#.to_owned();
    let breaks_a_line = r#"[{"at":"2026","event":"x","effects":["a\nb"],"left_out":0}]"#.to_owned();
    let too_many = format!("[{}]", vec![entry("looked"); KEPT + 1].join(","));
    let too_long = format!("[{}]", entry(&"x".repeat(LONGEST + 1)));
    for text in [clears_the_screen, breaks_a_line, too_many, too_long, String::new(), "{}".to_owned()] {
        assert_eq!(read_json(text.as_bytes()), None, "{}", &text[..text.len().min(80)]);
    }
}

// Shows S9.
#[test]
fn a_panicked_engine_leaves_one_owner_only_file() {
    let folder = tempfile::tempdir().unwrap();
    let left = CrashFile::in_folder(folder.path());
    assert_eq!(left.read(), Ok(None), "there is no file yet");

    let recorder = FlightRecorder::default();
    for event in ["first", "second"] {
        recorder.begins(NINE, event);
        assert!(left.leave(&recorder).contains("keyfob doctor --log"));
    }
    assert_eq!(left.read().unwrap().unwrap(), recorder.entries(), "the newest one replaced the older one");
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["flight-recorder.json"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = folder.path().join("flight-recorder.json").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    std::fs::write(folder.path().join("flight-recorder.json"), "notes of the user's").unwrap();
    assert_eq!(left.read(), Err(Unusable::NotOurs));
    assert_eq!(CrashFile::in_folder(&folder.path().join("gone")).leave(&recorder), "", "no file, no sentence about it");
}
