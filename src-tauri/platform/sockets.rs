//! Which users own the TCP sockets of this computer: who listens on a port, and who is the peer of a connection.
//!
//! Only Linux tells, in `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)). On other systems nothing is looked up; not
//! tested there.

pub(crate) mod listener;
pub(crate) mod peer;
#[cfg(any(target_os = "linux", test))]
mod table;

#[cfg(test)]
mod tests;
