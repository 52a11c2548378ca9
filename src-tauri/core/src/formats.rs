//! The written formats: the vault's record, exports, setups, handovers and reports.

pub(crate) mod activity_csv;
pub mod export;
pub mod handover_file;
pub mod new_file;
pub(crate) mod report;
pub mod setup_file;
pub(crate) mod vault_record;
