#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| zoho_oauth_fuzz::run("device", bytes));
