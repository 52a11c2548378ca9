//! Parses scopes as the user typed them or a developer wrote them.
//!
//! Invariant: Zoho's own spellings are accepted as they are, and unknown scopes may be real; only a text that looks
//! like a known scope and is not one is refused, with a suggestion.

use serde::Serialize;

use zoho_oauth::scope::{NOT_REAL, Scope, Scopes, is_known, listed};
use zoho_oauth::text::{LEFT_OUT, clean, shown};
use zoho_oauth::value::ZohoValue;

/// Services in a spelling other than the catalogue's. `ZOHOPEOPLE` is from www.zoho.com/people/api/scopes.html; for
/// `Aaaserver` no Zoho page was found. Zoho's rules for letter case are unproven, so both are sent as typed.
const SPELT: [&str; 2] = ["ZOHOPEOPLE", "Aaaserver"];

/// Scopes in a spelling other than the catalogue's: that of zoho.com/accounts/protocol/oauth/scope.html.
const SPELT_SCOPES: [&str; 1] = ["ZohoCliq.channels.DELETE"];

/// A typed text that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScopeRefused {
    /// The text as typed.
    pub typed: String,
    /// Why it was refused.
    pub why: WhyNot,
    /// The scope that was probably meant.
    pub probably: Option<Scope>,
}

/// Why a typed scope was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum WhyNot {
    /// It does not have the shape of a scope.
    NotAScope,
    /// Scripts and blogs name it, but Zoho does not have it.
    NotReal,
    /// The right letters in the wrong case.
    LetterCase,
    /// An `s` for a `z`, or vice versa.
    Spelling,
    /// `ZohoCliq.` is missing in front.
    NoService,
    /// Letters that only look like Zoho's.
    Letters,
    /// A client ID.
    ClientId,
    /// A client secret.
    ClientSecret,
    /// A code or a token.
    CodeOrToken,
    /// A Cliq webhook token.
    WebhookToken,
    /// A web address.
    Address,
    /// An organisation's number.
    OrganisationId,
}

impl WhyNot {
    fn of(value: ZohoValue) -> Option<Self> {
        match value {
            ZohoValue::ClientId => Some(Self::ClientId),
            ZohoValue::ClientSecret => Some(Self::ClientSecret),
            ZohoValue::CodeOrToken => Some(Self::CodeOrToken),
            ZohoValue::WebhookToken => Some(Self::WebhookToken),
            ZohoValue::Address => Some(Self::Address),
            ZohoValue::OrganisationId => Some(Self::OrganisationId),
            ZohoValue::Scopes => None,
        }
    }
}

/// Reads the input: one scope, with any blanks in it, or several separated by blanks, commas or semicolons.
pub fn read_typed(text: &str) -> Result<Scopes, ScopeRefused> {
    let whole = clean(text);
    // It may be a secret, so its kind is named and its text is not repeated.
    if let Some(why) = ZohoValue::of(&whole).and_then(WhyNot::of) {
        return Err(ScopeRefused { typed: LEFT_OUT.to_owned(), why, probably: None });
    }
    if let Some(scope) = Scope::new(&whole).ok().filter(is_known) {
        return Ok(std::iter::once(scope).collect());
    }
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).map(clean).filter(|p| !p.is_empty());
    let read: Vec<_> = parts.map(|part| read_one(&part)).collect();
    let shapeless = |r: &Result<Scope, ScopeRefused>| r.as_ref().is_err_and(|refused| refused.why == WhyNot::NotAScope);
    if read.iter().all(shapeless) {
        let (why, probably) = read_one(&whole).err().map_or((WhyNot::NotAScope, None), |it| (it.why, it.probably));
        return Err(ScopeRefused { typed: shown(text.trim()), why, probably });
    }
    read.into_iter().collect()
}

fn read_one(tidy: &str) -> Result<Scope, ScopeRefused> {
    let refused = |why, probably| Err(ScopeRefused { typed: shown(tidy), why, probably });
    let read = Scope::new(tidy);
    if let Some(scope) = read.as_ref().ok().filter(|s| is_known(s)) {
        return Ok(scope.clone());
    }
    let narrow = narrow(tidy);
    if let Some((_, meant)) = NOT_REAL.iter().find(|(name, _)| is_or_is_below(&narrow, name)) {
        return refused(WhyNot::NotReal, meant.and_then(|m| Scope::new(m).ok()));
    }
    if let Ok(scope) = &read
        && (SPELT.contains(&scope.service()) || SPELT_SCOPES.contains(&scope.as_str()))
    {
        return Ok(scope.clone());
    }
    if let Some(meant) = look_alike(&narrow) {
        return refused(why_not(tidy, &narrow, &meant), Some(meant));
    }
    read.or_else(|_| refused(WhyNot::NotAScope, None))
}

fn is_or_is_below(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    text.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The text with full-width characters made narrow.
fn narrow(text: &str) -> String {
    let narrowed = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrowed).collect()
}

/// The known scope that differs only in case, `s` for `z`, or a missing service.
fn look_alike(narrow: &str) -> Option<Scope> {
    let key = key_of(narrow);
    let with_service = format!("zohocliq.{key}");
    listed().find(|s| key_of(s.as_str()) == key).or_else(|| listed().find(|s| key_of(s.as_str()) == with_service))
}

fn key_of(text: &str) -> String {
    text.to_ascii_lowercase().replace("organization", "organisation")
}

fn why_not(tidy: &str, narrow: &str, meant: &Scope) -> WhyNot {
    if tidy != narrow {
        WhyNot::Letters
    } else if key_of(narrow) != key_of(meant.as_str()) {
        WhyNot::NoService
    } else if narrow.eq_ignore_ascii_case(meant.as_str()) {
        WhyNot::LetterCase
    } else {
        WhyNot::Spelling
    }
}

#[cfg(test)]
mod tests;
