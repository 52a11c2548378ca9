//! Whether the terminal shows what is typed.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::HiddenInput;
#[cfg(unix)]
pub(crate) use unix::HiddenInput;
