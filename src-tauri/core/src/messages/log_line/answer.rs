use zoho_oauth::request::{Outcome, Response};

use super::{done, is_there, line, outcome, plain, region};
use crate::domain::problem::disclosure;
use crate::messages::effect::{Answer, Opened};

/// The line for the answer to an effect.
pub(super) fn of_answer(answer: &Answer) -> String {
    let file = |picked: &Option<String>| is_there(picked.as_ref());
    let (name, told) = match answer {
        Answer::VaultOpened(opened) => ("vaultOpened", outcome(opened, of_opened)),
        Answer::Saved(saved) => {
            let noticed = |notice: &Option<_>| notice.as_ref().map_or_else(|| "done".to_owned(), disclosure::line);
            ("saved", outcome(saved, noticed))
        }
        Answer::RedirectChecked(proven) => ("redirectChecked", outcome(proven, done)),
        Answer::Listening(port) => ("listening", outcome(port, |port| plain(*port))),
        // A sign-in is bound to these values, so none is recorded.
        Answer::Drawn(_) => ("drawn", String::new()),
        Answer::BrowserOpened(opened) => ("browserOpened", outcome(opened, done)),
        Answer::Replied(outcome) => ("replied", of_reply(outcome)),
        Answer::Confirmed(decision) => ("confirmed", plain(*decision)),
        Answer::Copied(copied) => ("copied", outcome(copied, done)),
        // Not even its length: it may be one of the user's passwords.
        Answer::Pasted(pasted) => ("pasted", outcome(pasted, |_| "a text".to_owned())),
        Answer::FilePicked(picked) => ("filePicked", outcome(picked, |picked| is_there(picked.as_ref()))),
        Answer::FileSaved(saved) => ("fileSaved", outcome(saved, file)),
        Answer::PlaceChosen(chosen) => ("placeChosen", outcome(chosen, file)),
        Answer::LiveFileWritten(written) => ("liveFileWritten", outcome(written, done)),
        Answer::LiveFileRemoved(removed) => ("liveFileRemoved", outcome(removed, done)),
        Answer::Unsealed(Ok(_)) => ("unsealed", "done".to_owned()),
        Answer::Unsealed(Err(why)) => ("unsealed", format!("failed: {}", plain(*why))),
        Answer::RegionsSaved(saved) => ("regionsSaved", outcome(saved, |set_aside| is_there(set_aside.as_ref()))),
        Answer::StartsAtLogin(on) => ("startsAtLogin", outcome(on, |on| plain(*on))),
        Answer::PracticeStarted(started) => ("practiceStarted", outcome(started, |practice| region(&practice.code))),
    };
    if told.is_empty() { name.to_owned() } else { format!("{name}: {told}") }
}

fn of_opened(opened: &Opened) -> String {
    let Opened { record, notice, own_key } = opened;
    let mut fields = vec![("record", is_there(record.as_ref())), ("ownKey", is_there(own_key.as_ref()))];
    fields.extend(notice.as_ref().map(|problem| ("notice", disclosure::line(problem))));
    line("done", &fields)
}

fn of_reply(outcome: &Outcome) -> String {
    match outcome {
        Ok(Response { status, content_type, retry_after, body: _ }) => {
            let kind = content_type.as_deref().map_or("none", kind_of_content).to_owned();
            line(&plain(*status), &[("content", kind), ("retryAfter", is_there(retry_after.as_ref()))])
        }
        Err(why) => format!("failed: {}", plain(*why)),
    }
}

/// The server chose the text, so only the kinds are recorded that distinguish a web page from an API response.
fn kind_of_content(content_type: &str) -> &'static str {
    let kinds = ["application/json", "text/html", "text/plain"];
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    kinds.into_iter().find(|kind| essence.eq_ignore_ascii_case(kind)).unwrap_or("other")
}
