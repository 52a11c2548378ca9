//! A desktop file, as far as links need it (freedesktop.org Desktop Entry Specification 1.5).

use std::path::Path;

/// The content of a desktop file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DesktopEntry {
    /// The name shown to the user.
    pub(crate) name: String,
    /// The program it starts: a path, or a name to look up.
    pub(crate) program: String,
    /// Whether it passes the link to the program.
    pub(crate) takes_links: bool,
}

impl DesktopEntry {
    /// Reads the file's main group; `None` when there is nothing to start.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let main = text
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "[Desktop Entry]")
            .skip(1)
            .take_while(|line| !line.starts_with('['));
        let pairs: Vec<(&str, &str)> = main
            .filter_map(|line| line.split_once('='))
            .map(|(key, value)| (key.trim_end(), value.trim_start()))
            .collect();
        let value = |key| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        if value("Hidden") == Some("true") {
            return None;
        }
        let command = value("Exec")?;
        let program = first_word(command);
        Some(Self {
            name: value("Name").unwrap_or(&program).to_owned(),
            takes_links: command.split_whitespace().any(|word| matches!(word, "%u" | "%U")),
            program,
        })
    }

    /// Returns the text of an entry for Keyfob that menus do not show.
    pub(crate) fn of(program: &Path, kinds: &[String]) -> String {
        let (program, kinds) = (quoted(&program.to_string_lossy()), kinds.join(";"));
        format!(
            "[Desktop Entry]\n\
             Type=Application\n\
             Name=Keyfob\n\
             Exec={program} %u\n\
             Icon=keyfob\n\
             Terminal=false\n\
             NoDisplay=true\n\
             MimeType={kinds};\n"
        )
    }
}

fn first_word(command: &str) -> String {
    let command = unescaped(command);
    let mut word = String::new();
    let mut letters = command.chars();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => word.extend(letters.next()),
            ' ' | '\t' if !quoted => break,
            other => word.push(other),
        }
    }
    word.replace("%%", "%")
}

/// Unescapes a value, which precedes unescaping its quoted parts.
fn unescaped(value: &str) -> String {
    let mut plain = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, letters.clone().next()) {
            ('\\', Some(escaped @ ('s' | 'n' | 't' | 'r' | '\\'))) => {
                letters.next();
                plain.push(match escaped {
                    's' => ' ',
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                });
            }
            _ => plain.push(letter),
        }
    }
    plain
}

/// Quotes a program's path for `Exec`, only if necessary: not every reader supports quotes.
pub(crate) fn quoted(program: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@".contains(c);
    if program.chars().all(plain) {
        return program.to_owned();
    }
    let mut quoted = String::from('"');
    for letter in program.chars() {
        match letter {
            '"' | '`' | '$' => quoted.extend(['\\', '\\', letter]),
            '\\' => quoted.push_str(r"\\\\"),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            '\t' => quoted.push_str(r"\t"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
