//! Regions that the user adds, and the file that stores them: `[{code,name,accounts,api,cliq,console}]`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use zoho_oauth::region::{Origin, OriginRefused, Origins, Region, RegionCode, RegionConflict, Regions};
use zoho_oauth::text::is_invisible;

use crate::domain::problem::Problem;

/// The code of Practice, the Zoho inside the app.
pub const PRACTICE: RegionCode = RegionCode::from_static("practice");

/// The longest name of a region, in characters.
const LONGEST_NAME: usize = 60;

/// A region as the user types it, or as `regions.json` holds it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields, expecting = "a region: {code, name, accounts, api, cliq, console}")]
pub struct RegionForm {
    /// A short name of letters and digits.
    pub code: String,
    /// Its displayed name.
    pub name: String,
    /// The accounts origin.
    pub accounts: String,
    /// The API origin.
    pub api: String,
    /// The Cliq origin.
    pub cliq: String,
    /// The console origin.
    pub console: String,
}

/// Why a region was not added.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RegionRefused {
    /// The code is invalid.
    #[error("the code must be two to sixteen lower-case letters, digits or hyphens")]
    Code,
    /// The name is missing.
    #[error("the name is missing")]
    Name,
    /// The name is too long or has invisible characters.
    #[error("the name must be at most {LONGEST_NAME} characters, all of which can be seen")]
    NameUnseen,
    /// One of the four addresses is invalid.
    #[error("the {0} address {1}")]
    Address(&'static str, OriginRefused),
    /// A built-in region already has that code.
    #[error("a region with that code is built in")]
    CodeTaken,
    /// The file lists that code twice.
    #[error("the code is there twice")]
    CodeTwice,
    /// Another region already has that accounts server.
    #[error("another region has that accounts address")]
    AccountsTaken,
}

impl From<RegionConflict> for RegionRefused {
    fn from(conflict: RegionConflict) -> Self {
        match conflict {
            RegionConflict::CodeTaken => Self::CodeTaken,
            RegionConflict::AccountsTaken => Self::AccountsTaken,
        }
    }
}

/// Why `regions.json` was not used, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegionsFileBroken {
    /// The line, counted from 1; 0 when the reason has none.
    pub line: usize,
    /// The reason, in words.
    pub reason: String,
}

impl RegionForm {
    /// Parses the form into a region.
    pub fn read(&self) -> Result<Region, RegionRefused> {
        let origin = |which, text: &str| Origin::new(text).map_err(|why| RegionRefused::Address(which, why));
        if self.code.trim() == PRACTICE.as_str() {
            return Err(RegionRefused::CodeTaken);
        }
        let name = self.name.trim();
        if name.is_empty() {
            return Err(RegionRefused::Name);
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(|c| c.is_control() || is_invisible(c)) {
            return Err(RegionRefused::NameUnseen);
        }
        Ok(Region {
            code: RegionCode::new(self.code.trim()).ok_or(RegionRefused::Code)?,
            name: name.to_owned(),
            accounts: origin("accounts", &self.accounts)?,
            api: origin("API", &self.api)?,
            cliq: origin("Cliq", &self.cliq)?,
            console: origin("console", &self.console)?,
        })
    }
}

/// Adds the regions in the file's text to `regions`, all or none of them. A leading byte order mark, which some
/// editors write, is skipped.
pub fn read_regions_file(text: &str, regions: &mut Regions) -> Result<(), RegionsFileBroken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let forms: Vec<&serde_json::value::RawValue> = serde_json::from_str(text).map_err(|e| broken(e.line(), &e))?;
    let mut grown = regions.clone();
    let mut codes = BTreeSet::new();
    let mut from = 0;
    for raw in forms {
        let at = text[from..].find(raw.get()).map_or(from, |found| from + found);
        let line = 1 + text[..at].matches('\n').count();
        from = at + raw.get().len();
        let form: RegionForm = serde_json::from_str(raw.get()).map_err(|e| broken(line + e.line() - 1, &e))?;
        let once = form.read().and_then(|region| {
            if codes.insert(region.code.clone()) { Ok(region) } else { Err(RegionRefused::CodeTwice) }
        });
        let added = once.and_then(|region| Ok(grown.add(region)?));
        added.map_err(|why| RegionsFileBroken { line, reason: why.to_string() })?;
    }
    *regions = grown;
    Ok(())
}

/// The file's text for the regions that the user added.
pub fn write_regions_file(regions: &Regions) -> String {
    let added: Vec<&Region> = regions.added().collect();
    serde_json::to_string_pretty(&added).unwrap_or_else(|_| "[]".to_owned())
}

fn broken(line: usize, error: &serde_json::Error) -> RegionsFileBroken {
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or_default().to_owned();
    RegionsFileBroken { line, reason }
}

/// Looks up a region; fails when its addresses are no longer those that the secrets were `given` for.
pub(crate) fn region_at<'a>(
    regions: &'a Regions,
    code: &RegionCode,
    given: Option<&Origins>,
) -> Result<&'a Region, Problem> {
    let region = regions.find(code).ok_or_else(|| Problem::UnknownRegion { server: code.as_str().to_owned() })?;
    let now = regions.origins(code);
    let moved = given.zip(now.as_ref()).and_then(|(given, now)| given.difference(now));
    match moved {
        Some((was, now)) => {
            Err(Problem::RegionMoved { region: code.clone(), was: was.to_owned(), now: now.to_owned() })
        }
        None => Ok(region),
    }
}

/// Whether the problem is that a region's addresses changed since it was given secrets.
pub(crate) fn is_moved(problem: &Problem) -> bool {
    matches!(problem, Problem::RegionMoved { .. })
}

#[cfg(test)]
mod tests;
