//! The package's manual and completions are generated from the command line's definition. `make manual` updates them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use keyfob::cli::EXIT_CODES;

const FOLDER: &str = "src-tauri/linux";

/// A page of the manual.
fn page(of: Command, others: &str) -> Vec<u8> {
    let mut page = Vec::new();
    let name = of.get_display_name().unwrap_or(of.get_name()).to_owned();
    let man = Man::new(of.disable_help_flag(true).disable_help_subcommand(true))
        .title(name)
        .source("Keyfob")
        .manual("Keyfob");
    man.render_title(&mut page).unwrap();
    man.render_name_section(&mut page).unwrap();
    man.render_synopsis_section(&mut page).unwrap();
    man.render_description_section(&mut page).unwrap();
    man.render_options_section(&mut page).unwrap();
    page.extend_from_slice(others.as_bytes());
    let codes = EXIT_CODES.iter().map(|(code, when)| format!(".TP\n{code}\n{when}\n"));
    page.extend(format!(".SH \"EXIT STATUS\"\n{}", codes.collect::<String>()).into_bytes());
    page
}

fn drawn() -> Vec<(String, Vec<u8>)> {
    let mut command = keyfob::cli::command();
    command.build();
    let mut files: Vec<(String, Vec<u8>)> = command
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help")
        .map(|verb| (format!("man1/keyfob-{}.1", verb.get_name()), page(verb.clone(), "")))
        .collect();
    let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
    let commands =
        verbs.map(|verb| format!(".TP\n\\fBkeyfob\\-{}\\fR(1)\n{}\n", verb.get_name(), verb.get_about().unwrap()));
    let commands =
        format!(".SH COMMANDS\n{}.PP\nWithout a command, Keyfob opens its window.\n", commands.collect::<String>());
    files.push(("man1/keyfob.1".to_owned(), page(keyfob::cli::command(), &commands)));
    for (name, shell) in [("keyfob.bash", Shell::Bash), ("_keyfob", Shell::Zsh), ("keyfob.fish", Shell::Fish)] {
        let mut script = Vec::new();
        generate(shell, &mut keyfob::cli::command(), "keyfob", &mut script);
        files.push((format!("completions/{name}"), script));
    }
    files
}

#[test]
fn the_manual_and_the_completions_match_the_command() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    for (name, text) in drawn() {
        let file = folder.join(&name);
        if std::env::var_os("KEYFOB_WRITE_MANUAL").is_some() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let there = fs::read(&file).unwrap_or_default();
        assert!(there == text, "{name} does not match the command; `make manual` updates it");
    }
    let pages = fs::read_dir(folder.join("man1")).unwrap().count();
    assert_eq!(pages, drawn().iter().filter(|(name, _)| name.starts_with("man1/")).count(), "no page is left over");
}
