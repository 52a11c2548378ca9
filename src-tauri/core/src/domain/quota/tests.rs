use proptest::prelude::*;

use crate::domain::custom_regions::PRACTICE;

use super::*;

fn at(seconds: u64) -> Moment {
    Moment::from_millis(1_795_424_400_000).plus(Duration::from_secs(seconds))
}

fn client() -> ClientQuota {
    ClientQuota::new(ClientKey { region: PRACTICE, client_id: "1000.X".into() })
}

#[test]
fn the_eleventh_token_waits_until_the_first_no_longer_counts() {
    let mut spent = Spent::default();
    for number in 0..10 {
        assert_eq!(spent.free_at(ACCESS_TOKENS, at(number)), None);
        spent.spend(ACCESS_TOKENS, at(number));
    }
    assert_eq!((spent.used(ACCESS_TOKENS, at(9)), spent.free_at(ACCESS_TOKENS, at(9))), (10, Some(at(600))));
    assert_eq!((spent.used(ACCESS_TOKENS, at(600)), spent.free_at(ACCESS_TOKENS, at(600))), (9, None));
    spent.give_back();
    assert_eq!(spent.free_at(ACCESS_TOKENS, at(9)), None);
}

#[test]
fn a_sixth_lasting_sign_in_waits_for_a_minute_to_end() {
    let mut client = client();
    for number in 0..5 {
        assert_eq!(client.code_free_at(true, at(number)), None);
        client.code(at(number));
        client.refresh_token(at(number));
    }
    assert_eq!(client.code_free_at(true, at(5)), Some(at(60)));
    assert_eq!(client.code_free_at(false, at(5)), None, "a sign-in for an hour needs no refresh token");
}

#[test]
fn a_users_twenty_first_refresh_token_ends_the_oldest() {
    let mut client = client();
    client.refresh_token(at(0));
    client.belongs_to(at(0), "ada@firm.example");
    for number in 1..=20 {
        client.refresh_token(at(number));
        client.belongs_to(at(number), "bob@firm.example");
    }
    client.refresh_token(at(21));
    assert_eq!(client.kept_by(Some("bob@firm.example")), 21, "the owner of the last one is not known yet");
    client.belongs_to(at(21), "bob@firm.example");
    assert_eq!((client.kept_by(Some("bob@firm.example")), client.kept_by(Some("ada@firm.example"))), (20, 1));
    client.ended(at(1));
    assert_eq!(client.kept_by(None), 20, "the oldest is not removed twice");
    client.ended(at(2));
    assert_eq!(client.kept_by(None), 19, "for an unknown user, the user with the most counts");
}

#[test]
fn an_ended_sign_in_of_an_unknown_client_counts_nothing() {
    let mut ledger = Quotas::default();
    ledger.ended(&CountedSignIn { client: client().key, at: at(0) });
    assert_eq!(ledger, Quotas::default());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A caller that asks before spending never spends an eleventh in any ten minutes, nor waits longer than that.
    #[test]
    fn at_most_ten_are_spent_in_ten_minutes(steps in prop::collection::vec((0_u64..400, any::<bool>()), 0..200)) {
        let (mut spent, mut all, mut now) = (Spent::default(), Vec::new(), at(0));
        for (seconds, waits) in steps {
            now = now.plus(Duration::from_secs(seconds));
            match spent.free_at(ACCESS_TOKENS, now) {
                Some(free) => {
                    prop_assert!(free > now && free <= now.plus(ACCESS_TOKENS.within));
                    if !waits { continue; }
                    now = free;
                }
                None => prop_assert!(spent.used(ACCESS_TOKENS, now) < ACCESS_TOKENS.most),
            }
            prop_assert_eq!(spent.free_at(ACCESS_TOKENS, now), None);
            spent.spend(ACCESS_TOKENS, now);
            all.push(now);
            let recent = all.iter().filter(|then| now.since(**then) < ACCESS_TOKENS.within).count();
            prop_assert!(recent <= 10);
        }
    }

    /// However the clock jumps, the next is free one window after the last use.
    #[test]
    fn no_clock_jump_delays_beyond_one_window(jumps in prop::collection::vec(0_u64..10_000_000, 1..30)) {
        let mut spent = Spent::default();
        for jump in &jumps {
            spent.spend(ACCESS_TOKENS, at(*jump));
        }
        let last = at(*jumps.last().unwrap());
        prop_assert_eq!(spent.free_at(ACCESS_TOKENS, last.plus(ACCESS_TOKENS.within)), None);
    }
}
