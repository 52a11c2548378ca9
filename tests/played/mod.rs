//! Runs one test again in a separate process, whose environment is set for that test alone.
#![allow(dead_code, unreachable_pub, clippy::print_stdout, reason = "each test uses what it needs of it")]

use std::process::Command;

const PLAYED: &str = "KEYFOB_TEST_PLAYED";

/// Whether this is the separate process.
pub fn is_played() -> bool {
    std::env::var_os(PLAYED).is_some()
}

/// Which of several variants this process runs.
pub fn part() -> String {
    std::env::var(PLAYED).expect("it is played")
}

/// Runs the test with this environment and without a proxy.
pub async fn play(test: &str, environment: &[(&str, &str)]) {
    play_part(test, "yes", environment).await;
}

/// Runs the test with this environment, as this variant.
pub async fn play_part(test: &str, part: &str, environment: &[(&str, &str)]) {
    let mut play = Command::new(std::env::current_exe().unwrap());
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        play.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    play.args(["--exact", test, "--nocapture"]).envs(environment.iter().copied()).env(PLAYED, part);
    let played = tokio::task::spawn_blocking(move || play.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&played.stdout);
    let why = String::from_utf8_lossy(&played.stderr);
    assert!(played.status.success() && said.contains("1 passed"), "{part} of {test}: {said}{why}");
    for figure in said.lines().filter(|line| line.starts_with("figure: ")) {
        println!("{figure}");
    }
}
