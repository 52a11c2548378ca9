use super::{answer, intent, is_there, line, outcome, plain, script};
use crate::messages::event::Event;

/// The line for an event.
pub fn of_event(event: &Event) -> String {
    match event {
        // The first line of a report has the system.
        Event::Started { regions_file, system: _ } => {
            line("started", &[("regionsFile", outcome(regions_file, |file| is_there(file.as_ref())))])
        }
        Event::Asked(intent) => format!("asked: {}", intent::of_intent(intent)),
        Event::LinkArrived(link) => line("linkArrived", &[("bytes", link.len().to_string())]),
        Event::LoopbackAsked { request, target } => {
            line("loopbackAsked", &[("request", request.0.to_string()), ("bytes", target.len().to_string())])
        }
        Event::LoopbackRefused => line("loopbackRefused", &[]),
        Event::HttpsAsked => line("httpsAsked", &[]),
        Event::FileDropped(file) => line("fileDropped", &[("file", outcome(file, |_| "read".to_owned()))]),
        Event::CloseAsked { tray } => line("closeAsked", &[("tray", plain(*tray))]),
        Event::StartsAtLogin(on) => line("startsAtLogin", &[("on", plain(*on))]),
        Event::ScriptAsked { caller, request } => format!("script {} asked: {}", caller.0, script::of_request(request)),
        Event::ScriptLeft(caller) => format!("script {} left", caller.0),
        Event::Answered(ticket, answer) => format!("answered {}: {}", ticket.0, answer::of_answer(answer)),
        Event::Looked => line("looked", &[]),
        Event::Woke => line("woke", &[]),
        Event::NetworkBack => line("networkBack", &[]),
    }
}
