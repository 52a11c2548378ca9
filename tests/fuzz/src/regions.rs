//! The file of the regions that a user added.

use std::sync::LazyLock;

use keyfob_core::custom_regions::{read_regions_file, write_regions_file};
use zoho_oauth::region::Regions;

static BUILT_IN: LazyLock<Regions> = LazyLock::new(Regions::built_in);

/// A file adds all of its regions or none; no built-in one changes, and no two share an accounts server.
pub fn regions_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let before = &*BUILT_IN;
    let mut regions = before.clone();
    if read_regions_file(&text, &mut regions).is_err() {
        assert_eq!(&regions, before, "a refused file added a region");
        return;
    }
    assert!(before.iter().zip(regions.iter()).all(|(was, is)| was == is), "a built-in region was replaced");
    let mut accounts: Vec<&str> = regions.iter().map(|region| region.accounts.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    assert_eq!(accounts.len(), regions.iter().count(), "two regions share an accounts server");
    let mut again = before.clone();
    read_regions_file(&write_regions_file(&regions), &mut again).expect("what was written can be read");
    assert_eq!(again, regions);
}
