#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keyfob_fuzz::run("cli_request", bytes));
