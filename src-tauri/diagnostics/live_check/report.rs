//! The report: one line for each question.
//!
//! **Invariant:** a line that contains a value from this check is left out.
#![expect(clippy::disallowed_methods, reason = "leaves every secret of the session out of the report")]

use std::fmt::Write;

use keyfob_core::Moment;
use secrecy::{ExposeSecret, SecretString};

use super::question::{About, EVERY, Question};
use super::verdict::Verdict;

/// The shortest value that is searched for, in bytes: shorter ones are words that occur in any line.
const SHORTEST_VALUE: usize = 6;

/// The result of one question.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The question.
    pub about: &'static About,
    /// The verdict on its assumption.
    pub verdict: Verdict,
    seen: Vec<String>,
}

impl Finding {
    /// The result of a question that was answered.
    pub fn of<Q: Question>(seen: &Q) -> Self {
        Self { about: Q::ABOUT, verdict: seen.verdict(), seen: seen.seen() }
    }

    /// The result of a question that was not finished.
    pub fn unfinished(about: &'static About, seen: Vec<String>) -> Self {
        Self { about, verdict: Verdict::Open, seen }
    }

    fn line(&self) -> String {
        let About { number, title, assumption, otherwise, .. } = self.about;
        let (verdict, seen) = (self.verdict, self.seen.join("; "));
        let otherwise = if verdict.is_broken() { format!(" {otherwise}") } else { String::new() };
        format!("{number}. {title} Seen: {seen}. Assumption: {assumption} This is {verdict}.{otherwise}")
    }
}

/// The report of one check.
#[derive(Clone, Debug)]
pub struct Report {
    /// The results, in the order in which the questions were asked.
    pub findings: Vec<Finding>,
    /// The number of grants that Zoho issued, and how many of them it has revoked.
    pub revoked: (usize, usize),
    text: String,
}

impl Report {
    /// Writes the report of a check in a region that ended at `now`. No line contains one of `values`.
    pub fn new(
        region: &str,
        now: Moment,
        findings: Vec<Finding>,
        revoked: (usize, usize),
        values: &[SecretString],
    ) -> Self {
        let mut text =
            format!("Keyfob {} asked Zoho, region {region}, until {}.\n", env!("CARGO_PKG_VERSION"), now.rfc3339());
        for about in EVERY {
            let found = findings.iter().find(|finding| finding.about.number == about.number);
            let line = found.map_or_else(|| skipped(about), Finding::line);
            let line = if holds_one(&line, values) { left_out(about) } else { line };
            // Writing to a String does not fail.
            let _ = writeln!(text, "{line}");
        }
        let (given, ended) = revoked;
        let _ = writeln!(text, "Revoked at the end: {ended} of the {given} grants that Zoho gave.");
        Self { findings, revoked, text }
    }

    /// The verdict on a question; `None` when it was skipped.
    pub fn verdict(&self, number: u8) -> Option<Verdict> {
        self.findings.iter().find(|finding| finding.about.number == number).map(|finding| finding.verdict)
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn skipped(about: &About) -> String {
    format!("{}. {} Skipped. Assumption: {} This is left open.", about.number, about.title, about.assumption)
}

fn left_out(about: &About) -> String {
    format!("{}. {} Asked, but the line held a value and was left out.", about.number, about.title)
}

fn holds_one(line: &str, values: &[SecretString]) -> bool {
    let is_in = |value: &str| value.len() >= SHORTEST_VALUE && line.contains(value);
    values.iter().any(|value| is_in(value.expose_secret()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::live_check::question::Limits;

    fn report(findings: Vec<Finding>, values: &[SecretString]) -> Report {
        Report::new("eu", Moment::from_millis(1_795_424_400_000), findings, (2, 1), values)
    }

    #[test]
    fn each_question_has_one_line_even_when_skipped() {
        let report = report(vec![Finding::of(&Limits { failed: 3, brought: 10, ended: None, throttled: true })], &[]);
        let lines: Vec<&str> = report.text().lines().collect();
        assert_eq!(lines.len(), EVERY.len() + 2);
        assert!(lines[0].ends_with("region eu, until 2026-11-23T09:00:00Z."), "{}", lines[0]);
        for (about, line) in EVERY.iter().zip(&lines[1..]) {
            assert!(line.starts_with(&format!("{}. {}", about.number, about.title)), "{line}");
            assert_eq!(line.contains(" Skipped. "), about.number != 9, "{line}");
        }
        assert!(lines[9].ends_with("This is confirmed."), "{}", lines[9]);
        assert_eq!(lines[13], "Revoked at the end: 1 of the 2 grants that Zoho gave.");
    }

    #[test]
    fn a_line_with_a_value_in_it_is_left_out() {
        let finding = Finding { about: EVERY[3], verdict: Verdict::Open, seen: vec!["it said hunter2".to_owned()] };
        let report = report(vec![finding], &["hunter2".into()]);
        assert!(!report.text().contains("hunter2") && report.text().contains("4. "), "{}", report.text());
    }
}
