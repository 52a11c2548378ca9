#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Scopes: their grammar, what one covers, their two spellings in a list, and the catalogue.

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
fn a_scope_keeps_the_spelling_it_came_with() {
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
fn what_does_not_look_like_a_scope_is_none() {
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
fn a_scope_covers_itself_and_all_covers_every_verb_of_its_resource() {
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
fn what_was_granted_is_read_with_blanks_or_commas_between() {
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
fn what_is_asked_has_commas_and_no_blanks() {
    assert_eq!(scopes(&["b.READ", "a.READ", "b.READ"]).asked(), "a.READ,b.READ");
    assert_eq!(Scopes::default().asked(), "");
}

#[test]
fn a_set_tells_what_it_allows_and_what_is_missing() {
    let held = scopes(&["ZohoCliq.Channels.ALL", "ZohoCliq.Profile.READ"]);
    assert!(held.allow(&scope("ZohoCliq.Channels.UPDATE")));
    assert!(!held.has(&scope("ZohoCliq.Channels.UPDATE")));
    assert!(held.has(&scope("ZohoCliq.Profile.READ")));
    let asked = scopes(&["ZohoCliq.Channels.READ", "ZohoCliq.Profile.UPDATE", "ZohoCliq.Profile.READ"]);
    assert_eq!(held.missing(&asked), scopes(&["ZohoCliq.Profile.UPDATE"]));
}

#[test]
fn a_scope_is_ticked_and_unticked() {
    let mut chosen = Scopes::default();
    chosen.set(scope("a.READ"), true);
    chosen.set(scope("b.READ"), true);
    chosen.set(scope("a.READ"), false);
    chosen.set(scope("never.READ"), false);
    assert_eq!(chosen, scopes(&["b.READ"]));
}

#[test]
fn scopes_survive_being_written_and_read_and_a_bad_one_is_not_read() {
    let set = scopes(&["ZohoCliq.Channels.READ", "openid"]);
    let written = serde_json::to_string(&set).unwrap();
    assert_eq!(written, r#"["ZohoCliq.Channels.READ","openid"]"#);
    assert_eq!(serde_json::from_str::<Scopes>(&written).unwrap(), set);
    assert!(serde_json::from_str::<Scopes>(r#"["nonsense"]"#).is_err());
}

#[test]
fn the_catalogue_is_sorted_readable_and_without_doubles() {
    let distinct: BTreeSet<&str> = CATALOGUE.iter().copied().collect();
    assert_eq!(distinct.len(), CATALOGUE.len());
    let ordered: Vec<&str> = distinct.into_iter().collect();
    assert_eq!(ordered, CATALOGUE);
    for listed in CATALOGUE {
        assert_eq!(scope(listed).as_str(), *listed);
    }
    assert!(CATALOGUE.contains(&IDENTITY));
}

#[test]
fn every_task_has_an_id_of_its_own_and_needs_only_scopes_of_the_catalogue() {
    let ids: BTreeSet<&str> = TASKS.iter().map(|t| t.id).collect();
    assert_eq!(ids.len(), TASKS.len());
    for task in TASKS {
        assert!(!task.scopes.is_empty(), "{}", task.id);
        for needed in task.scopes {
            assert!(CATALOGUE.contains(needed), "{} needs {needed}", task.id);
        }
    }
}

#[test]
fn a_task_that_changes_or_deletes_for_others_is_never_called_harmless() {
    for task in TASKS.iter().filter(|t| t.risk == Risk::Low) {
        let writes = |s: &&&str| s.strip_suffix(".READ").is_none() && !s.starts_with("ZohoCliq.messageactions.");
        assert_eq!(task.scopes.iter().find(writes), None, "{}", task.id);
    }
    let deletes = |t: &&Task| t.scopes.iter().any(|s| s.ends_with(".DELETE") || s.contains(".Organi"));
    assert!(TASKS.iter().filter(deletes).all(|t| t.risk == Risk::High));
}

#[test]
fn permissions_that_only_rumour_knows_are_not_in_the_catalogue() {
    let rumours = ["ZohoCliq.files.CREATE", "ZohoCliq.full_access", "ZohoCliq.Messages.CREATE", "ZohoCliq.bots.READ"];
    for rumour in rumours {
        assert!(!CATALOGUE.contains(&rumour), "{rumour}");
    }
    assert!(!CATALOGUE.iter().any(|s| s.starts_with("ZohoCliq.Reactions.")));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(text in any::<String>()) {
        if let Ok(read) = Scope::new(&text) {
            prop_assert_eq!(read.as_str(), text.trim());
        }
        let granted = Scopes::granted(&text);
        prop_assert_eq!(Scopes::granted(&granted.asked()), granted);
    }
}
