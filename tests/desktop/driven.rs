//! The Keyfob that the desktop tests drive: WebDriver may steer its window, and they look for secrets in its memory.

keyfob::program!(keyfob::launch::Driver::Allowed);
