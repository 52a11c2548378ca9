//! The window's program, as users get it.

keyfob::program!(keyfob_window::run(keyfob::app::launch::Driver::Refused));
