//! The Keyfob that users get.

keyfob::program!(keyfob::launch::Driver::Refused);
