//! Leaks planted on purpose, one for each surface, to show that the watch finds each of them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use keyfob_core::Effect;
use keyfob_core::cli::CliReply;
use keyfob_core::effect::Sensitivity;
use secrecy::{ExposeSecret, SecretString};

use super::world::secret;

#[derive(Clone, Copy, Debug)]
pub enum Plant {
    Snapshot,
    Clipboard,
    File,
    Request,
    Script,
    Recorder,
}

impl Plant {
    pub const ALL: [Self; 6] =
        [Self::Snapshot, Self::Clipboard, Self::File, Self::Request, Self::Script, Self::Recorder];

    /// The start of the watch's message about this leak.
    pub fn named(self) -> &'static str {
        match self {
            Self::Snapshot => "the snapshot shows",
            Self::Clipboard => "the clipboard is given",
            Self::File => "a file is saved with",
            Self::Request => "is sent",
            Self::Script => "a script is given",
            Self::Recorder => "the flight recorder holds",
        }
    }

    /// Adds the leak to the Desk's output.
    pub fn leaks(self, shown: &mut String, effects: &mut [Effect], recorded: &mut [String]) {
        let refresh = || SecretString::from(secret('b', "eu", false));
        if matches!(self, Self::Snapshot) && shown.contains("\"candidate\":{") {
            shown.push_str(refresh().expose_secret());
        }
        if let (Self::Recorder, [_, .., last]) = (self, recorded) {
            last.push_str(refresh().expose_secret());
        }
        for effect in effects {
            match (self, effect) {
                (Self::Clipboard, Effect::Copy(_, text, Sensitivity::Plain)) => *text = refresh(),
                (Self::File, Effect::SaveFile(_, file)) => {
                    let leaky = format!("{}\n{}", file.content.expose_secret(), refresh().expose_secret());
                    file.content = leaky.into();
                }
                (Self::Request, Effect::Send(_, call)) if call.host().contains("evil") => {
                    call.form.get_or_insert_default().push(("state", refresh()));
                }
                (Self::Script, Effect::TellScript(_, told)) if !matches!(told, CliReply::Asking) => {
                    *told = CliReply::Token(refresh());
                }
                _ => {}
            }
        }
    }
}
