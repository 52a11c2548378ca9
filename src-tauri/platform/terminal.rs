//! Hides the user's input at the terminal.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::HiddenInput;
#[cfg(unix)]
pub(crate) use unix::HiddenInput;
