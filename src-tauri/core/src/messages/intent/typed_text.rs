//! A text that the page sends as the user typed it.

use std::fmt;
use std::ops::Deref;

use serde::Deserialize;

/// A text that was typed or pasted into a field that is not for a secret. It may be one by mistake, so its `Debug` form
/// shows only its length.
#[derive(Clone, Deserialize, Eq, PartialEq)]
#[serde(transparent)]
pub struct TypedText(String);

impl Deref for TypedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for TypedText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for TypedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}
