//! Keeps other programs from reading this process's memory.
//!
//! **Invariant:** after [`keep_private`] a crash leaves no core dump, and on Linux no other program of the same user
//! can read this memory or attach a debugger. Programs that Keyfob starts, such as the browser, inherit the first and
//! not the second.

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

/// Also keeps core dumps from a program that the system pipes them to, which ignores a limit of zero.
#[cfg(target_os = "linux")]
fn keeps_others_out() -> bool {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
}

// Windows error reports do not contain the whole memory unless an administrator configures that. Not tested there.
#[cfg(not(unix))]
fn leaves_no_core_dump() -> bool {
    true
}

// Other systems ask the user before one program may read another's memory. Not tested there.
#[cfg(not(target_os = "linux"))]
fn keeps_others_out() -> bool {
    true
}
