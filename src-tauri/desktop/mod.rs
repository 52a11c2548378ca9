//! The desktop: the window, links, the browser, the clipboard, files. The only place that names Tauri.
//!
//! **Invariant:** one Keyfob per person. The second one hands its link to the first and ends; where the desktop cannot
//! tell it of the first, our own lock stops it before it opens the vault.

mod at_login;
mod audience;
mod browser;
mod clipboard;
mod commands;
pub(crate) mod condition;
mod deep_link;
mod file;
mod network;
mod notify;
mod panel_theme;
mod pictures;
mod practice_region;
mod quit;
mod scheme;
mod sealed;
mod tray;
mod tray_host;
mod web_process;
mod window;
mod world;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use keyfob_core::{Desk, Event};
use tauri::plugin::TauriPlugin;
use tauri::{
    App, AppHandle, Builder, Context, Manager, RunEvent, Wry, async_runtime, generate_context, generate_handler,
};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::watch;

use self::audience::Audience;
use self::clipboard::Clipboard;
use self::practice_region::PracticeRegion;
use self::quit::Quit;
use self::window::Ears;
use self::world::World;
use crate::engine::{self, Engine};
use crate::folders::Folders;
use crate::instance::{Instance, NotClaimed};
use crate::keychain::OsKeychain;
use crate::loopback::Loopback;
use crate::regions::RegionsFile;
use crate::scripts::Callers;
#[cfg(unix)]
use crate::scripts::socket;
use crate::unfinished::Unfinished;
use crate::vault_thread::VaultThread;
use crate::{launch, log, system};

/// A Keyfob that is just quitting holds its lock until what it waits for is done.
const ITS_QUITTING: Duration = Duration::from_secs(6);

/// A command holds it for as long as Zoho takes to answer.
const A_COMMAND: Duration = Duration::from_secs(45);

/// Whoever has our name on the bus and refuses may be just quitting.
const PAUSES: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];

/// Longer than the pauses, and than any desktop takes to answer.
const SILENCE: Duration = Duration::from_secs(12);

/// Runs until the person quits.
pub(crate) fn run() -> ExitCode {
    let Ok(app) = build() else {
        log::line(format_args!("could not start its window"));
        return ExitCode::FAILURE;
    };
    app.run(|_, event| {
        // Without its window Keyfob goes on; whoever quits says so.
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    ExitCode::SUCCESS
}

fn build() -> tauri::Result<App> {
    if launch::is_alone() {
        return furnished(Builder::default()).build(context());
    }
    // Whoever has our name may also say nothing, for ever.
    let _built_in_time = launch::alone_after(SILENCE);
    for pause in PAUSES {
        match furnished(Builder::default().plugin(only_one())).build(context()) {
            Err(tauri::Error::PluginInitialization(..)) => thread::sleep(pause),
            built => return built,
        }
    }
    // Nor does it speak for Keyfob then. Our own lock is what counts.
    furnished(Builder::default()).build(context())
}

fn context() -> Context {
    generate_context!()
}

/// Ends a second Keyfob once the first has its link; the first comes to the front where there was none.
fn only_one() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, arguments, _| {
        // A link is told of by itself, and who starts at login is there already.
        let of_no_person =
            |argument: &String| *argument == launch::HIDDEN || launch::link_in(argument.as_ref()).is_some();
        if !arguments.iter().skip(1).any(of_no_person) {
            window::raise(app);
        }
    })
}

fn furnished(builder: Builder<Wry>) -> Builder<Wry> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(at_login::plugin())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build())
        .invoke_handler(generate_handler![commands::dispatch, commands::snapshot])
        .setup(|app| {
            if let Err(why) = begin(app) {
                refuse(app.handle(), &why);
            }
            Ok(())
        })
}

fn begin(app: &App) -> Result<(), Refusal> {
    let Folders { kept, config } = Folders::of_this_person().ok_or(tauri::Error::UnknownPath)?;
    app.manage(claim(&kept)?);

    let handle = app.handle().clone();
    let regions = RegionsFile::in_folder(&config);
    let regions_file = regions.read();
    let (clipboard, unfinished) = (Clipboard::start(handle.clone())?, Unfinished::nothing());
    let callers = Callers::default();
    let quit = Quit::new(handle.clone(), clipboard.clone(), unfinished.clone());
    let world = World {
        app: handle.clone(),
        vault: VaultThread::start(kept.clone(), Arc::new(OsKeychain::default()))?,
        clipboard,
        regions,
        practice: Arc::new(PracticeRegion::default()),
        callers: callers.clone(),
        loopback: async_runtime::block_on(async { Loopback::start() }),
        unfinished,
        quit: quit.clone(),
    };
    let engine = async_runtime::block_on(async {
        Engine::start(Desk::default(), Arc::new(world), engine::wall_clock(), regions_file, system::in_words())
    });
    app.manage(engine.clone());
    app.manage(Audience::default());
    attend_to_programs(&kept, &engine, callers);
    deep_link::listen(app, &engine);
    watch_over(handle.clone(), &engine);
    quit.when_told();
    let (closed, dropped_on) = (engine.clone(), engine.clone());
    let closing = move || {
        let engine = closed.clone();
        async_runtime::spawn_blocking(move || engine.tell(Event::CloseAsked { tray: tray_host::is_there() }));
    };
    let dropped = move |dropped| dropped_on.tell(Event::FileDropped(dropped));
    engine.tell(Event::StartsAtLogin(at_login::is_on(&handle)));
    let (front, in_front) = watch::channel(false);
    notify::keep_telling(&handle, &engine, engine::wall_clock(), in_front);
    let ears = Ears { closing: Box::new(closing), dropped: Box::new(dropped), front };
    window::open(&handle, ears, launch::is_hidden())?;
    tray::show(&handle, &engine, engine::wall_clock());
    network::listen(&handle, &engine);
    window::stays_findable(&handle);
    Ok(())
}

/// Where no socket can be had, programs are told that Keyfob cannot be asked; all else works.
fn attend_to_programs(folder: &Path, engine: &Engine, callers: Callers) {
    #[cfg(unix)]
    if let Err(problem) = async_runtime::block_on(async { socket::attend(folder, engine.clone(), callers) }) {
        log::line(format_args!("programs cannot ask this Keyfob: {}", problem.kind()));
    }
    // Not there yet: a pipe with a name would do the same.
    #[cfg(not(unix))]
    let _ = (folder, engine, callers);
}

/// The engine outlives the window, unless it breaks.
fn watch_over(app: AppHandle, engine: &Engine) {
    let engine = engine.clone();
    async_runtime::spawn(async move {
        engine.ended().await;
        refuse(&app, &Refusal::Broke);
    });
}

fn claim(folder: &Path) -> Result<Instance, NotClaimed> {
    let since = Instant::now();
    // One with a window can be asked things, a command cannot.
    let patience = || if can_be_asked(folder) { ITS_QUITTING } else { A_COMMAND };
    loop {
        match Instance::claim(folder) {
            Err(NotClaimed::Taken) if since.elapsed() < patience() => {
                thread::sleep(Duration::from_millis(100));
            }
            claimed => return claimed,
        }
    }
}

#[cfg(unix)]
fn can_be_asked(folder: &Path) -> bool {
    async_runtime::block_on(socket::is_attended(folder))
}

#[cfg(not(unix))]
fn can_be_asked(_: &Path) -> bool {
    true
}

/// Why Keyfob does not begin, or go on.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("Keyfob is already running. Its window may be behind another one.")]
    Running,
    #[error("Keyfob made a mistake and has to close. What was saved is safe; please start it again.")]
    Broke,
    #[error("Keyfob cannot use its own folder: {0}.")]
    NoFolder(std::io::ErrorKind),
    #[error("Keyfob could not start: {0}.")]
    Desktop(#[from] tauri::Error),
    #[error("Keyfob could not start: {0}.")]
    NoThread(#[from] std::io::Error),
}

impl From<NotClaimed> for Refusal {
    fn from(why: NotClaimed) -> Self {
        match why {
            NotClaimed::Taken => Self::Running,
            NotClaimed::Failed(kind) => Self::NoFolder(kind),
        }
    }
}

/// Says why, and ends.
fn refuse(app: &AppHandle, why: &Refusal) {
    log::line(format_args!("{why}"));
    let ending = app.clone();
    app.dialog().message(why.to_string()).title("Keyfob").kind(MessageDialogKind::Error).show(move |_| ending.exit(1));
}
