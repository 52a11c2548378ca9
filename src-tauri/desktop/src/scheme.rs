//! The check that links of our schemes start this program.

use keyfob_core::Problem;
use tauri::AppHandle;

/// Proves it for every scheme, and repairs it where that may be done.
#[cfg(target_os = "linux")]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri::Manager;

    use keyfob::platform::scheme::{Desktop, program};

    let nowhere = |_| Problem::LinkNotOurs { owner: None };
    let program = program(app.env().appimage).map_err(nowhere)?;
    let data = app.path().data_dir().map_err(|_| Problem::LinkNotOurs { owner: None })?;
    Desktop::new(program, &data).prove().await
}

// Not tested there. The registry says whether the command is ours; whose it is otherwise, the plugin does not tell, so
// nothing is taken that the installer did not give.
#[cfg(windows)]
pub(super) async fn prove(app: &AppHandle) -> Result<(), Problem> {
    use tauri_plugin_deep_link::DeepLinkExt;

    let ours = keyfob::app::launch::SCHEMES.iter().all(|scheme| app.deep_link().is_registered(scheme).unwrap_or(false));
    if ours { Ok(()) } else { Err(Problem::LinkNotOurs { owner: None }) }
}

// Not tested there. The bundle's Info.plist registers the schemes, and the system keeps them.
#[cfg(target_os = "macos")]
pub(super) async fn prove(_: &AppHandle) -> Result<(), Problem> {
    Ok(())
}
