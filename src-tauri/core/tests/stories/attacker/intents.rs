//! Every intent of the page, with values that an attacker would try.

use keyfob_core::Intent;
use serde_json::{Value, json};

use super::chance::Chance;
use crate::scene::{CLIENT_ID, OWN_KEY};

/// Machine and intent, as the page spells them.
#[rustfmt::skip]
pub const TAGS: [(&str, &str); 88] = [
    ("vault", "tryVaultAgain"), ("vault", "usePassphrase"), ("vault", "useThisRunOnly"), ("vault", "retrySave"),
    ("app", "dismiss"), ("app", "chooseOnClose"), ("app", "stayOpen"), ("app", "pauseRefreshing"), ("app", "startAtLogin"),
    ("app", "quit"), ("app", "quitUnsaved"), ("app", "practise"), ("app", "addRegion"), ("app", "rename"),
    ("app", "copyOwnKey"), ("app", "copyReport"), ("signIn", "start"), ("signIn", "openPractice"), ("signIn", "goHome"),
    ("signIn", "open"), ("signIn", "goTo"), ("signIn", "next"), ("signIn", "back"), ("signIn", "forgetDraft"),
    ("signIn", "chooseRegion"), ("signIn", "chooseClientType"), ("signIn", "openFile"), ("signIn", "guessRegion"),
    ("signIn", "copyForForm"), ("signIn", "useRedirectUri"), ("signIn", "openConsole"), ("signIn", "openConnectedApps"),
    ("signIn", "typeClientId"), ("signIn", "typeClientSecret"), ("signIn", "typeSecretFor"), ("signIn", "pasteSecretFor"),
    ("signIn", "paste"), ("signIn", "chooseTask"), ("signIn", "chooseScope"), ("signIn", "keepAccess"),
    ("signIn", "signIn"), ("signIn", "retireOldest"), ("signIn", "openAgain"), ("signIn", "copyLink"),
    ("signIn", "copyUserCode"), ("signIn", "haveAdded"), ("signIn", "pasteAddress"), ("signIn", "saw"),
    ("signIn", "askOtherRegions"), ("signIn", "askRegion"), ("signIn", "stopAsking"), ("signIn", "switchRegion"),
    ("signIn", "pasteCode"), ("signIn", "useRefreshToken"), ("signIn", "useClientCredentials"),
    ("signIn", "chooseLifetime"), ("signIn", "copyScopes"), ("signIn", "cancelConsent"), ("signIn", "checkAgain"),
    ("signIn", "keep"), ("signIn", "notMe"), ("signIn", "signInAgain"), ("signIn", "addPermissions"),
    ("signIn", "openSealed"), ("signIn", "takeOffer"), ("signIn", "leaveOffer"), ("tokens", "keepFresh"),
    ("tokens", "refresh"), ("checks", "test"), ("checks", "probeScopes"), ("checks", "stopProbing"), ("share", "copy"),
    ("share", "export"), ("share", "exportActivity"), ("share", "chooseLiveFile"), ("share", "writeLiveFile"),
    ("share", "stopLiveFile"), ("share", "saveSetup"), ("share", "beginHandover"), ("share", "stopHandover"),
    ("share", "handover"), ("revoke", "revokeAndDelete"), ("revoke", "deleteHere"), ("revoke", "revokeLater"),
    ("revoke", "revokeNow"), ("revoke", "forgetRevocation"), ("cli", "allowScripts"), ("cli", "copyCommand"),
];

/// Intents close to secrets, which are tried more often.
#[rustfmt::skip]
const TELLING: [(&str, &str); 21] = [
    ("signIn", "start"), ("signIn", "signInAgain"), ("signIn", "addPermissions"), ("signIn", "chooseRegion"),
    ("signIn", "chooseClientType"), ("signIn", "paste"), ("share", "copy"), ("signIn", "pasteCode"), ("signIn", "signIn"),
    ("app", "addRegion"), ("revoke", "deleteHere"), ("signIn", "switchRegion"), ("tokens", "refresh"), ("share", "export"),
    ("revoke", "revokeAndDelete"), ("signIn", "askOtherRegions"), ("signIn", "askRegion"), ("signIn", "saw"),
    ("cli", "allowScripts"), ("signIn", "useRefreshToken"), ("signIn", "useClientCredentials"),
];

const REGIONS: [&str; 5] = ["eu", "in", "own", "evil", "nowhere"];

pub fn any(chance: &mut Chance) -> Intent {
    let (machine, tag) = if chance.one_in(2) { chance.of_these(&TELLING) } else { chance.of_these(&TAGS) };
    let mut asked = values(tag, chance);
    (asked["machine"], asked["intent"]) = (json!(machine), json!(tag));
    serde_json::from_value(asked).unwrap_or_else(|why| panic!("{tag}: {why}"))
}

fn values(tag: &str, chance: &mut Chance) -> Value {
    let on = chance.one_in(2);
    let id = 1 + chance.below(3);
    match tag {
        "usePassphrase" | "openSealed" => json!({ "passphrase": "a passphrase of the attacker" }),
        "goTo" => {
            let steps = ["region", "register", "credentials", "scopes", "approve", "confirm", "use"];
            json!({ "step": chance.of_these(&steps) })
        }
        "dismiss" => json!({ "notice": chance.below(6) }),
        "chooseOnClose" => json!({ "onClose": "stay" }),
        "pauseRefreshing" | "startAtLogin" | "keepAccess" => json!({ "on": on }),
        "keepFresh" | "allowScripts" => json!({ "id": id, "on": on }),
        "chooseRegion" | "pasteSecretFor" | "switchRegion" | "askRegion" => {
            json!({ "region": chance.of_these(&REGIONS) })
        }
        "typeSecretFor" => json!({ "region": chance.of_these(&REGIONS), "text": "f".repeat(42) }),
        "chooseClientType" => {
            json!({ "clientType": chance.of_these(&["mobile", "serverBased", "selfClient", "nonBrowser"]) })
        }
        "guessRegion" => json!({ "address": chance.of_these(&["https://cliq.evil.example/x", "cliq.zoho.in", "x"]) }),
        "addRegion" => json!({ "form": region(chance) }),
        "copyForForm" => json!({ "field": chance.of_these(&["name", "homepage", "redirectUri", "secondRedirectUri"]) }),
        "typeClientId" => json!({ "text": chance.of_these(&[CLIENT_ID, "x", ""]) }),
        "typeClientSecret" => json!({ "text": chance.of_these(&["e".repeat(42), String::new()]) }),
        "paste" => {
            json!({ "field": chance.of_these(&["clientId", "clientSecret", "address", "code", "refreshToken"]) })
        }
        "chooseTask" => json!({ "task": "read-channels", "on": on }),
        "chooseScope" => json!({ "scope": chance.of_these(&["ZohoCliq.Channels.ALL", "x y"]), "on": on }),
        "signIn" => json!({ "anyway": on }),
        "pasteAddress" => {
            json!({ "text": chance.of_these(&["cliqkeyfob://callback?error=access_denied", "1000.ab.cd"]) })
        }
        "saw" => json!({ "page": chance.of_these(&["client", "redirect", "scope", "responseType"]) }),
        "pasteCode" => json!({ "text": "1000.0123456789abcdef.0123456789abcdef" }),
        "useClientCredentials" => json!({ "organisation": chance.of_these(&["60012345678", "x"]) }),
        "useRedirectUri" => json!({ "address": chance.of_these(&["https://www.evil.example/", "", "x"]) }),
        "useRefreshToken" => json!({ "text": "1000.0123456789abcdef.fedcba9876543210" }),
        "chooseLifetime" => json!({ "minutes": 10 }),
        "keep" => json!({ "name": chance.of_these(&["Bot", "", "First"]) }),
        "rename" => json!({ "id": id, "name": chance.of_these(&["Bot", "\u{202e}toB"]) }),
        "copy" => {
            let shapes = ["token", "zohoHeader", "curl", "dotEnv", "json", "postman", "deluge", "refreshToken"];
            json!({ "id": id, "shape": chance.of_these(&shapes) })
        }
        "export" => {
            let (format, refresh) = (chance.of_these(&["dotEnv", "json", "postman"]), chance.one_in(2));
            json!({ "id": id, "export": { "format": format, "refreshToken": refresh, "clientSecret": on } })
        }
        "chooseLiveFile" => json!({ "id": id, "format": "dotEnv" }),
        "handover" => {
            let lock = if on { json!({ "kind": "key", "key": OWN_KEY }) } else { passphrase() };
            json!({ "to": "the attacker", "lasts": "month", "lock": lock })
        }
        "revokeNow" | "forgetRevocation" => json!({ "revocation": 1 + chance.below(8) }),
        "copyReport" => json!({ "about": report(chance, id) }),
        _ => json!({ "id": id }),
    }
}

fn region(chance: &mut Chance) -> Value {
    let code = chance.of_these(&["own", "evil", "eu", "evil2", "practice"]);
    let at = |host: &str| format!("https://{host}.evil.example");
    json!({
        "code": code, "name": "Helpful", "accounts": at("signin"), "api": at("api"), "cliq": at("chat"), "console": at("www"),
    })
}

fn passphrase() -> Value {
    json!({ "kind": "passphrase", "passphrase": "quiet rivers carry boats" })
}

fn report(chance: &mut Chance, id: usize) -> Value {
    let places = ["vault", "regionForm", "approval", "identity", "proof", "saving", "handover", "offer"];
    match chance.below(6) {
        0 => json!({ "place": "notice", "notice": chance.below(6) }),
        1 => json!({ "place": "note", "nth": 0 }),
        2 => json!({ "place": "connection", "id": id }),
        3 => json!({ "place": "test", "id": id }),
        4 => json!({ "place": "revocation", "revocation": 1 + chance.below(8) }),
        _ => json!({ "place": chance.of_these(&places) }),
    }
}
