//! A text that the page sent as it was typed.

use std::fmt;
use std::ops::Deref;

use serde::Deserialize;

/// A text that was typed or pasted into a field that is no secret's. It may be a secret all the same, by mistake, so only
/// its length is in its `Debug` form.
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
