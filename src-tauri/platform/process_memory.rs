//! Who can read this process's memory.
//!
//! **Invariant:** past [`keep_private`] a crash leaves no core dump, and on Linux no other program of the same user can
//! read this memory or attach a debugger. What Keyfob starts, the user's browser among it, inherits the first and not the second.

#[cfg(unix)]
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::diagnostics::log;

/// Makes the memory private, before it holds a secret. When the system refuses, Keyfob logs that and continues.
pub(crate) fn keep_private(may_be_looked_into: bool) {
    if !leaves_no_core_dump() {
        log::line(format_args!("a crash may leave a core dump"));
    }
    if !may_be_looked_into && !keeps_others_out() {
        log::line(format_args!("other programs may look into its memory"));
    }
}

#[cfg(unix)]
fn leaves_no_core_dump() -> bool {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_ok()
}

/// This also holds off what the system pipes core dumps to, for which a limit of none is no limit.
#[cfg(target_os = "linux")]
fn keeps_others_out() -> bool {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
}

// Error reports of Windows hold no whole memory unless an administrator says so. Not tested there.
#[cfg(not(unix))]
fn leaves_no_core_dump() -> bool {
    true
}

// Other systems ask the user before one program may look into another. Not tested there.
#[cfg(not(target_os = "linux"))]
fn keeps_others_out() -> bool {
    true
}
