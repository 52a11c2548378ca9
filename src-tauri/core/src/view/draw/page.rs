//! Draws a connection's own page: its meters and its activity.

use crate::Moment;
use crate::domain::connection::Connection;
use crate::domain::quota::{ACCESS_TOKENS, CODES, ClientKey, ClientQuota, REFRESH_TOKENS_KEPT, REFRESH_TOKENS_NEAR};
use crate::formats::export;
use crate::view::snapshot::{Level, Meter, Metered, Page};

use crate::domain::draft::Draft;
use crate::domain::open_page::OpenPage;
use crate::machine::desk::Desk;

/// The maximum number of entries drawn; the CSV table has all.
const SHOWN: usize = 30;

impl Desk {
    /// What only the open page of a connection shows.
    pub(super) fn page(&self, now: Moment) -> Option<Page> {
        let OpenPage::Connection(id) = self.page else { return None };
        let connection = self.kept.connections.get(&id)?;
        let client = self.kept.ledger.of(&ClientKey::from(&connection.registration));
        let entries = || connection.activity.newest(now);
        Some(Page {
            id,
            command: export::command(&connection.name),
            meters: meters_of(connection, client, now),
            totals: client.map(ClientQuota::totals).unwrap_or_default(),
            activity: entries().take(SHOWN).cloned().collect(),
            older: u32::try_from(entries().skip(SHOWN).count()).unwrap_or(u32::MAX),
        })
    }

    /// The meters of what an approval would spend.
    pub(super) fn meters_ahead(&self, draft: &Draft, now: Moment) -> Vec<Meter> {
        let client = draft.client().and_then(|key| self.kept.ledger.of(&key));
        let Some(client) = client else { return Vec::new() };
        let lasting = draft.keep_access.then(|| kept(draft.refresh_tokens_kept(&self.kept.connections, client)));
        lasting.into_iter().chain([codes(client, now)]).collect()
    }
}

fn meters_of(connection: &Connection, client: Option<&ClientQuota>, now: Moment) -> Vec<Meter> {
    let email = connection.identity.as_ref().map(|who| who.email.as_str());
    let tokens = connection.grant.renews().then(|| access_tokens(connection, now));
    client
        .map(|client| kept(client.kept_by(email)))
        .into_iter()
        .chain(tokens)
        .chain(client.map(|c| codes(c, now)))
        .collect()
}

fn kept(used: u32) -> Meter {
    let level = match used {
        REFRESH_TOKENS_KEPT.. => Level::Full,
        REFRESH_TOKENS_NEAR.. => Level::Near,
        _ => Level::Free,
    };
    Meter { what: Metered::SignIns, used, most: REFRESH_TOKENS_KEPT, level, free_at: None }
}

fn access_tokens(connection: &Connection, now: Moment) -> Meter {
    let spent = &connection.grant.spent;
    in_ten_minutes(
        Metered::AccessTokens,
        spent.used(ACCESS_TOKENS, now),
        ACCESS_TOKENS.most,
        spent.free_at(ACCESS_TOKENS, now),
    )
}

fn codes(client: &ClientQuota, now: Moment) -> Meter {
    in_ten_minutes(Metered::Codes, client.codes_used(now), CODES.most, client.code_free_at(false, now))
}

/// A meter over ten minutes. The level is near when at most two more are left.
fn in_ten_minutes(what: Metered, used: u32, most: u32, free_at: Option<Moment>) -> Meter {
    let level = if free_at.is_some() {
        Level::Full
    } else if used + 2 >= most {
        Level::Near
    } else {
        Level::Free
    };
    Meter { what, used, most, level, free_at }
}
