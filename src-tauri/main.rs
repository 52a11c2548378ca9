//! The Keyfob that users get.

keyfob::program!(keyfob::run(keyfob::launch::Driver::Refused));
