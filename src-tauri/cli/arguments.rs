//! The command line's arguments.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use keyfob_core::export_choice::Shape;

use super::exit_code;

/// The longest validity that can be requested. Zoho's access tokens expire after an hour.
const LONGEST: Duration = Duration::from_mins(59);

const ABOUT_TOKEN: &str = "Print an access token that is good for a while

The token goes to standard output and nothing else does. One that is nearly over is refreshed first, by the running Keyfob \
or, where none runs, by this command. The first time, Keyfob asks in a dialog whether scripts may read the connection.";

const ABOUT_REVOKE: &str = "End the tokens at Zoho and delete the connection

For a job that ends its work. The running Keyfob asks each time, in a dialog; where none runs, or nobody says yes within two \
minutes, nothing is done. Where Zoho does not confirm the end, the connection stays.";

const ABOUT_VERIFY: &str = "Ask a live Zoho account the questions that only it can settle, with a client made for that

Each question is explained and can be skipped. The command uses no connection of yours: it asks for the client that you made for it, \
stores nothing, and revokes at the end what Zoho gave. The report holds the shapes of Zoho's answers and no value of them.";

/// OAuth tokens for Zoho Cliq, for scripts
#[derive(Debug, Parser)]
#[command(name = "keyfob", version, after_help = exit_code::in_help())]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// List the connections and how they stand
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    #[command(about = "Print an access token that is good for a while", long_about = ABOUT_TOKEN)]
    Token {
        /// The connection: its name, or # and its number
        name: String,
        /// What to print
        #[arg(long, value_enum, default_value = "token")]
        format: Format,
        /// How long it has to be good for: 90s, 5m, 1h; 59m at most
        #[arg(long, value_name = "TIME", value_parser = time, default_value = "5m")]
        min_valid: Duration,
        /// Fetch a new one first, whatever is left of the old one: for when Cliq answered 401
        #[arg(long)]
        fresh: bool,
    },
    /// Fetch a new access token, whatever is left of the old one
    Refresh {
        /// The connection: its name, or # and its number
        name: String,
    },
    /// Make a harmless call to Cliq and say whether it works
    Test {
        /// The connection: its name, or # and its number
        name: String,
    },
    #[command(about = "End the tokens at Zoho and delete the connection", long_about = ABOUT_REVOKE)]
    Revoke {
        /// The connection: its name, or # and its number
        name: String,
    },
    /// Look at what Keyfob needs of this computer: links, keyring, tray, browser, network, clock, proxy
    Doctor {
        /// As a JSON array
        #[arg(long)]
        json: bool,
        /// Instead, print what Keyfob handled lately: kinds of events and problems, no names and no secrets
        #[arg(long)]
        log: bool,
    },
    #[command(about = "Ask a live Zoho account what only it can settle", long_about = ABOUT_VERIFY)]
    VerifyZoho {
        /// Write the report to this file as well; it must not be there yet
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Print completions for a shell
    Completions {
        /// Which one
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// The token alone
    Token,
    /// An Authorization header
    Header,
    /// Lines of a .env file
    Env,
    /// A JSON object
    Json,
    /// A curl command that reads one's own status
    Curl,
}

impl From<Format> for Shape {
    fn from(format: Format) -> Self {
        match format {
            Format::Token => Self::Token,
            Format::Header => Self::ZohoHeader,
            Format::Env => Self::DotEnv,
            Format::Json => Self::Json,
            Format::Curl => Self::Curl,
        }
    }
}

fn time(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (count, unit) = text.split_at(digits);
    let seconds = match unit {
        "" | "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        _ => None,
    };
    let whole = seconds.zip(count.parse().ok()).and_then(|(each, count): (u64, u64)| each.checked_mul(count));
    let time = Duration::from_secs(whole.ok_or("write it as 90s, 5m or 1h")?);
    if time > LONGEST { Err("Zoho's tokens live for an hour, so 59m is the most".to_owned()) } else { Ok(time) }
}

#[cfg(test)]
mod tests {

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_argument_definitions_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn durations_parse_up_to_59_minutes() {
        let read = |text| time(text).map(|t| t.as_secs());
        assert_eq!(
            [read("90s"), read("5m"), read("0"), read("59m"), read("120")].map(Result::unwrap),
            [90, 300, 0, 3540, 120]
        );
        for wrong in ["", "m", "5d", "-5m", "5 m", "1h", "60m", "99999999999999999999s", "5.5m", "٣m"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
