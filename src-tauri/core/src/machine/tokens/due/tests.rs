use proptest::prelude::*;

use super::*;

fn at(millis: u64) -> Moment {
    Moment::from_millis(millis)
}

proptest! {
    /// It agrees with a scan of every connection, whatever places are given and taken.
    #[test]
    fn due_order_agrees_with_a_scan_of_every_connection(
        given in prop::collection::vec((0_u64..8, prop::option::of(0_u64..8)), 0..60),
        now in 0_u64..8,
    ) {
        let (mut due, mut each) = (Due::default(), BTreeMap::new());
        for (id, when) in given {
            due.place(ConnectionId(id), when.map(at));
            each.insert(ConnectionId(id), when.map(at));
            let mut placed: Vec<_> = each.iter().filter_map(|(id, at)| Some(((*at)?, *id))).collect();
            placed.sort_unstable();
            let until: Vec<_> = placed.iter().filter(|(when, _)| *when <= at(now)).map(|(_, id)| *id).collect();
            prop_assert_eq!(due.until(at(now)).collect::<Vec<_>>(), until);
            prop_assert_eq!(due.first(), placed.first().map(|(when, _)| *when));
            let after = placed.iter().map(|(when, _)| *when).find(|when| *when > at(now));
            prop_assert_eq!(due.first_after(at(now)), after);
        }
    }
}
