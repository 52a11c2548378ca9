//! The window that users get.

keyfob::program!(keyfob_window::run(keyfob::app::launch::Driver::Refused));
