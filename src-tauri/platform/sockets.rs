//! Which users' programs have the TCP sockets of this computer: who listens at a port, and who is at the other end of a
//! connection.
//!
//! Only Linux says, in `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)). Elsewhere nothing is looked up, and none of this has
//! run there.

pub(crate) mod listener;
pub(crate) mod peer;
#[cfg(any(target_os = "linux", test))]
mod table;

#[cfg(test)]
mod tests;
