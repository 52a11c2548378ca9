//! Which program opens links of a scheme.
//!
//! **Invariant:** a link is never taken from another living program; its owner is named instead. What belongs to no one,
//! to a program that is gone or to another copy of Keyfob is made ours.

use keyfob_core::Problem;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::entry;
#[cfg(target_os = "linux")]
pub use linux::{Desktop, program};

/// Whether every scheme of Keyfob leads to this program; nothing is repaired. Fails where one is another program's.
#[cfg(target_os = "linux")]
pub(crate) async fn look() -> Result<bool, Problem> {
    let nowhere = Problem::LinkNotOurs { owner: None };
    let (Ok(program), Some(data)) = (program(std::env::var_os("APPIMAGE")), dirs::data_dir()) else {
        return Err(nowhere);
    };
    Desktop::new(program, &data).lost().await.map(|lost| lost.is_empty())
}

/// The name of the program that opens addresses of the web; `None` where there is none.
#[cfg(target_os = "linux")]
pub(crate) async fn browser() -> Option<String> {
    Desktop::new(program(None).ok()?, &dirs::data_dir()?).owner("https").await
}

/// The installer saw to it.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn look() -> Result<bool, Problem> {
    Ok(true)
}

/// The system has one.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn browser() -> Option<String> {
    Some("the system's".to_owned())
}
