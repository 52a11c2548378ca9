//! `regions.json`: what a user may write into it, and what is reported when it is broken.

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

fn code(text: &str) -> RegionCode {
    RegionCode::new(text).unwrap()
}

fn form(code: &str, accounts: &str) -> RegionForm {
    RegionForm {
        code: code.to_owned(),
        name: "Our own".to_owned(),
        accounts: accounts.to_owned(),
        api: "https://www.zohoapis.example".to_owned(),
        cliq: "https://cliq.zoho.example".to_owned(),
        console: "https://api-console.zoho.example".to_owned(),
    }
}

/// Reads a file that must be refused, and asserts that it changed nothing.
fn refused(text: &str) -> (usize, String) {
    let mut regions = Regions::built_in();
    let broken = read_regions_file(text, &mut regions).unwrap_err();
    assert_eq!(regions, Regions::built_in(), "a broken file adds nothing, not even its valid entries");
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
fn an_empty_list_and_a_byte_order_mark_are_accepted() {
    let mut regions = Regions::built_in();
    read_regions_file("[]", &mut regions).unwrap();
    assert_eq!(regions, Regions::built_in());
    read_regions_file(&format!("\u{feff}{GOOD}"), &mut regions).unwrap();
    assert_eq!(regions.added().count(), 2);
    assert_eq!(write_regions_file(&Regions::built_in()), "[]");
}

#[test]
fn broken_json_is_reported_with_its_line() {
    let text = GOOD.replace("\"name\": \"Lab\",", "\"name\": \"Lab\"");
    assert_eq!(refused(&text), (line_of("http://localhost:4711"), "expected `,` or `}`".to_owned()));
    assert_eq!(refused(""), (1, "EOF while parsing a value".to_owned()));
    assert_eq!(refused("{}").0, 1);
    let cut = &GOOD[..GOOD.find("cliq.zoho.sg").unwrap()];
    assert_eq!(refused(cut), (line_of("cliq.zoho.sg"), "EOF while parsing a string".to_owned()));
}

#[test]
fn an_entry_that_is_not_a_region_is_reported_with_its_line() {
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
fn a_refused_region_is_reported_with_the_line_of_its_entry() {
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
fn lines_are_right_for_equal_entries_and_several_on_one_line() {
    let entry = |code: &str, accounts: &str| {
        let mut form = form(code, accounts);
        form.name = "[1, 2]".to_owned();
        serde_json::to_string(&form).unwrap()
    };
    let (first, second) = (entry("aa", "https://a.example.org"), entry("bb", "https://b.example.org"));
    let text = format!("[{first},{second},\n{second}]");
    assert_eq!(refused(&text), (2, RegionRefused::CodeTwice.to_string()));
}

#[test]
fn the_practice_region_is_not_a_user_added_one() {
    let mut regions = Regions::built_in();
    let mut practice = form("here", "http://localhost:4711").read().unwrap();
    practice.code = PRACTICE;
    regions.add_unlisted(practice.clone()).unwrap();
    assert_eq!(regions.find(&PRACTICE), Some(&practice));
    assert_eq!(regions.added().count(), 0);
}

#[test]
fn a_form_is_read_without_surrounding_blanks() {
    let region = form(" sg ", " https://accounts.zoho.sg/ ").read().unwrap();
    assert_eq!(region.code, code("sg"));
    assert_eq!(region.accounts.as_str(), "https://accounts.zoho.sg");
}

#[test]
fn a_refused_form_names_the_invalid_field() {
    let good = || form("sg", "https://accounts.zoho.sg");
    let why = |form: RegionForm| form.read().unwrap_err().to_string();
    assert_eq!(
        why(RegionForm { code: "S G".into(), ..good() }),
        "the code must be two to sixteen lower-case letters, digits or hyphens"
    );
    assert_eq!(why(RegionForm { code: "practice".into(), ..good() }), "a region with that code is built in");
    assert_eq!(why(RegionForm { name: "  ".into(), ..good() }), "the name is missing");
    let path = "https://www.zohoapis.example/v2".to_owned();
    assert_eq!(
        why(RegionForm { api: path, ..good() }),
        "the API address must be only https:// and a host, with no path after it"
    );
    assert_eq!(
        why(RegionForm { cliq: "ftp://cliq.example".into(), ..good() }),
        "the Cliq address must begin with https://"
    );
    assert_eq!(why(RegionForm { console: "api console".into(), ..good() }), "the console address is not a web address");
    assert_eq!(why(form("sg", "mailto:a@b.example")), "the accounts address is not a web address");
}

#[test]
fn a_long_or_invisible_region_name_is_refused() {
    let named = |name: &str| {
        let https = |host: &str| format!("https://{host}.sandbox.example");
        let (accounts, api, cliq, console) = (https("accounts"), https("api"), https("cliq"), https("console"));
        RegionForm { code: "sandbox".into(), name: name.into(), accounts, api, cliq, console }.read()
    };
    assert!(named(&"x".repeat(60)).is_ok());
    for name in ["Eur\u{202e}epo", "Euro\u{200b}pe", "Euro\npe", &"x".repeat(61)] {
        assert_eq!(named(name).unwrap_err(), RegionRefused::NameUnseen, "{name:?}");
    }
}
