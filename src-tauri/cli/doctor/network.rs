//! Checks whether Zoho can be reached, and whether its clock and this computer's agree.

use std::time::Duration;

use keyfob_core::{Moment, Problem};
use url::Url;
use zoho_oauth::region::Region;
use zoho_oauth::request::TransportError;

use super::{Check, in_words};
use crate::app::engine;
use crate::net::https::{self, Patience};

/// A smaller clock skew does no harm: tokens are valid for an hour.
const SKEW: Duration = Duration::from_mins(2);

const PATIENCE: Patience = Patience { connecting: Duration::from_secs(5), whole: Duration::from_secs(10) };

/// Returns one finding for each region, and one for the clock when any region's response has a date.
pub(super) async fn looks(regions: &[Region]) -> Vec<Check> {
    let mut found = Vec::new();
    let mut told = None;
    for region in regions {
        let accounts: Url = region.accounts.at("/");
        let host = region.accounts.host();
        match https::reach(&accounts, PATIENCE).await {
            Ok(date) => {
                told = told.or(date);
                found.push(Check::fine("Network", format!("{host} answers")));
            }
            Err(why) => found.push(Check::wrong("Network", in_words(&problem(why, host)))),
        }
    }
    found.extend(told.map(|theirs| clock(engine::wall_clock()(), theirs)));
    found
}

fn problem(why: TransportError, host: &str) -> Problem {
    let host = host.to_owned();
    match why {
        TransportError::Untrusted => Problem::Untrusted { host },
        TransportError::TimedOut => Problem::TimedOut { host },
        _ => Problem::Unreachable { host },
    }
}

fn clock(ours: Moment, theirs: Moment) -> Check {
    let (ahead, behind) = (ours.since(theirs), theirs.since(ours));
    let apart = ahead.max(behind);
    if apart < SKEW {
        return Check::fine("Clock", format!("agrees with Zoho's to {} s", apart.as_secs()));
    }
    let which = if ahead > behind { "ahead of" } else { "behind" };
    let minutes = apart.as_secs() / 60;
    Check::wrong("Clock", format!("is {minutes} min {which} Zoho's; set it, or tokens seem to end at the wrong time"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_skew_is_reported_with_size_and_direction() {
        let (nine, minute) = (Moment::from_millis(1_795_424_400_000), Duration::from_mins(1));
        assert_eq!(clock(nine.plus(minute), nine), Check::fine("Clock", "agrees with Zoho's to 60 s"));
        assert!(clock(nine, nine.plus(minute * 90)).said.starts_with("is 90 min behind Zoho's"));
        assert!(clock(nine.plus(minute * 2), nine).said.starts_with("is 2 min ahead of Zoho's"));
    }
}
