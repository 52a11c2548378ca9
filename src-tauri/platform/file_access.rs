//! Who owns a file, and who may read or change it.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use other as imp;
#[cfg(unix)]
use unix as imp;

pub(crate) use imp::{
    belongs_to_this_user, flush_folder, folder_is_open_to_all, is_writable_by_others, open_no_follow, open_to_lock,
    restrict_file, restrict_folder,
};
