//! The questions of each machine to the host and the user. The question determines how its answer is read.

mod checks;
mod cli;
mod desk;
mod revoke;
mod share;
mod sign_in;
mod tokens;

pub(super) use checks::{Attempt, ChecksQuestion};
pub(super) use cli::{CliQuestion, ProgramAct};
pub(super) use desk::{ClipboardQuestion, DeskQuestion, StoreQuestion};
pub(super) use revoke::{RevokePath, RevokeQuestion, Whose};
pub(super) use share::{Handed, ShareQuestion};
pub(super) use sign_in::SignInQuestion;
pub(super) use tokens::TokensQuestion;
