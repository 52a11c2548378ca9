//! The console's multi-DC setting of a client, and its secrets by data centre.

use maud::{Markup, html};

use super::to_copy;
use crate::MultiDc;
use crate::zoho::registry::Registration;

/// The settings of one client.
pub(crate) fn settings(client: &Registration, secrets: &[(String, String)]) -> Markup {
    html! {
        section.card aria-labelledby="settings" {
            h2 #settings { "Settings" }
            form method="post" action={ "/console/client/" (client.keys.client_id) "/settings" } {
                fieldset {
                    legend { "Multi DC" }
                    p.hint { "May people sign in whose account is in another data center?" }
                    @for multi_dc in MultiDc::EVERY {
                        label.option {
                            input type="radio" name="multi_dc" value=(multi_dc.key())
                                checked[client.multi_dc == multi_dc];
                            span { (multi_dc.label()) }
                        }
                    }
                }
                div.actions { button type="submit" { "Save" } }
            }
            @if client.multi_dc == MultiDc::PerRegion {
                h3 { "Client Secrets by data center" }
                @for (location, secret) in secrets {
                    (to_copy(&format!("Client Secret in {location}"), &format!("client-secret-{location}"), secret))
                }
                @if secrets.len() < 2 {
                    p.hint { "Practice plays no other data center at present." }
                }
            }
        }
    }
}

impl MultiDc {
    /// Its name in a form.
    fn key(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Shared => "shared",
            Self::PerRegion => "per-region",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|multi_dc| multi_dc.key() == key)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Off => "No, only from this data center",
            Self::Shared => "Use the same OAuth credentials for all data centers",
            Self::PerRegion => "Use a Client Secret of its own for each data center",
        }
    }
}
