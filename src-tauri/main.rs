//! The program `keyfob`: the command line, which links, menus and logins start too.

keyfob::program!(keyfob::run());
