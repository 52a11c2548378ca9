//! The name of the operating system, for a report.
//!
//! **Invariant:** the name is one line of printable characters, whatever the `os-release` file contains. Source of that
//! file's format: freedesktop.org/software/systemd/man/latest/os-release.html.

use std::env::consts::{ARCH, OS};
use std::fs::File;
use std::io::Read;

/// In bytes; many times the size of an `os-release` file.
const LONGEST: u64 = 64 * 1024;

/// In characters; no distribution's name is nearly as long.
const LONGEST_NAME: usize = 60;

/// The system, such as `linux x86_64 (Debian GNU/Linux 12 (bookworm))`; without the parentheses when there is no file.
pub fn in_words() -> String {
    let name = ["/etc/os-release", "/usr/lib/os-release"].iter().find_map(|path| pretty_name(&start_of(path)?));
    name.map_or_else(|| format!("{OS} {ARCH}"), |name| format!("{OS} {ARCH} ({name})"))
}

/// The `PRETTY_NAME` in the text of an `os-release` file; the last one counts, as in a shell.
pub fn pretty_name(os_release: &str) -> Option<String> {
    let mut values = os_release.lines().filter_map(|line| line.trim().strip_prefix("PRETTY_NAME="));
    let value = values.next_back()?.trim();
    let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let text =
        quoted('"').map(unescaped).or_else(|| quoted('\'').map(str::to_owned)).unwrap_or_else(|| value.to_owned());
    let name: String = text.chars().filter(|c| matches!(c, ' '..='~')).take(LONGEST_NAME).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Removes the backslashes that escape characters between double quotes.
fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    std::iter::from_fn(|| match chars.next()? {
        '\\' => chars.next(),
        plain => Some(plain),
    })
    .collect()
}

fn start_of(path: &str) -> Option<String> {
    let mut held = Vec::new();
    File::open(path).ok()?.take(LONGEST).read_to_end(&mut held).ok()?;
    Some(String::from_utf8_lossy(&held).into_owned())
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn the_name_is_read_in_any_quoting_style() {
        for line in [r#"PRETTY_NAME="Debian GNU/Linux 12 (bookworm)""#, "PRETTY_NAME='Debian GNU/Linux 12 (bookworm)'"]
        {
            let file = format!("NAME=\"Debian\"\r\n{line}\r\nID=debian\r\n");
            assert_eq!(pretty_name(&file).as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        }
        assert_eq!(pretty_name("PRETTY_NAME=Arch").as_deref(), Some("Arch"));
        assert_eq!(pretty_name("PRETTY_NAME=One\nPRETTY_NAME=Two").as_deref(), Some("Two"));
        assert_eq!(pretty_name(r#"PRETTY_NAME="The \"best\" \$ \\""#).as_deref(), Some(r#"The "best" $ \"#));
    }

    #[test]
    fn a_file_without_a_name_yields_none() {
        for file in
            ["", "NAME=Debian", "PRETTY_NAME=", "PRETTY_NAME=\"\"", "PRETTY_NAME=\"\u{7}\u{202e} \"", "#PRETTY_NAME=x"]
        {
            assert_eq!(pretty_name(file), None, "{file:?}");
        }
    }

    #[test]
    fn the_name_has_at_most_60_printable_characters() {
        let odd = format!("PRETTY_NAME=\"a\0b\u{1b}[31mc\u{202e}d{}", "x".repeat(10_000));
        let name = pretty_name(&odd).expect("a name");
        assert!(name.starts_with("\"ab[31mcdxxx"), "an open quote is a character like any other: {name}");
        assert_eq!(name.len(), 60);
    }

    #[test]
    fn this_systems_name_is_one_line() {
        let told = in_words();
        assert!(told.starts_with(&format!("{OS} {ARCH}")) && !told.contains('\n'), "{told}");
    }
}
