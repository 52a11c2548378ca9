//! The way home: that a link of ours leads to this very program.
//!
//! **Invariant:** a link is never taken from another living program; its owner is named instead. What belongs to no one,
//! to a program that is gone or to another copy of Keyfob is made ours.

use keyfob_core::Problem;
use tauri::AppHandle;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(super) use linux::{entry, program};

/// Proves it for every scheme, and repairs it where that may be done.
#[cfg(target_os = "linux")]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri::Manager;

    let nowhere = |_| Problem::LinkNotOurs { owner: None };
    let program = linux::program(app.env().appimage).map_err(nowhere)?;
    let applications = app.path().data_dir().map_err(|_| Problem::LinkNotOurs { owner: None })?;
    linux::Desktop::new(program, &applications).prove().await
}

/// Whether every scheme leads here, without repairing any.
#[cfg(target_os = "linux")]
pub(super) async fn look() -> Result<bool, Problem> {
    let nowhere = Problem::LinkNotOurs { owner: None };
    let (Ok(program), Some(applications)) = (linux::program(std::env::var_os("APPIMAGE")), dirs::data_dir()) else {
        return Err(nowhere);
    };
    linux::Desktop::new(program, &applications).lost().await.map(|lost| lost.is_empty())
}

/// The installer saw to it.
#[cfg(not(target_os = "linux"))]
pub(super) async fn look() -> Result<bool, Problem> {
    Ok(true)
}

// Not tested there. The registry says whether the command is ours; whose it is otherwise, the plugin does not tell, so
// nothing is taken that the installer did not give.
#[cfg(windows)]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri_plugin_deep_link::DeepLinkExt;

    let ours = crate::launch::SCHEMES.iter().all(|scheme| app.deep_link().is_registered(scheme).unwrap_or(false));
    if ours { Ok(()) } else { Err(Problem::LinkNotOurs { owner: None }) }
}

// Not tested there. The bundle's Info.plist registers the schemes, and the system keeps them.
#[cfg(target_os = "macos")]
pub(super) async fn prove(_: &AppHandle) -> Result<(), Problem> {
    Ok(())
}
