//! What is written: the vault's record, exports, files that are handed on.

pub(crate) mod activity_csv;
pub mod export;
pub mod handover_file;
pub mod new_file;
pub(crate) mod report;
pub mod setup_file;
pub(crate) mod vault_record;
