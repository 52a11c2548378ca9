//! Permissions typed by the user.

use keyfob_core::typed_scopes::read_typed;

/// Accepted permissions are printable scope tokens without a comma, as a request needs them.
pub fn typed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(scopes) = read_typed(&text) {
        for scope in scopes.iter() {
            assert!(scope.as_str().bytes().all(|b| b.is_ascii_graphic() && b != b','), "{scope:?}");
        }
    }
}
