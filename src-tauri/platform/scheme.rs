//! Which program opens the links of a scheme.
//!
//! **Invariant:** Keyfob never takes a scheme from another installed program, but reports its owner. It claims a scheme
//! without an owner, of a removed program or of another copy of Keyfob.

use keyfob_core::Problem;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::entry;
#[cfg(target_os = "linux")]
pub use linux::{Desktop, program};

/// Whether every Keyfob scheme leads to this program; repairs nothing. Fails when another program owns one.
#[cfg(target_os = "linux")]
pub(crate) async fn look() -> Result<bool, Problem> {
    let nowhere = Problem::LinkNotOurs { owner: None };
    let (Ok(program), Some(data)) = (program(std::env::var_os("APPIMAGE")), dirs::data_dir()) else {
        return Err(nowhere);
    };
    Desktop::new(program, &data).lost().await.map(|lost| lost.is_empty())
}

/// The name of the program that opens web addresses; `None` when there is none.
#[cfg(target_os = "linux")]
pub(crate) async fn browser() -> Option<String> {
    Desktop::new(program(None).ok()?, &dirs::data_dir()?).owner("https").await
}

/// Always true: the installer registers the schemes.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn look() -> Result<bool, Problem> {
    Ok(true)
}

/// The system's browser, which always exists.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn browser() -> Option<String> {
    Some("the system's".to_owned())
}
