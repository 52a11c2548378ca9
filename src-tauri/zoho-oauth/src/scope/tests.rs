//! Scopes: their grammar, what one covers, both separators, and the catalogue.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn scope(text: &str) -> Scope {
    Scope::new(text).unwrap()
}

fn scopes(list: &[&str]) -> Scopes {
    list.iter().map(|s| scope(s)).collect()
}

#[test]
fn a_scope_keeps_its_spelling() {
    for good in [
        "ZohoCliq.Channels.READ",
        "ZohoCliq.messages.CREATE",
        "ZohoCliq.Applications.update",
        "AaaServer.profile.READ",
        "ZohoCalendar.calendar.ALL",
        "Some_Service.x_1.READ",
        "openid",
        "email",
        "profile",
    ] {
        assert_eq!(scope(good).as_str(), good);
    }
    assert_eq!(scope("  ZohoCliq.Channels.READ\n").as_str(), "ZohoCliq.Channels.READ");
}

#[test]
fn text_that_is_not_a_scope_is_refused() {
    for bad in [
        "",
        " ",
        ".",
        "ZohoCliq",
        "ZohoCliq.",
        ".READ",
        "ZohoCliq..READ",
        "ZohoCliq.Channels.READ.",
        "ZohoCliq.Channels READ",
        "ZohoCliq.Channels.READ,ZohoCliq.Users.READ",
        "ZohoCliq.Channels.READ&prompt=none",
        "ZohoCliq.Chännels.READ",
        "ZohoCliq.Channels.READ\0",
        "https://cliq.zoho.eu",
        "OPENID",
    ] {
        assert_eq!(Scope::new(bad), Err(NotAScope), "{bad:?}");
    }
    assert_eq!(Scope::new(&format!("ZohoCliq.{}", "x".repeat(92))), Err(NotAScope));
    assert!(Scope::new(&format!("ZohoCliq.{}", "x".repeat(91))).is_ok());
    assert!(NotAScope.to_string().contains("ZohoCliq.Channels.READ"));
}

#[test]
fn all_covers_every_verb_of_its_resource() {
    for (held, wanted, covers) in [
        ("ZohoCliq.Channels.READ", "ZohoCliq.Channels.READ", true),
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Channels.READ", true),
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Channels.DELETE", true),
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Channels.ALL", true),
        ("ZohoCliq.Channels.READ", "ZohoCliq.Channels.ALL", false),
        ("ZohoCliq.Channels.READ", "ZohoCliq.Channels.UPDATE", false),
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Chats.READ", false),
        ("ZohoCliq.messages.ALL", "ZohoCliq.Messages.READ", false),
        ("ZohoCliq.ALL", "ZohoCliq.Channels.READ", false),
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Channels.Members.READ", false),
        ("ZohoCliq.Channels.ALL", "openid", false),
    ] {
        assert_eq!(scope(held).covers(&scope(wanted)), covers, "{held} for {wanted}");
    }
}

#[test]
fn granted_scopes_are_separated_by_spaces_or_commas() {
    let wanted = scopes(&["ZohoCliq.Channels.READ", "ZohoCliq.Profile.READ"]);
    for told in [
        "ZohoCliq.Channels.READ ZohoCliq.Profile.READ",
        "ZohoCliq.Profile.READ,ZohoCliq.Channels.READ",
        " ZohoCliq.Channels.READ,  ZohoCliq.Profile.READ ,",
        "ZohoCliq.Channels.READ\r\n\tZohoCliq.Profile.READ",
        "ZohoCliq.Channels.READ ZohoCliq.Channels.READ <b> ZohoCliq.Profile.READ",
    ] {
        assert_eq!(Scopes::granted(told), wanted, "{told:?}");
    }
    assert!(Scopes::granted("").is_empty());
}

#[test]
fn requested_scopes_are_separated_by_commas() {
    assert_eq!(scopes(&["b.READ", "a.READ", "b.READ"]).asked(), "a.READ,b.READ");
    assert_eq!(Scopes::default().asked(), "");
}

#[test]
fn a_set_knows_what_it_allows_and_what_is_missing() {
    let held = scopes(&["ZohoCliq.Channels.ALL", "ZohoCliq.Profile.READ"]);
    assert!(held.allow(&scope("ZohoCliq.Channels.UPDATE")));
    assert!(!held.has(&scope("ZohoCliq.Channels.UPDATE")));
    assert!(held.has(&scope("ZohoCliq.Profile.READ")));
    let asked = scopes(&["ZohoCliq.Channels.READ", "ZohoCliq.Profile.UPDATE", "ZohoCliq.Profile.READ"]);
    assert_eq!(held.missing(&asked), scopes(&["ZohoCliq.Profile.UPDATE"]));
}

#[test]
fn a_scope_is_added_and_removed() {
    let mut chosen = Scopes::default();
    chosen.set(scope("a.READ"), true);
    chosen.set(scope("b.READ"), true);
    chosen.set(scope("a.READ"), false);
    chosen.set(scope("never.READ"), false);
    assert_eq!(chosen, scopes(&["b.READ"]));
}

#[test]
fn scopes_round_trip_and_an_invalid_one_is_refused() {
    let set = scopes(&["ZohoCliq.Channels.READ", "openid"]);
    let written = serde_json::to_string(&set).unwrap();
    assert_eq!(written, r#"["ZohoCliq.Channels.READ","openid"]"#);
    assert_eq!(serde_json::from_str::<Scopes>(&written).unwrap(), set);
    assert!(serde_json::from_str::<Scopes>(r#"["nonsense"]"#).is_err());
}

#[test]
fn the_catalogue_is_sorted_valid_and_without_duplicates() {
    let names: Vec<&str> = CATALOGUE.iter().map(|r| r.name).collect();
    assert_eq!(names, names.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    for listed in listed() {
        assert_eq!(scope(listed.as_str()), listed);
        assert!(is_known(&listed), "{listed:?}");
    }
    assert!(is_known(&scope(IDENTITY)));
    assert!(!is_known(&scope("ZohoCliq.Channels")) && !is_known(&scope("openid")));
}

/// Restated by hand from the reference, letter for letter, so that the catalogue neither loses nor invents a scope.
#[test]
fn the_catalogue_matches_the_reference_in_exact_case() {
    let with_five_verbs = [
        "ZohoCliq.Buddies",
        "ZohoCliq.Channels",
        "ZohoCliq.Chats",
        "ZohoCliq.Departments",
        "ZohoCliq.Designations",
        "ZohoCliq.Profile",
        "ZohoCliq.Reminders",
        "ZohoCliq.StorageData",
        "ZohoCliq.Teams",
        "ZohoPeople.attendance",
        "ZohoPeople.employee",
        "ZohoPeople.forms",
    ];
    let others = "
        AaaServer.profile.READ
        Profile.orguserphoto.UPDATE
        ZohoCalendar.calendar.ALL ZohoCalendar.event.ALL ZohoCalendar.search.READ
        ZohoCliq.Applications.update
        ZohoCliq.Attachments.READ
        ZohoCliq.BotMessages.CREATE
        ZohoCliq.Bots.READ ZohoCliq.Bots.CREATE ZohoCliq.Bots.UPDATE
        ZohoCliq.CalendarEvents.ALL
        ZohoCliq.MediaSession.READ
        ZohoCliq.Messages.READ ZohoCliq.Messages.UPDATE ZohoCliq.Messages.DELETE
        ZohoCliq.messages.CREATE
        ZohoCliq.messageactions.READ ZohoCliq.messageactions.CREATE ZohoCliq.messageactions.DELETE
        ZohoCliq.Organisation.READ ZohoCliq.Organisation.CREATE
        ZohoCliq.Organisation.UPDATE ZohoCliq.Organisation.DELETE
        ZohoCliq.OrganizationChats.READ ZohoCliq.OrganizationChannels.READ ZohoCliq.OrganizationMessages.READ
        ZohoCliq.UserFields.CREATE ZohoCliq.UserFields.UPDATE ZohoCliq.UserFields.DELETE
        ZohoCliq.Userfields.CREATE ZohoCliq.Userfields.UPDATE ZohoCliq.Userfields.DELETE
        ZohoCliq.Users.READ ZohoCliq.Users.CREATE ZohoCliq.Users.UPDATE
        ZohoCliq.Webhooks.CREATE
    ";
    let verbs = ["READ", "CREATE", "UPDATE", "DELETE", "ALL"];
    let five = with_five_verbs.iter().flat_map(|name| verbs.map(|verb| format!("{name}.{verb}")));
    let expected: BTreeSet<String> = five.chain(others.split_whitespace().map(str::to_owned)).collect();
    let catalogue: BTreeSet<String> = listed().map(String::from).collect();
    assert_eq!(catalogue.symmetric_difference(&expected).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// The table of harmless reads, restated by hand as well.
#[test]
fn each_harmless_read_matches_the_reference() {
    let read_of = |name: &str| scope(name).read().map(|r| (r.path, r.first_only, r.of_account, r.a_minute, r.lock));
    let minutes = std::time::Duration::from_mins;
    for (name, path, first_only, a_minute, lock) in [
        ("ZohoCliq.Profile.READ", "/api/v2/statuses/current", false, 20, 10),
        ("ZohoCliq.Channels.READ", "/api/v2/channels", true, 30, 5),
        ("ZohoCliq.Channels.ALL", "/api/v2/channels", true, 30, 5),
        ("ZohoCliq.Users.READ", "/api/v2/users", true, 30, 10),
        ("ZohoCliq.Chats.READ", "/api/v2/chats", true, 30, 5),
        ("ZohoCliq.Bots.READ", "/api/v3/bots", true, 20, 10),
        ("ZohoCliq.Departments.READ", "/api/v2/departments", false, 30, 10),
        ("ZohoCliq.Designations.READ", "/api/v2/designations", false, 30, 10),
        ("ZohoCliq.Teams.ALL", "/api/v2/teams", false, 30, 10),
    ] {
        assert_eq!(read_of(name), Some((path, first_only, false, a_minute, minutes(lock))), "{name}");
    }
    assert_eq!(read_of(IDENTITY).map(|(path, _, of_account, ..)| (path, of_account)), Some(("/oauth/user/info", true)));
    for unread in [
        "ZohoCliq.Webhooks.CREATE",
        "ZohoCliq.Channels.DELETE",
        "ZohoCliq.Attachments.READ",
        "ZohoCliq.Future.READ",
        "openid",
    ] {
        assert_eq!(scope(unread).read(), None, "{unread}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_parsing_panic(text in any::<String>()) {
        if let Ok(read) = Scope::new(&text) {
            prop_assert_eq!(read.as_str(), text.trim());
        }
        let granted = Scopes::granted(&text);
        prop_assert_eq!(Scopes::granted(&granted.asked()), granted);
    }
}
