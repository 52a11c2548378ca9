//! Checks that links with Keyfob's schemes start this program.

use keyfob_core::Problem;
use tauri::AppHandle;

/// Checks every scheme, and repairs its registration where Keyfob may do so.
#[cfg(target_os = "linux")]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri::Manager;

    use keyfob::platform::scheme::{Desktop, program};

    let nowhere = |_| Problem::LinkNotOurs { owner: None };
    let program = program(app.env().appimage).map_err(nowhere)?;
    let data = app.path().data_dir().map_err(|_| Problem::LinkNotOurs { owner: None })?;
    Desktop::new(program, &data).prove().await
}

// Not tested on Windows. The registry says whether the command is Keyfob's; the plugin does not say who else owns it,
// so Keyfob takes over no scheme that the installer did not register.
#[cfg(windows)]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri_plugin_deep_link::DeepLinkExt;

    let ours = keyfob::app::launch::SCHEMES.iter().all(|scheme| app.deep_link().is_registered(scheme).unwrap_or(false));
    if ours { Ok(()) } else { Err(Problem::LinkNotOurs { owner: None }) }
}

// Not tested on macOS. The bundle's Info.plist registers the schemes with the system.
#[cfg(target_os = "macos")]
pub(super) async fn prove(_: &AppHandle) -> Result<(), Problem> {
    Ok(())
}
