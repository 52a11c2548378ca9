//! `regions.json`: what a person may write into it, and what is said when it is broken.

use super::*;

const GOOD: &str = r#"[
  {
    "code": "sg",
    "name": "Singapore",
    "accounts": "https://accounts.zoho.sg",
    "api": "https://www.zohoapis.sg",
    "cliq": "https://cliq.zoho.sg",
    "console": "https://api-console.zoho.sg"
  },
  {
    "code": "lab",
    "name": "Lab",
    "accounts": "http://localhost:4711",
    "api": "http://localhost:4711",
    "cliq": "http://localhost:4711",
    "console": "http://localhost:4711"
  }
]"#;

/// Reads a file that must be refused, and shows that it changed nothing.
fn refused(text: &str) -> (usize, String) {
    let mut regions = Regions::built_in();
    let broken = read_regions_file(text, &mut regions).unwrap_err();
    assert_eq!(regions, Regions::built_in(), "a broken file adds nothing, not even its good entries");
    (broken.line, broken.reason)
}

fn line_of(needle: &str) -> usize {
    1 + GOOD[..GOOD.find(needle).unwrap()].matches('\n').count()
}

#[test]
fn a_good_file_adds_its_regions_and_is_written_back_as_it_was() {
    let mut regions = Regions::built_in();
    read_regions_file(GOOD, &mut regions).unwrap();
    let added: Vec<&str> = regions.added().map(|r| r.name.as_str()).collect();
    assert_eq!(added, ["Singapore", "Lab"]);
    assert_eq!(write_regions_file(&regions), GOOD);
}

#[test]
fn an_empty_list_and_a_byte_order_mark_are_fine() {
    let mut regions = Regions::built_in();
    read_regions_file("[]", &mut regions).unwrap();
    assert_eq!(regions, Regions::built_in());
    read_regions_file(&format!("\u{feff}{GOOD}"), &mut regions).unwrap();
    assert_eq!(regions.added().count(), 2);
    assert_eq!(write_regions_file(&Regions::built_in()), "[]");
}

#[test]
fn broken_json_is_named_with_its_line() {
    let text = GOOD.replace("\"name\": \"Lab\",", "\"name\": \"Lab\"");
    assert_eq!(refused(&text), (line_of("http://localhost:4711"), "expected `,` or `}`".to_owned()));
    assert_eq!(refused(""), (1, "EOF while parsing a value".to_owned()));
    assert_eq!(refused("{}").0, 1);
    let cut = &GOOD[..GOOD.find("cliq.zoho.sg").unwrap()];
    assert_eq!(refused(cut), (line_of("cliq.zoho.sg"), "EOF while parsing a string".to_owned()));
}

#[test]
fn an_entry_that_is_no_region_is_named_with_its_line() {
    let text = GOOD.replace("\"cliq\": \"http://localhost:4711\",\n", "\n");
    let (line, reason) = refused(&text);
    assert!((line_of("lab")..=GOOD.lines().count()).contains(&line), "{line}");
    assert_eq!(reason, "missing field `cliq`");

    let text = GOOD.replace("\"console\": \"http", "\"consoul\": \"http");
    let (line, reason) = refused(&text);
    assert_eq!(line, line_of("\"console\""));
    assert!(reason.starts_with("unknown field `consoul`"), "{reason}");

    let text = GOOD.replace("[\n", "[\n\n 7,\n");
    let wanted = "invalid type: integer `7`, expected a region: {code, name, accounts, api, cliq, console}";
    assert_eq!(refused(&text), (3, wanted.to_owned()));
}

#[test]
fn a_region_that_is_refused_is_named_with_the_line_its_entry_begins_on() {
    let entry = line_of("lab") - 1;
    let refusal = |from: &str, to: &str| refused(&GOOD.replace(from, to));

    let plain_http = refusal("\"cliq\": \"http://localhost:4711", "\"cliq\": \"http://cliq.zoho.sg");
    assert_eq!(plain_http, (entry, "the Cliq address must begin with https://".to_owned()));
    assert_eq!(refusal("\"lab\"", "\"eu\""), (entry, RegionRefused::CodeTaken.to_string()));
    assert_eq!(refusal("\"lab\"", "\"practice\""), (entry, RegionRefused::CodeTaken.to_string()));
    assert_eq!(refusal("\"lab\"", "\"sg\""), (entry, RegionRefused::CodeTwice.to_string()));
    assert_eq!(refusal("\"lab\"", "\"Lab!\""), (entry, RegionRefused::Code.to_string()));
    let mixed_up = refusal("\"accounts\": \"http://localhost:4711", "\"accounts\": \"https://accounts.zoho.eu");
    assert_eq!(mixed_up, (entry, RegionRefused::AccountsTaken.to_string()));
}

#[test]
fn entries_on_one_line_and_entries_alike_are_still_counted_right() {
    let entry = |code: &str, accounts: &str| {
        let mut form = form(code, accounts);
        form.name = "[1, 2]".to_owned();
        serde_json::to_string(&form).unwrap()
    };
    let (first, second) = (entry("aa", "https://a.example.org"), entry("bb", "https://b.example.org"));
    let text = format!("[{first},{second},\n{second}]");
    assert_eq!(refused(&text), (2, RegionRefused::CodeTwice.to_string()));
}
