//! The words of comments and documents, held against the list in CONTRIBUTING.md.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;

use crate::{Source, files};

/// The phrases of the list's second column.
fn banned() -> Vec<String> {
    let contributing = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md")).unwrap();
    let (_, list) = contributing.split_once("## Words").unwrap();
    let (list, _) = list.split_once("\n## ").unwrap();
    let rows = list.lines().filter(|line| line.starts_with("| ")).skip(1);
    let second = rows.filter_map(|row| row.split('|').nth(2));
    second.flat_map(|cell| cell.split([',', ';'])).map(|phrase| phrase.trim().to_lowercase()).collect()
}

/// What people read in a file, line by line: comments of sources, the prose of documents. Code in backticks is left out.
fn prose(path: &str, text: &str) -> Vec<(usize, String)> {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let (is_document, is_source) = (ending == "md", ["rs", "ts", "svelte", "css"].contains(&ending));
    let comment = |line: &str| -> Option<String> {
        let line = line.trim_start();
        if is_document {
            return Some(line.to_owned());
        }
        if !is_source {
            return line.strip_prefix("# ").map(str::to_owned);
        }
        if line.starts_with("/*") || line.starts_with("* ") {
            return Some(line.to_owned());
        }
        let at = line.find("// ").or_else(|| line.find("/// ")).or_else(|| line.find("//! "))?;
        (at == 0 || line[..at].ends_with(' ')).then(|| line[at..].to_owned())
    };
    let lines = text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, comment(line)?)));
    lines.map(|(at, line)| (at, line.split('`').step_by(2).collect::<String>().to_lowercase())).collect()
}

fn has(line: &str, phrase: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(phrase).any(|(at, _)| {
        !is_letter(line[..at].chars().next_back()) && !is_letter(line[at + phrase.len()..].chars().next())
    })
}

#[test]
fn comments_and_documents_use_the_words_of_the_list() {
    let banned = banned();
    assert!(banned.len() > 20 && banned.contains(&"goes on".to_owned()), "the list was read: {banned:?}");
    let mut all: Vec<Source> =
        [".rs", ".ts", ".svelte", ".css", ".md", ".toml"].map(|ending| files(".", ending)).concat();
    all.extend(files(".ci", ""));
    // The list and this file have the phrases, and the history keeps them.
    all.retain(|source| !["CONTRIBUTING.md", "CHANGELOG.md", "tests/tidy/words.rs"].contains(&source.path.as_str()));
    assert!(all.len() > 500, "the files were listed: {}", all.len());
    let mut found = Vec::new();
    for Source { path, text } in &all {
        for (at, line) in prose(path, text) {
            let phrases = banned.iter().filter(|phrase| has(&line, phrase));
            found.extend(phrases.map(|phrase| format!("{path}:{at}: {phrase}")));
        }
    }
    assert!(found.is_empty(), "CONTRIBUTING.md has other words for these: {found:#?}");
}

#[test]
fn a_banned_phrase_is_found_as_whole_words() {
    assert!(has("// the work goes on", "goes on") && has("goes on, then", "goes on"));
    assert!(!has("// mushroom", "room") && !has("// rooms", "room"));
    assert_eq!(prose("a.rs", "let url = \"https://a\"; // the room `room`"), [(1, "// the room ".to_owned())]);
}

#[test]
fn test_names_have_at_most_60_characters() {
    let (mut tests, mut long) = (0, Vec::new());
    for Source { path, text } in files(".", ".rs") {
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if let Some((_, name)) = line.split_once("fn ").filter(|_| is_test) {
                let name = name.split(['(', '<']).next().unwrap_or_default();
                (is_test, tests) = (false, tests + 1);
                long.extend((name.len() > 60).then(|| format!("{path}: {name}")));
            }
        }
    }
    assert!(tests > 1_000, "the tests were read: {tests}");
    assert!(long.is_empty(), "a name that long is not read to its end: {long:#?}");
}
