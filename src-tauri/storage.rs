//! Storage: the vault and its key, the file of regions, live files, and who may write them.

pub mod atomic_file;
pub mod folders;
pub mod instance_lock;
pub mod job_queue;
pub mod keychain;
pub mod live_file;
pub mod regions_file;
pub mod vault;
pub mod vault_thread;
