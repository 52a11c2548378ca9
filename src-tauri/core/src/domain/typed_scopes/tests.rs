use proptest::prelude::*;
use zoho_oauth::scope::IDENTITY;

use super::*;

fn scope(text: &str) -> Scope {
    Scope::new(text).unwrap()
}

fn scopes(list: &[&str]) -> Scopes {
    list.iter().map(|s| scope(s)).collect()
}

#[test]
fn a_look_alike_scope_is_refused_with_a_suggestion() {
    use WhyNot::*;
    for (typed, why, meant) in [
        ("ZohoCliq.files.CREATE", NotReal, "ZohoCliq.Webhooks.CREATE"),
        ("ZohoCliq.Files.create", NotReal, "ZohoCliq.Webhooks.CREATE"),
        ("ZohoCliq.files.DELETE", NotReal, ""),
        ("ZohoCliq.full_access", NotReal, ""),
        ("ZohoCliq.Reactions.READ", NotReal, "ZohoCliq.messageactions.READ"),
        ("ZohoCliq.Reactions.ALL", NotReal, ""),
        ("ZohoCliq.channels.READ", LetterCase, "ZohoCliq.Channels.READ"),
        ("zohocliq.channels.read", LetterCase, "ZohoCliq.Channels.READ"),
        ("ZohoCliq.Applications.UPDATE", LetterCase, "ZohoCliq.Applications.update"),
        ("ZohoCliq.Messages.CREATE", LetterCase, "ZohoCliq.messages.CREATE"),
        ("ZohoCliq.messages.READ", LetterCase, "ZohoCliq.Messages.READ"),
        ("aaaserver.profile.READ", LetterCase, IDENTITY),
        ("ZohoCliq.Organization.READ", Spelling, "ZohoCliq.Organisation.READ"),
        ("ZohoCliq.OrganisationChats.READ", Spelling, "ZohoCliq.OrganizationChats.READ"),
        ("Channels.READ", NoService, "ZohoCliq.Channels.READ"),
        ("messageactions.read", NoService, "ZohoCliq.messageactions.READ"),
        ("ZohoCliq. Organization .READ", Spelling, "ZohoCliq.Organisation.READ"),
        ("please. do it", NotAScope, ""),
        ("ＺｏｈｏＣｌｉｑ．Ｃｈａｎｎｅｌｓ．ＲＥＡＤ", Letters, "ZohoCliq.Channels.READ"),
        ("all of them, please", NotAScope, ""),
        ("ZohoCliq.Chännels.READ", NotAScope, ""),
    ] {
        let refused = read_typed(typed).unwrap_err();
        assert_eq!((refused.why, refused.probably.as_ref().map_or("", Scope::as_str)), (why, meant), "{typed}");
    }
}

#[test]
fn zohos_spellings_and_unknown_scopes_are_accepted() {
    for listed in listed() {
        assert_eq!(read_typed(listed.as_str()), Ok(scopes(&[listed.as_str()])));
    }
    for blanks in ["ZohoCliq.Channels. READ", "\"Zoho Cliq.Channels.READ\"", "ZohoCliq.Channels\u{200b}.READ"] {
        assert_eq!(read_typed(blanks), Ok(scopes(&["ZohoCliq.Channels.READ"])), "{blanks}");
    }
    for unknown in ["ZohoCliq.Future.READ", "ZohoCliq.Channels.WRITE", "ZohoCRM.users.READ", "openid"] {
        assert_eq!(read_typed(&format!(" {unknown},\n")), Ok(scopes(&[unknown])));
        assert!(!is_known(&scope(unknown)));
    }
}

#[test]
fn a_list_is_read_whole_or_its_wrong_scope_is_named() {
    let two = scopes(&["ZohoCliq.Channels.READ", "ZohoCliq.Users.READ"]);
    for list in ["ZohoCliq.Channels.READ,ZohoCliq.Users.READ", "ZohoCliq.Users.READ;\r\n 'ZohoCliq.Channels.READ'"] {
        assert_eq!(read_typed(list), Ok(two.clone()), "{list}");
    }
    let refused = read_typed("ZohoCliq.Channels.READ, ZohoCliq.users.READ").unwrap_err();
    assert_eq!((refused.typed.as_str(), refused.why), ("ZohoCliq.users.READ", WhyNot::LetterCase));
}

#[test]
fn every_suggestion_is_a_known_scope() {
    for meant in NOT_REAL.iter().filter_map(|(_, meant)| *meant) {
        assert!(is_known(&scope(meant)), "{meant}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_suggestions_are_accepted(text in any::<String>()) {
        if let Err(refused) = read_typed(&text) {
            prop_assert!(refused.probably.is_none_or(|meant| read_typed(meant.as_str()) == Ok(std::iter::once(meant.clone()).collect())));
        }
    }
}
