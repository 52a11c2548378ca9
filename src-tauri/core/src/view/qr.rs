//! An address as a QR code, ready to be drawn.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// White on every side, by the standard.
const QUIET: i32 = 4;

/// A square of modules, dark ones drawn by one SVG path.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Qr {
    /// Modules on a side, the quiet ones included.
    pub size: i32,
    /// The dark modules: one subpath for each run in a row.
    pub path: String,
}

impl Qr {
    /// `None` when a text is too long for any code.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let rows = (0..code.size()).map(|y| row(&code, y));
        Some(Self { size: code.size() + 2 * QUIET, path: rows.collect() })
    }
}

/// Outside of the code all is light.
fn row(code: &QrCode, y: i32) -> String {
    let dark = |x: &i32| code.get_module(*x, y);
    let begins = (0..code.size()).filter(|x| dark(x) && !dark(&(x - 1)));
    let run = |x: i32| {
        let length = (x..code.size()).take_while(dark).count();
        format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET)
    };
    begins.map(run).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_qr_code_leaves_white_around_it_and_takes_no_book() {
        let qr = Qr::of("https://accounts.zoho.eu/oauth/v3/device").unwrap();
        assert_eq!(qr.size, 29 + 8);
        let coordinates =
            qr.path.split('M').skip(1).filter_map(|run| run.split([' ', 'h']).next()?.parse::<i32>().ok());
        assert!(coordinates.clone().count() > 100 && coordinates.min() == Some(4));
        assert_eq!(Qr::of(&"x".repeat(5_000)), None);
    }
}
