#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

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
fn the_tenth_is_free_and_the_eleventh_waits_for_the_first_to_be_forgotten() {
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
fn five_lasting_sign_ins_in_a_minute_are_as_many_as_zoho_gives() {
    let mut client = client();
    for number in 0..5 {
        assert_eq!(client.code_free_at(true, at(number)), None);
        client.code(at(number));
        client.refresh_token(at(number));
    }
    assert_eq!(client.code_free_at(true, at(5)), Some(at(60)));
    assert_eq!(client.code_free_at(false, at(5)), None, "an hour only needs no refresh token");
}

#[test]
fn of_twenty_one_the_oldest_of_the_same_person_is_gone() {
    let mut client = client();
    client.refresh_token(at(0));
    client.belongs_to(at(0), "ada@firm.example");
    for number in 1..=20 {
        client.refresh_token(at(number));
        client.belongs_to(at(number), "bob@firm.example");
    }
    client.refresh_token(at(21));
    assert_eq!(client.kept_by(Some("bob@firm.example")), 21, "nobody knows yet whose the last one is");
    client.belongs_to(at(21), "bob@firm.example");
    assert_eq!((client.kept_by(Some("bob@firm.example")), client.kept_by(Some("ada@firm.example"))), (20, 1));
    client.ended(at(1));
    assert_eq!(client.kept_by(None), 20, "the oldest is not ended twice");
    client.ended(at(2));
    assert_eq!(client.kept_by(None), 19, "where it is not known who comes, the one with most counts");
}

#[test]
fn nothing_is_counted_for_a_sign_in_of_a_client_nobody_knows() {
    let mut ledger = Quotas::default();
    ledger.ended(&SignIn { client: client().key, at: at(0) });
    assert_eq!(ledger, Quotas::default());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever asks before spending never spends an eleventh in any ten minutes, and is never told to wait longer.
    #[test]
    fn there_are_never_eleven_in_ten_minutes(steps in prop::collection::vec((0_u64..400, any::<bool>()), 0..200)) {
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

    /// However the clock jumps, after one window from the last look the next is free.
    #[test]
    fn no_clock_locks_anybody_out(jumps in prop::collection::vec(0_u64..10_000_000, 1..30)) {
        let mut spent = Spent::default();
        for jump in &jumps {
            spent.spend(ACCESS_TOKENS, at(*jump));
        }
        let last = at(*jumps.last().unwrap());
        prop_assert_eq!(spent.free_at(ACCESS_TOKENS, last.plus(ACCESS_TOKENS.within)), None);
    }
}
