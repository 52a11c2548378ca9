//! The desktop: the window, links, the browser, the clipboard, files. Only this crate uses Tauri.
//!
//! **Invariant:** one Keyfob per user. Keyfob's own lock decides which one is the first, before a window is created; a
//! second one passes its link to the first one's socket and ends. Neither needs a bus.
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests look at secrets and the world")
)]

mod at_login;
mod browser;
#[cfg(target_os = "linux")]
mod bus_name;
mod clipboard;
mod commands;
mod confirm;
mod deep_link;
mod file;
mod instance_claim;
mod network_changes;
mod notify;
mod panel_theme;
mod pictures;
mod practice_region;
mod quit;
mod scheme;
mod sealed;
mod snapshot_stream;
mod start_error;
mod tray;
mod tray_gone;
mod web_process;
mod window;
mod world;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use keyfob::app::engine::{self, Engine};
use keyfob::app::in_flight::InFlight;
use keyfob::app::launch::{self, Driver, Mode};
use keyfob::cli;
use keyfob::diagnostics::flight_recorder::CrashFile;
use keyfob::diagnostics::log;
use keyfob::ipc::Callers;
use keyfob::ipc::{SecondStart, socket};
use keyfob::net::loopback::Loopback;
use keyfob::platform::os_name;
use keyfob::platform::tray_host;
use keyfob::storage::folders::Folders;
use keyfob::storage::job_queue::Queue;
use keyfob::storage::keychain::OsKeychain;
use keyfob::storage::regions_file::RegionsFile;
use keyfob::storage::vault_thread::VaultThread;
use keyfob_core::{Desk, Event};
use tauri::{
    App, AppHandle, Builder, Context, Manager, RunEvent, Wry, async_runtime, generate_context, generate_handler,
};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::watch;

use self::browser::Browser;
use self::clipboard::Clipboard;
use self::instance_claim::Claim;
use self::practice_region::PracticeRegion;
use self::quit::Quit;
use self::snapshot_stream::SnapshotStream;
use self::start_error::{StartError, refuse};
use self::window::WindowEvents;
use self::world::World;

/// Runs the window until the user quits; a second Keyfob ends as soon as it has notified the first. With a command in
/// the arguments, runs the command line.
pub fn run(driver: Driver) -> ExitCode {
    match launch::begin(driver) {
        Ok(Mode::Window) => opens(),
        Ok(Mode::CommandLine) => cli::run(std::env::args_os()),
        Err(ended) => ended,
    }
}

fn opens() -> ExitCode {
    #[cfg(target_os = "linux")]
    gtk::glib::set_prgname(Some(launch::NAME));
    #[cfg(unix)]
    let place = {
        let Some(place) = instance_claim::take().transpose() else { return ExitCode::SUCCESS };
        move || place
    };
    // The plugin finds the first Keyfob during its setup, so that runs before waiting for the lock.
    #[cfg(not(unix))]
    let place = || instance_claim::take().and_then(|place| place.ok_or(StartError::Running));
    let Ok(app) = with_plugins(only_one(Builder::default()), place).build(context()) else {
        log::line(format_args!("could not start its window"));
        return ExitCode::FAILURE;
    };
    app.run(|_, event| {
        // Keyfob keeps running without its window; quitting passes an exit code.
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    ExitCode::SUCCESS
}

fn context() -> Context {
    generate_context!("../../tauri.conf.json")
}

#[cfg(unix)]
fn only_one(builder: Builder<Wry>) -> Builder<Wry> {
    builder
}

// Not tested on these systems.
#[cfg(not(unix))]
fn only_one(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
        // The deep-link plugin delivers links, and a start at login shows no window.
        let of_no_person =
            |argument: &String| *argument == launch::HIDDEN || launch::link_in(argument.as_ref()).is_some();
        if !arguments.iter().skip(1).any(of_no_person) {
            window::raise(app);
        }
    }))
}

fn with_plugins(
    builder: Builder<Wry>,
    place: impl FnOnce() -> Result<Claim, StartError> + Send + 'static,
) -> Builder<Wry> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    at_login::with_plugins(builder)
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build())
        .invoke_handler(generate_handler![commands::dispatch, commands::snapshot])
        .setup(move |app| {
            if let Err(why) = place().and_then(|place| begin(app, place)) {
                refuse(app.handle(), &why);
            }
            Ok(())
        })
}

fn begin(app: &App, place: Claim) -> Result<(), StartError> {
    let (Folders { kept, config }, instance) = place;
    app.manage(instance);

    let handle = app.handle().clone();
    let regions = RegionsFile::in_folder(&config);
    let regions_file = regions.read();
    let (clipboard, in_flight) = (Clipboard::start(handle.clone())?, InFlight::nothing());
    let callers = Callers::default();
    let quit = Quit::new(handle.clone(), clipboard.clone(), in_flight.clone());
    let world = World {
        app: handle.clone(),
        vault: VaultThread::start(kept.clone(), Arc::new(OsKeychain::default()))?,
        clipboard,
        settings: Queue::start("settings", regions)?,
        practice: Arc::new(PracticeRegion::default()),
        callers: callers.clone(),
        browser: Browser::default(),
        loopback: async_runtime::block_on(async { Loopback::start() }),
        in_flight,
        quit: quit.clone(),
    };
    let engine = async_runtime::block_on(async {
        Engine::start(Desk::default(), Arc::new(world), engine::wall_clock(), regions_file, os_name::in_words())
    });
    app.manage(engine.clone());
    app.manage(SnapshotStream::default());
    attend_to_programs(&handle, &kept, &engine, callers, &quit);
    deep_link::listen(app, &engine);
    watch_over(handle.clone(), &engine, &kept);
    quit.when_told();
    let (closed, dropped_on) = (engine.clone(), engine.clone());
    let closing = move || {
        let engine = closed.clone();
        async_runtime::spawn_blocking(move || engine.tell(Event::CloseAsked { tray: tray_host::is_there() }));
    };
    let dropped = move |dropped| dropped_on.tell(Event::FileDropped(dropped));
    engine.tell(Event::StartsAtLogin(at_login::is_on(&handle)));
    let (front, in_front) = watch::channel(false);
    notify::start(&handle, &engine, engine::wall_clock(), in_front);
    let events = WindowEvents { closing: Box::new(closing), dropped: Box::new(dropped), front };
    window::open(&handle, events, launch::is_hidden())?;
    tray::show(&handle, &engine, engine::wall_clock());
    network_changes::listen(&handle, &engine);
    window::stays_findable(&handle);
    Ok(())
}

/// Serves the socket. When that fails, programs and a second start report that Keyfob does not answer.
fn attend_to_programs(app: &AppHandle, folder: &Path, engine: &Engine, callers: Callers, quit: &Quit) {
    let (app, heard, quit) = (app.clone(), engine.clone(), quit.clone());
    let takes_over = Arc::new(move |start| {
        if quit.has_begun() {
            return false;
        }
        match start {
            SecondStart::ByALink(link) => deep_link::hand_on(&link, &heard),
            SecondStart::ByUser => window::raise(&app),
            SecondStart::AtLogin => {}
        }
        true
    });
    let attended = async_runtime::block_on(async { socket::attend(folder, engine.clone(), callers, takes_over) });
    if let Err(problem) = attended {
        log::line(format_args!("programs cannot ask this Keyfob: {}", problem.kind()));
    }
}

/// Reports when the engine panics, which otherwise runs until the process ends.
fn watch_over(app: AppHandle, engine: &Engine, folder: &Path) {
    let (engine, left) = (engine.clone(), CrashFile::in_folder(folder));
    async_runtime::spawn(async move {
        engine.ended().await;
        let said = world::aside(move || left.leave(engine.recorder())).await;
        refuse(&app, &StartError::Broke(said.unwrap_or_default()));
    });
}
