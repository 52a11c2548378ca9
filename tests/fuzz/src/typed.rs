//! Permissions that a user types.

use keyfob_core::typed_scopes::read_typed;

/// What is taken goes into a request as words.
pub fn typed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(scopes) = read_typed(&text) {
        for scope in scopes.iter() {
            assert!(scope.as_str().bytes().all(|b| b.is_ascii_graphic() && b != b','), "{scope:?}");
        }
    }
}
