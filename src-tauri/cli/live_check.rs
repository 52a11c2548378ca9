//! `keyfob verify-zoho`: the live check at a terminal.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::thread;

use tokio::sync::oneshot;
use zoho_oauth::region::Regions;

use super::exit_code::Exit;
use super::output::Output;
use crate::app::engine::wall_clock;
use crate::diagnostics::live_check::person::{Person, Prompt, Said};
use crate::diagnostics::live_check::{self, report::Report};
use crate::platform::terminal::HiddenInput;
use crate::storage::atomic_file;

/// Runs the check at the terminal and returns the report. It is also written to `file`, which must not exist yet.
pub(super) async fn checks(file: Option<PathBuf>) -> Output {
    if let Some(file) = file.as_deref()
        && !matches!(atomic_file::is_there(file), Ok(false))
    {
        return Output::err(Exit::Failed, &format!("{} is there already, or cannot be looked at.", file.display()));
    }
    let stopped = async {
        // When the signal cannot be caught, only the user's input stops the check.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    match live_check::check(Terminal, Regions::built_in(), wall_clock(), stopped).await {
        None => Output::err(Exit::Failed, "Nothing was asked, for no region was named."),
        Some(report) => said(&report, file.as_deref()),
    }
}

fn said(report: &Report, file: Option<&Path>) -> Output {
    let saying = Output::out(report.text());
    match file.map(|file| atomic_file::replace(file, report.text().as_bytes())) {
        Some(Err(why)) => {
            saying.ends(Exit::Failed).with_note(&format!("The report could not be written: {}.", why.kind()))
        }
        Some(Ok(())) | None => saying,
    }
}

/// The user at the terminal. Questions go to standard error, because only the report goes to standard output.
struct Terminal;

impl Person for Terminal {
    fn tell(&mut self, text: &str) {
        // When standard error is closed, there is no user to answer either.
        let _ = writeln!(io::stderr(), "\n{text}");
    }

    async fn ask(&mut self, prompt: &Prompt<'_>) -> Said {
        // Before the question: the user may type as soon as it appears.
        let silence = prompt.is_secret().then(HiddenInput::begin).flatten();
        self.tell(&prompt.in_words());
        let _ = write!(io::stderr(), "> ");
        let line = line().await;
        if silence.is_some() {
            // The user's own line break was not shown.
            let _ = writeln!(io::stderr());
        }
        drop(silence);
        answered(line.as_deref())
    }
}

fn answered(line: Option<&str>) -> Said {
    match line.map(str::trim) {
        None | Some("q") => Said::Stop,
        Some("") => Said::Skip,
        Some(text) => Said::Text(text.into()),
    }
}

/// Reads one line; `None` at the end of the input. It is read on a separate thread, which is not joined when the check
/// ends meanwhile.
async fn line() -> Option<String> {
    let (answer, heard) = oneshot::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        let _ = answer.send(read.ok().filter(|bytes| *bytes > 0).map(|_| line));
    });
    heard.await.ok().flatten()
}
