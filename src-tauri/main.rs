//! The command line, and what links, menus and logins start.

keyfob::program!(keyfob::run());
