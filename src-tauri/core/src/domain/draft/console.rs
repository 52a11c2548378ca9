//! The console code that the draft expects or has.

use crate::domain::problem::Problem;
use crate::domain::redirect_method::RedirectMethod;

use super::Draft;

impl Draft {
    /// Whether the next input is a code from the console.
    pub(crate) fn takes_a_code(&self) -> bool {
        self.redirect_method() == RedirectMethod::ConsoleCode && self.candidate.is_none() && self.kept.is_none()
    }

    /// The problem of a failed exchange as seen with a console code, which is dropped unless it can be tried again.
    pub(crate) fn code_failed(&mut self, problem: Problem) -> Problem {
        // If Zoho said nothing about the code, it may still be valid.
        if !self.takes_a_code() || !problem.class().is_answer() || problem.is_of_the_client() {
            return problem;
        }
        self.console_code = None;
        if problem == Problem::CodeSpent { Problem::ConsoleCodeOver } else { problem }
    }
}
