//! The Keyfob that the desktop tests drive: WebDriver may control its window, and tests may read its memory.
//!
//! With `--bare-window` it opens an empty window instead, for comparison.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod bare_window;

use std::env;

use keyfob::app::launch::Driver;

keyfob::program!(if env::args_os().nth(1).is_some_and(|argument| argument == "--bare-window") {
    bare_window::run()
} else {
    keyfob_window::run(Driver::Allowed)
});
