//! Keyfob
