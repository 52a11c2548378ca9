//! Code that differs between operating systems and needs no window: link handlers, start at login, the tray host, file
//! and socket owners, the process's memory, and the system's name.

#[cfg(target_os = "linux")]
pub mod autostart;
pub(crate) mod file_access;
pub mod os_name;
pub(crate) mod process_memory;
pub(crate) mod programs;
pub mod scheme;
pub(crate) mod sockets;
pub(crate) mod terminal;
pub mod tray_host;
