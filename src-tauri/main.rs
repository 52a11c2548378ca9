//! The Keyfob that users get.

keyfob::program!(keyfob::run(keyfob::app::launch::Driver::Refused));
