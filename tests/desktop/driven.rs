//! The Keyfob that the desktop tests drive: WebDriver may steer its window, and they look for secrets in its memory.
//!
//! With `--bare-window` it opens an empty window instead, to measure Keyfob beside.

mod bare_window;

use std::env;

use keyfob::app::launch::Driver;

keyfob::program!(if env::args_os().nth(1).is_some_and(|argument| argument == "--bare-window") {
    bare_window::run()
} else {
    keyfob_window::run(Driver::Allowed)
});
