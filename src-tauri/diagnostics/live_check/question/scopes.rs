//! How permissions are spelled in requests to Zoho and in its responses.

use serde_json::Value;
use zoho_oauth::scope::Scopes;

use super::{About, Question, Verdict, of_parts};

/// How a token response names the granted permissions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Named {
    /// Whether only blanks separate the permissions.
    pub with_blanks: bool,
    /// How many were requested.
    pub asked: usize,
    /// How many of these are spelled as requested.
    pub same: usize,
    /// How many differ only in case.
    pub other_case: usize,
}

impl Named {
    /// Reads how a token response names these permissions; `None` when it has no `scope`.
    pub fn of(body: &[u8], asked: &Scopes) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let text = body.get("scope")?.as_str()?;
        let replied: Vec<&str> = text.split([' ', ',']).filter(|scope| !scope.is_empty()).collect();
        let count = |is_it: fn(&str, &str) -> bool| {
            asked.iter().filter(|scope| replied.iter().any(|replied| is_it(replied, scope.as_str()))).count()
        };
        let same = count(|replied, scope| replied == scope);
        let other_case = count(str::eq_ignore_ascii_case) - same;
        let with_blanks = text.contains(' ') && !text.contains(',');
        Some(Self { with_blanks, asked: asked.iter().count(), same, other_case })
    }
}

/// The observed spellings.
#[derive(Clone, Debug)]
pub struct Spelling {
    /// The response to an exchange; `None` when it names no permissions.
    pub reply: Option<Named>,
    /// Whether Zoho shows an error page for a permission in another case; `None` when not tried.
    pub case_stops: Option<bool>,
    /// The same for blanks between permissions.
    pub blanks_stop: Option<bool>,
}

impl Question for Spelling {
    const ABOUT: &'static About = &About {
        number: 10,
        title: "Do capitals and separators count in permissions?",
        steps: "The permissions of a token reply are compared with those asked for. Then you open two approval pages, one with small letters and one \
                with blanks instead of commas, and say whether Zoho shows an error. You need not approve.",
        assumption: "Zoho refuses a permission in other capitals and blanks between permissions; its reply has the same spelling, with blanks.",
        otherwise: "Keyfob asks with commas and in the spelling of Zoho's pages, and reads commas and blanks; a reply in other capitals it would take for \
                    other permissions.",
    };

    fn seen(&self) -> Vec<String> {
        let reply = self.reply.map_or_else(
            || "a token reply names no permissions".to_owned(),
            |named| {
                let with = if named.with_blanks { "blanks" } else { "something else than blanks" };
                let Named { asked, same, other_case, .. } = named;
                format!("of {asked} asked for, a reply names {same} as they were and {other_case} in other capitals, with {with} between them")
            },
        );
        let page = |what: &str, stops: Option<bool>| match stops {
            Some(true) => format!("{what} stop with an error page"),
            Some(false) => format!("{what} are taken"),
            None => format!("{what} were not tried"),
        };
        vec![reply, page("small letters", self.case_stops), page("blanks", self.blanks_stop)]
    }

    fn verdict(&self) -> Verdict {
        let reply = match self.reply {
            None => Verdict::Open,
            Some(named) if named.other_case > 0 => Verdict::Broken,
            Some(named) if named.with_blanks => Verdict::Confirmed,
            Some(_) => Verdict::Tolerated,
        };
        let page = |stops: Option<bool>| match stops {
            Some(true) => Verdict::Confirmed,
            Some(false) => Verdict::Tolerated,
            None => Verdict::Open,
        };
        of_parts(&[reply, page(self.case_stops), page(self.blanks_stop)])
    }
}
