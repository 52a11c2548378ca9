//! Leaks planted on purpose, one a surface, to show that the watch sees each of them.

use keyfob_core::Effect;
use keyfob_core::cli::CliReply;
use keyfob_core::effect::Sensitivity;
use secrecy::{ExposeSecret, SecretString};

use super::world::secret;

#[derive(Clone, Copy, Debug)]
pub enum Plant {
    Picture,
    Clipboard,
    File,
    Request,
    Script,
    Recorder,
}

impl Plant {
    pub const ALL: [Self; 6] =
        [Self::Picture, Self::Clipboard, Self::File, Self::Request, Self::Script, Self::Recorder];

    /// What the watch then says.
    pub fn named(self) -> &'static str {
        match self {
            Self::Picture => "the picture shows",
            Self::Clipboard => "the clipboard is given",
            Self::File => "a file is saved with",
            Self::Request => "is sent",
            Self::Script => "a script is given",
            Self::Recorder => "the flight recorder holds",
        }
    }

    /// Makes of what the Desk said what a Desk with such a leak would say.
    pub fn leaks(self, picture: &mut String, effects: &mut [Effect], recorded: &mut [String]) {
        let refresh = || SecretString::from(secret('b', "eu", false));
        if matches!(self, Self::Picture) && picture.contains("\"candidate\":{") {
            picture.push_str(refresh().expose_secret());
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
