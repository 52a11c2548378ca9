//! The Keyfob that the desktop tests drive: WebDriver may steer its window, and they look for secrets in its memory.
//!
//! With `--bare-window` it opens an empty window instead, to measure Keyfob beside.

mod bare_window;

use std::env;

use keyfob::launch::Driver;

keyfob::program!(match env::args().nth(1).as_deref() {
    Some("--bare-window") => bare_window::run(),
    _ => keyfob::run(Driver::Allowed),
});
