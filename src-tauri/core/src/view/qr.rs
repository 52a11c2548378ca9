//! A URL as a QR code, ready to be drawn.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// The width of the quiet zone on each side, by the standard.
const QUIET: i32 = 4;

/// A QR code: a square of modules, the dark ones as one SVG path.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Qr {
    /// The number of modules per side, quiet zone included.
    pub size: i32,
    /// The dark modules, with one subpath per horizontal run.
    pub path: String,
}

impl Qr {
    /// Encodes a text; `None` when it is too long for any QR code.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let rows = (0..code.size()).map(|y| row(&code, y));
        Some(Self { size: code.size() + 2 * QUIET, path: rows.collect() })
    }
}

/// The subpaths of one row. Outside the code, [`QrCode::get_module`] is light.
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

    use super::*;

    #[test]
    fn a_qr_code_has_a_quiet_zone_and_a_maximum_length() {
        let qr = Qr::of("https://accounts.zoho.eu/oauth/v3/device").unwrap();
        assert_eq!(qr.size, 29 + 8);
        let coordinates =
            qr.path.split('M').skip(1).filter_map(|run| run.split([' ', 'h']).next()?.parse::<i32>().ok());
        assert!(coordinates.clone().count() > 100 && coordinates.min() == Some(4));
        assert_eq!(Qr::of(&"x".repeat(5_000)), None);
    }
}
