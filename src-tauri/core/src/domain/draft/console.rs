//! A code of the console that the draft waits for, or has.

use crate::domain::problem::Problem;
use crate::domain::redirect_method::RedirectMethod;

use super::Draft;

impl Draft {
    /// Whether a code of the console is what is wanted next.
    pub(crate) fn takes_a_code(&self) -> bool {
        self.redirect_method() == RedirectMethod::ConsoleCode && self.candidate.is_none() && self.kept.is_none()
    }

    /// What a failed exchange means for a code of the console, and whether it may be tried once more.
    pub(crate) fn code_failed(&mut self, problem: Problem) -> Problem {
        // Where Zoho said nothing about the code, it may still be good.
        if !self.takes_a_code() || !problem.class().is_answer() || problem.is_of_the_client() {
            return problem;
        }
        self.console_code = None;
        if problem == Problem::CodeSpent { Problem::ConsoleCodeOver } else { problem }
    }
}
